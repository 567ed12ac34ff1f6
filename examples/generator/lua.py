# SPDX-License-Identifier: MIT
"""The engagement file of the export: its imports, as a person would write them."""

from .headers import HEADERS
from .values import VALUES

# Maps that several imports use get a name in the file.
NAMED = {"role": "roles", "doc_kind": "documents", "approval_kind": "approval_kinds", "account": "accounts",
         "source_kind": "voucher_sources", "line_kind": "line_kinds", "status": "posting", "field": "fields"}

PROLOGUE = '''-- SPDX-License-Identifier: MIT
-- The month of examples/month-end as a foreign system exports it: Chinese headers and words, GB18030, red
-- documents as positive numbers with a mark. Written by examples/generate.py with the files it describes.

engagement {
  title    = "销售与收款循环 2026年10月 (ERP 导出)",
  entity   = "天衡轴承机械制造有限公司",
  period   = "2026-10",
  as_of    = "2026-11-05",
  currency = "CNY",
  timezone = "Asia/Shanghai",
  language = "zh",
  holidays = {                       -- National Day
    "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07",
  },
  workdays = { "2026-10-10" },        -- a Saturday, worked in exchange
}

-- How the export writes days, times, amounts, amounts of red documents, and words.
local function on(header) return { header, format = "%Y年%m月%d日" } end
local function at(header) return { header, format = "%Y年%m月%d日 %H:%M:%S" } end
local function yuan(header) return { header, group = "," } end
local function red(header) return { header, group = ",", negate = { "红蓝标志", "红字" } } end
local function word(header, words) return { header, map = words } end

'''

LISTS = """-- Lists that are kept outside the system, each under the model's own names.
import.csv { folder = "office" }

"""

EPILOGUE = '''-- Dealers fetch what they buy: freight that is borne for them is looked at.
parameters { ["SHP-15"] = { enabled = true } }

required { "CRD-01", "PRC-02", "REV-02", "REV-06", "REV-07" }
'''


def lua_map(words, indent):
    """{ ours: theirs } as a Lua table from theirs to ours, a few entries a line."""
    lines, line = [], indent + "  "
    for ours, theirs in words.items():
        entry = f'["{theirs}"] = "{ours}", '
        if len(line) + len(entry) > 90:
            lines.append(line.rstrip())
            line = indent + "  "
        line += entry
    return "{\n" + "\n".join(lines + [line.rstrip()]) + f"\n{indent}}}"


def column(table, name, header, numbered, export):
    """The Lua expression that maps one column."""
    words = VALUES.get((table, name)) or VALUES.get(name)
    source = str(numbered) if numbered else f'"{header}"'
    if (table, name) in VALUES or (words and name not in NAMED):
        short = ", ".join(f'["{theirs}"] = "{ours}"' for ours, theirs in words.items())
        if len(short) < 60:
            return f"word({source}, {{ {short} }})"
        return f"word({source}, {lua_map(words, '    ')})"
    if words:
        return f"word({source}, {NAMED[name]})"
    if table in export.SIGNED and name in export.AMOUNTS:
        return f"red({source})"
    if export.is_day(table, name):
        return f"on({source})"
    if export.is_time(table, name):
        return f"at({source})"
    if name in export.MONEY:
        return f"yuan({source})"
    return source


def table_import(export, table, file, headers, *, encoding="gb18030", title=None, header=True, delimiter=",",
                 null=None, renamed=None, expect=None):
    """`import.csv { ... }` for one table of one file with these headers; `expect` are its control totals."""
    from . import export as module
    lines = ["import.csv {", f'  table    = "{table}",', f'  file     = "export/{file}",',
             f'  encoding = "{"UTF-8" if encoding == "utf-8-sig" else "GB18030"}",']
    if title:
        lines.append("  skip     = 1,                      -- a title stands above the header")
    if not header:
        lines.append("  header   = false,                  -- columns by number")
    if delimiter != ",":
        lines.append(f'  delimiter = "{delimiter}",')
    if null:
        lines.append(f'  null     = {{ "{null}" }},')
    lines.append("  columns  = {")
    for name, title_of in HEADERS[table][1].items():
        title_of = (renamed or {}).get(name, title_of)
        if title_of in headers:
            expression = column(table, name, title_of, None if header else headers.index(title_of) + 1, module)
            lines.append(f"    {name} = {expression},")
    for name, value in export.constants[table].items():
        value = f'"{value}"' if isinstance(value, str) else value
        lines.append(f"    {name} = {{ value = {value} }},")
    for name, function in export.computed[table].items():
        lines.append(f"    {name} = {function},")
    lines.append("  },")
    if expect:
        rows, sums = expect
        sums = ", ".join(f'{name} = "{total}"' for name, total in sums.items())
        lines.append(f"  expect   = {{ rows = {rows}, sum = {{ {sums} }} }},")
    lines.append("}")
    return "\n".join(lines)


def engagement(export):
    maps = [f"local {name} = {lua_map(VALUES[key], '')}" for key, name in NAMED.items()]
    return PROLOGUE + "\n".join(maps) + "\n\n" + "\n\n".join(export.imports) + "\n\n" + (
        LISTS if export.lists else "") + EPILOGUE
