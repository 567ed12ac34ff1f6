#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""PostgreSQL as a source, against a real server: run.py PROGRAM

A temporary cluster is started, the examples are loaded into it, and what is found must be what the CSV files give; then
types, connections and faults.
"""
import sys

import connections
import examples
import export
import faults
import harness
import init
import lists
import network
import relations
import schema
import storage
import values
from server import Server


def main():
    with Server() as server, harness.Place(sys.argv[1], server) as place:
        examples.run(place)
        relations.run(place)
        schema.run(place)
        values.run(place)
        lists.run(place)
        init.run(place)
        connections.run(place)
        export.run(place)
        storage.run(place)
        network.run(place)
        faults.run(place)
    print(f"{harness.RESULTS['passed']} passed, {harness.RESULTS['failed']} failed")
    return harness.RESULTS["failed"] > 0


if __name__ == "__main__":
    sys.exit(main())
