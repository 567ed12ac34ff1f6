# SPDX-License-Identifier: MIT
"""Types: what each becomes, what becomes an invalid cell, and what is refused by name."""
from harness import check, equal

ODD = r"""
CREATE SCHEMA odd;
CREATE TYPE odd.status AS ENUM ('draft', 'approved', 'cancelled');
CREATE DOMAIN odd.yuan AS numeric(14, 4) CHECK (VALUE IS NOT NULL);
CREATE TABLE odd.sales_order (
  order_id varchar(20) PRIMARY KEY, order_date date, approved_at timestamptz, submitted_at timestamp,
  amount odd.yuan, exchange_rate numeric, status odd.status, contract_id char(8), rejection_note text,
  payment_terms_days smallint, tags text[]);
SET TimeZone = 'America/New_York';
INSERT INTO odd.sales_order VALUES
  ('A1', '2026-10-05', '2026-10-05 20:30:00', '2026-10-05 09:30:00.25', 1234567890.1250, 6.9, 'approved', 'phone',
   E'tab\there, line\nthere, back\\slash \\N 特价', 30, '{a,b}'),
  ('A2', '2026-10-06', NULL, NULL, 0.10, NULL, NULL, NULL, E'\\N', NULL, NULL),
  ('A3', '2026-10-07', '2026-10-07 00:00:00+08', '2026-10-07', -5, 1e3, 'draft', 'fax', '', -1, NULL);
"""
SHOWN = ("order_date = order.order_date, approved_at = order.approved_at, submitted_at = order.submitted_at, "
         "amount_ = order.amount, rate = order.exchange_rate, status = order.status, channel = order.contract_id, "
         "note = order.rejection_note, days = order.payment_terms_days")
EXPECTED = {
    "A1": {"order_date": "2026-10-05", "approved_at": "2026-10-06T08:30:00", "submitted_at": "2026-10-05T09:30:00.25",
           "amount_": "1234567890.125", "rate": "6.9", "status": "approved", "channel": "phone",
           "note": "tab\there, line\nthere, back\\slash \\N 特价", "days": "30"},
    "A2": {"order_date": "2026-10-06", "amount_": "0.1", "note": "\\N"},
    "A3": {"order_date": "2026-10-07", "approved_at": "2026-10-07T00:00:00", "submitted_at": "2026-10-07T00:00:00",
           "amount_": "-5", "rate": "1000", "status": "draft", "channel": "fax", "days": "-1"},
}

INVALID = """
CREATE SCHEMA invalid;
CREATE TABLE invalid.sales_order (order_id text, order_date date, approved_at timestamptz, amount numeric,
                                  exchange_rate numeric, status text);
INSERT INTO invalid.sales_order VALUES
  ('B1', 'infinity', '-infinity', 'NaN', 'Infinity', 'approved'),
  ('B2', '0044-03-15 BC', '2026-10-05 12:00+00', 1e30, 0.123456789, 'unheard of'),
  (NULL, '2026-10-05', NULL, 1, NULL, NULL);
"""
INVALID_CELLS = [("order_date", "infinity"), ("approved_at", "-infinity"), ("amount", "NaN"),
                 ("exchange_rate", "Infinity"), ("order_date", "0044-03-15 BC"),
                 ("amount", "1000000000000000000000000000000"), ("exchange_rate", "0.123456789"),
                 ("status", "unheard of")]

REFUSED = """
CREATE SCHEMA refused;
CREATE TYPE refused.pair AS (a int, b int);
CREATE TABLE refused.kinds (id text, an_array int[], a_pair refused.pair, some_bytes bytea, a_json json,
  a_jsonb jsonb, a_double double precision, a_real real, some_money money, an_interval interval, a_range int4range,
  a_point point, xml_text xml);
INSERT INTO refused.kinds (id, an_array) VALUES ('R1', '{1}');
"""
KINDS = {"an_array": "integer[]", "a_pair": "refused.pair", "some_bytes": "bytea", "a_json": "json", "a_jsonb": "jsonb",
         "a_double": "double precision", "a_real": "real", "some_money": "money", "an_interval": "interval",
         "a_range": "int4range", "a_point": "point", "xml_text": "xml"}


def run_types(place):
    place.server.sql(ODD, "erp")
    run = place.run('import.postgres { conninfo = "", schema = "odd" }', show=SHOWN)
    found = {item["key"]: {name: value for name, value in item["values"].items() if value is not None}
             for item in run.exceptions()}
    for key, values in EXPECTED.items():
        equal(f"values of {key} are as the database has them", found.get(key), values)
    check("a column that nothing uses may have any type, and is named",
          "" if "tags" in str(run.record()["sources"][0]["details"]["unmapped"]) else run.outcome())
    days = """import.postgres { conninfo = "", table = "sales_order", query = [[select order_id, approved_at from
      odd.sales_order]], columns = { order_id = "order_id", order_date = { "approved_at", format = "%Y-%m-%d %H:%M:%S" } } }"""
    run = place.run(days, show="d = order.order_date")
    equal("a moment becomes the day it has in the engagement's zone", [i["values"].get("d") for i in run.exceptions()],
          ["2026-10-06", None, "2026-10-07"])


def run_invalid(place):
    place.server.sql(INVALID, "erp")
    run = place.run('import.postgres { conninfo = "", schema = "invalid" }')
    problems = run.rows("data_problems.csv")
    cells = [(row["column"], row["value"].lstrip("'")) for row in problems if row["kind"] == "invalid cell"]
    equal("what the model cannot hold is an invalid cell", sorted(cells), sorted(INVALID_CELLS))
    rejected = [(row["line"], row["source"]) for row in problems if row["kind"] == "rejected record"]
    equal("a null key rejects the record", rejected, [("3", "postgres:erp.invalid.sales_order")])
    check("both make the run incomplete", "" if run.code == 3 else run.outcome())


def run_refused(place):
    place.server.sql(REFUSED, "erp")
    query = """import.postgres { conninfo = "", table = "customer", query = "select * from refused.kinds",
      columns = { customer_id = "id", name = "%s" } }"""
    for column, kind in KINDS.items():
        place.fails(f"{kind} is refused by name", query % column, f'"{column}"', f"type {kind}", "query")
    run = place.run(query % "id")
    check("and accepted where nothing uses it", "" if run.record()["tables"]["customer"]["loaded"] == 1
          else run.outcome())


def run_mapping(place):
    run = place.run("""import.postgres { conninfo = "", table = "sales_order", query = [[
        select so_no, day, net, rate, kind from (values
          ('S1', date '2026-10-01', 100.10, 2, '红'), ('S2', '2026-10-02', 5, 3, '蓝')) v(so_no, day, net, rate, kind)
        order by so_no desc; ]],
      columns = { order_id = "so_no", order_date = 2, channel = { value = "fax" },
        status = { "kind", map = { ["红"] = "cancelled", ["蓝"] = "approved" } },
        exchange_rate = { "rate", negate = { "kind", "红" } },
        amount = function(source) return source.net * source.rate end },
      expect = { rows = 2, sum = { amount = "215.20" } } }""",
                    show="a = order.amount, d = order.order_date, c = order.channel, s = order.status, "
                         "r = order.exchange_rate")
    found = {item["key"]: (item["values"], item["source"]) for item in run.exceptions()}
    equal("columns are mapped, mapped by number, set, translated, negated and computed", found, {
        "S1": ({"a": "200.2", "d": "2026-10-01", "c": "fax", "s": "cancelled", "r": "-2"},
               "postgres:query(audit.lua:3):2"),
        "S2": ({"a": "15", "d": "2026-10-02", "c": "fax", "s": "approved", "r": "3"},
               "postgres:query(audit.lua:3):1")})
    run = place.run('import.postgres { conninfo = "", schema = "odd" }\n'
                    'import.postgres { conninfo = "", table = "sales_order", query = "select 1 as order_id" }')
    equal("a query replaces the schema's table", run.record()["tables"]["sales_order"]["loaded"], 1)
    check("and the summary says so", "" if "postgres:erp.odd.sales_order (replaced by postgres:query(audit.lua:4))"
          in run.out else run.out)


def run(place):
    run_types(place)
    run_invalid(place)
    run_refused(place)
    run_mapping(place)
