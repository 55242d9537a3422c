module buf.build/gen/go/redpandadata/gatekeeper/protocolbuffers/go

go 1.23.1
