#!/bin/sh
# Measures lvc against what one would use instead and prints a table in Markdown.
# Usage: cli/acceptance/bench.sh [RECORDS [ROUNDS [PART]]]
# 5000000 records, 3 rounds, all parts (commands, recreate, serve, transform; verify alone): some ten minutes on two cores.
# kcat, wrk, h2load, curl and Redis should be on the PATH; what is not there is skipped, by name. Keep the machine quiet: ratios bear some noise, absolute times do not.
set -eu
home=$(cd -P "$(dirname "$0")/../.." && pwd -P)
cd "$home"
mvn -B -ntp -q -Dquick -DskipTests package >&2
exec java -XX:+UseParallelGC -XX:-DontCompileHugeMethods "-Dlvc.root=$home" \
  -cp "cli/acceptance/target/test-classes:cli/app/target/lib/*:cli/sandbox/target/lib/*" \
  lvc.acceptance.bench.Benchmarks "$@"
