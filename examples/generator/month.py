# SPDX-License-Identifier: MIT
"""The month as tables: what the documents of Books have become, and what the families put beside them."""

from decimal import Decimal

from . import model
from .basis import cell, columns_of, day


class Row(dict):
    """A row of a table: {field: value}. Fields must be of the model; values take the type that it names."""

    def __init__(self, month, table, fields):
        super().__init__()
        self.month, self.table = month, table
        for name, value in fields.items():
            super().__setitem__(name, model.value_of(table, name, value))

    def __setitem__(self, name, value):
        super().__setitem__(name, model.value_of(self.table, name, value))
        self.month.forget(self.table)

    def __missing__(self, name):
        model.field(self.table, name)
        return None

    def update(self, *others, **fields):
        for name, value in dict(*others, **fields).items():
            self[name] = value

    def __hash__(self):
        return id(self)

    @property
    def key(self):
        """Its key as text, as findings and polymorphic documents name it."""
        return "/".join(cell(self[name]) for name in model.table(self.table).key)


class Month:
    def __init__(self, books, tables):
        self.books, self.planted, self.chance, self.origin = books, books.planted, None, ""
        self.answer = [(control, table, key(), amount, currency, label() if label else "")
                       for control, table, key, amount, currency, label in books.answer]
        self.tables = {name: [Row(self, name, row) for row in rows] for name, rows in tables.items()}
        self.first_columns = {name: columns_of(rows) for name, rows in tables.items()}
        self.indexes = {}

    # --- looking up --------------------------------------------------------------------------------

    def rows(self, table):
        """All rows of a table; none when it has none. Not to be changed: see add and remove."""
        model.table(table)
        return list(self.tables.get(table, ()))

    def row(self, table, *key):
        """The row with this key."""
        found = self.find(table, *key)
        if found is None:
            raise KeyError(f"{table} has no {'/'.join(map(cell, key))}")
        return found

    def find(self, table, *key):
        """The row with this key, or None."""
        found = self.index(table, tuple(model.table(table).key)).get(tuple(map(cell, key)))
        return found[0] if found else None

    def where(self, table, **fields):
        """The rows of which all these fields have these values."""
        names = tuple(sorted(fields))
        values = tuple(cell(model.value_of(table, name, fields[name])) for name in names)
        return list(self.index(table, names).get(values, ()))

    def of(self, row, name):
        """The row that a field refers to, such as of(line, "order_id"); None where it is empty."""
        return None if row[name] is None else self.row(model.target_of(row.table, name), row[name])

    def lines_of(self, header):
        """The rows of TABLE_line that belong to a row of TABLE."""
        names = model.table(header.table).key
        return self.where(header.table + "_line", **{name: header[name] for name in names})

    def kept(self, name):
        """The row of a document that the module's `sell` has kept under this name."""
        doc = self.books.kept[self.origin, name]
        return self.row(doc.kind, doc.id)

    def index(self, table, names):
        known = self.indexes.setdefault(table, {})
        if names not in known:
            for name in names:
                model.field(table, name)
            found = known[names] = {}
            for row in self.tables.get(table, ()):
                found.setdefault(tuple(cell(row[name]) for name in names), []).append(row)
        return known[names]

    def forget(self, table):
        self.indexes.pop(table, None)

    # --- changing ----------------------------------------------------------------------------------

    def add(self, table, **fields):
        """A new row, which no row of the same key may precede."""
        row = Row(self, table, fields)
        names = model.table(table).key
        values = tuple(cell(row[name]) for name in names)
        index = self.index(table, tuple(names))
        if values in index:
            raise KeyError(f"{table} has {row.key} already")
        self.tables.setdefault(table, []).append(row)
        self.indexes[table] = {tuple(names): index}
        index[values] = [row]
        return row

    def remove(self, row):
        self.tables[row.table] = [other for other in self.tables[row.table] if other is not row]
        self.forget(row.table)

    def number(self, prefix, when):
        """The next number of a kind of document, such as DR2610-014, counted on from those of Books."""
        return self.books.next_number(prefix, day(when) if isinstance(when, str) else when)

    def approve(self, row, kind, role, who, decided, **more):
        """A decision about a row; `decided` is a time. By default an approval, at the row's amount."""
        decided = model.value_of("approval", "decided_at", decided)
        fields = {
            "approval_id": self.number("SP", decided[:10]), "doc_kind": row.table, "doc_id": row.key,
            "approval_kind": kind, "step_no": 1, "role": role, "requested_by": "E13",
            "requested_at": decided[:10] + " 08:30:00", "approver_id": who, "decision": "approve",
            "opinion": "同意", "decided_at": decided, "doc_amount": row.get("amount"), "round_no": 1,
            "currency": row.get("currency") or "CNY"}
        fields.update(more)
        return self.add("approval", **fields)

    def plant(self, control, table, key, amount, currency="CNY", label=None):
        """An exception that `control` must report; `key` is a row or the text of its key."""
        amount = None if amount is None else Decimal(amount)
        self.answer.append((control, table, key.key if isinstance(key, Row) else str(key), amount,
                            currency if amount is not None else "", label or ""))

    # --- writing -----------------------------------------------------------------------------------

    def columns(self, table):
        """The columns that rows of a table have: those of Books first, then others in the model's order."""
        first = self.first_columns.get(table, [])
        used = set().union(*self.tables[table])
        return first + [name for name in model.table(table).fields if name in used and name not in first]
