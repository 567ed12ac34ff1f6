# SPDX-License-Identifier: MIT
"""A workbook as it stands in its file: cells, links, filters, frozen rows. Reads what the format says, and nothing of
what a program would make of it."""
import re
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def position(reference):
    """("AB", 12) of "AB12"."""
    column, row = re.fullmatch(r"([A-Z]+)([0-9]+)", reference).groups()
    return column, int(row)


def number_of(column):
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class Cell:
    def __init__(self, element, formats):
        self.kind = element.get("t", "n")
        self.format = formats[int(element.get("s", "0"))]
        formula = element.find(MAIN + "f")
        self.formula = formula.text if formula is not None else None
        value = element.find(MAIN + "v")
        if self.kind == "inlineStr":
            self.value = "".join(text.text or "" for text in element.iter(MAIN + "t"))
        elif value is None:
            self.value = None
        else:
            self.value = float(value.text) if self.kind == "n" else value.text


class Sheet:
    def __init__(self, name, xml, formats):
        self.name = name
        root = ElementTree.fromstring(xml)
        self.rows = {}
        for row in root.find(MAIN + "sheetData"):
            cells = {position(cell.get("r"))[0]: Cell(cell, formats) for cell in row}
            self.rows[int(row.get("r"))] = cells
        filters = root.find(MAIN + "autoFilter")
        self.filter = filters.get("ref") if filters is not None else None
        pane = root.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
        self.frozen = pane.get("topLeftCell") if pane is not None and pane.get("state") == "frozen" else None
        self.links = {link.get("ref"): link.get("location") for link in root.iter(MAIN + "hyperlink")}

    def headings(self):
        return {cell.value: column for column, cell in self.rows[1].items()}

    def records(self):
        """Each row below the heading: its number, and the cells by heading."""
        names = {column: name for name, column in self.headings().items()}
        for number, cells in sorted(self.rows.items()):
            if number > 1:
                yield number, {names[column]: cell for column, cell in cells.items()}

    def column(self, heading):
        column = self.headings()[heading]
        return [cells[column].value if column in cells else None
                for number, cells in sorted(self.rows.items()) if number > 1]


class Workbook:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            self.dates = {info.date_time for info in archive.infolist()}
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        for part in self.parts.values():
            ElementTree.fromstring(part)
        formats = self.read_formats()
        names = [sheet.get("name") for sheet in ElementTree.fromstring(self.parts["xl/workbook.xml"]).iter(MAIN + "sheet")]
        self.sheets = [Sheet(name, self.parts[f"xl/worksheets/sheet{number}.xml"], formats)
                       for number, name in enumerate(names, 1)]

    def read_formats(self):
        """The number format of each cell format."""
        styles = ElementTree.fromstring(self.parts["xl/styles.xml"])
        own = {int(each.get("numFmtId")): each.get("formatCode") for each in styles.iter(MAIN + "numFmt")}
        builtin = {0: "General", 3: "#,##0", 10: "0.00%", 49: "@"}
        return [own.get(int(each.get("numFmtId")), builtin.get(int(each.get("numFmtId")), "?"))
                for each in styles.find(MAIN + "cellXfs")]

    def __getitem__(self, name):
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def target(self, location):
        """(sheet, row) of "'Exceptions'!A17"."""
        name, cell = re.fullmatch(r"'([^']*)'!([A-Z0-9]+)", location).groups()
        return self[name], position(cell)[1]
