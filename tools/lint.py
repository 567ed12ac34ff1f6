#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the compiler does not check: which room may depend on which, functions that are not used, sizes, licences,
blanks. Prints "file:line: what is wrong"; fails when there is anything but warnings.

    tools/lint.py [FOLDER]
"""
import fnmatch
import os
import re
import sys

FOLDERS = {  # folder: the folders it may include from
    "engine": {"engine"},
    "adapters": {"engine", "adapters"},
    "guess": {"engine", "adapters", "guess"},
    "reports": {"engine", "reports"},
    "cli": {"engine", "adapters", "guess", "reports", "cli"},
    "tools": {"engine", "adapters", "reports", "tools"},
    "bench": {"engine", "adapters", "bench"},
    "tests": {"engine", "adapters", "guess", "reports", "cli", "tests"},
}
ROOMS = [  # rooms of one folder: each may include from those above it in this list, and not from its own line
    "engine/base",
    "engine/data",
    "engine/rules",
    "engine/language",
    "engine/lua",
    "engine/evaluation",
    "reports/words",
    "reports/figures",
    "reports/files",
    "reports/past",
    "reports/terminal reports/html reports/xlsx reports/postgres reports/sampling",
    "reports",
]
FLOOR = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms.split()}
PROGRAM = {"engine", "adapters", "guess", "reports", "cli"}  # tests and measurements may use what the program may not
GUARDED_HEADERS = {  # header of a library: the only files of the program that may include it
    r"libpq(-fe|/.*)?\.h|libpq-events\.h": r"(adapters|reports/postgres)/postgres\w*\.[ch]",
    r"csv\.h": r"adapters/(csv|record)\w*\.[ch]",
    r"(lua|lauxlib|lualib|luaconf)\.h": r"engine/lua/\w+\.[ch]",
    r"xlsxwriter(/.*)?\.h": r"reports/xlsx/\w+\.[ch]",
    r"zip\.h": r"reports/xlsx/\w+\.[ch]|adapters/ooxml_package\.c",
    r"expat\.h": r"adapters/ooxml_package\.c",
    r"freexl\.h": r"adapters/xls_\w+\.[ch]",
    r"mpfr\.h": r"reports/sampling/statistics\.c",
}
FORBIDDEN_CALLS = {
    "strcpy": "snprintf, or engine/base/buffer.h",
    "stpcpy": "snprintf, or engine/base/buffer.h",
    "strcat": "engine/base/buffer.h",
    "sprintf": "snprintf, or engine/base/buffer.h",
    "vsprintf": "vsnprintf, or engine/base/buffer.h",
    "gets": "getline",
    "strtok": "strsep",
    "atof": "decimal_parse",
    "strtod": "decimal_parse",
    "strtof": "decimal_parse",
    "strtold": "decimal_parse",
    "system": "nothing: vouch runs no other programs",
    "popen": "nothing: vouch runs no other programs",
    "tmpnam": "mkstemp",
    "mktemp": "mkstemp",
    "alloca": "engine/base/memory.h",
}
ALLOCATIONS = {"malloc", "calloc", "realloc", "reallocarray", "strdup", "strndup"}
ALLOCATORS = {  # where memory may be asked for directly: running out is an answer there, not the end
    "engine/base/memory.c",
    "engine/lua/budget.c",
}
EXACT_ROOMS = {"engine", "adapters", "guess", "reports"}  # no binary floating point
EXACT_BUT = {  # where exact numbers become those of a spreadsheet, and back
    "reports/xlsx/xlsx_number.c",
    "adapters/xls_number.c",
}
LINES_EXPLAINED, LINES_WARNED, LINES_ALLOWED, FUNCTION_WARNED = 200, 600, 1000, 50
TEXT = (".c", ".h", ".def", ".lua", ".sh", ".py", ".md", ".yml", ".json")
CODE = (".c", ".h", ".def", ".lua", ".sh", ".py")
SKIPPED_FOLDERS = {".git", "build", "vouch-out", "__pycache__", "expected", "corpus"}
# Attacks and inputs of fuzzers are what they are.
SKIPPED_FILES = re.compile(r"tests/(fuzz/syntax|sandbox/(rules|files|engagements))/|examples/[^/]+/data/")

warnings = []
mistakes = []


def wrong(path, line, text):
    mistakes.append((path, line, text))


def warn(path, line, text):
    warnings.append((path, line, text))


def all_files():
    for folder, folders, names in os.walk("."):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), ".")
            if not SKIPPED_FILES.match(path):
                yield path


def is_code(path):
    return path.endswith(CODE) or path in ("Makefile", ".ci/run")


def without_comments(text):
    """C with comments and the insides of literals blanked; lines stay where they are."""
    def blank(match):
        found = match.group(0)
        if found[0] in "\"'":
            return found[0] + re.sub(r"[^\n]", " ", found[1:-1]) + found[0]
        return re.sub(r"[^\n]", " ", found)
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


def check_include(path, number, quoted, name):
    folder = path.split("/")[0]
    target = name.split("/")[0] if quoted else None
    room, other = os.path.dirname(path), os.path.dirname(name)
    if quoted and target not in FOLDERS:
        wrong(path, number, f'"{name}": includes of our own start at the root, "engine/..."')
    elif quoted and folder in FOLDERS and target not in FOLDERS[folder]:
        wrong(path, number, f"{folder} must not depend on {target} ({name})")
    elif quoted and folder == target and room != other and room in FLOOR and FLOOR.get(other, len(ROOMS)) >= FLOOR[room]:
        wrong(path, number, f"{room} must not depend on {other}, which is no room below it ({name})")
    if quoted and re.search(r"_inside\.h$", name) and folder != "tests" \
            and room != other:
        wrong(path, number, f"{name} is for its own room")
    if quoted and not os.path.exists(name):
        wrong(path, number, f"{name} does not exist")
    if quoted or folder not in PROGRAM:
        return
    for header, allowed in GUARDED_HEADERS.items():
        if re.fullmatch(header, name) and not re.fullmatch(allowed, path):
            wrong(path, number, f"<{name}> is only for {allowed}")


def check_calls(path, number, line):
    room = path.split("/")[0]
    if room not in PROGRAM:
        return
    for call in re.findall(r"\b([a-z_]\w*)\s*\(", line):
        if call in FORBIDDEN_CALLS:
            wrong(path, number, f"{call} is not used here; instead: {FORBIDDEN_CALLS[call]}")
        if call in ALLOCATIONS and path not in ALLOCATORS:
            wrong(path, number, f"{call}: memory comes from engine/base/memory.h")
    if room in EXACT_ROOMS and path not in EXACT_BUT:
        for word in re.findall(r"\b(?:float|double|lua_Number)\b", line):
            wrong(path, number, f"{word}: no binary floating point here")


def check_room(path):
    """No source of engine or reports stands outside the rooms that have a floor."""
    if path.split("/")[0] in ("engine", "reports") and os.path.dirname(path) not in FLOOR:
        wrong(path, 1, "is in no room; ROOMS of tools/lint.py lists them")


def check_functions(path, lines):
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start:
            if number - start - 1 > FUNCTION_WARNED:
                warn(path, start, f"a function of {number - start - 1} lines")
            start = None


def check_c(path, text):
    code = without_comments(text)
    originals = text.split("\n")
    for number, line in enumerate(code.split("\n"), 1):
        include = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', originals[number - 1])
        if include and line.lstrip().startswith("#"):
            check_include(path, number, include.group(1) == '"', include.group(2))
        else:
            check_calls(path, number, line)
    check_room(path)
    check_functions(path, originals)
    if path.endswith(".h"):
        guard = re.search(r"^#ifndef (\w+)\n#define (\w+)$", text, flags=re.M)
        if not guard or guard.group(1) != guard.group(2):
            wrong(path, 1, "no include guard")


def check_blanks(path, text):
    for number, line in enumerate(text.split("\n"), 1):
        if line.endswith("\r"):
            wrong(path, number, "ends with a carriage return")
        elif line != line.rstrip():
            wrong(path, number, "blanks at the end of the line")
        if "\t" in line and path != "Makefile":
            wrong(path, number, "a tab")
    if text and not text.endswith("\n"):
        wrong(path, text.count("\n") + 1, "no line end at the end of the file")


def check_places(path, text):
    for number, line in enumerate(text.split("\n"), 1):
        if re.search(r"(?<![\w.~$}])/(?:home|root|work|Users)/\w", line):
            wrong(path, number, "a path of one machine")


def check_licence(path, text):
    lines = text.split("\n")
    first = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
    mark = {".c": "//", ".h": "//", ".def": "//", ".lua": "--"}.get(os.path.splitext(path)[1], "#")
    if first != f"{mark} SPDX-License-Identifier: MIT":
        wrong(path, 1, f"starts with '{mark} SPDX-License-Identifier: MIT'")


def check_size(path, text):
    lines = text.count("\n")
    if path.startswith("examples/") and path.endswith(".lua"):
        return  # as long as the source's tables and columns are many
    # The file of a family with many controls may grow long.
    if lines > LINES_ALLOWED and not path.startswith("rules/controls/"):
        wrong(path, lines, f"{lines} lines; at most {LINES_ALLOWED}")
    elif lines > LINES_WARNED:
        warn(path, lines, f"{lines} lines; is that still one module?")
    if path.endswith(".c") and lines > LINES_EXPLAINED and not path.startswith("tests/"):
        second = text.split("\n", 2)[1]
        if not second.startswith(("//", "/*")):
            wrong(path, 2, f"{lines} lines; say at the top what it is for and what always holds")


def check_file(path):
    if not (path.endswith(TEXT) or path in ("Makefile", ".ci/run")):
        return
    with open(path, "rb") as file:
        content = file.read()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong(path, content[:error.start].count(b"\n") + 1, "is not UTF-8")
        return
    check_places(path, text)
    if not is_code(path):
        return
    check_blanks(path, text)
    check_size(path, text)
    if text.startswith("#!") and not os.access(path, os.X_OK):
        wrong(path, 1, "is a program but may not be executed (chmod +x)")
    if not (path.endswith(".lua") and path.startswith("tests/")):
        check_licence(path, text)
    if path.endswith((".c", ".h")):
        check_c(path, text)


def check_mirror(paths):
    """Each unit test has its module; a module without one is worth a word."""
    modules = {}
    for path in paths:
        match = re.fullmatch(r"(?:engine|adapters|guess|reports|cli)/(?:\w+/)?(\w+)\.[ch]", path)
        if match:
            modules.setdefault(match.group(1), set()).add(path)
    tested = set()
    for path in paths:
        match = re.fullmatch(r"tests/unit/(?:\w+/)*test_(\w+)\.c", path)
        if match and match.group(1).startswith("shipped_"):
            continue  # tests what rules/ holds
        if match and match.group(1) not in modules:
            wrong(path, 1, f"there is no module {match.group(1)}")
        elif match:
            tested.add(match.group(1))
    for name, files in sorted(modules.items()):
        inside = re.search(r"_inside$", name)
        whole = {os.path.splitext(file)[1] for file in files} == {".c", ".h"}
        if whole and not inside and name not in tested:
            warn(sorted(files)[0], 1, f"no tests/unit/test_{name}.c")


def check_readmes(paths):
    """Each room's README names its sources, or a pattern that fits them, and none that is not there."""
    rooms = {}
    for path in paths:
        match = re.fullmatch(r"((?:engine|adapters|reports|cli)(?:/\w+)?)/((\w+)\.[ch])", path)
        if match:
            rooms.setdefault(match.group(1), []).append((path, match.group(2), match.group(3)))
    for room, sources in sorted(rooms.items()):
        readme = room + "/README.md"
        if not os.path.exists(readme):
            wrong(readme, 1, "is missing: what lives here, what it may know, where to begin")
            continue
        with open(readme, encoding="utf-8") as file:
            cells = "".join(line.split(" | ")[0] for line in file if line.startswith("| `"))
        words = set(re.findall(r"`([\w*]+(?:\.[ch])?)`", cells))
        for path, *names in sources:
            if not any(fnmatch.fnmatchcase(name, word) for name in names for word in words):
                wrong(path, 1, f"is not in {readme}")
        for word in sorted(words):
            if not any(fnmatch.fnmatchcase(name, word) for _, *names in sources for name in names):
                wrong(readme, 1, f"names {word}, which is not there")


def main():
    if len(sys.argv) > 1:
        os.chdir(sys.argv[1])
    else:
        os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    paths = list(all_files())
    for path in paths:
        check_file(path)
    check_mirror(paths)
    check_readmes(paths)
    for path, line, text in warnings:
        print(f"{path}:{line}: warning: {text}")
    for path, line, text in mistakes:
        print(f"{path}:{line}: {text}")
    print(f"{len(paths)} files, {len(mistakes)} mistakes, {len(warnings)} warnings")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
