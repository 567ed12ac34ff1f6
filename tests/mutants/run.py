#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Controls broken in one place: run.py PROGRAM [--only ID,...] [--sample N --seed S] [--months N] [--jobs N]

Each control that the oracle computes a second time, and each function of its file that it uses, is broken in one place at a
time: a comparison turned, `and` for `or`, a sign lost, a filter or a guard left out (breaks.py). A mutant that the checks of
rule files refuse does not count. One that the control's cases do not notice is given to the oracle; what that does not
notice either is a survivor. Survivors fail but for those that equivalent.csv gives a reason for: nothing can tell them from
the control as it is.
"""
import argparse
import collections
import concurrent.futures
import copy
import csv
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE.parent / "oracle"), str(HERE)]
import run as oracle  # noqa: E402
from breaks import judging_words, mutants_of  # noqa: E402

SECONDS = 1800  # a mutant may never end
PART = re.compile(r'^(?=control "|cases "|local )', re.M)
OWNER = re.compile(r'(?:control|cases) "([A-Z]{3}-\d\d)"|local (?:function )?(\w+)')


def parts_of(text):
    """[(name, start, end)] of what stands at the left margin of a rule file: controls, functions, constants."""
    starts = [match.start() for match in PART.finditer(text)]
    return [(next(filter(None, OWNER.match(text[start:]).groups())), start, end) for start, end in zip(starts, [*starts[1:], len(text)])]


def is_control(name):
    return re.fullmatch(r"[A-Z]{3}-\d\d", name) is not None


class File:
    """A family's rule file, its controls and what they use."""

    def __init__(self, path):
        self.path, self.text = path, path.read_text(encoding="utf-8")
        self.parts = parts_of(self.text)
        words = {name: judging_words(self.text, start, end) for name, start, end in self.parts}
        self.uses = {name: self.reached(name, words) for name in words if is_control(name)}

    @staticmethod
    def reached(control, words):
        found, open_names = set(), [control]
        while open_names:
            for name in words[open_names.pop()] & words.keys() - found:
                found.add(name)
                open_names.append(name)
        return found - {control}

    def mutants(self, controls):
        """[(mutant, controls that can notice it)] of these controls and of what they use."""
        made = []
        for name, start, end in self.parts:
            using = [name] if is_control(name) else [control for control, used in self.uses.items() if name in used]
            if set(using) & controls:
                made += [(mutant, using) for mutant in mutants_of(self.text, name, start, end)]
        return made


def only_parts(text, kept):
    """The text with all controls or cases but these blank, so that lines keep their numbers."""
    out, at = [], 0
    for name, start, end in parts_of(text):
        out.append(text[at:start])
        out.append(text[start:end] if not is_control(name) or name in kept else "\n" * text.count("\n", start, end))
        at = end
    return "".join(out) + text[at:]


class Trial:
    """A folder of rules with one family's file, in which mutants are put."""

    def __init__(self, program, place, file):
        self.program, self.place, self.file = program, pathlib.Path(place), file
        for name in ("model", "library"):
            (self.place / name).symlink_to(ROOT / "rules" / name)
        for name in ("controls", "cases"):
            (self.place / name).mkdir()

    def put(self, text, controls):
        """Writes the family with these controls alone, and their cases."""
        (self.place / "controls" / self.file.path.name).write_text(only_parts(text, controls), encoding="utf-8")
        for path in (ROOT / "rules" / "cases").glob("*.lua"):
            cases = path.read_text(encoding="utf-8")
            target = self.place / "cases" / path.name
            target.unlink(missing_ok=True)
            if any(f'cases "{control}"' in cases for control in controls):
                target.write_text(only_parts(cases, controls), encoding="utf-8")

    def failing(self):
        """The cases that fail, or None when the file is refused."""
        try:
            done = subprocess.run([self.program, "test", f"--rules={self.place}"], cwd=self.place, capture_output=True, text=True,
                                  timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return {"does not end"}
        if done.returncode == 2:
            return None
        if done.returncode not in (0, 1):
            return {f"ended with {done.returncode}"}
        return {line.split(": expected")[0].split(": found")[0] for line in done.stdout.splitlines() if re.search(r"[A-Z]{3}-\d\d: ", line)}


class Judge:
    """The oracle on a few months, of which its own answers are kept."""

    def __init__(self, program, months, queries):
        self.place = tempfile.TemporaryDirectory(prefix="vouch-mutants-oracle-")
        self.server = oracle.Server()
        self.program = program
        self.oracle = oracle.Oracle(program, self.server, queries, pathlib.Path(self.place.name))
        self.months, self.bases = [self.month(seed) for seed in range(1, months + 1)], {}

    def month(self, seed):
        """(the folder of this month, what the queries find, the rows that are disputed)"""
        month = oracle.Month(seed)
        self.oracle.folder = pathlib.Path(self.place.name, str(seed))
        self.oracle.folder.mkdir()
        self.oracle.write(month)
        return self.oracle.folder, *self.oracle.found_by_queries(month)

    def differences(self, rules, controls):
        """{(month, control, place)} where the program with these rules and the queries differ."""
        asked = copy.copy(self.oracle)
        asked.program, asked.queries = rules / "program", dict.fromkeys(controls)
        asked.program.write_text(f'#!/bin/sh\ncommand=$1; shift\nexec "{self.program}" "$command" --rules="{rules}" "$@"\n', encoding="utf-8")
        asked.program.chmod(0o755)
        return {(number, *place) for number, month in enumerate(self.months) for place in self.in_month(asked, rules / f"month{number}", *month)}

    @staticmethod
    def in_month(asked, place, folder, theirs, disputed):
        asked.folder = place
        if not place.exists():
            place.mkdir()
            for name in ("data", "audit.lua"):
                (place / name).symlink_to(folder / name)
        try:
            ours, states = asked.found_by_program()
        except SystemExit as ending:
            yield "ended", str(ending)
            return
        for control in asked.queries:
            if states[control]["status"] == "failed":
                yield control, "failed"
            for row in ours[control].keys() | theirs[control].keys():
                if ours[control].get(row, "no") != theirs[control].get(row, "no") and row[0] not in disputed[control]:
                    yield control, row

    def notices(self, trial, changed, controls):
        """Does it find other differences with the changed file than with the file as it is?"""
        found = []
        for text in (changed, trial.file.text):
            if text == changed or controls not in self.bases:
                trial.put(text, controls)
                found.append(self.differences(trial.place, controls))
        self.bases.setdefault(controls, found[-1])
        return bool(found[0] - self.bases[controls])

    def stop(self):
        self.server.stop()
        self.place.cleanup()


BASES = {}  # {controls: what fails in their cases as they are}


def base_of(trial, using):
    if using not in BASES:
        trial.put(trial.file.text, using)
        BASES[using] = trial.failing()
    if BASES[using] is None:
        raise SystemExit(f"{', '.join(using)}: refused as they are")
    return BASES[using]


def try_one(program, judge, asked, file, mutant, using):
    """'refused', 'cases', 'oracle' or 'survivor'; `using` are the controls whose cases can notice it, `asked` those of the oracle."""
    with tempfile.TemporaryDirectory(prefix="vouch-mutant-") as place:
        trial = Trial(program, place, file)
        before = base_of(trial, tuple(using))
        changed = mutant.apply(file.text)
        trial.put(changed, using)
        failing = trial.failing()
        if failing is None:
            return "refused"
        if failing - before:
            return "cases"
        controls = tuple(control for control in using if control in asked)
        return "oracle" if judge and judge.notices(trial, changed, controls) else "survivor"


def read_equivalent():
    """{(owner, name): reason}"""
    with open(HERE / "equivalent.csv", encoding="utf-8", newline="") as file:
        return {(row["owner"], row["becomes"]): row["reason"] for row in csv.DictReader(file)}


def parse(arguments):
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program", type=lambda path: pathlib.Path(path).resolve())
    options.add_argument("--only", default="", help="controls or families")
    options.add_argument("--sample", type=int, help="so many mutants, drawn by the seed")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--months", type=int, default=3, help="of the oracle; 0: cases alone")
    options.add_argument("--jobs", type=int, default=2)
    return options.parse_args(arguments)


def chosen_mutants(queries):
    """[(file, mutant, controls that can notice it)]"""
    chosen = []
    for path in sorted((ROOT / "rules" / "controls").glob("*.lua")):
        file = File(path)
        controls = queries.keys() & file.uses.keys()
        if controls:
            chosen += [(file, mutant, using) for mutant, using in file.mutants(controls)]
    return chosen


def stale_reasons(chosen, known):
    """Those of equivalent.csv that no mutant of these rules has any more."""
    names = {(mutant.owner, mutant.name) for _, mutant, _ in chosen}
    owners = {owner for owner, _ in names}
    return [f"{owner}: {name}" for owner, name in known if owner in owners and (owner, name) not in names]


def report(counts, failed):
    """The table by family, then the closing line; how many failed."""
    columns = ["cases", "oracle", "equivalent", "survivor", "refused"]
    print("family " + " ".join(f"{column:>10}" for column in columns))
    for family in sorted(counts):
        print(f"{family:<6} " + " ".join(f"{counts[family][column]:>10}" for column in columns))
    total = sum(counts.values(), collections.Counter())
    print("all    " + " ".join(f"{total[column]:>10}" for column in columns))
    print(f"{total['cases'] + total['oracle'] + total['equivalent']} passed, {failed} failed")


def main():
    given = parse(sys.argv[1:])
    known = read_equivalent()
    queries = oracle.read_queries(set(filter(None, given.only.split(","))))
    chosen = chosen_mutants(queries)
    stale = stale_reasons(chosen, known)
    for line in stale:
        print(f"tests/mutants/equivalent.csv: no mutant is this any more: {line}")
    if given.sample and given.sample < len(chosen):
        drawn = sorted(random.Random(given.seed).sample(range(len(chosen)), given.sample))
        chosen = [chosen[number] for number in drawn]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends, too
    judge = Judge(given.program, given.months, queries) if given.months else None
    counts, survivors = collections.defaultdict(collections.Counter), 0
    try:
        with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
            outcomes = pool.map(lambda one: try_one(given.program, judge, queries, *one), chosen)
            for (file, mutant, _), outcome in zip(chosen, outcomes):
                if outcome == "survivor" and (mutant.owner, mutant.name) in known:
                    outcome = "equivalent"
                counts[file.path.stem.upper()][outcome] += 1
                if outcome == "survivor":
                    survivors += 1
                    print(f"rules/controls/{file.path.name}:{mutant.line}: {mutant.owner}: {mutant.name}\n    was {mutant.before}", flush=True)
    finally:
        if judge:
            judge.stop()
    report(counts, survivors + len(stale))
    return survivors + len(stale) > 0


if __name__ == "__main__":
    sys.exit(main())
