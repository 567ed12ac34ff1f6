#!/bin/sh
# SPDX-License-Identifier: MIT
# What findings must not depend on: the order of the rows (source lines and duplicates aside), the number of workers, the
# seed by which Lua scatters keys, the current folder, the locale and the time zone of whoever starts the program. Held
# against the example month and against a small engagement that is made anew each time, from a seed that is printed. And
# what `list` says of each control is what a run does (readiness.py).
#
#   tests/property/run.sh PROGRAM [SEED]

set -u
program=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
seed=${2:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
echo "# seed $seed"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=0
unset TZ
passed=0 failed=0

report() { # name [why]
    if [ -z "${2:-}" ]; then
        passed=$((passed + 1))
        echo "ok $1"
    else
        failed=$((failed + 1))
        echo "not ok $1 - $2"
    fi
}

# Orders, lines and approvals with repeated amounts, dates and customers, so that a wrong order shows.
generate() { # folder
    mkdir -p "$1/data" "$1/controls"
    awk -v seed="$seed" -v folder="$1/data" '
        function pick(n) { return int(rand() * n) }
        BEGIN {
            srand(seed)
            orders = folder "/sales_order.csv"; lines = folder "/sales_order_line.csv"; customers = folder "/customer.csv"
            print "customer_id,name" >customers
            for (i = 1; i <= 7; i++) print "C" i ",客户 " i >customers
            print "order_id,order_date,customer_id,amount,currency,entered_by,approved_at" >orders
            print "order_id,line_no,product_id,quantity,unit_price" >lines
            for (i = 1; i <= 200; i++) {
                date = sprintf("2026-10-%02d", 1 + pick(31))
                printf "SO%d,%s,C%d,%d.%02d,%s,E%d,%s\n", i, date, 1 + pick(9), 100 * pick(12), 50 * pick(2),
                    pick(9) ? "CNY" : "USD", 1 + pick(4), pick(3) ? date "T10:00:00" : "" >orders
                for (line = 1; line <= 1 + pick(4); line++)
                    printf "SO%d,%d,P%d,%d,%d.%02d\n", i, line, 1 + pick(5), 1 + pick(3), pick(90), pick(100) >lines
            }
        }'
    cp "$root/tests/property/orders.lua" "$1/controls/orders.lua"
    cat >"$1/audit.lua" <<X
engagement { title = "Property", period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en" }
import.csv { folder = "data" }
controls { folder = "controls" }
X
}

# Mixes the records of every file; these files have no line breaks within records.
shuffle() { # folder
    for file in "$1"/data/*.csv; do
        { head -n 1 "$file"; tail -n +2 "$file" |
            awk -v seed="$seed" 'BEGIN { srand(seed + 1) } { printf "%.9f\t%d\t%s\n", rand(), NR, $0 }' | sort | cut -f3-; } >"$work/mixed"
        mv "$work/mixed" "$file"
    done
}

# Runs into $work/NAME; the code in $code.
run() { # name engagement arguments...
    name=$1 engagement=$2
    shift 2
    "$program" run "$engagement" -o "$work/$name" --no-progress "$@" >"$work/$name.told" 2>&1 </dev/null
    code=$?
    sed -i "s|$work/$name|OUT|" "$work/$name.told"
}

# All results but the run record, and the summary.
same() { # a b
    [ "$code" -eq "$expected" ] || { why="exit $code instead of $expected"; return 1; }
    for file in "$work/$1"/*; do
        base=${file##*/}
        [ "$base" = run.json ] || cmp -s "$file" "$work/$2/$base" || { why="$base differs: $(diff "$file" "$work/$2/$base" | head -c 300 | tr '\n' '|')"; return 1; }
    done
    [ "$(ls "$work/$1")" = "$(ls "$work/$2")" ] || { why="other files"; return 1; }
    cmp -s "$work/$1.told" "$work/$2.told" || { why="another summary"; return 1; }
}

without_lines() { # folder: what does not depend on where a record stands
    sed 's/"source":"[^"]*"/"source":""/g' "$1/exceptions.jsonl"
    cat "$1/controls.csv"
    cut -d, -f1-5 "$1/totals.csv"
}

hold() { # engagement label
    e=$2 label=$1
    run one "$e" --jobs 1
    expected=$code
    [ "$(wc -l <"$work/one/exceptions.jsonl")" -gt 5 ] || { report "$label-finds-something" "few exceptions: $(cat "$work/one.told" | head -c 300)"; return; }
    why=
    [ "$(wc -l <"$work/one.told")" -le 30 ] && [ "$(wc -L <"$work/one.told")" -le 80 ] || why="$(wc -lL <"$work/one.told")"
    report "$label-fits-a-screen" "$why"
    for change in again jobs-2 jobs-3 folder locale zone environment; do
        why=
        case $change in
        again) run two "$e" --jobs 1 ;;
        jobs-2) run two "$e" --jobs 2 ;;
        jobs-3) run two "$e" --jobs 3 ;;
        folder) (cd / && run two "$e" --jobs 1; exit "$code"); code=$? ;;
        locale) (unset LC_ALL; LC_ALL=C LANG=C LC_NUMERIC=de_DE.UTF-8; export LC_ALL; run two "$e" --jobs 1; exit "$code"); code=$? ;;
        zone) (TZ=America/New_York; export TZ; run two "$e" --jobs 1; exit "$code"); code=$? ;;
        environment) (env -i PATH="$PATH" "$program" run "$e" -o "$work/two" --no-progress --jobs 1 >"$work/two.told" 2>&1); code=$?
            sed -i "s|$work/two|OUT|" "$work/two.told" ;;
        esac
        # Without a locale the summary may not draw what the other can.
        case $change in locale | environment) cp "$work/one.told" "$work/two.told" ;; esac
        same one two
        report "$label-$change" "$why"
        rm -rf "$work/two"
    done
    # Lua scatters keys by an address and the time, which differ in each of these.
    why=
    for _ in 1 2 3 4 5; do
        run two "$e" --jobs 2
        same one two || break
    done
    report "$label-scattered-keys" "$why"
    rm -rf "$work/two" "$work/copy"
    cp -R "$e" "$work/copy"
    shuffle "$work/copy"
    run two "$work/copy" --jobs 2
    why=
    without_lines "$work/one" >"$work/a"
    without_lines "$work/two" >"$work/b"
    [ "$code" -eq "$expected" ] || why="exit $code instead of $expected"
    cmp -s "$work/a" "$work/b" || why="$(diff "$work/a" "$work/b" | head -c 400 | tr '\n' '|')"
    report "$label-row-order" "$why"
    rm -rf "$work/one" "$work/two"
}

generate "$work/small"
hold small "$work/small"
hold month-end "$root/examples/month-end"
python3 "$root/tests/property/readiness.py" "$program" "$seed" >"$work/readiness" 2>&1 ||
    grep -q '^not ok' "$work/readiness" || echo "not ok readiness - $(tail -n 1 "$work/readiness")" >>"$work/readiness"
cat "$work/readiness"
passed=$((passed + $(grep -c '^ok' "$work/readiness")))
failed=$((failed + $(grep -c '^not ok' "$work/readiness")))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
