;; Keeps its memory to itself.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (memory 1)
  (func (export "_start")))
