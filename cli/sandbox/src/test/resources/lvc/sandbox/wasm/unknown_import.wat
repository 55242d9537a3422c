;; Wants a function that no broker has.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (import "redpanda_transform" "read_minds" (func (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")))
