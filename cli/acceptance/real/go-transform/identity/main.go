// Identity copies every record as it is: key, value (a tombstone stays a tombstone) and headers in order.
package main

import "github.com/redpanda-data/redpanda/src/transform-sdk/go/transform"

func main() {
	transform.OnRecordWritten(func(event transform.WriteEvent, writer transform.RecordWriter) error {
		return writer.Write(event.Record())
	})
}
