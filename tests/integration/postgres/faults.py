# SPDX-License-Identifier: MIT
"""Faults, provoked for real: each ends with exit 4, one line that says what failed and what to do, and no result."""
import threading

from harness import check

SETUP = r"""
CREATE SCHEMA faulty;
CREATE TABLE faulty.customer (customer_id text PRIMARY KEY, name text);
INSERT INTO faulty.customer VALUES ('C1', 'x');
CREATE TABLE faulty.product (product_id text PRIMARY KEY);
CREATE SCHEMA unlike;
CREATE TABLE unlike.employee (employee_number text PRIMARY KEY, name text);
CREATE SCHEMA foreign_names;
CREATE TABLE foreign_names.so_header (so_no text);
CREATE ROLE clerk LOGIN;
GRANT USAGE ON SCHEMA faulty TO clerk;
GRANT SELECT ON faulty.customer TO clerk;
CREATE ROLE stranger LOGIN;
CREATE SCHEMA hidden;
CREATE TABLE hidden.customer (customer_id text PRIMARY KEY, branch text);
INSERT INTO hidden.customer VALUES ('C1', 'A'), ('C2', 'B');
ALTER TABLE hidden.customer ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_branch ON hidden.customer USING (branch = 'A');
GRANT USAGE ON SCHEMA hidden TO clerk;
GRANT SELECT ON hidden.customer TO clerk;
"""
ENDLESS = ("import.postgres { conninfo = \"\", table = \"customer\", query = \"select 'C' || n as customer_id "
           "from generate_series(1, 2000000000) n\" }")
SLOW = ("import.postgres { conninfo = \"\", table = \"customer\", query = \"select 'C' || n as customer_id, "
        "pg_sleep(0.05)::text from generate_series(1, 2000000) n\" }")


def schema(name, conninfo=""):
    return f'import.postgres {{ conninfo = "{conninfo}", schema = "{name}" }}'


def query(text, extra=""):
    return f'import.postgres {{ conninfo = "", table = "customer", query = [[{text}]]{extra} }}'


def absent(place):
    nowhere = {**place.server.environment(), "PGHOST": "/nonexistent"}
    place.fails("no server on the socket", schema("faulty"), "/nonexistent", "server runs", environment=nowhere)
    closed = {**place.server.environment(), "PGHOST": "127.0.0.1", "PGPORT": "1"}
    place.fails("no server on the port", schema("faulty"), "127.0.0.1", "server runs", environment=closed)
    place.fails("no such database", schema("faulty", "dbname=absent"), "absent")
    place.fails("no such service", schema("faulty", "service=absent"), "absent")
    auditor = {**place.server.environment(), "PGUSER": "auditor", "PGDATABASE": "erp"}
    place.fails("no password", schema("faulty"), "password", ".pgpass", environment=auditor)
    place.fails("wrong password", schema("faulty"), "auditor", "correct the user or the password",
                environment={**auditor, "PGPASSWORD": "wrong"})


def missing(place):
    place.fails("no such schema", schema("absent"), '"absent"', "audit.lua:3")
    place.fails("a schema without tables of the model", schema("foreign_names"),
                "no table named like one of the model", "query")
    place.fails("no such table in the schema",
                'import.postgres { conninfo = "", schema = "faulty", table = "sales_order" }', '"sales_order"', "query")
    place.fails("no such table on the search path", 'import.postgres { conninfo = "", table = "sales_order" }',
                '"sales_order"', "schema")
    place.fails("no such table in a query", query("select * from faulty.absent"), "faulty.absent", "audit.lua:3")
    place.fails("no such column in a query", query("select absent from faulty.customer"), "absent", "audit.lua:3")
    mapped = ', columns = { customer_id = "customer_id", name = "naem" }'
    place.fails("a mapped column is missing", query("select * from faulty.customer", mapped), '"naem"', "name",
                'meant "name"?')
    place.fails("a table without the key of the model, by its name", 'import.postgres { conninfo = "", schema = "unlike", table = "employee" }',
                "unlike.employee", "employee_id")
    run = place.run(schema("unlike"))
    problems = [(row["kind"], row["table"], row["column"]) for row in run.rows("data_problems.csv")]
    check("and in a schema", "" if run.code == 3 and ("table without its key", "employee", "employee_id") in problems else run.outcome() + str(problems))
    place.fails("a query that is not SQL", query("selekt 1"), "syntax error", "correct the `query`")
    place.fails("two statements", query("select 1 as customer_id; drop table faulty.customer"), "multiple commands")
    place.fails("an end of COPY smuggled into a query", query("select 1 as customer_id) to '/tmp/x' --"), "syntax error")
    place.fails("a query that writes", query("delete from faulty.customer returning customer_id"), "read-only",
                "must not write")
    place.fails("no query at all", query("commit"), "SELECT")
    place.fails("a query with parameters", query("select $1::text as customer_id"), "parameters")


def settings(place):
    place.fails("query without table", 'import.postgres { conninfo = "", query = "select 1" }', "`table`", code=2)
    place.fails("no conninfo", 'import.postgres { schema = "faulty" }', "conninfo", code=2)
    place.fails("nothing to import", 'import.postgres { conninfo = "" }', "`schema`", code=2)
    place.fails("a setting of CSV files", 'import.postgres { conninfo = "", schema = "faulty", encoding = "GBK" }',
                "import.postgres has no setting 'encoding'", code=2)
    place.fails("columns for a whole schema",
                'import.postgres { conninfo = "", schema = "faulty", columns = { name = "n" } }', "`columns`", code=2)
    place.fails("a table that the model does not have", 'import.postgres { conninfo = "", table = "custmer" }',
                'meant "customer"', code=2)


def rights(place):
    clerk = {**place.server.environment(), "PGUSER": "clerk", "PGDATABASE": "erp"}
    place.fails("no right to one table of the schema", schema("faulty"), "permission denied", "GRANT SELECT ON",
                '"product"', environment=clerk)
    place.fails("no right to the schema", schema("faulty"), "permission denied", "GRANT",
                environment={**clerk, "PGUSER": "stranger"})
    place.fails("a policy that hides rows", schema("hidden"), "row-level security", "BYPASSRLS", environment=clerk)
    run = place.run('import.postgres { conninfo = "", schema = "faulty", table = "customer" }', environment=clerk)
    loaded = run.text("run.json") and run.record()["tables"]["customer"]["loaded"]
    check("the right to one table is enough for it", "" if loaded == 1 else run.outcome())


def while_copying(place, name, imports, act, *words):
    """Provokes a fault once the program is in the middle of a COPY."""
    def provoke():
        while not ended.is_set():
            busy = place.server.sql("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY%'"
                                    " AND state = 'active' AND now() - query_start > interval '0.3 s'")
            if busy.strip() != "0":
                act()
                return
            ended.wait(0.05)
    ended = threading.Event()
    thread = threading.Thread(target=provoke)
    thread.start()
    try:
        place.fails(name, imports, *words)
    finally:
        ended.set()
        thread.join()


def lost(place):
    server = place.server

    def terminate():
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%'")

    def cancel():
        server.sql("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%'")

    while_copying(place, "the session is ended while rows come", ENDLESS, terminate, "terminating connection",
                  "run again")
    while_copying(place, "the session is ended while it waits for rows", SLOW, terminate, "run again")
    while_copying(place, "the statement is cancelled", ENDLESS, cancel, "cancel", "statement_timeout")
    place.fails("statement timeout", SLOW, "statement timeout", "statement_timeout=0",
                environment={**server.environment(), "PGOPTIONS": "-c statement_timeout=2000"})
    for mode, name in (("fast", "the server is shut down"), ("immediate", "the server is killed")):
        while_copying(place, f"{name} in the middle of a COPY", ENDLESS, lambda stop=mode: server.halt(stop), "run again")
        server.start()


def encodings(place):
    server = place.server
    for name, encoding, text in (("latin", "LATIN1", "Köln"), ("chinese", "EUC_CN", "轴承")):
        server.sql(f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
        server.sql(f"CREATE TABLE sales_order (order_id text, rejection_note text, order_date date DEFAULT '2026-10-01');"
                   f"INSERT INTO sales_order VALUES ('A', '{text}');", name, PGCLIENTENCODING="UTF8")
        run = place.run('import.postgres { conninfo = "", table = "sales_order" }', database=name,
                        show="n = order.rejection_note")
        values = [item["values"]["n"] for item in run.exceptions()]
        check(f"a database in {encoding}", "" if values == [text] else f"{values}: {run.outcome()}")
    # Two bytes that the encoding allows and that stand for nothing.
    server.sql(r"INSERT INTO sales_order VALUES ('B', E'\xaa\xa1');", "chinese", PGCLIENTENCODING="EUC_CN")
    place.fails("a byte that cannot be converted", 'import.postgres { conninfo = "", table = "sales_order" }',
                "0xaa 0xa1", "correct it there", database="chinese")
    server.sql("CREATE DATABASE bytes ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    server.sql(r"CREATE TABLE sales_order (order_id text, rejection_note text);"
               r"INSERT INTO sales_order VALUES ('A', E'\xff\xfe'), ('B', 'fine');", "bytes",
               PGCLIENTENCODING="SQL_ASCII")
    run = place.run('import.postgres { conninfo = "", table = "sales_order" }', database="bytes")
    cells = [(row["column"], row["value"]) for row in run.rows("data_problems.csv") if row["kind"] == "invalid cell"]
    check("bytes of no encoding are an invalid cell", "" if run.code == 3 and cells == [("rejection_note", r"\xFF\xFE")]
          else f"{cells}: {run.outcome()}")
    odd = [path.name for path in run.folder.iterdir() if not is_text(path)]
    check("and all results are UTF-8", "" if not odd else f"{odd}")


def is_text(path):
    try:
        path.read_text(encoding="utf-8")
        return True
    except UnicodeDecodeError:
        return False


def run(place):
    place.server.sql(SETUP, "erp")
    absent(place)
    missing(place)
    settings(place)
    rights(place)
    lost(place)
    encodings(place)
