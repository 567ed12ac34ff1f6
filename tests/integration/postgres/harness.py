# SPDX-License-Identifier: MIT
"""What the tests against a server share: counting, small engagements, runs of the program."""
import csv
import json
import pathlib
import re
import resource
import shutil
import subprocess
import tempfile

RESULTS = {"passed": 0, "failed": 0}
HEAD = """engagement { title = "T", entity = "E", period = "2026-10", as_of = "2026-11-05", currency = "CNY",
             timezone = "Asia/Shanghai", language = "en" }
"""
# Shows what was loaded: fields of the orders that a condition chooses, as values of exceptions.
SHOW = """control "TST-01" {
  title = { en = "t", zh = "t" }, risk = { en = "r", zh = "r" }, source = { "test" }, severity = "low",
  profile = { "general" }, population = "sales_order", amount_kind = "transaction", scope = "all",
  message = { en = "shown", zh = "shown" },
  applies = function(order) return %s end,
  test = function(order) return exception { %s } end,
}
"""


def check(name, wrong):
    """Prints the outcome of one test; `wrong` says what is not as it should be, empty when all is well."""
    RESULTS["failed" if wrong else "passed"] += 1
    print(f"not ok {name} - {wrong}" if wrong else f"ok {name}", flush=True)


def equal(name, found, expected):
    check(name, "" if found == expected else f"{found!r} instead of {expected!r}"[:600])


class Run:
    """One run of an engagement and what it left behind."""

    def __init__(self, program, engagement, environment, *options, folder, largest_file=None):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        self.folder = pathlib.Path(folder)
        done = subprocess.run([program, "run", engagement, "-o", self.folder, "--no-progress", "--full", *options],
                              env=environment, capture_output=True, text=True, check=False, timeout=1800,
                              preexec_fn=limit if largest_file else None)
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    def text(self, name):
        path = self.folder / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None

    def without_sources(self):
        """exceptions.jsonl, its bytes but for where rows come from."""
        return re.sub(r'"source":"(?:[^"\\]|\\.)*"', '"source":""', self.text("exceptions.jsonl") or self.err)

    def exceptions(self):
        return [json.loads(line) for line in (self.text("exceptions.jsonl") or "").splitlines()]

    def rows(self, name):
        return list(csv.DictReader((self.text(name) or "").splitlines()))

    def record(self):
        return json.loads(self.text("run.json"))["deterministic"]

    def all_bytes(self):
        """Everything the run has said or written."""
        written = b"".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())
        return written + self.out.encode() + self.err.encode()

    def outcome(self):
        """For messages of failed tests."""
        return f"exit {self.code}: {self.err.strip()}"


class Place:
    """A folder of engagements, the program and the server that they are run with."""

    def __init__(self, program, server):
        self.program = pathlib.Path(program).resolve()
        self.server = server
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vouch-test-"))
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def engagement(self, imports, show=None, head=HEAD, only="true"):
        self.count += 1
        folder = self.folder / str(self.count)
        folder.mkdir()
        text = head + imports + "\n"
        if show:
            (folder / "controls").mkdir()
            (folder / "controls/show.lua").write_text(SHOW % (only, show), encoding="utf-8")
            text += 'controls { folder = "controls" }\n'
        (folder / "audit.lua").write_text(text, encoding="utf-8")
        return folder

    def run(self, imports, *options, show=None, database="erp", environment=None, head=HEAD, only="true"):
        folder = self.engagement(imports, show, head, only)
        surroundings = environment or self.server.environment(PGDATABASE=database)
        if show:
            options = ("--only", "TST-01", *options)
        return Run(self.program, folder, surroundings, *options, folder=folder / "out")

    def fails(self, name, imports, *words, code=4, **more):
        """The run ends with that code, one line that has these words, and no results. Behind what is wrong with the
        engagement itself, one more line says that nothing was evaluated."""
        run = self.run(imports, **more)
        # A message about a line of the engagement shows that line, with a caret under it.
        lines = [line for line in run.err.strip().splitlines()
                 if line != "vouch: error: nothing was evaluated" and not re.match(r" *\d* \|", line)]
        missing = [word for word in words if word not in run.err]
        left = sorted(path.name for path in run.folder.rglob("*") if path.suffix in (".json", ".jsonl", ".csv"))
        wrong = ""
        if run.code != code:
            wrong = f"exit {run.code} instead of {code}: {run.err.strip()}"
        elif len(lines) != 1:
            wrong = f"{len(lines)} lines: {run.err.strip()}"
        elif missing:
            wrong = f"no {missing} in: {run.err.strip()}"
        elif left:
            wrong = f"results were left: {left}"
        check(name, wrong)
        return run
