#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes export/superstore.csv, a flat list of a shop's sales as spreadsheets of that kind have it:
examples/superstore/generate.py

One line for each product sold, the order's and the customer's data repeated on it; days as 11/8/2026; no unit price, the
value of the line after a discount in percent; saved in the code page of an American Windows. All of it is made up. Same
program, same bytes.
"""
import csv
import datetime
import os
import pathlib
import random
from decimal import Decimal

FILE = pathlib.Path(os.environ.get("VOUCH_OUT", pathlib.Path(__file__).parent), "export") / "superstore.csv"
HEADER = ["Row ID", "Order ID", "Order Date", "Ship Date", "Ship Mode", "Customer ID", "Customer Name", "Segment", "Country",
          "City", "State", "Postal Code", "Region", "Product ID", "Category", "Sub-Category", "Product Name", "Sales",
          "Quantity", "Discount", "Profit"]
CUSTOMERS = [("AB-10015", "Ada Brück", "Consumer", "Toledo", "Ohio", "43615", "East"),
             ("CD-10130", "Carl Dunn", "Corporate", "Fresno", "California", "93727", "West"),
             ("EF-10210", "Eve Ford", "Home Office", "Austin", "Texas", "78745", "Central"),
             ("GH-10375", "Gus Hale", "Consumer", "Mobile", "Alabama", "36608", "South"),
             ("IJ-10480", "Ines José", "Corporate", "Tampa", "Florida", "33614", "South"),
             ("AB-10990", "Ada Brück", "Consumer", "Toledo", "Ohio", "43615", "East")]  # twice under two numbers
PRODUCTS = [("FUR-CH-1001", "Furniture", "Chairs", "Stacking chair, café style", "61.96"),
            ("FUR-TA-1002", "Furniture", "Tables", "Round table 36\"", "189.50"),
            ("OFF-BI-1003", "Office Supplies", "Binders", "Ring binder", "4.85"),
            ("OFF-PA-1004", "Office Supplies", "Paper", "Paper, 500 sheets", "6.48"),
            ("TEC-PH-1005", "Technology", "Phones", "Desk phone", "105.42"),
            ("TEC-AC-1006", "Technology", "Accessories", "USB keyboard", "24.30")]
DAY = "{0.month}/{0.day}/{0.year}"


def lines():
    draw = random.Random(3)
    for order in range(1, 121):
        day = datetime.date(2026, 1, 5) + datetime.timedelta(days=order)
        shipped = day + datetime.timedelta(days=draw.randrange(1, 6))
        like = 89 if order == 91 else order  # entered a second time
        customer, mode = CUSTOMERS[like * 5 // 3 % len(CUSTOMERS)], draw.choice(["Standard Class", "Second Class", "First Class"])
        for at in range(1 + like % 3):
            product = PRODUCTS[(like // 2 + at) % len(PRODUCTS)]
            quantity, discount = 1 + (like * 5 + at) % 17, "0.1" if like % 4 == 0 else "0"
            if (order, at) == (60, 0):
                discount = "0.7"  # far below what others pay: PRC-08 cannot judge it while no approvals are imported
            sales = Decimal(product[4]) * quantity * (1 - Decimal(discount))
            yield [f"US-2026-{100000 + 7 * order}", DAY.format(day), DAY.format(shipped), mode, customer[0], customer[1],
                   customer[2], "United States", *customer[3:], *product[:4], format(sales.normalize(), "f"), quantity, discount,
                   (sales * Decimal("0.18")).quantize(Decimal("0.0001"))]


def main():
    FILE.parent.mkdir(exist_ok=True)
    with open(FILE, "w", encoding="cp1252", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        out.writerows([number, *line] for number, line in enumerate(lines(), 1))


if __name__ == "__main__":
    main()
