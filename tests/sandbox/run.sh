#!/bin/sh
# SPDX-License-Identifier: MIT
# Attacks. Each file of rules/ is a rule file that tries to harm the audit, put beside the witness of base/; made.sh makes
# those that no editor would write, settings.sh engagement files, files.sh bad input. A rule file says in its head what
# must become of it:
#   -- expect: refused [LINE] [TEXT]      check and run: exit 2, that line and text, no results
#   -- expect: warned [TEXT]              check: exit 1 with that text
#   -- expect: failed TEXT                its control failed for that reason, exit 3
#   -- expect: errors|untestable N [TEXT] so many rows of its control, with that among the reasons
#   -- expect: finds N | clean            exceptions of its control
#   -- expect: cases N [TEXT]             test: exit 1, so many cases failed
# A run must also end in time, leave the witness's findings as they are without the attack, write the same bytes with
# one worker and with two, and touch nothing but its results.
#
#   tests/sandbox/run.sh PROGRAM [NAME...]
#   EVERY=1 tests/sandbox/run.sh PROGRAM     every setting of every wrong type, not one of seventeen

set -u
if [ -z "${SHARD:-}" ] && [ $# -eq 1 ]; then # both processors
    told=$(mktemp -d)
    trap 'rm -rf "$told"' EXIT INT TERM
    SHARD=0 sh "$0" "$@" >"$told/0" &
    SHARD=1 sh "$0" "$@" >"$told/1"
    wait
    awk '/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3; parts++; next }
        { print }
        END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || parts != 2 }' "$told/0" "$told/1"
    exit
fi
program=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=0
passed=0 failed=0
seconds=1800 # a command that takes longer hangs; the slowest takes two

report() { # name [why]
    if [ -z "${2:-}" ]; then
        passed=$((passed + 1))
        echo "ok $1"
    else
        failed=$((failed + 1))
        echo "not ok $1 - $2"
    fi
}

# Runs vouch, bounded; its code in $code, what it says in $work/said.
vouch() { # command arguments
    timeout -s KILL "$seconds" "$program" "$@" --rules "$rules" >"$work/said" 2>&1 </dev/null
    code=$?
    if [ $code -eq 137 ]; then
        why="hangs"
    elif [ $code -ge 128 ]; then
        why="was killed by signal $((code - 128))"
    elif [ $code -gt 4 ]; then
        why="ended with status $code"
    else
        return 0
    fi
    return 1
}

expect_code() {
    [ "$code" -eq "$1" ] && return 0
    why="exit $code instead of $1: $(head -c 300 "$work/said" | tr '\n' '|')"
    return 1
}

expect_said() {
    grep -qF -- "$1" "$work/said" && return 0
    why="does not say \"$1\": $(head -c 400 "$work/said" | tr '\n' '|')"
    return 1
}

# The engagement without the attack, with one more file or another engagement file.
prepare() { # attack-file place
    rm -rf "$work/e" "$work/out" "$work/out1" "$work/out2"
    cp -R "$here/base" "$work/e"
    [ -z "${1:-}" ] || cp "$1" "$work/e/$2"
}

snapshot() { (cd "$work/e" && find . -type f -exec cksum {} + | sort); }

field() { # control column
    awk -F, -v id="$1" -v column="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i }
        $1 == id { print $at; exit }' "$work/out1/controls.csv"
}

# Fields of controls.csv that witness and attack share, and the witness's exceptions.
witness() { # folder
    grep '^WIT-' "$1/controls.csv"
    grep '"control":"WIT-' "$1/exceptions.jsonl"
}

same_results() { # compares all but the run record
    for file in "$work/out1"/*; do
        base=${file##*/}
        [ "$base" = run.json ] || cmp -s "$file" "$work/out2/$base" || {
            why="$base differs between one worker and two"
            return 1
        }
    done
}

run_attack() {
    before=$(snapshot)
    vouch run "$work/e" --only WIT,ATK --jobs 1 --no-progress -o "$work/out1" || return 1
    first=$code
    cp "$work/said" "$work/said1"
    vouch run "$work/e" --only WIT,ATK --jobs 2 --no-progress -o "$work/out2" || return 1
    [ "$code" -eq "$first" ] || { why="exit $first with one worker, $code with two"; return 1; }
    [ -f "$work/out1/run.json" ] || { why="no results: $(head -c 300 "$work/said" | tr '\n' '|')"; return 1; }
    witness "$work/out1" >"$work/witness"
    cmp -s "$work/witness" "$work/witness.expected" || { why="the witness's findings changed"; return 1; }
    same_results || return 1
    [ "$(snapshot)" = "$before" ] || { why="files of the engagement changed"; return 1; }
    # Whatever a rule reports, the results stay what they are: one object a line, text that is UTF-8.
    iconv -f UTF-8 -t UTF-8 "$work/out1/exceptions.jsonl" >/dev/null 2>&1 ||
        { why="exceptions.jsonl is not UTF-8"; return 1; }
    iconv -f UTF-8 -t UTF-8 "$work/out1/controls.csv" >/dev/null 2>&1 ||
        { why="controls.csv is not UTF-8"; return 1; }
    size=$(wc -c <"$work/out1/controls.csv")
    [ "$size" -lt 100000 ] || { why="controls.csv has $size bytes"; return 1; }
    code=$first
}

expect_field() { # column value
    found=$(field ATK-01 "$1")
    [ "$found" = "$2" ] && return 0
    why="$1 is '$found' instead of '$2': $(grep '^ATK-01' "$work/out1/controls.csv" | head -c 300)"
    return 1
}

expect_reason() {
    [ -z "$1" ] || grep '^ATK-01' "$work/out1/controls.csv" | grep -qF -- "$1" && return 0
    why="the reason is not \"$1\": $(grep -A2 '^ATK-01' "$work/out1/controls.csv" | head -c 300)"
    return 1
}

refused() { # file [LINE] [TEXT]
    shown=$1 text=$2 line=
    case ${text%% *} in
    *[!0-9]* | '') ;;
    *) line=:${text%% *}: text=${text#"${text%% *}"} text=${text# } ;;
    esac
    vouch check "$work/e" && expect_code 2 && expect_said "$shown$line" && expect_said "$text" || return 1
    vouch run "$work/e" -o "$work/out1" && expect_code 2 || return 1
    # The folder may stand, results may not.
    [ -z "$(ls "$work/out1" 2>/dev/null)" ] || { why="refused, and results were written"; return 1; }
}

judge() { # what rest shown
    what=$1 rest=$2 number=${2%% *} text=
    [ "$number" = "$rest" ] || text=${rest#* }
    case $what in
    refused) refused "$3" "$rest" ;;
    warned) vouch check "$work/e" && expect_code 1 && expect_said "$rest" && vouch run "$work/e" -o "$work/out1" ;;
    failed) run_attack && expect_code 3 && expect_field status failed && expect_reason "$rest" ;;
    errors | untestable) run_attack && expect_field "$what" "$number" && expect_reason "$text" ;;
    finds) run_attack && expect_code 1 && expect_field exceptions "$number" ;;
    clean) run_attack && expect_code 1 && expect_field status clean ;;
    cases) vouch test "$work/e/controls/attack.lua" && expect_code 1 && expect_said "$number failed" && expect_said "$text" ;;
    *) why="the expectation '$what' is not known"; false ;;
    esac
}

attack() { # file place shown
    name=$(basename "$1" .lua)
    prepare "$1" "$2"
    expected=$(sed -n 's/^-- expect: //p' "$1")
    why=
    judge "${expected%% *}" "$(echo "$expected" | sed 's/^[^ ]* *//')" "$3" || why=${why:-failed}
    report "$name" "$why"
}

turn=0
wanted() { # name, among the arguments of the script, or its turn
    turn=$((turn + 1))
    [ -z "$names" ] && { [ -z "${SHARD:-}" ] || [ $((turn % 2)) -eq "$SHARD" ]; return; }
    for one in $names; do [ "$one" = "$1" ] && return 0; done
    return 1
}

names="$*"
# The shipped model and library, without the shipped controls but for one file: they would only take time.
rules=$work/rules
mkdir -p "$rules/controls"
ln -s "$here/../../rules/model" "$here/../../rules/library" "$rules"
cp "$here/base/shipped.lua" "$rules/controls"
prepare
vouch run "$work/e" --only WIT -o "$work/out" && expect_code 1 || { echo "the witness alone: $why"; exit 1; }
witness "$work/out" >"$work/witness.expected"

for file in "$here"/rules/*.lua; do
    wanted "$(basename "$file" .lua)" && attack "$file" controls/attack.lua controls/attack.lua
done
. "$here/made.sh"
. "$here/settings.sh"
. "$here/files.sh"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
