# SPDX-License-Identifier: MIT
"""Results written back: what is stored is what the files say, once, whole or not at all, and never changed."""
import threading
from collections import Counter
from decimal import Decimal

import examples
from harness import Run, check, equal

TABLES = ("run", "control_result", "assumption", "control_amount", "exception", "evidence", "waiver", "data_problem")


def counts(server, database="results"):
    query = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM vouch.{name}" for name in TABLES)
    return dict((name, int(count)) for name, count in
                (line.split("\t") for line in server.sql(query, database).splitlines()))


class Audit:
    """The example month, read from the database and written back to another one."""

    def __init__(self, place, more=""):
        self.place = place
        self.folder = place.engagement(examples.month_end(place) + more, head="")
        self.number = 0

    def run(self, *options, to="dbname=results", formats="jsonl,csv,postgres", largest_file=None, **variables):
        self.number += 1
        to = ("--to", to) if to is not None else ()
        return Run(self.place.program, self.folder, self.place.server.environment(**variables), "--format", formats,
                   *to, *options, folder=self.folder / f"out{self.number}", largest_file=largest_file)


def refused(name, run, *words, code=4, finished=False):
    missing = [word for word in words if word not in run.err]
    lines = run.err.strip().splitlines()
    wrong = "" if run.code == code and not missing and len(lines) == 1 else f"no {missing}, {run.outcome()}"
    if not wrong and bool(run.text("run.json")) != finished:
        wrong = "run.json was not written" if finished else "run.json was written"
    check(name, wrong)


def amounts(row):
    """Those of a control: one of each currency and sign."""
    return list(zip(row["currency"].split("; "), map(Decimal, row["amount"].split("; ")))) if row["amount"] else []


def compare(run, server):
    found = run.exceptions()
    equal("as many rows as in the files", counts(server), {
        "run": 1, "control_result": len(run.rows("controls.csv")), "exception": len(found),
        "assumption": len(run.rows("assumptions.csv")),
        "control_amount": sum(len(amounts(row)) for row in run.rows("controls.csv")),
        "evidence": sum(len(item["evidence"]) for item in found), "waiver": 0,
        "data_problem": len(run.rows("data_problems.csv"))})
    stored = server.sql("SELECT id, amount, date, fingerprint, deciding_values->>'price', source FROM vouch.exception"
                        " ORDER BY id COLLATE \"C\"", "results")
    expected = [[item["id"], item["amount"] or "", item["date"] or "", item["fingerprint"],
                 item["values"].get("price") or "", item["source"]] for item in sorted(found, key=lambda i: i["id"])]
    equal("with the same contents", [line.split("\t") for line in stored.splitlines()], expected)
    stored = server.sql("SELECT control, currency, sign, amount FROM vouch.control_amount", "results").splitlines()
    expected = [[row["control"], currency, "negative" if amount < 0 else "positive", amount]
                for row in run.rows("controls.csv") for currency, amount in amounts(row)]
    equal("and the same amounts", sorted([*line.split("\t")[:3], Decimal(line.split("\t")[3])] for line in stored),
          sorted(expected))
    open_ = server.sql("SELECT control, sum(exceptions) FROM vouch.exception_by_control_month GROUP BY 1", "results")
    equal("a view counts them by control", {line.split("\t")[0]: int(line.split("\t")[1]) for line in open_.splitlines()},
          dict(Counter(item["control"] for item in found)))


CASH_ORDER = ("order_id IN (SELECT order_id FROM sales.sales_order WHERE customer_id = 'C027'"
              " AND order_date = '2026-10-10')")


def changes(audit, first):
    """The prices of one order change: what is new, what is resolved, what stays."""
    server = audit.place.server
    server.sql(f"UPDATE sales.sales_order_line SET unit_price = unit_price - 1 WHERE {CASH_ORDER}", "erp")
    second = audit.run()
    before = {item["id"]: item["fingerprint"] for item in first.exceptions()}
    now = {item["id"]: item["fingerprint"] for item in second.exceptions()}
    expected = Counter("new" if key not in before else "resolved" if key not in now else
                       "persisting" if now[key] == before[key] else "changed" for key in before.keys() | now.keys())
    rows = server.sql("SELECT change, count(*) FROM vouch.change_since_last_run GROUP BY 1", "results")
    equal("what changed since the last run", {line.split("\t")[0]: int(line.split("\t")[1]) for line in rows.splitlines()},
          dict(expected))
    check("and something did", "" if len(expected) > 1 else f"{expected}")
    server.sql(f"UPDATE sales.sales_order_line SET unit_price = unit_price + 1 WHERE {CASH_ORDER}", "erp")


def followed_up(place, found):
    """What is waived is stored as waived, what does not hold with the reason, and what people noted beside it."""
    audit = Audit(place, 'waivers "waivers.csv"\ndispositions "dispositions.csv"\n')
    good, late, noted = [item for item in found if item["amount"] and item["control"] == "PRC-01"][:3]
    (audit.folder / "waivers.csv").write_text(
        "exception,fingerprint,reason,approved_by,approved_on,expires_on,amount_limit\n"
        f"{good['id']},{good['fingerprint']},agreed,E01,2026-10-01,2027-10-01,\n"
        f"{late['id']},{late['fingerprint']},agreed,E01,2026-01-01,2026-02-01,\n", encoding="utf-8")
    (audit.folder / "dispositions.csv").write_text(
        f"exception,owner,status,cause,comment\n{noted['id']},E03,in work,typing,\"a, b\"\n", encoding="utf-8")
    run = audit.run()
    items = {item["id"]: item for item in run.exceptions()}
    check("one is waived, one is not, one is noted", "" if run.code == 1 and items[good["id"]]["status"] == "waived"
          and items[late["id"]]["status"] == "open" and items[noted["id"]]["disposition"] else run.outcome())
    newest = "run = (SELECT run FROM vouch.ranked_run WHERE age = 1)"

    def stored(query):
        return [line.split("\t") for line in place.server.sql(query % newest, "results").splitlines()]
    columns = ("status", "waiver", "waiver_status", "waiver_reason", "owner", "disposition", "cause", "comment")
    rows = {row["id"]: [row[name] for name in columns] for row in run.rows("exceptions.csv")
            if row["waiver"] or row["owner"]}
    equal("exceptions are stored with both", {row[0]: row[1:] for row in stored(
        f"SELECT id, {', '.join(columns)} FROM vouch.exception WHERE %s AND coalesce(waiver, owner) IS NOT NULL")}, rows)
    columns = ("line", "exception", "status", "waived", "not_waived", "reason", "approved_by", "approved_on", "expires_on",
               "problem")
    equal("each waiver with what came of it", stored(f"SELECT {', '.join(columns)} FROM vouch.waiver WHERE %s ORDER BY line"),
          [[row[name] for name in columns] for row in run.rows("waiver_status.csv")])
    control = next(row for row in run.rows("controls.csv") if row["control"] == "PRC-01")
    equal("and the totals before and after", stored(
        "SELECT waived, amount, open_amount FROM vouch.control_result JOIN vouch.control_amount USING (run, control)"
        " WHERE %s AND control = 'PRC-01'"), [[control[name] for name in ("waived", "amount", "open_amount")]])
    check("which differ", "" if control["waived"] == "1" and control["amount"] != control["open_amount"] else f"{control}")
    equal("what is waived is not open", stored("SELECT count(*) FROM vouch.open_exception WHERE %s"),
          [[str(len(items) - 1)]])


def other_version(audit):
    server = audit.place.server
    server.sql("CREATE DATABASE old_results")
    audit.run("--create-schema", to="dbname=old_results")
    server.sql("ALTER TABLE vouch.control_result DROP COLUMN waived", "old_results")
    server.sql("UPDATE sales.customer SET name = name || '!' WHERE customer_id = 'C001'", "erp")
    refused("a schema of another version", audit.run(to="dbname=old_results"), "waived", "another version", "RENAME")


def append_only(server):
    for statement in ("UPDATE vouch.exception SET status = 'waived'", "DELETE FROM vouch.evidence",
                      "TRUNCATE vouch.data_problem"):
        try:
            server.sql(statement, "results")
            check(f"{statement.split()[0]} is refused", "it was not")
        except RuntimeError as error:
            check(f"{statement.split()[0]} is refused", "" if "append-only" in str(error) else str(error))


def interrupted(audit):
    """The server ends the session after the exceptions were sent, before the run is committed."""
    server = audit.place.server
    server.sql("UPDATE sales.customer SET name = name || '.' WHERE customer_id = 'C001'", "erp")
    before = counts(server)
    over = threading.Event()

    def terminate():
        while not over.is_set():
            ended = server.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                               " WHERE application_name = 'vouch' AND wait_event_type = 'Lock'").strip()
            if ended != "0":
                return
            over.wait(0.05)
    killer = threading.Thread(target=terminate)
    with server.holding("LOCK TABLE vouch.evidence", "results"):
        killer.start()
        try:
            refused("a session ended in the middle", audit.run(), "run again")
        finally:
            over.set()
            killer.join()
    equal("leaves nothing behind", counts(server), before)
    run = audit.run()
    equal("and the run can be loaded afterwards", counts(server)["run"], before["run"] + 1)
    return run


def rights(audit):
    server = audit.place.server
    server.sql("CREATE ROLE reader LOGIN; GRANT pg_read_all_data TO reader;", "results")
    before = counts(server)
    refused("a user without rights", audit.run(to="dbname=results user=reader"), "permission denied", "INSERT")
    server.sql("GRANT INSERT ON vouch.run, vouch.control_result TO reader;", "results")
    refused("a user with half the rights", audit.run(to="dbname=results user=reader", formats="postgres"),
            "permission denied")
    equal("stores nothing", counts(server), before)


def run(place):
    server = place.server
    server.sql("CREATE DATABASE results")
    audit = Audit(place)
    refused("no schema, and not asked to make one", audit.run(), "--create-schema")
    first = audit.run("--create-schema")
    check("a run is written back", "" if first.code == 1 and not first.err else first.outcome())
    compare(first, server)
    again = audit.run("--create-schema")
    refused("the same run twice", again, "loaded before", "number 1, 20", "by postgres", finished=True)
    equal("is stored once", counts(server)["run"], 1)
    equal("and has the same files", again.record(), first.record())
    append_only(server)
    changes(audit, first)
    followed_up(place, first.exceptions())
    interrupted(audit)
    rights(audit)
    other_version(audit)
    server.sql("CREATE DATABASE latin_results ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    refused("a database that cannot hold the text", audit.run("--create-schema", to="dbname=latin_results"),
            "use one in UTF-8")
    refused("no such database", audit.run(to="dbname=absent"), "absent")
    secret = audit.run(to="dbname=results password=s3cret")
    refused("a password on the command line", secret, ".pgpass", code=2)
    check("is not said", "s3cret" in secret.err and secret.err)
    uri = audit.run(to="postgresql://postgres:s3cret@/results")
    refused("nor one in a URI", uri, ".pgpass", code=2)
    refused("no database named", audit.run(to=None), "--to", code=2)
    refused("a database without the format", audit.run(formats="csv"), "--format postgres", code=2)
