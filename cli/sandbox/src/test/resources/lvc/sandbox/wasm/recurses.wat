;; Calls itself without an end.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (memory (export "memory") 1)
  (func $again (export "_start") (call $again)))
