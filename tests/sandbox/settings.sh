# SPDX-License-Identifier: MIT
# Engagement files: endless, harmful, and with every setting of every wrong type. Read by run.sh.

# A setting may be refused or be harmless; it may not crash the program, hang it, or be taken in silence for another.
engaged() { # name codes text; the file is $work/made.lua
    wanted "$1" || return 0
    prepare "$work/made.lua" audit.lua
    before=$(snapshot)
    why=
    if vouch check "$work/e"; then
        case " $2 " in
        *" $code "*) expect_said "$3" || : ;;
        *) why="exit $code, not $2: $(head -c 300 "$work/said" | tr '\n' '|')" ;;
        esac
        [ "$(snapshot)" = "$before" ] || why="files of the engagement changed"
    fi
    report "$1" "$why"
}

sound='engagement { period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en" }'

whole() { # name text
    engaged "engagement-$1" 2 "$2"
}
echo 'while true do end' >"$work/made.lua"
whole endless 'instructions'
echo 'local t = "xxxxxxxxxxxxxxxx" while true do t = t .. t end' >"$work/made.lua"
whole memory 'memory'
echo 'local function f() return 1 + f() end f()' >"$work/made.lua"
whole recursion 'audit.lua:1'
echo 'os.execute("true")' >"$work/made.lua"
whole os 'os'
echo 'engagement = nil' >"$work/made.lua"
whole redefines 'engagement'
echo 'error("no")' >"$work/made.lua"
whole error 'audit.lua:1'
echo 'engagement(' >"$work/made.lua"
whole syntax 'audit.lua:'
printf '\033Lua' >"$work/made.lua"
whole bytecode 'audit.lua:1'
: >"$work/made.lua"
whole empty 'engagement'
echo "$sound $sound" >"$work/made.lua"
whole twice 'twice'
echo "$sound waivers \"waivers.csv\"" >"$work/made.lua"
whole waivers 'waivers'
echo "$sound controls { folder = \"nowhere\" }" >"$work/made.lua"
whole controls-absent 'nowhere'
echo "$sound controls { folder = \"../../../../../../../../proc/self\" } required { \"NO-1\" }" >"$work/made.lua"
whole controls-elsewhere 'NO-1'
echo "$sound controls { folder = \"controls\" } required { \"WIT-01\", x = 1 }" >"$work/made.lua"
whole mixed-table 'names'
echo "$sound table \"sales_order\" { key = { \"order_id\" }, fields = { { \"order_id\", text } } }" >"$work/made.lua"
whole table-again 'sales_order'
echo "$sound extend \"sales_order\" { fields = { { \"amount\", text } } }" >"$work/made.lua"
whole field-again 'amount'
echo "$sound extend \"nothing\" { fields = {} }" >"$work/made.lua"
whole extend-nothing 'nothing'

echo "$sound table \"own\" { key = { \"id\" }, fields = { { \"id\", enum(7) } } }" >"$work/made.lua"
whole enum-of-a-number 'enum'
echo "$sound table \"own\" { key = { \"id\" }, fields = { { \"id\", enum { \"a\", true } } } }" >"$work/made.lua"
whole enum-of-a-truth 'enum'
echo "$sound table \"own\" { key = { \"id\" }, fields = { { \"id\", enum {} } } }" >"$work/made.lua"
whole enum-of-nothing 'enum'

n=0
wrong() { # what lua
    n=$((n + 1))
    [ -n "$names" ] || [ $((n % ${EVERY:-17})) -eq 0 ] || return 0
    echo "$2" >"$work/made.lua"
    engaged "setting-$1-$n" '0 1 2' ''
}

long=$(repeat 5000 'x')
for value in 7 -9223372036854775807 true '""' '"x"' '"\255\0\n"' '{}' '{ 1, 2 }' '{ "a", x = 1 }' '{ x = {} }' \
    'function() end' 'decimal "1.5"' "\"$long\"" 'rows' '{ { { { {} } } } }' 'nil'; do
    for setting in title period as_of currency timezone language holidays workdays materiality unknown; do
        wrong $setting "engagement { period = \"2026-10\", $setting = $value }"
    done
    wrong engagement "engagement($value)"
    for call in controls profiles parameters required disable waivers dispositions import.csv import.postgres import; do
        wrong $call "$sound $call($value)"
    done
    for setting in folder table file encoding delimiter header skip null columns expect extracted; do
        wrong csv-$setting "$sound import.csv { table = \"sales_order\", file = \"data/sales_order.csv\", $setting = $value }"
    done
    wrong column "$sound import.csv { table = \"sales_order\", file = \"data/sales_order.csv\", columns = { order_id = $value } }"
    for setting in format decimal group map value negate null 1; do
        wrong column-$setting "$sound import.csv { table = \"sales_order\", file = \"data/sales_order.csv\", columns = { order_id = \"order_id\", amount = { \"amount\", [\"$setting\"] = $value } } }"
    done
    wrong expect-rows "$sound import.csv { table = \"sales_order\", file = \"data/sales_order.csv\", expect = { rows = $value } }"
    wrong expect-sum "$sound import.csv { table = \"sales_order\", file = \"data/sales_order.csv\", expect = { sum = $value } }"
    wrong expect-sum-amount "$sound import.csv { table = \"sales_order\", file = \"data/sales_order.csv\", expect = { sum = { amount = $value } } }"
    wrong parameters-of "$sound controls { folder = \"controls\" } parameters { [\"WIT-01\"] = $value }"
    wrong parameter "$sound controls { folder = \"controls\" } parameters { [\"WIT-01\"] = { limit = $value } }"
    wrong table "$sound table(\"own\")($value)"
    for setting in key fields references reverse period customer actor currency zh alias; do
        wrong table-$setting "$sound table \"own\" { key = { \"id\" }, fields = { { \"id\", text } }, [\"$setting\"] = $value }"
    done
    wrong field "$sound table \"own\" { key = { \"id\" }, fields = { $value } }"
    wrong field-type "$sound table \"own\" { key = { \"id\" }, fields = { { \"id\", $value } } }"
    wrong enum "$sound table \"own\" { key = { \"id\" }, fields = { { \"id\", enum($value) } } }"
    wrong reference "$sound table \"own\" { key = { \"id\" }, fields = { { \"id\", text } }, references = { r = $value } }"
    for setting in match asof where kind id tables optional 1; do
        wrong reference-$setting "$sound table \"own\" { key = { \"id\" }, fields = { { \"id\", text } }, references = { r = { \"customer\", match = { { \"customer_id\", \"id\" } }, [\"$setting\"] = $value } } }"
    done
done
