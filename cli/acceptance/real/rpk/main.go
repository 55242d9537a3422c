// Rpk, Redpanda's own command line, built from its Go module so that the sandbox can be tested with it.
package main

import "github.com/redpanda-data/redpanda/src/go/rpk/pkg/cli"

func main() {
	cli.Execute()
}
