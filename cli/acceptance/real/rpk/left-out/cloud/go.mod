module buf.build/gen/go/redpandadata/cloud/connectrpc/go

go 1.23.1
