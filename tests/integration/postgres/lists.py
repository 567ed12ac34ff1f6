# SPDX-License-Identifier: MIT
"""Lists that are no table of the model: the same settings as for files, over queries and tables."""
from harness import check, equal

FLAT = r"""
CREATE SCHEMA flat;
CREATE TABLE flat.sales_order (order_id text, note text, debit text, credit text, place int PRIMARY KEY);
INSERT INTO flat.sales_order VALUES
  ('S1 ', 'a', '1,000.00', NULL, 1), (NULL, 'b', '5', '2', 2), ('合计', NULL, '1005', '2', 3),
  ('S2', 'a', NULL, '7.5', 4), (NULL, 'b', '1', NULL, 5), ('共 4 条', NULL, NULL, NULL, 6);
CREATE TABLE flat.mixed (order_id text, amount text);
INSERT INTO flat.mixed VALUES ('M1', '61.500'), ('M2', '75.000,00'), ('M3', '7');
"""
SETTINGS = """import.postgres { conninfo = "", table = "%s", query = "select * from flat.sales_order order by place",
  skip_end = 1, where = function(source) return source.order_id ~= "合计" end, fill = "order_id", %s }"""


def run(place):
    place.server.sql(FLAT, "erp")
    lines = SETTINGS % ("sales_order_line", """number = { line_no = "order_id" },
      columns = { order_id = "order_id", product_id = "note", amount = { debit = "debit", credit = "credit" } }""")
    orders = SETTINGS % ("sales_order", """distinct = true,
      sum = { amount = { debit = "debit", credit = "credit" } }, columns = { order_id = "order_id" },
      expect = { rows = 2, sum = { amount = "996.5" } }""")
    result = place.run(lines + "\n" + orders, show="a = order.amount")
    equal("rows of a query are filled, joined and added up",
          {item["key"]: item["values"]["a"] for item in result.exceptions()}, {"S1": "1003", "S2": "-6.5"})
    totals = {row["table"]: row for row in result.rows("totals.csv") if not row["column"]}
    found = {table: [row[name] for name in ("records_read", "loaded", "left_out", "merged", "footers", "rejected")]
             for table, row in totals.items()}
    equal("each record is accounted for", found, {"sales_order": ["6", "2", "1", "2", "1", "0"],
                                                  "sales_order_line": ["6", "4", "1", "0", "1", "0"]})
    left = [(row["table"], row["cause"], row["first_line"], row["amounts"]) for row in result.rows("left_out.csv")]
    check("what is left out is shown", "" if ("sales_order_line", "where", "3", "amount=1003") in left else str(left))
    place.fails("a table has no order", 'import.postgres { conninfo = "", schema = "flat", table = "sales_order", '
                'fill = "order_id" }', "`fill` needs an order", "ORDER BY", code=2)
    mixed = """import.postgres { conninfo = "", table = "sales_order", query = "select * from flat.mixed",
      columns = { order_id = "order_id", amount = "amount" } }"""
    result = place.run(mixed, show="a = order.amount")
    cells = [row["value"] for row in result.rows("data_problems.csv") if row["kind"] == "invalid cell"]
    equal("numbers that can mean two are not read beside a decimal comma", sorted(cells), ["61.500", "75.000,00"])
