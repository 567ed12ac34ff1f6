#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The example from beginning to end: demo.py PROGRAM FOLDER

Starts a PostgreSQL server of its own on a unix socket, loads the example month into it, audits it into FOLDER and back
into the database, asks the views there, and stops the server.
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/integration/postgres"))

import load  # noqa: E402
from server import Server  # noqa: E402


QUERIES = {
    "open exceptions by control and month (vouch.exception_by_control_month)":
        "SELECT control, month, exceptions, amount, currency FROM vouch.exception_by_control_month"
        " ORDER BY amount DESC NULLS LAST LIMIT 8",
    "what changed since the run before (vouch.change_since_last_run)":
        "SELECT change, count(*) AS exceptions FROM vouch.change_since_last_run GROUP BY change",
}


def audit(program, server, folder):
    """One run, written to the folder and to the schema `vouch`; its exit code."""
    command = [program, "run", ROOT / "examples/postgres", "-o", folder, "--quiet", "--format", "jsonl,csv,postgres",
               "--to", "dbname=vouch_example", "--create-schema"]
    code = subprocess.run(command, env=server.environment(), check=False).returncode
    if code not in (0, 1):
        sys.exit(code)


def main():
    program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    with Server() as server:
        print(f"a PostgreSQL server in {server.folder}")
        server.sql("CREATE DATABASE vouch_example")
        load.load_model(server, "vouch_example", "sales", ROOT / "examples/month-end/data", "Asia/Shanghai")
        tables = server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'sales'", "vouch_example").strip()
        print(f"the example month in it, {tables} tables\n")
        audit(program, server, folder)
        # A price below the floor is corrected, and the audit run again.
        server.sql("UPDATE sales.sales_order_line SET unit_price = 64.02"
                   " WHERE product_id = 'P007' AND quantity = 300 AND unit_price = 63.36", "vouch_example")
        audit(program, server, folder)
        for title, query in QUERIES.items():
            print(title)
            print(server.sql(query, "vouch_example"))
    print(f"the results as files: {folder}")


if __name__ == "__main__":
    main()
