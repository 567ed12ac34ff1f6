# SPDX-License-Identifier: MIT
"""What the clean month has in place of the plantings: business of every kind that a control looks at, all in order."""

from decimal import Decimal

from . import master
from .basis import day
from .books import Item
from .planted_prices import sell
from .planted_revenue import accept, first_entry

D = Decimal


def plant(b):
    credit(b)
    prices(b)
    contracts(b)
    orders(b)
    advances(b)


def credit(b):
    # Terms and a limit that were changed in October, within the policy; a new customer; one that prepays.
    b.credits += [
        master.Credit("C012", "A", 780000, 60, since="2026-10-12", assessed="2026-10-10"),
        master.Credit("C013", "AA", 1850000, 60, since="2026-10-15", assessed="2026-10-12"),
        master.Credit("C018", "A", 500000, 45), master.Credit("C019", "A", 500000, 30),
        master.Credit("C024", "B", 200000, 45, mode="prepay"), master.Credit("C025", "A", 600000, 60)]
    order = b.order("C024", "10-12", [Item("P002", 200)], mode="prepay")
    b.receive("C024", "10-13", order.amount, kind="advance")
    sell(b, order, "10-15", "10-19")
    b.net("C024", "10-19", order.amount)
    # A dispute that was settled before the customer was given credit again.
    b.credit_events.append({"event_id": "XW01", "customer_id": "C034", "kind": "overdue", "occurred_on": "2026-05-11",
                            "resolved_on": "2026-08-30", "amount": 30000})
    order = b.order("C034", "10-20", [Item("P003", 60)], terms=60)
    sell(b, order, "10-23", "10-26")
    # Paid when the goods leave.
    for when, quantity in (("10-10", 40), ("10-21", 25)):
        order = b.order("C027", when, [Item("P001", quantity), Item("P019", 10)], mode="cash")
        b.bill(when, b.deliver(order, when, signed="+0"), cash=True)


def prices(b):
    # Below the floor, approved: for a line, for a quotation that became an order, for a contract.
    order = b.order("C007", "10-13", [Item("P010", 500, 68)], terms=60)
    b.special_price(order, "10-12", line=1, value="68.00")
    sell(b, order, "10-16", "10-20")
    quote = b.quote("C001", "10-13", [Item("P007", 250, 61)])
    b.special_price(quote, "10-12")
    order = b.order("C001", "10-19", [Item("P007", 250, 61)], quotation=quote, terms=60)
    sell(b, order, "10-22", "10-26")
    b.quote("C011", "10-21", [Item("P008", 80), Item("P010", 100, "69.84")])
    contract = b.contract("C009", "10-19", [Item("P011", 100, "118.86")], terms=60)
    concession = b.add("concession", day("10-16"), contract=contract, pct=D("7.14"), amount=D(960))
    b.special_price(concession, "10-16")
    # Discounts: within the salesperson's authority, and beyond it, approved.
    order = b.order("C008", "10-21", [Item("P023", 6, 1116)], terms=60)
    sell(b, order, "10-23", "10-27")
    order = b.order("C006", "10-16", [Item("P022", 3, 4032)], terms=60)
    b.special_price(order, "10-15")
    sell(b, order, "10-20", "10-23")
    # Sold by the box and by the piece, with a gift and a sample.
    order = b.order("C010", "10-16", [Item("P020", 60, 30), Item("P021", 30, 250, uom="包")], terms=60)
    sell(b, order, "10-20", "10-23")
    order = b.order("C003", "10-15", [Item("P007", 150), Item("G001", 2, kind="gift"),
                                      Item("P011", 2, kind="sample")], terms=60)
    sell(b, order, "10-19", "10-22")


def contracts(b):
    # Changed after signing, approved before the change took effect; an editorial change needs no approval.
    contract = b.contract("C010", "09-22", [Item("P008", 400)], terms=60)
    change = b.contract_change(contract, "2026-10-12 09:00:00", "delivery_due_on", "2026-11-15", "2026-12-01",
                               "delivery", amount=50624, effective="2026-10-20 00:00:00")
    b.approval(change, "change", "marketing_vp", "E03", "2026-10-16 16:30:00")
    b.contract_change(contract, "2026-10-21 09:00:00", "contact", "王工", "李工", "editorial")
    # A price that was changed and approved before it was called off.
    contract = b.contract("C011", "09-16", [Item("P008", 500, 110), Item("P007", 300, 65)], terms=60)
    change = b.contract_change(contract, "2026-10-12 10:00:00", "unit_price", "65", "64.50", "price",
                               amount=150, effective="2026-10-14 00:00:00", line=2)
    b.approval(change, "change", "marketing_vp", "E03", "2026-10-13 09:30:00")
    order = b.order("C011", "10-19", [Item("P007", 120, "64.50", contract_line=2), Item("P008", 60, 110, contract_line=1)],
                    contract=contract)
    sell(b, order, "10-22", "10-26")
    # Revenue on acceptance.
    contract = b.contract("C013", "10-12", [Item("P006", 60, 690)], terms=60, trigger="acceptance")
    order = b.order("C013", "10-15", [Item("P006", 25, 690, contract_line=1)], contract=contract)
    delivery = b.deliver(order, "10-19")
    accept(b, delivery, "10-28")
    b.bill("10-28", delivery)


def orders(b):
    # Taken back, changed and approved again before delivery.
    order = b.order("C003", "10-13", [Item("P007", 220)], terms=60)
    b.approval(order, "order_approval", "sales_manager", "E04", "2026-10-14 09:00:00", decision="unapprove",
               opinion="客户改数量，退回修改")
    b.change(order, "2026-10-14 10:00:00", "quantity", "200", "220", line=1)
    b.approve_order(order, day("10-14"), round_no=2)
    sell(b, order, "10-19", "10-22")
    # Rejected with advice, changed accordingly, approved.
    order = b.order("C011", "10-22", [Item("P003", 90)], terms=60, approve=False)
    b.approval(order, "order_approval", "sales_manager", "E04", "2026-10-22 14:05:00", decision="reject",
               opinion="数量有误，请核对客户订单", requested=order.submitted)
    b.change(order, "2026-10-23 08:50:00", "quantity", "900", "90", line=1)
    b.approve_order(order, day("10-23"), round_no=2)
    sell(b, order, "10-27", "10-29")
    # Revenue entered by hand, with a delivery and an approval.
    order = b.order("C011", "10-20", [Item("P002", 90)], terms=60)
    delivery = b.deliver(order, "10-22")
    invoice = b.bill("10-27", delivery)
    delivery.revenue_plan = [(1, 90, "10-27", invoice, {"source": "manual"})]
    b.after_derivation.append(lambda: b.approval(
        first_entry(b, delivery), "manual_revenue", "finance_head", "E15", "2026-10-27 09:00:00",
        opinion="系统接口中断，同意手工录入"))


def advances(b):
    # An advance that a payment plan asks for, netted against the invoice; one that waits; one paid back.
    contract = b.contract("C028", "10-12", [Item("P006", 120, 700), Item("P005", 80, 430)], terms=45)
    b.payment_plans += [("FK001", contract, "advance", 30, day("10-13")),
                        ("FK002", contract, "on_delivery", 70, day("12-05"))]
    advance = contract.amount * 30 / 100
    b.receive("C028", "10-13", advance, kind="advance", contract=contract)
    order = b.order("C028", "10-13", [Item("P006", 120, 700, contract_line=1), Item("P005", 80, 430, contract_line=2)],
                    contract=contract, mode="mixed")
    b.bill("10-23", b.deliver(order, "10-20"))
    b.net("C028", "10-23", advance, contract)
    waiting = b.contract("C033", "10-19", [Item("P012", 12)], terms=60)
    b.receive("C033", "10-21", 9000, kind="deposit", contract=waiting)
    contract = b.contract("C007", "02-10", [Item("P008", 200, 112)], terms=60)
    b.receive("C007", "02-12", 8000, kind="advance", contract=contract)
    b.receive("C007", "10-20", -8000, kind="refund", contract=contract)
