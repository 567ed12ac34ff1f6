# SPDX-License-Identifier: MIT
"""Controls over production (PRD): mill bearings made to order, from the technical agreement to the ship notice."""

from decimal import Decimal

from .basis import after, day
from .books import Item


def sell(b):
    product = b.new_product("四列圆柱滚子轧机轴承", "FC3852168", 2600, 1700)
    customer = b.new_customer("九里山冶金轧机有限公司", limit=1900000)
    plans, quantities = iter(range(501, 600)), iter(range(12, 40))

    def contract(name, signed, ordered, delivered=None, *, paid=None, rest=None):
        quantity = next(quantities)
        made = b.contract(customer, signed, [Item(product, quantity)], terms=60)
        order = b.order(customer, ordered, [Item(product, quantity, contract_line=1)], contract=made, mode="mixed" if paid else "credit")
        b.keep(name, order)
        total = 0
        for milestone, pct, when in (("advance", 30, paid), ("before_shipment", 40, rest)):
            if when:
                b.payment_plans.append((f"FK{next(plans)}", made, milestone, pct, day(when)))
                amount = (made.amount * pct / 100).quantize(Decimal("0.01"))
                b.receive(customer, when, amount, kind="advance", contract=made)
                total += amount
        if delivered:
            delivery = b.deliver(order, delivered)
            billed = after(delivery.day, 2).isoformat()
            b.bill(billed, delivery)
            if total:
                b.net(customer, billed, total, made)

    # As it should be: paid before production, finished and shipped in time; without an advance; put off by the customer.
    contract("proper", "10-08", "10-09", "10-27", paid="10-09", rest="10-26")
    contract("on account", "10-08", "10-09", "10-27")
    contract("put off", "10-08", "10-09")
    contract("planned to the day", "10-08", "10-09")
    if not b.planted:
        return
    contract("unpaid", "10-08", "10-09", "10-27", paid="10-13", rest="10-26")
    contract("planned late", "10-08", "10-09")
    contract("silent", "10-08", "10-09", "10-27")
    contract("not planned anew", "10-08", "10-09")
    contract("failed", "10-08", "10-09", "10-27")
    contract("unannounced", "10-08", "10-09", "10-27")
    contract("in stock", "08-18", "08-20")
    contract("not told", "10-08", "10-09", "10-27")
    contract("material first", "10-08", "10-09", "10-27")
    contract("past the warehouse", "10-08", "10-09", "10-27")


def produce(month, order, *, released="10-10", finished="10-22", planned="10-23", reports=("10-16", "10-21"), **facts):
    """A production order for an order, with its reports; finished None: it goes on."""
    line, = month.lines_of(order)
    told = order["approved_at"][:10]
    made = month.add(
        "production_order", production_order_id=month.number("PC", released), order_id=order["order_id"],
        contract_id=order["contract_id"], product_id=line["product_id"], quantity=line["quantity"], notified_at=f"{told} 16:00:00",
        released_by="E22", released_at=f"2026-{released} 08:30:00", design_done_on=released, material_issued_on=released,
        planned_finish_on=planned, finished_on=finished)
    made.update(**facts)
    for when in reports:
        month.add("production_progress", production_order_id=made["production_order_id"], reported_on=when, reported_by="E25",
                  sent_to=order["salesperson_id"], pct_complete=80 if when == reports[-1] else 40, form="written")
    return made


def receive(month, made, when, *, inspected=None, notice=True):
    """Its goods into stock: inspected, packed, counted, and the salesperson told."""
    lot = f"L{made['production_order_id'][2:]}"
    month.add("inspection", inspection_id=month.number("JY", when), production_order_id=made["production_order_id"], lot_no=lot,
              result="pass", inspected_on=inspected or when, inspector_id="E27")
    receipt = month.add(
        "goods_receipt", goods_receipt_id=month.number("GR", when), production_order_id=made["production_order_id"],
        product_id=made["product_id"], lot_no=lot, warehouse_id="W1", quantity=made["quantity"], received_on=when,
        received_by="E23", packed_on=when, company_id="TH01")
    when = receipt["received_on"]
    month.add("stock_movement", movement_id=month.number("SM", when), product_id=made["product_id"], warehouse_id="W1",
              moved_at=f"{when} 10:30:00", quantity=made["quantity"], unit_cost=month.of(made, "product_id")["standard_cost"],
              doc_kind="goods_receipt", doc_id=receipt["goods_receipt_id"])
    if notice:
        order = month.of(made, "order_id")
        month.add("document_distribution", distribution_id=month.number("FH", when), doc_kind="goods_receipt",
                  doc_id=receipt["goods_receipt_id"], received_by=order["salesperson_id"], sent_at=f"{when} 15:00:00",
                  received_at=f"{when} 15:30:00")
    for delivery in month.where("delivery", order_id=made["order_id"]) if made["order_id"] else ():
        for issue in month.where("stock_issue", delivery_id=delivery["delivery_id"]):
            for line in month.lines_of(issue):
                line["lot_no"] = lot
        for line in month.lines_of(delivery):
            line["lot_no"] = lot
    return receipt


def agree(month, order):
    signed = month.of(order, "contract_id")["signed_on"]
    talk = month.add("negotiation", negotiation_id=month.number("TX", after(signed, -6)), customer_id=order["customer_id"],
                     contract_id=order["contract_id"], kind="technical", held_on=after(signed, -6),
                     reported_at=f"{after(signed, -6)} 17:20:00", reported_to="E04")
    month.add("negotiation_participant", negotiation_id=talk["negotiation_id"], employee_id="E26", role="technical_head")
    month.add("technical_agreement", agreement_id=month.number("JX", order["order_date"]), customer_id=order["customer_id"],
              contract_id=order["contract_id"], signed_on=signed, has_commercial_terms=True,
              has_statement_of_work=True, commercial_by=order["salesperson_id"], technical_by="E26")


def for_stock(month):
    """What came into stock in the month was made for stock, each lot in its time."""
    for receipt in month.rows("goods_receipt"):
        on = receipt["received_on"]
        made = month.add(
            "production_order", production_order_id=month.number("PC", after(on, -9)), product_id=receipt["product_id"],
            quantity=receipt["quantity"], released_by="E22", released_at=f"{after(on, -9)} 08:00:00",
            material_issued_on=after(on, -8), planned_finish_on=on, finished_on=after(on, -month.chance.below(2)))
        lot = f"L{made['production_order_id'][2:]}"
        receipt.update(production_order_id=made["production_order_id"], lot_no=lot, packed_on=on)
        failed = month.chance.below(9) == 0
        for result, when in ([("fail", after(on, -1))] if failed else []) + [("pass", on)]:
            month.add("inspection", inspection_id=month.number("JY", when), production_order_id=made["production_order_id"],
                      lot_no=lot, result=result, inspected_on=when, inspector_id="E27")


def put_off(month, name, **facts):
    order = month.kept(name)
    return month.add("schedule_notice", notice_id=month.number("YQ", "10-14"), contract_id=order["contract_id"], received_on="10-14",
                     new_due_on="12-10", **{"forwarded_at": "2026-10-14 16:00:00", **facts})


def complete(month):
    for_stock(month)
    proper = month.kept("proper")
    product = month.of(month.lines_of(proper)[0], "product_id")
    product.update(is_made_to_order=True, needs_technical_agreement=True)
    for order in sorted(month.where("sales_order", customer_id=proper["customer_id"]), key=lambda row: row["order_id"]):
        agree(month, order)
    for name in ("proper", "on account"):
        receive(month, produce(month, month.kept(name)), "10-23", inspected="10-22")
    weekly = ("10-16", "10-23", "10-30")
    produce(month, month.kept("put off"), finished=None, planned="12-05", reports=weekly)
    put_off(month, "put off", replanned_at="2026-10-16 09:00:00")
    order = month.kept("planned to the day")
    line, = month.lines_of(order)
    line["delivery_due_on"] = "11-20"
    produce(month, order, finished=None, planned="11-20", reports=weekly)


def net(order):
    return sum(line["net_amount"] for line in order.month.lines_of(order))


def plant(month):
    product = month.of(month.lines_of(month.kept("proper"))[0], "product_id")
    weekly = ("10-16", "10-23", "10-30")

    order = month.kept("unpaid")  # released on the 12th, paid on the 13th
    made = produce(month, order, released="10-12")
    receive(month, made, "10-23")
    advance, = (row["amount"] for row in month.where("payment_plan", contract_id=order["contract_id"]) if row["milestone"] == "advance")
    month.plant("PRD-01", "production_order", made, advance)

    nobody = month.add("production_order", production_order_id=month.number("PC", "10-14"), product_id=product["product_id"],
                       quantity=6, released_by="E22", released_at="2026-10-14 08:30:00", planned_finish_on="10-30")
    month.plant("PRD-02", "production_order", nobody, 6 * product["standard_cost"])

    order = month.kept("planned late")
    line, = month.lines_of(order)
    line["delivery_due_on"] = "11-20"
    made = produce(month, order, finished=None, planned="11-21", reports=weekly)
    month.plant("PRD-03", "production_order", made, net(order))

    order = month.kept("silent")
    made = produce(month, order, reports=("10-18",))
    receive(month, made, "10-23")
    month.plant("PRD-04", "production_order", made, net(order))

    order = month.kept("not planned anew")
    produce(month, order, finished=None, planned="10-30", reports=weekly)
    month.plant("PRD-05", "schedule_notice", put_off(month, "not planned anew"), net(order))

    made = produce(month, month.kept("failed"))
    receipt = receive(month, made, "10-23", inspected="10-22")
    inspection, = month.where("inspection", production_order_id=made["production_order_id"])
    inspection["result"] = "fail"
    month.plant("PRD-06", "goods_receipt", receipt, receipt["quantity"] * product["standard_cost"])

    made = produce(month, month.kept("unannounced"))
    receipt = receive(month, made, "10-23", inspected="10-22", notice=False)
    month.plant("PRD-07", "goods_receipt", receipt, receipt["quantity"] * product["standard_cost"])

    order = month.kept("in stock")
    line, = month.lines_of(order)
    line["delivery_due_on"] = "11-30"
    made = produce(month, order, released="08-24", finished="09-24", planned="09-25", reports=("08-31", "09-07", "09-14", "09-21"))
    receipt = receive(month, made, "09-25")
    month.plant("PRD-08", "goods_receipt", receipt, receipt["quantity"] * product["standard_cost"])

    order = month.kept("not told")  # approved on Friday the 9th, told on Tuesday
    made = produce(month, order, released="10-13", notified_at="2026-10-13 09:00:00")
    receive(month, made, "10-23")
    month.plant("PRD-09", "sales_order", order, net(order))

    order = month.kept("material first")
    made = produce(month, order, design_done_on="10-14", material_issued_on="10-12")
    receive(month, made, "10-23")
    month.plant("PRD-10", "production_order", made, net(order), label="order")

    order = month.kept("past the warehouse")
    made = produce(month, order, finished="10-26")
    receive(month, made, "10-28", inspected="10-27")
    issued, = (line for delivery in month.where("delivery", order_id=order["order_id"])
               for issue in month.where("stock_issue", delivery_id=delivery["delivery_id"]) for line in month.lines_of(issue))
    month.plant("SHP-06", "stock_issue_line", issued, net(order))
