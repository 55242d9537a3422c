;; Computes for ever and never asks for a batch.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (memory (export "memory") 1)
  (func (export "_start") (loop $forever (br $forever))))
