# SPDX-License-Identifier: MIT
"""What the system derives from the documents: revenue, stock and its cost, vouchers, balances."""

from decimal import Decimal

from . import master
from .basis import ZERO, after, cents, day, month

OPENING = day("2026-10-01")
STOCKED = ("normal", "gift", "sample")  # kinds of lines that leave the warehouse


# --- revenue ---------------------------------------------------------------------------------------


def enter(books, delivery, no, item, quantity, when, invoice, **facts):
    """One revenue entry for a part of a delivery line, or of an invoice line without delivery."""
    order = delivery.order if delivery else invoice.order
    facts.setdefault("amount", item.amounts(quantity)[0])
    facts.setdefault("source", "system")
    facts.setdefault("reversal", None)
    facts.setdefault("status", "posted")
    return books.add("revenue_entry", when, customer=order.customer, company=order.company, delivery=delivery,
                     line=no, item=item, quantity=quantity, invoice=invoice, **facts)


def recognise(books):
    billed = {}  # (delivery, line) -> [(invoice, quantity)]
    for invoice in sorted(books.of("invoice"), key=lambda doc: doc.day):
        for delivery, no, item, quantity in invoice.parts:
            if invoice.status != "posted":
                continue
            if delivery:
                billed.setdefault((delivery, no), []).append((invoice, quantity))
            else:
                enter(books, None, None, item, quantity, invoice.day, invoice)
    returned = {}  # returned before any invoice: never becomes revenue
    for delivery in books.of("delivery"):
        for no, (item, quantity) in enumerate(delivery.picks, 1):
            if delivery.delivery_kind == "return" and (delivery, no) not in billed:
                source = next(n for n, (i, _) in enumerate(delivery.source.picks, 1) if i is item)
                returned[delivery.source, source] = quantity
    for delivery in books.of("delivery"):
        if delivery.status != "posted":
            continue
        if delivery.revenue_plan is not None:
            for no, quantity, when, invoice, facts in delivery.revenue_plan:
                enter(books, delivery, no, delivery.picks[no - 1][0], Decimal(quantity), day(when), invoice,
                      **facts)
            continue
        earned = books.trigger(delivery)
        for no, (item, quantity) in enumerate(delivery.picks, 1):
            if earned and item.kind in ("normal", "freight") and (delivery, no) not in returned:
                recognise_line(books, delivery, no, item, earned, billed.get((delivery, no), []),
                               quantity)
            elif earned and item.kind == "normal":
                recognise_line(books, delivery, no, item, earned, billed.get((delivery, no), []),
                               quantity + returned[delivery, no])


def recognise_line(books, delivery, no, item, earned, bills, quantity):
    """With the invoice where it comes in the same month or came before, else when it is earned."""
    if delivery.delivery_kind == "return" and not bills:
        return
    left, entries = quantity, {}
    for invoice, part in bills:
        if invoice.red_of and delivery.delivery_kind != "return":
            entries[invoice] = enter(books, delivery, no, item, part, max(invoice.day, earned), invoice,
                                     reversal=entries.get(invoice.red_of))
        elif month(invoice.day) <= month(earned):
            entries[invoice] = enter(books, delivery, no, item, part, max(invoice.day, earned), invoice)
        else:
            continue
        left -= part
    if left:
        enter(books, delivery, no, item, left, earned, None)


# --- stock and cost --------------------------------------------------------------------------------


def unit_cost(product, company):
    return master.COST_USD[product] if company == master.EXPORT else master.COST[product]


def move_stock(books):
    """Issues by delivery; first-in-first-out cost of each from opening stock and weekly receipts."""
    books.issue_cost, books.issue_layers, books.openings = {}, {}, {}
    issues = {}
    for delivery in sorted(books.of("delivery"), key=lambda doc: doc.day):
        if delivery.status != "posted":
            continue
        delivery.issued_at = books.clock(delivery.day, 14, delivery.origin)
        for no, (item, quantity) in enumerate(delivery.picks, 1):
            if item.kind in STOCKED:
                issues.setdefault(item.product, []).append(
                    (delivery.issued_at, delivery, no, quantity * item.factor))
    for product, moves in sorted(issues.items()):
        company = moves[0][1].order.company
        if product in master.FIFO:
            assert not any(m[1].origin for m in moves), f"{product}: families sell products at moving average"
            replay(books, product, moves)
        else:
            books.openings[product] = (sum(m[3] for m in moves if m[1].day >= OPENING) + 50,
                                       unit_cost(product, company), company)
        for at, delivery, no, quantity in moves:
            cost = None if product in master.FIFO else unit_cost(product, company)
            if cost is not None:
                books.issue_cost[delivery, no] = cents(cost * quantity)
            books.add("stock_movement", delivery.day, product=product, at=at, quantity=-quantity, cost=cost,
                      source=delivery, company=company)


def replay(books, product, moves):
    days = [OPENING, day("10-12"), day("10-19"), day("10-26"), day("11-30")]
    base, layers = master.COST[product], []
    for n, (start, end) in enumerate(zip(days, days[1:])):
        needed = sum(m[3] for m in moves if start <= m[1].day < end) + 6
        cost = cents(base * (1000 + n * 7) / 1000)
        layers.append([start, needed, cost])
        if n == 0:
            books.openings[product] = (needed, cost, master.MAIN)
            continue
        receipt = books.add("goods_receipt", start, product=product, quantity=needed)
        books.add("stock_movement", start, product=product, at=books.clock(start, 7), quantity=needed,
                  cost=cost, source=receipt, company=master.MAIN)
    for _, delivery, no, quantity in moves:
        assert delivery.day >= OPENING and quantity > 0, (product, delivery.day)
        total, used = ZERO, 0
        for layer in layers:
            taken = min(quantity, layer[1])
            if taken and layer[0] <= delivery.day:
                layer[1] -= taken
                quantity -= taken
                total += taken * layer[2]
                used += 1
        assert quantity == 0, (product, delivery.day)
        books.issue_cost[delivery, no] = total
        books.issue_layers[delivery, no] = used


def carry_costs(books):
    """A cost entry with each revenue entry over goods, unless the delivery's cost_plan says otherwise."""
    for entry in books.of("revenue_entry"):
        if not entry.delivery or entry.item.kind != "normal" or entry.status != "posted":
            continue
        plan = getattr(entry.delivery, "cost_plan", {}).get(entry.line, {})
        if plan.get("missing"):
            continue
        quantity = entry.quantity - plan.get("short", 0)
        issued = entry.delivery.picks[entry.line - 1][1]
        whole = books.issue_cost[entry.delivery, entry.line]
        if quantity != issued:
            assert books.issue_layers.get((entry.delivery, entry.line), 1) == 1, "a part over two layers"
        amount = cents(whole * quantity / issued) + plan.get("extra", 0)
        books.add("cost_entry", day(plan["day"]) if "day" in plan else entry.day, entry=entry,
                  delivery=entry.delivery, invoice=entry.invoice, product=entry.item.product,
                  quantity=quantity, amount=amount, company=entry.company, voucher=plan.get("voucher"))


# --- vouchers --------------------------------------------------------------------------------------

# On busy days, and at the month's end, one voucher is made for all receivables of the day.
JOINED_DAYS = {day("10-" + text) for text in ("16", "19", "20", "22", "23", "26", "28", "30")}


def voucher(books, when, company, source_kind, source, lines, sources=()):
    """`lines`: (account, customer, debit, credit); one without an amount is left out."""
    lines = [line for line in lines if line[2] or line[3]]
    return books.add("voucher", when, company=company, source_kind=source_kind, source=source, lines=lines,
                     sources=list(sources))


def post_vouchers(books):
    post_receivables(books)
    for receipt in books.of("receipt"):
        if receipt.day < OPENING or receipt.status != "posted":
            continue
        advance = receipt.receipt_kind in ("deposit", "advance", "refund")
        account = receipt.credit or ("advance_from_customer" if advance else "receivable")
        voucher(books, receipt.day, receipt.company, "receipt", receipt,
                [("cash", None, receipt.amount, ZERO), (account, receipt.customer, ZERO, receipt.amount)])
    for entry in books.of("netting_entry"):
        voucher(books, entry.day, entry.company, "netting", entry,
                [("advance_from_customer", entry.customer, entry.amount, ZERO),
                 ("receivable", entry.customer, ZERO, entry.amount)])
    for entry in books.of("write_off"):
        voucher(books, entry.day, master.MAIN, "manual", entry,
                [("other", None, entry.amount, ZERO), ("receivable", entry.customer, ZERO, entry.amount)])
    post_costs(books)
    for entry in books.of("revenue_entry"):  # earned, not yet invoiced: accrued
        if entry.invoice is None and entry.day >= OPENING and entry.status == "posted":
            voucher(books, entry.day, entry.company, "revenue", entry,
                    [("other", entry.customer, entry.amount, ZERO), ("revenue", None, ZERO, entry.amount)])


def post_receivables(books):
    earned = {}
    for entry in books.of("revenue_entry"):
        earned.setdefault((entry.invoice, entry.delivery, entry.line), []).append(month(entry.day))
    joined = {}
    for entry in books.of("receivable_entry"):
        if entry.receivable_kind == "opening" or entry.status != "posted":
            continue
        net = {"revenue": ZERO, "other": ZERO}
        tax = ZERO
        for delivery, no, item, quantity in entry.invoice.parts if entry.invoice else []:
            amounts = item.amounts(quantity)
            same = month(entry.day) in earned.get((entry.invoice, delivery, no), [])
            net["revenue" if same else "other"] += amounts[0]
            tax += amounts[1]
        net["revenue"] += entry.amount - net["revenue"] - net["other"] - tax
        debited = getattr(entry, "debit_customer", entry.customer)
        lines = [("receivable", debited, entry.amount, ZERO), ("revenue", None, ZERO, net["revenue"]),
                 ("other", entry.customer, ZERO, net["other"]), ("tax", None, ZERO, tax)]
        if entry.day in JOINED_DAYS and entry.company == master.MAIN and debited == entry.customer:
            joined.setdefault(entry.day, []).append((entry, lines))
        else:
            voucher(books, entry.day, entry.company, "receivable", entry, lines)
    for invoice in books.of("invoice"):
        if invoice.cash and invoice.status == "posted":
            net, tax = (sum(i.amounts(q)[n] for _, _, i, q in invoice.parts) for n in (0, 1))
            voucher(books, invoice.day, invoice.order.company, "revenue", None,
                    [("cash", None, net + tax, ZERO), ("revenue", None, ZERO, net), ("tax", None, ZERO, tax)],
                    [("invoice", invoice, net + tax)])
    for when, entries in sorted(joined.items()):
        lines = [lines[0] for _, lines in entries]
        for account in (1, 2, 3):
            total = sum(lines[account][3] for _, lines in entries)
            lines.append((entries[0][1][account][0], None, ZERO, total))
        voucher(books, when, master.MAIN, "receivable", None, lines,
                [("receivable", entry, entry.amount) for entry, _ in entries])


def post_costs(books):
    """Costs of a week go into one voucher, except those that have one of their own."""
    joined = {}
    for entry in books.of("cost_entry"):
        if entry.day < OPENING or entry.voucher == "none":
            continue
        if entry.voucher:
            debit, credit = entry.voucher(entry.amount)
            voucher(books, entry.day, entry.company, "cost", entry,
                    [("cost_of_sales", None, debit, ZERO), ("inventory", None, ZERO, credit)])
        else:
            week = entry.day.isocalendar()[1]
            joined.setdefault((month(entry.day), week, entry.company), []).append(entry)
    for _, entries in sorted(joined.items(), key=lambda pair: pair[0]):
        total = sum(entry.amount for entry in entries)
        voucher(books, max(entry.day for entry in entries), entries[0].company, "cost", None,
                [("cost_of_sales", None, total, ZERO), ("inventory", None, ZERO, total)],
                [("cost", entry, entry.amount) for entry in entries])


# --- balances --------------------------------------------------------------------------------------


def opening_receivables(books):
    """By company and customer, at the start of October."""
    totals = {}
    for entry in books.of("receivable_entry"):
        if entry.receivable_kind == "opening":
            key = entry.company, entry.customer
            totals[key] = totals.get(key, ZERO) + entry.amount
    return totals


def opening_advances(books):
    totals = {}
    for receipt in books.of("receipt"):
        if receipt.day < OPENING and receipt.status == "posted":
            key = receipt.company, receipt.customer
            totals[key] = totals.get(key, ZERO) + receipt.amount
    for entry in books.of("netting_entry"):
        assert entry.day >= OPENING
    return {key: value for key, value in totals.items() if value}


def receivable_balance(books, company, until):
    """The general ledger's account at the end of a month: opening and what vouchers posted."""
    balance = sum(v for (c, _), v in opening_receivables(books).items() if c == company)
    for doc in books.of("voucher"):
        if doc.company == company and OPENING <= doc.day <= until:
            balance += sum(d - c for account, _, d, c in doc.lines if account == "receivable")
    return balance


MONTH_ENDS = [("2026-09", after(OPENING, -1)), ("2026-10", day("10-31"))]
