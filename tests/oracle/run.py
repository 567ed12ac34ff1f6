#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Controls computed a second time, in SQL, on months made at random: run.py PROGRAM [--months N] [--seed FIRST] [--only ID,...]

Each month is written as CSV for the program and loaded into a PostgreSQL server of our own. sql/FAMILY.sql has a query for
each control, written from the catalogue; it and the program must name the same rows with the same amounts, in both
directions. Then the month is audited again without some of its columns, taken at random: what is found without an assumption
must be what the queries find. What differs is printed with the seed that makes the month again; --keep FOLDER keeps its files.
"""
import argparse
import collections
import csv
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal

HERE = pathlib.Path(__file__).resolve().parent
DROPPED = 6  # columns at most
sys.path.insert(0, str(HERE.parent / "integration" / "postgres"))
from month import HOLIDAYS, PERIOD, WORKDAYS, Month  # noqa: E402
from server import Server  # noqa: E402

TYPES = {"text": "text", "int": "bigint", "decimal": "numeric", "money": "numeric", "date": "date", "timestamp": "timestamp",
         "bool": "boolean"}
ENGAGEMENT = """-- SPDX-License-Identifier: MIT
engagement {{
  title = "oracle", entity = "oracle", period = "2026-10", as_of = "{as_of}", currency = "CNY", timezone = "Asia/Shanghai",
  language = "en", holidays = {{ {holidays} }}, workdays = {{ {workdays} }},
}}
import.csv {{ folder = "data" }}
"""


def read_model():
    """({table: {field: type}}, the (table, field) of keys), as the program has it."""
    tables, keys = {}, set()
    with open(HERE.parent / "unit" / "shipped_model.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            tables.setdefault(row["table"], {})[row["field"]] = row["type"]
            keys.update((row["table"], field.strip("?")) for field in re.split(r"[ ,]+", row["key"]))
    return tables, keys


def split_queries(path):
    """[(control, what its comment says, query)]; a query begins at a line "-- ABC-01: what it was written from"."""
    parts = re.split(r"^(?=-- [A-Z]{3}-\d\d: )", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    return [(part[3:9], part.split("\n")[0][11:], re.sub(r"^--.*\n", "", part, flags=re.M).strip().rstrip(";")) for part in parts]


def read_queries(only):
    """{control: its query}"""
    queries = {}
    for path in sorted((HERE / "sql").glob("???.sql")):
        for control, _, query in split_queries(path):
            if control in queries:
                raise SystemExit(f"{path}: {control} twice")
            if not only or control in only or control[:3] in only:
                queries[control] = query
    return queries


def as_csv(rows):
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([["" if cell is None else cell for cell in row] for row in rows])
    return file.getvalue()


class Oracle:
    def __init__(self, program, server, queries, folder):
        self.program, self.server, self.queries, self.folder = program, server, queries, folder
        self.model, self.keys = read_model()
        made = ""
        for table, fields in self.model.items():
            columns = ", ".join(f"{field} {TYPES.get(kind, 'text')}" for field, kind in fields.items())
            made += f"CREATE UNLOGGED TABLE {table} ({columns});\n"
        server.sql(made + (HERE / "sql" / "common.sql").read_text(encoding="utf-8"))

    def write(self, month, dropped=frozenset()):
        """The month as an engagement: every table with every column but those dropped, (table, field). With none dropped nothing
        need be assumed and findings are the same; a dropped one may only make them untestable or rest on an assumption."""
        data = self.folder / "data"
        data.mkdir(exist_ok=True)
        for table, fields in self.model.items():
            kept = [field for field in fields if (table, field) not in dropped]
            rows = [[row.get(field) for field in kept] for row in month.tables.get(table, [])]
            (data / f"{table}.csv").write_text(as_csv([kept, *rows]), encoding="utf-8")
        days = [", ".join(f'"{day}"' for day in days) for days in (HOLIDAYS, WORKDAYS)]
        (self.folder / "audit.lua").write_text(ENGAGEMENT.format(as_of=month.as_of, holidays=days[0], workdays=days[1]), encoding="utf-8")

    def found_by_program(self):
        """({control: {(key, label): amount}}, {control: (status, reason)})"""
        done = subprocess.run([self.program, "run", self.folder, "-o", self.folder / "out", "--quiet", "--no-progress", "--jobs", "1",
                               "--only", ",".join(self.queries)], capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1, 3):
            raise SystemExit(f"the program ended with {done.returncode}: {done.stderr}{done.stdout}")
        found = collections.defaultdict(dict)
        self.assumed = collections.defaultdict(set)
        with open(self.folder / "out" / "exceptions.jsonl", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                if row["assumptions"]:
                    self.assumed[row["control"]].add((row["key"], row["label"] or ""))
                amount = row["amount"] and Decimal(row["amount"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
                found[row["control"]][row["key"], row["label"] or ""] = amount
        with open(self.folder / "out" / "controls.csv", encoding="utf-8-sig", newline="") as file:
            states = {row["control"]: row for row in csv.DictReader(file)}
        return found, states

    def found_by_queries(self, month):
        """{control: {(key, label): amount}}"""
        script = [f"SET jit = off; SET client_min_messages = warning; TRUNCATE {', '.join(self.model)}, setting, day_off, extra_workday;"]
        filled = {"setting": [[*PERIOD, month.as_of]], "day_off": [[day] for day in HOLIDAYS], "extra_workday": [[day] for day in WORKDAYS]}
        for table, fields in self.model.items():
            if month.tables.get(table):
                filled[table] = [[row.get(field) for field in fields] for row in month.tables[table]]
        for table, rows in filled.items():
            script.append(f"COPY {table} FROM STDIN WITH (FORMAT csv);\n{as_csv(rows)}\\.")
        for control, query in self.queries.items():
            script.append(f"\\echo @{control}\nCOPY (SELECT key, label, round(amount::numeric, 2) FROM ({query}) AS found) TO STDOUT WITH (FORMAT csv);")
        found, control = collections.defaultdict(dict), None
        for row in csv.reader(io.StringIO(self.server.sql("\n".join(script) + "\n"))):
            if len(row) == 1:
                control = row[0][1:]
                continue
            place = row[0], row[1]
            if place in found[control]:
                raise SystemExit(f"the query of {control} names {place} twice")
            found[control][place] = Decimal(row[2]) if row[2] else None
        return found

    def compare(self, seed):
        """What one month shows: its differences, the controls not run, and the numbers found."""
        month = Month(seed)
        self.write(month)
        ours, states = self.found_by_program()
        theirs = self.found_by_queries(month)
        shown = Comparison({control: len(found) for control, found in theirs.items()})
        for control in self.queries:
            status, reason = states[control]["status"], states[control]["reason"]
            if status in ("not_run", "untested"):
                shown.not_run.append(control)
                continue
            if status in ("failed", "disabled"):
                shown.differences.append((control, f"{status}: {reason}"))
            for place in sorted(ours[control].keys() | theirs[control].keys()):
                one, other = ours[control].get(place, "not found"), theirs[control].get(place, "not found")
                if one != other:
                    why = f" ({status}: {reason})" if one == "not found" and reason else ""
                    shown.differences.append((control, f"{'#'.join(filter(None, place))}: the program {one}, the query {other}{why}"))
        self.compare_with_less(month, seed, theirs, shown)
        return shown

    def compare_with_less(self, month, seed, theirs, shown):
        """The same month without some columns: what is found now and was not states an assumption, and where something is not
        found any more the control says that rows were not tested, or passed under an assumption."""
        chance = random.Random(seed)
        filled = [(table, field) for table, rows in sorted(month.tables.items()) if rows for field in self.model[table]
                  if (table, field) not in self.keys and any(row.get(field) not in (None, "") for row in rows)]
        dropped = frozenset(chance.sample(filled, chance.randint(1, DROPPED)))
        less = ", ".join(f"{table}.{field}" for table, field in sorted(dropped))
        self.write(month, dropped)
        ours, states = self.found_by_program()
        for control in self.queries:
            state = states[control]
            doubtful = state["status"] in ("not_run", "untested", "partial", "conditional") or any(
                int(state[count] or 0) for count in ("untestable", "passed_assumed"))
            for place in sorted(ours[control].keys() | theirs[control].keys()):
                name = "#".join(filter(None, place))
                if place not in ours[control] and not doubtful:
                    shown.differences.append((control, f"{name}: not found any more, and nothing said, without {less}"))
                if place not in theirs[control] and place not in self.assumed[control]:
                    shown.differences.append((control, f"{name}: found without an assumption, without {less}"))


class Comparison:
    def __init__(self, found):
        self.found, self.differences, self.not_run = found, [], []


def parse(arguments):
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--months", type=int, default=10)
    options.add_argument("--seed", type=int, default=1, help="of the first month")
    options.add_argument("--only", default="", help="controls or families")
    options.add_argument("--keep", type=pathlib.Path, help="a folder for the files of the last month")
    return options.parse_args(arguments)


def main():
    given = parse(sys.argv[1:])
    queries = read_queries(set(filter(None, given.only.split(","))))
    passed = failed = 0
    idle, found = collections.Counter(), collections.Counter()
    with Server() as server, tempfile.TemporaryDirectory(prefix="vouch-oracle-") as place:
        folder = given.keep or pathlib.Path(place)
        folder.mkdir(exist_ok=True, parents=True)
        oracle = Oracle(given.program.resolve(), server, queries, folder)
        for seed in range(given.seed, given.seed + given.months):
            shown = oracle.compare(seed)
            for control, line in shown.differences:
                print(f"seed {seed}: {control} {line}", flush=True)
            wrong = {control for control, _ in shown.differences}
            failed += len(wrong)
            passed += len(queries.keys() - wrong - set(shown.not_run))
            idle.update(shown.not_run)
            found.update(shown.found)
    print("not run in some months:", ", ".join(f"{control} ({count})" for control, count in sorted(idle.items())) or "none")
    print("found nothing:", ", ".join(control for control in queries if not found[control]) or "none")
    print(f"{len(queries)} controls on {given.months} months, {sum(found.values())} exceptions")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
