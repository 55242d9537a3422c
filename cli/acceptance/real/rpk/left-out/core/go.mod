module buf.build/gen/go/redpandadata/core/connectrpc/go

go 1.23.1
