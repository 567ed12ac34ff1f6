#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a control is said to read is all that it reads: reads.py PROGRAM [sample|every] [CONTROL...]

Each control is run alone on the example month, reduced to the tables and columns that `vouch explain` lists for it, and
to the keys of these tables: it finds the same exceptions, with the same amounts, as on the whole month.
"""
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from run import PROGRAM, ROOT, drop_columns, keys, run, tables

SAMPLE = 12


def said():
    """Of each control the columns that it is said to read, by table."""
    controls = PROGRAM.resolve().parent / "tools/controls"
    told = subprocess.run([controls, ROOT / "rules"], capture_output=True, text=True, check=True, cwd=tempfile.gettempdir())
    return {control["id"]: control["reads"] for control in json.loads(told.stdout)["controls"]}


def reduce(folder, headers, reads, key_columns):
    """Leaves of the month what is said to be read."""
    for table, header in headers.items():
        left = set(reads.get(table, ())) | {column for column in header if f"{table}.{column}" in key_columns}
        if table not in reads:
            pathlib.Path(folder, "data", table + ".csv").unlink()
        elif set(header) - left:
            drop_columns(folder, table, set(header) - left)


def found(exceptions):
    return {name: (item["amount"], item["currency"]) for name, item in exceptions.items()}


def main():
    every, only = "every" in sys.argv[2:3], sys.argv[3:]
    headers, key_columns, reads = tables(), keys(), said()
    base, failure = run(lambda folder: None)
    if failure:
        sys.exit(failure)
    # Those that find nothing could not lose anything.
    able = sorted(control for control in reads if base[1][control])
    chosen = only or (able if every else random.Random(20261031).sample(able, SAMPLE))

    def reduced(control):
        return run(lambda folder: reduce(folder, headers, reads[control], key_columns), "--only", control)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for control, (result, failure) in zip(chosen, pool.map(reduced, chosen)):
            whole, now = found(base[1][control]), {} if result is None else found(result[1][control])
            unlike = sorted(name for name in whole.keys() | now.keys() if whole.get(name) != now.get(name))
            failed += bool(unlike or failure)
            reason = failure or (f"{len(unlike)} exceptions differ, {unlike[0]}; {result[0][control]['status']} "
                                 f"{result[0][control]['reason'][:200]}" if unlike else "")
            print(f"not ok {control}: {reason}" if reason else f"ok {control} finds the same in what it is said to read",
                  flush=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
