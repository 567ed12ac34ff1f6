#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `make check` is made of: run.py PROGRAM

- A suite that is told to stop, by a signal to make or typed at the terminal, leaves no server and no process behind.
- The output of what failed is shown, in the suite and at the end, with the total; seconds stand in the table.
- What is installed is found by its parts, and a package holds it; the program's names are its own.
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
RESULTS = {"passed": 0, "failed": 0}
# As the Makefile of the tree: a make that calls a make that calls tools/suite.sh.
MAKEFILE = """check:
\t-@$(MAKE) --no-print-directory -k waits
waits:
\t@MAKEFLAGS= BUILD={build} exec {root}/tools/suite.sh waits 'python3 {script} {told}'
"""
HOLDS = """import pathlib, sys, time
sys.path.insert(0, "{root}/tests/integration/postgres")
from server import Server
with Server() as server:
    file = pathlib.Path(sys.argv[1] + ".new")
    file.write_text(f"{{server.process.pid}} {{server.folder}}")
    file.rename(sys.argv[1])
    while True:
        time.sleep(1)
"""


def check(name, wrong):
    RESULTS["failed" if wrong else "passed"] += 1
    print(f"not ok {name} - {wrong}" if wrong else f"ok {name}", flush=True)


def lives(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def stopped(work, name, number, whole_group):
    """Starts a suite that holds a server, stops it once the server answers, and waits for its end."""
    told, script = work / f"told-{name}", work / "holds.py"
    script.write_text(HOLDS.format(root=ROOT), encoding="utf-8")
    (work / "Makefile").write_text(MAKEFILE.format(build=work / "build", root=ROOT, script=script, told=told), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    with subprocess.Popen(["make", "-s", "-C", work, "check"], env=environment, start_new_session=True,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as make:
        while not told.exists() and make.poll() is None:
            time.sleep(0.05)
        if make.poll() is not None:
            return f"ended with {make.returncode} before it was stopped"
        server, folder = told.read_text(encoding="utf-8").split()
        if whole_group:
            os.killpg(make.pid, number)
        else:
            make.send_signal(number)
        make.wait()
    if lives(server):
        os.kill(int(server), signal.SIGQUIT)
        return "the server still runs"
    return "its folder is still there" if pathlib.Path(folder).exists() else ""


def stops(work):
    check("SIGTERM to make stops the server", stopped(work, "term", signal.SIGTERM, False))
    check("SIGINT to all, as typed at a terminal, stops the server", stopped(work, "int", signal.SIGINT, True))


def suite(work, *commands):
    """(what the suite prints, what the tally prints)"""
    environment = {**os.environ, "BUILD": str(work / "build")}
    environment.pop("V", None)
    printed = subprocess.run([ROOT / "tools/suite.sh", "some", *commands], env=environment, capture_output=True, text=True, check=False).stdout
    tally = subprocess.run([ROOT / "tools/tally.sh", "some", "absent"], env=environment, capture_output=True, text=True, check=False)
    return printed, tally


def counts(work):
    printed, tally = suite(work, "echo ok one; echo 'not ok two - for a reason'; exit 1", "echo 3 passed, 0 failed", "exit 5")
    check("the output of what fails is shown", "" if "for a reason" in printed else printed)
    check("and again at the end", "" if "not ok two - for a reason" in tally.stdout else tally.stdout)
    lines = tally.stdout.splitlines()
    check("the last line is the total", "" if lines[-1] == "4 passed, 3 failed" and tally.returncode == 1 else lines[-1])
    row = next((line for line in lines if line.startswith("some ")), "")
    check("the table has the seconds", "" if row.split()[-1:] == ["s"] else row)
    check("a suite without a count is named", "" if any(line.startswith("absent ") and "could not" in line for line in lines) else tally.stdout)


def package(work):
    """The package of this program: `make deb` makes that of one compiled for /usr in the same way."""
    packages = []
    for name in ("one", "two"):
        folder = work / name
        folder.mkdir()
        made = subprocess.run([ROOT / "tools/deb.sh", PROGRAM, folder], cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": "1760000000"},
                              capture_output=True, text=True, check=False)
        if made.returncode != 0:
            check("a package is made", made.stderr or "no reason given")
            return
        packages.append(pathlib.Path(made.stdout.strip()))
    check("the same tree gives the same package", "" if packages[0].read_bytes() == packages[1].read_bytes() else "its bytes differ")
    root = work / "root"
    subprocess.run(["dpkg-deb", "-x", packages[0], root], check=True)
    wanted = ("bin/vouch", "share/man/man1/vouch.1.gz", "share/man/man5/vouch-audit.5.gz", "share/man/man5/vouch-rules.5.gz",
              "share/bash-completion/completions/vouch", "share/zsh/vendor-completions/_vouch", "share/vouch/rules/controls/prc.lua",
              "share/doc/vouch/README.md", "share/doc/vouch/docs/zh/README.md", "share/doc/vouch/copyright",
              "share/doc/vouch/examples/month-end/audit.lua")
    check("it holds what belongs to it", ", ".join(name for name in wanted if not (root / "usr" / name).exists()))
    depends = subprocess.run(["dpkg-deb", "-f", packages[0], "Depends"], capture_output=True, text=True, check=True).stdout
    check("it names what it needs", ", ".join(name for name in ("libc6", "liblua5.4-0", "libpq5", "tzdata") if name not in depends))
    done = subprocess.run([root / "usr/bin/vouch", "run", "--rules", root / "usr/share/vouch/rules", "--only", "PRC-01", "-o", work / "out",
                           root / "usr/share/doc/vouch/examples/month-end"], capture_output=True, text=True, check=False)
    check("its program audits its example", "" if done.returncode in (0, 1) else done.stderr)


def names():
    """A function that the program exports stands in for one of that name in a library: a profile_init of ours made libkrb5 crash."""
    listed = subprocess.run(["nm", "-D", "--defined-only", PROGRAM], capture_output=True, text=True, check=True).stdout
    exported = {line.split()[-1] for line in listed.splitlines() if line.split()[-2] == "T"}
    check("no name of the program hides one of a library", ", ".join(sorted(exported - {"lxw_tmpfile"})))


def main():
    names()
    with tempfile.TemporaryDirectory(prefix="vouch-tools-") as work:
        place = pathlib.Path(work)
        counts(place)
        place.chmod(0o755)
        package(place)
        stops(place)
    print(f"{RESULTS['passed']} passed, {RESULTS['failed']} failed")
    return RESULTS["failed"] > 0


if __name__ == "__main__":
    sys.exit(main())
