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

# watch NAME CODES COMMAND...: passes when it ends with one of CODES and valgrind has nothing to say. An error in
# any process ends it with 99; what is lost counts only in the first.
watch() {
    name=$1
    codes=$2
    shift 2
    code=0
    valgrind --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=none \
        --trace-children=no --child-silent-after-fork=yes --log-file="$results/$name.valgrind" \
        "$@" >"$results/$name.log" 2>&1 || code=$?
    why=""
    case " $codes " in
    *" $code "*) ;;
    *) why="exit $code" ;;
    esac
    if grep 'definitely lost:' "$results/$name.valgrind" | grep -vq ' 0 bytes'; then
        why="$why memory is lost"
    fi
    if [ -z "$why" ]; then
        echo "ok $name"
        passed=$((passed + 1))
    else
        echo "not ok $name: $why"
        tail -n 40 "$results/$name.log" "$results/$name.valgrind"
        failed=$((failed + 1))
    fi
}

for program in "$@"; do
    watch "$(basename "$program")" 0 "$program"
done
# Codes of a run that was finished: 2 and 4 are none.
watch run "0 1 3" "$BUILD/vouch" run --quiet -o "$results/run" tests/golden/waivers
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
