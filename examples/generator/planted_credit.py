# SPDX-License-Identifier: MIT
"""What is planted for the credit controls (CRD) and for contract and order changes (CHG)."""

from decimal import Decimal

from . import master
from .basis import day
from .books import Item
from .planted_prices import line_of, sell

D = Decimal


def id_of(doc):
    return lambda: doc.id


def plant(b):
    limits(b)
    limit_by_delivery(b)
    overrides(b)
    ratings(b)
    terms(b)
    overdue(b)
    policy(b)
    problems(b)
    modes(b)
    contract_changes(b)
    order_changes(b)
    rejections(b)
    contract_prices(b)


# --- CRD-01 ----------------------------------------------------------------------------------------


def limits(b):
    # CRD-01: limit 200,000. Opening 90,400 and an order of 67,800 are within it. The order of the 16th
    # (56,500) brings 214,700: over by 14,700, its own share. The order of the 21st adds 22,600, all of it
    # over. After a payment of 90,400 the order of the 27th (33,900) is within the limit again.
    opening = b.opening("C015", "09-16", "10-31", 90400)
    first = b.order("C015", "10-09", [Item("P006", 40, 700), Item("P004", 200, 145), Item("P002", 115, 26),
                                      Item("S001", 1, 10, kind="service")], terms=45)
    assert first.amount == 67800
    b.bill("10-19", b.deliver(first, "10-14"), services=(4,))
    second = b.order("C015", "10-16", [Item("P005", 100, 430), Item("P006", 10, 700)], terms=45)
    assert second.amount == 56500
    b.plant("CRD-01", "sales_order", id_of(second), 14700)
    sell(b, second, "10-22", "10-27")
    third = b.order("C015", "10-21", [Item("P006", 20, 700), Item("P004", 40, 145), Item("S001", 1, 200, kind="service")],
                    terms=45)
    assert third.amount == 22600
    b.plant("CRD-01", "sales_order", id_of(third), 22600)
    b.pay(opening, "10-23")
    fourth = b.order("C015", "10-27", [Item("P006", 40, 700), Item("S001", 1, 2000, kind="service")], terms=45)
    assert fourth.amount == 33900
    # Silent: limit 150,000, opening 37,000, and two orders of 56,500 make exactly 150,000. On the 26th the
    # customer pays 22,600, written down in the afternoon, after the order of 22,600 was approved: of
    # events of one day the receipt comes first, so exposure is exactly 150,000 again.
    opening = b.opening("C016", "09-18", "11-02", 37000)
    order = b.order("C016", "10-09", [Item("P005", 100, 430), Item("P006", 10, 700)], terms=45)
    b.bill("10-22", b.deliver(order, "10-15", {1: 60, 2: 10}))  # the rest is still to be delivered
    order = b.order("C016", "10-20", [Item("P006", 70, 700), Item("S001", 1, 1000, kind="service")], terms=45)
    assert order.amount == 56500
    order = b.order("C016", "10-26", [Item("P006", 20, 700), Item("P004", 40, 145),
                                      Item("S001", 1, 200, kind="service")], terms=45)
    b.pay(opening, "10-26", amount=22600)
    # Silent: 100,000 is the limit. A mixed order of 135,600 whose plan asks for 30 % in advance uses
    # 94,920 of it; the advance came before and is netted against the invoice.
    contract = b.contract("C028", "10-12", [Item("P006", 120, 700), Item("P005", 80, 430),
                                            Item("P004", 10, 145), Item("S001", 1, 150, kind="service")],
                          terms=45)
    assert contract.amount == 135600
    b.payment_plans += [("FK001", contract, "advance", 30, day("10-13")),
                        ("FK002", contract, "on_delivery", 70, day("12-05"))]
    b.receive("C028", "10-13", 40680, kind="advance", contract=contract)
    order = b.order("C028", "10-13", [Item("P006", 120, 700, contract_line=1), Item("P005", 80, 430, contract_line=2),
                                      Item("P004", 10, 145, contract_line=3),
                                      Item("S001", 1, 150, kind="service", contract_line=4)],
                    contract=contract, mode="mixed")
    b.bill("10-23", b.deliver(order, "10-20"), services=(4,))
    b.net("C028", "10-23", 40680, contract)


def limit_by_delivery(b):
    # CRD-01 by delivery: limit 120,000, opening 37,000, an order of 81,360 makes 118,360. On the 19th 1,030
    # pieces leave instead of 1,000: 30 x 72 with tax is 2,440.80 more, 800.80 of it over the limit.
    b.opening("C017", "09-15", "10-30", 37000)
    order = b.order("C017", "10-12", [Item("P010", 1000, 72)], terms=45)
    delivery = b.deliver(order, "10-19", {1: 1030})
    b.bill("10-23", delivery)
    b.plant("CRD-01", "delivery", id_of(delivery), D("800.80"))


def overrides(b):
    # Silent: the order exceeds the limit of 80,000 and the customer is overdue, but the head of finance had
    # approved both the day before (CRD-01, CRD-04).
    b.opening("C022", "08-25", "09-24", 60000)
    order = b.order("C022", "10-14", [Item("P006", 40, 700), Item("P002", 75, 26), Item("S001", 1, 50, kind="service")],
                    terms=30)
    assert order.amount == 33900
    b.approval(order, "credit_override", "finance_head", "E15", b.clock(day("10-13"), 16), value="95000",
               opinion="同意超额度发货，十一月回款")
    b.bill("10-22", b.deliver(order, "10-19"), services=(3,))


# --- CRD-02 .. CRD-08 ------------------------------------------------------------------------------


def ratings(b):
    # CRD-02: the customer's credit ended on 30 September and was not renewed.
    b.credits.append(master.Credit("C018", "A", 500000, 45, until="2026-09-30"))
    order = b.order("C018", "10-15", [Item("P001", 500), Item("P002", 300)])
    b.plant("CRD-02", "sales_order", id_of(order), order.amount)
    sell(b, order, "10-20", "10-23")
    # CRD-02: a row is in force, but nobody has entered a rating or a limit.
    b.credits.append(master.Credit("C019", None, None, 30))
    order = b.order("C019", "10-19", [Item("P003", 150)])
    b.plant("CRD-02", "sales_order", id_of(order), order.amount)
    sell(b, order, "10-22", "10-26")


def terms(b):
    # CRD-03: a contract with 90 days; 60 are approved. Its call-off carries no terms of its own.
    contract = b.contract("C020", "10-13", [Item("P007", 400), Item("P008", 200)], terms=90)
    b.plant("CRD-03", "contract", id_of(contract), contract.amount)
    order = b.order("C020", "10-16", [Item("P007", 150, contract_line=1)], contract=contract)
    sell(b, order, "10-20", "10-23")
    # CRD-03: an order without contract with 75 days.
    order = b.order("C020", "10-22", [Item("P010", 90)], terms=75)
    b.plant("CRD-03", "sales_order", id_of(order), order.amount)
    sell(b, order, "10-27", "10-29")
    # Silent: exactly the approved terms; and 60 days for C002 from 16 October on, when its terms were
    # lengthened from 30 (planted_prices.py sells to C002 before and after).
    order = b.order("C020", "10-14", [Item("P001", 400)], terms=60)
    sell(b, order, "10-19", "10-22")


def overdue(b):
    # CRD-04: 45,200 fell due on 20 September; 20,000 came on 9 October, the rest on the 20th. The delivery
    # of the 15th was on credit while 25,200 were overdue.
    late = b.opening("C021", "08-21", "09-20", 45200)
    today = b.opening("C021", "09-22", "10-22", 22600)
    b.pay(late, "10-09", amount=20000)
    order = b.order("C021", "10-12", [Item("P008", 150), Item("P007", 200)], terms=30)
    delivery = b.deliver(order, "10-15", {1: 100, 2: 200})
    b.plant("CRD-04", "delivery", id_of(delivery), sum(i.amounts(q)[2] for i, q in delivery.picks))
    b.bill("10-20", delivery)
    # Silent: a delivery that was paid in advance, while the customer was still overdue.
    paid = b.order("C021", "10-14", [Item("P011", 20)], mode="prepay")
    b.receive("C021", "10-15", paid.amount, kind="advance")
    b.bill("10-19", b.deliver(paid, "10-16"))
    b.net("C021", "10-19", paid.amount)
    b.pay(late, "10-20", amount=25200)
    # Silent: the rest of the order leaves on the 22nd, the day on which the other item falls due.
    b.bill("10-27", b.deliver(order, "10-22", {1: 50}))
    b.pay(today, "10-23")


def policy(b):
    # CRD-05: rating A allows 800,000; 900,000 were entered from 12 October on.
    b.credits.append(master.Credit("C012", "A", 900000, 60, since="2026-10-12", assessed="2026-10-10"))
    b.plant("CRD-05", "customer_credit", lambda: "C012/2026-10-12", 100000, label=lambda: "limit")
    # CRD-05: rating AA allows 60 days; 75 were entered. The limit is within the policy: no excess amount.
    b.credits.append(master.Credit("C013", "AA", 1800000, 75, since="2026-10-15", assessed="2026-10-12"))
    b.plant("CRD-05", "customer_credit", lambda: "C013/2026-10-15", None, label=lambda: "terms")


def problems(b):
    def event(customer, kind, occurred, resolved, amount):
        b.credit_events.append({"event_id": f"XW{len(b.credit_events) + 1:02d}", "customer_id": customer,
                                "kind": kind, "occurred_on": occurred, "resolved_on": resolved,
                                "amount": amount})

    # CRD-06: a dispute since March, not settled.
    event("C023", "dispute", "2026-03-18", None, 46000)
    order = b.order("C023", "10-20", [Item("P002", 250), Item("P001", 300)], terms=45)
    b.plant("CRD-06", "sales_order", id_of(order), order.amount)
    sell(b, order, "10-23", "10-27")
    # Silent: settled in time; older than two years; after the order; or approved all the same.
    event("C034", "overdue", "2026-05-11", "2026-08-30", 30000)
    event("C001", "bounced", "2024-07-02", None, 12000)
    event("C010", "dispute", "2026-11-02", None, 8000)
    event("C033", "dispute", "2026-06-05", None, 20000)
    order = b.order("C034", "10-20", [Item("P003", 60)], terms=60)  # assessed 365 days ago, not more: CRD-08
    sell(b, order, "10-23", "10-26")
    order = b.order("C033", "10-21", [Item("P013", 80), Item("P014", 20)], terms=60)
    b.approval(order, "credit_override", "finance_head", "E15", b.clock(day("10-20"), 11))
    sell(b, order, "10-26", "10-28")
    # CRD-08: assessed on 1 August 2025, ordered on 21 October 2026: 446 days.
    b.credits.append(master.Credit("C025", "A", 600000, 60, since="2025-08-05", assessed="2025-08-01"))
    order = b.order("C025", "10-21", [Item("P007", 180)], terms=60)
    b.plant("CRD-08", "sales_order", id_of(order), order.amount)
    sell(b, order, "10-23", "10-27")


def modes(b):
    # CRD-07: a customer that must prepay was given credit. Its limit is not touched.
    b.credits.append(master.Credit("C024", "B", 200000, 45, mode="prepay"))
    order = b.order("C024", "10-19", [Item("P008", 60), Item("P010", 50)])
    b.plant("CRD-07", "sales_order", id_of(order), order.amount)
    sell(b, order, "10-23", "10-26")
    # Silent: the same customer prepays.
    order = b.order("C024", "10-12", [Item("P002", 200)], mode="prepay")
    b.receive("C024", "10-13", order.amount, kind="advance")
    sell(b, order, "10-15", "10-19")
    b.net("C024", "10-19", order.amount)
    # Silent: cash customers pay when the goods leave; the invoice is settled on the spot.
    for when, quantity in (("10-10", 40), ("10-21", 25), ("10-28", 60)):
        order = b.order("C027", when, [Item("P001", quantity), Item("P019", 10)], mode="cash")
        b.bill(when, b.deliver(order, when, signed="+0"), cash=True)


# --- CHG -------------------------------------------------------------------------------------------


def contract_changes(b):
    # CHG-01: the liability clause of a signed contract was changed, nobody approved it.
    contract = b.contract("C007", "09-15", [Item("P005", 300, 410)], terms=60)
    change = b.contract_change(contract, "2026-10-14 10:20:00", "liability_terms", "违约金5%", "违约金1%",
                               "rights_obligations", amount=5560, effective="2026-10-15 00:00:00")
    b.plant("CHG-01", "contract_change", id_of(change), 5560)
    # CHG-01: approved two days after it took effect.
    contract = b.contract("C008", "09-17", [Item("P007", 500)], terms=60)
    change = b.contract_change(contract, "2026-10-19 09:40:00", "delivery_due_on", "2026-10-31", "2026-12-31",
                               "delivery", amount=37290, effective="2026-10-20 00:00:00")
    b.approval(change, "change", "marketing_vp", "E03", "2026-10-22 15:00:00")
    b.plant("CHG-01", "contract_change", id_of(change), 37290)
    # CHG-01: no date of effect; goods left on the 17th, approved on the 19th. The change names no amount,
    # so the contract's counts.
    contract = b.contract("C009", "09-21", [Item("P006", 50, 670)], terms=60)
    order = b.order("C009", "10-09", [Item("P006", 20, 670, contract_line=1)], contract=contract)
    change = b.contract_change(contract, "2026-10-14 14:10:00", "quality_terms", "质保12个月", "质保24个月",
                               "technical")
    sell(b, order, "10-17", "10-21")
    b.approval(change, "change", "marketing_vp", "E03", "2026-10-19 10:00:00")
    b.plant("CHG-01", "contract_change", id_of(change), contract.amount)
    # Silent: approved before it took effect (withdrawn once and given again); an editorial change.
    contract = b.contract("C010", "09-22", [Item("P008", 400)], terms=60)
    change = b.contract_change(contract, "2026-10-12 09:00:00", "delivery_due_on", "2026-11-15", "2026-12-01",
                               "delivery", amount=50624, effective="2026-10-20 00:00:00")
    for decided, decision, round_no in (("2026-10-13 10:00:00", "approve", 1), ("2026-10-14 10:00:00", "withdraw", 1),
                                        ("2026-10-16 16:30:00", "approve", 2)):
        b.approval(change, "change", "marketing_vp", "E03", decided, decision=decision, round_no=round_no)
    b.contract_change(contract, "2026-10-21 09:00:00", "contact", "王工", "李工", "editorial")
    # Silent: changed between the first and the last approval step, and on the day of signing.
    contract = b.contract("C013", "10-22", [Item("P006", 600)], terms=60, approved=False)
    b.approval(contract, "contract_approval", "sales_manager", "E04", "2026-10-19 10:00:00")
    b.contract_change(contract, "2026-10-19 16:00:00", "payment_terms", "月结", "票到60天", "payment")
    b.approval(contract, "contract_approval", "general_manager", "E01", "2026-10-22 18:00:00", step=2)
    b.contract_change(contract, "2026-10-22 11:00:00", "ship_to_address", "一厂", "二厂", "delivery")
    # Silent: a draft may be changed at will.
    contract = b.contract("C014", None, [Item("P011", 150)])
    b.contract_change(contract, "2026-10-23 10:00:00", "unit_price", "126", "128", "price", line=1)


def order_changes(b):
    # CHG-02: approved on the 12th, the price lowered in two steps on the 13th and 14th, delivered on the
    # 16th, never approved again. The net change is 72 to 70.56 on 200 pieces, reported at the last step.
    order = b.order("C001", "10-12", [Item("P010", 200, "70.56")], terms=60)
    b.change(order, "2026-10-13 10:00:00", "unit_price", "72", "71", line=1)
    last = b.change(order, "2026-10-14 11:30:00", "unit_price", "71", "70.56", line=1)
    sell(b, order, "10-16", "10-20")
    b.plant("CHG-02", "order_change", id_of(last), (72 - D("70.56")) * 200)
    # CHG-02: 50 pieces more after approval: 50 x 128.
    order = b.order("C011", "10-19", [Item("P011", 150)], terms=60)
    change = b.change(order, "2026-10-20 09:30:00", "quantity", "100", "150", line=1)
    sell(b, order, "10-22", "10-26")
    b.plant("CHG-02", "order_change", id_of(change), 50 * 128)
    # Silent: taken back to be changed and approved again (second round) before delivery.
    order = b.order("C003", "10-13", [Item("P007", 220)], terms=60)
    b.approval(order, "order_approval", "sales_manager", "E04", "2026-10-14 09:00:00", decision="unapprove",
               opinion="客户改数量，退回修改")
    b.change(order, "2026-10-14 10:00:00", "quantity", "200", "220", line=1)
    b.approve_order(order, day("10-14"), round_no=2)
    sell(b, order, "10-19", "10-22")
    # Silent: changed, and approved again without taking it back first.
    order = b.order("C004", "10-15", [Item("P001", 800)], terms=60)
    b.change(order, "2026-10-16 10:00:00", "quantity", "700", "800", line=1)
    b.approve_order(order, day("10-16"), round_no=2)
    sell(b, order, "10-20", "10-23")
    # Silent: there and back again; old equals new; by the system; before approval; a field of no weight.
    order = b.order("C013", "10-15", [Item("P002", 300)], terms=60)
    b.change(order, "2026-10-16 09:00:00", "quantity", "300", "360", line=1)
    b.change(order, "2026-10-16 15:00:00", "quantity", "360", "300", line=1)
    b.change(order, "2026-10-16 15:05:00", "unit_price", "25", "25.00", line=1)
    b.change(order, "2026-10-16 23:00:00", "payment_mode", "mixed", "credit", who=master.SYSTEM_USER)
    b.change(order, order.submitted[:11] + "08:30:00", "quantity", "280", "300", line=1)
    b.change(order, "2026-10-16 15:10:00", "ship_to_address", "南门", "北门")
    sell(b, order, "10-20", "10-23")
    # Silent: changed, not delivered and not yet approved again: pending.
    order = b.order("C005", "10-27", [Item("P008", 90)], terms=60)
    b.change(order, "2026-10-28 10:00:00", "quantity", "60", "90", line=1)


def rejections(b):
    def reject(order, hour, opinion):
        return b.approval(order, "order_approval", "sales_manager", "E04", f"{order.day} {hour}:05:00",
                          decision="reject", opinion=opinion, requested=order.submitted)

    # CHG-03: rejected without a word; changed and approved on the next day.
    order = b.order("C010", "10-13", [Item("P002", 180)], terms=60, approve=False)
    first = reject(order, 13, None)
    b.plant("CHG-03", "approval", id_of(first), order.amount, label=lambda: "no_advice")
    b.change(order, "2026-10-14 08:40:00", "quantity", "200", "180", line=1)
    b.approve_order(order, day("10-14"), round_no=2)
    sell(b, order, "10-17", "10-21")
    # CHG-03 (low): rejected with advice, approved the next day with nothing changed.
    order = b.order("C014", "10-20", [Item("P001", 350)], terms=60, approve=False)
    second = reject(order, 14, "交期请与生产部确认后再报")
    b.plant("CHG-03", "approval", id_of(second), order.amount, label=lambda: "unchanged")
    b.approve_order(order, day("10-21"), round_no=2)
    sell(b, order, "10-23", "10-27")
    # Silent: advice in the opinion, changed and approved; advice in the order's note; still rejected.
    order = b.order("C011", "10-22", [Item("P003", 90)], terms=60, approve=False)
    reject(order, 14, "数量有误，请核对客户订单")
    b.change(order, "2026-10-23 08:50:00", "quantity", "900", "90", line=1)
    b.approve_order(order, day("10-23"), round_no=2)
    sell(b, order, "10-27", "10-29")
    order = b.order("C007", "10-23", [Item("P007", 70)], terms=60, status="rejected", approve=False)
    order.rejection_note = "单价与合同不符，请修改后重新提交"
    reject(order, 15, None)
    order = b.order("C003", "10-27", [Item("P008", 40)], terms=60, status="rejected", approve=False)
    reject(order, 15, "客户名称与合同不一致")


def contract_prices(b):
    # CHG-04: called off at 108, the contract says 110; no change of the contract.
    contract = b.contract("C011", "09-16", [Item("P008", 500, 110), Item("P007", 300, 65)], terms=60)
    order = b.order("C011", "10-09", [Item("P008", 100, 108, contract_line=1), Item("P007", 80, 65, contract_line=2)],
                    contract=contract)
    b.plant("CHG-04", "sales_order_line", line_of(order), 2 * 100)
    sell(b, order, "10-14", "10-16")
    # Silent: the second line may be called off at 64.50 from the 14th on: changed and approved before.
    change = b.contract_change(contract, "2026-10-12 10:00:00", "unit_price", "65", "64.50", "price",
                               amount=150, effective="2026-10-14 00:00:00", line=2)
    b.approval(change, "change", "marketing_vp", "E03", "2026-10-13 09:30:00")
    order = b.order("C011", "10-19", [Item("P007", 120, "64.50", contract_line=2), Item("P008", 60, 110, contract_line=1)],
                    contract=contract)
    sell(b, order, "10-22", "10-26")


