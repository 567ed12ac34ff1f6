#!/bin/sh
# SPDX-License-Identifier: MIT
# Lines executed, file by file, from the counters that programs built with --coverage have left. Processes that
# are confined cannot write theirs: what only workers execute is not counted.
#
#   tools/coverage.sh build/coverage

set -eu
find "$1/engine" "$1/adapters" "$1/reports" "$1/cli" -name '*.gcno' |
    xargs gcov -n 2>/dev/null |
    awk '
        /^File / { gsub(/^File .|.$/, ""); file = $0 }
        /^Lines executed:/ && file ~ /^(engine|adapters|reports|cli)\/.*\.c$/ {
            split($0, part, /[:% ]+/)
            percent[file] = part[3]
            lines[file] = $NF
        }
        /^Lines executed:/ { file = "" }
        END {
            for (name in percent) {
                printf "%6.1f %% of %4d  %s\n", percent[name], lines[name], name | "sort -k5"
                all += lines[name]
                run += lines[name] * percent[name] / 100
            }
            close("sort -k5")
            printf "%6.1f %% of %4d  all\n", all ? 100 * run / all : 0, all
        }'
