# SPDX-License-Identifier: MIT
"""Controls over receipts and receivables (RCT): deposits, instalments, collection, agents, extensions, write-offs."""

from decimal import Decimal

from . import master
from .basis import after, cents, day
from .books import Item

MONTH_END = day("10-31")
CAUSES = ("资金周转困难，承诺分期付款", "对账差异，已补寄对账单", "下游回款延迟，已约定付款日", "经办人更换，已重新提交付款资料")


def with_plan(b, name, customer, product, quantity, signed, shares):
    """A contract and its payment plan: shares of (milestone, percent, due)."""
    contract = b.keep(name, b.contract(customer, signed, [Item(product, quantity)], terms=60))
    for milestone, percent, due in shares:
        b.payment_plans.append((f"FK{101 + len(b.payment_plans)}", contract, milestone, percent, day(due)))
    return contract


def advance(b, name, contract, when, percent):
    return b.keep(name, b.receive(contract.customer, when, cents(contract.amount * percent / 100), kind="advance", contract=contract))


def sell(b):
    customer = b.new_customer("姑苏电梯部件有限公司", grade="A")
    product = b.new_product("角接触球轴承", "7014AC", 320, 214)
    # A reservation with its deposit, then the contract.
    b.keep("deposit", b.receive(customer, "10-14", 3000, kind="deposit", contract=b.keep(
        "reserved", b.contract(customer, "10-14", [Item(product, 40)], terms=60))))
    # Instalments: the advance came on its day, the rest is not due.
    contract = with_plan(b, "instalments", customer, product, 120, "10-09", (
        ("advance", 30, "10-16"), ("on_delivery", 65, "12-20"), ("retention", 5, "2027-10-09")))
    advance(b, "advance", contract, "10-16", 30)
    # An agent, who sends what he collected.
    agent = b.new_customer("皖江机电代理有限公司", salesperson="E08")
    owed = b.opening(agent, "09-10", "11-09", 48000)
    b.keep("first remittance", b.receive(agent, "10-16", 12000, method="agent", applied=[(owed, 12000)]))
    b.keep("second remittance", b.receive(agent, "10-29", 8000, method="agent", applied=[(owed, 8000)]))
    # Put off once, approved.
    b.keep("put off", b.opening(b.new_customer("太湖风机有限公司"), "08-14", "11-16", 26000))
    # Paid under the group's short name.
    short = b.new_customer("运河铸锻有限公司")
    b.keep("short name", b.pay(b.opening(short, "08-25", "10-26", 15200), "10-23"))
    if b.planted:
        sell_planted(b, product)


def sell_planted(b, product):
    customer = b.new_customer("梁溪起重设备有限公司", grade="A")
    b.keep("short deposit", b.receive(customer, "10-15", 2500, kind="deposit", contract=b.keep(
        "reserved short", b.contract(customer, "10-16", [Item(product, 30)], terms=60))))
    contract = with_plan(b, "advance missing", customer, product, 60, "10-10", (
        ("advance", 40, "10-20"), ("on_delivery", 60, "12-20")))
    advance(b, "part of the advance", contract, "10-19", 25)
    contract = with_plan(b, "delivered", customer, product, 50, "09-16", (("on_delivery", 100, "10-28"),))
    order = b.order(customer, "10-12", [Item(product, 50, contract_line=1)], contract=contract)
    b.bill("10-19", b.deliver(order, "10-14"))
    with_plan(b, "retention", customer, product, 45, "10-13", (("on_delivery", 95, "12-20"), ("retention", 5, "2027-10-13")))

    payer = b.new_customer("芙蓉江泵业有限公司")
    for name, when, amount in (("recorded late", "10-13", 5600), ("no proof", "10-15", 7350), ("third party", "10-20", 9100)):
        b.keep(name, b.pay(b.opening(payer, "08-24", "10-26", amount), when))
    b.keep("overdue", b.opening(b.new_customer("浮梁陶瓷机械有限公司"), "07-20", "09-18", 18600))
    lender, borrower = b.new_customer("虞山轴承经营部"), b.new_customer("尚湖传动件有限公司")
    owed = b.opening(borrower, "08-20", "10-21", 7000)
    b.keep("lapped", b.receive(lender, "10-14", 7000, applied=[(owed, 7000)]))
    lost = b.new_customer("旧河纺机配件厂", limit=50000)
    b.opening(lost, "03-05", "05-04", 4300)
    b.keep("written off", b.add("write_off", day("10-22"), customer=lost, amount=Decimal(4300), company=master.MAIN))
    b.keep("put off again", b.opening(b.new_customer("石臼湖农机有限公司"), "08-12", "12-10", 31000))


def reserve(month, name, receipt, deposit, days):
    """A reservation of the contract's goods, some days before it."""
    contract = month.kept(name)
    when = after(contract["signed_on"], -days)
    reservation = month.add(
        "reservation", reservation_id=month.number("YD", when), customer_id=contract["customer_id"], signed_on=when,
        signed_by=contract["salesperson_id"], amount=contract["amount"], deposit_amount=deposit,
        company_id=contract["company_id"], currency=contract["currency"], exchange_rate=1)
    for line in month.lines_of(contract):
        month.add("reservation_line", reservation_id=reservation["reservation_id"], line_no=line["line_no"],
                  product_id=line["product_id"], quantity=line["quantity"], unit_price=line["unit_price"])
    contract["reservation_id"] = reservation["reservation_id"]
    month.kept(receipt)["reservation_id"] = reservation["reservation_id"]
    return reservation


def prove(month):
    """Every receipt has its slip; money of a day off is recorded on the next working day."""
    for number, receipt in enumerate(month.rows("receipt"), 1):
        receipt["proof_no"] = f"SJ26{number:06d}"
        if receipt["received_on"].weekday() == 6:
            receipt["recorded_at"] = f"{after(receipt['received_on'], 1)} 09:20:00"


def request_collection(month):
    """Two of three payments were asked for: written by the salesperson, confirmed by sales and finance, sent."""
    for receipt in month.rows("receipt"):
        if receipt["kind"] != "payment" or receipt["method"] not in ("bank", "note") or receipt["currency"] != "CNY":
            continue
        if receipt["received_on"] < day("10-01") or month.chance.below(3) == 0:
            continue
        when = after(receipt["received_on"], -5)
        month.add("collection_request", request_id=month.number("SQ", when), customer_id=receipt["customer_id"],
                  amount=receipt["amount"], requested_by=month.row("customer", receipt["customer_id"])["salesperson_id"],
                  requested_at=f"{when} 08:50:00", sales_confirmed_by="E04", sales_confirmed_at=f"{when} 10:10:00",
                  finance_confirmed_by="E15", finance_confirmed_at=f"{when} {9 + month.chance.below(3):02d}:30:00",
                  sent_to_customer_at=f"{when} 15:00:00")


def dun(month):
    """Whoever is overdue was asked in September and October, and said why."""
    for entry in month.rows("receivable_entry"):
        if entry["due_on"] >= day("10-15") or entry["status"] == "void":
            continue
        paid = sum(row["amount"] for row in month.where("receipt_application", receivable_id=entry["receivable_id"])
                   if row["applied_on"] <= MONTH_END)
        if entry["amount"] <= paid:
            continue
        customer = month.row("customer", entry["customer_id"])
        if month.where("collection_action", customer_id=customer["customer_id"]):
            continue
        for when in ("09-22", "10-20"):
            month.add("collection_action", action_id=month.number("CK", "2026-" + when), customer_id=customer["customer_id"],
                      actor_id=customer["salesperson_id"], acted_on=when, cause=month.chance.pick(CAUSES))


def put_off(month, name, when, old, new):
    entry = month.kept(name)
    return month.add("master_change", change_id=month.number("MC", "2026-" + when[:5]), table_name="receivable_entry",
                     record_id=entry["receivable_id"], field="due_on", old_value="2026-" + old, new_value="2026-" + new,
                     changed_by="E17", changed_at=f"2026-{when}"), entry


def complete(month):
    prove(month)
    request_collection(month)
    dun(month)
    for when in ("09-28", "10-28"):
        month.add("meeting", meeting_id=month.number("HY", "2026-" + when), kind="collection_analysis", held_at=f"2026-{when} 14:00:00",
                  chair_id="E15", minutes_ref=f"回款分析纪要 2026-{when}")
    reserve(month, "reserved", "deposit", 3000, 2)
    if month.planted:
        reserve(month, "reserved short", "short deposit", 2500, 3)
    for name in ("instalments", "retention") if month.planted else ("instalments",):
        contract = month.kept(name)
        contract.update(warranty_end_on=after(contract["signed_on"], 365), retention_amount=cents(contract["amount"] * 5 / 100))
    for name, milestone in (("advance", "advance"), ("part of the advance", "advance"))[:2 if month.planted else 1]:
        receipt = month.kept(name)
        plan, = month.where("payment_plan", contract_id=receipt["contract_id"], milestone=milestone)
        receipt["plan_id"] = plan["plan_id"]
    for name, parts in (("first remittance", (("10-08", 7000), ("10-09", 5000))), ("second remittance", (("10-14", 8000),))):
        receipt = month.kept(name)
        for when, amount in parts:
            month.add("agent_collection", collection_id=month.number("DS", "2026-" + when), customer_id=receipt["customer_id"],
                      collected_on=when, amount=amount, remitted_receipt_id=receipt["receipt_id"])
    month.kept("short name")["payer_name"] = "运河铸锻"
    month.add("approval_rule", rule_id="AR-YQ1", doc_kind="receivable_entry", approval_kind="payment_extension", step_no=1,
              role="finance_head", max_days=3, valid_from="2026-01-01", currency="CNY")
    _, entry = put_off(month, "put off", "10-14 10:20:00", "10-15", "11-16")
    month.approve(entry, "payment_extension", "finance_head", "E15", "2026-10-13 16:00:00")


def plant(month):
    reservation, = month.where("reservation", reservation_id=month.kept("reserved short")["reservation_id"])
    reservation["deposit_amount"] = 3000
    month.plant("RCT-01", "reservation", reservation, 500)

    receipt = month.kept("recorded late")
    receipt["recorded_at"] = f"{after(receipt['received_on'], 2)} 11:05:00"
    month.plant("RCT-02", "receipt", receipt, receipt["amount"], label="recorded")
    receipt = month.kept("no proof")
    receipt["proof_no"] = None
    month.plant("RCT-02", "receipt", receipt, receipt["amount"], label="proof")

    plan, = month.where("payment_plan", contract_id=month.kept("advance missing")["contract_id"], milestone="advance")
    month.plant("RCT-03", "payment_plan", plan, plan["amount"] - month.kept("part of the advance")["amount"])
    plan, = month.where("payment_plan", contract_id=month.kept("delivered")["contract_id"])
    month.plant("RCT-04", "payment_plan", plan, plan["amount"])
    contract = month.kept("retention")
    contract["retention_amount"] += 600
    month.plant("RCT-05", "contract", contract, 600, label="amount")

    customer = month.kept("recorded late")["customer_id"]
    request = month.add("collection_request", request_id=month.number("SQ", "2026-10-16"), customer_id=customer, amount=9100,
                        requested_by=month.row("customer", customer)["salesperson_id"], requested_at="2026-10-16 08:50:00",
                        sales_confirmed_by="E04", sales_confirmed_at="2026-10-16 10:00:00", sent_to_customer_at="2026-10-16 10:30:00")
    month.plant("RCT-06", "collection_request", request, 9100)

    entry = month.kept("overdue")
    for action in month.where("collection_action", customer_id=entry["customer_id"]):
        month.remove(action)
    month.plant("RCT-07", "customer", entry["customer_id"], entry["amount"])

    application, = month.where("receipt_application", receipt_id=month.kept("lapped")["receipt_id"])
    month.plant("RCT-08", "receipt_application", application, application["amount"])

    collection = month.add("agent_collection", collection_id=month.number("DS", "2026-10-13"),
                           customer_id=month.kept("first remittance")["customer_id"], collected_on="10-13", amount=6400)
    month.plant("RCT-09", "agent_collection", collection, 6400)
    # Collected 15 days before the audit's date: not late yet.
    month.add("agent_collection", collection_id=month.number("DS", "2026-10-21"),
              customer_id=collection["customer_id"], collected_on="10-21", amount=3900)

    receipt = month.kept("third party")
    receipt["payer_name"] = "长荡湖贸易有限公司"
    month.plant("RCT-10", "receipt", receipt, receipt["amount"], label="payer")

    month.plant("RCT-11", "write_off", month.kept("written off"), 4300, label="approval")

    change, entry = put_off(month, "put off again", "10-19 17:30:00", "10-12", "12-10")
    month.plant("RCT-12", "master_change", change, entry["amount"])
