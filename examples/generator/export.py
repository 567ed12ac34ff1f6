# SPDX-License-Identifier: MIT
"""The same month as a foreign system exports it, and the engagement file that maps it back.

Chinese headers and values, GB18030, 2026年10月5日, 1,234.50, red documents as positive numbers with a mark;
besides: a title above a header, a file without header, another delimiter, a compressed file, UTF-8 with a byte
order mark, one table from two files, two tables from one file, columns that the export leaves out because
they are constant or can be computed.
"""

import os
import struct
import zlib
from datetime import date
from decimal import Decimal

from . import lua, model
from .basis import csv_text, money, plain, table_text, write_bytes
from .headers import HEADERS
from .values import VALUES

MONEY = {"amount", "net_amount", "tax_amount", "gross_amount", "debit", "credit", "balance", "doc_amount",
         "credit_limit", "max_credit_limit", "amount_from", "amount_to", "amount_limit", "list_price",
         "floor_price", "ceiling_price", "planned_average_price", "standard_cost", "unit_cost"}
DAYS = {"valid_from", "valid_to", "valid_until", "starts_on", "ends_on", "order_date", "delivery_date",
        "rate_date", "posting_date"}
BOOLS = {True: "是", False: "否"}

# Tables of documents that the system writes in red: these columns are positive there, the mark says which.
MARK, BLUE, RED = "红蓝标志", "蓝字", "红字"
AMOUNTS = ("quantity", "base_quantity", "tax_amount", "net_amount", "gross_amount", "discount_amount", "amount")
SIGNED = {"delivery_line": "quantity", "stock_issue_line": "quantity", "invoice": "gross_amount",
          "invoice_line": "quantity", "receivable_entry": "amount", "revenue_entry": "amount",
          "cost_entry": "quantity"}

# Left out of the export as long as they hold for every row: constants, and what its own columns give.
CONSTANTS = {
    "sales_order": {"business_type": "normal"},
    "delivery": {"business_type": "normal", "freight_borne_by": "seller"},
    "quotation": {"company_id": "TH01", "currency": "CNY", "exchange_rate": 1},
    "netting_entry": {"currency": "CNY", "exchange_rate": 1},
}
COMPUTED = {
    "sales_order_line": {
        "net_amount": 'function(source) return source["数量"] * source["单价"] - source["折扣额"] end',
        "amount": 'function(source) return source["数量"] * source["单价"] - source["折扣额"] end'},
}


def is_day(table, name):
    return name in DAYS or name.endswith("_on") or model.field(table, name).type == "date"


def is_time(table, name):
    return name.endswith("_at") and model.field(table, name).type != "date" or (
        model.field(table, name).type == "timestamp")


def title_of(table, name):
    """The header of a column in the foreign system."""
    if name not in HEADERS[table][1]:
        raise SystemExit(f"examples/generator/headers.py has no Chinese header for {table}.{name}")
    return HEADERS[table][1][name]


def constants(table, rows):
    return {name: value for name, value in CONSTANTS.get(table, {}).items()
            if all(str(row[name]) == str(value) for row in rows)}


def computed(table, rows):
    return {name: function for name, function in COMPUTED.get(table, {}).items()
            if all(row[name] == row["quantity"] * row["unit_price"] - row["discount_amount"] for row in rows)}


def foreign(table, name, value):
    """A value as the system writes it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return BOOLS[value]
    known = VALUES.get((table, name)) or VALUES.get(name)
    if known and value in known:
        return known[value]
    if is_day(table, name):
        return f"{value.year}年{value.month}月{value.day}日"
    if is_time(table, name):
        when = date.fromisoformat(value[:10])
        return f"{when.year}年{when.month}月{when.day}日 {value[11:]}"
    if name in MONEY:
        whole, _, places = plain(Decimal(value)).partition(".")
        return f"{int(whole):,}.{places.ljust(2, '0')}" if not whole.startswith("-0") else plain(value)
    return plain(value) if isinstance(value, Decimal) else str(value)


def foreign_rows(table, rows, columns):
    """Header and records of a table."""
    header = [title_of(table, name) for name in columns]
    marked = SIGNED.get(table)
    if marked and MARK not in header:
        header.append(MARK)
    records = []
    for row in rows:
        red = row["sign"] == "red" if "sign" in columns else marked and (row[marked] or 0) < 0
        values = {name: row.get(name) for name in columns}
        if red:
            for name in AMOUNTS:
                if values.get(name) is not None:
                    values[name] = -values[name]
        record = [foreign(table, name, values[name]) for name in columns]
        if marked and "sign" not in columns:
            record.append(RED if red else BLUE)
        records.append(record)
    return header, records


def gzip_bytes(content):
    """A gzip file of stored blocks: the same bytes whatever the version of zlib."""
    out = [b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"]
    blocks = [content[at:at + 65535] for at in range(0, len(content), 65535)] or [b""]
    for n, block in enumerate(blocks):
        last = n == len(blocks) - 1
        out.append(struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block)
    out.append(struct.pack("<II", zlib.crc32(content), len(content)))
    return b"".join(out)


class Export:
    def __init__(self, folder, month):
        self.folder, self.month, self.tables, self.imports = folder, month, month.tables, []
        self.constants = {table: constants(table, rows) for table, rows in self.tables.items()}
        self.computed = {table: computed(table, rows) for table, rows in self.tables.items()}
        self.lists = [table for table in self.tables if table not in HEADERS]

    def put(self, name, text, encoding="gb18030"):
        content = text.encode(encoding)
        if name.endswith(".gz"):
            content = gzip_bytes(content)
        write_bytes(os.path.join(self.folder, "export", name), content)

    def foreign_rows(self, table, rows):
        columns = [name for name in self.month.columns(table)
                   if name not in self.constants[table] and name not in self.computed[table]]
        return foreign_rows(table, rows, columns)

    def table(self, table, rows=None, name=None, title=None, header=True, delimiter=",", encoding="gb18030",
              packed=False, null=None, totals=()):
        """One table, or some of its rows, as one file, and its import with control totals of `totals`."""
        rows = self.tables[table] if rows is None else rows
        name = (name or HEADERS[table][0]) + (".csv.gz" if packed else ".csv")
        names, records = self.foreign_rows(table, rows)
        if null:
            records = [[value or null for value in record] for record in records]
        text = csv_text(names if header else None, records, delimiter)
        if title:
            text = title + "\n" + text
        self.put(name, text, encoding)
        sums = {column: money(sum(row[column] for row in rows)) for column in totals}
        self.imports.append(lua.table_import(self, table, name, names, encoding=encoding, title=title,
                                             header=header, delimiter=delimiter, null=null,
                                             expect=(len(rows), sums) if totals else None))

    def customers(self):
        """One file for customers and their credit in force; other credit is in a file of its own, and so are
        customers without any."""
        credits = self.tables["customer_credit"]
        latest = {row["customer_id"]: row for row in credits}
        customers, without = [], []
        for row in self.tables["customer"]:
            (customers if row["customer_id"] in latest else without).append(row)
        together = [latest[row["customer_id"]] for row in customers]
        names, records = self.foreign_rows("customer", customers)
        credit_names, credit_records = self.foreign_rows("customer_credit", together)
        last = [credit_names.index(head) for head in ("账套", "币种")]
        keep = [n for n, head in enumerate(credit_names) if head != "客户" and n not in last] + last
        renamed = {"customer_id": "客户编号", "company_id": "信用账套", "currency": "信用币种"}
        renamed.update((name, "信用" + head) for name, head in HEADERS["customer_credit"][1].items()
                       if head in names and name not in renamed)
        titles = {HEADERS["customer_credit"][1][name]: head for name, head in renamed.items()}
        head = names + [titles.get(credit_names[n], credit_names[n]) for n in keep]
        self.put("客户档案.csv", csv_text(head, [record + [credit[n] for n in keep]
                                             for record, credit in zip(records, credit_records)]))
        self.imports.append(lua.table_import(self, "customer", "客户档案.csv", head))
        self.imports.append(lua.table_import(self, "customer_credit", "客户档案.csv", head, renamed=renamed))
        if without:
            self.table("customer", without, name="客户档案_无信用")
        self.table("customer_credit", [row for row in credits if not any(row is other for other in together)], name="客户信用历史")


def write(folder, month):
    export, tables = Export(folder, month), month.tables
    special = {"customer", "customer_credit", "receivable_entry", "sales_order", "exchange_rate",
               "control_balance", "voucher_line", "employee", "approval"}
    export.table("sales_order", title="销售订单列表　2026年10月　单位：元", totals=("amount",))
    export.customers()
    entries = tables["receivable_entry"]
    first_half = [row for row in entries if row["posted_on"] and row["posted_on"] < date(2026, 10, 16)]
    rest = [row for row in entries if not row["posted_on"] or row["posted_on"] >= date(2026, 10, 16)]
    export.table("receivable_entry", first_half, name="应收单据_上半月")
    export.table("receivable_entry", rest, name="应收单据_下半月")
    export.table("exchange_rate", header=False)
    export.table("control_balance", delimiter=";")
    export.table("voucher_line", packed=True, totals=("debit", "credit"))
    export.table("employee", encoding="utf-8-sig")
    export.table("approval", null="-")
    for table in tables:
        if table in export.lists:
            write_bytes(os.path.join(folder, "office", table + ".csv"), table_text(month, table).encode())
        elif table not in special:
            export.table(table)
    write_bytes(os.path.join(folder, "audit.lua"), lua.engagement(export).encode())
