#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The example from beginning to end: demo.py PROGRAM FOLDER

Starts a PostgreSQL server of its own on a unix socket, loads the example month into it, audits it into FOLDER, and stops
the server.
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/integration/postgres"))

import load  # noqa: E402
from server import Server  # noqa: E402


def main():
    program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    with Server() as server:
        print(f"a PostgreSQL server in {server.folder}")
        server.sql("CREATE DATABASE vouch_example")
        load.load_model(server, "vouch_example", "sales", ROOT / "examples/month-end/data", "Asia/Shanghai")
        tables = server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'sales'", "vouch_example").strip()
        print(f"the example month in it, {tables} tables\n")
        command = [program, "run", ROOT / "examples/postgres", "-o", folder]
        code = subprocess.run(command, env=server.environment(), check=False).returncode
    return 0 if code in (0, 1) else code


if __name__ == "__main__":
    sys.exit(main())
