#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The shipped controls against the catalogue in docs/catalogue/: run.py PROGRAM

Every control of a finished family has a rule, every rule an entry; every control carries what a reader of its
exceptions needs, in both languages; its cases find something, find nothing, and say what missing data come to.
"""
import csv
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "docs/catalogue"
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
CONTROLS = pathlib.Path(sys.argv[1]).resolve().parent / "tools/controls"
BILINGUAL = ["title", "risk", "message", "follow_up", "tests"]
STATED = ["severity", "shape", "source", "profile"]
# What an exception is known by rather than decided by.
NOT_DECIDING = {"key", "table", "amount", "currency", "severity"}
RESULTS = {"passed": 0, "failed": 0}


def check(name, wrong):
    """Prints the outcome of one test; `wrong` lists what is not as it should be."""
    RESULTS["failed" if wrong else "passed"] += 1
    print(f"not ok {name}: {'; '.join(wrong)}" if wrong else f"ok {name}")


def catalogue(name):
    with open(CATALOGUE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def declared():
    done = subprocess.run([CONTROLS, ROOT / "rules"], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def finished_families():
    lines = (ROOT / "tests/catalogue/finished").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def missing_parts(control):
    """What a control should say about itself and does not."""
    wrong = []
    for name in BILINGUAL:
        for language in ("en", "zh"):
            if not control[name].get(language, "").strip():
                wrong.append(f"no {name} in {language}")
    if control["tests"].get("en") and control["tests"]["en"] == control["title"].get("en"):
        wrong.append("tests says no more than the title")
    for name in STATED:
        if not control.get(name):
            wrong.append(f"no {name}")
    return wrong


def expectations(case):
    """The exceptions and the untestable rows that a case expects."""
    expected = case.get("expect") or []
    return ([item for item in expected if "untestable" not in item],
            [item for item in expected if "untestable" in item])


def unnamed_cause(control, case):
    """What an expected exception must state for a case to pass for no other reason than the one it names."""
    lacks = set()
    tells = "{" in control["message"].get("en", "")
    for item in expectations(case)[0]:
        if not item.get("key"):
            lacks.add("key")
        if control.get("amount_kind") and "amount" not in item:
            lacks.add("amount (\"none\" where there is none)")
        if tells and not set(item) - NOT_DECIDING:
            lacks.add("deciding value")
    return [f"case \"{case['name']}\" expects an exception and states no {what}" for what in sorted(lacks)]


def missing_cases(control, cases):
    wrong = []
    found = [case for case in cases if expectations(case)[0]]
    none = [case for case in cases if not case.get("expect")]
    lacking = [case for case in cases if case.get("absent") or expectations(case)[1]]
    if len(cases) < 3:
        wrong.append(f"{len(cases)} cases")
    for what, some in (("finds something", found), ("finds nothing", none), ("lacks data", lacking)):
        if not some:
            wrong.append(f"no case that {what}")
    names = [case["name"] for case in cases]
    wrong += [f"two cases \"{name}\"" for name in sorted(set(names)) if names.count(name) > 1]
    for case in cases:
        wrong += unnamed_cause(control, case)
    return wrong


def check_entries(controls, entries):
    """Families that are finished are complete; nothing is shipped that the catalogue does not know."""
    built = {control["id"] for control in controls}
    families = {entry["family"] for entry in entries.values()}
    for family in finished_families():
        missing = sorted(name for name, entry in entries.items() if entry["family"] == family and name not in built)
        unknown = [] if family in families else ["the catalogue has no such family"]
        check(f"family {family} is complete", unknown + [f"{name} has no rule" for name in missing])
    check("every rule has an entry", [f"{name} has no entry in docs/catalogue/controls.csv"
                                      for name in sorted(built - entries.keys())])


def check_catalogue(entries):
    """The files of the catalogue agree with one another."""
    families = {family["family"] for family in catalogue("families")}
    documents = {document["document"] for document in catalogue("documents")}
    check("every entry is of a family", [f"{name}: no family {entry['family']}" for name, entry in entries.items()
                                         if entry["family"] not in families or not name.startswith(entry["family"])])
    wrong, listed = [], set()
    for section in catalogue("sections"):
        place = f"{section['document']} {section['section']}"
        names = section["controls"].split()
        listed.update(names)
        wrong += [f"{place}: no control {name}" for name in names if name not in entries]
        wrong += [f"{place}: no document {name}" for name in section["document"].split(", ")
                  if name not in documents and name[:3] not in documents]
        if not names and not section["remark"]:
            wrong.append(f"{place}: neither controls nor a remark")
    check("every section names controls or says why not", wrong)
    check("every control of the documents stands in a section", [
        name for name, entry in entries.items() if entry["basis"] != "ours" and name not in listed])


def check_absence():
    """What the absence of each table and field of the model means is told in both languages."""
    done = subprocess.run([PROGRAM, "schema", "--json"], capture_output=True, text=True, check=False, cwd="/")
    if done.returncode != 0:
        sys.exit(done.stderr)
    tables = json.loads(done.stdout)["tables"]
    with open(ROOT / "tests/unit/shipped_model.csv", encoding="utf-8", newline="") as file:
        model = {(row["table"], row["field"]) for row in csv.DictReader(file)}
    told = {(table["name"], field["name"]) for table in tables for field in table["fields"]}
    check("the schema shows every table and field", [f"{table}.{field}" for table, field in sorted(model ^ told)])
    wrong = []
    for table in tables:
        for name, absent in [(table["name"], table["absent"])] + [
                (f"{table['name']}.{field['name']}", field["absent"]) for field in table["fields"]]:
            if absent["means"] not in ("needed", "assumed", "derived"):
                wrong.append(f"{name}: absent means {absent['means']}")
            if absent["means"] == "needed":
                continue
            if not absent["en"].strip() or not re.search("[\u4e00-\u9fff]", absent["zh"]):
                wrong.append(f"{name}: a sentence in each language")
            if absent["en"] == absent["zh"]:
                wrong.append(f"{name}: one sentence for both languages")
    check("absence is told in both languages", wrong)


def main():
    rules = declared()
    entries = {entry["id"]: entry for entry in catalogue("controls")}
    cases = {}
    for case in rules["cases"]:
        cases.setdefault(case["control"], []).append(case)
    check_catalogue(entries)
    check_absence()
    check_entries(rules["controls"], entries)
    for control in rules["controls"]:
        name = control["id"]
        check(f"{name} says what it must", missing_parts(control))
        check(f"{name} has the cases it must", missing_cases(control, cases.get(name, [])))
    print(f"{RESULTS['passed']} passed, {RESULTS['failed']} failed")
    return 1 if RESULTS["failed"] else 0


sys.exit(main())
