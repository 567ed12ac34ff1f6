#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""report.xlsx as LibreOffice reads it: run.py PROGRAM

Each sheet is opened and written again as CSV; its rows are those of the other results, its amounts can be summed, and
nothing in it is run as a formula but our own links.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
RESULTS = {"passed": 0, "failed": 0}
# Separator ",", quotes, UTF-8, from the first row, numbers as they are and not as they look, every sheet a file.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def check(name, wrong):
    RESULTS["failed" if wrong else "passed"] += 1
    print(f"not ok {name}: {wrong}" if wrong else f"ok {name}")


def convert(place, book):
    """The sheets by name, as lists of dictionaries; the first sheet as lists of cells."""
    folder = pathlib.Path(place, "sheets")
    done = subprocess.run(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{place}/profile", "--convert-to",
         EVERY_SHEET, "--outdir", folder, book], capture_output=True, text=True, timeout=1800, check=False)
    sheets = {}
    for path in folder.glob("*.csv") if folder.exists() else []:
        with open(path, encoding="utf-8", newline="") as file:
            sheets[path.stem.removeprefix(book.stem + "-")] = list(csv.DictReader(file))
    return sheets, done.stdout + done.stderr


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(expected, found):
    return "" if expected == found else f"{str(found)[:300]} instead of {str(expected)[:300]}"


def main():
    with tempfile.TemporaryDirectory() as place:
        out = pathlib.Path(place, "out")
        subprocess.run([PROGRAM, "run", ROOT / "examples/month-end", "-o", out, "--quiet", "--lang", "en", "--format",
                        "jsonl,csv,xlsx"], check=False)
        sheets, said = convert(place, out / "report.xlsx")
        names = ["Assumptions", "Controls", "Data problems", "Evidence", "Exceptions", "Mapping", "Parameters", "Run record", "Summary", "System users"]
        check("LibreOffice opens every sheet", same(names, sorted(sheets)) and f"{sorted(sheets)}: {said}")
        with open(out / "exceptions.jsonl", encoding="utf-8") as file:
            expected = [json.loads(line) for line in file]
        found = sheets.get("Exceptions", [])
        check("exceptions are all there", same([one["id"] for one in expected], [row["id"] for row in found]))
        check("dates are dates", same([one["date"] or "" for one in expected], [row["date"] for row in found]))
        check("amounts sum up", same(sum(Decimal(one["amount"] or 0) for one in expected),
                                     sum(Decimal(row["amount"] or 0) for row in found)))
        check("controls are all there", same([row["control"] for row in table(out / "controls.csv")],
                                             list(dict.fromkeys(row["control"] for row in sheets.get("Controls", [])))))
        check("parameters are all there", same([row["parameter"] for row in table(out / "parameters.csv")],
                                               [row["parameter"] for row in sheets.get("Parameters", [])]))
    print(f"{RESULTS['passed']} passed, {RESULTS['failed']} failed")
    return RESULTS["failed"] > 0


if __name__ == "__main__":
    sys.exit(main())
