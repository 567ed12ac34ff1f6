#!/bin/sh
# SPDX-License-Identifier: MIT
# Golden cases: each folder here is an engagement with a shell script `command` that uses `vouch`. It runs in a copy of
# the folder; what it prints, its exit code and the result files it leaves must equal those in `expected`. Result files
# are compared that stand in `expected`, and none may be there that is not expected, but for run.json and the mark
# .vouch. A case whose engagement names a folder `controls` and brings no own.lua there gets the one that lies here.
#
#   tests/golden/run.sh PROGRAM [CASE...]           compare
#   UPDATE=1 tests/golden/run.sh PROGRAM [CASE...]  write what is printed now into `expected`; then read the diff

set -eu
program=$(realpath "$1")
shift
cases=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$cases/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
mkdir "$work/bin"
ln -s "$program" "$work/bin/vouch"
PATH="$work/bin:$PATH"
SOURCE_DATE_EPOCH=0
LC_ALL=C.UTF-8
export PATH SOURCE_DATE_EPOCH LC_ALL ROOT="$root"
unset NO_COLOR || true

# Runs one case in a fresh copy and gathers what is to be compared in "$work/actual".
gather() {
    rm -rf "$work/case" "$work/actual"
    cp -R "$cases/$1" "$work/case"
    rm -rf "$work/case/expected"
    if grep -qs 'folder = "controls"' "$work/case/audit.lua" && ! [ -e "$work/case/controls/own.lua" ]; then
        mkdir -p "$work/case/controls"
        cp "$cases/own.lua" "$work/case/controls/own.lua"
    fi
    mkdir -p "$work/actual"
    code=0
    (cd "$work/case" && sh ./command) >"$work/actual/stdout" 2>"$work/actual/stderr" || code=$?
    echo "$code" >"$work/actual/code"
    # Nothing that is compared may depend on where the tree or the copy lies.
    sed -i "s|$root|ROOT|g; s|$work/case|CASE|g" "$work/actual/stdout" "$work/actual/stderr"
    if [ -d "$work/case/vouch-out" ]; then
        cp -R "$work/case/vouch-out" "$work/actual/vouch-out"
        rm -f "$work/actual/vouch-out/run.json" "$work/actual/vouch-out/.vouch"
    fi
}

failed=0
count=0
[ $# -gt 0 ] || set -- $(cd "$cases" && for case in */; do echo "${case%/}"; done)
for case in "$@"; do
    gather "$case"
    count=$((count + 1))
    if [ -n "${UPDATE:-}" ]; then
        rm -rf "$cases/$case/expected"
        cp -R "$work/actual" "$cases/$case/expected"
    elif ! diff -ru "$cases/$case/expected" "$work/actual"; then
        echo "golden: $case differs" >&2
        failed=$((failed + 1))
    fi
done
echo "golden: $count cases, $failed differ"
[ "$failed" -eq 0 ]
