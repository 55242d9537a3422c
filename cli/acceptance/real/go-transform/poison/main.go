// Poison copies every record but panics when it meets one with the key "poison".
package main

import "github.com/redpanda-data/redpanda/src/transform-sdk/go/transform"

func main() {
	transform.OnRecordWritten(func(event transform.WriteEvent, writer transform.RecordWriter) error {
		if string(event.Record().Key) == "poison" {
			panic("met the poisoned record")
		}
		return writer.Write(event.Record())
	})
}
