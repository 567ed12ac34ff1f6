# SPDX-License-Identifier: MIT
"""`vouch schema --format sql` in a real server: every table and field of the model, loaded with the example month."""
import subprocess

import load
from harness import check, equal

MONTH = load.ROOT / "examples/month-end/data"
LOADED = ("customer", "employee", "sales_order", "sales_order_line")


def schema(place, *arguments):
    done = subprocess.run([place.program, "schema", *arguments], capture_output=True, text=True, check=True, cwd="/")
    return done.stdout


def lines(place, query):
    return place.server.sql(query, "erp").split()


def run(place):
    ddl = schema(place, "--format", "sql", "--lang", "zh")
    place.server.sql("CREATE SCHEMA modelled;\nSET search_path TO modelled;\n" + ddl, "erp")
    model = load.read_model()
    known = {f"{table}.{field}" for table, (fields, _) in model.items() for field, _ in fields}
    made = set(lines(place, "SELECT table_name || '.' || column_name FROM information_schema.columns"
                            " WHERE table_schema = 'modelled'"))
    equal("schema: every field of the model is a column", sorted(known ^ made), [])
    described = lines(place, "SELECT count(*) FROM pg_description d JOIN pg_class c ON c.oid = d.objoid"
                             " WHERE c.relnamespace = 'modelled'::regnamespace")
    equal("schema: every table and column says what it is", described, [str(len(known) + len(model))])
    sql = "SET search_path TO modelled;\nSET TimeZone = 'Asia/Shanghai';\n"
    counts = {}
    for table in LOADED:
        header, rows = load.read_csv(MONTH / f"{table}.csv")
        counts[table] = str(len(rows))
        sql += load.copy_rows(load.quote(table), header, MONTH / f"{table}.csv")
    place.server.sql(sql, "erp")
    run_ = place.run('import.postgres { conninfo = "", schema = "modelled" }', "--only", "PRC-01")
    loaded = {row["table"]: row["loaded"] for row in run_.rows("totals.csv")}
    equal("schema: what is filled into it is imported", {table: loaded.get(table) for table in LOADED}, counts)
    check("schema: no column of it goes unused", "not used" in run_.out and run_.out)
    try:
        place.server.sql("INSERT INTO modelled.sales_order (order_id, status) VALUES ('X', 'oops')", "erp")
        refused = False
    except RuntimeError:
        refused = True
    check("schema: a word that the model has not is refused", "" if refused else "it was taken")
