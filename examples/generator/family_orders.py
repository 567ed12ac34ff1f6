# SPDX-License-Identifier: MIT
"""Controls over orders (ORD): orders called off contracts, confirmed by telephone, entered twice, left lying."""

from .basis import after, day
from .books import Item

AS_OF = day("11-05")


def sell(b):
    product = b.new_product("铁路货车轴承", "353130B", 620, 410)
    customer = b.new_customer("云龙湖铁路配件有限公司")

    def order(name, when, items, delivered=None, billed=None, **facts):
        facts.setdefault("terms", None if facts.get("contract") else 60)
        made = b.keep(name, b.order(customer, when, items, **facts))
        if delivered:
            b.bill(billed, b.deliver(made, *delivered))
        return made

    # A contract, called off to the last piece within three working days of signing.
    contract = b.keep("exact", b.contract(customer, "10-12", [Item(product, 60)], terms=60))
    for when, quantity in (("10-15", 40), ("10-20", 20)):
        order(f"call-off {quantity}", when, [Item(product, quantity, contract_line=1)], (f"10-{int(when[3:]) + 3}",),
              "10-28", contract=contract)
    # The same goods twice, eight days apart; a telephone order that was confirmed before anything was done.
    order("once", "10-09", [Item(product, 11)], ("10-13",), "10-20")
    order("again", "10-17", [Item(product, 11)], ("10-21",), "10-27")
    order("confirmed", "10-14", [Item(product, 9)], ("10-16",), "10-22", channel="phone")
    order("fresh", "10-29", [Item(product, 8)])
    if not b.planted:
        return

    order("dateless", "10-12", [Item(product, 14)], ("10-14",), "10-21")
    order("miscounted", "10-13", [Item(product, 16)], ("10-15",), "10-21")
    order("unconfirmed", "10-15", [Item(product, 18)], ("10-19",), "10-26", channel="phone")

    short = b.contract(customer, "10-13", [Item(product, 50)], terms=60)
    order("within", "10-14", [Item(product, 30, contract_line=1)], ("10-16",), "10-22", contract=short)
    order("beyond", "10-19", [Item(product, 25, contract_line=1)], ("10-21", {1: 20}), "10-27", contract=short)

    b.keep("unordered", b.contract(customer, "10-14", [Item(product, 33)], terms=60))

    later = b.contract(customer, "10-20", [Item(product, 21)], terms=60)
    order("unsigned", "10-19", [Item(product, 21, contract_line=1)], ("10-22",), "10-28", contract=later)

    order("first", "10-12", [Item(product, 13)], ("10-15",), "10-21")
    order("second", "10-19", [Item(product, 13)], ("10-22",), "10-28")

    order("stalled", "10-12", [Item(product, 17)])


def said(line):
    """What a line sells: as another line must not say within a few days."""
    return line["product_id"], line["quantity"], line["unit_price"]


def promise(month):
    """A date of delivery on every line: its order's, later for what is still to come and for a second lot of the same."""
    last = {}
    for order in sorted(month.rows("sales_order"), key=lambda row: (row["order_date"], row["order_id"])):
        due = order["delivery_due_on"]
        for line in month.lines_of(order):
            sent = sum(other["quantity"] for other in month.where(
                "delivery_line", order_id=line["order_id"], order_line_no=line["line_no"])
                if month.of(other, "delivery_id")["delivery_date"] <= AS_OF and month.of(other, "delivery_id")["status"] != "draft")
            promised = due if sent >= line["quantity"] - (line["cancelled_quantity"] or 0) else after(order["order_date"], 45)
            sale = (order["customer_id"], *said(line))
            while promised in last.get(sale, ()):
                promised = after(promised, 1)
            last.setdefault(sale, set()).add(promised)
            line["delivery_due_on"] = promised


def complete(month):
    promise(month)
    for contract in month.rows("contract"):
        orders = [row["order_date"] for row in month.where("sales_order", contract_id=contract["contract_id"])]
        if contract["status"] == "executing" and not orders:
            contract["status"] = "signed"  # nothing was called off yet
        elif contract["status"] == "executing" and (min(orders) - contract["signed_on"]).days > 60:
            contract["effective_on"] = min(orders)  # the customer took it up late
    # Orders that wait for goods: asked for, not reviewed yet.
    for order in month.rows("sales_order"):
        waits = order["status"] == "approved" and not month.where("delivery", order_id=order["order_id"])
        if waits and order["order_date"] < day("10-29") and order is not month_stalled(month):
            request(month, order, after(day(order["approved_at"][:10]), 2))


def month_stalled(month):
    return month.kept("stalled") if month.planted else None


def request(month, order, when):
    """A request for the goods of an order, filled in by its salesperson."""
    row = month.add("delivery_request", request_id=month.number("XH", when), order_id=order["order_id"],
                    contract_id=order["contract_id"], customer_id=order["customer_id"], kind="goods",
                    requested_by=order["salesperson_id"], requested_at=f"{when} 15:20:00")
    for line in month.lines_of(order):
        if line["line_kind"] in ("normal", "gift", "sample"):
            month.add("delivery_request_line", request_id=row["request_id"], line_no=line["line_no"],
                      product_id=line["product_id"], quantity=line["quantity"], unit_price=line["unit_price"])
    return row


def plant(month):
    order = month.kept("dateless")
    order["delivery_due_on"] = None
    for line in month.lines_of(order):
        line["delivery_due_on"] = None
    month.plant("ORD-01", "sales_order", order, order["amount"])

    order = month.kept("miscounted")
    line, = month.lines_of(order)
    line["amount"] += 100
    month.plant("ORD-02", "sales_order", order, 100, label="1")

    # Asked for at ten, confirmed by the sales manager at one.
    order = month.kept("unconfirmed")
    asked, = month.where("delivery_request", order_id=order["order_id"])
    asked["requested_at"] = f"{order['order_date']} 10:00:00"
    month.plant("ORD-03", "sales_order", order, order["amount"])

    order = month.kept("beyond")
    line, = month.lines_of(order)
    month.plant("ORD-04", "sales_order_line", line, 5 * line["unit_price"])

    contract = month.kept("unordered")
    contract.update(status="executing", delivery_due_on=day("11-13"))
    month.plant("ORD-05", "contract", contract, contract["amount"])

    order = month.kept("unsigned")
    month.plant("ORD-06", "sales_order", order, order["amount"])

    first, second = month.kept("first"), month.kept("second")
    for line in month.lines_of(first) + month.lines_of(second):
        line["delivery_due_on"] = second["delivery_due_on"]
    month.plant("ORD-07", "sales_order", second, second["amount"])

    order = month.kept("stalled")
    month.plant("ORD-08", "sales_order", order, order["amount"] / (1 + month.lines_of(order)[0]["tax_rate"] / 100))
