# SPDX-License-Identifier: MIT
"""Dates, money, chance and CSV files: exact, and the same on every machine."""

import csv
import io
import os
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")


def day(text):
    """'10-08' is 8 October 2026; a full date passes as it is."""
    return date.fromisoformat(text if len(text) == 10 else "2026-" + text)


def after(start, days):
    return start + timedelta(days=days)


def month(when):
    return when.strftime("%Y-%m")


def cents(value):
    return value.quantize(CENT, ROUND_HALF_UP)


def plain(value):
    """A number as CSV text: two places at least for money-like values, no exponent, no lost digit."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def money(value):
    """A number with at least two places."""
    whole, _, places = plain(value).partition(".")
    return whole + "." + places.ljust(2, "0")


class Chance:
    """A small generator of its own (PCG-like), so that no version of Python changes the data."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % limit

    def pick(self, options):
        return options[self.below(len(options))]


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)


def csv_text(header, records, delimiter=","):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    if header:
        writer.writerow(header)
    writer.writerows(records)
    return text.getvalue()


def table_text(month, table, empty=()):
    """A table of the month as CSV text; the columns `empty` that it does not have are added without values."""
    columns = month.columns(table)
    more = [name for name in empty if name not in columns]
    return csv_text(columns + more, [[cell(row[name]) for name in columns] + [""] * len(more)
                                     for row in month.tables[table]])


WRITTEN = set()


def write_bytes(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as stream:
        stream.write(content)
    WRITTEN.add(os.path.abspath(path))


def remove_others(folder):
    """Removes the files of a folder that were not written in this run."""
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        path = os.path.abspath(os.path.join(folder, name))
        if path not in WRITTEN:
            os.remove(path)


def columns_of(rows):
    """The columns that rows name, in the order in which the first rows name them."""
    names = []
    for row in rows:
        for name in row:
            if name not in names:
                names.append(name)
    return names
