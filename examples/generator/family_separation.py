# SPDX-License-Identifier: MIT
"""Controls over the separation of duties (SOD): who keeps which paper, and one sale for each duty that is combined."""

from decimal import Decimal

from .basis import after, day
from .books import Item

D = Decimal

# Sales of a few pieces: name, pieces, day ordered. Each is delivered two days later and invoiced five days later.
SALES = (
    ("approved by who entered it", 31, "10-12"), ("asked for by who approved it", 27, "10-12"), ("requested and reviewed in the branch", 22, "10-13"),
    ("written and issued in the store", 35, "10-13"), ("invoice asked for and reviewed by one", 26, "10-14"),
    ("collected by sales", 18, "10-08"), ("applied by who collected it", 21, "10-08"), ("confirmed twice by one", 24, "10-14"),
    ("returned", 40, "10-09"), ("entered by who keeps the prices", 19, "10-15"), ("checked by who issued it", 33, "10-15"),
    ("audited by who issued it", 28, "10-14"), ("posted by who prepared it", 29, "10-14"), ("entered and collected by one", 17, "10-08"),
)
# The company's own table: an accountant may invoice a cash sale and record the money.
INCOMPATIBLE = (
    ("ordering", "approving", "录入不得审批"), ("ordering", "pricing", "录入不得定价"), ("ordering", "credit", "录入不得审信用"),
    ("ordering", "shipping", "录入不得发货"), ("ordering", "invoicing", "录入不得开票"), ("ordering", "collecting", "录入不得收款"),
    ("ordering", "recording", "业务不得记账"), ("approving", "shipping", "审批不得发货"), ("approving", "invoicing", "审批不得开票"),
    ("approving", "collecting", "审批不得收款"), ("approving", "recording", "审批不得记账"), ("shipping", "invoicing", "发货不得开票"),
    ("shipping", "collecting", "发货不得收款"), ("shipping", "recording", "发货不得记账"), ("collecting", "invoicing", "收款不得开票"),
    ("collecting", "recording", "收款不得记账"), ("credit", "collecting", "信用不得收款"),
)
PAID = ("collected by sales", "applied by who collected it", "entered and collected by one")


def sell(b):
    customer = b.new_customer("雪峰水轮机制造有限公司")
    product = b.new_product("推力瓦块轴承", "TP-360", 240, 151)
    b.keep("in the archive", b.contract(customer, "10-14", [Item(product, 60)], terms=60))
    if not b.planted:
        return
    own = b.new_customer("白水江电力设备有限公司")
    order = b.order(own, "10-15", [Item(product, 12)], terms=60)
    b.bill("10-21", b.deliver(order, "10-19"))
    b.keep("credit set by sales", order)
    for name, pieces, when in SALES:
        order = b.keep(name, b.order(customer, when, [Item(product, pieces)], terms=60))
        delivery = b.keep("delivery, " + name, b.deliver(order, workday(after(order.day, 2))))
        invoice = b.keep("invoice, " + name, b.bill(workday(after(order.day, 5)), delivery))
        b.keep("receivable, " + name, invoice.receivable)
        if name in PAID:
            b.keep("receipt, " + name, b.pay(invoice.receivable, "10-23"))
        if name == "returned":
            back = b.keep("goods back", b.take_back(delivery, "10-21", {1: 8}))
            b.bill("10-23", back, red_of=invoice)
    b.keep("prepared and reviewed by one", b.quote(customer, "10-14", [Item(product, 50)]))
    for name, when, pieces in (("two steps by one", "10-15", 1300), ("negotiated and approved", "10-15", 70), ("kept by sales", "10-16", 45)):
        b.keep(name, b.contract(customer, when, [Item(product, pieces)], terms=60))


def workday(when):
    """That day, or the Monday after."""
    while when.weekday() > 4:
        when = after(when, 1)
    return when.isoformat()


def complete(month):
    for one, other, reason in INCOMPATIBLE:
        month.add("incompatible_duty", duty_a=one, duty_b=other, reason=reason)
    for contract in month.rows("contract"):
        if contract["signed_on"] and not month.where("archive_record", doc_kind="contract", doc_id=contract.key):
            keep_contract(month, contract)


def keep_contract(month, contract):
    """The original goes to the sales clerk on the day of signing, or to the contract administrator."""
    keeper = month.chance.pick(("E13", "E14", "E25", "E25"))
    return month.add("archive_record", archive_id=month.number("DA", contract["signed_on"]), doc_kind="contract", doc_id=contract.key,
                     contract_id=contract.key, item_kind="contract_original", archived_on=contract["signed_on"], archived_by=keeper,
                     keeper_id=keeper)


def paper(month, table, id, prefix, when, fields, **about):
    """The paper of a document where it has one, otherwise a new one."""
    found = month.where(table, **about)
    return found[0] if found else month.add(table, **{id: month.number(prefix, when), **about, **fields})


def plant(month):
    kept = month.kept

    def found(control, row, amount, **more):
        month.plant(control, row.table, row, amount, **more)

    def gross(order):
        return sum(line["gross_amount"] for line in month.lines_of(order))

    order = kept("approved by who entered it")
    order["entered_by"] = "U104"  # the sales manager's account on the mobile client
    found("SOD-01", order, order["amount"])

    order = kept("asked for by who approved it")
    approval, = month.where("approval", doc_kind="sales_order", doc_id=order.key)
    approval.update(requested_by="U104", approver_id="E04")
    found("SOD-02", approval, order["amount"], label="requested")
    first, second = sorted(month.where("approval", doc_kind="contract", doc_id=kept("two steps by one").key), key=lambda row: row["step_no"])
    first["approver_id"] = second["approver_id"]
    found("SOD-02", second, kept("two steps by one")["amount"], label="two steps")

    quotation = kept("prepared and reviewed by one")
    quotation.update(prepared_by="U104", reviewed_by="E04")
    found("SOD-03", quotation, quotation["amount"])

    goods_request(month)
    slip, = month.where("stock_issue", delivery_id=kept("delivery, written and issued in the store").key)
    slip.update(prepared_by="E24", issued_by="U24")
    found("SOD-05", slip, gross(kept("written and issued in the store")))

    invoice = kept("invoice, invoice asked for and reviewed by one")
    request = paper(month, "invoice_request", "request_id", "KP", invoice["issued_on"], {
        "customer_id": invoice["customer_id"], "amount": invoice["gross_amount"], "requested_at": f"{invoice['issued_on']} 09:00:00",
        "reviewed_at": f"{invoice['issued_on']} 10:00:00"}, order_id=invoice["order_id"])
    request.update(requested_by="U104", reviewed_by="E04")
    invoice["request_id"] = request.key
    found("SOD-06", invoice, invoice["gross_amount"])

    receipt = kept("receipt, collected by sales")
    receipt["collected_by"] = month.of(receipt, "customer_id")["salesperson_id"]
    found("SOD-07", receipt, receipt["amount"], label="sales")
    receipt = kept("receipt, applied by who collected it")
    application, = month.where("receipt_application", receipt_id=receipt.key)
    application["applied_by"] = receipt["collected_by"]
    found("SOD-07", receipt, receipt["amount"], label="application")

    invoice = kept("invoice, confirmed twice by one")
    when = after(invoice["issued_on"], 1)
    request = paper(month, "collection_request", "request_id", "SK", when, {
        "customer_id": invoice["customer_id"], "amount": invoice["gross_amount"], "requested_at": f"{when} 09:00:00",
        "sales_confirmed_at": f"{when} 10:00:00", "finance_confirmed_at": f"{when} 11:00:00", "sent_to_customer_at": f"{when} 15:00:00",
        "requested_by": "E07"}, invoice_id=invoice.key)
    request.update(sales_confirmed_by="E04", finance_confirmed_by="U104")
    found("SOD-08", request, request["amount"])

    returned_goods(month)

    contract = kept("negotiated and approved")
    for talk in month.where("negotiation", contract_id=contract.key)[:1] or [month.add(
            "negotiation", negotiation_id=month.number("TP", contract["signed_on"]), customer_id=contract["customer_id"],
            contract_id=contract.key, kind="commercial", held_on=after(contract["signed_on"], -3))]:
        month.add("negotiation_participant", negotiation_id=talk.key, employee_id="E04", role="sales_manager")
    found("SOD-10", contract, contract["amount"], label="negotiated and approved")

    order = kept("entered by who keeps the prices")
    order["entered_by"] = "U20"
    found("SOD-11", order, order["amount"])

    order = kept("credit set by sales")
    credit, = month.where("customer_credit", customer_id=order["customer_id"])
    credit.update(set_by=order["salesperson_id"], assessed_on="2026-10-12")
    found("SOD-12", credit, credit["credit_limit"])

    invoice = kept("invoice, checked by who issued it")
    invoice["reviewed_by"] = "U16"
    found("SOD-13", invoice, invoice["gross_amount"])

    entry = kept("receivable, audited by who issued it")
    entry["audited_by"] = "E16"
    found("SOD-14", entry, entry["amount"])
    voucher = voucher_of(month, kept("receivable, posted by who prepared it"))
    voucher["posted_by"] = voucher["prepared_by"]
    found("SOD-14", voucher, sum(line["debit"] or 0 for line in month.lines_of(voucher)))

    order = kept("entered and collected by one")
    order["entered_by"] = kept("receipt, entered and collected by one")["collected_by"] = "E18"
    found("SOD-15", order, order["amount"], label="E18")

    contract = kept("kept by sales")
    record, = month.where("archive_record", doc_kind="contract", doc_id=contract.key)
    record["keeper_id"] = contract["salesperson_id"]
    found("SOD-16", record, contract["amount"])


def goods_request(month):
    """The branch manager asked for the goods and reviewed the request."""
    order = month.kept("requested and reviewed in the branch")
    line, = month.lines_of(order)
    when = order["order_date"]
    request = paper(month, "delivery_request", "request_id", "XH", when, {
        "customer_id": order["customer_id"], "kind": "goods", "requested_at": f"{when} 15:00:00", "branch_reviewed_at": f"{when} 15:40:00",
        "sales_reviewed_at": f"{when} 16:10:00", "sales_reviewed_by": "E04"}, order_id=order.key)
    lines = month.lines_of(request) or [month.add(
        "delivery_request_line", request_id=request.key, line_no=1, product_id=line["product_id"], quantity=line["quantity"],
        unit_price=line["unit_price"])]
    request.update(requested_by="U05", branch_reviewed_by="E05")
    month.plant("SOD-04", "delivery_request", request, sum(one["quantity"] * one["unit_price"] for one in lines))


def returned_goods(month):
    """The branch manager confirmed the return and checked the goods."""
    back = month.kept("goods back")
    source = month.of(back, "source_delivery_id")
    line, = month.lines_of(back)
    when = after(back["delivery_date"], -2)
    request = paper(month, "return_request", "return_id", "TH", when, {
        "kind": "return", "customer_id": back["customer_id"], "requested_on": when, "customer_request_ref": "客户来函", "salesperson_id": "E07",
        "branch_confirmed_at": f"{when} 10:00:00", "checked_at": f"{when} 14:00:00", "authenticity_by": "E26",
        "authenticity_at": f"{when} 15:00:00", "authenticity_result": "genuine", "reviewed_by": "E04", "reviewed_at": f"{when} 16:30:00",
        "company_id": back["company_id"]}, delivery_id=source.key)
    back["return_id"] = request.key
    lines = month.where("return_line", return_id=request.key) or [month.add(
        "return_line", return_id=request.key, line_no=1, delivery_line_no=1, product_id=line["product_id"],
        quantity=-line["quantity"], unit_price=line["unit_price"])]
    request.update(branch_confirmed_by="E05", checked_by="U05")
    month.plant("SOD-09", "return_request", request, abs(sum(one["quantity"] * one["unit_price"] for one in lines)))


def voucher_of(month, entry):
    for source in month.where("voucher_source", source_id=entry.key):
        return month.row("voucher", source["voucher_id"])
    voucher, = month.where("voucher", source_id=entry.key)
    return voucher
