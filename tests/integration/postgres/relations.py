# SPDX-License-Identifier: MIT
"""What may stand for a table: views, partitions, heirs, odd names, nothing at all."""
from harness import check, equal

SETUP = """
CREATE SCHEMA "Odd ""Names"" 表";
CREATE TABLE "Odd ""Names"" 表".customer (customer_id text PRIMARY KEY, "Na""me 名" text);
INSERT INTO "Odd ""Names"" 表".customer VALUES ('C1', 'x');
CREATE SCHEMA shapes;
CREATE TABLE shapes.sales_order (order_id text, order_date date, amount numeric) PARTITION BY RANGE (order_date);
CREATE TABLE shapes.october PARTITION OF shapes.sales_order FOR VALUES FROM ('2026-10-01') TO ('2026-11-01');
CREATE TABLE shapes.november PARTITION OF shapes.sales_order FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
INSERT INTO shapes.sales_order SELECT 'S' || n, date '2026-10-01' + n % 60, n FROM generate_series(1, 1000) n;
CREATE TABLE shapes.customer (customer_id text);
CREATE TABLE shapes.heir () INHERITS (shapes.customer);
INSERT INTO shapes.customer VALUES ('C1');
INSERT INTO shapes.heir VALUES ('C2');
CREATE VIEW shapes.employee AS SELECT 'E' || n AS employee_id, 'N' AS name FROM generate_series(1, 5) n;
CREATE MATERIALIZED VIEW shapes.product AS SELECT 'P' || n AS product_id, repeat('x', 1000) AS name
  FROM generate_series(1, 40000) n;
CREATE TABLE shapes.receipt (receipt_id text PRIMARY KEY, note text);
CREATE TABLE shapes.unheard_of (id int);
CREATE TABLE shapes.invoice (invoice_id text PRIMARY KEY, hidden jsonb, code text);
INSERT INTO shapes.invoice VALUES ('I1', '{}', 'x');
"""


def run(place):
    place.server.sql(SETUP, "erp")
    run_ = place.run('import.postgres { conninfo = "", schema = "shapes" }', "--jobs", "4")
    tables = {name: counts["loaded"] for name, counts in run_.record()["tables"].items()}
    equal("partitions, heirs, views, stored views and empty tables are read", tables,
          {"sales_order": 1000, "customer": 2, "employee": 5, "product": 40000, "receipt": 0, "invoice": 1})
    total = [row["sum"] for row in run_.rows("totals.csv") if (row["table"], row["column"]) == ("sales_order", "amount")]
    equal("and their sums are right", total, ["500500"])
    parts = {source["name"]: source["details"].get("parts", 1) for source in run_.record()["sources"]}
    check("a stored view is read in parts", "" if parts["postgres:erp.shapes.product"] > 1 else f"{parts}")
    check("tables that the model does not know are named",
          "" if "postgres:erp.shapes: heir, unheard_of" in run_.out else run_.out)
    check("so are columns that nothing uses", "" if "hidden" in run_.out and "code" in run_.out else run_.out)
    imports = """import.postgres { conninfo = "", schema = 'Odd "Names" 表', table = "customer",
                                   columns = { customer_id = "customer_id", name = 'Na"me 名' } }"""
    run_ = place.run(imports)
    check("names of any kind are quoted", "" if run_.text("run.json") and run_.record()["tables"]["customer"]["loaded"] == 1
          else run_.outcome())
    run_ = place.run('import.postgres { conninfo = "", schema = "shapes", table = "customer" }\n'
                     'import.postgres { conninfo = "", schema = "shapes", table = "customer" }\n'
                     'import.postgres { conninfo = "dbname=erp", table = "customer", query = "select \'C9\' as customer_id" }')
    equal("several imports of one table follow one another", run_.record()["tables"]["customer"]["loaded"], 5)
