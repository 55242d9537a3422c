;; The built-in transform: every record goes to the first output topic as it came.
;;
;; A record crosses the border between the broker and this module as one run of bytes (the payload): key, value and
;; headers, each with its length in front, -1 for null. This module never looks inside. So a null key stays null, a
;; tombstone stays a tombstone and an empty value stays empty, and headers keep their order and their duplicates.
;;
;; Memory starts with one page (64 KiB) and grows to the largest record that the broker announces. No maximum is
;; declared: how much a transform may have is the broker's setting (data_transforms_per_function_memory_limit, 2 MiB),
;; and a record of 1 MiB fits in it.
;;
;;   address   0  base_offset            i64     address  48  producer_epoch         i16
;;             8  record_count           i32              52  base_sequence          i32
;;            12  partition_leader_epoch i32              56  record's attributes    u8
;;            16  attributes             i16              64  record's timestamp     i64
;;            20  last_offset_delta      i32              72  record's offset        i64
;;            24  base_timestamp         i64              80  the record's payload, as long as it is
;;            32  max_timestamp          i64
;;            40  producer_id            i64
;;
;; Of the numbers only record_count is read; the others have an address because the broker wants to write them.
;;
;; Assemble with: wat2wasm identity.wat   (a test does so and compares the bytes with identity.wasm)
(module
  ;; Never called: the broker looks at the import alone to learn which version of its interface this module speaks.
  (import "redpanda_transform" "check_abi_version_2" (func))

  ;; Waits for a batch. Answers how long its largest payload is, or -1 when there is no batch after all.
  (import "redpanda_transform" "read_batch_header"
    (func $read_batch_header (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))

  ;; Copies the next payload of the batch to an address. Answers its length; -1: none is left; -2: it does not fit.
  (import "redpanda_transform" "read_next_record" (func $read_next_record (param i32 i32 i32 i32 i32) (result i32)))

  ;; Hands a payload to the broker for the first output topic. Answers its length, or a negative number when refused.
  (import "redpanda_transform" "write_record" (func $write_record (param i32 i32) (result i32)))

  (memory (export "memory") 1)

  ;; Runs for as long as the transform does. The one way out is a trap: the broker then starts the module again from
  ;; the offset it committed last, so nothing is lost.
  (func (export "_start")
    (local $largest i32)   ;; bytes of the largest payload of this batch
    (local $missing i32)   ;; pages of memory that it needs beyond those there are
    (local $left i32)      ;; records of this batch not yet read
    (local $length i32)    ;; bytes of the payload at address 80
    (loop $next_batch
      (local.set $largest
        (call $read_batch_header
          (i32.const 0) (i32.const 8) (i32.const 12) (i32.const 16) (i32.const 20)
          (i32.const 24) (i32.const 32) (i32.const 40) (i32.const 48) (i32.const 52)))
      ;; Woken without a batch: ask again.
      (br_if $next_batch (i32.lt_s (local.get $largest) (i32.const 0)))

      ;; Pages for 80 bytes of numbers and the largest payload, rounded up, less those there are.
      (local.set $missing
        (i32.sub
          (i32.shr_u (i32.add (local.get $largest) (i32.const 65615)) (i32.const 16)) ;; 65615 = 80 + 65535
          (memory.size)))
      (if (i32.gt_s (local.get $missing) (i32.const 0))
        (then
          (if (i32.eq (memory.grow (local.get $missing)) (i32.const -1))
            (then unreachable)))) ;; more than the broker allows this module

      (local.set $left (i32.load (i32.const 8)))
      (loop $next_record
        (br_if $next_batch (i32.le_s (local.get $left) (i32.const 0)))
        (local.set $length
          (call $read_next_record
            (i32.const 56) (i32.const 64) (i32.const 72) (i32.const 80) (local.get $largest)))
        ;; The batch holds fewer records than it said: the next batch.
        (br_if $next_batch (i32.eq (local.get $length) (i32.const -1)))
        (if (i32.lt_s (local.get $length) (i32.const 0))
          (then unreachable)) ;; longer than the largest of its batch: nothing that could be copied whole
        (if (i32.ne (call $write_record (i32.const 80) (local.get $length)) (local.get $length))
          (then unreachable)) ;; refused: to go on would lose this record
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br $next_record)))))
