;; A transform that holds its place: it returns at once and never asks for a batch.
;;
;; To the broker that is a failure ("the module has exited"), which it retries for as long as the transform is deployed.
;; A transform takes up its work, and commits where it begins, only after its module has asked for a first batch; so
;; this one never commits an offset and never writes a record. It occupies a name with an input and an output topic.
;; When another module is deployed under that name later, nothing is committed yet and the offset given then counts.
;;
;; Assemble with: wat2wasm holding.wat   (a test does so and compares the bytes with holding.wasm)
(module
  ;; What the broker looks for in a module before it takes it: this import, a memory and a _start.
  (import "redpanda_transform" "check_abi_version_2" (func))
  (memory (export "memory") 1)
  (func (export "_start")))
