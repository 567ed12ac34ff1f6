# SPDX-License-Identifier: MIT
"""Controls over contracts (CON): the documents they need, the papers that every document has, and what is planted."""

from decimal import Decimal

from .basis import after, cents, day
from .books import Item

D = Decimal
FIRST_ON_FILE = day("09-01")  # negotiations and plans of older contracts are not in the system
HOLIDAYS = [day(f"10-0{n}") for n in range(1, 8)]
TEAM = (("E21", "marketing_head"), ("E15", "finance_head"), ("E02", "company_leader"))
LIMIT = 20000  # up to which the vice president may sign


def sell(b):
    """One contract for each control, each with an order that is delivered and invoiced within the month."""
    customer = b.new_customer("昆仑压缩机制造有限公司")
    key = b.new_customer("贺兰山石化装备有限公司")
    ball = b.new_product("双列角接触球轴承", "3210", 180, 118)
    special = b.new_product("盾构机主轴承组件", "ZJ-2600", 3600, 2450, unit="件")
    for name, who, signed, product, quantity in (
            ("branch manager signs", customer, "10-12", ball, 150), ("beyond the limit", customer, "10-13", ball, 131),
            ("within the limit", customer, "10-14", ball, 90), ("approved late", customer, "10-15", ball, 142),
            ("approved that day", customer, "10-16", ball, 118), ("team of two", key, "10-13", ball, 240),
            ("team of three", key, "10-19", ball, 205), ("negotiated afterwards", customer, "10-19", ball, 104),
            ("no review of quality", customer, "10-12", ball, 163), ("delivery not reviewed", customer, "10-14", ball, 171),
            ("their form", customer, "10-15", ball, 126), ("their form, approved", customer, "10-16", ball, 97),
            ("no liability", customer, "10-13", ball, 88), ("agreed too late", key, "10-14", special, 7),
            ("agreed in time", key, "10-15", special, 9), ("no statement of work", key, "10-16", special, 6),
            ("confirmed after delivery", customer, "10-12", ball, 111), ("result not confirmed", customer, "10-15", ball, 93),
            ("plan too short", customer, "10-16", ball, 134), ("no plan", customer, "10-19", ball, 122)):
        contract = b.keep(name, b.contract(who, signed, [Item(product, quantity)], terms=60))
        call_off(b, contract, quantity)
    # Prepared from a reservation, with a deposit.
    for name, reserved, quantity, deposit in (("more than reserved", "10-12", 110, 2000), ("as reserved", "10-14", 85, 1500)):
        contract = b.keep(name, b.contract(customer, after(day(reserved), 2).isoformat(), [Item(ball, quantity)], terms=60))
        b.keep("deposit, " + name, b.receive(customer, reserved, deposit, kind="deposit", contract=contract))
        invoice = call_off(b, contract, quantity)
        b.net(customer, invoice.day.isoformat(), deposit, contract)
    # Ordered and delivered in part; the rest was never called off.
    for name, quantity in (("overdue", 100), ("due on the day of the audit", 120)):
        call_off(b, b.keep(name, b.contract(customer, "10-12", [Item(ball, quantity)], terms=60)), 60)


def call_off(b, contract, quantity):
    item = contract.lines[0]
    ordered = workday(after(contract.day, 1))
    order = b.order(contract.customer, ordered.isoformat(), [Item(item.product, quantity, item.price, contract_line=1)],
                    contract=contract, terms=60)
    delivery = b.deliver(order, workday(after(ordered, 2)).isoformat())
    return b.bill(workday(after(ordered, 5)).isoformat(), delivery)


def workday(when, step=1):
    """The day itself, or the next one (the last, with a step of -1) on which the company works."""
    while when.weekday() > 4 and when != day("10-10") or when in HOLIDAYS:
        when = after(when, step)
    return when


def complete(month):
    month.add("delegation", delegation_id="SQ11", grantor_id="E01", grantee_id="E03", doc_kind="contract", amount_limit=LIMIT,
              valid_from="2026-10-08", valid_to="2026-10-31", granted_at="2026-09-30 16:00:00", currency="CNY")
    month.add("approval_rule", rule_id="AR21", doc_kind="contract", approval_kind="non_standard_template", step_no=1,
              role="general_manager", amount_from=0, max_days=3, valid_from="2026-01-01", currency="CNY")
    for row in month.rows("product"):
        row["needs_technical_agreement"] = row["model"] == "ZJ-2600"
    for row in month.rows("customer"):
        row["is_key"] = row["customer_id"] in ("C001", "C003", "C005", "C013") or row["name"].startswith("贺兰山")
    for contract in month.rows("contract"):
        if contract["signed_on"]:
            papers(month, contract)
    month.kept("within the limit")["signed_by"] = "E03"
    approve_that_day(month, month.kept("approved that day"))
    contract = month.kept("their form, approved")
    contract["template"] = "customer"
    month.approve(contract, "non_standard_template", "general_manager", "E01", f"{contract['signed_on']} 15:10:00")
    month.kept("due on the day of the audit")["delivery_due_on"] = "2026-11-05"
    for name in ("more than reserved", "as reserved"):
        reserve(month, month.kept(name), month.kept("deposit, " + name))
    # The quality department passed this one after signing; it takes effect on that day.
    contract = month.kept("team of three")
    late = workday(after(contract["signed_on"], 1))
    contract["effective_on"] = late
    month.row("contract_review", contract["contract_id"], "D10", "technical")["reviewed_at"] = f"{late} 11:00:00"


def papers(month, contract):
    """What lies in the file of a signed contract."""
    signed, customer = contract["signed_on"], month.of(contract, "customer_id")
    contract.update(
        ship_to_address=customer["address"], quality_terms="按GB/T 307.1验收，质保12个月", liability_terms="逾期每日按未履行部分0.05%支付违约金",
        confirmed_by="E04", confirmed_at=f"{signed} 18:{month.chance.below(60):02}:00")
    if signed < FIRST_ON_FILE:
        contract["delivery_due_on"] = "2026-12-31"  # framework contracts of the year
        return
    negotiate(month, contract, customer)
    for unit, aspect, who in (("D08", "delivery", "E22"), ("D10", "technical", "E27")):
        month.add("contract_review", contract_id=contract["contract_id"], org_unit_id=unit, aspect=aspect, reviewer_id=who,
                  decision="pass", opinion=month.chance.pick(("无异议", "同意", "可以满足")), reviewed_at=f"{workday(after(signed, -3), -1)} 14:10:00")
    plan(month, contract)


def negotiate(month, contract, customer):
    signed, who = contract["signed_on"], contract["salesperson_id"]
    engineered = any(month.of(line, "product_id")["needs_technical_agreement"] for line in month.lines_of(contract))
    first, last = workday(after(signed, -8), -1), workday(after(signed, -4 if month.chance.below(3) else -2), -1)
    held = [("technical", first)] if engineered else [("commercial", first)] if month.chance.below(4) == 0 and first < last else []
    for kind, when in held + [("commercial", last)]:
        row = month.add("negotiation", negotiation_id=month.number("TP", when), customer_id=contract["customer_id"],
                        contract_id=contract["contract_id"], kind=kind, held_on=when, reported_at=f"{when} 17:{month.chance.below(60):02}:00",
                        reported_to="E04")
        row["result_confirmed_at"] = f"{min(workday(after(when, 1)), signed)} 10:20:00" if when == last and kind == "commercial" else None
        month.add("negotiation_participant", negotiation_id=row["negotiation_id"], employee_id=who, role="salesperson")
        for employee, role in TEAM if customer["is_key"] and kind == "commercial" else ():
            month.add("negotiation_participant", negotiation_id=row["negotiation_id"], employee_id=employee, role=role)
        if kind == "technical":
            month.add("negotiation_participant", negotiation_id=row["negotiation_id"], employee_id="E26", role="technical_head")
    if engineered:
        month.add("technical_agreement", agreement_id=month.number("JS", after(signed, -1)), customer_id=contract["customer_id"],
                  contract_id=contract["contract_id"], signed_on=signed, has_commercial_terms=True, has_statement_of_work=True,
                  commercial_by=who, technical_by="E26")


def plan(month, contract):
    """What falls due before the audit is planned where it was paid; all else comes later."""
    planned = month.where("payment_plan", contract_id=contract["contract_id"])
    due = after(max(contract["delivery_due_on"], day("11-10")), 30)
    left = contract["amount"] - sum(row["amount"] for row in planned)
    if not left:
        return
    shares = (100 - sum(row["pct"] for row in planned),) if planned else month.chance.pick(((100,), (100,), (60, 40), (95, 5)))
    for place, share in enumerate(shares):
        amount = left if place == len(shares) - 1 else cents(contract["amount"] * share / 100)
        left -= amount
        month.add("payment_plan", plan_id=month.number("FK", contract["signed_on"]), contract_id=contract["contract_id"],
                  milestone="on_delivery", pct=share, amount=amount, due_on=after(due, 30 * place), company_id=contract["company_id"],
                  currency=contract["currency"], exchange_rate=contract["exchange_rate"])


def approve_that_day(month, contract):
    row, = month.where("approval", doc_kind="contract", doc_id=contract["contract_id"])
    row.update(requested_at=f"{contract['signed_on']} 08:30:00", decided_at=f"{contract['signed_on']} 17:30:00")


def reserve(month, contract, deposit):
    """The reservation behind a contract, and its deposit, which is the first row of the plan."""
    line, = month.lines_of(contract)
    row = month.add("reservation", reservation_id=month.number("YD", deposit["received_on"]), customer_id=contract["customer_id"],
                    signed_on=deposit["received_on"], signed_by=contract["salesperson_id"], amount=contract["amount"],
                    deposit_amount=deposit["amount"], company_id=contract["company_id"], currency="CNY", exchange_rate=1)
    month.add("reservation_line", reservation_id=row["reservation_id"], line_no=1, product_id=line["product_id"],
              quantity=line["quantity"], unit_price=line["unit_price"])
    contract["reservation_id"] = row["reservation_id"]
    for old in month.where("payment_plan", contract_id=contract["contract_id"])[1:]:
        month.remove(old)
    rest, = month.where("payment_plan", contract_id=contract["contract_id"])
    share = deposit["amount"] * 100 / contract["amount"]
    rest.update(amount=contract["amount"] - deposit["amount"], pct=100 - cents(share))
    first = month.add("payment_plan", **{**rest, "plan_id": month.number("FK", deposit["received_on"]), "milestone": "deposit",
                                         "amount": deposit["amount"], "pct": cents(share), "due_on": deposit["received_on"]})
    deposit.update(reservation_id=row["reservation_id"], plan_id=first["plan_id"])


def plant(month):
    def found(control, name, amount=None, **more):
        contract = month.kept(name)
        month.plant(control, "contract", contract, contract["amount"] if amount is None else amount, **more)
        return contract

    found("CON-01", "branch manager signs")["signed_by"] = "E05"
    contract = month.kept("beyond the limit")
    contract["signed_by"] = "E03"
    found("CON-01", "beyond the limit", contract["amount"] - LIMIT)

    contract = found("CON-02", "approved late")
    row, = month.where("approval", doc_kind="contract", doc_id=contract["contract_id"])
    late = workday(after(contract["signed_on"], 1))
    row.update(requested_at=f"{late} 08:30:00", decided_at=f"{late} 09:40:00")

    contract = found("CON-03", "team of two")
    for talk in month.where("negotiation", contract_id=contract["contract_id"]):
        for member in month.where("negotiation_participant", negotiation_id=talk["negotiation_id"], role="finance_head"):
            month.remove(member)

    contract = found("CON-04", "negotiated afterwards")
    afterwards = workday(after(contract["signed_on"], 1))
    for talk in month.where("negotiation", contract_id=contract["contract_id"]):
        talk.update(held_on=afterwards, reported_at=f"{afterwards} 17:20:00", result_confirmed_at=f"{afterwards} 17:40:00")

    contract = found("CON-05", "no review of quality")
    month.remove(month.row("contract_review", contract["contract_id"], "D10", "technical"))
    contract = found("CON-06", "delivery not reviewed")
    month.row("contract_review", contract["contract_id"], "D08", "delivery")["aspect"] = "technical"

    found("CON-07", "their form")["template"] = "customer"
    found("CON-08", "no liability")["liability_terms"] = None

    contract = found("CON-09", "agreed too late")
    agreement, = month.where("technical_agreement", contract_id=contract["contract_id"])
    agreement["signed_on"] = workday(after(contract["signed_on"], 1))
    contract = month.kept("no statement of work")
    agreement, = month.where("technical_agreement", contract_id=contract["contract_id"])
    agreement["has_statement_of_work"] = False
    month.plant("CON-10", "technical_agreement", agreement, contract["amount"])

    # Ten pieces fewer were reserved, with the tax of 13 %.
    contract = month.kept("more than reserved")
    reservation = month.of(contract, "reservation_id")
    line, = month.lines_of(reservation)
    fewer = cents(10 * line["unit_price"] * D("1.13"))
    line["quantity"] -= 10
    reservation["amount"] -= fewer
    found("CON-11", "more than reserved", fewer)

    contract = found("CON-12", "confirmed after delivery")
    first = min(row["delivery_date"] for row in month.where("delivery", contract_id=contract["contract_id"]))
    contract["confirmed_at"] = f"{workday(after(first, 1))} 09:10:00"

    contract = found("CON-13", "result not confirmed")
    for talk in month.where("negotiation", contract_id=contract["contract_id"]):
        talk["result_confirmed_at"] = None

    contract = found("CON-14", "plan too short", D(500), label="payment plan")
    month.where("payment_plan", contract_id=contract["contract_id"])[0]["amount"] -= 500

    contract = month.kept("overdue")
    contract["delivery_due_on"] = "2026-10-30"
    line, = month.lines_of(contract)
    found("CON-15", "overdue", (line["quantity"] - 60) * line["unit_price"])

    contract = found("CON-16", "no plan")
    for row in month.where("payment_plan", contract_id=contract["contract_id"]):
        month.remove(row)
