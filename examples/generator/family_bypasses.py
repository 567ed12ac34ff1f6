# SPDX-License-Identifier: MIT
"""Ways round a control (BYP): orders reopened, edited, confirmed by hand; invoices nobody checks; parts and back dates."""

from decimal import Decimal

from . import master
from .basis import day
from .books import Item


def sell(b):
    product = b.new_product("高速电主轴轴承", "71910C", 200, 118)
    customer = b.new_customer("清江数控机床有限公司")

    def order(name, when, quantity, delivered, billed, **facts):
        made = b.keep(name, b.order(customer, when, [Item(product, quantity)], terms=60, **facts))
        b.bill(billed, b.deliver(made, delivered))
        return made

    order("reopened and approved", "10-09", 31, "10-16", "10-21")
    order("approved, then set", "10-13", 24, "10-15", "10-21")
    if not b.planted:
        return
    order("reopened", "10-09", 30, "10-16", "10-21")
    order("edited", "10-12", 20, "10-14", "10-21")
    order("laddered", "10-12", 2600, "10-19", "10-26")
    order("set to approved", "10-13", 25, "10-15", "10-21")
    order("backdated", "09-28", 12, "10-14", "10-21", approved="10-12")
    order("late but open", "09-29", 14, "10-14", "10-21", approved="10-09")

    # A receivable made by hand, with no order behind it, for a customer with a small limit.
    small = b.new_customer("泗水模具厂", limit=20000)
    b.keep("by hand", b.receivable(small, "10-20", "23500.00", kind="adjustment"))

    # Three prices under the floor of 48.50 that are above it with tax, each within what a salesperson may grant.
    floored = b.new_product("微型深沟球轴承", "623ZZ", 50, 30)
    for when, quantity, name in (("10-12", 100, "少康仪表有限公司"), ("10-15", 120, "有穷机电有限公司"), ("10-19", 90, "寒浞电器有限公司")):
        buyer = b.new_customer(name)
        made = b.keep(f"floored {quantity}", b.order(buyer, when, [Item(floored, quantity, "48.20")], terms=60))
        b.bill("10-26", b.deliver(made, "10-21"))

    # What a leader would have to agree to from 30,000 on is written off in two parts.
    lost = b.new_customer("芜湖停产纺机厂")
    b.opening(lost, "03-09", "05-08", 35200)
    for when, amount in (("10-20", 18000), ("10-22", 17200)):
        part = b.keep(f"part {amount}", b.add("write_off", day(when), customer=lost, amount=Decimal(amount), company=master.MAIN))
        b.approval(part, "write_off", "general_manager", "E01", f"2026-{when} 09:00:00")

    # The offer to a customer who does not pay is made again to another.
    held = b.new_customer("巢湖旧厂改造有限公司")
    b.keep("held", b.quote(held, "10-08", [Item(product, 40), Item(product, 5)]))
    b.keep("copied", b.quote(customer, "10-20", [Item(product, 40), Item(product, 5)]))


def log(month, order, at, old, new):
    return month.add("order_change", change_id=month.number("OC", at[:5]), order_id=order["order_id"], changed_at=f"2026-{at}",
                     changed_by="U113", field="status", old_value=old, new_value=new)


def approvals(month, order, step=1):
    return [row for row in month.where("approval", doc_kind="sales_order", doc_id=order["order_id"]) if row["step_no"] == step]


def complete(month):
    month.add("approval_rule", rule_id="AR81", doc_kind="write_off", approval_kind="write_off", step_no=2, role="company_leader",
              amount_from=30000, max_days=5, valid_from="2026-01-01", currency="CNY")
    order = month.kept("reopened and approved")
    log(month, order, "10-12 10:00:00", "approved", "closed")
    log(month, order, "10-14 09:00:00", "closed", "approved")
    month.approve(order, "order_approval", "sales_manager", "E04", "2026-10-14 11:00:00", round_no=2)
    log(month, month.kept("approved, then set"), "10-13 13:00:00", "draft", "approved")


def plant(month):
    order = month.kept("reopened")
    log(month, order, "10-12 10:00:00", "approved", "closed")
    reopened = log(month, order, "10-14 09:00:00", "closed", "approved")
    month.plant("BYP-01", "order_change", reopened, order["amount"])

    order = month.kept("edited")
    decided, = approvals(month, order)
    decided["doc_amount"] = order["amount"] - 200
    month.plant("BYP-02", "sales_order", order, 200)

    order = month.kept("laddered")
    order["approved_at"] = approvals(month, order)[0]["decided_at"]
    month.plant("BYP-03", "sales_order", order, order["amount"])

    month.plant("BYP-04", "receivable_entry", month.kept("by hand"), 3500)

    lines = [month.lines_of(month.kept(f"floored {quantity}"))[0] for quantity in (100, 120, 90)]
    floor = month.where("price_list_line", price_list_id="PL2610", product_id=lines[0]["product_id"])[0]
    short = [(floor["floor_price"] - line["unit_price"]) * line["quantity"] for line in lines]
    month.plant("BYP-05", "price_list_line", floor, sum(short))
    for line, part in zip(lines, short):
        month.plant("PRC-01", "sales_order_line", line, part)

    held = month.kept("held")
    month.add("credit_event", event_id="XW81", customer_id=held["customer_id"], kind="overdue", occurred_on="2026-10-12", amount=61000)
    copied = month.kept("copied")
    month.plant("BYP-06", "quotation", copied, copied["amount"])

    order = month.kept("set to approved")
    confirmed = log(month, order, "10-13 11:00:00", "draft", "approved")  # the manager decided at one o'clock
    month.plant("BYP-07", "order_change", confirmed, order["amount"])

    change = month.add("master_change", change_id=month.number("MC", "10-26"), table_name="customer", record_id="C018",
                       field="address", old_value="华南工业园区18号", new_value="华南港区3号", changed_by="E13",
                       changed_at="2026-10-26 10:00:00")
    granted = month.approve(change, "master_change", "finance_head", "U900", "2026-10-26 09:30:00")
    month.plant("BYP-08", "approval", granted, None)
    month.plant("MST-05", "master_change", change, None)  # what a system lets pass, nobody approved

    month.plant("BYP-09", "write_off", month.kept("part 17200"), 35200, label="30000")

    order = month.kept("backdated")
    order["submitted_at"] = "2026-10-12 09:00:00"
    month.plant("BYP-10", "sales_order", order, order["amount"])
    order = month.kept("late but open")
    order["submitted_at"] = "2026-10-09 09:00:00"  # September was closed that evening
