# SPDX-License-Identifier: MIT
"""Controls over returns (RET): the documents they need, the papers that every document has, and what is planted."""

from decimal import Decimal

from . import family_consignment
from .basis import after, day
from .books import Item

D = Decimal
BRANCH_MANAGER = {"R3": "E06"}  # of the region; elsewhere that of East China
PRICE, COST = 80, 50


# --- documents -------------------------------------------------------------------------------------


def sell(b):
    # A product with returns sells well enough besides.
    customer = b.new_customer("宁波海曙轴承销售有限公司")
    for when, shipped, billed in (("10-12", "10-14", "10-19"), ("10-21", "10-23", "10-28")):
        b.bill(billed, b.deliver(b.order(customer, when, [Item("P014", 120)]), shipped))
    directly(b, "direct", "无锡惠山传动设备有限公司", "球面滑动轴承", "GAC60S")
    exchange(b, "exchange", "嘉兴南湖轴承商行", "深沟球轴承", "6016-Z", replaced=1)
    if not b.planted:
        return
    for name, customer, product, model in (
            ("no request", "常州戚墅堰机电有限公司", "滚轮轴承", "NUTR25"),
            ("other spec", "镇江丹徒轴承经营部", "推力调心滚子轴承", "29412"),
            ("counterfeit", "台州路桥轴承配件有限公司", "双列角接触球轴承", "3206"),
            ("early slip", "湖州南浔机械配件厂", "外球面轴承", "UC315"),
            ("short slip", "温州瓯海五金机电有限公司", "滚针轴承", "NA4912"),
            ("early note", "绍兴柯桥传动件有限公司", "关节轴承", "GE50ES"),
            ("no original", "金华婺城轴承有限公司", "直线轴承", "LM30UU"),
            ("wrong hands", "衢州柯城机电设备有限公司", "四点接触球轴承", "QJ212")):
        back_and_credited(b, name, customer, product, model)
    directly(b, "early receivable", "扬州江都液压件有限公司", "杆端关节轴承", "SI25T/K")
    exchange(b, "dearer", "南通港闸轴承有限公司", "调心球轴承", "1210", replaced=2)
    # Goods came back, and nothing else happened; a little later the customer paid the whole invoice.
    order = new_order(b, "泰州海陵泵业有限公司", "圆锥滚子轴承", "32210", 20)
    delivery = b.deliver(order, "10-12")
    invoice = b.bill("10-14", delivery)
    delivery.revenue_plan = [(1, 20, "10-14", invoice, {})]
    b.keep("not credited", b.take_back(delivery, "10-16", {1: 4}))
    # A product of which more than 5 % came back, from customers each too small for a rate.
    product = b.new_product("薄型滚子轴承", "RB6013", PRICE, COST)
    for n, customer in enumerate(("盐城亭湖轴承有限公司", "淮安清江浦机电有限公司", "宿迁宿城传动有限公司")):
        customer = b.new_customer(customer)
        order = b.order(customer, "10-09", [Item(product, 40)])
        first, second = (b.deliver(order, shipped, {1: 20}) for shipped in ("10-12", "10-13"))
        invoice = b.bill("10-15", [first, second])
        if n < 2:  # three and four pieces of 120: 5.8 %
            b.keep(f"frail {n}", b.take_back(first, "10-19", {1: 3 + n}))
            b.bill("10-21", b.kept[b.origin, f"frail {n}"], red_of=invoice)


def new_order(b, customer, product, model, quantity, when="10-09"):
    return b.order(b.new_customer(customer), when, [Item(b.new_product(product, model, PRICE, COST), quantity)])


def back_and_credited(b, name, customer, product, model):
    """Twenty sold, four sent back and credited."""
    delivery = b.deliver(new_order(b, customer, product, model, 20), "10-12")
    invoice = b.bill("10-14", delivery)
    note = b.keep(name, b.take_back(delivery, "10-19", {1: 4}))
    b.bill("10-21", note, red_of=invoice)


def directly(b, name, customer, product, model):
    """The invoice makes the delivery, and the red invoice the return note."""
    order = new_order(b, customer, product, model, 30)
    delivery = b.deliver(order, "10-12")
    invoice = b.bill("10-12", delivery)
    note = b.keep(name, b.take_back(delivery, "10-20", {1: 5}))
    b.bill("10-20", note, red_of=invoice)


def exchange(b, name, customer, product, model, replaced):
    """Five of twenty come back; five are sent for them, of the order's line `replaced`."""
    customer = b.new_customer(customer)
    items = [Item(b.new_product(product, model, PRICE, COST), 20)]
    if replaced > 1:
        items.append(Item(b.new_product(product, model + "/P5", PRICE + 30, COST), 5))
    order = b.order(customer, "10-09", items)
    delivery = b.deliver(order, "10-12", {1: 20})
    invoice = b.bill("10-14", delivery)
    delivery.revenue_plan = [(1, 20, "10-14", invoice, {})]
    b.keep(name, b.take_back(delivery, "10-20", {1: 5}))
    b.keep(name + ": replacement", b.deliver(order, "10-28", {replaced: 5}, signed=None))


# --- papers ----------------------------------------------------------------------------------------


def complete(month):
    """The customer's request, its confirmation, check, examination and review for all goods that came back."""
    consignees = family_consignment.consignees(month)
    for note in month.rows("delivery"):
        if note["kind"] == "return" and note["return_id"] is None and note["customer_id"] not in consignees:
            ask(month, note)
    for name in ("direct", "early receivable"):
        if name == "direct" or month.planted:
            make_direct(month, month.kept(name))
    for name in ("exchange", "dearer"):
        if name == "exchange" or month.planted:
            request = month.of(month.kept(name), "return_id")
            request["kind"] = "exchange"
            month.kept(name + ": replacement")["return_id"] = request["return_id"]


def ask(month, note):
    """A return request, and the red goods request made of it, for what a return note brings back."""
    origin, back = month.of(note, "source_delivery_id"), note["delivery_date"]
    customer = month.of(note, "customer_id")
    salesperson, manager = customer["salesperson_id"], BRANCH_MANAGER.get(customer["sales_region_id"], "E05")
    asked, examined, reviewed = after(back, -3), after(back, -2), after(back, -1)
    request = month.add(
        "return_request", return_id=month.number("TH", asked), kind="return", customer_id=note["customer_id"],
        delivery_id=origin["delivery_id"], requested_on=asked, customer_request_ref=f"客户退货函{asked:%m%d}",
        salesperson_id=salesperson, branch_confirmed_by=manager, branch_confirmed_at=f"{asked} 15:20:00",
        checked_by=salesperson, checked_at=f"{examined} 09:40:00", authenticity_by="E26",
        authenticity_at=f"{examined} 15:10:00", authenticity_result="genuine", reviewed_by="E04",
        reviewed_at=f"{reviewed} 10:05:00", company_id=note["company_id"], status="approved")
    red = month.add(
        "delivery_request", request_id=month.number("XH", reviewed), order_id=note["order_id"],
        contract_id=note["contract_id"], customer_id=note["customer_id"], kind="return", requested_by="E13",
        requested_at=f"{examined} 16:00:00", branch_reviewed_by=manager, branch_reviewed_at=f"{examined} 17:05:00",
        sales_reviewed_by="E04", sales_reviewed_at=f"{reviewed} 10:05:00")
    for no, line in enumerate(month.lines_of(note), 1):
        sold = next(one for one in month.lines_of(origin) if one["order_line_no"] == line["order_line_no"])
        month.add("return_line", return_id=request["return_id"], line_no=no, delivery_line_no=sold["line_no"],
                  product_id=line["product_id"], quantity=-line["quantity"], unit_price=line["unit_price"])
        month.add("delivery_request_line", request_id=red["request_id"], line_no=no, product_id=line["product_id"],
                  quantity=line["quantity"], unit_price=line["unit_price"])
    note["return_id"], note["request_id"] = request["return_id"], red["request_id"]
    for slip in month.where("stock_issue", delivery_id=note["delivery_id"]):
        slip["request_id"] = red["request_id"]


def make_direct(month, note):
    """Direct invoices, blue and red: reviewed in the morning, before their goods move."""
    origin = month.of(note, "source_delivery_id")
    month.of(note, "order_id")["business_type"] = "direct_invoice"
    for delivery in (origin, note):
        delivery["business_type"] = "direct_invoice"
        invoice, = {id(row): row for line in month.where("invoice_line", delivery_id=delivery["delivery_id"])
                    for row in [month.of(line, "invoice_id")]}.values()
        invoice["mode"] = "direct"
        invoice["reviewed_at"] = f"{invoice['issued_on']} 09:20:00"


# --- what is planted -------------------------------------------------------------------------------


def worth(month, note):
    return -sum(line["quantity"] * line["unit_price"] for line in month.lines_of(note))


def plant(month):
    note = month.kept("no request")
    request = month.of(note, "return_id")
    request["customer_request_ref"] = None
    month.plant("RET-01", "return_request", request, worth(month, note))

    note = month.kept("other spec")
    line, = month.where("return_line", return_id=note["return_id"])
    line["spec"] = "29414"
    month.plant("RET-02", "return_request", note["return_id"], worth(month, note), label="1")

    note = month.kept("counterfeit")
    request = month.of(note, "return_id")
    request["authenticity_result"] = "counterfeit"
    month.plant("RET-03", "return_request", request, worth(month, note))

    # Reviewed an hour and a half after the slip was prepared; elsewhere only on the morning of that day.
    note = month.kept("early slip")
    slip, = month.where("stock_issue", delivery_id=note["delivery_id"])
    month.of(note, "return_id")["reviewed_at"] = f"{note['delivery_date']} 13:00:00"
    month.plant("RET-04", "stock_issue", slip, worth(month, note))
    month.of(month.kept("early note"), "return_id")["reviewed_at"] = f"{note['delivery_date']} 11:30:00"

    # Five were accepted, four are on the slip.
    note = month.kept("short slip")
    accepted, = month.where("return_line", return_id=note["return_id"])
    requested, = month.where("delivery_request_line", request_id=note["request_id"])
    accepted["quantity"], requested["quantity"] = 5, -5
    month.plant("RET-05", "return_request", note["return_id"], accepted["unit_price"],
                label="issue slip " + accepted["product_id"])

    note = month.kept("early note")
    note["approved_at"] = f"{note['delivery_date']} 12:40:00"
    month.plant("RET-06", "delivery", note, worth(month, note))

    note = month.kept("early receivable")
    line, = month.where("invoice_line", delivery_id=note["delivery_id"])
    entry, = month.where("receivable_entry", invoice_id=line["invoice_id"])
    entry["audited_at"] = f"{note['delivery_date']} 11:10:00"
    month.plant("RET-07", "invoice", line["invoice_id"], worth(month, note))

    note = month.kept("no original")
    line, = month.where("invoice_line", delivery_id=note["delivery_id"])
    month.of(line, "invoice_id")["original_invoice_id"] = None
    month.plant("RET-08", "invoice", line["invoice_id"], worth(month, note), label="no original")

    note = month.kept("not credited")
    month.plant("RET-09", "delivery", note, worth(month, note), label="credit 1")
    month.plant("RET-09", "delivery", note, -sum(line["quantity"] for line in month.lines_of(note)) * COST, label="cost 1")

    note = month.kept("wrong hands")
    slip, = month.where("stock_issue", delivery_id=note["delivery_id"])
    slip["issued_by"] = "E13"
    month.plant("RET-10", "stock_issue", slip, worth(month, note))

    note, replacement = month.kept("dearer"), month.kept("dearer: replacement")
    month.plant("RET-11", "return_request", note["return_id"], -worth(month, replacement) - worth(month, note))

    frail = [month.kept("frail 0"), month.kept("frail 1")]
    product = month.lines_of(frail[0])[0]["product_id"]
    month.plant("RET-12", "product", product, sum(worth(month, note) for note in frail), label="rate")
