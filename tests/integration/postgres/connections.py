# SPDX-License-Identifier: MIT
"""Connections as PostgreSQL users know them, and passwords, which are never shown."""
import os
import urllib.parse

from harness import check

SECRET = "s3cret' \\word"
SETUP = """
CREATE ROLE auditor LOGIN PASSWORD 's3cret'' \\word';
CREATE SCHEMA small;
CREATE TABLE small.customer (customer_id text PRIMARY KEY);
INSERT INTO small.customer VALUES ('C1'), ('C2');
GRANT USAGE ON SCHEMA small TO auditor;
GRANT SELECT ON small.customer TO auditor;
CREATE ROLE single LOGIN CONNECTION LIMIT 1 SUPERUSER;
CREATE ROLE modest LOGIN;
GRANT USAGE ON SCHEMA small, large TO modest;
GRANT SELECT ON ALL TABLES IN SCHEMA small, large TO modest;
"""


def imports(conninfo, schema="small"):
    return f'import.postgres {{ conninfo = [[{conninfo}]], schema = "{schema}" }}'


def loads(place, name, conninfo, environment=None, forbidden=(), schema="small", count=2, table="customer"):
    """That conninfo reads the table, and nothing that is forbidden is written or said."""
    run = place.run(imports(conninfo, schema), "--jobs", "3", environment=environment)
    found = run.record()["tables"].get(table, {}).get("loaded") if run.text("run.json") else None
    wrong = "" if found == count else f"{found} rows, {run.outcome()}"
    everything = run.all_bytes()
    for text in forbidden:
        if text.encode() in everything:
            wrong = f"{text!r} was written or said"
    check(name, wrong)
    return run


def run(place):
    server = place.server
    server.sql(SETUP, "erp")
    folder, host = place.folder, str(server.folder)
    bare = {key: value for key, value in server.environment().items() if not key.startswith("PG")}
    bare |= {"HOME": str(folder), "PGPORT": str(server.port)}
    leaks = (SECRET, "s3cret")
    loads(place, "PG* variables", "", {**bare, "PGHOST": host, "PGUSER": "postgres", "PGDATABASE": "erp"})
    loads(place, "a string of settings", f"host={host} user=postgres dbname=erp", bare)
    loads(place, "the name of a database", "erp", server.environment())
    loads(place, "a URI", f"postgresql://postgres@/erp?host={urllib.parse.quote(host, safe='')}", bare)
    service = folder / "pg_service.conf"
    service.write_text(f"[erp]\nhost={host}\nuser=auditor\ndbname=erp\npassword={SECRET}\n", encoding="utf-8")
    loads(place, "a service file", "service=erp", {**bare, "PGSERVICEFILE": str(service)}, leaks)
    passwords = folder / ".pgpass"
    passwords.write_text("*:*:erp:auditor:" + SECRET.replace("\\", "\\\\") + "\n", encoding="utf-8")
    os.chmod(passwords, 0o600)
    loads(place, "a password file", f"host={host} user=auditor dbname=erp sslmode=prefer",
          {**bare, "PGPASSFILE": str(passwords)}, leaks)
    loads(place, "a password variable", f"host={host} user=auditor dbname=erp", {**bare, "PGPASSWORD": SECRET}, leaks)
    quoted = SECRET.replace("\\", "\\\\").replace("'", "\\'")
    loads(place, "a password in the engagement file is used, and neither stored nor said",
          f"host={host} user=auditor dbname=erp password='{quoted}'", bare, leaks)
    loads(place, "nor one in a URI",
          f"postgresql://auditor:{urllib.parse.quote(SECRET, safe='')}@/erp?host={urllib.parse.quote(host, safe='')}",
          bare, (*leaks, urllib.parse.quote(SECRET, safe="")))
    for name, conninfo in (("a string", f"host={host} password=my {SECRET} user=auditor"),
                           ("a URI", f"postgresql://auditor:{SECRET}@[bad/erp")):
        run_ = place.fails(f"{name} that is not understood is a mistake of the engagement", imports(conninfo), "conninfo",
                           code=2, environment=bare)
        check("and nothing of its password is said", "s3cret" in run_.err and run_.err)
    run_ = place.fails("a wrong password is not said", imports(f"host={host} user=auditor dbname=erp password=wr0ng"),
                       "password", ".pgpass", environment=bare)
    check("nor stored", "wr0ng" in run_.err and run_.err)
    loads(place, "one connection is enough where no more are allowed", "user=single dbname=erp", schema="large",
          count=rows(server), table="sales_order")
    server.sql("REVOKE EXECUTE ON FUNCTION pg_export_snapshot() FROM PUBLIC", "erp")
    run_ = loads(place, "and where no snapshot can be exported", "user=modest dbname=erp", schema="large",
                 count=rows(server), table="sales_order")
    said = run_.text("run.json") and run_.record()["sources"][0]["details"]["server"].get("snapshot")
    check("which the run record says", "" if said and "one connection" in said else f"{said}")
    server.sql("GRANT EXECUTE ON FUNCTION pg_export_snapshot() TO PUBLIC", "erp")


def rows(server):
    return int(server.sql("SELECT count(*) FROM large.sales_order", "erp"))
