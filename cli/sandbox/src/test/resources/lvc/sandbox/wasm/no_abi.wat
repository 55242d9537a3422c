;; Can be started, but is no transform.
(module
  (memory (export "memory") 1)
  (func (export "_start")))
