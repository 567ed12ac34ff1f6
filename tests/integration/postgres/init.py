# SPDX-License-Identifier: MIT
"""`vouch init` of a database: tables by their names and columns, nothing of a password in what it writes."""
import subprocess

from harness import check, equal

# As Odoo has them, as a system of one's own, and as the model.
TABLES = r"""
CREATE DATABASE shop;
"""
SHOP = r"""
CREATE TABLE res_partner (id int PRIMARY KEY, name text, vat text);
INSERT INTO res_partner VALUES (1, 'Acme', 'DE1'), (2, 'Bolt & Co', NULL);
CREATE TABLE sale_order (id int PRIMARY KEY, name text, date_order timestamp, partner_id int, user_id int, amount_total numeric,
                         state text, create_uid int, write_date timestamptz, mood text);
INSERT INTO sale_order VALUES
  (10, 'S00010', '2026-10-05 08:30:00', 1, 7, 119.00, 'sale', 3, '2026-10-05 10:00:00+02', NULL),
  (11, 'S00011', '2026-10-06 00:00:00', 2, 7, 50.00, 'cancel', 3, '2026-10-06 10:00:00+02', 'bad'),
  (12, 'S00012', '2026-10-20 17:45:10', 1, 8, 20.00, 'draft', 4, NULL, NULL);
CREATE TABLE sale_order_line (id int PRIMARY KEY, order_id int, product_id int, product_uom_qty numeric, price_unit numeric);
INSERT INTO sale_order_line VALUES (100, 10, 5, 2, 50), (101, 10, 6, 1, 19), (102, 11, 5, 1, 50), (103, 12, 5, 1, 20);
CREATE SCHEMA "Old";
CREATE TABLE "Old"."weather" (day date, "rain ""mm"" a day" int);
CREATE VIEW "Old".nothing AS SELECT 1 AS one WHERE false;
"""


def look(place, source, name, **environment):
    folder = place.folder / name
    done = subprocess.run([place.program, "init", source, folder], env=place.server.environment(**environment),
                          capture_output=True, text=True, check=False, timeout=120)
    file = folder / "audit.lua"
    return done, file.read_text(encoding="utf-8") if file.exists() else ""


def run(place):
    place.server.sql(TABLES)
    place.server.sql(SHOP, "shop")
    done, text = look(place, "dbname=shop", "shop")
    check("init of a database writes an engagement that runs", "" if done.returncode == 0 else f"{done.returncode}: {done.stderr}{text}")
    for what, words in {
            "orders": 'table = "sales_order",\n  conninfo = "dbname=shop",\n  query = "SELECT * FROM \\"public\\".\\"sale_order\\"",',
            "lines": 'line_no = "id"',
            "customers": 'table = "customer"',
            "words of states": '["sale"] = "approved", ["cancel"] = "cancelled"',
            "what fills nothing": "--   mood: bad",
            "tables of other things": "Old.weather is not imported: ",
    }.items():
        check(f"init of a database: {what}", "" if words in text else text)
    check("init of a database: every row is read", done.stdout if "cannot be read" in done.stdout else "")
    place.server.sql("CREATE ROLE buyer LOGIN PASSWORD 'open sesame'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO buyer", "shop")
    done, text = look(place, "dbname=shop user=buyer password='open sesame'", "secret")
    check("init writes no password", "" if done.returncode == 0 and "sesame" not in text + done.stdout + done.stderr else done.stderr + text)
    done, text = look(place, "dbname=nowhere", "nowhere")
    equal("init of a database that is not there", (done.returncode, text), (4, ""))
    done, text = look(place, "dbname=erp", "model")
    check("init of tables of the model: one import of their schema",
          "" if done.returncode == 0 and "schema = " in text else f"{done.returncode} {done.stderr} {text[:3000]}")
