;; Writes every record, for payloads up to 16 KiB, to the topic "second".
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (import "redpanda_transform" "read_batch_header"
    (func $read_batch_header (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "redpanda_transform" "read_next_record" (func $read_next_record (param i32 i32 i32 i32 i32) (result i32)))
  (import "redpanda_transform" "write_record_with_options"
    (func $write_record_with_options (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "\01\0csecond") ;; option 1 (topic), length 6 in zigzag, the name
  (func (export "_start") (local $length i32)
    (loop $next_batch
      (drop (call $read_batch_header
        (i32.const 0) (i32.const 8) (i32.const 12) (i32.const 16) (i32.const 20)
        (i32.const 24) (i32.const 32) (i32.const 40) (i32.const 48) (i32.const 52)))
      (loop $next_record
        (local.set $length
          (call $read_next_record (i32.const 56) (i32.const 64) (i32.const 72) (i32.const 1024) (i32.const 16384)))
        (br_if $next_batch (i32.lt_s (local.get $length) (i32.const 0)))
        (if (i32.ne
              (call $write_record_with_options
                (i32.const 1024) (local.get $length) (i32.const 100) (i32.const 8))
              (local.get $length))
          (then unreachable))
        (br $next_record)))))
