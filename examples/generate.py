#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the data of the examples month-end and erp-export, and the answer to both.

Python 3 and its standard library; the same bytes at every run. Usage: python3 examples/generate.py [FOLDER]
(default: the folder of this file).
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

from generator import export, world  # noqa: E402
from generator.basis import cell, columns_of, csv_text, write_bytes  # noqa: E402


def write_month_end(folder, tables, answer):
    for name, rows in tables.items():
        columns = columns_of(rows)
        text = csv_text(columns, [[cell(row.get(c)) for c in columns] for row in rows])
        write_bytes(os.path.join(folder, "data", name + ".csv"), text.encode())
    write_bytes(os.path.join(folder, "answer.csv"), world.answer_text(answer).encode())


def main():
    target = sys.argv[1] if len(sys.argv) > 1 else HERE
    tables, answer = world.build()
    write_month_end(os.path.join(target, "month-end"), tables, answer)
    export.write(os.path.join(target, "erp-export"), tables)


if __name__ == "__main__":
    main()
