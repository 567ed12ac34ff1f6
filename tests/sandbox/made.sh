# SPDX-License-Identifier: MIT
# Rule files that no editor would write, made here. Read by run.sh.

repeat() { # count text
    awk -v n="$1" -v t="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", t }'
}

made() { # name expectation; the file is $work/made.lua
    wanted "$1" || return 0
    prepare "$work/made.lua" controls/attack.lua
    why=
    judge "${2%% *}" "$(echo "$2 " | sed 's/^[^ ]* *//; s/ $//')" controls/attack.lua || why=${why:-failed}
    report "$1" "$why"
}

control='control "ATK-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function(order) return end }'

printf '\033LuaS\000\031\223\r\n\032\n\004\010\010xV\000\000' >"$work/made.lua"
made bytecode 'refused 1'
{ printf '\033Lua'; echo "$control"; } >"$work/made.lua"
made bytecode-mark 'refused 1'
printf '\357\273\277%s\n' "$control" >"$work/made.lua"
made byte-order-mark 'clean'
printf '%s\n\000\n' "$control" >"$work/made.lua"
made nul-in-file 'refused'
printf 'local name = "a\000b"\n%s\n' "$control" >"$work/made.lua"
made nul-in-text 'clean'
printf '#!/bin/sh\n%s\n' "$control" >"$work/made.lua"
made first-line-of-a-script 'refused 1'
printf '\377\376c\000o\000n\000' >"$work/made.lua"
made utf-16 'refused 1'
: >"$work/made.lua"
if wanted empty-file; then
    prepare "$work/made.lua" controls/attack.lua
    why=
    vouch run "$work/e" --only WIT -o "$work/out1" && expect_code 1 || why=${why:-failed}
    report empty-file "$why"
fi
{ echo "$control"; repeat 90000 '-- a comment of more than sixty bytes, again and again and again
'; } >"$work/made.lua"
made five-megabytes 'refused is longer than 4 MiB'
{ printf 'local x = '; repeat 200000 '('; printf 1; repeat 200000 ')'; echo; } >"$work/made.lua"
made deep-parentheses 'refused 1'
{ printf 'local x = '; repeat 200000 '{'; repeat 200000 '}'; echo; } >"$work/made.lua"
made deep-tables 'refused 1'
{ repeat 200000 'do '; repeat 200000 'end '; } >"$work/made.lua"
made deep-blocks 'refused 1'
{ repeat 50000 'if true then '; repeat 50000 'end '; } >"$work/made.lua"
made deep-conditions 'refused 1'
{ repeat 50000 'local x = function() '; repeat 50000 'end '; } >"$work/made.lua"
made deep-functions 'refused 1'
{ printf 'local x = '; repeat 200000 '- '; echo 1; } >"$work/made.lua"
made deep-minus 'refused 1'
{ printf 'local x = '; repeat 200000 'not '; echo 1; } >"$work/made.lua"
made deep-not 'refused 1'
{ printf 'local x = "a"'; repeat 100000 ' .. "a"'; echo; } >"$work/made.lua"
made deep-concatenation 'refused'
{ printf 'local x = order'; repeat 100000 '.order'; echo; } >"$work/made.lua"
made deep-path 'refused'
{ printf 'local x = 1'; repeat 100000 ' + 1'; echo; echo "$control"; } >"$work/made.lua"
made long-sum 'refused 1 too long'
{ repeat 300 'local x = 1
'; echo "$control"; } >"$work/made.lua"
made many-locals 'refused 202'
{ repeat 100000 'misspelt_name()
'; } >"$work/made.lua"
made many-mistakes 'refused 1 misspelt_name'
{ printf 'local x = "'; repeat 3000000 'x'; echo '"'; echo "$control"; } >"$work/made.lua"
made long-text 'clean'
{ printf 'local x = "'; repeat 100000 'x'; } >"$work/made.lua"
made unfinished-text 'refused 1'
{ printf -- '--[==['; repeat 100000 ']='; } >"$work/made.lua"
made unfinished-comment 'refused'
{ printf 'local '; repeat 1000000 'x'; printf ' = 1\n'; echo "$control"; } >"$work/made.lua"
made long-name 'clean'

if wanted thousands-of-files; then
    prepare
    i=0
    while [ $i -lt 2000 ]; do
        echo "control \"M-$i\" { title = { en = \"Many\" }, severity = \"low\", population = \"customer\", test = function() end }" >"$work/e/controls/m$i.lua"
        i=$((i + 1))
    done
    why=
    vouch run "$work/e" --only WIT -o "$work/out1" && expect_code 1 &&
        { witness "$work/out1" | cmp -s - "$work/witness.expected" || { why="the witness's findings changed"; false; }; } ||
        why=${why:-failed}
    report thousands-of-files "$why"
fi

strange_place() { # name code text: the folder of controls has been made strange
    wanted "$1" || return 0
    why=
    vouch check "$work/e" && expect_code "$2" && expect_said "$3" || why=${why:-failed}
    report "$1" "$why"
}
prepare; rm -r "$work/e/controls"; echo x >"$work/e/controls"
strange_place controls-is-a-file 2 controls
prepare; rm -r "$work/e/controls"
strange_place controls-absent 2 controls
prepare; mkdir "$work/e/controls/folder.lua"
strange_place rule-file-is-a-folder 2 controls/folder.lua
prepare; ln -s nowhere "$work/e/controls/link.lua"
strange_place rule-file-is-a-dead-link 2 controls/link.lua
prepare; mkfifo "$work/e/controls/pipe.lua"
strange_place rule-file-is-a-pipe 2 controls/pipe.lua
prepare; ln -s /dev/zero "$work/e/controls/zero.lua"
strange_place rule-file-is-a-device 2 controls/zero.lua
prepare; rm "$work/e/audit.lua"; mkfifo "$work/e/audit.lua"
strange_place engagement-is-a-pipe 2 audit.lua
if [ "$(id -u)" -ne 0 ]; then
    prepare; echo "$control" >"$work/e/controls/attack.lua"; chmod 0 "$work/e/controls/attack.lua"
    strange_place rule-file-unreadable 2 controls/attack.lua
fi

option() { # name code text arguments...
    name=$1 expected=$2 text=$3
    wanted "$name" || return 0
    shift 3
    prepare
    why=
    vouch run "$work/e" -o "$work/out1" "$@" && expect_code "$expected" && expect_said "$text" || why=${why:-failed}
    report "$name" "$why"
}
option param-without-value 2 'WIT-01.limit' --param WIT-01.limit
option param-empty 2 '--param' --param ''
option param-no-control 2 'NO-01' --param NO-01.limit=1
option param-no-name 2 'WIT-01' --param WIT-01.=1
option param-unknown 2 'nolimit' --param WIT-01.nolimit=1
option param-no-number 2 'WIT-01.limit' --param WIT-01.limit=many
option param-float 1 '' --param WIT-01.limit=1.5
option param-too-big 2 'WIT-01.limit' --param WIT-01.limit=99999999999999999999999999999
option param-bytes 2 '--param' --param "WIT-01.limit=$(printf '\377')"
option param-lua 2 'WIT-01.limit' --param 'WIT-01.limit=error("x")'
option only-nothing 2 'names no control' --only ''
option only-comma 2 'names no control' --only ,
option only-unknown 2 'NO-01' --only NO-01
option only-path 2 '../WIT' --only ../WIT-01
option only-pattern 2 'WIT*' --only 'WIT*'
option jobs-zero 2 'jobs' --jobs 0
option jobs-text 2 'jobs' --jobs two
option jobs-many 1 '' --jobs 1000 --only WIT
option period-none 2 'period' --period 2026-13
option period-backwards 2 'period' --period 2026-10-31..2026-10-01
option period-bytes 2 'period' --period "$(printf '\377\001')"
option as-of-none 2 'as_of' --as-of 2026-02-30
option lang-unknown 2 'lang' --lang fr
option format-unknown 2 'format' --format pdf
option fail-on-unknown 2 'fail-on' --fail-on never
option option-unknown 2 'option' --no-such-option
option output-is-a-file 4 'witness.expected' -o "$work/witness.expected"
option output-below-a-file 4 'witness.expected' -o "$work/witness.expected/x"
