;; Wants a function that the broker has, with another type.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (import "redpanda_transform" "write_record" (func (param i64) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")))
