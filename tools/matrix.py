#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the risk and control matrix, docs/controls.md, to standard output.

    tools/matrix.py CONTROLS_PROGRAM

CONTROLS_PROGRAM is build/<variant>/tools/controls: what the rules declare. The catalogue that they are held
against lies in docs/catalogue/.
"""
import csv
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "docs/catalogue"
SCOPES = {
    "period": "rows dated in the period",
    "open": "documents dated up to the day of the audit: what has not been done in time",
    "all": "every row up to the day of the audit",
}
DEMANDS = {
    "always": "Reads",
    "sometimes": "Reads where a row leads there",
    "imported": "Reads if imported",
}
SEVERITIES = ["critical", "high", "medium", "low"]


def declared(program):
    done = subprocess.run([program, ROOT / "rules"], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def catalogue(name):
    with open(CATALOGUE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(heads, rows):
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(cell(value) for value in row) + " |")
    print()


def both(text):
    """A text in both languages."""
    return " · ".join(part for part in (text.get("en"), text.get("zh")) if part)


def value_of(parameter):
    value = parameter["value"]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


class Page:
    """What the page is written from."""

    def __init__(self, rules):
        self.controls = {control["id"]: control for control in rules["controls"]}
        self.shapes = rules["shapes"]
        self.tables = rules["tables"]
        self.entries = {entry["id"]: entry for entry in catalogue("controls")}
        self.families = catalogue("families")
        self.cases = {}
        for case in rules["cases"]:
            self.cases.setdefault(case["control"], []).append(case)

    def of_family(self, family):
        return [control for control in self.controls.values() if control["family"] == family]

    def table_name(self, name):
        label = self.tables[name]["label"]
        return f"`{name}` {label}" if label else f"`{name}`"

    def link(self, control):
        return f"[{control}](#{control.lower()})" if control in self.controls else f"*{control}*"

    def only_in_cases(self, control):
        """Tables that the cases fill and that neither are the population nor seen to be read."""
        seen = set(control["population"]) | set(control.get("reads") or {})
        given = {name for case in self.cases.get(control["id"], []) for name in case.get("given") or {}}
        return sorted(given - seen)


def print_shapes(page):
    print("## Shapes\n\nWhat kind of comparison a control makes.\n")
    count = {}
    for control in page.controls.values():
        count[control.get("shape")] = count.get(control.get("shape"), 0) + 1
    table(["shape", "compares", "比较内容", "controls"],
          [[shape["name"], shape["en"], shape["zh"], count.get(shape["name"], 0)] for shape in page.shapes])


def print_families(page):
    print("## Families\n")
    rows = []
    for family in page.families:
        name, built = family["family"], page.of_family(family["family"])
        listed = [entry for entry in page.entries.values() if entry["family"] == name]
        missing = [entry for entry in listed if entry["id"] not in page.controls]
        shown = f"[{name}](#{name.lower()})" if built else name
        rows.append([shown, f"{family['title_en']} · {family['title_zh']}", len(listed), len(built)]
                    + [sum(control["severity"] == severity for control in built) for severity in SEVERITIES]
                    + [len(missing)])
    heads = ["family", "", "in the catalogue", "controls"] + SEVERITIES + ["without a control"]
    total = [sum(row[at] for row in rows) for at in range(2, len(heads))]
    table(heads, rows + [["", "all"] + total])


def print_data(page, control):
    population = ", ".join(page.table_name(name) for name in control["population"])
    undated = not control.get("period") and not any(page.tables[name]["dated"] for name in control["population"])
    print(f"- **Looks at** {population}: " + ("every row" if undated else SCOPES[control["scope"]])
          + (f", dated by `{control['period']}`" if control.get("period") else "")
          + (", in groups" if control["grouped"] else ""))
    demands = control.get("demands") or {}
    for demand, title in DEMANDS.items():
        reads = [page.table_name(name) + (f" ({', '.join(sorted(fields))})" if fields else "")
                 for name, fields in sorted((control.get("reads") or {}).items())
                 if demands.get(name, "always") == demand]
        if reads:
            print(f"- **{title}** " + "; ".join(reads))
    library = page.only_in_cases(control)
    if library:
        print("- **In its cases also** "
              + ", ".join(page.table_name(name) for name in library))
    if control["maybe_recorded"]:
        print("- **Nobody records it where it is empty in every row** "
              + ", ".join(f"`{column}`" for column in control["maybe_recorded"]))


def print_parameters(control):
    for parameter in control["parameters"]:
        note = f": {parameter['note']}" if parameter.get("note") else ""
        print(f"- **Parameter** `{parameter['name']}` = {value_of(parameter)} ({parameter['origin']}){note}")


def print_control(page, control):
    print(f"### {control['id']}\n\n**{control['title'].get('en', '')}** · {control['title'].get('zh', '')}\n")
    for name, text in (("Tests", control["tests"]), ("Risk", control["risk"])):
        if both(text):
            print(f"- **{name}** {both(text)}")
    print(f"- **Severity** {control['severity']} · **profiles** {', '.join(control['profile'])}"
          f" · **source** {'; '.join(control['source'])} · **shape** {control.get('shape', '')}"
          f" · **amount** {control.get('amount_kind', 'none')}")
    print_data(page, control)
    print_parameters(control)
    for name, text in (("Says", control["message"]), ("Follow up", control["follow_up"])):
        if both(text):
            print(f"- **{name}** {both(text)}")
    print(f"- **Cases** {len(page.cases.get(control['id'], []))}\n")


def print_family(page, family):
    built = page.of_family(family["family"])
    if not built:
        return
    print(f"## {family['family']}\n\n{family['title_en']} · {family['title_zh']}\n")
    table(["control", "title", "名称", "population", "severity", "source", "shape"],
          [[page.link(control["id"]), control["title"].get("en", ""), control["title"].get("zh", ""),
            ", ".join(control["population"]), control["severity"], "; ".join(control["source"]),
            control.get("shape", "")] for control in built])
    for control in built:
        print_control(page, control)


def print_sections(page):
    print("## The source documents, section by section\n\n"
          "Which controls answer to which clause. A control in *italics* is in the catalogue and has no rule; a\n"
          "section without controls says why.\n")
    sections = catalogue("sections")
    for document in catalogue("documents"):
        name = document["document"]
        rows = [section for section in sections
                if re.match(r"\d{3}", section["document"]).group(0) == name[:3]] if len(name) == 3 else []
        if len(name) == 3:
            remark = f" ({document['remark']})" if document["remark"] else ""
            print(f"### {name} {document['title']}{remark}\n")
            for article in catalogue("documents"):
                if article["document"][:3] == name and article["document"] != name:
                    remark = f": {article['remark']}" if article["remark"] else ""
                    print(f"- {article['document']} {article['title']}{remark}")
            if name == "000":
                print()
            table(["section", "heading", "controls", "remark"],
                  [[f"{row['document']} {row['section']}", row["heading"],
                    ", ".join(page.link(control) for control in row["controls"].split()), row["remark"]]
                   for row in rows])


def print_missing(page):
    missing = [entry for entry in page.entries.values() if entry["id"] not in page.controls]
    if not missing:
        return
    print("## In the catalogue, without a control\n")
    table(["id", "title", "名称", "source"],
          [[entry["id"], entry["title_en"], entry["title_zh"], entry["sources"] or "ours"] for entry in missing])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    page = Page(declared(pathlib.Path(sys.argv[1]).resolve()))
    stated = sum(entry["basis"] != "ours" for entry in page.entries.values())
    print("# Risk and control matrix\n\nGenerated by `make docs`; do not edit. It says what each control compares,"
          " on which data, with which\nnumbers, and what to do about an exception. `vouch explain ID` shows the"
          " same, with the rule itself.\n\n"
          f"{len(page.controls)} controls. The catalogue behind them (`docs/catalogue/`) has {stated} controls that"
          " the five source documents\nstate or that follow from a stated aim, and"
          f" {len(page.entries) - stated} of ours. Sources are quoted by document and clause; what the\nnumbers"
          " stand for is listed [at the end](#the-source-documents-section-by-section).\n")
    print_families(page)
    print_shapes(page)
    for family in page.families:
        print_family(page, family)
    print_missing(page)
    print_sections(page)


main()
