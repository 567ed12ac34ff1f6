# SPDX-License-Identifier: MIT
"""Puts the month together: plantings and noise, then what a system derives from them, then tables.

A family of controls has a module family_NAME.py with up to three functions, called in this order:

1. sell(b): documents of its own, with b.order, b.deliver, b.bill, b.receive ... of Books, before ledger, stock and
   vouchers are derived. Sell b.new_product(...) to b.new_customer(...): they disturb no balance, price or stock
   of others. `if b.planted:` around what only a planting needs. b.keep("name", document) keeps one for later.
2. complete(month): the papers that a careful company has for EVERY document of the month, its own, other
   families' and those of noise.py: month.add(table, ...) for each row of month.rows(...). No control may speak.
3. plant(month): only when planted. Takes rows of its own documents, month.kept("name"), changes, adds or removes
   (month.add, month.remove), and says what must be found: month.plant("SHP-01", "delivery", row, amount).

Fields and values are checked against rules/model/*.lua at once. Random choices: b.chance, month.chance, each the
module's own. Numbers: month.number("DR", day). In erp-export, a table that headers.py does not know becomes a list
of its folder `office`; nothing is to be done for it.
"""

import zlib

from . import (family_approvals, family_bypasses, family_consignment, family_contracts, family_invoicing,
               family_journal, family_masters, family_orders, family_production, family_quotations,
               family_receipts, family_returns, family_separation, family_shipping)
from . import ledger, noise, planted_credit, planted_prices, planted_revenue, quiet, rows
from .basis import Chance, csv_text, money
from .books import Books
from .month import Month

PLANTED = (planted_credit, planted_prices, planted_revenue)
FAMILIES = (  # new ones at the end: the numbers of customers and products go by the place here
    family_quotations, family_contracts, family_approvals, family_separation, family_orders, family_production,
    family_shipping, family_invoicing, family_receipts, family_returns, family_consignment, family_masters,
    family_bypasses, family_journal,
)


def build(planted=True):
    """The month, with everything that must be found or with ordinary business only."""
    books = Books(planted)
    for module in PLANTED if planted else (quiet,):
        module.plant(books)
    noise.fill(books)
    call("sell", books)
    ledger.recognise(books)
    books.before_costs.run()
    books.after_derivation.run()
    ledger.move_stock(books)
    ledger.carry_costs(books)
    books.before_numbers.run()
    ledger.post_vouchers(books)
    books.number()
    month = Month(books, rows.tables(books))
    call("complete", month)
    if planted:
        call("plant", month)
    return month


def call(hook, target):
    """Calls a hook of all families, each with chances of its own."""
    for place, module in enumerate(FAMILIES):
        target.origin, target.place = module.__name__.rpartition(".family_")[2], place
        target.chance = Chance(zlib.crc32(f"{target.origin} {hook}".encode()))
        if hasattr(module, hook):
            getattr(module, hook)(target)
    target.origin, target.chance = "", None


def answer_text(month):
    found = sorted((control, table, key, "" if amount is None else money(amount), currency, label)
                   for control, table, key, amount, currency, label in month.answer)
    return csv_text(["control", "table", "key", "amount", "currency", "label"], found)
