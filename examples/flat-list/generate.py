#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes export/销售订单明细.xlsx, a flat list as people export it: examples/flat-list/generate.py

A title and a date above the header, what a document says only on its first line (merged cells), a subtotal
below each document, a total and a footer at the end. Same program, same bytes.
"""
import datetime
import os
import pathlib
import zipfile
from xml.sax.saxutils import escape

FILE = pathlib.Path(os.environ.get("VOUCH_OUT", pathlib.Path(__file__).parent), "export") / "销售订单明细.xlsx"
HEADER = ["单据编号", "单据日期", "客户编码", "客户名称", "业务员", "制单人", "审核人", "审核日期", "单据状态",
          "存货编码", "存货名称", "规格型号", "主计量", "数量", "无税单价", "无税金额", "税额", "价税合计", "税率", "备注"]
CUSTOMERS = [("C001", "北方机械有限公司"), ("C002", "南方重工股份有限公司"), ("C003", "东海轴承经销部"),
             ("C004", "西部矿山设备厂"), ("C005", "中原农机有限公司")]
PRODUCTS = [("P6201", "深沟球轴承", "6201-2RS", 1250), ("P6204", "深沟球轴承", "6204-ZZ", 1880),
            ("P7206", "角接触球轴承", "7206AC", 4600), ("P30208", "圆锥滚子轴承", "30208", 5325)]
DATE_STYLE = 1  # of the cells' formats in styles.xml


def orders():
    """The documents: (header cells, lines as (product, quantity, price in cents)). What is planted stands in answer.csv."""
    for number in range(1, 41):
        day = datetime.date(2026, 10, 8) + datetime.timedelta(days=number // 2)
        maker, auditor = ("李四", "王五") if number % 3 else ("赵六", "王五")
        if number == 12:
            auditor = maker  # entered and approved by one person
        like = 17 if number == 19 else number  # entered a second time
        lines = [(product, 4 + like + 40 * at, product[3])
                 for at, product in enumerate((PRODUCTS * 2)[like % 4:][:1 + like % 3])]
        if number == 20:
            lines = [(PRODUCTS[2], 10, PRODUCTS[2][3] // 2)]  # sold at half of what everybody else pays
        yield [f"XS2610-{number:03}", day, *CUSTOMERS[like % 5], "陈晨" if number % 2 else "周舟", maker, auditor, day,
               "作废" if number == 33 else "已审核"], lines


def rows():
    """The rows of the sheet, and the rows that a document's merged cells take up."""
    sheet, merged = [["天衡轴承机械制造有限公司 销售订单明细表"], ["单据日期：2026-10-01 至 2026-10-31"], HEADER], []
    everything = [0, 0, 0, 0]
    for number, (head, lines) in enumerate(orders(), 1):
        sums, first = [0, 0, 0, 0], len(sheet) + 1
        for at, ((code, name, spec, _), quantity, price) in enumerate(lines):
            net = quantity * price
            tax = (net * 13 + 50) // 100
            gross = net + tax + (1000 if number == 27 and at == 0 else 0)  # does not add up
            sheet.append((head if at == 0 else [None] * len(head)) +
                         [code, name, spec, "套", quantity, price / 100, net / 100, tax / 100, gross / 100, "13%"])
            sums = [a + b for a, b in zip(sums, (quantity, net, tax, gross))]
        if len(lines) > 1:
            merged.append((first, len(sheet)))
        sheet.append([None] * 9 + ["小计"] + [None] * 3 + [sums[0], None] + [amount / 100 for amount in sums[1:]])
        everything = [a + b for a, b in zip(everything, sums)]
    sheet.append(["合计"] + [None] * 12 + [everything[0], None] + [amount / 100 for amount in everything[1:]])
    sheet.append(["制表人：钱七", None, None, "第 1 页 共 1 页"])
    return sheet, merged


def letters(column):
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def cell(value, row, column):
    place = f"{letters(column)}{row}"
    if isinstance(value, datetime.date):
        return f'<c r="{place}" s="{DATE_STYLE}"><v>{(value - datetime.date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value:.15g}</v></c>'


def sheet_xml():
    sheet, merged = rows()
    lines = "".join(
        f'<row r="{number}">' + "".join(cell(value, number, column) for column, value in enumerate(row) if value is not None)
        + "</row>" for number, row in enumerate(sheet, 1))
    places = [f"{letters(column)}{first}:{letters(column)}{last}" for first, last in merged for column in range(9)]
    return (f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData><mergeCells count="{len(places)}">'
            + "".join(f'<mergeCell ref="{place}"/>' for place in places) + "</mergeCells></worksheet>")


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def parts():
    yield "[Content_Types].xml", (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KINDS}.styles+xml"/></Types>')
    yield "_rels/.rels", (f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                          f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    yield "xl/_rels/workbook.xml.rels", (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>')
    yield "xl/workbook.xml", (f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
                              "</sheets></workbook>")
    yield "xl/styles.xml", (f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
                            '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
    yield "xl/worksheets/sheet1.xml", sheet_xml()


def main():
    FILE.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(FILE, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts():
            entry = zipfile.ZipInfo(name, (2026, 11, 2, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)


if __name__ == "__main__":
    main()
