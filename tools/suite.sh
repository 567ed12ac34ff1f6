#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the commands of one suite of tests and counts what passed. A command reports in one of these ways:
# a closing line "N passed, N failed"; lines "ok ..." and "not ok ..."; a closing line "N cases, N failed"; or
# its exit status alone. One that fails without naming a failure counts as one.
#
#   BUILD=build/release tools/suite.sh NAME COMMAND...
#
# Output goes to $BUILD/results/NAME/, passed, failed and seconds to $BUILD/results/NAME.count, the names of the logs
# of failing commands to $BUILD/results/NAME.failed. V=1 shows the output of all commands, otherwise that of failing
# ones is shown. A command that takes SUITE_SECONDS hangs and is stopped. When this script is told to stop, it tells
# the command, and waits until that has stopped what it started: servers, browsers.

set -u
name=$1
shift
results=$BUILD/results
limit=${SUITE_SECONDS:-14400}
running=""
rm -rf "${results:?}/$name" "$results/$name.count" "$results/$name.failed"
mkdir -p "$results/$name"

if [ $# -eq 0 ]; then
    echo "$name: there are no such tests"
    echo "0 $([ -n "${CI:-}" ] && echo 1 || echo 0) 0" >"$results/$name.count"
    [ -z "${CI:-}" ]
    exit
fi

stop() { # signal
    trap '' INT TERM HUP
    [ -z "$running" ] || kill -TERM "$running" 2>/dev/null || true
    [ -z "$running" ] || wait "$running" 2>/dev/null || true
    exit $((128 + $1))
}
trap 'stop 1' HUP
trap 'stop 2' INT
trap 'stop 15' TERM

# Prints "passed failed" for the output in file $1 of a command that ended with $2.
count() {
    awk -v code="$2" '
        /^[0-9]+ passed, [0-9]+ failed/ { passed = $1; failed = $3 + 0; closed = 1 }
        /^ok( |$)/ { ok++ }
        /^not ok( |$)/ { not_ok++ }
        /(^|: )[0-9]+ cases?, [0-9]+ (failed|differ)/ {
            line = $0
            sub(/^.*: /, "", line)
            split(line, word, /[ ,]+/)
            cases = word[1]
            bad = word[3]
        }
        END {
            if (!closed && (ok || not_ok)) { passed = ok; failed = not_ok }
            else if (!closed && cases != "") { passed = cases - bad; failed = bad }
            else if (!closed) passed = code == 0
            if (code != 0 && !failed) failed = 1
            if (!passed && !failed) failed = 1 # tests that test nothing
            print passed + 0, failed + 0
        }' "$1"
}

passed=0
failed=0
number=0
started=$(date +%s)
for command in "$@"; do
    number=$((number + 1))
    log=$results/$name/$number.log
    code=0
    # In the background, since a shell hears of a signal when the command that it waits for has ended; with a trap, so
    # that the shell which the signal reaches too waits for the command.
    CMOCKA_MESSAGE_OUTPUT=TAP timeout -k 600 "$limit" sh -c "trap : INT TERM HUP; $command" >"$log" 2>&1 </dev/null &
    running=$!
    wait "$running" || code=$?
    running=""
    [ "$code" -ne 124 ] || echo "hangs: stopped after $limit seconds" >>"$log"
    # shellcheck disable=SC2046 # two numbers
    set -- $(count "$log" "$code")
    passed=$((passed + $1))
    failed=$((failed + $2))
    if [ "$2" -gt 0 ]; then
        printf '%s %s\n' "$log" "$command" >>"$results/$name.failed"
        printf -- '---- %s: %s (exit %s)\n' "$name" "$command" "$code"
        [ -n "${V:-}" ] && cat "$log" || tail -n 120 "$log"
    elif [ -n "${V:-}" ]; then
        printf -- '---- %s: %s\n' "$name" "$command"
        cat "$log"
    fi
done
seconds=$(($(date +%s) - started))
echo "$passed $failed $seconds" >"$results/$name.count"
printf '%-14s %5d passed, %d failed  (%d s)\n' "$name" "$passed" "$failed" "$seconds"
[ "$failed" -eq 0 ]
