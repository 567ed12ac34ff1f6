# SPDX-License-Identifier: MIT
"""Files and database together: a run is finished in its folder and stored, or neither, whatever cannot be written."""
import subprocess

import export
from harness import HEAD, Run, check, equal
from export import counts, refused

LATE = """
CREATE FUNCTION public.late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON vouch.run DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION public.late();
"""


class Small:
    """An engagement that few rows and files make up."""

    def __init__(self, place):
        self.place = place
        self.folder = place.engagement('import.postgres { conninfo = "dbname=erp", schema = "small" }',
                                       head=HEAD.replace('"T"', '"Small"'))
        self.number = 0

    def run(self, **more):
        self.number += 1
        return Run(self.place.program, self.folder, self.place.server.environment(), "--format", "jsonl,postgres",
                   "--to", "dbname=results", folder=self.folder / f"out{self.number}", **more)


def late_faults(place):
    """What fails after everything was sent leaves neither a finished folder nor a run, and can be run again."""
    server = place.server
    small = Small(place)
    before = counts(server)
    refused("a run record that cannot be written", small.run(largest_file=500), "run.json", "File too large")
    equal("stores no run", counts(server), before)
    for name, action, words in (("a commit that fails", "RAISE EXCEPTION 'not today'", ("not today", "nothing was stored")),
                                ("a session that ends while it commits",
                                 "PERFORM pg_terminate_backend(pg_backend_pid())", ("run again",))):
        server.sql(LATE % action, "results")
        refused(name, small.run(), *words)
        equal("stores no run either", counts(server), before)
        server.sql("DROP FUNCTION public.late() CASCADE", "results")
    run = small.run()
    check("and the same run can be stored afterwards", "" if counts(server)["run"] == before["run"] + 1
          and run.code in (0, 3) and run.text("run.json") else run.outcome())


def mount(server, folder):
    """A file system of few megabytes at that folder; False where that is not allowed."""
    folder.mkdir()
    owner = f",uid={server.user.pw_uid},gid={server.user.pw_gid}" if server.user else ""
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size=24m,mode=0700{owner}", "tmpfs", folder],
                          capture_output=True, check=False)
    return done.returncode == 0


ROOM = 256 * 1024   # for what a session itself writes when it starts; the results of a run take more than twice that


def fill(folder):
    """Takes what is left of the file system but ROOM; returns the file to remove."""
    path = folder / "filler"
    with open(path, "wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)) == 4096:
                pass
        except OSError:
            pass
        file.truncate(file.tell() - ROOM)
    return path


def full_disk(place, folder):
    server = place.server
    server.sql(f"CREATE TABLESPACE tight LOCATION '{folder}'")
    server.sql("CREATE DATABASE tight TABLESPACE tight")
    audit = export.Audit(place)
    first = audit.run("--create-schema", to="dbname=tight")
    check("a run is stored on a small disk", "" if first.code == 1 and not first.err else first.outcome())
    server.sql("UPDATE sales.customer SET name = name || '+' WHERE customer_id = 'C001'", "erp")
    before = counts(server, "tight")
    server.sql("CHECKPOINT")    # a new database is holes until then, and holes take space when they are filled
    filler = fill(folder)
    refused("the server's disk is full", audit.run(to="dbname=tight"), "No space left on device", "free space",
            "nothing was stored")
    filler.unlink()
    equal("and nothing was", counts(server, "tight"), before)
    run = audit.run(to="dbname=tight")
    equal("with space again the run is stored", (run.code, counts(server, "tight")["run"]), (1, before["run"] + 1))


def run(place):
    late_faults(place)
    folder = place.folder / "tight"
    if not mount(place.server, folder):
        print("# a full disk was not tried: no file system may be mounted here", flush=True)
        return
    place.folder.chmod(0o755)
    try:
        full_disk(place, folder)
        place.server.sql("DROP DATABASE tight")
        place.server.sql("DROP TABLESPACE tight")
    finally:
        subprocess.run(["umount", "-l", folder], check=False)
