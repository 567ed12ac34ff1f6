# SPDX-License-Identifier: MIT
"""Controls over shipment (SHP): requests for goods, copies of slips, signatures, traces, counts, freight."""

from decimal import Decimal

from .basis import after, cents, day
from .books import Item

REVIEWERS = {"D03": "E05", "D04": "E06"}  # branch managers by branch; the head office has that of the first


def sell(b):
    product = b.new_product("冶金辊道轴承", "24026CC", 180, 112)
    customer = b.new_customer("大运河起重机械有限公司")

    def order(name, when, quantity, delivered, billed, *, buyer=customer, signed="+2", **facts):
        made = b.order(buyer, when, [Item(product, quantity)], terms=None if facts.get("contract") else 60, **facts)
        delivery = b.keep(name, b.deliver(made, delivered, signed=signed))
        if billed:
            b.bill(billed, delivery)
        return made

    order("two lots", "10-09", 24, "10-13", "10-20")
    order("in time", "10-09", 26, "10-13", "10-20")
    order("marked", "10-12", 12, "10-15", "10-21")
    dealer = b.new_customer("邗江轴承经销有限公司")
    order("fetched", "10-12", 44, "10-14", "10-21", buyer=dealer)
    if not b.planted:
        return
    order("unreviewed", "10-09", 22, "10-13", "10-20")
    order("undercut", "10-12", 28, "10-14", "10-21")
    order("on hold", "10-13", 18, "10-15", "10-22")
    order("issued first", "10-14", 23, "10-16", "10-22")
    contract = b.contract(customer, "10-12", [Item(product, 100)], terms=60)
    b.payment_plans.append(("FK601", contract, "before_shipment", 50, day("10-19")))
    made = b.order(customer, "10-13", [Item(product, 100, contract_line=1)], contract=contract, mode="mixed")
    delivery = b.keep("unpaid", b.deliver(made, "10-16"))
    half = cents(contract.amount / 2)
    b.receive(customer, "10-19", half, kind="advance", contract=contract)
    b.bill("10-20", delivery)
    b.net(customer, "10-20", half, contract)
    order("astray", "10-14", 19, "10-16", "10-22")
    order("unsigned", "10-12", 17, "10-14", None, signed=None)
    order("late", "10-09", 27, "10-15", "10-22")
    order("copied late", "10-15", 16, "10-19", "10-26")
    order("untraced", "10-15", 15, "10-20", "10-27")
    order("freighted", "10-15", 41, "10-19", "10-26", buyer=dealer)
    twice = b.new_product("直线轴承", "LM40UU", 60, 37)
    made = b.order(customer, "10-16", [Item(twice, 70)], terms=60)
    b.bill("10-26", b.keep("issued twice", b.deliver(made, "10-20")))


def shipments(month):
    return [row for row in month.rows("delivery") if row["kind"] == "delivery" and row["status"] != "draft"]


def price_asked(month, delivery, line):
    """What the salesperson writes down: the contract's price, or without one the order's."""
    agreed = [row for row in month.where("contract_line", contract_id=delivery["contract_id"]) if row["product_id"] == line["product_id"]] \
        if delivery["contract_id"] else []
    return agreed[0]["unit_price"] if agreed else line["unit_price"]


def ask(month, delivery):
    """The request for the goods of a delivery: filled in and reviewed twice on the morning of the delivery."""
    order, on = month.of(delivery, "order_id"), delivery["delivery_date"]
    unit = month.row("employee", order["salesperson_id"])["org_unit_id"]
    minute = month.chance.below(40) + 10
    morning = order["approved_at"] is None or order["approved_at"][:10] < str(on)
    at = (lambda hour: f"{on} {hour:02}:{minute:02}:00") if morning else lambda hour: str(on)
    row = month.add(
        "delivery_request", request_id=month.number("XH", on), order_id=order["order_id"], contract_id=order["contract_id"],
        customer_id=order["customer_id"], kind="goods", requested_by=order["salesperson_id"], requested_at=at(8),
        branch_reviewed_by=REVIEWERS.get(unit, "E05"), branch_reviewed_at=at(9), sales_reviewed_by="E04", sales_reviewed_at=at(10))
    delivery["request_id"] = row["request_id"]
    for line in month.lines_of(delivery):
        if line["line_kind"] in ("normal", "gift", "sample"):
            month.add("delivery_request_line", request_id=row["request_id"], line_no=line["line_no"], product_id=line["product_id"],
                      quantity=line["quantity"], unit_price=price_asked(month, delivery, line))


def send(month, delivery):
    """Where the goods go, and the carrier's word of them."""
    on = delivery["delivery_date"]
    delivery["ship_to_address"] = month.row("customer", delivery["customer_id"])["address"]
    delivery["freight_amount"] = 60 + 10 * month.chance.below(20)
    month.add("shipment_event", delivery_id=delivery["delivery_id"], occurred_at=f"{on} 16:30:00", event="dispatched")
    signed = [row["signed_on"] for row in month.where("delivery_confirmation", delivery_id=delivery["delivery_id"])]
    arrived = min(signed) if signed else after(on, 2)
    if month.chance.below(12) == 0 and (arrived - on).days > 1:
        month.add("shipment_event", delivery_id=delivery["delivery_id"], occurred_at=f"{after(on, 1)} 09:00:00", event="problem")
    month.add("shipment_event", delivery_id=delivery["delivery_id"], occurred_at=f"{arrived} 17:{month.chance.below(50):02}:00", event="arrived")


def count(month):
    """On the last day of October every product that moved is counted; card and books agree."""
    moved = {}
    for row in month.rows("stock_movement"):
        if "2026-10-01" <= row["moved_at"][:10] <= "2026-10-31":
            moved[row["product_id"]] = moved.get(row["product_id"], 0) + row["quantity"]
    opening = {row["product_id"]: row["quantity"] for row in month.where("opening_balance", account="inventory")}
    for product, change in sorted(moved.items()):
        there = opening.get(product, 0) + change
        month.add("stock_count", count_id=month.number("PD", "10-31"), warehouse_id="W1", product_id=product, counted_on="10-31",
                  counted_by="E24", quantity_physical=there, quantity_card=there, quantity_book=there)


def find(month, found, reported, resolved, amount):
    return month.add("stock_anomaly", anomaly_id=month.number("YC", found[:5]), warehouse_id="W1", found_at=f"2026-{found}",
                     reported_at=f"2026-{reported}", reported_to="E24", resolved_at=f"2026-{resolved}", amount=amount)


def complete(month):
    for delivery in shipments(month):
        ask(month, delivery)
        send(month, delivery)
    for issue in month.rows("stock_issue"):
        if issue["sign"] == "blue":
            month.add("document_distribution", distribution_id=month.number("CK", issue["prepared_at"][:10]), doc_kind="stock_issue",
                      doc_id=issue["issue_id"], copy_no=2, received_by="E23", sent_at=issue["prepared_at"],
                      received_at=f"{issue['prepared_at'][:10]} 13:{month.chance.below(50):02}:00")
    count(month)
    find(month, "10-13 09:20:00", "10-13 10:05:00", "10-16 17:00:00", 420)
    find(month, "10-23 15:40:00", "10-26 08:30:00", "10-30 11:00:00", 1350)  # found on Friday, reported on Monday
    # A dealer fetches the goods; the order names the place of delivery by number.
    dealer = month.kept("fetched")
    dealer["freight_borne_by"], dealer["freight_amount"] = "customer", None
    month.row("customer", dealer["customer_id"])["channel_role"] = "distributor"
    for event in month.where("shipment_event", delivery_id=dealer["delivery_id"]):
        month.remove(event)
    marked = month.kept("marked")
    marked["ship_to_id"] = month.of(marked, "order_id")["ship_to_id"] = "DZ01"
    # Promised for the day on which the customer signed.
    delivery = month.kept("in time")
    order_line(month, delivery)["delivery_due_on"] = after(delivery["delivery_date"], 2)


def order_line(month, delivery):
    line, = month.lines_of(month.of(delivery, "order_id"))
    return line


def worth(delivery):
    return sum(line["net_amount"] for line in delivery.month.lines_of(delivery))


def slip(month, delivery):
    issue, = month.where("stock_issue", delivery_id=delivery["delivery_id"])
    return issue


def plant(month):
    delivery = month.kept("unreviewed")
    issue = slip(month, delivery)
    month.of(delivery, "request_id")["sales_reviewed_at"] = f"{delivery['delivery_date']} 11:31:00"
    month.plant("SHP-01", "stock_issue", issue, worth(delivery))
    other = month.kept("two lots")
    month.of(other, "request_id")["sales_reviewed_at"] = slip(month, other)["prepared_at"]

    line, = month.where("delivery_request_line", request_id=month.kept("undercut")["request_id"])
    line["unit_price"] -= 2
    month.plant("SHP-02", "delivery_request_line", line, 2 * line["quantity"], label="price")

    delivery = month.kept("on hold")
    line, = month.lines_of(slip(month, delivery))
    line["quality_status"] = "hold"
    month.plant("SHP-03", "stock_issue_line", line, worth(delivery), label="quality")

    delivery = month.kept("issued first")
    delivery["approved_at"] = f"{delivery['delivery_date']} 15:45:00"
    month.plant("SHP-04", "delivery", delivery, worth(delivery), label="time")

    delivery = month.kept("unpaid")
    plan, = month.where("payment_plan", contract_id=delivery["contract_id"], milestone="before_shipment")
    month.plant("SHP-05", "delivery", delivery, plan["amount"])

    delivery = month.kept("astray")
    delivery["ship_to_id"], month.of(delivery, "order_id")["ship_to_id"] = "DZ07", "DZ02"
    month.plant("SHP-07", "delivery", delivery, worth(delivery))

    over_delivered(month)

    delivery = month.kept("unsigned")
    month.plant("SHP-09", "delivery", delivery, worth(delivery), label="sign_off")

    delivery = month.kept("late")  # promised for the day before the customer signed
    line = order_line(month, delivery)
    line["delivery_due_on"] = after(delivery["delivery_date"], 1)
    month.plant("SHP-10", "sales_order_line", line, line["net_amount"])

    product = month.of(order_line(month, delivery), "product_id")
    counted, = month.where("stock_count", product_id=product["product_id"])
    counted["quantity_physical"] -= 3
    month.plant("SHP-11", "stock_count", counted, 3 * product["standard_cost"])

    month.plant("SHP-12", "stock_anomaly", find(month, "10-19 14:00:00", "10-21 09:00:00", "10-23 16:00:00", 2600), 2600)

    delivery = month.kept("copied late")
    issue = slip(month, delivery)
    copy, = month.where("document_distribution", doc_kind="stock_issue", doc_id=issue["issue_id"])
    copy["received_at"] = f"{delivery['delivery_date']} 16:20:00"
    month.plant("SHP-13", "stock_issue", issue, worth(delivery))

    delivery = month.kept("untraced")
    for event in month.where("shipment_event", delivery_id=delivery["delivery_id"]):
        month.remove(event)
    month.plant("SHP-14", "delivery", delivery, worth(delivery))

    delivery = month.kept("freighted")
    delivery["freight_amount"] = Decimal(260)
    month.plant("SHP-15", "delivery", delivery, 260)

    # The slip of seventy pieces was entered in the stock ledger once more; fifty were left.
    issue = slip(month, month.kept("issued twice"))
    entered, = month.where("stock_movement", doc_kind="stock_issue", doc_id=issue["issue_id"])
    again = month.add("stock_movement", **{**entered, "movement_id": month.number("SM", "10-28"), "moved_at": "2026-10-28 09:15:00"})
    month.plant("SHP-16", "stock_movement", again, 20 * entered["unit_cost"])


def over_delivered(month):
    """What was delivered beyond an order so far, each time, and had been asked for so."""
    for order in month.rows("sales_order"):
        ordered, sent = {}, {}
        for line in month.lines_of(order):
            ordered[line["product_id"]] = ordered.get(line["product_id"], 0) + line["base_quantity"] - (line["cancelled_quantity"] or 0)
        lines = [(month.of(line, "delivery_id"), line) for line in month.where("delivery_line", order_id=order["order_id"])]
        for delivery, line in sorted(lines, key=lambda pair: (pair[0]["delivery_date"], pair[0]["delivery_id"], pair[1]["line_no"])):
            product, quantity = line["product_id"], line["base_quantity"]
            if delivery["status"] == "draft" or line["line_kind"] in ("service", "freight"):
                continue
            before = max(sent.get(product, 0), ordered.get(product, 0))
            sent[product] = sent.get(product, 0) + quantity
            over = sent[product] - before
            if quantity > 0 and over > 0 and day("10-01") <= delivery["delivery_date"] <= day("10-31"):
                month.plant("SHP-08", "delivery_line", line, cents(line["net_amount"] * over / quantity))
                asked = month.row("delivery_request_line", delivery["request_id"], line["line_no"])
                month.plant("SHP-02", "delivery_request_line", asked, asked["unit_price"] * over, label="quantity")
