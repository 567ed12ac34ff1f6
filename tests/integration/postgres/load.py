# SPDX-License-Identifier: MIT
"""Puts CSV files into PostgreSQL: tables named and typed as the model has them, or as a foreign system would."""
import csv
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[3]
TYPES = {"text": "text", "int": "bigint", "decimal": "numeric", "money": "numeric", "date": "date",
         "timestamp": "timestamptz", "bool": "boolean"}
FOREIGN_NUMBERS = re.compile(r"-?\d+(\.\d+)?")
FOREIGN_DATES = re.compile(r"\d{4}-\d\d-\d\d")


def quote(name):
    return '"' + name.replace('"', '""') + '"'


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def read_model():
    """{table: ([(field, type)], [key columns that may not be null])}"""
    tables = {}
    with open(ROOT / "tests/unit/shipped_model.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fields, key = tables.setdefault(row["table"], ([], row["key"].replace(" ", "").split(",")))
            fields.append((row["field"], row["type"]))
    return tables


def read_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def create_enum(schema, table, field, kind):
    values = ", ".join(literal(value.strip()) for value in kind[len("enum("):-1].split(","))
    name = f"{quote(schema)}.{quote(f'{table}_{field}')}"
    return name, f"CREATE TYPE {name} AS ENUM ({values});\n"


def copy_rows(table, header, path):
    columns = ", ".join(map(quote, header))
    return f"\\copy {table} ({columns}) FROM '{path}' WITH (FORMAT csv, HEADER)\n"


def model_table(schema, table, definition, path):
    """SQL that makes a table of the model, with the types, enums and primary key it has, from a CSV file."""
    header, rows = read_csv(path)
    fields, key = definition
    types = dict(fields)
    made, columns = "", []
    for at, field in enumerate(header):
        if field not in types:
            raise SystemExit(f"{path}: the model has no {table}.{field}")
        kind = types[field]
        if kind.startswith("enum("):
            name, statement = create_enum(schema, table, field, kind)
            made += statement
        else:
            name = TYPES[kind]
        if kind == "timestamp" and any(len(row[at]) == 10 for row in rows):
            name = "text"  # moments and whole days side by side: no type of the database holds both
        columns.append(f"{quote(field)} {name}")
    if not any(column.endswith("?") for column in key):
        columns.append(f"PRIMARY KEY ({', '.join(map(quote, key))})")
    relation = f"{quote(schema)}.{quote(table)}"
    return made + f"CREATE TABLE {relation} ({', '.join(columns)});\n" + copy_rows(relation, header, path)


def foreign_type(values):
    values = [value for value in values if value]
    if values and all(FOREIGN_DATES.fullmatch(value) for value in values):
        return "date"
    if values and all(FOREIGN_NUMBERS.fullmatch(value) and not re.match("0[0-9]", value) for value in values):
        return "numeric" if any("." in value for value in values) else "integer"
    return "text"


def foreign_table(schema, table, path):
    """SQL that makes a table whose columns are those of any CSV file."""
    header, rows = read_csv(path)
    columns = [f"{quote(name)} {foreign_type([row[at] for row in rows])}" for at, name in enumerate(header)]
    relation = f"{quote(schema)}.{quote(table)}"
    return f"CREATE TABLE {relation} ({', '.join(columns)});\n" + copy_rows(relation, header, path)


def load_model(server, database, schema, folder, zone):
    """All TABLE.csv of a folder; moments without an offset are those of `zone`."""
    model = read_model()
    sql = f"CREATE SCHEMA {quote(schema)};\nSET TimeZone = {literal(zone)};\n"
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        sql += model_table(schema, path.stem, model[path.stem], path)
    server.sql(sql, database)


def load_foreign(server, database, schema, folder):
    sql = f"CREATE SCHEMA {quote(schema)};\n"
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        sql += foreign_table(schema, path.stem, path)
    server.sql(sql, database)
