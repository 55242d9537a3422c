;; Built with a newer SDK: asks for the metadata of every batch.
(module
  (import "redpanda_transform" "check_abi_version_3" (func))
  (import "redpanda_transform" "read_batch_header"
    (func $read_batch_header (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "redpanda_transform" "read_batch_metadata" (func $read_batch_metadata (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (loop $next_batch
      (drop (call $read_batch_header
        (i32.const 0) (i32.const 8) (i32.const 12) (i32.const 16) (i32.const 20)
        (i32.const 24) (i32.const 32) (i32.const 40) (i32.const 48) (i32.const 52)))
      (if (i32.ne (call $read_batch_metadata (i32.const 1) (i32.const 80) (i32.const 100)) (i32.const 0))
        (then unreachable))
      (br $next_batch))))
