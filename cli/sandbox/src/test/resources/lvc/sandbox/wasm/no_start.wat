;; Has a _start that wants an argument.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (memory (export "memory") 1)
  (func (export "_start") (param i32)))
