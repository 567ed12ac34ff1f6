#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual does what it says: run.py PROGRAM

- Links lead somewhere, and Chinese pages have the headings, code and links of their English ones.
- docs/engagement.md has every setting that the program knows, and none that it does not know.
- Examples run. In a page of EXAMPLES each block of Lua is an engagement file, or part of one, and is run in a copy of
  tests/manual/FOLDER. In any page `<!-- file NAME -->` above a block writes it into the page's own folder (see write), where the
  commands of its console blocks run; what they print must be what stands below them, `...` standing for any lines.
- Manual pages are sound, and shells complete what is typed.

    UPDATE=1 tests/manual/run.py PROGRAM     writes what commands print into the pages; then read the difference
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import pages
import settings
import shells
from pages import ROOT, Page

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tests/integration/postgres"))
from server import Server  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
# Pages whose Lua is run, and the folder of tests/manual in which.
EXAMPLES = {"docs/engagement.md": "company", "docs/imports.md": "imports"}
HEAD = 'engagement { title = "T", entity = "E", period = "2026-10" }\n'
UPDATE = bool(os.environ.get("UPDATE"))
RESULTS = {"passed": 0, "failed": 0}


def check(name, wrong):
    """`wrong` says what is not as it should be; empty when all is well."""
    RESULTS["failed" if wrong else "passed"] += 1
    print(f"not ok {name} - {wrong}" if wrong else f"ok {name}", flush=True)


# ---- links, and the pages in Chinese

def check_links(page):
    wrong = []
    for number, target, anchor in page.links():
        if not target.exists():
            wrong.append(f"line {number}: there is no {target.relative_to(ROOT)}")
        elif anchor and target.suffix == ".md" and anchor not in Page(target).anchors():
            wrong.append(f"line {number}: {target.relative_to(ROOT)} has no heading #{anchor}")
    check(f"links of {page.name}", "; ".join(wrong))


def bare(block):
    """The code of a block, without what differs between languages: comments, sentences, what commands print."""
    if block.language == "console":
        return [line for line in block.lines if line.startswith("$ ")]
    if block.language == "lua":
        text = re.sub(r"--.*", "", block.text)
        text = re.sub(r'language = "\w+"', "language", text)
        text = re.sub(r'"[^"]*([^\x00-\x7f]| )[^"]*"', '""', text)
        return [re.sub(r"\s+", " ", line).strip() for line in text.splitlines() if line.strip()]
    if block.language == "sh":
        return [re.sub(r"#.*", "", line).strip() for line in block.lines]
    return []


def shape(page):
    def english(path):
        return pages.english_of(path) if path.parent == pages.CHINESE else path
    return {
        "headings": [level for level, _ in page.headings],
        "code": [(block.language, block.said, bare(block)) for block in page.blocks],
        "links": sorted({str(english(target).relative_to(ROOT)) for _, target, _ in page.links() if target.exists()}),
        "tables": [names for names in (re.findall("`[^`]*`", row[2][0]) for row in page.rows) if names],
    }


def check_twin(page):
    english, chinese = shape(Page(pages.english_of(page.path))), shape(page)
    for part, wanted in english.items():
        found = chinese[part]
        wrong = ""
        if found != wanted:
            at = next((i for i, (a, b) in enumerate(zip(found, wanted)) if a != b), min(len(found), len(wanted)))
            wrong = f"number {at + 1}: {found[at:at + 1]} where the English page has {wanted[at:at + 1]}"
        check(f"{page.name} has the {part} of its English page", wrong)


# ---- engagements

class Examples:
    """Runs blocks of Lua as engagement files."""

    def __init__(self, work, server):
        self.work, self.server = work, server

    def run(self, block, fixture):
        folder = self.work / "example"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(HERE / fixture, folder)
        text = block.text
        if "engagement {" not in text:
            text = HEAD + text
        if "import." not in text:
            text += 'import.csv { folder = "data" }\n'
        if not re.search(r"\bcontrols\s*\{", text):
            text += 'controls { folder = "controls" }\n'
        (folder / "audit.lua").write_text(text, encoding="utf-8")
        done = subprocess.run([PROGRAM, "run", "--only", "OWN", folder], capture_output=True, text=True, check=False,
                              env=self.server.environment(PGDATABASE="erp"))
        problems = folder / "vouch-out/data_problems.csv"
        wrong = done.stderr.strip() if done.returncode not in (0, 1) else ""
        if problems.exists():
            lines = problems.read_text(encoding="utf-8").splitlines()[1:]
            wrong = "; ".join(lines) or wrong or ("" if done.returncode < 2 else done.stdout)
        check(f"example {block.where}", wrong)


def load_database(server):
    """The tables of the company, in a database."""
    server.sql("CREATE DATABASE erp")
    for path in sorted((HERE / "company/data").glob("*.csv")):
        header = path.read_text(encoding="utf-8").splitlines()[0]
        columns = ", ".join(f"{name} text" for name in header.split(","))
        server.sql(f"CREATE SCHEMA IF NOT EXISTS sales; CREATE TABLE sales.{path.stem} ({columns});\n"
                   f"\\copy sales.{path.stem} from '{path}' csv header\n", "erp")


# ---- commands

WRITES = ("file ", "add ", "edit ")


def write(block, folder):
    """`file NAME` is the whole file, `add NAME` goes to its end, `edit NAME: OLD => NEW` replaces the last OLD in it, of which the
    block shows what is new."""
    what, _, name = block.said.partition(" ")
    name, _, change = name.partition(": ")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if what != "file" else ""
    if what == "edit":
        old, new = change.split(" => ")
        assert old in text and new in block.text, f"{block.where}: nothing to edit"
        text = new.join(text.rsplit(old, 1))
    else:
        text += block.text
    path.write_text(text, encoding="utf-8")


def matches(said, wanted):
    """Are these the lines, where "..." stands for any number of them?"""
    if not wanted:
        return not said
    if wanted[0] == "...":
        return any(matches(said[i:], wanted[1:]) for i in range(len(said) + 1))
    return bool(said) and said[0].rstrip() == wanted[0].rstrip() and matches(said[1:], wanted[1:])


def run_commands(block, folder, environment):
    """The lines of the block as they would be, and what differs."""
    written, wrong, at = [], [], 0
    while at < len(block.lines):
        line = block.lines[at]
        assert line.startswith("$ "), f"{block.where}: begins with no command"
        wanted = []
        at += 1
        while at < len(block.lines) and not block.lines[at].startswith("$ "):
            wanted.append(block.lines[at])
            at += 1
        done = subprocess.run(["bash", "-c", line[2:]], cwd=folder, env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        said = [text.rstrip() for text in done.stdout.splitlines()]
        if not matches(said, wanted):
            wrong.append(f"{line}: printed\n" + "\n".join(said))
            written += [line, *said]
        else:
            written += [line, *wanted]
    return written, "\n".join(wrong)


def follow(page, work):
    """Does what a page says, from its first block to its last, in one folder."""
    told = [block for block in page.blocks if block.said.startswith(WRITES) or block.language == "console"]
    if not told:
        return
    folder = work / page.name.replace("/", "-")
    folder.mkdir()
    (work / "bin").mkdir(exist_ok=True)
    if not (work / "bin/vouch").exists():
        (work / "bin/vouch").symlink_to(PROGRAM)
    environment = {**os.environ, "PATH": f"{work / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0",
                   "COLUMNS": "80"}
    environment.pop("CI", None)
    for block in told:
        if block.language != "console":
            write(block, folder)
            continue
        block.written, wrong = run_commands(block, folder, environment)
        if not UPDATE:
            check(f"commands {block.where}", wrong)
    if UPDATE:
        write_back(page, [block for block in told if block.language == "console"])


def write_back(page, blocks):
    """What commands have printed, into the page; from the last block to the first, so that line numbers hold."""
    text = page.path.read_text(encoding="utf-8").splitlines()
    for block in reversed(blocks):
        text[block.line:block.line + len(block.lines)] = block.written
    page.path.write_text("".join(line + "\n" for line in text), encoding="utf-8")


def main():
    everything = [Page(path) for path in pages.pages()]
    for page in everything:
        check_links(page)
        if page.path.parent == pages.CHINESE:
            check_twin(page)
    settings.run(check, PROGRAM.parent / "tools/settings")
    shells.run(check, PROGRAM)
    with tempfile.TemporaryDirectory(prefix="vouch-manual-") as work, Server() as server:
        load_database(server)
        examples = Examples(pathlib.Path(work), server)
        for page in everything:
            if page.name in EXAMPLES:
                for block in page.blocks:
                    if block.language == "lua":
                        examples.run(block, EXAMPLES[page.name])
            follow(page, pathlib.Path(work))
    print(f"{RESULTS['passed']} passed, {RESULTS['failed']} failed")
    return RESULTS["failed"] > 0


if __name__ == "__main__":
    sys.exit(main())
