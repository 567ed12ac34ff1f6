#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the whole library on copies of the clean example month and writes docs/benchmarks-controls.md.

    bench/library.py BUILD_FOLDER [SMALL LARGE [ROUNDS]]

SMALL and LARGE are order lines (500000 and 1000000). Times of controls are processor time, as the run record has
them. A control that grows faster than the data, or takes a large part of the whole, is measured again, both sizes in
turn, since another program may have been the reason; the turn with the least ratio counts. What remains is warned
about; a reason in bench/reasons.csv (control,reason) stands beside it.
"""
import csv
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/benchmarks-controls.md"
RATIO_MOST, SHARE_MOST = 2.4, 0.10
SMALLEST = 0.2  # seconds on the large data, below which a ratio says nothing
AGAIN = 2  # turns in which suspects are measured again


def reasons():
    path = ROOT / "bench/reasons.csv"
    if not path.exists():
        return {}
    with open(path, encoding="utf-8", newline="") as file:
        return {row["control"]: row["reason"] for row in csv.DictReader(file)}


def run(build, folder, *options):
    """One run: (times of run.json, controls.csv by control, order lines, rows of all tables)."""
    out = folder / "out"
    done = subprocess.run(
        [build / "vouch", "run", folder, "-o", out, "--rules", ROOT / "rules", "--quiet", "--no-progress",
         "--fail-on", "none", *options], check=False, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"library.py: vouch ended with {done.returncode}: {done.stderr}")
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    with open(out / "controls.csv", encoding="utf-8-sig", newline="") as file:
        controls = {row["control"]: row for row in csv.DictReader(file)}
    tables = record["deterministic"]["tables"]
    return record["times"], controls, tables["sales_order_line"]["loaded"], sum(t["loaded"] for t in tables.values())


class Measured:
    """What the runs over one size came to."""

    def __init__(self, build, lines, rounds):
        self.build = build
        self.folder = folder = build / f"bench/library-{lines}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        subprocess.run([sys.executable, ROOT / "bench/copies.py", ROOT / "examples/clean-month", folder, str(lines)],
                       check=True, stdout=subprocess.DEVNULL)
        self.bytes = sum(path.stat().st_size for path in (folder / "data").iterdir())
        runs = [run(build, folder) for _ in range(rounds)]
        _, self.controls, self.lines, self.rows = runs[0]
        self.seconds = {name: statistics.median(times["control_ms"][name] for times, *_ in runs) / 1000
                        for name in runs[0][0]["control_ms"]}
        self.phases = {name: statistics.median(times[name] for times, *_ in runs) / 1000
                       for name in ("import_ms", "evaluate_ms", "report_ms")}

    @property
    def whole(self):
        return sum(self.seconds.values())

    def again(self, names):
        """Seconds of some controls, measured by themselves."""
        times, *_ = run(self.build, self.folder, "--only", ",".join(sorted(names)))
        return {name: times["control_ms"][name] / 1000 for name in names}


def measure_again(small, large, names):
    for _ in range(AGAIN if names else 0):
        a, b = small.again(names), large.again(names)
        for name in names:
            before, now = ratio_of(small.seconds[name], large.seconds[name]), ratio_of(a[name], b[name])
            if before and now and now < before:
                small.seconds[name], large.seconds[name] = a[name], b[name]


def suspects(small, large):
    """By control: how many times as long it takes on twice the data, or None; its share where that is large, or None."""
    found = {}
    for name, seconds in large.seconds.items():
        share, ratio = seconds / large.whole, ratio_of(small.seconds[name], seconds)
        grows = seconds >= SMALLEST and ratio and ratio > RATIO_MOST
        if grows or share > SHARE_MOST:
            found[name] = (ratio if grows else None, share if share > SHARE_MOST else None)
    return found


def warnings(small, large, given):
    lines = []
    for name, (ratio, share) in suspects(small, large).items():
        reason = f" ({given[name]})" if name in given else ""
        if ratio:
            lines.append(f"{name} takes {ratio:.2f} times as long on twice the data{reason}")
        if share:
            lines.append(f"{name} takes {100 * share:.1f} % of the time of all controls{reason}")
    return lines


def ratio_of(small, large):
    return large / small if small else None


def print_page(small, large, rounds, out):
    def say(text=""):
        print(text, file=out)
    processor = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                      if line.startswith("model name")), platform.machine())
    say("# Benchmarks: the controls\n\nWritten by `make bench`: the shipped controls over copies of the clean example"
        " month, which share its products,\nprices, employees and company. Times of controls are processor time of all"
        f" workers, the median of {rounds} run{'s' if rounds > 1 else ''}.\n")
    say(f"Controls with a ratio above {RATIO_MOST} or a large share were measured again, {AGAIN} times on both sizes in turn;"
        " the turn with the\nleast ratio stands here.\n")
    say(f"Processor: {processor}, {len(os.sched_getaffinity(0))} in use; load before: {LOAD}.\n")
    say("| | smaller | larger | ratio |\n|---|---|---|---|")
    for name, a, b in (("order lines", small.lines, large.lines), ("rows of all tables", small.rows, large.rows),
                       ("megabytes of CSV", small.bytes // 1000000, large.bytes // 1000000)):
        say(f"| {name} | {a} | {b} | {b / max(a, 1):.2f} |")
    for name, key in (("import, s", "import_ms"), ("evaluation, s", "evaluate_ms"), ("results, s", "report_ms")):
        a, b = small.phases[key], large.phases[key]
        say(f"| {name} | {a:.2f} | {b:.2f} | {b / max(a, 0.001):.2f} |")
    say(f"| all controls, processor s | {small.whole:.2f} | {large.whole:.2f} |"
        f" {large.whole / max(small.whole, 0.001):.2f} |")
    say("\n## Warnings\n")
    found = warnings(small, large, reasons())
    for line in found:
        say(f"- {line}")
    if not found:
        say(f"None: no control takes more than {RATIO_MOST} times as long on twice the data, none more than"
            f" {100 * SHARE_MOST:.0f} % of the whole.")
    say("\n## By control\n\nThe share is of the time of all controls on the larger data.\n")
    say("| control | status | rows in scope | exceptions | smaller, s | larger, s | ratio | share, % | µs per row |\n"
        "|---|---|---|---|---|---|---|---|---|")
    for name, seconds in sorted(large.seconds.items()):
        row, before = large.controls[name], small.seconds[name]
        ratio = ratio_of(before, seconds)
        in_scope = int(row["in_scope"])
        say(f"| {name} | {row['status']} | {in_scope} | {row['exceptions']} | {before:.2f} | {seconds:.2f} |"
            f" {f'{ratio:.2f}' if ratio and seconds >= SMALLEST else ''} | {100 * seconds / large.whole:.1f} |"
            f" {f'{1e6 * seconds / in_scope:.1f}' if in_scope else ''} |")


LOAD = pathlib.Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]


def main():
    if len(sys.argv) not in (2, 4, 5):
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    sizes = [int(size) for size in sys.argv[2:4]] or [500000, 1000000]
    rounds = int(sys.argv[4]) if len(sys.argv) == 5 else 1
    small, large = (Measured(build, lines, rounds) for lines in sizes)
    measure_again(small, large, suspects(small, large).keys())
    for measured in (small, large):
        shutil.rmtree(measured.folder)
    new = PAGE.with_suffix(".md.new")
    with open(new, "w", encoding="utf-8") as out:
        print_page(small, large, rounds, out)
    new.rename(PAGE)
    print(PAGE.read_text(encoding="utf-8"))
    for line in warnings(small, large, reasons()):
        print(f"bench: warning: {line}", file=sys.stderr)


main()
