#!/bin/sh
# SPDX-License-Identifier: MIT
# Shows again the output of what failed, then adds up what the named suites counted, with the seconds that each took;
# its last line is "N passed, N failed". A suite that left no count did not run and counts as failed.
#
#   BUILD=build/release tools/tally.sh SUITE...

set -eu
passed=0
failed=0
for name in "$@"; do
    [ -f "$BUILD/results/$name.failed" ] || continue
    while read -r log command; do
        printf '\n---- %s: %s\n     the end of %s:\n' "$name" "$command" "$log"
        # Where failures are named, they come first: what follows them may be long.
        grep -n '^not ok' "$log" | head -n 20 || true
        tail -n 60 "$log"
    done <"$BUILD/results/$name.failed"
done
echo
for name in "$@"; do
    file=$BUILD/results/$name.count
    if [ -f "$file" ]; then
        read -r good bad seconds <"$file"
        printf '%-14s %5d passed, %d failed %6d s\n' "$name" "$good" "$bad" "$seconds"
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
