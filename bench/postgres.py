#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command beside a PostgreSQL server of its own that holds generated order lines: postgres.py DATA COMMAND...

The PG* variables name the server, POSTGRES_PID its process. Exits as the command does, or with 69 where no server is
installed.
"""
import csv
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/integration/postgres"))

import load  # noqa: E402
from server import Server, find_programs  # noqa: E402

TABLE = "sales_order_line"


def load_lines(server, folder):
    """The order lines, typed and keyed as the model has them."""
    path = pathlib.Path(folder).resolve() / f"{TABLE}.csv"
    fields, key = load.read_model()[TABLE]
    types = dict(fields)
    with open(path, encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    sql, columns = "CREATE SCHEMA bench;\n", []
    for field in header:
        kind = load.TYPES.get(types[field])
        if kind is None:
            kind, statement = load.create_enum("bench", TABLE, field, types[field])
            sql += statement
        columns.append(f"{field} {kind}")
    columns.append(f"PRIMARY KEY ({', '.join(key)})")
    sql += f"CREATE TABLE bench.{TABLE} ({', '.join(columns)});\n"
    server.sql(sql + load.copy_rows(f"bench.{TABLE}", header, path))
    # Else the first reader would write what it finds out, and the server would tidy up meanwhile.
    server.sql(f"VACUUM (FREEZE, ANALYZE) bench.{TABLE};\nCHECKPOINT;")


def main():
    try:
        find_programs()
    except SystemExit as reason:
        print(f"bench: {reason}", file=sys.stderr)
        return 69
    with Server() as server:
        load_lines(server, sys.argv[1])
        process = (server.data / "postmaster.pid").read_text(encoding="utf-8").split()[0]
        return subprocess.run(sys.argv[2:], env=server.environment(POSTGRES_PID=process), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
