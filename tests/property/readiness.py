#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`vouch list` tells the truth: readiness.py PROGRAM SEED

The example month, and the month without columns and tables that are drawn by the seed, is listed and run. What is
listed as ready tests a row in the run, without assumptions where none are named; what is listed as lacking data tests
none; and the counts of the last line are those of the list.
"""
import csv
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
SEED = int(sys.argv[2])


def keys():
    """The key columns of each table: an import without one is refused."""
    done = subprocess.run([PROGRAM, "schema", "--format", "json"], capture_output=True, check=True, cwd="/")
    return {table["name"]: {field["name"] for field in table["fields"] if field["key"]}
            for table in json.loads(done.stdout)["tables"]}


def drop(folder, choice, columns, tables):
    """Takes that many columns and tables out of the data."""
    files = sorted(pathlib.Path(folder, "data").glob("*.csv"))
    for path in choice.sample(files, tables):
        path.unlink()
    for path in choice.choices([path for path in files if path.exists()], k=columns):
        with open(path, encoding="utf-8", newline="") as file:
            records = list(csv.reader(file))
        at = choice.randrange(len(records[0]))
        if records[0][at] in KEYS[path.stem]:
            continue
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(row[:at] + row[at + 1:] for row in records)


def listed(engagement):
    """What the list says of each control, and its counts."""
    def output(*options):
        done = subprocess.run([PROGRAM, "list", "--lang", "en", engagement, *options], capture_output=True, text=True,
                              check=True)
        return done.stdout.splitlines()
    return {row["control"]: row for row in csv.DictReader(output("--format", "csv"))}, output()[-1]


def results(engagement, folder):
    subprocess.run([PROGRAM, "run", engagement, "-o", folder, "--quiet", "--no-progress", "--format", "csv"],
                   capture_output=True, check=False)
    with open(pathlib.Path(folder, "controls.csv"), encoding="utf-8", newline="") as file:
        return {row["control"]: row for row in csv.DictReader(file)}


def wrong_of(kind, row):
    """What is wrong with calling a control that, as its run went; empty when all is well."""
    tested = int(row["tested"]) > 0
    rests = [name for name in row["assumptions"].split(";") if name and "=without" not in name]
    if kind in ("ready", "assumed") and not tested:
        return f"tested nothing: {row['status']}, {row['reason'][:100]}"
    if kind == "ready" and rests:
        return f"rests on {rests[:3]}"
    if kind not in ("ready", "assumed") and tested:
        return "tested rows"
    if kind == "no_rows" and row["status"] not in ("untested", "partial"):
        return f"is {row['status']}"
    return ""


def hold(label, columns, tables):
    choice = random.Random(SEED + columns)
    with tempfile.TemporaryDirectory() as folder:
        engagement = pathlib.Path(folder, "month")
        subprocess.run(["cp", "-R", ROOT / "examples/month-end", engagement], check=True)
        # Expected totals name files and columns that may be gone.
        text = (engagement / "audit.lua").read_text(encoding="utf-8")
        text = re.sub(r"import\.csv \{\n.*?\n\}\n", "", text, flags=re.S)
        (engagement / "audit.lua").write_text(text, encoding="utf-8")
        drop(engagement, choice, columns, tables)
        said, counts = listed(engagement)
        rows = results(engagement, pathlib.Path(folder, "out"))
        kinds = [row["outlook"] for row in said.values()]
        wrong = [f"{control} is {row['outlook']} and {why}" for control, row in said.items()
                 if control in rows and (why := wrong_of(row["outlook"], rows[control]))]
        if set(said) != set(rows):
            wrong.append(f"not the same controls: {sorted(set(said) ^ set(rows))[:5]}")
        for kind, words in (("ready", "ready"), ("assumed", "ready under assumptions"), ("lacking", "lack data")):
            if not re.search(rf"(^|, ){kinds.count(kind)} {words}(,|$)", counts):
                wrong.append(f"{counts!r} does not count {kind}")
        if columns and "lacking" not in kinds:
            wrong.append("nothing is lacking")
    print(f"not ok {label} - {'; '.join(wrong[:4])}" if wrong else f"ok {label}", flush=True)
    return not wrong


KEYS = keys()


def main():
    cases = [("readiness-of-the-month", 0, 0), ("readiness-without-columns", 60, 0), ("readiness-without-more", 200, 4),
             ("readiness-without-most", 250, 40)]
    sys.exit(not all([hold(*case) for case in cases]))


main()
