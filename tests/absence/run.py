#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Less data never changes a judgement: run.py PROGRAM [sample|every] [TABLE.COLUMN|TABLE...]

The example month is run again without each column, without each table, and without sets of them drawn by a seed; with
cells made unreadable, with cells made empty where the model says that this tells nothing, and with records made
rejected. Each control's findings are compared with those of the whole
month. Allowed are the same findings; fewer, where as many rows more are untestable or pass under an assumption, or the
control is not run; and more, where each states an assumption. `every` tries all and writes docs/absence.md: what each
column costs.
"""
import collections
import concurrent.futures
import csv
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MONTH = ROOT / "examples/month-end"
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
SAMPLE = {"column": 24, "table": 6, "set": 6, "cells": 6, "empty": 6, "records": 4}
EVERY = {"column": None, "table": None, "set": 200, "cells": 120, "empty": None, "records": 60}


def tables():
    """The header of each table of the month."""
    headers = {}
    for path in sorted((MONTH / "data").glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            headers[path.stem] = next(csv.reader(file))
    return headers


def fields_that(are):
    """The fields of the model of which that holds: {("sales_order", "order_id"), ...}."""
    told = subprocess.run([PROGRAM, "schema", "--json"], capture_output=True, text=True, check=True, cwd=tempfile.gettempdir())
    return {(table["name"], field["name"]) for table in json.loads(told.stdout)["tables"] for field in table["fields"] if are(field)}


def keys():
    """The columns without which a table is not imported: "sales_order.order_id"."""
    return {f"{table}.{column}" for table, column in fields_that(lambda field: field["key"])}


def gone_with(names, key_columns):
    """What is not there without these: a table goes with a column of its key."""
    return set(names) | {name.split(".")[0] for name in names if name in key_columns}


def rewrite(folder, table, change):
    """Writes the table's file with every record (the header first) as `change(number, record)` makes it."""
    source = MONTH / "data" / (table + ".csv")
    target = pathlib.Path(folder, "data", table + ".csv")
    with open(target if target.exists() and not target.is_symlink() else source, encoding="utf-8", newline="") as file:
        records = list(csv.reader(file))
    target.unlink(missing_ok=True)
    with open(target, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(change(number, list(row)) for number, row in enumerate(records))


def drop_columns(folder, table, columns):
    """Takes columns out of a table's file."""
    with open(MONTH / "data" / (table + ".csv"), encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    keep = [at for at, name in enumerate(header) if name not in columns]
    rewrite(folder, table, lambda number, row: [row[at] for at in keep])


def spoil(folder, table, column, rows, text="?!"):
    """Makes one column's cells unreadable in these rows, or empty; `rows` None: in all."""
    def change(number, row):
        if number == 0:
            change.at = row.index(column)
        elif rows is None or number in rows:
            row[change.at] = text
        return row
    rewrite(folder, table, change)


def reject(folder, table, rows):
    """Makes these records ones that cannot be split into the columns."""
    rewrite(folder, table, lambda number, row: row + ["surplus"] if number in rows else row)


def run(change, *options):
    """What became of each control when `change(folder)` was done to the month: status, counts, exceptions by id."""
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder, "data")
        data.mkdir()
        for path in MONTH.iterdir():
            if path.name != "data":
                pathlib.Path(folder, path.name).symlink_to(path)
        for path in (MONTH / "data").iterdir():
            (data / path.name).symlink_to(path)
        change(folder)
        # Without control totals of what is not there any more: the folder gives all tables.
        text = (MONTH / "audit.lua").read_text(encoding="utf-8")
        pathlib.Path(folder, "audit.lua").unlink()
        pathlib.Path(folder, "audit.lua").write_text(
            re.sub(r"import\.csv \{\n.*?\n\}\n", "", text, flags=re.S), encoding="utf-8")
        done = subprocess.run([PROGRAM, "run", folder, "-o", folder + "/out", "--quiet", "--no-progress", "--jobs", "1",
                               "--lang", "en", "--format", "csv,jsonl", *options], capture_output=True, text=True, check=False)
        try:
            with open(folder + "/out/controls.csv", encoding="utf-8-sig", newline="") as file:
                controls = {row["control"]: row for row in csv.DictReader(file)}
            with open(folder + "/out/exceptions.jsonl", encoding="utf-8") as file:
                found = [json.loads(line) for line in file]
        except OSError:
            return None, f"exit {done.returncode}: {done.stderr[:300]}"
    exceptions = collections.defaultdict(dict)
    for item in found:
        exceptions[item["control"]][item["id"]] = item
    return (controls, exceptions), None


def open_rows(row):
    return int(row["untestable"]) + int(row["passed_assumed"]) + int(row["errors"])


def names(finding, dropped):
    """Does one of its assumptions name something that was dropped? That a field is empty may also be what was looked for."""
    asked_for = set(str(finding["values"].get("missing", "")).split(", "))
    return bool(asked_for & dropped) or any(
        name.split("=")[0] in dropped or name.split("=")[0].split(".")[0] in dropped for name in finding["assumptions"])


def forbidden(control, before, after, old, new, dropped):
    """What is wrong with a control's findings now, and how many fewer and more there are."""
    wrong = []
    lost = [name for name in old if name not in new]
    more = [name for name in new if name not in old]
    silent = [name for name in more if not names(new[name], dropped)]
    # A population that is not there is not tested, and the control is not clean.
    lost_rows = {old[name]["key"] for name in lost if old[name]["table"] not in dropped or after["status"] == "clean"}
    lost_rows -= {new[name]["key"] for name in new}
    # Rows whose key lost a column stand under another key.
    moved = len(more) - len(silent)
    gained = open_rows(after) - open_rows(before) + moved
    if silent:
        wrong.append(f"{control}: {len(silent)} exceptions added without an assumption, {silent[0]}: "
                     f"{new[silent[0]]['message'][:80]}")
    if lost_rows and after["status"] not in ("not_run", "failed") and gained < len(lost_rows):
        wrong.append(f"{control}: {len(lost_rows)} rows with exceptions became passed ({after['status']}, "
                     f"{gained} more open rows), {lost[0]}")
    if after["status"] == "clean" and (int(after["tested"]) == 0 or lost):
        wrong.append(f"{control}: clean, {after['tested']} tested, {len(lost)} exceptions lost")
    if after["status"] == "failed" and before["status"] != "failed":
        wrong.append(f"{control}: failed: {after['reason'][:160]}")
    if int(after["errors"]) > int(before["errors"]):
        wrong.append(f"{control}: {after['errors']} errors: {after['reason'][:160]}")
    return wrong, len(lost), len(more)


def compare(base, result, dropped):
    """All that is forbidden, and the controls that it costs."""
    wrong, cost = [], collections.Counter()
    for control, before in base[0].items():
        after = result[0].get(control)
        if after is None:
            wrong.append(f"{control}: has no result")
            continue
        bad, lost, more = forbidden(control, before, after, base[1][control], result[1][control], dropped)
        wrong += bad
        if after["status"] in ("not_run", "untested") and before["status"] not in ("not_run", "untested"):
            cost["not run"] += 1
        elif open_rows(after) > open_rows(before):
            cost["partly"] += 1
        cost["fewer"] += lost
        cost["more"] += more
    return wrong, cost


def trials(headers, counts):
    """(kind, name, names dropped, change) for all that is to be tried."""
    draw = random.Random(20261031)
    key_columns = keys()
    columns = [(table, column) for table, header in headers.items() for column in header]
    chosen = columns if counts["column"] is None else draw.sample(columns, counts["column"])
    for table, column in chosen:
        yield ("column", f"{table}.{column}", gone_with([f"{table}.{column}"], key_columns),
               lambda folder, t=table, c=column: drop_columns(folder, t, {c}))
    for table in sorted(headers) if counts["table"] is None else draw.sample(sorted(headers), counts["table"]):
        yield ("table", table, {table}, lambda folder, t=table: pathlib.Path(folder, "data", t + ".csv").unlink())
    for number in range(counts["set"]):
        some = draw.sample(columns, draw.randint(2, 12))
        gone = draw.sample(sorted(headers), draw.randint(0, 3))

        def change(folder, some=some, gone=gone):
            for table in {table for table, _ in some}:
                drop_columns(folder, table, {column for other, column in some if other == table})
            for table in gone:
                pathlib.Path(folder, "data", table + ".csv").unlink()
        yield "set", f"set {number}", gone_with([f"{t}.{c}" for t, c in some] + gone, key_columns), change
    typed = [(table, column) for table, column in columns
             if column.endswith(("_on", "_at", "amount", "quantity", "price"))]
    for table, column in draw.sample(typed, counts["cells"]):
        rows = {draw.randint(1, 40) for _ in range(3)}
        yield ("cells", f"cells of {table}.{column}", {f"{table}.{column}", table},
               lambda folder, t=table, c=column, r=rows: spoil(folder, t, c, r))
    untold = fields_that(lambda field: field["empty"] == "unknown" and not field["key"])
    untold = [pair for pair in columns if pair in untold]
    for table, column in untold if counts["empty"] is None else draw.sample(untold, counts["empty"]):
        for rows in ({draw.randint(1, 40) for _ in range(3)}, None):
            yield ("empty", f"{'empty cells' if rows else 'all cells empty'} of {table}.{column}", {f"{table}.{column}", table},
                   lambda folder, t=table, c=column, r=rows: spoil(folder, t, c, r, ""))
    for table in draw.sample(sorted(headers), min(counts["records"], len(headers))):
        rows = {draw.randint(1, 40) for _ in range(2)}
        yield "records", f"records of {table}", {table}, lambda folder, t=table, r=rows: reject(folder, t, r)


def write_page(costs):
    lines = ["# What a column costs", "",
             "Generated by `make absence` from the example month: the month is run without each column and without each "
             "table, and compared with the whole month. *Not run* are controls that tested nothing any more, *partly* "
             "those of which further rows could not be tested or passed under an assumption; *fewer* and *more* are "
             "exceptions, those that are more each stating what they rest on.", "",
             "| dropped | not run | partly | fewer | more |", "|---|---:|---:|---:|---:|"]
    for name, cost in costs:
        if any(cost.values()):
            lines.append(f"| {name} | {cost['not run']} | {cost['partly']} | {cost['fewer']} | {cost['more']} |")
    free = [name for name, cost in costs if not any(cost.values())]
    lines += ["", f"{len(free)} columns and tables cost nothing there: {', '.join(free)}.", ""]
    (ROOT / "docs/absence.md").write_text("\n".join(lines), encoding="utf-8")


def main():
    every = "every" in sys.argv[2:3]
    only = sys.argv[3:]
    headers = tables()
    base, failure = run(lambda folder: None)
    if failure:
        sys.exit(failure)
    passed, failed, costs = 0, 0, []
    todo = [trial for trial in trials(headers, EVERY if every else SAMPLE) if not only or trial[1] in only]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for (kind, name, dropped, _), (result, failure) in zip(todo, pool.map(lambda trial: run(trial[3]), todo)):
            wrong, cost = ([failure] if failure else [], collections.Counter()) if result is None else compare(base, result, dropped)
            passed += not wrong
            failed += bool(wrong)
            print(f"not ok {name}: {'; '.join(wrong)}" if wrong else f"ok {name}", flush=True)
            if kind in ("column", "table"):
                costs.append((name, cost))
    if every and not only:
        write_page(costs)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
