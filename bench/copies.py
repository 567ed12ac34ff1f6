#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a large engagement: many copies of an example month, of one company.

    bench/copies.py EXAMPLE FOLDER LINES

Documents and customers are copied, each copy with ids of its own. People and products come in a fixed number of
sets, each shared by its part of the copies, so that what belongs to a product or a person grows with the data.
Price lists, the approval matrix and the like are the company's. Balances of what is shared are multiplied, so
that the books of all copies together agree. FOLDER gets audit.lua and data/.
"""
import csv
import io
import pathlib
import re
import sys
from decimal import Decimal

SETS = 40
OF_SET = {  # a set's tables, and the column of their own ids; None: they have none
    "delegation": "delegation_id", "employee": "employee_id", "price_list_line": None, "price_plan": None,
    "product": "product_id", "role_assignment": None, "uom_conversion": None, "user_account": "user_id",
}
SHARED = {  # of the company
    "accounting_period", "approval_rule", "company", "credit_policy", "discount_authority", "exchange_rate",
    "incompatible_duty", "org_unit", "price_list", "role_rank", "sales_region", "season", "system_option",
}
MULTIPLIED = {  # balances of what is shared: the columns that grow with the copies
    "control_balance": ["balance"],
    "opening_balance": ["quantity", "amount"],
    "stock_count": ["quantity_physical", "quantity_card", "quantity_book"],
}
OWNERS = {"doc_id", "record_id", "source_id"}  # a row that names a shared thing here is written once
NUMBERED = {("invoice", "invoice_no")}  # running numbers: the copies follow one another
MARKED = {  # texts that must differ between customers or documents though they are no ids
    "address", "consignee_list_no", "contract_no", "invoice_code", "lot_no", "order_no", "phone", "proof_no", "tax_id",
}
# First in, first out over shared products takes each copy's goods from other layers than the example's.
SETTINGS = """
import.csv { folder = "data" }
parameters { ["REV-10"] = { tolerance = "1000000" } }
"""
# In templates: the suffixes of copy and set, the word of the copy's customers, a running number.
COPY, SET, WORD, NUMBER = "\x01", "\x02", "\x03", "\x04"
SYLLABLES = "安博昌德恒嘉凯朗明宁鹏启荣盛泰威兴远振中"


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def is_number(text):
    return re.fullmatch(r"\d+", text) is not None


def word(copy):
    """A word for the names of a copy's customers."""
    letters = ""
    for _ in range(4):
        letters += SYLLABLES[copy % len(SYLLABLES)]
        copy //= len(SYLLABLES)
    return letters


def set_suffix(number):
    """Rows that are written once name people and products of the first set."""
    return f".{number}" if number else ""


class Month:
    """The tables of the example, and what of it is whose."""

    def __init__(self, folder):
        self.tables = {path.stem: read(path) for path in sorted(folder.glob("*.csv"))}
        self.set_ids = {row[self.heads(name).index(key)] for name, key in OF_SET.items() if key
                        for row in self.rows(name)}
        shared = {row[0] for name in SHARED for row in self.rows(name)}
        copied = self.tables.keys() - SHARED - OF_SET.keys() - MULTIPLIED.keys()
        self.ids = {row[0] for name in copied for row in self.rows(name) if not is_number(row[0])}
        self.ids -= shared | self.set_ids
        at = self.heads("customer").index("name")
        self.names = {row[at] for row in self.rows("customer")}

    def heads(self, name):
        return self.tables[name][0] if name in self.tables else []

    def rows(self, name):
        return self.tables[name][1] if name in self.tables else []

    def kind(self, name, row):
        """Is a row of a copy, of a set, or of the company?"""
        if name in SHARED:
            return "company"
        if name in OF_SET:
            return "set"
        if name in MULTIPLIED:
            return ("copy" if any(cell in self.ids for cell in row)
                    else "set" if any(cell in self.set_ids for cell in row) else "company")
        owners = [cell for head, cell in zip(self.heads(name), row) if head in OWNERS and cell]
        return "copy" if not owners or any(owner.split("/")[0] in self.ids for owner in owners) else "company"

    def span(self, name, column):
        """How many numbers the month takes of a running number."""
        at = self.heads(name).index(column)
        numbers = [int(row[at]) for row in self.rows(name) if is_number(row[at])]
        return max(numbers) - min(numbers) + 1 if numbers else 0

    def cell(self, name, head, value):
        """A cell of a template."""
        first, slash, rest = value.partition("/")
        if (name, head) in NUMBERED and is_number(value):
            return f"{NUMBER}{value}:{self.span(name, head)}{NUMBER}"
        if value in self.names:
            return WORD + value
        if first in self.ids:
            return first + COPY + slash + rest
        if first in self.set_ids:
            return first + SET + slash + rest
        return value + COPY if value and head in MARKED else value


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def multiplied(name, heads, row, factor):
    columns = MULTIPLIED.get(name, [])
    return [str(Decimal(cell) * factor) if head in columns and cell else cell for head, cell in zip(heads, row)]


def write_table(month, name, folder, copies):
    heads = month.heads(name)
    rows = {"copy": [], "set": [], "company": []}
    for row in month.rows(name):
        rows[month.kind(name, row)].append(row)

    def template(kind, factor):
        return as_csv([[month.cell(name, head, cell) for head, cell in zip(heads, multiplied(name, heads, row, factor))]
                       for row in rows[kind]])
    of_copy = template("copy", 1)
    number = re.compile(f"{NUMBER}(\\d+):(\\d+){NUMBER}")
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        file.write(as_csv([heads] + [multiplied(name, heads, row, copies) for row in rows["company"]]))
        for at in range(min(SETS, copies) if rows["set"] else 0):
            file.write(template("set", len(range(at, copies, SETS))).replace(SET, set_suffix(at)))
        for copy in range(copies if of_copy else 0):
            part = of_copy.replace(COPY, f".{copy}").replace(SET, set_suffix(copy % SETS)).replace(WORD, word(copy))
            if NUMBER in part:
                part = number.sub(lambda found: str(int(found[1]) + copy * int(found[2])), part)
            file.write(part)


def engagement(text):
    """The example's settings with the folder as the only import."""
    blocks = re.split(r"(?m)^(?=[a-z-])", text)
    kept = [block for block in blocks if re.match(r"(--|engagement|parameters|profiles|disable)", block)]
    return "".join(kept).rstrip() + "\n" + SETTINGS


def main():
    if len(sys.argv) != 4 or not sys.argv[3].isdigit():
        sys.exit(__doc__)
    example, folder, lines = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    month = Month(example / "data")
    copies = -(-lines // len(month.rows("sales_order_line")))
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for old in (folder / "data").glob("*.csv"):
        old.unlink()
    for name in month.tables:
        write_table(month, name, folder / "data", copies)
    settings = (example / "audit.lua").read_text(encoding="utf-8")
    (folder / "audit.lua").write_text(engagement(settings), encoding="utf-8")
    print(f"{copies} copies")


main()
