# SPDX-License-Identifier: MIT
"""The tables of the model, as rules/model/*.lua declares them: fields in order, types, keys, what they refer to."""

import glob
import os
import re
from datetime import date
from decimal import Decimal

from .basis import day

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "rules", "model")
FIELD = re.compile(r'\{ "(\w+)",\s*(\w+)\s*(\{[^}]*\})?,\s*"([^"]*)"(?:,\s*to = "(\w+)")?')
TIME = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")


class Field:
    def __init__(self, name, type, values, zh, to):
        self.name, self.type, self.values, self.zh, self.to = name, type, values, zh, to


class Table:
    def __init__(self, name, zh, key, fields, assumed_empty):
        self.name, self.zh, self.key, self.assumed_empty = name, zh, key, assumed_empty
        self.fields = {field.name: field for field in fields}


def assumed_empty(block):
    """The fields whose absence means that they are empty: a system that has them writes them all the same."""
    absence = re.search(r"^  absence += \{\n(.*?)^  \},", block, re.M | re.S)
    entries = re.findall(r"^    (\w+) = \{(.*?)\},\n(?=    \w|\Z)", absence.group(1) if absence else "", re.M | re.S)
    names = [name for name, entry in entries if not re.search(r"\b(value|from) =", entry)]
    # Nor does it leave out who edited a document last where nobody did.
    return names + [name for name in ("last_modified_by", "last_modified_at") if f'"{name}"' in block]


def read():
    tables = {}
    for path in sorted(glob.glob(os.path.join(FOLDER, "*.lua"))):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for block in re.split(r'^table "', re.sub(r"(?m)--.*$", "", text), flags=re.M)[1:]:
            name = block[:block.index('"')]
            zh = re.search(r'^  zh +(?:= +)"([^"]*)"', block, re.M).group(1)
            key = re.findall(r'"(\w+)\??"', re.search(r"^  key += \{([^}]*)\}", block, re.M).group(1))
            fields = re.search(r"^  fields += \{\n(.*?)^  \},", block, re.M | re.S).group(1)
            tables[name] = Table(name, zh, key, [
                Field(field, type, re.findall(r'"(\w+)"', values), label, to or None)
                for field, type, values, label, to in FIELD.findall(fields)], assumed_empty(block))
    return tables


TABLES = read()


def target_of(table_name, name):
    """The table that a field refers to."""
    known = field(table_name, name)
    target = known.to or (name[:-3] if name.endswith("_id") else None)
    if target not in TABLES:
        raise KeyError(f"{table_name}.{name} refers to no table")
    return target


def table(name):
    if name not in TABLES:
        raise KeyError(f"the model has no table {name}")
    return TABLES[name]


def field(table_name, name):
    fields = table(table_name).fields
    if name not in fields:
        raise KeyError(f"the model has no {table_name}.{name}")
    return fields[name]


def value_of(table_name, name, value):
    """A value as rows hold it: a date, Decimal, int, bool, or text. Days may lack their year: '10-08'."""
    known = field(table_name, name)
    if value is None or value == "":
        return None
    if known.type == "date":
        value = value if isinstance(value, date) else day(value)
    elif known.type == "timestamp":
        value = str(value)
        value = value if value[4:5] == "-" else "2026-" + value
        value += ":00" if len(value) == 16 else ""
        check(table_name, known, value, TIME.fullmatch(value))
    elif known.type in ("money", "decimal"):
        value = Decimal(value)
    elif known.type == "int":
        check(table_name, known, value, int(value) == value)
        value = int(value)
    elif known.type == "bool":
        check(table_name, known, value, isinstance(value, bool))
    else:
        value = str(value)
        check(table_name, known, value, not known.values or value in known.values)
    return value


def check(table_name, known, value, right):
    if not right:
        raise ValueError(f"{table_name}.{known.name} cannot be {value!r}: {known.type} {' '.join(known.values)}")
