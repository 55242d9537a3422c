// Filter keeps the records whose value matches PATTERN, in capital letters, and says on stdout what it kept and on
// stderr what it left out. Without PATTERN every value matches; tombstones always pass.
package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"

	"github.com/redpanda-data/redpanda/src/transform-sdk/go/transform"
)

func main() {
	pattern := regexp.MustCompile(os.Getenv("PATTERN"))
	transform.OnRecordWritten(func(event transform.WriteEvent, writer transform.RecordWriter) error {
		record := event.Record()
		if record.Value == nil {
			return writer.Write(record)
		}
		if !pattern.Match(record.Value) {
			fmt.Fprintf(os.Stderr, "left out %s\n", record.Key)
			return nil
		}
		fmt.Printf("kept %s\n", record.Key)
		record.Value = bytes.ToUpper(record.Value)
		return writer.Write(record)
	})
}
