# SPDX-License-Identifier: MIT
"""Controls over consignment (CSG): the documents they need, the papers that every document has, and what is planted."""

from decimal import Decimal

from . import master
from .basis import ZERO, day
from .books import Item

D = Decimal
PRICE, COST = 150, 96
ACCOUNT = "goods_on_consignment"
AS_OF = day("10-31")


# --- documents -------------------------------------------------------------------------------------


def sell(b):
    sales = b.consigned = []
    customer = b.new_customer("合肥包河轴承代销有限公司", mode="consignment")
    # Ten of a hundred came back before forty were settled; the rest waits.
    sale = consign(b, sales, customer, "深沟球轴承", "6320", 100)
    send_back(b, sale, "10-14", 10)
    settle(b, sale, "10-20", 40)
    # All ten settled in two lists, the second on the day of the list; two came back afterwards, settled negatively.
    sale = consign(b, sales, customer, "圆柱滚子轴承", "NU316", 10)
    first = settle(b, sale, "10-15", 7)
    settle(b, sale, "10-19", 3, listed="10-19")
    note = send_back(b, sale, "10-22", 2)
    settle(b, sale, "10-23", -2, note=note, red_of=first["invoice"])
    if not b.planted:
        return
    customer = b.new_customer("芜湖镜湖机电代理有限公司", mode="consignment")

    def planted(name, product, model, quantity=20, **more):
        return consign(b, sales, customer, product, model, quantity, name=name, **more)

    # Revenue with the delivery.
    sale = planted("on shipment", "滚针轴承", "NKI60/25")
    sale["delivery"].revenue_plan = [(1, 20, "10-12", None, {})]
    settle(b, planted("no list", "推力球轴承", "51418"), "10-21", 20, number=None)
    settle(b, planted("no delivery", "调心球轴承", "2316"), "10-21", 12)
    settle(b, planted("direct", "角接触球轴承", "7320B"), "10-21", 10)
    # The order says consignment, but it was carried out as an ordinary sale.
    order = b.order(customer, "10-09", [Item(b.new_product("剖分轴承", "01EB60", PRICE, COST), 20)])
    b.bill("10-15", b.deliver(order, "10-13"))
    b.keep("ordinary delivery", order)
    planted("early slip", "滑块轴承", "HKZ45")
    settle(b, planted("not invoiced", "圆锥滚子轴承", "33213"), "10-23", 5, billed=False)
    settle(b, planted("other method", "双列圆柱滚子轴承", "NN3020"), "10-22", 8)
    sale = planted("unnamed return", "带座轴承", "UCF210")
    sale["return"] = send_back(b, sale, "10-16", 3)
    sale = planted("not taken back", "交叉滚子轴承", "RB10020", 10)
    settle(b, sale, "10-15", 10)
    sale["return"] = send_back(b, sale, "10-19", 3)
    lapsed = b.new_customer("蚌埠龙子湖轴承经销处", mode="consignment")
    consign(b, sales, lapsed, "滚子轴承", "NJ2210", 10, name="lapsed agreement")
    slow = b.new_customer("马鞍山雨山机电有限公司", mode="consignment")
    consign(b, sales, slow, "推力滚子轴承", "81212", 6, name="slow", shipped="10-10")
    # Silent: exactly as old as its agreement allows.
    patient = b.new_customer("铜陵官山传动件有限公司", mode="consignment")
    consign(b, sales, patient, "推力滚针轴承", "AXK6085", 6, name="patient", shipped="10-10")


def consign(b, sales, customer, product, model, quantity, *, name=None, shipped="10-12"):
    """Goods for a consignee: an order and a delivery that earns nothing by itself."""
    price, cost = PRICE + 3 * len(sales), COST + 2 * len(sales)  # none like another's: equal vouchers are suspect
    order = b.order(customer, "10-09", [Item(b.new_product(product, model, price, cost), quantity)])
    delivery = b.deliver(order, shipped)
    delivery.revenue_plan, delivery.cost_plan = [], own_voucher()
    sale = {"name": name or f"sale {len(sales)}", "order": order, "delivery": delivery, "settlements": [], "notes": [],
            "price": price, "cost": cost}
    sales.append(sale)
    return sale


def own_voucher():
    return {1: {"voucher": lambda amount: (amount, amount)}}


def settle(b, sale, when, quantity, *, listed="", number="", billed=True, note=None, red_of=None):
    """A settlement of that day, by a list of the day before; with its invoice, revenue and cost. Negative: taken back."""
    delivery, invoice = sale["delivery"], None
    if note:
        note.cost_plan = own_voucher()
        invoice = b.bill(when, note, red_of=red_of)
    elif billed:
        invoice = b.bill(when, delivery, picks={1: quantity})
        delivery.revenue_plan.append((1, quantity, when, invoice, {}))
    place = len(b.consigned), len(sale["settlements"])
    settlement = {"on": day(when), "quantity": D(quantity), "invoice": invoice, "delivery": note or delivery,
                  "number": f"DX26{place[0]:02d}{place[1] + 1}" if number == "" and not note else number or None,
                  "listed": None if note else day(listed) if listed else day(when).replace(day=day(when).day - 1)}
    sale["settlements"].append(settlement)
    return settlement


def send_back(b, sale, when, quantity):
    note = b.take_back(sale["delivery"], when, {1: quantity})
    sale["notes"].append(note)
    return note


# --- papers ----------------------------------------------------------------------------------------


def consignees(month):
    """The customers to whom goods are only consigned."""
    return {sale["order"].customer for sale in month.books.consigned}


def complete(month):
    for key, value in (("consignment_enabled", "true"), ("consignment_costing", "issued_goods")):
        month.add("system_option", option_key=key, option_value=value, valid_from="2026-01-01")
    agreements = {}
    for customer in sorted(consignees(month)):
        agreements[customer] = month.add("consignment_agreement", agreement_id=f"DX-{customer}", customer_id=customer,
                                         valid_from="2026-10-12", valid_to="2027-09-30", settlement_days=60)
    for sale in month.books.consigned:
        agreement = agreements[sale["order"].customer]
        if sale["name"] in ("slow", "patient"):
            agreement["valid_from"] = "2026-01-01"
        month.row("sales_order", sale["order"].id)["business_type"] = "consignment"
        for doc in (sale["delivery"], *sale["notes"]):
            delivery = month.row("delivery", doc.id)
            delivery["business_type"], delivery["agreement_id"] = "consignment", agreement["agreement_id"]
            book_issue(month, doc, sale["cost"])
        relieve(month, sale)
        for settlement in sale["settlements"]:
            write_settlement(month, sale, settlement)
    month.add("control_balance", company_id=master.MAIN, period="2026-10", account=ACCOUNT,
              balance=sum(stock_of(sale) for sale in month.books.consigned), currency="CNY")


def stock_of(sale):
    """What the consignee still had at the end of the month, at cost."""
    out = sum(quantity for doc in (sale["delivery"], *sale["notes"]) for _, quantity in doc.picks)
    return (out - sum(one["quantity"] for one in sale["settlements"] if one["on"] <= AS_OF)) * sale["cost"]


def book_issue(month, doc, unit_cost):
    """The voucher by which an issue goes from the warehouse to the consignee, or back."""
    slip, = month.where("stock_issue", delivery_id=doc.id)
    cost = sum(line["quantity"] for line in month.lines_of(slip)) * unit_cost
    id = month.number("PZ", doc.day)
    month.add("voucher", voucher_id=id, source_kind="cost", period="2026-10", prepared_by="E16", reviewed_by="E15",
              posted_by=master.SYSTEM_USER, posted_on=doc.day, status="posted", company_id=master.MAIN, currency="CNY",
              exchange_rate=1)
    sides = (ACCOUNT, "inventory") if cost > 0 else ("inventory", ACCOUNT)
    month.add("voucher_line", voucher_id=id, line_no=1, account=sides[0], debit=abs(cost), credit=ZERO)
    month.add("voucher_line", voucher_id=id, line_no=2, account=sides[1], debit=ZERO, credit=abs(cost))
    month.add("voucher_source", voucher_id=id, source_kind="stock_issue", source_id=slip["issue_id"], amount=abs(cost))


def relieve(month, sale):
    """Cost of what was settled comes out of the consigned goods."""
    for doc in (sale["delivery"], *sale["notes"]):
        slip, = month.where("stock_issue", delivery_id=doc.id)
        for cost in month.where("cost_entry", issue_id=slip["issue_id"]):
            cost["basis"] = "issued_goods"
            voucher, = month.where("voucher", source_kind="cost", source_id=cost["cost_id"])
            line, = month.where("voucher_line", voucher_id=voucher["voucher_id"], account="inventory")
            line["account"] = ACCOUNT


def write_settlement(month, sale, settlement):
    item = sale["delivery"].picks[0][0]
    when, quantity = settlement["on"], settlement["quantity"]
    row = settlement["row"] = month.add(
        "consignment_settlement", settlement_id=month.number("JS", when), customer_id=sale["order"].customer,
        settled_on=when, consignee_list_no=settlement["number"], consignee_list_on=settlement["listed"],
        reviewed_by="E04", reviewed_at=f"{when} 11:15:00", amount=item.amounts(quantity)[2], company_id=master.MAIN,
        currency="CNY", exchange_rate=1, status="posted")
    month.add("consignment_settlement_line", settlement_id=row["settlement_id"], line_no=1,
              delivery_id=settlement["delivery"].id, delivery_line_no=1, product_id=item.product, quantity=quantity,
              unit_price=item.price)
    if settlement["invoice"]:
        invoice = month.row("invoice", settlement["invoice"].id)
        invoice["settlement_id"] = row["settlement_id"]
        for entry in month.where("revenue_entry", invoice_id=invoice["invoice_id"]):
            entry["settlement_id"], entry["settlement_line_no"] = row["settlement_id"], 1


# --- what is planted -------------------------------------------------------------------------------


def plant(month):
    sales = {sale["name"]: sale for sale in month.books.consigned}

    def delivery_of(name):
        return month.row("delivery", sales[name]["delivery"].id)

    def settlement_of(name):
        return sales[name]["settlements"][0]["row"]

    def worth(name, quantity):
        return D(quantity) * sales[name]["price"]

    entry, = month.where("revenue_entry", delivery_id=delivery_of("on shipment")["delivery_id"])
    month.plant("CSG-01", "revenue_entry", entry, worth("on shipment", 20))

    row = settlement_of("no list")
    month.plant("CSG-02", "consignment_settlement", row, row["amount"])

    line, = month.lines_of(settlement_of("no delivery"))
    line["delivery_id"] = line["delivery_line_no"] = None
    month.plant("CSG-03", "consignment_settlement_line", line, worth("no delivery", 12))

    invoice, = month.where("invoice", settlement_id=settlement_of("direct")["settlement_id"])
    invoice["mode"] = "direct"
    month.plant("CSG-04", "invoice", invoice, worth("direct", 10) * D("1.13"))

    order = month.kept("ordinary delivery")
    order["business_type"] = "consignment"
    delivery, = month.where("delivery", order_id=order["order_id"])
    month.plant("CSG-05", "delivery", delivery, 20 * PRICE)

    delivery = delivery_of("lapsed agreement")
    month.of(delivery, "agreement_id").update(valid_from="2025-10-01", valid_to="2026-09-30")
    month.plant("CSG-06", "delivery", delivery, worth("lapsed agreement", 10))

    # The slip was prepared at half past eleven.
    delivery = delivery_of("early slip")
    delivery["approved_at"] = f"{delivery['delivery_date']} 12:30:00"
    slip, = month.where("stock_issue", delivery_id=delivery["delivery_id"])
    month.plant("CSG-07", "stock_issue", slip, worth("early slip", 20))

    row = settlement_of("not invoiced")
    month.plant("CSG-08", "consignment_settlement", row, row["amount"])

    slip, = month.where("stock_issue", delivery_id=delivery_of("other method")["delivery_id"])
    cost, = month.where("cost_entry", issue_id=slip["issue_id"])
    cost["basis"] = "stock_issue"
    month.plant("CSG-09", "cost_entry", cost, 8 * sales["other method"]["cost"])

    note = month.row("delivery", sales["unnamed return"]["return"].id)
    note["source_delivery_id"] = None
    month.plant("CSG-10", "delivery_line", month.lines_of(note)[0], worth("unnamed return", 3))

    note = month.row("delivery", sales["not taken back"]["return"].id)
    month.plant("CSG-11", "delivery_line", month.lines_of(note)[0], worth("not taken back", 3))

    # 26 days on 5 November.
    for name, days in (("slow", 25), ("patient", 26)):
        month.of(delivery_of(name), "agreement_id")["settlement_days"] = days
    month.plant("CSG-12", "delivery", delivery_of("slow"), worth("slow", 6))

    # What the shipment that was taken to revenue at once had cost left the account with it.
    balance = month.row("control_balance", master.MAIN, "2026-10", ACCOUNT)
    lost = 20 * sales["on shipment"]["cost"]
    balance["balance"] -= lost
    month.plant("CSG-13", "control_balance", balance, lost)
