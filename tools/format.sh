#!/bin/sh
# SPDX-License-Identifier: MIT
# clang-format 14 over the named files: other versions lay some lines out differently.
#
#   tools/format.sh write|check FILE...

set -eu
mode=$1
shift
program=$(command -v clang-format-14 || command -v clang-format)
version=$("$program" --version | sed 's/.*version \([0-9]*\).*/\1/')
if [ "$version" != 14 ]; then
    echo "format: this needs clang-format 14, here is $version" >&2
    [ "$mode" = check ] && [ -z "${CI:-}" ]
    exit
fi
if [ "$mode" = write ]; then
    "$program" -i "$@"
    exit
fi
differ=0
for file in "$@"; do
    if ! "$program" "$file" | cmp -s - "$file"; then
        echo "$file"
        differ=$((differ + 1))
    fi
done
echo "$# files, $differ to be formatted"
[ "$differ" -eq 0 ]
