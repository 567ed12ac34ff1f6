# SPDX-License-Identifier: MIT
"""The rest of the month: ordinary business, none of which may be reported."""

from decimal import Decimal

from . import master
from .basis import Chance, after, day
from .books import Item
from .planted_prices import sell

D = Decimal

WORKDAYS = ["10-08", "10-09", "10-10", "10-12", "10-13", "10-14", "10-15", "10-16", "10-19", "10-20",
            "10-21", "10-22", "10-23", "10-26", "10-27"]
SMALL = ("P001", "P002", "P003", "P007", "P008", "P010", "P011", "P019")
LARGE = ("P004", "P005", "P006", "P013", "P014")


def fill(b):
    chance = Chance(20261031)
    openings(b)
    for _ in range(18):
        ordinary(b, chance)
    particular(b)
    returns(b)
    export(b)
    branch(b)
    around(b)
    later(b)


def openings(b):
    """Items open on 1 October. Whoever still gets goods pays before the due date."""
    for n, (customer, *_) in enumerate(master.CUSTOMERS[:14]):
        amount = D(18000 + n * 2345) + D(n * 7) / 100
        entry = b.opening(customer, f"08-{20 + n % 8}", f"10-{19 + n % 10}", amount)
        paid = f"10-{12 + n % 7}"
        if n in (5, 7):  # paid with a bill of exchange that falls due in January
            b.pay(entry, paid, method="note", bill_due=day(f"2027-01-{10 + n}"))
        elif n % 4 == 2:  # in two parts, the second one on the due date itself
            b.pay(entry, paid, amount=10000)
            b.pay(entry, entry.due.isoformat(), amount=entry.amount - 10000)
        else:
            b.pay(entry, paid)
        if n % 3 == 0:
            b.opening(customer, f"09-{10 + n}", f"11-{16 + n % 12}", D(9000 + n * 811) + D("0.50"))
    # A company that no longer trades: part of what it owes is written off.
    b.opening("C029", "02-10", "03-12", 36500)
    write_off = b.add("write_off", day("10-28"), customer="C029", amount=D(16500), company=master.MAIN)
    b.approval(write_off, "write_off", "general_manager", "E01", "2026-10-26 10:00:00")
    # One receipt was entered twice; the second is void.
    b.receive("C002", "10-19", 5000, status="void")
    # Money in advance for an order of C011 that has not been delivered yet.
    b.receive("C011", "10-28", 3500, kind="deposit",
              contract=b.contract("C011", "10-26", [Item("P012", 6)], terms=60))


def price_of(b, chance, product, customer, when):
    """The list price, or up to 3 % less, which is the floor; never another grade's price."""
    _, _, grade, region, _ = master.CUSTOMER[customer]
    if product == "P019":
        return chance.pick((D(20), D("19.50")))
    value = master.list_price(product, grade, region, when)
    others = set().union(*[prices for g, prices in master.bands_of(product).items() if g not in (grade, "*", None)])
    price = value * (100 - chance.pick((0, 0, 0, 1, 2, 3))) / 100
    return value if price in others else price


def ordinary(b, chance):
    customer = chance.pick(master.CUSTOMERS[:14])[0]
    when = chance.pick(WORKDAYS)
    ordered = day(when)
    items, used = [], set()
    for _ in range(1 + chance.below(3)):
        product = chance.pick(SMALL + SMALL + LARGE)
        if product in used:
            continue
        used.add(product)
        quantity = (2 + chance.below(24)) * 10 if product in SMALL else 4 + chance.below(30)
        items.append(Item(product, quantity, price_of(b, chance, product, customer, ordered)))
    if chance.below(6) == 0:
        items.append(Item("S001", 1, 120 + 10 * chance.below(30), kind="freight"))
    if chance.below(9) == 0:
        items.append(Item("G001", 1 + chance.below(3), kind="gift"))
    terms = 30 if customer == "C002" and ordered < day("10-16") else 60
    order = b.order(customer, when, items, terms=terms, channel=chance.pick(("phone", "fax", "email", "portal")))
    shipped = min(after(ordered, 1 + chance.below(4)), day("10-30"))
    style = chance.below(6)
    text = lambda when: when.isoformat()[5:]
    if style == 0:  # in two deliveries, each with its own invoice
        part = {1: items[0].quantity // 2}
        first = b.deliver(order, text(shipped), part)
        b.bill(text(after(shipped, 3)), first)
        rest = {item.no: item.quantity - part.get(item.no, 0) for item in items}
        late = min(after(shipped, 5), day("10-28"))
        second = b.deliver(order, text(late), rest)
        b.bill("10-30" if late >= day("10-27") else text(after(late, 3)), second)
    elif style == 1 and shipped <= day("10-22"):  # in two deliveries on one invoice
        part = {1: items[0].quantity // 2}
        first = b.deliver(order, text(shipped), part)
        rest = {item.no: item.quantity - part.get(item.no, 0) for item in items}
        second = b.deliver(order, text(after(shipped, 4)), rest)
        b.bill(text(after(shipped, 7)), [first, second])
    elif style == 2 and chance.below(2) == 0:  # not delivered yet, or only in part
        if len(items) > 1:
            sell(b, order, text(shipped), text(after(shipped, 3)))
    else:
        sell(b, order, text(shipped), text(min(after(shipped, 3), day("10-30"))), by_line=style == 3)


def particular(b):
    # A framework contract of September with call-offs at its prices, two of them in part deliveries.
    frame = b.contract("C001", "09-10", [Item("P001", 5000, "16.60"), Item("P002", 3000, "24.50")], terms=60)
    for when, first, second in (("10-09", 600, 300), ("10-16", 500, 0), ("10-22", 700, 400)):
        items = [Item("P001", first, "16.60", contract_line=1)]
        if second:
            items.append(Item("P002", second, "24.50", contract_line=2))
        order = b.order("C001", when, items, contract=frame)
        delivery = b.deliver(order, after(order.day, 3).isoformat()[5:])
        b.bill(after(order.day, 6).isoformat()[5:], delivery)
    # One delivery on two invoices of the same month.
    order = b.order("C014", "10-13", [Item("P013", 60), Item("P014", 30)], terms=60)
    delivery = b.deliver(order, "10-15")
    b.bill("10-19", delivery, picks={1: 60, 2: 12})
    b.bill("10-22", delivery, picks={2: 18})
    # Above 500,000: two steps of approval; a contract with installation, which is a service.
    order = b.order("C003", "10-14", [Item("P006", 700, 700)], terms=60)
    sell(b, order, "10-20", "10-23")
    contract = b.contract("C013", "10-13", [Item("P005", 150, 430), Item("S002", 1, 6000, kind="service")],
                          terms=60)
    order = b.order("C013", "10-15", [Item("P005", 150, 430, contract_line=1),
                                      Item("S002", 1, 6000, kind="service", contract_line=2)], contract=contract)
    b.bill("10-23", b.deliver(order, "10-19"), services=(2,))
    # The rest of an order was cancelled and the order closed; another was cancelled after approval.
    order = b.order("C006", "10-09", [Item("P004", 50, cancelled=20)], terms=60, status="closed")
    b.bill("10-16", b.deliver(order, "10-13", {1: 30}))
    b.order("C009", "10-15", [Item("P006", 200)], terms=60, status="cancelled")
    # Approved by the branch manager, to whom the sales manager had delegated for that week.
    order = b.order("C007", "10-20", [Item("P002", 250)], terms=60, approve=False)
    b.approve_order(order, order.day, who="E05")
    sell(b, order, "10-23", "10-27")
    # Still waiting for approval at the end of the month; and a delivery that is only a draft.
    b.order("C012", "10-30", [Item("P006", 300)], terms=60, status="submitted")
    order = b.order("C004", "10-28", [Item("P010", 60)], terms=60)
    b.deliver(order, "10-31", status="draft", signed=None)


def returns(b):
    # Goods came back after the invoice: a return, a red invoice, red revenue and cost.
    for customer, when, quantity, back in (("C003", "10-12", 40, 6), ("C010", "10-14", 50, 10), ("C012", "10-15", 36, 4)):
        order = b.order(customer, when, [Item("P014", quantity)], terms=60)
        delivery = b.deliver(order, after(order.day, 2).isoformat()[5:])
        invoice = b.bill(after(order.day, 5).isoformat()[5:], delivery)
        returned = b.take_back(delivery, after(order.day, 9).isoformat()[5:], {1: back})
        b.bill(after(order.day, 11).isoformat()[5:], returned, red_of=invoice)


def export(b):
    entry = b.opening("C030", "08-28", "10-27", "18450.00")
    b.pay(entry, "10-20")
    for when, items in (("10-09", [Item("P015", 20, 310), Item("P017", 60, "116.50")]),
                        ("10-14", [Item("P016", 30, 265)]),
                        ("10-20", [Item("P018", 200, "71.78"), Item("P017", 40, 118)]),
                        ("10-26", [Item("P015", 12, "305.75")])):
        order = b.order("C030", when, items, terms=60)
        b.bill(after(order.day, 4).isoformat()[5:], b.deliver(order, after(order.day, 1).isoformat()[5:]))


def branch(b):
    entry = b.opening("C031", "09-03", "11-02", "15820.30")
    b.pay(entry, "10-26", amount=8000)
    b.opening("C032", "09-11", "11-10", "7345.60")
    order = b.order("C031", "10-21", [Item("P031", 120, "35.28")], terms=60)
    sell(b, order, "10-23", "10-27")


def around(b):
    """September and November around the cut-off."""
    # Ordered in September, delivered in October.
    for customer, when, product, quantity, shipped in (("C003", "09-24", "P014", 25, "10-09"),
                                                       ("C011", "09-29", "P013", 40, "10-12")):
        order = b.order(customer, when, [Item(product, quantity)], terms=60)
        sell(b, order, shipped, after(day(shipped), 4).isoformat()[5:])
    # Entered on 30 September, approved after the holidays.
    order = b.order("C001", "09-30", [Item("P013", 35)], terms=60, approved="10-08")
    sell(b, order, "10-12", "10-15")
    # The first days of November.
    for customer, when, product, quantity in (("C002", "11-02", "P007", 80), ("C004", "11-02", "P001", 300),
                                              ("C009", "11-03", "P010", 90)):
        order = b.order(customer, when, [Item(product, quantity)], terms=60)
        delivery = b.deliver(order, after(order.day, 1).isoformat()[5:], signed="+1")
        b.bill(after(order.day, 2).isoformat()[5:], delivery)
    # Entered on 30 October, approved in November.
    b.order("C007", "10-30", [Item("P008", 40)], terms=60, approved="11-02")
    b.receive("C005", "11-04", 4000, kind="advance", contract=b.contract("C005", "11-03", [Item("P012", 4)], terms=60))


def later(b):
    """After 5 November: nobody who audits on that day can see these."""
    for customer, when, product, quantity, price in (("C001", "11-06", "P007", 100, 60), ("C015", "11-09", "P006", 300, 700),
                                                     ("C005", "11-12", "P010", 50, 72)):
        order = b.order(customer, when, [Item(product, quantity, price)])
        sell(b, order, after(order.day, 2).isoformat()[5:], after(order.day, 5).isoformat()[5:])
    b.receive("C017", "11-16", 20000, kind="advance")
    b.credit_events.append({"event_id": "XW90", "customer_id": "C011", "kind": "overdue",
                            "occurred_on": "2026-11-11", "resolved_on": None, "amount": 3000})
