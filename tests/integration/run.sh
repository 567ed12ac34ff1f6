#!/bin/sh
# SPDX-License-Identifier: MIT
# The program together with other programs: each folder's run.py. tests/integration/run.sh PROGRAM
set -u
here=$(cd "$(dirname "$0")" && pwd)
code=0
trap : INT TERM HUP # told to stop, it waits for what it has called, which stops its server
for test in "$here"/*/run.py; do
    lines=$(python3 "$test" "$1" 2>&1) || code=1
    printf '%s\n' "$lines" | grep -v '^[0-9]* passed, '
done
exit $code
