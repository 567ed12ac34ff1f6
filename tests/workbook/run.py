#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""report.xlsx holds what the other results hold, as a spreadsheet wants it: run.py PROGRAM"""
import csv
import datetime
import hashlib
import json
import os
import pathlib
import pty
import resource
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from xml.etree import ElementTree

from workbook import Workbook, number_of, position

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
RESULTS = {"passed": 0, "failed": 0}
DAY_ONE = datetime.date(1899, 12, 30)  # of a spreadsheet's calendar, from March 1900 on
ENGLISH = ["Summary", "Controls", "Exceptions", "Evidence", "Data problems", "Parameters", "Mapping", "Run record", "Assumptions", "System users"]
CHINESE = ["摘要", "控制矩阵", "例外", "证据", "数据问题", "参数", "字段映射", "运行记录", "假设", "系统用户操作"]


def check(name, wrong):
    """Prints the outcome of one test; `wrong` says what is not as it should be, empty when all is well."""
    RESULTS["failed" if wrong else "passed"] += 1
    print(f"not ok {name}: {wrong}" if wrong else f"ok {name}")


def run(engagement, out, *options, epoch=None, most_bytes=None):
    environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    if epoch is not None:
        environment["SOURCE_DATE_EPOCH"] = str(epoch)
    limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))) if most_bytes else None
    return subprocess.run([PROGRAM, "run", engagement, "-o", out, "--quiet", "--format", "jsonl,csv,xlsx", *options],
                          capture_output=True, text=True, env=environment, preexec_fn=limit, check=False)


def table(out, name):
    with open(pathlib.Path(out, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exceptions_of(out):
    with open(pathlib.Path(out, "exceptions.jsonl"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def differences(pairs):
    """The first of (what, expected, found) that differ, as text."""
    return "; ".join(f"{what}: {found!r} instead of {expected!r}" for what, expected, found in pairs
                     if expected != found)[:300]


def text_of(record, heading):
    return record[heading].value if heading in record else None


# ---- against the other results

def shape(book):
    yield "sheets", ENGLISH, [sheet.name for sheet in book.sheets]
    for sheet in book.sheets[1:]:
        last = max(sheet.headings().values(), key=number_of)
        yield f"filter of {sheet.name}", f"A1:{last}{max(sheet.rows)}", sheet.filter
        yield f"frozen row of {sheet.name}", True, sheet.frozen is not None and position(sheet.frozen)[1] == 2


def exceptions_agree(book, out):
    expected = exceptions_of(out)
    records = [record for _, record in book["Exceptions"].records()]
    yield "number", len(expected), len(records)
    names = {"control": "control", "id": "id", "key": "key", "customer": "customer_id", "actor": "actor_id",
             "message": "message", "currency": "currency", "severity": "severity", "fingerprint": "fingerprint",
             "status": "status", "source": "source", "label": "label", "kind": "amount_kind"}
    noted = {"owner": "owner", "disposition": "status", "cause": "cause", "comment": "comment"}
    waived = {"reason of the waiver": "reason", "approved by": "approved_by"}
    for one, record in zip(expected, records):
        for heading, name in noted.items():
            yield f"{one['id']} {heading}", (one["disposition"] or {}).get(name) or None, text_of(record, heading)
        for heading, name in waived.items():
            yield f"{one['id']} {heading}", (one["waiver"] or {}).get(name), text_of(record, heading)
        if one["waiver"]:
            days = (datetime.date.fromisoformat(one["waiver"]["expires_on"]) - DAY_ONE).days
            yield f"{one['id']} expires on", float(days), text_of(record, "expires on")
            yield f"{one['id']} waiver", one["waiver"]["status"] == "applied", text_of(record, "waiver") == "applied"
        for heading, name in names.items():
            yield f"{one['id']} {name}", one[name], text_of(record, heading)
        if one["amount"] is not None:
            amount = record["amount"]
            yield f"{one['id']} amount", (float(one["amount"]), "n"), (amount.value, amount.kind)
            yield f"{one['id']} amount's format", True, amount.format.startswith("#,##0.00")
        if one["date"]:
            days = (datetime.date.fromisoformat(one["date"]) - DAY_ONE).days
            yield f"{one['id']} date", (float(days), "yyyy-mm-dd"), (record["date"].value, record["date"].format)


def controls_agree(book, out):
    sums = {}
    for one in exceptions_of(out):
        sums[one["control"]] = sums.get(one["control"], Decimal(0)) + Decimal(one["amount"] or 0)
    records = {}
    for _, record in book["Controls"].records():
        records.setdefault(text_of(record, "control"), record)  # further rows are of further currencies
    expected = table(out, "controls.csv")
    yield "number", len(expected), len(records)
    names = {"loaded": "loaded", "in scope": "in_scope", "not applicable": "not_applicable", "tested": "tested",
             "passed": "passed", "untestable": "untestable", "errors": "errors", "exceptions": "exceptions",
             "rows with exceptions": "exception_rows", "waived": "waived"}
    grades = {"": None, "general": "general deficiency", "significant": "significant deficiency",
              "material": "material weakness"}
    for row in expected:
        record = records[row["control"]]
        for heading, name in names.items():
            yield f"{row['control']} {name}", float(row[name]), record[heading].value
        yield f"{row['control']} grade", grades[row["suggested_grade"]], text_of(record, "suggested grade")
        yield f"{row['control']} reason", row["grade_reason"] or None, text_of(record, "grade suggested by")
        graded = row["suggested_grade"] in ("significant", "material")
        yield f"{row['control']} threshold", graded, text_of(record, "threshold of the grade") is not None
        if row["open_amount"] and ";" not in row["open_amount"]:
            yield f"{row['control']} open", float(row["open_amount"]), record["amount after waivers"].value
        tested = int(row["tested"])
        rate = int(row["exception_rows"]) / tested if tested else None
        found = text_of(record, "rate of tested rows")
        yield f"{row['control']} rate", True, found == rate or abs(found - rate) < 1e-12
        if row["amount"] and ";" not in row["amount"]:
            yield f"{row['control']} amount", float(sums[row["control"]]), record["amount"].value


def links_lead_there(book):
    for sheet in book.sheets:
        for reference, location in sheet.links.items():
            column, row = position(reference)
            target, line = book.target(location)
            cell = sheet.rows[row][column]
            names = {letter: name for name, letter in sheet.headings().items()} if sheet.name != "Summary" else {}
            what = f"{sheet.name}!{reference}"
            if cell.kind == "inlineStr":  # a control's id, here and there
                headings = target.headings()
                yield what, cell.value, target.rows[line][headings["control"]].value
            elif sheet.name == "Controls":  # the number of its exceptions
                own = text_of(dict(sheet.records())[row], "control")
                yield what, own, target.rows[line][target.headings()["control"]].value
            else:  # between an exception and its evidence
                own = sheet.headings()["id"]
                yield what, sheet.rows[row][own].value, target.rows[line][target.headings()["id"]].value
                yield f"{what} heading", True, names[column] in ("rows of evidence", "exception")
    reached = {book.target(link)[1] for link in book["Evidence"].links.values()}
    yield "exceptions reached from evidence", set(range(2, max(book["Exceptions"].rows) + 1)), reached


def evidence_agrees(book, out):
    expected = []
    for one in exceptions_of(out):
        expected.append((one["id"], "row tested", one["source"]))
        expected += [(one["id"], "evidence", each["source"]) for each in one["evidence"]]
    found = [(text_of(record, "id"), text_of(record, "role"), text_of(record, "source"))
             for _, record in book["Evidence"].records()]
    yield "rows", expected, found
    yield "contents", [], [record for _, record in book["Evidence"].records() if "=" not in text_of(record, "content of the row")]


def parameters_agree(book, out):
    expected = [(row["control"], row["parameter"], row["origin"]) for row in table(out, "parameters.csv")]
    found = [(text_of(record, "control"), text_of(record, "parameter"), text_of(record, "origin"))
             for _, record in book["Parameters"].records()]
    yield "parameters", expected, found


def assumptions_agree(book, out):
    expected = [(row["control"], row["column"] or None, row["taken_as"] or None, row["bearing"] or None)
                for row in table(out, "assumptions.csv")]
    found = [(text_of(record, "control"), text_of(record, "column"), text_of(record, "taken as"), text_of(record, "bearing"))
             for _, record in book["Assumptions"].records()]
    yield "assumptions", expected, [tuple(value or None for value in line) for line in found]


def systems_agree(book, out):
    expected = [(row["user"], row["act"], row["amount"] or None) for row in table(out, "system_actors.csv")]
    found = [(text_of(record, "system user"), text_of(record, "act"), text_of(record, "amount") or None)
             for _, record in book["System users"].records()]
    yield "system users", expected, found


def flat(value, name=""):
    if isinstance(value, dict) and value:
        for key, member in value.items():
            yield from flat(member, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and value:
        for number, member in enumerate(value, 1):
            yield from flat(member, f"{name}[{number}]")
    elif isinstance(value, int) and not isinstance(value, bool):
        yield name, float(value)
    elif isinstance(value, str):
        yield name, value or None
    else:
        yield name, None if value is None else json.dumps(value)


def record_agrees(book, out):
    with open(pathlib.Path(out, "run.json"), encoding="utf-8") as file:
        stated = json.load(file)["deterministic"]
    # The workbook cannot hold its own hash.
    stated["results"] = [result for result in stated["results"] if result["name"] != "report.xlsx"]
    found = [(text_of(record, "name"), text_of(record, "value")) for _, record in book["Run record"].records()]
    for expected, actual in zip(flat(stated), found):
        yield "line", expected, actual
    yield "lines", len(list(flat(stated))), len(found)


def example(place):
    out = pathlib.Path(place, "month")
    done = run(ROOT / "examples/month-end", out, "--lang", "en")
    check("the example month is written", "" if done.returncode == 1 else f"exit {done.returncode}: {done.stderr}")
    book = Workbook(out / "report.xlsx")
    check("sheets have filters and a frozen heading", differences(shape(book)))
    check("exceptions are those of exceptions.jsonl", differences(exceptions_agree(book, out)))
    check("controls are those of controls.csv, and amounts can be summed", differences(controls_agree(book, out)))
    check("links lead there and back", differences(links_lead_there(book)))
    check("evidence is that of exceptions.jsonl", differences(evidence_agrees(book, out)))
    check("parameters are those of parameters.csv", differences(parameters_agree(book, out)))
    check("assumptions are those of assumptions.csv", differences(assumptions_agree(book, out)))
    check("system users are those of system_actors.csv", differences(systems_agree(book, out)))
    check("the run record is that of run.json", differences(record_agrees(book, out)))
    check("the archive knows no clock", differences([("dates", {(1980, 1, 1, 0, 0, 0)}, book.dates)]))


# ---- what people say about exceptions

def cells_of(sheet):
    return [cell.value for row in sheet.rows.values() for cell in row.values()]


def row_after(sheet, first, heading):
    """The cells of the row below the one that has `heading`, with a first cell of that text."""
    below = False
    for _, cells in sorted(sheet.rows.items()):
        values = {column: cell.value for column, cell in cells.items()}
        if below and values.get("A") == first:
            return values
        below = below or heading in values.values()
    return {}


def copied(place, name):
    folder = pathlib.Path(place, name)
    golden = ROOT / "tests/golden"
    shutil.copytree(golden / name, folder)
    if not (folder / "controls").exists():
        (folder / "controls").mkdir()
        shutil.copy(golden / "own.lua", folder / "controls")
    return folder


def agrees(name, out):
    book = Workbook(out / "report.xlsx")
    check(f"{name}: exceptions, controls and the run record agree", differences(
        [*exceptions_agree(book, out), *controls_agree(book, out), *record_agrees(book, out)]))
    return book["Summary"]


def waivers(place):
    folder = copied(place, "waivers")
    run(folder, folder / "out", "--only", "OWN")
    summary = agrees("waivers", folder / "out")
    at_risk = row_after(summary, "transaction", "amount before waivers")
    void = {row["exception"]: row["problem"] for row in table(folder / "out", "waiver_status.csv") if row["problem"]}
    check("the summary has totals before and after waivers, each document once, and void waivers", differences([
        ("before", 556000.5, at_risk.get("B")), ("after", 445000.5, at_risk.get("E")),
        ("documents", 8.0, at_risk.get("H")), ("each once", 556000.5, at_risk.get("I")),
        ("all, waived, open", (10.0, 3.0, 7.0), tuple(row_after(summary, "total", "waived").get(c) for c in "HIJ")),
        ("void", [], [each for each in void.values() if each not in cells_of(summary)]),
        ("lines", sum(1 for row in table(folder / "out", "waiver_status.csv") if row["problem"]),
         sum(str(each).startswith("waivers.csv:") for each in cells_of(summary)))]))


def dispositions(place):
    folder = copied(place, "dispositions")
    run(folder, folder / "out", "--only", "OWN-01")
    agrees("dispositions", folder / "out")
    run(folder, folder / "next", "--only", "OWN-01", "--previous", folder / "out")
    previous = hashlib.sha256((folder / "out/run.json").read_bytes()).hexdigest()
    summary = agrees("a next run", folder / "next")
    check("the previous run's record is named", "" if previous in cells_of(summary) else f"no {previous}")


def grading(place):
    folder = copied(place, "grading")
    run(folder, folder / "out", "--only", "LIN,ORD-99")
    summary = agrees("grading", folder / "out")
    at_risk = row_after(summary, "misstatement", "amount before waivers")
    check("a document found by several controls counts once", differences([
        ("established", 495.0, at_risk.get("B")), ("documents", 3.0, at_risk.get("H")), ("once", 355.0, at_risk.get("I"))]))
    said = [text for text in cells_of(summary) if isinstance(text, str)]
    check("grades are a suggestion, with their thresholds", differences([
        (piece, True, any(piece in text for text in said))
        for piece in ("a suggestion, for judgement", "from 355.00 CNY on", "from 40.00 CNY on")]))


def masked(place):
    secrets = ("13800138000", "13900139000", "东方轴承", "南方机械")
    folder = copied(place, "mask")
    (folder / "dispositions.csv").write_text("exception,owner,comment\nOWN-02:sales_order:SO138#~d6a40317,东方轴承,"
                                             "call 13800138000\n", encoding="utf-8")
    (folder / "waivers.csv").write_text(
        "exception,fingerprint,reason,approved_by,approved_on,expires_on,amount_limit\n"
        "OWN-02:sales_order:SO1#13800138000,00,of 13800138000,南方机械,2026-10-01,2026-12-31,\n"
        "OWN-02:sales_order:SO138*,,of 13800138000,南方机械,2026-10-01,2026-12-31,\n", encoding="utf-8")
    orders = folder / "data/sales_order.csv"  # what a masked field says, in another one
    orders.write_text(orders.read_text(encoding="utf-8").replace(",E1\n", ",东方轴承\n"), encoding="utf-8")
    with open(folder / "audit.lua", "a", encoding="utf-8") as file:
        file.write('dispositions "dispositions.csv"\nwaivers "waivers.csv"\n')
    with open(folder / "controls/own.lua", "a", encoding="utf-8") as file:
        file.write("""control "OWN-03" {
  title = { en = "No test" }, severity = "low", population = "customer", scope = "all", message = { en = "none" },
  test = function(customer) return untestable("nothing known of " .. customer.name .. ", " .. customer.phone) end,
  cases = {},
}
""")
    for language in ("en", "zh"):
        out = folder / f"out-{language}"
        done = run(folder, out, "--only", "OWN", "--lang", language, "--mask", "customer.phone,customer.name")
        book = Workbook(out / "report.xlsx")
        found = {sheet.name for sheet in book.sheets for value in cells_of(sheet)
                 if any(secret in str(value) for secret in secrets)}
        check(f"a mask holds in every sheet ({language})", differences([
            ("exit", 1, done.returncode), ("sheets that say it", set(), found),
            ("notes", True, "call ***" in cells_of(book.sheets[2])),
            ("reasons of waivers", True, "of ***" in cells_of(book.sheets[2])),
            ("the reason", True, any("***" in str(value) for value in cells_of(book.sheets[1]))),
            ("a waiver that is void", True, "OWN-02:sales_order:SO1#***" in cells_of(book.sheets[0]))]))


def mapping(place):
    out = pathlib.Path(place, "erp")
    run(ROOT / "examples/erp-export", out, "--lang", "en")
    kinds = set(Workbook(out / "report.xlsx")["Mapping"].column("mapped"))
    expected = {"direct", "converted", "computed", "constant", "missing"}
    check("the ERP's columns are direct, converted, computed, constant and missing",
          "" if expected <= kinds else f"only {sorted(kinds)}")


def language(place):
    out = pathlib.Path(place, "chinese")
    run(ROOT / "examples/month-end", out, "--lang", "zh")
    book = Workbook(out / "report.xlsx")
    check("in Chinese too", differences([
        ("sheets", CHINESE, [sheet.name for sheet in book.sheets]),
        ("headings in English", [], [value for sheet in book.sheets[1:] for value in sheet.headings()
                                     if value.isascii()]),
    ]))


# ---- the same bytes

def created(out):
    core = ElementTree.fromstring(Workbook(out / "report.xlsx").parts["docProps/core.xml"])
    return {each.text for each in core if each.tag.endswith(("created", "modified"))}


def same_bytes(place):
    one, two, three = (pathlib.Path(place, name) for name in ("one", "two", "three"))
    engagement = ROOT / "examples/month-end"
    run(engagement, one, "--jobs", "1")
    run(engagement, two, "--jobs", "3")
    run(engagement, three, epoch=1760000000)
    same = (one / "report.xlsx").read_bytes() == (two / "report.xlsx").read_bytes()
    check("two runs give the same bytes", "" if same else "they differ")
    check("the date is that of the audit, or SOURCE_DATE_EPOCH", differences([
        ("without", {"2026-11-05T00:00:00Z"}, created(one)), ("with", {"2025-10-09T08:53:20Z"}, created(three))]))


# ---- what sources can do

HOSTILE = {
    "=HYPERLINK(\"http://x\",\"y\")": "=HYPERLINK(\"http://x\",\"y\")",
    "+1": "+1", "-2": "-2", "@SUM(A1)": "@SUM(A1)",
    "<script>alert('x')</script>": "<script>alert('x')</script>",
    "</t></is></c><c r=\"A1\"><f>1</f>": "</t></is></c><c r=\"A1\"><f>1</f>",
    "&amp; ]]> <!--": "&amp; ]]> <!--",
    "a\x1b[2J": "a␛[2J",
    "gpj\u202eexe": "gpj[U+202E]exe",
    "_x0041_": "_x005F_x0041_",
    "𝄞 轴承": "𝄞 轴承",
    "y" * 40000: "y" * 32766 + "…",
}


def hostile(place):
    folder = pathlib.Path(place, "hostile")
    (folder / "data").mkdir(parents=True)
    (folder / "controls").mkdir()
    with open(folder / "data/sales_order.csv", "w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["order_id", "order_date", "customer_id", "amount", "currency"])
        for number, name in enumerate(HOSTILE):
            lines.writerow([f"SO{number:02d}", "2026-10-05", name, "-5.00" if number else "90071992547409.93", "CNY"])
    (folder / "controls/own.lua").write_text("""control "OWN-01" {
  title = { en = "Every order" }, severity = "low", population = "sales_order", amount_kind = "transaction",
  message = { en = "of {customer}" },
  test = function(order)
    return exception { amount = order.amount, customer = order.customer_id, evidence = { order } }
  end,
  cases = {},
}
""", encoding="utf-8")
    (folder / "audit.lua").write_text("""engagement { title = "=1+1", period = "2026-10", language = "en" }
import.csv { folder = "data" }
controls { folder = "controls" }
""", encoding="utf-8")
    out = folder / "out"
    done = run(folder, out, "--only", "OWN-01")
    check("hostile names are written", "" if done.returncode == 1 else f"exit {done.returncode}: {done.stderr}")
    book = Workbook(out / "report.xlsx")
    found = book["Exceptions"]
    cells = [cell for sheet in book.sheets for row in sheet.rows.values() for cell in row.values()]
    check("hostile names stay text, cut to what a cell holds", differences([
        ("names", list(HOSTILE.values()), found.column("customer")),
        ("formulas", [], [cell.formula for cell in cells if cell.formula]),
        ("the title", "=1+1", book["Summary"].rows[1]["A"].value),
        ("too long", [], [cell.value[:20] for cell in cells if cell.kind != "n"
                          and len((cell.value or "").encode("utf-16-le")) > 2 * 32767]),
        ("formats of those that look like formulas", {"@"},
         {record["customer"].format for _, record in found.records() if record["customer"].value[0] in "=+-@"}),
    ]))
    amounts, exact = found.column("amount"), found.column("exact, where the number is rounded")
    check("an amount is a number, with its digits beside it where they do not fit", differences([
        ("numbers", [90071992547409.93] + [-5.0] * (len(HOSTILE) - 1), amounts),
        ("exact", ["90071992547409.93"] + [None] * (len(HOSTILE) - 1), exact),
    ]))


# ---- no room

def no_room(place):
    for most in (4096, 65536, 262144):
        out = pathlib.Path(place, f"room-{most}")
        done = run(ROOT / "examples/month-end", out, "--format", "xlsx", most_bytes=most)
        left = sorted(each.name for each in out.iterdir())
        check(f"no room beyond {most} bytes: exit 4 and nothing half-written", differences([
            ("exit", 4, done.returncode), ("left", [".vouch"], left), ("said", 1, len(done.stderr.splitlines()))]))


# ---- very many exceptions

AUDIT = """engagement {
  title = "Many", entity = "E", period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en",
}
import.csv { folder = "data" }
controls { folder = "controls" }
"""
CONTROL = """control "OWN-01" {
  title = { en = "Every order" }, severity = "low", population = "sales_order", amount_kind = "exposure",
  message = { en = "{amount}, sold by {who} on {day}" },
  test = function(order)
    return exception { amount = order.amount, who = order.salesperson_id, day = order.order_date, evidence = { order.customer } }
  end,
  cases = { { "one", given = { sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "1", salesperson_id = "E1" } } },
              expect = { { key = "SO1", amount = "1", who = "E1" } } } },
}
"""
MANY = 100000
BYTES_EACH, BYTES_ANYWAY = 440, 60_000_000  # a million exceptions in less than 500 MB


def many_folder(place):
    folder = pathlib.Path(place, "many")
    (folder / "data").mkdir(parents=True)
    (folder / "controls").mkdir()
    (folder / "audit.lua").write_text(AUDIT, encoding="utf-8")
    (folder / "controls/own.lua").write_text(CONTROL, encoding="utf-8")
    (folder / "data/customer.csv").write_text("customer_id\nC1\n", encoding="utf-8")
    with open(folder / "data/sales_order.csv", "w", encoding="utf-8") as file:
        file.write("order_id,order_date,customer_id,amount,salesperson_id\n")
        file.writelines(f"SO{at:06},2026-10-{at % 31 + 1:02},C1,{at / 100:.2f},E{at % 200}\n" for at in range(MANY))
    return folder


def on_terminal(*command):
    """Runs a program whose standard error is a terminal: (exit code, what it showed there, its largest memory)."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, shown.decode(), usage.ru_maxrss * 1024


def many(place):
    folder = many_folder(place)
    code, shown, memory = on_terminal(PROGRAM, "run", folder, "-o", folder / "out", "--only", "OWN-01", "--format",
                                      "jsonl,csv,xlsx")
    check("very many exceptions are written", "" if code == 1 else f"exit {code}: {shown[-300:]}")
    check("the terminal shows how far the workbook is", "" if f" of {MANY} exceptions" in shown and
          "writing report.xlsx: " in shown else shown[-300:])
    check("and nothing stays there", "" if shown.endswith("\r\033[K") else repr(shown[-80:]))
    most = BYTES_ANYWAY + MANY * BYTES_EACH
    check("they take little memory", "" if memory < most else f"{memory} bytes, more than {most}")
    check("none is missing", differences([("lines", MANY, len(exceptions_of(folder / "out")))]))


def main():
    with tempfile.TemporaryDirectory() as place:
        example(place)
        waivers(place)
        dispositions(place)
        grading(place)
        masked(place)
        mapping(place)
        language(place)
        same_bytes(place)
        hostile(place)
        no_room(place)
        many(place)
    print(f"{RESULTS['passed']} passed, {RESULTS['failed']} failed")
    return RESULTS["failed"] > 0


if __name__ == "__main__":
    sys.exit(main())
