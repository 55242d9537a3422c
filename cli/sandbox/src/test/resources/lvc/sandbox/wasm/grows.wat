;; Has 1 page, may have 32 (2 MiB): 31 more are given, then none. Prints nothing, exits with the sum of both answers.
(module
  (import "redpanda_transform" "check_abi_version_2" (func))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (call $proc_exit
      (i32.add
        (i32.mul (memory.grow (i32.const 31)) (i32.const 100))
        (memory.grow (i32.const 1))))))
