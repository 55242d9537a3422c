;; An identity that carries every payload through 128-bit registers and a bulk copy, for payloads up to 16 KiB.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (import "redpanda_transform" "read_batch_header"
    (func $read_batch_header (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "redpanda_transform" "read_next_record" (func $read_next_record (param i32 i32 i32 i32 i32) (result i32)))
  (import "redpanda_transform" "write_record" (func $write_record (param i32 i32) (result i32)))
  (memory (export "memory") 2)
  (func (export "_start") (local $length i32) (local $at i32)
    (loop $next_batch
      (drop (call $read_batch_header
        (i32.const 0) (i32.const 8) (i32.const 12) (i32.const 16) (i32.const 20)
        (i32.const 24) (i32.const 32) (i32.const 40) (i32.const 48) (i32.const 52)))
      (loop $next_record
        (local.set $length
          (call $read_next_record (i32.const 56) (i32.const 64) (i32.const 72) (i32.const 1024) (i32.const 16384)))
        (br_if $next_batch (i32.lt_s (local.get $length) (i32.const 0)))
        (local.set $at (i32.const 0))
        (loop $next_16
          ;; Every bit turned over, twice, on its way.
          (v128.store offset=32768 (local.get $at)
            (v128.not (v128.xor (v128.load offset=1024 (local.get $at)) (i32x4.splat (i32.const -1)))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $next_16 (i32.lt_s (local.get $at) (local.get $length))))
        (memory.fill (i32.const 1024) (i32.const 0) (i32.const 16384))
        (memory.copy (i32.const 1024) (i32.const 32768) (local.get $length))
        (if (i32.ne (call $write_record (i32.const 1024) (local.get $length)) (local.get $length))
          (then unreachable))
        (br $next_record)))))
