#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the manual pages and the completions of shells, from what the program says of its options and from the pages
of docs/ that they say again.

    tools/man.py PROGRAM write     into docs/man/
    tools/man.py PROGRAM check     are those there current?
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/man"
DATE = "2026-11-30"
# What the options take that have more to choose from than files; each word stands in the option's help, or in the program's
# message about a wrong one.
WORDS = {"--fail-on": "low medium high critical none", "--fail-on-assumed": "low medium high critical none",
         "--lang": "en zh", "--format": "jsonl csv html xlsx postgres"}
FOLDERS = ("FOLDER", "RUN", "DIR")


# ---- what the program says of itself

def said(program, *arguments):
    environment = {**os.environ, "ARGP_HELP_FMT": "rmargin=10000,opt-doc-col=60", "LC_ALL": "C.UTF-8"}
    return subprocess.run([program, *arguments, "--help"], env=environment, capture_output=True, text=True, check=True).stdout


class Option:
    def __init__(self, short, long, argument, text):
        self.short, self.long, self.argument, self.text = short, long, argument, text


class Command:
    """A command: what it is called with, what it does, its options, what follows them in its help."""

    def __init__(self, program, name, summary):
        self.name, self.summary = name, summary
        lines = said(program, name).splitlines()
        self.usage = lines[0].split(f"vouch {name}", 1)[1].replace("[OPTION...]", "").strip()
        options = [i for i, line in enumerate(lines) if re.match(r"\s+-", line)]
        first, last = options[0], options[-1]
        self.text = " ".join(line.strip() for line in lines[1:first] if line.strip())
        self.options = [option for option in map(read_option, lines[first:last + 1]) if option]
        after = lines[last + 1:]
        self.after = " ".join(line.strip() for line in after if line.strip() and not line.startswith("Mandatory or"))


def read_option(line):
    found = re.match(r"\s+(?:(-\w), )?\s*(?:(--[\w-]+)(?:=(\S+))?)?\s{2,}(.*)", line)
    return found and Option(found[1], found[2], found[3], found[4])


def commands_of(program):
    """The table of commands."""
    lines = said(program).split("Commands:\n", 1)[1].splitlines()
    listed = [re.match(r"  (\S+)\s+(.*)", line) for line in lines]
    return [Command(program, found[1], found[2]) for found in listed if found]


# ---- Markdown, as much of it as the manual uses

def escape(text):
    """Text as roff writes it, letters beyond ASCII by their numbers."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("^", "\\(ha").replace("~", "\\(ti").replace("`", "\\(ga")
    return "".join(c if ord(c) < 128 else f"\\[u{ord(c):04X}]" for c in text)


def inline(text):
    parts = []
    for part in re.split(r"(`[^`]+`|\*\*[^*]+\*\*|\*[^* ][^*]*\*)", re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1", text)):
        if part.startswith("`") and len(part) > 1:
            parts.append(f"\\fB{escape(part[1:-1])}\\fR")
        elif part.startswith("**"):
            parts.append(f"\\fB{escape(part[2:-2])}\\fR")
        elif part.startswith("*") and len(part) > 2:
            parts.append(f"\\fI{escape(part[1:-1])}\\fR")
        else:
            parts.append(escape(part))
    return "".join(parts)


def guard(line):
    """A line of text may not begin as a request does."""
    return "\\&" + line if line.startswith((".", "'")) else line


def cells_of(line):
    return [cell.strip().replace("\0", "|") for cell in line.replace("\\|", "\0").strip().strip("|").split("|")]


class Roff:
    """Takes a page line by line."""

    def __init__(self):
        self.out, self.paragraph, self.table = [], [], []

    def end_paragraph(self):
        if self.paragraph:
            self.out.append(guard(inline(" ".join(self.paragraph))))
        self.paragraph = []

    def end_table(self):
        if self.table:
            heads, rows = cells_of(self.table[0]), [cells_of(line) for line in self.table[2:]]
            for cells in rows:
                rest = [f"{head}: {cell}" if head in ("type", "default") else cell for head, cell in zip(heads[1:], cells[1:]) if cell]
                self.out += [".TP", guard(inline(cells[0])), guard(inline("; ".join(rest)) or "\\&")]
            self.out.append(".PP")
        self.table = []

    def add(self, line):
        if line.startswith("|"):
            self.end_paragraph()
            self.table.append(line)
            return
        self.end_table()
        heading = re.match(r"(#+) (.*)", line)
        item = re.match(r"(?:- |(\d+)\. )(.*)", line)
        if heading:
            self.end_paragraph()
            title = inline(heading[2]).replace("\\fR", "").replace("\\fB", "")
            self.out.append(f'.{"SH" if len(heading[1]) < 3 else "SS"} "{title}"')
        elif item:
            self.end_paragraph()
            mark = item[1] + "." if item[1] else "\\(bu"
            self.out.append(f".IP {mark} 3")
            self.paragraph.append(item[2])
        elif not line.strip():
            self.end_paragraph()
            if self.out and not self.out[-1].startswith((".S", ".PP")):
                self.out.append(".PP")
        elif not line.startswith("<!--"):
            self.paragraph.append(line.strip())

    def code(self, lines):
        self.end_paragraph()
        self.end_table()
        self.out += [".PP", ".RS 4", ".nf", *(guard(escape(line)) or "\\&" for line in lines), ".fi", ".RE", ".PP"]


def drop_idle(lines):
    """Without requests for paragraphs that another request makes needless."""
    kept = []
    for line in lines:
        if line == ".PP" and kept and (kept[-1] == ".PP" or kept[-1].startswith(".S")):
            continue
        while kept and kept[-1] == ".PP" and line.startswith((".S", ".TP", ".IP")):
            kept.pop()
        kept.append(line)
    while kept and kept[-1] == ".PP":
        kept.pop()
    return kept


def from_markdown(text):
    roff, block = Roff(), None
    for line in text.splitlines():
        if line.startswith("```"):
            if block is None:
                block = []
            else:
                roff.code(block)
                block = None
        elif block is not None:
            block.append(line)
        elif line.startswith("    ") and not roff.paragraph:
            roff.code([line[4:]])
        else:
            roff.add(line)
    roff.end_paragraph()
    roff.end_table()
    return drop_idle(roff.out)


# ---- the pages

def head(name, section, summary):
    return ['.\\" SPDX-License-Identifier: MIT', '.\\" Written by tools/man.py: edit that, the page of docs/, or the help of the option.',
            f'.TH {name.upper()} {section} {DATE} vouch "vouch manual"', ".SH NAME", f"{escape(name)} \\- {escape(summary)}"]


def page_of(name, summary, source, others):
    """A page of section 5 from one of docs/, whose title goes into the name."""
    text = (ROOT / source).read_text(encoding="utf-8")
    body = re.sub(r"\A# .*\n", "", text)
    body = "# DESCRIPTION\n" + body if not body.lstrip().startswith("#") else body
    body = re.sub(r"^## ", "# ", body, flags=re.M)
    return head(name, 5, summary) + from_markdown(body) + [".SH SEE ALSO", f".BR {others}"]


def option_lines(option):
    names = ", ".join(f"\\fB{escape(name)}\\fR" for name in (option.short, option.long) if name)
    argument = f"={option.argument}" if option.argument and option.long else ""
    return [".TP", f"{names}{escape(argument)}", guard(escape(option.text))]


def main_page(commands):
    shared = shared_options(commands)
    lines = head("vouch", 1, "vouches sales documents against control rules")
    lines += [".SH SYNOPSIS", ".B vouch", ".I COMMAND", "[\\fIOPTIONS\\fR] [\\fIENGAGEMENT\\fR]", ".SH DESCRIPTION"]
    text = (ROOT / "docs/man/vouch.md").read_text(encoding="utf-8")
    before, after = text.split("<!-- commands -->\n")
    lines += from_markdown(before) + [".SH COMMANDS"]
    for command in commands:
        lines += [f'.SS "vouch {command.name} {escape(command.usage)}"', guard(escape(command.text))]
        for option in command.options:
            if option.long not in shared:
                lines += option_lines(option)
    lines += [".SH OPTIONS OF SEVERAL COMMANDS"]
    for name in shared:
        option = next(o for command in commands for o in command.options if o.long == name)
        lines += option_lines(option)
    return drop_idle(lines + from_markdown(after) + [".SH SEE ALSO", ".BR vouch\\-audit (5),", ".BR vouch\\-rules (5)"])


def shared_options(commands):
    """Options that several commands have, with the same words."""
    count = {}
    for command in commands:
        for option in command.options:
            count.setdefault(option.long, []).append((option.argument, option.text))
    return [name for name, told in count.items() if name and len(told) > 2 and len(set(told)) == 1]


# ---- completions

def values_of(option):
    """How a shell completes what an option takes: words, folders, files, or nothing."""
    if option.long in WORDS:
        return "words", WORDS[option.long]
    if not option.argument:
        return "none", ""
    return ("folders" if option.argument in FOLDERS else "files" if "FILE" in option.argument else "any"), ""


def bash(commands):
    lines = ["# SPDX-License-Identifier: MIT", "# Completion of vouch for bash; written by tools/man.py.", "_vouch()", "{",
             "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} options=",
             "    COMPREPLY=()",
             '    # "=" is a word of its own where COMP_WORDBREAKS has it.',
             "    if [ \"$current\" = = ]; then current= ; elif [ \"$previous\" = = ]; then previous=${COMP_WORDS[COMP_CWORD - 2]}; fi",
             "    if [ \"$COMP_CWORD\" -eq 1 ]; then",
             f'        COMPREPLY=($(compgen -W "{" ".join(c.name for c in commands)} --help --version" -- "$current"))',
             "        return", "    fi", '    case "$previous" in']
    told = {}
    for command in commands:
        for option in command.options:
            kind, words = values_of(option)
            for name in filter(None, (option.short, option.long)):
                told[name] = (kind, words)
    for kind, words in sorted(set(told.values())):
        names = "|".join(sorted(name for name, value in told.items() if value == (kind, words)))
        action = {"words": f'COMPREPLY=($(compgen -W "{words}" -- "$current")); return', "folders": 'COMPREPLY=($(compgen -d -- "$current")); return',
                  "files": 'COMPREPLY=($(compgen -f -- "$current")); return', "any": "return", "none": ""}[kind]
        if action:
            lines.append(f"    {names}) {action} ;;")
    lines += ["    esac", '    case "$command" in']
    for command in commands:
        names = " ".join(sorted(filter(None, (o.long for o in command.options))))
        lines.append(f'    {command.name}) options="{names}" ;;')
    lines += ["    esac", '    case "$current" in', '    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;',
              "    *)", '        if [ "$command" = explain ]; then',
              "            # The shipped controls: what an engagement adds would have to be imported first.",
              "            COMPREPLY=($(compgen -W \"$(cd / && \"${COMP_WORDS[0]}\" list 2>/dev/null | grep -o '^[A-Z]*-[0-9]*')\" -- \"$current\"))",
              "        else", '            COMPREPLY=($(compgen -f -- "$current"))', "        fi", "        ;;", "    esac", "}",
              "complete -o filenames -F _vouch vouch"]
    return lines


def zsh_text(text):
    """A description between brackets and quotes."""
    return text.split(";")[0].replace("'", "'\\''").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:").replace("`", "")


def zsh(commands):
    lines = ["#compdef vouch", "# SPDX-License-Identifier: MIT", "# Completion of vouch for zsh; written by tools/man.py.", "",
             "_vouch_controls() {", "    local -a controls",
             "    controls=(${(f)\"$(cd / && _call_program controls vouch list 2>/dev/null | grep -o '^[A-Z]*-[0-9]*')\"})",
             "    _describe control controls", "}", "", "_vouch() {", "    local -a commands", "    commands=("]
    lines += [f"        '{c.name}:{zsh_text(c.summary)}'" for c in commands]
    lines += ["    )", "    if (( CURRENT == 2 )); then", "        _describe command commands", "        return", "    fi",
              "    shift words; (( CURRENT-- ))", '    case "$words[1]" in']
    for command in commands:
        lines.append(f"    {command.name})")
        lines.append("        _arguments \\")
        for option in command.options:
            kind, words = values_of(option)
            action = {"words": f":{(option.argument or '').lower()}:({words})", "folders": ":folder:_directories", "files": ":file:_files",
                      "any": f":{(option.argument or '').lower().replace(':', '')}: ", "none": ""}[kind]
            for name in filter(None, (option.short, option.long)):
                equals = "=" if action and name.startswith("--") else ""
                lines.append(f"            '{name}{equals}[{zsh_text(option.text)}]{action}' \\")
        lines.append("            '*:control:_vouch_controls'" if command.name == "explain" else "            '*:file:_files'")
        lines.append("        ;;")
    lines += ["    esac", "}", "", '_vouch "$@"']
    return lines


def main():
    program, what = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    commands = commands_of(program)
    files = {
        "vouch.1": main_page(commands),
        "vouch-audit.5": page_of("vouch-audit", "the engagement file of vouch", "docs/engagement.md", "vouch (1), vouch\\-rules (5)".replace(" (1), ", " (1),\n.BR ")),
        "vouch-rules.5": page_of("vouch-rules", "rule files of vouch", "docs/rules.md", "vouch (1),\n.BR vouch\\-audit (5)"),
        "vouch.bash": bash(commands),
        "_vouch": zsh(commands),
    }
    stale = []
    for name, lines in files.items():
        text = "\n".join(lines) + "\n"
        if what == "write":
            (FOLDER / name).write_text(text, encoding="utf-8")
        elif not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text:
            stale.append(name)
            print(f"not ok docs/man/{name} is not what `make docs` writes")
        else:
            print(f"ok docs/man/{name}")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
