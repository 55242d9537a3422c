module lvc/acceptance/transforms

go 1.23

require github.com/redpanda-data/redpanda/src/transform-sdk/go/transform v1.1.0
