#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures the vouch of a build folder on generated data and writes docs/benchmarks.md.
# usage: bench/run.sh BUILD_FOLDER [LINES [ROUNDS]]
set -eu

if [ $# -lt 1 ]; then
    echo "usage: bench/run.sh BUILD_FOLDER [LINES [ROUNDS]]" >&2
    exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
lines=${2:-1000000}
rounds=${3:-7}
load=$(cut -d ' ' -f 1 /proc/loadavg)
folder=$build/bench/engagement
cc=${CC:-cc}
packages=$(sed -n 's/^PACKAGES *:= *//p' "$root/Makefile") # what libvouch.a links against
flags="-std=gnu17 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -pthread"

mkdir -p "$folder/data" "$folder/rules/controls"
# shellcheck disable=SC2086 # flags and packages are lists
$cc $flags -o "$build/bench/generate" "$root/bench/generate.c"
# shellcheck disable=SC2046,SC2086
$cc $flags -I"$root" $(pkg-config --cflags $packages) -o "$build/bench/bench" \
    "$root/bench/bench.c" "$root/bench/measure.c" "$root/bench/import.c" "$root/bench/memory.c" \
    "$root/bench/evaluate.c" "$root/bench/postgres.c" "$build/libvouch.a" $(pkg-config --libs $packages) -lcsv

# The shipped controls are left out: only the model and the library they share are wanted.
for part in model library; do
    rm -f "$folder/rules/$part"
    ln -s "$root/rules/$part" "$folder/rules/$part"
done
rm -f "$folder/controls" "$folder/audit.lua"
ln -s "$root/bench/controls" "$folder/controls"
ln -s "$root/bench/audit.lua" "$folder/audit.lua"
echo "generating $lines order lines"
"$build/bench/generate" "$folder/data" "$lines"

echo "measuring, $rounds rounds"
code=0
"$build/bench/bench" "$folder" "$build/vouch" "$build/bench/report.md" "$rounds" || code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then
    exit "$code"
fi
outcome=0
python3 "$root/bench/postgres.py" "$folder/data" "$build/bench/bench" "$folder" "$build/vouch" \
    "$build/bench/postgres.md" "$rounds" postgres || outcome=$?
case $outcome in
    0) ;;
    3) code=3 ;;
    69) printf '\n## PostgreSQL\n\nNot measured: there was no server.\n' >"$build/bench/postgres.md" ;;
    *) exit "$outcome" ;;
esac

value() { # KEY FILE: the first value of a "key : value" line
    sed -n "s/^$1[[:space:]]*:[[:space:]]*//p" "$2" | head -n 1
}
processor=$(value 'model name' /proc/cpuinfo)
memory=$(value MemTotal /proc/meminfo | awk '{ printf "%.0f GiB", $1 / 1048576 }')
if [ -n "${SOURCE_DATE_EPOCH:-}" ]; then
    day=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)
else
    day=$(date -u +%Y-%m-%d)
fi
{
    cat <<END
# Benchmarks

Written by \`make bench\`. Each figure is the median of $rounds rounds; the variants of a comparison take turns within
a round, and a ratio is the median of the rounds' ratios. Other machines, and other work on the same one, change the
absolute figures much and the ratios little.

| | |
|---|---|
| date | $day |
| processor | ${processor:-$(uname -m)}, $(nproc) cores |
| memory | $memory |
| kernel | $(uname -sr) |
| other load | $load when it began (load average of a minute) |
| compiler | $($cc --version | head -n 1) |
| data | $lines order lines with their orders, customers, products, prices, deliveries and invoices, from a fixed seed |
END
    cat "$build/bench/report.md" "$build/bench/postgres.md"
} >"$root/docs/benchmarks.md.new"
mv "$root/docs/benchmarks.md.new" "$root/docs/benchmarks.md"
cat "$root/docs/benchmarks.md"
if [ "$code" -eq 3 ]; then
    echo "bench: a target was missed" >&2
fi
exit "$code"
