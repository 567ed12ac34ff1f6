# SPDX-License-Identifier: MIT
"""docs/engagement.md and docs/rules.md against what the program knows (tools/settings): a section whose heading names the
declaration, in it a row for each setting with its type and words, and an example somewhere."""
import re
import subprocess

from pages import ROOT, Page

PAGES = ("docs/engagement.md", "docs/rules.md")
# Where a setting is shown: import's own page has most examples of imports.
EXAMPLES = (*PAGES, "docs/imports.md")
SHARED = "import"  # the section of what all kinds of sources understand


def known(tool):
    """(words, { declaration: { setting: (type, words) } })"""
    words, settings = [], {}
    for line in subprocess.run([tool], capture_output=True, text=True, check=True).stdout.splitlines():
        parts = line.split("\t")
        if len(parts) == 1:
            words.append(line)
        else:
            settings.setdefault(parts[0], {})[parts[1]] = (parts[2], [word for word in parts[3].split("|") if word])
    return words, settings


def names_of(cell):
    return re.findall(r"`([^`]+)`", cell)


def documented(pages):
    """{ declaration: { setting: (line, type cell, whole row) } } by the words in headings."""
    found = {}
    for section, number, cells in (row for page in pages for row in page.rows):
        for declaration in names_of(section):
            for name in names_of(cells[0]):
                found.setdefault(declaration, {})[name] = (number, cells[1] if len(cells) > 1 else "", " ".join(cells))
    return found


def check_declaration(check, declaration, settings, rows, shown):
    wrong = []
    for name, (kind, words) in settings.items():
        number, type_cell, row = rows.get(name, (0, "", ""))
        if not number:
            wrong.append(f"{name} is missing")
        elif kind and kind not in type_cell:
            wrong.append(f"line {number}: {name} is of type \"{kind}\"")
        elif not all(f'"{word}"' in row for word in words):
            wrong.append(f"line {number}: {name} takes {', '.join(words)}")
        if not re.search(rf"\b{name}\b\s*=|\[\"{name}\"\]", shown):
            wrong.append(f"{name} stands in no example")
    wrong += [f"line {rows[name][0]}: there is no {name}" for name in rows if name not in settings]
    check(f"settings of {declaration}", "; ".join(wrong))


def check_tool(check):
    """No table of settings in the engine or an adapter is forgotten in tools/settings.c."""
    tool = (ROOT / "tools/settings.c").read_text(encoding="utf-8")
    wrong = []
    for path in sorted([*(ROOT / "engine").rglob("*.c"), *(ROOT / "adapters").glob("*.c")]):
        for name in re.findall(r"^\s*(?:static )?const struct setting (\w+)\[\] = ", path.read_text(encoding="utf-8"), re.M):
            is_adapter = path.name.endswith("_adapter.c")
            if not is_adapter and name not in tool:
                wrong.append(f"{path.relative_to(ROOT)}: {name}")
    check("tools/settings.c has all tables of settings", ", ".join(wrong))


def run(check, tool):
    pages = [Page(ROOT / name) for name in PAGES]
    shown = "".join(block.text for name in EXAMPLES for block in Page(ROOT / name).blocks if block.language == "lua")
    words, settings = known(tool)
    rows = documented(pages)
    sections = {name for page in pages for _, title in page.headings for name in names_of(title)}
    fields = rows["table"]["fields"][2]
    check("every word has its section", ", ".join(word for word in words if word not in sections and f"`{word}`" not in fields
                                                  and f"`{word} " not in fields))
    imports = [set(own) for name, own in settings.items() if name.startswith("import.")]
    shared = set.intersection(*imports)
    for declaration, own in settings.items():
        found = rows.get(declaration, {})
        if declaration.startswith("import."):
            found = {**found, **{name: row for name, row in rows.get(SHARED, {}).items() if name in own}}
        check_declaration(check, declaration, own, found, shown)
    check("what every import understands", ", ".join(sorted(set(rows.get(SHARED, {})) - shared)))
    check_tool(check)
