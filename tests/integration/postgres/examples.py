# SPDX-License-Identifier: MIT
"""The examples, from the database and from their files: the same exceptions, byte for byte but for `source`."""
import csv
import re
import shutil
import threading

import load
from harness import Run, check, equal

FOLDER_IMPORT = 'import.csv { folder = "data" }'
TABLES = ("controls.csv", "parameters.csv")


def problems_of(run):
    """Data problems but for their source, which is another file or query."""
    return [{name: value for name, value in row.items() if name != "source"}
            for row in csv.DictReader(run.text("data_problems.csv").splitlines())]


def compare(name, files, database):
    check(f"{name}: both are complete", "" if files.code == database.code == 1 else
          f"{files.outcome()} / {database.outcome()}")
    equal(f"{name}: the same exceptions, byte for byte but for source", database.without_sources(),
          files.without_sources())
    for table in TABLES:
        equal(f"{name}: the same {table}", database.text(table), files.text(table))
    equal(f"{name}: the same data problems but for source", problems_of(database), problems_of(files))
    equal(f"{name}: the same totals", database.text("totals.csv"), files.text("totals.csv"))
    sources = [item["source"] for item in database.exceptions()]
    check(f"{name}: every row names its table in the database",
          "" if sources and all(source.startswith("postgres:erp.") or source.startswith("postgres:query(")
                                for source in sources) else f"{sources[:3]}")


def month_end(place):
    """The whole schema, and three of its tables once more with their control totals."""
    text = (load.ROOT / "examples/month-end/audit.lua").read_text(encoding="utf-8")
    text = text.replace(FOLDER_IMPORT, 'import.postgres { conninfo = "dbname=erp", schema = "sales" }')
    text = text.replace("import.csv {", 'import.postgres {\n  conninfo = "dbname=erp", schema = "sales",')
    return re.sub(r"  file +=.*\n", "", text)


def northwind(place):
    """Foreign tables: each file of the example by a query, with the columns as they are mapped there."""
    text = (load.ROOT / "examples/northwind/audit.lua").read_text(encoding="utf-8")
    text = text.replace("import.csv {", 'import.postgres {\n  conninfo = "dbname=erp",')
    return re.sub(r'file +=.*"data/(\w+)\.csv"', r"query = 'SELECT * FROM northwind.\1'", text)


def run_examples(place):
    for name, text in (("month-end", month_end(place)), ("northwind", northwind(place))):
        source = load.ROOT / "examples" / name
        folder = place.engagement(text, head="")
        if (source / "controls").exists():
            shutil.copytree(source / "controls", folder / "controls")
        environment = place.server.environment()
        files = Run(place.program, source, environment, folder=folder / "files")
        database = Run(place.program, folder, environment, "--jobs", "3", folder=folder / "three")
        compare(name, files, database)
        if name == "month-end":
            run_evidence(database.exceptions())
        alone = Run(place.program, folder, environment, "--jobs", "1", folder=folder / "one")
        equal(f"{name}: the same bytes with one job and with three", alone.text("exceptions.jsonl"),
              database.text("exceptions.jsonl"))
        equal(f"{name}: the same hashes of all sources", alone.record()["sources"], database.record()["sources"])


LARGE = """
CREATE SCHEMA large;
CREATE TABLE large.sales_order (order_id text, order_date date, amount numeric(12,2), customer_id text);
INSERT INTO large.sales_order SELECT 'SO' || n, date '2026-10-01' + n % 31, n / 100.0, 'C' || n % 100
  FROM generate_series(1, 900000) n;
DELETE FROM large.sales_order WHERE right(order_id, 1) = '7' AND order_id < 'SO5';
UPDATE large.sales_order SET amount = -amount WHERE order_id LIKE '%0000';
"""


def run_evidence(exceptions):
    """Tables with a primary key name rows by it; so does all evidence."""
    keyed = {name for name, (_, key) in load.read_model().items() if not any(part.endswith("?") for part in key)}
    named = [(item, f"postgres:erp.sales.{item['table']}:{item['key']}")
             for exception in exceptions for item in (exception, *exception["evidence"]) if item["table"] in keyed]
    wrong = [f"{item['source']} instead of {source}" for item, source in named if item["source"] != source]
    check("rows are named by table and primary key", "" if len(named) > 50 and not wrong else f"{len(named)}: {wrong[:3]}")


def run_large(place):
    """A table of several parts: no row twice, none missing, the same rows and evidence for any number of jobs."""
    place.server.sql(LARGE, "erp")
    expected = place.server.sql("SELECT count(*), sum(amount) FROM large.sales_order", "erp").split()
    imports = 'import.postgres { conninfo = "", schema = "large" }'
    show = "value = order.amount"
    only = 'string.sub(order.order_id, -3) == "000"'
    runs = [place.run(imports, "--jobs", jobs, show=show, only=only) for jobs in ("1", "2", "5")]
    for run in runs:
        total = [row for row in run.rows("totals.csv") if row.get("table") == "sales_order"]
        equal("a large table is read whole", [str(run.record()["tables"]["sales_order"]["loaded"]),
                                              total_of(total, "amount")], expected)
    source = runs[0].record()["sources"][0]
    check("a large table is read in parts", "" if source["details"].get("parts", 0) > 2 else f"{source}")
    for run, jobs in zip(runs[1:], (2, 5)):
        equal(f"{jobs} jobs: the same bytes as one", run.text("exceptions.jsonl"), runs[0].text("exceptions.jsonl"))
        equal(f"{jobs} jobs: the same hash", run.record()["sources"][0], source)
    lines = {item["key"]: item["source"].rsplit(":", 1)[1] for item in runs[1].exceptions()}
    numbered = place.server.sql(
        "SELECT order_id, n FROM (SELECT order_id, row_number() OVER (ORDER BY ctid) AS n, order_date"
        " FROM large.sales_order) o WHERE order_id LIKE '%000'", "erp")
    expected_lines = dict(line.split("\t") for line in numbered.splitlines())
    equal("rows are numbered in the order of the table", lines, expected_lines)


def total_of(rows, column):
    for row in rows:
        if row.get("column") == column:
            return row.get("sum")
    return None


def run_snapshot(place):
    """Two tables that always change together have the same number of rows in every run."""
    place.server.sql("""CREATE SCHEMA moving;
      CREATE TABLE moving.customer (customer_id text PRIMARY KEY);
      CREATE TABLE moving.sales_order (order_id text PRIMARY KEY, order_date date DEFAULT '2026-10-01');""", "erp")
    done = threading.Event()
    batches = []

    def write():
        while not done.is_set():
            number = len(batches)
            place.server.sql(f"""BEGIN;
              INSERT INTO moving.sales_order SELECT 'S{number}-' || n FROM generate_series(1, 400) n;
              INSERT INTO moving.customer SELECT 'C{number}-' || n FROM generate_series(1, 400) n;
              COMMIT;""", "erp")
            batches.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = []
        for _ in range(8):
            run = place.run('import.postgres { conninfo = "", schema = "moving" }', "--jobs", "3")
            tables = run.record()["tables"]
            counts.append((tables["customer"]["loaded"], tables["sales_order"]["loaded"]))
    finally:
        done.set()
        writer.join()
    check("all tables are of one snapshot while others write",
          "" if all(a == b for a, b in counts) and len(set(counts)) > 1 else f"{counts}")


def run(place):
    place.server.sql("CREATE DATABASE erp")
    load.load_model(place.server, "erp", "sales", load.ROOT / "examples/month-end/data", "Asia/Shanghai")
    load.load_foreign(place.server, "erp", "northwind", load.ROOT / "examples/northwind/data")
    run_examples(place)
    run_large(place)
    run_snapshot(place)
