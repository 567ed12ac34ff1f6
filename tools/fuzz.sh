#!/bin/sh
# SPDX-License-Identifier: MIT
# Searches with one fuzz program, starting from its corpus. New inputs stay in build/fuzz-corpus/, those that
# break it in build/fuzz-found/; what is worth keeping moves to tests/fuzz/ by hand.
#
#   tools/fuzz.sh PROGRAM SECONDS

set -eu
program=$1
seconds=$2
name=$(basename "$program")
name=${name#fuzz_}
seeds=tests/fuzz/corpus/$name
[ -d "$seeds" ] || seeds=tests/fuzz/$name
mkdir -p "build/fuzz-corpus/$name" build/fuzz-found
echo "$name: $seconds seconds"
"$program" -max_total_time="$seconds" -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="build/fuzz-found/$name-" "build/fuzz-corpus/$name" "$seeds"
