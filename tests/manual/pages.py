# SPDX-License-Identifier: MIT
"""A page of the manual as its parts: headings, blocks of code, tables, links."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHINESE = ROOT / "docs/zh"


class Block:
    """A fenced block: its language, its lines, and what the comment above it says (`<!-- file audit.lua -->`)."""

    def __init__(self, page, line, language, said):
        self.page, self.line, self.language, self.said = page, line, language, said
        self.lines = []

    @property
    def text(self):
        return "".join(line + "\n" for line in self.lines)

    @property
    def where(self):
        return f"{self.page.name}:{self.line}"


class Page:
    def __init__(self, path):
        self.path = path
        self.name = str(path.relative_to(ROOT))
        self.headings, self.blocks, self.prose, self.rows = [], [], [], []
        self._read(path.read_text(encoding="utf-8").splitlines())

    def _read(self, lines):
        block, said, section = None, "", ""
        for number, line in enumerate(lines, 1):
            if line.startswith("```"):
                if block:
                    self.blocks.append(block)
                    block, said = None, ""
                else:
                    block = Block(self, number, line[3:].strip(), said)
                    block.section = section
                continue
            if block:
                block.lines.append(line)
                continue
            comment = re.fullmatch(r"<!-- (.*) -->", line)
            said = comment[1] if comment else said if not line else ""
            heading = re.match(r"(#+) (.*)", line)
            if heading:
                section = heading[2]
                self.headings.append((len(heading[1]), heading[2]))
            if line.startswith("|"):
                self.rows.append((section, number, [cell.strip() for cell in line.strip("|").split("|")]))
            if not comment:
                self.prose.append((number, line))
        assert not block, f"{self.name}: a block of code without an end"

    def links(self):
        """(line, target, anchor) of each link to a file or within this page."""
        found = []
        for number, line in self.prose:
            for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "``", line)):
                if not re.match(r"[a-z]+:", target):
                    path, _, anchor = target.partition("#")
                    found.append((number, (self.path.parent / path).resolve() if path else self.path, anchor))
        return found

    def anchors(self):
        """What a reader of GitHub can link to."""
        return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in self.headings}


def pages():
    """All pages that people write and read, README first."""
    yield ROOT / "README.md"
    yield from sorted((ROOT / "docs").glob("*.md"))
    yield from sorted(CHINESE.glob("*.md"))


def english_of(path):
    """The English page that a Chinese one says again."""
    return ROOT / "README.md" if path.name == "README.md" else ROOT / "docs" / path.name
