;; Wants a version of the schema registry's functions that the broker does not have.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (import "redpanda_schema_registry" "check_abi_version_1" (func))
  (memory (export "memory") 1)
  (func (export "_start")))
