#!/bin/sh
# SPDX-License-Identifier: MIT
# Unit tests and one small run under valgrind: no invalid access, no use of unset memory, nothing lost. The
# processes that vouch forks are watched too, but may leave memory to the system when they end.
#
#   BUILD=build/release tools/valgrind.sh PROGRAM...

set -u
results=$BUILD/results/valgrind
rm -rf "$results"
mkdir -p "$results"
passed=0
failed=0

# watch NAME CODES COMMAND...: passes when it ends with one of CODES and valgrind has nothing to say.
watch() {
    name=$1
    codes=$2
    shift 2
    code=0
    valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
        --trace-children=no --child-silent-after-fork=yes "$@" >"$results/$name.log" 2>&1 || code=$?
    case " $codes " in
    *" $code "*)
        echo "ok $name"
        passed=$((passed + 1))
        ;;
    *)
        echo "not ok $name (exit $code)"
        tail -n 60 "$results/$name.log"
        failed=$((failed + 1))
        ;;
    esac
}

for program in "$@"; do
    watch "$(basename "$program")" 0 "$program"
done
watch run "0 1 3" "$BUILD/vouch" run --quiet -o "$results/run" tests/golden/exceptions
[ -s "$results/run/run.json" ] || {
    echo "not ok the run left no record"
    failed=$((failed + 1))
}
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
