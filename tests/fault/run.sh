#!/bin/sh
# SPDX-License-Identifier: MIT
# Faults: lets the n-th allocation, read, write, opening, renaming or starting of a process fail in a run of thirty rows
# over the results of an earlier run. Whatever n is:
#   - the run ends with 0 to 4, in time, without a signal; with 2 or 4 it says why in one line of its own;
#   - with 0 or 1 its results are those of a run without faults: nothing is missing in silence;
#   - no half-written file stays, and a run record that stands fits the files beside it;
# and the next run without faults gives what it always gave.
#
#   tests/fault/run.sh PROGRAM           some n of every kind
#   tests/fault/run.sh PROGRAM every     every n, shared out to the processors
#   tests/fault/run.sh PROGRAM KIND N    one, with what the program says

set -u
program=$(realpath "$1")
mode=${2:-sample}
share=${FAULT_SHARE:-1} shares=${FAULT_SHARES:-1} # this process tries every `shares`th n from `share` on
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=0

processors=$(nproc)
if [ "$mode" = every ] && [ -z "${FAULT_SHARES:-}" ] && [ "$processors" -gt 1 ]; then
    for share in $(seq "$processors"); do
        FAULT_SHARE=$share FAULT_SHARES=$processors sh "$0" "$program" every >"$work/$share" 2>&1 &
    done
    wait
    cat $(seq -f "$work/%g" "$processors") | awk '
        /^[0-9]+ passed, [0-9]+ failed/ { passed += $1; failed += $3; tried += substr($5, 2); ended++; next }
        { print }
        END {
            failed += '"$processors"' - ended # a share without a closing line
            print passed " passed, " failed " failed (" tried " faults)"
            exit failed > 0
        }'
    exit
fi

shim=$work/fault.so
${CC:-cc} -std=gnu17 -D_GNU_SOURCE -O1 -shared -fPIC -o "$shim" "$here/fault.c" -ldl || exit 1
passed=0 failed=0 tried=0

cp -R "$here/engagement" "$work/e"
gzip "$work/e/data/sales_order_line.csv"

# Runs with one fault; its code in $code, whether the fault happened in $happened.
run() { # kind n
    rm -f "$work/counter"
    timeout -s KILL 1800 env LD_PRELOAD="$shim" FAULT_KIND="$1" FAULT_AT="$2" FAULT_FILE="$work/counter" \
        "$program" run "$work/e" --rules "$here/rules" --jobs 1 --format jsonl,csv,html,xlsx \
        -o "$work/out" >"$work/told" 2>"$work/said" </dev/null
    code=$?
    calls=$(od -An -td8 -N8 "$work/counter" | tr -d ' ')
    happened=$(od -An -td8 -j8 -N8 "$work/counter" | tr -d ' ')
}

same_results() {
    for file in "$work/before"/*; do
        name=${file##*/}
        [ "$name" = run.json ] || cmp -s "$file" "$work/out/$name" || return 1
    done
    cmp -s "$work/told.before" "$work/told"
}

# Why what became of the run is wrong; nothing when it is right.
judge() { # kind
    # A message about a line of the engagement shows that line, with a caret under it.
    lines=$(grep -c -v -E '^ *[0-9]* \|' "$work/said" || true)
    case $code in
    0 | 1) same_results || { echo "exit $code, and the results are not those of a run without faults"; return; } ;;
    2 | 4)
        # What is wrong with an engagement is said first, and last that nothing was evaluated.
        [ "$code" -eq 4 ] || [ "$lines" -ne 2 ] || ! grep -q 'nothing was evaluated$' "$work/said" || lines=1
        [ "$lines" -eq 1 ] || { echo "exit $code with $lines lines: $(head -c 200 "$work/said" | tr '\n' '|')"; return; }
        grep -q -E '^(vouch|.*\.lua:[0-9]+:[0-9]+): error: ..*' "$work/said" || { echo "does not say what is wrong"; return; }
        ;;
    3) grep -q . "$work/told" || { echo "exit 3 without a summary"; return; } ;;
    137) echo "hangs"; return ;;
    *) echo "ended with status $code: $(head -c 200 "$work/said" | tr '\n' '|')"; return ;;
    esac
    left=$(find "$work/out" -name '.*.partial')
    # Removing the temporary file may itself be what fails.
    [ -z "$left" ] || [ "$1" = name ] || { echo "left a half-written file"; return; }
    [ ! -f "$work/out/run.json" ] || "$program" verify "$work/out" >"$work/verified" 2>&1 ||
        echo "the run record does not fit: $(head -c 200 "$work/verified" | tr '\n' '|')"
}

try() { # kind n
    rm -rf "$work/out"
    cp -R "$work/before" "$work/out"
    run "$1" "$2"
    tried=$((tried + 1))
    why=$(judge "$1")
    [ -z "$why" ] || { echo "  $1 $2: $why"; return 1; }
}

run read 0
[ "$code" -eq 1 ] || { echo "without faults: exit $code"; cat "$work/said"; exit 1; }
cp -R "$work/out" "$work/before"
cp "$work/told" "$work/told.before"
"$program" verify "$work/out" >/dev/null || { echo "without faults: the run record does not fit"; exit 1; }

if [ $# -eq 3 ]; then
    try "$2" "$3"
    echo "$2 $3 of $calls: exit $code, $happened fault"
    cat "$work/said"
    exit
fi

for kind in memory read write open name process; do
    run "$kind" 0
    total=$calls bad=0 n=$share
    # Of memory a sample takes steps that grow to a hundred and forty tries, beginning where the time says.
    step=$shares
    if [ "$mode" != every ] && [ "$total" -gt 100 ]; then
        step=$((total / 140))
        [ "$step" -gt 0 ] || step=1
        n=$(($(date +%s) % step + 1))
        echo "# $kind: every ${step}th of $total from $n"
    fi
    [ "$total" -gt 0 ] || bad=1
    while [ "$n" -le "$total" ]; do
        try "$kind" "$n" || bad=$((bad + 1))
        n=$((n + step))
    done
    if [ "$bad" -eq 0 ]; then
        passed=$((passed + 1))
        echo "ok $kind"
    else
        failed=$((failed + 1))
        echo "not ok $kind - $bad of them"
    fi
done
run read 0
if [ "$code" -eq 1 ] && same_results; then
    passed=$((passed + 1))
    echo "ok afterwards"
else
    failed=$((failed + 1))
    echo "not ok afterwards - exit $code"
fi
echo "$passed passed, $failed failed ($tried faults)"
[ "$failed" -eq 0 ]
