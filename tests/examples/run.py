#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples give their answers: run.py PROGRAM

month-end against the answer that its generator wrote, in both directions; erp-export against month-end; clean-month,
where every control must be able to speak and none may; northwind against figures that were computed from the data in another way; and a parameter that an officer
changes in a rule file changes the result. flat-list and superstore
as `vouch init` reads them.
"""
import csv
import difflib
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
RESULTS = {"passed": 0, "failed": 0}

# Controls that cannot test anything in clean-month, and why.
SILENT_FOR_A_REASON = {
    "REV-05": "not run before 30 days after the period's end",
    "JET-04": "Benford's law says nothing about a few hundred entries",
}

# Controls that look further past the period's end than clean-month goes, and the day from which they see enough.
WAITING = {"JET-08": "2026-11-15"}


def check(name, wrong):
    """Prints the outcome of one test; `wrong` says what is not as it should be, empty when all is well."""
    RESULTS["failed" if wrong else "passed"] += 1
    print(f"not ok {name}: {wrong}" if wrong else f"ok {name}")


def run(folder, engagement, *options, tables=()):
    """Runs an engagement and returns (exit code, exceptions by id), and the rows of these CSV tables of it."""
    out = pathlib.Path(folder, "out")
    done = subprocess.run(
        [PROGRAM, "run", engagement, "-o", out, "--quiet", "--format", "csv,jsonl", *options],
        capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{engagement}: exit {done.returncode}: {done.stderr}")
    with open(out / "exceptions.jsonl", encoding="utf-8") as file:
        found = {item["id"]: item for item in map(json.loads, file)}
    read = [list(csv.DictReader(io.StringIO((out / name).read_text(encoding="utf-8")))) for name in tables]
    shutil.rmtree(out)
    return done.returncode, found, *read


def differences(expected, found):
    """What two {id: (amount, currency)} say differently, for a person."""
    lines = [f"not found: {i}" for i in sorted(expected.keys() - found.keys())]
    lines += [f"found though not planted: {i}" for i in sorted(found.keys() - expected.keys())]
    lines += [f"{i}: {found[i]} instead of {expected[i]}"
              for i in sorted(expected.keys() & found.keys()) if expected[i] != found[i]]
    return "; ".join(lines[:20]) + (f"; and {len(lines) - 20} more" if len(lines) > 20 else "")


def answer():
    """The planted exceptions of the example month, but for those that come due after its as_of."""
    expected = {}
    with open(ROOT / "examples/month-end/answer.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            label = "#" + row["label"] if row.get("label") else ""
            key = f"{row['control']}:{row['table']}:{row['key']}{label}"
            amount = Decimal(row["amount"]) if row["amount"] else None
            expected[key] = (amount, row["currency"] if row["amount"] else None)
    return expected


def judged(exceptions):
    """{id: (amount, currency)} of exceptions."""
    return {key: (Decimal(item["amount"]) if item["amount"] else None,
                  item["currency"] if item["amount"] else None)
            for key, item in exceptions.items()}


def facts(exceptions):
    """All that must not depend on how a source writes its data. What a result rests on is part of its fingerprint:
    an export without a column rests on an assumption where the month itself has the column, all of it empty."""
    names = ("control", "table", "key", "label", "date", "customer_id", "amount", "currency", "values")
    return {key: json.dumps([item[name] for name in names]) for key, item in exceptions.items()}


def same_fingerprints(month, export):
    """What stands in both without an assumption and has another fingerprint."""
    return "; ".join(key for key, item in export.items()
                     if not item["assumptions"] and item["fingerprint"] != month[key]["fingerprint"])


def total(exceptions, control):
    """(exceptions, documents, amount) of one control, documents being the first part of the key."""
    chosen = [item for item in exceptions.values() if item["control"] == control]
    documents = {item["key"].split("/")[0] for item in chosen}
    return len(chosen), len(documents), sum(Decimal(item["amount"] or 0) for item in chosen)


def officer(folder):
    """Raises the tolerance of PRC-01 in a copy of the rules, and counts what it finds before and after."""
    rules = pathlib.Path(folder, "rules")
    shutil.copytree(ROOT / "rules", rules)
    file = rules / "controls/prc.lua"
    text = file.read_text(encoding="utf-8")
    before = 'tolerance_pct = { decimal "0", origin = "policy" }'
    at = text.index(before, text.index('control "PRC-01"'))
    options = ("--rules", rules, "--only", "PRC-01")
    _, strict = run(folder, ROOT / "examples/northwind", *options)
    file.write_text(text[:at] + before.replace('"0"', '"18"') + text[at + len(before):], encoding="utf-8")
    _, tolerant = run(folder, ROOT / "examples/northwind", *options)
    return len(strict), len(tolerant)


def current(folder):
    """What the generator writes into an empty folder, against what is committed."""
    target = pathlib.Path(folder, "generated")
    subprocess.run([sys.executable, ROOT / "examples/generate.py", target], check=True)
    written = {path.relative_to(target): path for path in target.rglob("*") if path.is_file()}
    kept = {path.relative_to(ROOT / "examples") for part in ("month-end/data", "clean-month/data", "erp-export/export",
                                                             "erp-export/office")
            for path in (ROOT / "examples" / part).glob("*")}
    wrong = [f"{path} is missing or differs" for path, new in sorted(written.items())
             if not (ROOT / "examples" / path).exists() or (ROOT / "examples" / path).read_bytes() != new.read_bytes()]
    return wrong + [f"{path} is no longer written" for path in sorted(kept - written.keys())]


def clean_month(folder):
    """Nothing to find, though every control has something to test."""
    code, found, controls, problems = run(
        folder, ROOT / "examples/clean-month", tables=("controls.csv", "data_problems.csv"))
    check("clean-month: nothing is found", "; ".join(
        f"{key} {item['amount'] or ''} {item['message']}" for key, item in sorted(found.items())[:20]))
    check("clean-month: no data problem", "; ".join(" ".join(row.values()) for row in problems[:20]))
    check("clean-month: complete, nothing found", "" if code == 0 else f"exit {code}")
    for row in controls:
        name, tested, untestable = row["control"], int(row["tested"]), int(row["untestable"])
        wrong = f"{row['status']}, {tested} tested, {untestable} untestable: {row['reason']}"
        if name in SILENT_FOR_A_REASON:
            check(f"clean-month: {name} cannot run: {SILENT_FOR_A_REASON[name]}",
                  "it could, and belongs off the list" if tested else "")
        elif name in WAITING:
            check(f"clean-month: {name} waits for what comes after the month",
                  "" if row["status"] == "partial" and tested and "visible only to" in row["reason"] else wrong)
            _, _, later = run(folder, ROOT / "examples/clean-month", "--only", name, "--as-of", WAITING[name],
                              tables=("controls.csv",))
            check(f"clean-month: {name} leaves nothing untested on {WAITING[name]}",
                  "; ".join(f"{one['status']}: {one['reason']}" for one in later if one["status"] != "clean"))
        else:
            check(f"clean-month: {name} tests something and leaves nothing untested",
                  "" if row["status"] == "clean" and tested and not untestable else wrong)


def from_init(folder, name):
    """`vouch init` writes the audit.lua of an example again, byte by byte, and it finds what was planted."""
    source, copy = ROOT / "examples" / name, pathlib.Path(folder, name)
    shutil.copytree(source / "export", copy / "export")
    done = subprocess.run([PROGRAM, "init", "export"], cwd=copy, capture_output=True, text=True, check=False)
    check(f"{name}: init writes an engagement that runs", "" if done.returncode == 0 else done.stdout + done.stderr)
    written, kept = (path.read_text(encoding="utf-8").splitlines() for path in (copy / "audit.lua", source / "audit.lua"))
    kept.remove("-- SPDX-License-Identifier: MIT")
    check(f"{name}: its audit.lua is what init writes", "; ".join(
        line for line in difflib.unified_diff(kept, written, "kept", "written", lineterm="", n=0)))
    subprocess.run([sys.executable, source / "generate.py"], check=True, env={"VOUCH_OUT": str(copy)})
    check(f"{name}: its export is what generate.py writes", "; ".join(
        path.name for path in (source / "export").iterdir() if path.read_bytes() != (copy / "export" / path.name).read_bytes()))
    _, found, problems = run(folder, source, tables=("data_problems.csv",))
    with open(source / "answer.csv", encoding="utf-8", newline="") as file:
        expected = {row["id"]: (Decimal(row["amount"]) if row["amount"] else None, row["currency"] or None)
                    for row in csv.DictReader(file)}
    check(f"{name}: what was planted is found and nothing else", differences(expected, judged(found)))
    check(f"{name}: every record is read", "; ".join(" ".join(row.values()) for row in problems[:20]))


def main():
    with tempfile.TemporaryDirectory() as folder:
        check("the examples are what examples/generate.py writes", "; ".join(current(folder)[:10]))
        _, month = run(folder, ROOT / "examples/month-end")
        check("month-end finds what was planted and nothing else", differences(answer(), judged(month)))
        _, export = run(folder, ROOT / "examples/erp-export")
        check("erp-export gives the same exceptions", differences(facts(month), facts(export)))
        check("erp-export: what rests on nothing has the same fingerprint", same_fingerprints(month, export))
        clean_month(folder)
        _, later = run(folder, ROOT / "examples/month-end", "--as-of", "2026-11-30", "--only", "REV-05")
        check("a reversal after the period end shows from 30 November on",
              "" if len(later) == 1 else f"{len(later)} exceptions")
        _, north = run(folder, ROOT / "examples/northwind")
        figures = {
            "PRC-01": (1238, 517, Decimal("183483.0955")),
            "NWD-01": (658, 250, Decimal("94846.22")),
            "NWD-02": (37, 37, Decimal(0)),
        }
        for control, expected in figures.items():
            found = total(north, control)
            check(f"northwind: {control} {expected}", "" if found == expected else f"found {found}")
        strict, tolerant = officer(folder)
        check("a parameter changed in a rule file changes the result",
              "" if strict == 1238 and 0 < tolerant < strict else f"{strict} before, {tolerant} after")
        for name in ("flat-list", "superstore"):
            from_init(folder, name)
    print(f"{RESULTS['passed']} passed, {RESULTS['failed']} failed")
    return RESULTS["failed"] > 0


if __name__ == "__main__":
    sys.exit(main())
