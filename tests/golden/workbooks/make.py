# SPDX-License-Identifier: MIT
"""Writes the workbooks of this case as the programs in the field write them: XML by hand in a ZIP archive.

data/old.xls was written with Debian's python3-xlwt, data/formulas.xls by LibreOffice from a sheet of a number and three
formulas (=A1*2.5, =1/0, a text).
"""
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def write(path, sheets, strings="", styles="", workbook="", method=zipfile.ZIP_DEFLATED):
    """`sheets` are (name, further attributes, XML of the worksheet)."""
    def relation(name, kind, target):
        return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'

    names = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"{more}/>'
                    for i, (name, more, _) in enumerate(sheets, 1))
    relations = "".join(relation(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml")
                        for i in range(1, len(sheets) + 1))
    relations += relation("s", "sharedStrings", "sharedStrings.xml") + relation("f", "styles", "/xl/styles.xml")
    with zipfile.ZipFile(path, "w", method) as book:
        def add(name, text):
            book.writestr(zipfile.ZipInfo(name), text, method)

        add("_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}">{relation("w", "officeDocument", "xl/workbook.xml")}</Relationships>')
        add("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>{names}</sheets></workbook>')
        add("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>')
        if strings:
            add("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        if styles:
            add("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
        for i, (_, _, xml) in enumerate(sheets, 1):
            add(f"xl/worksheets/sheet{i}.xml", f'<worksheet xmlns="{MAIN}">{xml}</worksheet>')


class Sheet:
    """Rows of texts (shared strings), numbers with a style, or XML of a cell as it is."""

    def __init__(self, shared):
        self.shared, self.rows = shared, []

    def row(self, number, cells, more=""):
        xml = ""
        for place, value in zip("ABCDEFGHIJ", cells):
            where = f'r="{place}{number}"'
            if isinstance(value, str) and value.startswith("<"):
                xml += value.replace("<c", "<c " + where, 1)
            elif isinstance(value, str) and value:
                if value not in self.shared:
                    self.shared.append(value)
                xml += f'<c {where} t="s"><v>{self.shared.index(value)}</v></c>'
            elif isinstance(value, tuple):
                xml += f'<c {where} s="{value[1]}"><v>{value[0]}</v></c>'
        self.rows.append(f'<row r="{number}"{more}>{xml}</row>')

    def xml(self, before="", behind=""):
        return f'{before}<sheetData>{"".join(self.rows)}</sheetData>{behind}'


def flat(shared):
    """A flat list as an ERP exports it: a title, merged cells of the header's values, a total, a page footer."""
    sheet = Sheet(shared)
    sheet.row(1, ["销售订单明细表"])
    sheet.row(3, ["单据编号", "单据日期", "客户", "存货编码", "数量", "金额", "税率"])
    sheet.row(4, ["XS001", (46300, 1), "C01", "P-1", (3, 0), ("133.80000000000001", 0), ("0.13", 3)])
    sheet.row(5, ["", "", "", "P-2", (2, 0), ("1.2E3", 0), ("0.13", 3)])
    sheet.row(6, ["XS002", (46301, 2), "C02", "P-1", (1, 0), "<c t=\"e\"><v>#N/A</v></c>", ("0.06", 3)], ' hidden="1"')
    sheet.row(7, ["XS003", "2026/10/7", "C01", "P-3", (1, 0), "<c><f>E7*10</f></c>"])
    sheet.row(8, ["XS004", (46303, 1), "C01", "P-3", (1, 0), "<c><f>E8*10</f><v>10</v></c>"])
    sheet.row(9, ["合计", "", "", "", (8, 0), ("1353.8", 0)])
    sheet.row(11, ["第1页"])
    return sheet.xml('<cols><col min="3" max="3" hidden="1"/></cols>',
                     '<mergeCells><mergeCell ref="A1:G1"/><mergeCell ref="A4:A5"/><mergeCell ref="B4:B5"/>'
                     '<mergeCell ref="C4:C5"/></mergeCells>')


def main():
    method = zipfile.ZIP_STORED if "--stored" in sys.argv else zipfile.ZIP_DEFLATED
    shared = []
    orders = flat(shared)
    customers = Sheet(shared)
    customers.row(1, ["customer_id", "name"])
    customers.row(2, ["C01", "<c t=\"inlineStr\"><is><r><t>北京</t></r><r><t>轴承</t></r></is></c>"])
    customers.row(3, ["C02", "上海机械"])
    notes = Sheet(shared)
    notes.row(1, ["导出说明"])
    styles = ('<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
              '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs>')
    write("data/export.xlsx", [("明细", "", orders), ("customer", ' state="hidden"', customers.xml()),
                               ("说明", "", notes.xml())],
          "".join(f"<si><t>{text}</t></si>" for text in shared), styles, method=method)


main()
