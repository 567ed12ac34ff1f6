# SPDX-License-Identifier: MIT
"""Servers over the network: encrypted, one of several, a standby."""
import shutil

import connections
import export
from connections import imports, loads
from harness import check, equal
from server import Standby, make_certificate


def encryption(place):
    server = place.server
    certificate = server.listen()
    other, _ = make_certificate(place.folder, "other")
    certificate = shutil.copy(certificate, place.folder / "authority.crt")
    base = {**server.environment(PGDATABASE="erp"), "PGUSER": "auditor", "PGPASSWORD": connections.SECRET}
    base.pop("PGHOST")

    def over(host, mode, authority="/nonexistent"):
        return f"host={host} sslmode={mode} sslrootcert={authority}"

    loads(place, "an encrypted connection", over("localhost", "require"), base, ("s3cret",))
    loads(place, "to a server that its certificate names", over("localhost", "verify-full", certificate), base)
    loads(place, "or whose authority is known", over("127.0.0.1", "verify-ca", certificate), base)
    place.fails("a server of another name", imports(over("127.0.0.1", "verify-full", certificate)), "does not match",
                "sslrootcert", environment=base)
    place.fails("a server of another authority", imports(over("localhost", "verify-full", other)),
                "certificate verify failed", "sslrootcert", environment=base)
    place.fails("no certificate of an authority at hand", imports(over("localhost", "verify-full")), "root certificate",
                "sslrootcert", environment=base)
    place.fails("a server that wants encryption", imports(over("127.0.0.1", "disable")), "no encryption", "sslmode",
                environment=base)


def several_hosts(place):
    server = place.server
    here = {**server.environment(PGDATABASE="erp")}
    loads(place, "the second of two hosts", f"host=/nonexistent,{server.folder}", here)
    loads(place, "the second of two ports", f"host=127.0.0.1,{server.folder} port=1,{server.port}", here)
    loads(place, "in a URI too", f"postgresql://127.0.0.1:1,localhost:{server.port}/erp?user=auditor&sslmode=require",
          {**here, "PGPASSWORD": connections.SECRET})
    place.fails("none of several hosts", imports("host=/nonexistent,127.0.0.1 port=1,1"), "/nonexistent", "127.0.0.1",
                "server runs", environment=here)


def source(run):
    return run.text("run.json") and run.record()["sources"][0]


def standby(place):
    """A copy that only follows: read like the original, over several connections, and never written to."""
    split = 'import.postgres { conninfo = "", schema = "shapes", table = "product" }'
    with Standby(place.server) as copy:
        there = copy.environment(PGDATABASE="erp")
        equal("a standby is one", copy.sql("SELECT pg_is_in_recovery()").strip(), "t")
        run, original = (place.run(split, "--jobs", "3", environment=environment)
                         for environment in (there, place.server.environment(PGDATABASE="erp")))
        found, expected = source(run) or {}, source(original)
        equal("it is read like its primary", found.get("sha256", run.outcome()), expected["sha256"])
        check("over several connections of one snapshot", "" if found["details"]["parts"] > 2
              and "snapshot" not in found["details"]["server"] else f"{found['details']}")
        export.refused("and results are not stored there", export.Audit(place).run(
            "--create-schema", to=f"host={copy.folder} port={copy.port} dbname=results"), "read-only", "primary")


def run(place):
    encryption(place)
    several_hosts(place)
    standby(place)
