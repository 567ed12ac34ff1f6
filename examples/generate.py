#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the data of the examples month-end, clean-month and erp-export, and the answer to the first and last.

Python 3 and its standard library; the same bytes at every run. Control totals (`expect`) in the engagement files
are brought up to date; which columns they sum, the files say. Usage: python3 examples/generate.py [FOLDER]
(default: the folder of this file).
"""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

from generator import export, model, world  # noqa: E402
from generator.basis import money, remove_others, table_text, write_bytes  # noqa: E402

EXPECT = re.compile(r'(\btable += "(\w+)",(?:(?!\n\}).)*\n  expect +=) \{.*?\} \},\n', re.S)


def with_totals(text, month):
    """An engagement file with the control totals of these data."""
    def totals(found):
        rows = month.tables[found[2]]
        names = re.findall(r'(\w+) = "', found[0][len(found[1]):])
        sums = ", ".join(f'{name} = "{money(sum(row[name] or 0 for row in rows))}"' for name in names)
        return f"{found[1]} {{ rows = {len(rows)}, sum = {{ {sums} }} }},\n"
    return EXPECT.sub(totals, text)


def write_totals(target, name, month):
    path = os.path.join(name, "audit.lua")
    with open(os.path.join(HERE, path), encoding="utf-8") as file:
        text = file.read()
    write_bytes(os.path.join(target, path), with_totals(text, month).encode())


def write_month(target, name, month):
    folder = os.path.join(target, name, "data")
    for table in month.tables:
        write_bytes(os.path.join(folder, table + ".csv"), table_text(month, table, model.table(table).assumed_empty).encode())
    remove_others(folder)
    write_totals(target, name, month)


def main():
    target = sys.argv[1] if len(sys.argv) > 1 else HERE
    month = world.build()
    write_month(target, "month-end", month)
    write_bytes(os.path.join(target, "month-end", "answer.csv"), world.answer_text(month).encode())
    write_totals(target, "postgres", month)
    export.write(os.path.join(target, "erp-export"), month)
    for part in ("export", "office"):
        remove_others(os.path.join(target, "erp-export", part))
    write_month(target, "clean-month", world.build(planted=False))


if __name__ == "__main__":
    main()
