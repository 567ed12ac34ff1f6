# SPDX-License-Identifier: MIT
"""Puts the month together: plantings and noise, then what a system derives from them, then numbers."""

from . import ledger, noise, planted_credit, planted_prices, planted_revenue, rows
from .basis import csv_text, money
from .books import Books


def build():
    """The tables of the month and its answer: {name: rows}, [(control, table, key, amount, ...)]."""
    books = Books()
    books.before_costs, books.after_derivation, books.before_numbers = [], [], []
    planted_credit.plant(books)
    planted_prices.plant(books)
    planted_revenue.plant(books)
    noise.fill(books)
    ledger.recognise(books)
    run(books.before_costs)
    run(books.after_derivation)
    ledger.move_stock(books)
    ledger.carry_costs(books)
    run(books.before_numbers)
    ledger.post_vouchers(books)
    books.number()
    tables = rows.tables(books)
    return tables, answer(books)


def run(hooks):
    for hook in hooks:
        hook()


def answer(books):
    found = [(control, table, key(), "" if amount is None else money(amount), currency, label() if label else "")
             for control, table, key, amount, currency, label in books.answer]
    return sorted(found)


def answer_text(found):
    return csv_text(["control", "table", "key", "amount", "currency", "label"], found)
