# SPDX-License-Identifier: MIT
"""Controls over approvals (APR): concessions step by step, authority, what went on without or against a decision."""

from decimal import Decimal

from .basis import after, cents, day
from .books import Item

D = Decimal
HOLIDAYS, WORKED = [day(f"10-0{n}") for n in range(1, 8)], day("10-10")
LIST, CONCEDED = D(200), D(196)  # 2 % less than the list price, which is above the floor

# Contracts signed on a concession: name, pieces, day proposed, day decided, day signed.
CONCESSIONS = (
    ("on time", 120, "10-12", "10-13", "10-13"), ("second round", 135, "10-12", "10-15", "10-16"),
    ("vice president passed over", 110, "10-13", "10-14", "10-15"), ("reported late", 125, "10-13", "10-15", "10-16"),
    ("released late", 105, "10-14", "10-15", "10-19"), ("no opinion", 140, "10-14", "10-15", "10-16"),
    ("signed too early", 115, "10-15", "10-20", "10-19"),
)
IN_ORDER = ("on time", "second round")


def sell(b):
    customer = b.new_customer("凌云提升设备有限公司")
    large = b.new_customer("昆山重载传动有限公司", rating="AAA", limit=4000000)
    product = b.new_product("提升机主轴轴承", "NU2232", LIST, 128)
    heavy = b.new_product("立磨磨辊轴承", "NNU4096", 5200, 3600)
    for name, quantity, _, _, signed in CONCESSIONS:
        if b.planted or name in IN_ORDER:
            b.keep(name, b.contract(customer, signed, [Item(product, quantity, CONCEDED)], terms=60))

    # Approved at eight in the morning, sent and issued on that day.
    order = b.keep("sent on the day", b.order(customer, "10-14", [Item(product, 30)], terms=60, approve=False))
    b.approve_order(order, order.day, hour=8)
    bill(b, order, "10-14", "10-19")
    # Two that together reach the threshold, four days apart.
    for name, when, pieces, sent, billed in (("large, first", "10-15", 50, "10-20", "10-22"), ("large, four days later", "10-19", 51, "10-22", "10-26")):
        bill(b, b.keep(name, b.order(large, when, [Item(heavy, pieces)], terms=60)), sent, billed)
    if not b.planted:
        return
    called = b.contract(customer, "10-13", [Item(product, 24)], terms=60)
    order = b.keep("sent too early", b.order(customer, "10-15", [Item(product, 24, LIST, contract_line=1)], contract=called, terms=60, approved="10-20"))
    bill(b, order, "10-19", "10-22")
    order = b.keep("after the delegation", b.order(customer, "10-26", [Item(product, 36)], terms=60, approve=False))
    b.approve_order(order, order.day, who="E05")
    bill(b, order, "10-28", "10-30")
    bill(b, b.keep("first step only", b.order(large, "10-22", [Item(heavy, 90)], terms=60)), "10-26", "10-28")
    for name, when, pieces, sent in (("split, first", "10-27", 45, "10-29"), ("split, second", "10-28", 52, "10-30")):
        bill(b, b.keep(name, b.order(large, when, [Item(heavy, pieces)], terms=60)), sent, "10-30")
    order = b.keep("sent after the rejection", b.order(customer, "10-20", [Item(product, 18)], terms=60, status="rejected", approve=False))
    order.rejection_note = "交货期须与生产部确认后重新提交"
    b.approval(order, "order_approval", "sales_manager", "E04", b.clock(order.day, 15), decision="reject", opinion=order.rejection_note,
               requested=order.submitted)
    bill(b, order, "10-22", "10-26")
    b.keep("waiting", b.order(customer, "10-29", [Item(product, 44)], terms=60, status="submitted", approve=False))


def bill(b, order, sent, billed):
    b.bill(billed, b.deliver(order, sent))


def complete(month):
    month.add("employee", employee_id="E71", name="贺长风", org_unit_id="D02", manager_id="E04", hired_on="2014-04-15")
    month.add("user_account", user_id="U71", employee_id="E71", is_system=False, valid_from="2024-01-01")
    month.add("role_assignment", employee_id="E71", role="sales_supervisor", org_unit_id="D02", valid_from="2024-01-01")
    month.add("role_rank", role="sales_supervisor", rank=25)
    for place, (document, kind, step, role) in enumerate((
            ("concession", "concession", 1, "sales_manager"), ("concession", "concession", 1, "marketing_vp"),
            ("concession", "concession", 2, "general_manager"), ("concession", "special_price", 1, "general_manager"),
            ("master_change", "master_change", 1, "finance_head")), 31):
        month.add("approval_rule", rule_id=f"AR{place}", doc_kind=document, approval_kind=kind, step_no=step, role=role,
                  amount_from=0, max_days=3, valid_from="2026-01-01", currency="CNY")
    for row in month.rows("approval"):
        decided, requested = row["decided_at"], row["requested_at"]
        if decided and workdays(day(requested[:10]), day(decided[:10])) > 2:  # of older orders, put before the approver again
            row["requested_at"] = decided[:10] + " 08:30:00"
    for row in month.rows("concession"):  # those of other families: proposed, reviewed, decided and released on one day
        proposed = row["proposed_at"][:10]
        row.update(proposed_by="E71", proposed_at=f"{proposed} 08:45:00")
        examine(month, row, proposed, proposed)
    for name, quantity, proposed, decided, _ in CONCESSIONS:
        if month.planted or name in IN_ORDER:
            concede(month, name, quantity, day(proposed), day(decided))
    reserve(month, "reserved at what she may grant", "10-21", 20, LIST * D("0.94"))
    reserve(month, "reserved on a concession", "10-13", 15, LIST * D("0.90"), concession="on time")
    if month.planted:
        wait(month, "waiting", "10-29 09:00:00")
        # Asked for on Monday afternoon: Thursday, the day of the audit, is the third working day.
        contract = month.kept("on time")
        month.approve(contract, "contract_approval", "sales_manager", "E04", "2026-11-02 16:00:00", round_no=2, step_no=1,
                      requested_at="2026-11-02 16:00:00", decision="pending", decided_at=None, approver_id=None, opinion=None)


def workdays(since, until):
    """How many days the company worked after one day up to and including another."""
    days = [after(since, n) for n in range(1, (until - since).days + 1)]
    return sum(1 for one in days if one == WORKED or one.weekday() < 5 and one not in HOLIDAYS)


def concede(month, name, quantity, proposed, decided):
    """The papers of a concession as the company handles them: reported on the day of the reviews, released on that of the decision."""
    contract = month.kept(name)
    row = month.add("concession", concession_id=month.number("YH", proposed), customer_id=contract["customer_id"],
                    contract_id=contract["contract_id"], proposed_by="E71", proposed_at=f"{proposed} 08:40:00", discount_pct=2,
                    amount=(LIST - CONCEDED) * quantity, released_at=f"{decided} 17:10:00", released_to="E71")
    month.books.kept[month.origin, "concession, " + name] = row
    if name == "second round":
        review(month, row, proposed, 1)
        approve(month, row, "general_manager", "E01", f"{proposed} 16:30:00", f"{proposed} 14:00:00", step_no=2, decision="reject",
                opinion="优惠理由不充分，请补充客户全年用量")
        again = after(decided, -1)
        review(month, row, again, 2)
        approve(month, row, "general_manager", "E01", f"{decided} 10:05:00", f"{again} 17:20:00", step_no=2, round_no=2)
        return
    examine(month, row, proposed, decided)


def examine(month, row, reviewed, decided):
    review(month, row, reviewed, 1)
    hour = "15:20:00" if reviewed == decided else "09:50:00"
    approve(month, row, "general_manager", "E01", f"{decided} {hour}", f"{reviewed} 14:00:00", step_no=2)


def review(month, row, when, round_no):
    for role, who, hour in (("sales_manager", "E04", 10), ("marketing_vp", "E03", 11)):
        approve(month, row, role, who, f"{when} {hour}:{month.chance.below(60):02}:00", f"{when} 09:00:00", round_no=round_no)


def approve(month, row, role, who, decided, requested, **more):
    opinion = month.chance.pick(("同意，客户信誉良好", "同意按此优惠执行", "经核算仍有毛利，同意"))
    return month.approve(row, "concession", role, who, decided, **{
        "requested_by": "E71", "requested_at": requested, "opinion": opinion, **more})


def reserve(month, name, signed, quantity, price, *, concession=None):
    """A reservation of its own, on which nothing was paid and no contract made yet."""
    contract = month.kept("on time")
    line, = month.lines_of(contract)
    row = month.add("reservation", reservation_id=month.number("YD", day(signed)), customer_id=contract["customer_id"], signed_on=day(signed),
                    signed_by=contract["salesperson_id"], amount=cents(price * quantity), deposit_amount=0, company_id=contract["company_id"],
                    currency="CNY", exchange_rate=1)
    if concession:
        row["concession_id"] = month.books.kept[month.origin, "concession, " + concession]["concession_id"]
    month.add("reservation_line", reservation_id=row["reservation_id"], line_no=1, product_id=line["product_id"], quantity=quantity,
              unit_price=price)
    return row


def wait(month, name, requested):
    """Sent to the sales manager, who has not decided."""
    order = month.kept(name)
    month.approve(order, "order_approval", "sales_manager", "E04", f"2026-{requested}", requested_at=f"2026-{requested}", decision="pending",
                  decided_at=None, approver_id=None, opinion=None)


def plant(month):
    def concession_of(name):
        return month.books.kept[month.origin, "concession, " + name]

    def decision(row, role):
        found, = month.where("approval", doc_kind=row.table, doc_id=row.key, role=role)
        return found

    def found(control, row, amount=None, **more):
        month.plant(control, row.table, row, row["amount"] if amount is None else amount, **more)
        return row

    month.remove(decision(found("APR-01", concession_of("vice president passed over")), "marketing_vp"))

    row = found("APR-02", concession_of("reported late"))
    decision(row, "general_manager")["requested_at"] = "2026-10-14 08:20:00"

    found("APR-03", concession_of("released late"))["released_at"] = "2026-10-16 08:30:00"

    row = concession_of("no opinion")
    approval = decision(row, "marketing_vp")
    approval["opinion"] = None
    month.plant("APR-04", "approval", approval, row["amount"])

    row = concession_of("signed too early")
    month.plant("APR-05", "contract", month.kept("signed too early"), row["amount"], label=row.key)

    order = month.kept("sent too early")
    found("APR-06", order, sum(line["gross_amount"] for line in month.where("delivery_line", order_id=order.key)))

    approval = decision(month.kept("after the delegation"), "sales_manager")
    month.plant("APR-07", "approval", approval, approval["doc_amount"], label="no authority")
    order = month.kept("first step only")
    month.remove(decision(order, "marketing_vp"))
    approval = decision(order, "sales_manager")
    order.update(approved_at=approval["decided_at"], approved_by="E04")
    month.plant("APR-07", "approval", approval, order["amount"] - 500000, label="role missing")

    parts = [month.kept("split, first"), month.kept("split, second")]
    found("APR-08", parts[1], sum(part["amount"] for part in parts))

    order = month.kept("sent after the rejection")
    approval = decision(order, "sales_manager")
    sent = month.where("delivery_line", order_id=order.key)
    month.plant("APR-09", "approval", approval, sum(line["gross_amount"] for line in sent))
    for line in sent:  # a rejected order asked for nothing
        month.plant("SHP-08", "delivery_line", line, line["net_amount"])

    # Asked for on Thursday: Tuesday was the third working day.
    approval = decision(month.kept("waiting"), "sales_manager")
    month.plant("APR-10", "approval", approval, approval["doc_amount"])

    row = reserve(month, "reserved below", "10-22", 25, LIST * D("0.93"))
    line, = month.lines_of(row)
    month.plant("APR-11", "reservation_line", line, LIST * D("0.07") * 25)
