# SPDX-License-Identifier: MIT
"""The places at which a rule file can be broken: each mutant changes one of them."""
import re

TOKEN = re.compile(r'--\[\[.*?\]\]|--[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|\[\[.*?\]\]'
                   r'|[A-Za-z_]\w*|\d+(?:\.\d+)?|[<>=~]=|\.\.\.?|\S', re.S)
TURNED = {"<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["~="], "~=": ["=="], "and": ["or"], "or": ["and"],
          "true": ["false"], "false": ["true"], "earliest": ["latest"], "latest": ["earliest"], "earliest_of": ["latest_of"],
          "latest_of": ["earliest_of"], "min": ["max"], "max": ["min"], "first_day": ["last_day"], "last_day": ["first_day"]}
# What a report prints; a control's judgement does not rest on it.
TOLD = {"title", "risk", "tests", "message", "follow_up", "source", "evidence", "evidence_columns", "profile", "parameters"}
OPENING, CLOSING = {"(", "{", "[", "function", "if", "do", "repeat"}, {")", "}", "]", "end", "until"}


class Mutant:
    """One change of a file's text: `text[start:end]` becomes `put`. Its name is the line as it becomes, so that it outlives moves."""

    def __init__(self, text, owner, start, end, put):
        self.owner, self.start, self.end, self.put = owner, start, end, put
        self.line = text.count("\n", 0, start) + 1
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", start)
        self.before = text[first:last].strip()
        if put == "" and re.match(r"if\b|applies\b", text[start:end]):
            self.name = "without " + self.before
        else:
            self.name = re.sub(r"\s+", " ", text[first:start] + put + text[end:text.find("\n", end)]).strip()

    def apply(self, text):
        """The text with the change; what is taken out leaves its line ends, so that line numbers stay."""
        return text[:self.start] + self.put + "\n" * (text.count("\n", self.start, self.end) - self.put.count("\n")) + text[self.end:]


class Tokens:
    """The tokens of a piece of text that begins at `base` of the file, comments left out."""

    def __init__(self, text, base):
        found = [match for match in TOKEN.finditer(text) if not match.group().startswith("--")]
        self.words = [match.group() for match in found]
        self.starts = [base + match.start() for match in found]
        self.ends = [base + match.end() for match in found]

    def after(self, at):
        """The place behind the bracket or block that opens at `at`."""
        depth = 0
        for place in range(at, len(self.words)):
            depth += (self.words[place] in OPENING) - (self.words[place] in CLOSING)
            if depth == 0:
                return place + 1
        return len(self.words)

    def end_of_value(self, at):
        """The place behind a table field's value that begins at `at`: a comma or the closing brace of its table."""
        while at < len(self.words) and self.words[at] not in (",", "}"):
            at = self.after(at) if self.words[at] in OPENING else at + 1
        return at

    def told(self):
        """The places that only say something to a reader."""
        places = set()
        for at in range(len(self.words) - 1):
            if self.words[at] in TOLD and self.words[at + 1] == "=" and self.words[at - 1] in ("{", ","):
                places |= set(range(at, self.end_of_value(at + 2)))
        return places


def is_value(word):
    """Can a binary operator follow this token?"""
    return word in (")", "]", "}", "end", "nil", "true", "false") or word[0].isalnum() and word not in (
        "return", "and", "or", "not", "if", "elseif", "while", "until", "in", "then", "else", "do") or word[0] in "\"'_"


def changes_of(tokens, at):
    """[(first place, place behind the last, what is put there or the places kept)] for the token at `at`."""
    word, before = tokens.words[at], tokens.words[at - 1] if at else ""
    following = tokens.words[at + 1:at + 2]
    if word in TURNED and following != ["="]:
        yield from ((at, at + 1, put) for put in TURNED[word])
    elif word == "not":
        yield at, at + 1, ""
    elif word in "+-" and is_value(before):
        yield at, at + 1, "-" if word == "+" else "+"
    elif word == "-":
        yield at, at + 1, ""
    elif word == "filter" and following == ["("]:
        stop = end_of_argument(tokens, at + 2)
        if stop is not None:
            yield at, tokens.after(at + 1), (at + 2, stop)
    elif word == "if":
        stop = tokens.after(at)
        inner = tokens.words[at + 1:stop]
        if "else" not in inner and "elseif" not in inner:
            then = next(place for place in range(at, stop) if tokens.words[place] == "then")
            if tokens.words[then + 1] == "return":
                yield at, stop, ""
            else:
                yield at, then + 1, "do"
    elif word == "applies" and following == ["="]:
        stop = tokens.end_of_value(at + 2)
        yield at, stop + (tokens.words[stop:stop + 1] == [","]), ""
    elif word.isdigit() and before not in ("[",):
        yield at, at + 1, str(int(word) + 1)


def end_of_argument(tokens, at):
    """The place of the comma behind an argument that begins at `at`, or None where there is none."""
    while at < len(tokens.words) and tokens.words[at] not in (",", ")"):
        at = tokens.after(at) if tokens.words[at] in OPENING else at + 1
    return at if at < len(tokens.words) and tokens.words[at] == "," else None


def judging_words(text, start, end):
    """The words of `text[start:end]` but for those that only say something to a reader."""
    tokens = Tokens(text[start:end], start)
    told = tokens.told()
    return {word for at, word in enumerate(tokens.words) if at not in told}


def mutants_of(text, owner, start, end):
    """Every mutant of `text[start:end]`, which belongs to `owner`: a control or a function that controls use."""
    tokens = Tokens(text[start:end], start)
    told = tokens.told()
    for at in range(len(tokens.words)):
        if at in told:
            continue
        for first, behind, put in changes_of(tokens, at):
            if isinstance(put, tuple):
                put = text[tokens.starts[put[0]]:tokens.ends[put[1] - 1]]
            stop = tokens.ends[behind - 1]
            if put == "" and text[stop:stop + 1] == " ":
                stop += 1
            yield Mutant(text, owner, tokens.starts[first], stop, put)
