module buf.build/gen/go/redpandadata/gatekeeper/connectrpc/go

go 1.23.1
