# SPDX-License-Identifier: MIT
# Bad input, from the file to what the user reads. Read by run.sh.

# Runs the witness over data that were made bad; exactly one line on standard error says what is wrong, where the exit
# code is 2 or 4, and the results say it where it is 3.
bad() { # name code text [arguments]
    name=$1 expected=$2 text=$3
    wanted "$name" || return 0
    shift 3
    why=
    timeout -s KILL "$seconds" "$program" run "$work/e" --rules "$rules" --only WIT -o "$work/out1" "$@" \
        >"$work/said" 2>"$work/said2" </dev/null
    code=$?
    case $code in
    2 | 4)
        # A message about a line of the engagement shows that line, with a caret under it.
        lines=$(grep -c -v -E '^ *[0-9]* \|' "$work/said2" || true)
        [ "$lines" -eq 1 ] || why="$lines lines on standard error: $(head -c 300 "$work/said2" | tr '\n' '|')"
        [ -z "$(ls "$work/out1" 2>/dev/null)" ] || why="nothing was evaluated, and results were written"
        mv "$work/said2" "$work/said"
        ;;
    3) cat "$work/out1/data_problems.csv" "$work/out1/totals.csv" "$work/said2" >>"$work/said" ;;
    *) cat "$work/said2" >>"$work/said" ;;
    esac
    [ -n "$why" ] || { expect_code "$expected" && expect_said "$text"; }
    report "$name" "$why"
}

fresh() {
    prepare
    orders=$work/e/data/sales_order.csv
}

# An explicit import of the orders.
orders_from() { # settings
    cat >"$work/e/audit.lua" <<X
engagement { title = "Sandbox", period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en" }
import.csv { table = "sales_order", file = "data/sales_order.csv", $1 }
controls { folder = "controls" }
X
}

fresh; orders_from ''; rm "$orders"
bad file-absent 4 'sales_order.csv'
fresh; orders_from ''; rm "$orders"; mkdir "$orders"
bad file-is-a-folder 4 'sales_order.csv'
fresh; orders_from ''; rm "$orders"; mkfifo "$orders"
bad file-is-a-pipe 4 'sales_order.csv'
fresh; orders_from ''; rm "$orders"; ln -s "$orders" "$orders"
bad file-is-its-own-link 4 'sales_order.csv'
if [ "$(id -u)" -ne 0 ]; then
    fresh; chmod 0 "$orders"
    bad file-unreadable 4 'sales_order.csv'
fi
fresh; rm -r "$work/e/data"
bad folder-absent 4 'data'
fresh; rm -r "$work/e/data"; mkdir "$work/e/data"
bad folder-empty 4 'data'
fresh; : >"$orders"
bad file-empty 4 'sales_order.csv'
fresh; head -n 1 "$orders" >"$work/x"; mv "$work/x" "$orders"
bad file-of-a-header 3 'no control tested a row'
fresh; gzip "$orders"
bad gz-sound 1 ''
fresh; gzip "$orders"; head -c 120 "$orders.gz" >"$work/x"; mv "$work/x" "$orders.gz"
bad gz-truncated 4 'sales_order.csv.gz'
fresh; echo 'no gzip' >"$orders.gz"; rm "$orders"
bad gz-of-text 4 'sales_order.csv.gz'
fresh; gzip -c "$orders" >"$work/x"; printf 'tail' >>"$work/x"; mv "$work/x" "$orders.gz"; rm "$orders"
bad gz-with-a-tail 4 'sales_order.csv.gz'
fresh; printf 'SO7,2026-10-05,C\377\3761,1.00,CNY,E1,\n' >>"$orders"
bad bytes-of-no-encoding 3 'sales_order.csv,8'
fresh; orders_from 'encoding = "GB18030"'; printf 'SO7,2026-10-05,C\3771,1.00,CNY,E1,\n' >>"$orders"
bad bytes-of-another-encoding 3 'sales_order'
fresh; orders_from 'encoding = "KLINGON"'
bad encoding-unknown 2 'KLINGON'
fresh; orders_from 'encoding = "UTF-16"'
bad encoding-wrong 2 'sales_order.csv'
fresh; printf 'SO7,2026-10-05,C1,1.00,CNY,E\0001,\n' >>"$orders"
bad nul-in-field 3 'sales_order'
fresh; sed -i '1s/customer_id/amount/' "$orders"
bad header-doubled 2 'amount'
fresh; orders_from 'columns = { order_id = "order_id", amount = "Betrag" }'
bad column-unknown 2 'Betrag'
fresh; orders_from 'columns = { order_id = 17 }'
bad column-number-too-high 2 '17'
fresh; orders_from 'columns = { no_such_field = "order_id" }'
bad field-unknown 2 'no_such_field'
fresh; sed -i '1d' "$orders"
bad header-absent 2 'sales_order'
fresh; orders_from 'delimiter = ";"'
bad delimiter-wrong 2 'sales_order.csv'
fresh; orders_from 'expect = { rows = 7 }'
bad expected-rows-missed 3 '7'
fresh; orders_from 'expect = { sum = { amount = "375011.51" } }'
bad expected-sum-missed 3 '375011.51'
fresh; orders_from 'expect = { sum = { amount = "375011.50" } }'
bad expected-sum-met 1 ''
fresh; orders_from 'expect = { sum = { no_such_field = "1" } }'
bad expected-sum-of-nothing 2 'no_such_field'
fresh; echo 'SO7,2026-10-05,C1' >>"$orders"
bad record-too-short 3 'sales_order.csv,8'
fresh; echo 'SO7,2026-10-05,C1,1.00,CNY,E1,,,,' >>"$orders"
bad record-too-long 3 'sales_order.csv,8'
fresh; echo 'SO7,2026-10-05,"C1,1.00,CNY,E1,' >>"$orders"
bad quote-unfinished 3 'sales_order.csv,8'
fresh; printf 'SO7,2026-10-05,C1,1.00,CN' >>"$orders"
bad file-ends-early 3 'sales_order.csv,8'
fresh; echo 'SO7,2026-10-05,C1,1.0.0,CNY,E1,' >>"$orders"
bad number-with-two-points 3 '1.0.0'
fresh; echo 'SO7,2026-02-31,C1,1.00,CNY,E1,' >>"$orders"
bad day-of-no-calendar 3 '2026-02-31'
fresh; echo 'SO7,2026-10-05,C1,99999999999999999999.00,CNY,E1,' >>"$orders"
bad amount-beyond-64-bits 3 '99999999999999999999.00'
fresh; echo 'SO7,2026-10-05,C1,0.1234567890123456789012,CNY,E1,' >>"$orders"
bad amount-beyond-the-scale 3 '0.1234567890123456789012'
fresh; echo ',2026-10-05,C1,1.00,CNY,E1,' >>"$orders"
bad key-null 3 'sales_order.csv,8'
fresh; echo 'SO1,2026-10-05,C1,1.00,CNY,E1,' >>"$orders"
bad key-doubled 1 ''
fresh; echo 'SO7,2026-10-05,C99,1.00,CNY,E1,' >>"$orders"
bad reference-dangling 1 ''
fresh; { printf 'SO7,2026-10-05,C1,1.00,CNY,"'; head -c 104857600 /dev/zero | tr '\000' x; echo '",'; } >>"$orders"
bad field-of-100-megabytes 3 'sales_order.csv,8'
fresh; { head -c 104857600 /dev/zero | tr '\000' x; echo; } >"$orders"
bad header-of-100-megabytes 4 'sales_order'
fresh; printf '\000\001\002\177ELF\377\376' >"$orders"
bad file-of-bytes 2 'sales_order.csv'
fresh; { echo "order_id$(repeat 20000 ',x')"; } >"$orders"
bad twenty-thousand-columns 3 'no control tested a row'
fresh; chmod 0555 "$work/e"; [ "$(id -u)" -ne 0 ] && bad output-unwritable 4 'new' -o "$work/e/new/out"
chmod 0755 "$work/e"
