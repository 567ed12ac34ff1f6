#!/bin/sh
# SPDX-License-Identifier: MIT
# Compiles each header alone, and twice in one file: it must include what it uses, and bear a second time.
#
#   CC=gcc tools/headers.sh "FLAGS" HEADER...

set -u
flags=$1
shift
failed=0
for header in "$@"; do
    # What a header offers need not be used by a file that only includes it.
    if ! printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
        eval "${CC:-cc} $flags -Wno-unused -fsyntax-only -x c -"; then
        echo "$header: does not compile alone"
        failed=$((failed + 1))
    fi
done
echo "$# headers, $failed do not compile alone"
[ "$failed" -eq 0 ]
