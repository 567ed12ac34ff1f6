#!/bin/sh
# SPDX-License-Identifier: MIT
# Adds up what the named suites counted; its last line is "N passed, N failed". A suite that left no count did
# not run and counts as failed.
#
#   BUILD=build/release tools/tally.sh SUITE...

set -eu
passed=0
failed=0
echo
for name in "$@"; do
    file=$BUILD/results/$name.count
    if [ -f "$file" ]; then
        read -r good bad <"$file"
        printf '%-14s %5d passed, %d failed\n' "$name" "$good" "$bad"
    else
        good=0
        bad=1
        printf '%-14s could not be built or run\n' "$name"
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
done
echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
