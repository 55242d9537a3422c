;; Prints for every batch: "hello" and half a line to standard output, "oh" to standard error.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (import "redpanda_transform" "read_batch_header"
    (func $read_batch_header (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "hello\nhalf a ")
  (data (i32.const 120) "oh\n")
  ;; Two vectors: address and length.
  (data (i32.const 200) "\64\00\00\00\0d\00\00\00")
  (data (i32.const 208) "\78\00\00\00\03\00\00\00")
  (func (export "_start")
    (loop $next_batch
      (drop (call $read_batch_header
        (i32.const 0) (i32.const 8) (i32.const 12) (i32.const 16) (i32.const 20)
        (i32.const 24) (i32.const 32) (i32.const 40) (i32.const 48) (i32.const 52)))
      (drop (call $fd_write (i32.const 1) (i32.const 200) (i32.const 1) (i32.const 300)))
      (drop (call $fd_write (i32.const 2) (i32.const 208) (i32.const 1) (i32.const 300)))
      (br $next_batch))))
