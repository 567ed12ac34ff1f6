# SPDX-License-Identifier: MIT
"""Controls over invoicing (INV): requests, paper invoices and their way to the customer, direct invoices, cash."""

from decimal import Decimal

from .basis import after, cents
from .books import Item

PAPER_CODE = "3200261160"
MANAGER, FINANCE_HEAD, CASHIER, ACCOUNTANT = "E04", "E15", "E18", "E16"


def sale(b, name, customer, product, quantity, ordered, shipped, billed, *, mode="credit", cash=False, signed="+2"):
    """An order with its delivery and, unless `billed` is None, its invoice, which is kept under the name."""
    order = b.order(customer, ordered, [Item(product, quantity)], mode=mode, terms=None if cash else 60)
    delivery = b.deliver(order, shipped, signed=signed)
    return b.keep(name, b.bill(billed, delivery, cash=cash) if billed else delivery)


def sell(b):
    customer = b.new_customer("镜湖减速机有限公司")
    product = b.new_product("推力圆柱滚子轴承", "81220TN", 180, 118)
    sale(b, "paper", customer, product, 24, "10-09", "10-10", "10-13")
    sale(b, "paper, slow", customer, product, 30, "10-10", "10-12", "10-14")
    sale(b, "direct", customer, product, 16, "10-13", "10-14", "10-14")
    sale(b, "on the day", customer, product, 18, "10-15", "10-16", "10-16")
    sale(b, "not invoiced, young", customer, product, 8, "09-29", "09-30", None, signed="10-06")
    if not b.planted:
        return
    other = b.new_customer("濡须液压支架有限公司")
    sale(b, "no request", other, product, 20, "10-09", "10-12", "10-14")
    sale(b, "reviewed after", other, product, 25, "10-09", "10-12", "10-15")
    sale(b, "by sales", other, product, 32, "10-10", "10-13", "10-15")
    sale(b, "goods later", other, product, 40, "10-12", "10-15", "10-14")
    sale(b, "price", other, product, 50, "10-12", "10-14", "10-16")
    sale(b, "not invoiced", other, product, 36, "09-24", "09-28", None)
    sale(b, "not reviewed", other, product, 28, "10-13", "10-15", "10-19")
    sale(b, "not delivered", other, product, 22, "10-12", "10-13", "10-15")
    sale(b, "not posted", other, product, 26, "10-09", "10-10", "10-12")
    sale(b, "tax", other, product, 34, "10-14", "10-16", "10-20")
    sale(b, "cash", other, product, 6, "10-20", "10-20", "10-20", mode="cash", cash=True, signed="+0")
    sale(b, "delivered first", other, product, 44, "10-15", "10-19", "10-19")


def is_blue(invoice):
    return invoice["sign"] == "blue" and invoice["settlement_id"] is None


def ask(month, invoices):
    """One request for invoices, asked for and reviewed on the day of the first, or asked for the day before."""
    first = min(invoices, key=lambda row: (row["issued_on"], row["invoice_id"]))
    when = first["issued_on"]
    asked = after(when, -1) if when.weekday() not in (0, 6) and month.chance.below(4) == 0 else when
    request = month.add(
        "invoice_request", request_id=month.number("KP", asked), customer_id=first["customer_id"],
        contract_id=first["contract_id"], order_id=first["order_id"], amount=sum(row["gross_amount"] for row in invoices),
        requested_by=month.row("customer", first["customer_id"])["salesperson_id"],
        requested_at=f"{asked} 08:{20 + month.chance.below(15)}:00", reviewed_by=MANAGER,
        reviewed_at=f"{when} 08:{40 + month.chance.below(15)}:00")
    for invoice in invoices:
        invoice["request_id"] = request["request_id"]


def ask_for_all(month):
    """A request for each blue invoice; sometimes one for all of an order."""
    by_order = {}
    for invoice in month.rows("invoice"):
        if is_blue(invoice):
            by_order.setdefault(invoice["order_id"], []).append(invoice)
    for invoices in by_order.values():
        if len(invoices) > 1 and month.chance.below(2) == 0:
            ask(month, invoices)
        else:
            for invoice in invoices:
                ask(month, [invoice])


def print_on_paper(month, names):
    """Invoices of one book, handed over by the salesperson; the numbers of the others close up."""
    for number, invoice in enumerate(sorted((month.kept(name) for name in names), key=lambda row: row["invoice_id"])):
        invoice.update(invoice_kind="paper", invoice_code=PAPER_CODE, invoice_no=f"{1580231 + number:08d}")
    electronic = [row for row in month.rows("invoice") if row["invoice_kind"] == "e_invoice"]
    for number, invoice in enumerate(sorted(electronic, key=lambda row: row["invoice_no"]), 1):
        invoice["invoice_no"] = f"26{number:08d}"
    for invoice in month.rows("invoice"):
        if invoice["invoice_kind"] == "paper" and is_blue(invoice):
            handed = after(invoice["issued_on"], 2 + month.chance.below(3))
            invoice.update(delivered_on=handed, customer_signed_on=handed,
                           customer_posted_on=after(handed, 2 + month.chance.below(9)))


def receive_cash(month, invoice):
    """Money over the counter: receivable and receipt of one day, applied to one another."""
    when, home = invoice["issued_on"], {name: invoice[name] for name in ("company_id", "currency", "exchange_rate")}
    entry = month.add(
        "receivable_entry", receivable_id=month.number("AR", when), invoice_id=invoice["invoice_id"],
        customer_id=invoice["customer_id"], posted_on=when, due_on=when, amount=invoice["gross_amount"], status="posted",
        kind="invoice", **home)
    receipt = month.add(
        "receipt", receipt_id=month.number("RC", when), customer_id=invoice["customer_id"],
        payer_name=month.row("customer", invoice["customer_id"])["name"], contract_id=invoice["contract_id"], kind="payment",
        amount=invoice["gross_amount"], method="cash", received_on=when, collected_by=CASHIER, recorded_by=ACCOUNTANT,
        recorded_at=f"{when} 16:30:00", status="posted", **home)
    month.add("receipt_application", application_id=month.number("HX", when), receipt_id=receipt["receipt_id"],
              invoice_id=invoice["invoice_id"], receivable_id=entry["receivable_id"], amount=invoice["gross_amount"],
              applied_on=when, applied_by="E17")


def sell_directly(month, name):
    """Makes an invoice and its delivery direct: reviewed first, then the delivery comes by itself."""
    invoice = month.kept(name)
    order = month.of(invoice, "order_id")
    order["business_type"] = "direct_invoice"
    for delivery in month.where("delivery", order_id=order["order_id"]):
        delivery["business_type"] = "direct_invoice"
    invoice.update(mode="direct", reviewed_at=f"{invoice['issued_on']} 09:05:00")


def complete(month):
    ask_for_all(month)
    print_on_paper(month, ["paper", "paper, slow"] + (["not delivered", "not posted"] if month.planted else []))
    for invoice in month.rows("invoice"):
        if invoice["cash_settled"] and invoice["status"] == "posted" and is_blue(invoice):
            receive_cash(month, invoice)
    sell_directly(month, "direct")
    # As late as it may be: signed for on the seventh day, posted on the fifteenth after.
    slow = month.kept("paper, slow")
    signed = after(slow["issued_on"], 7)
    slow.update(delivered_on=signed, customer_signed_on=signed, customer_posted_on=after(signed, 15))


def plant(month):
    invoice = month.kept("no request")
    month.remove(month.of(invoice, "request_id"))
    invoice["request_id"] = None
    month.plant("INV-01", "invoice", invoice, invoice["gross_amount"])

    invoice = month.kept("reviewed after")
    month.of(invoice, "request_id")["reviewed_at"] = f"{after(invoice['issued_on'], 1)} 08:15:00"
    month.plant("INV-01", "invoice", invoice, invoice["gross_amount"])
    # Reviewed in the evening of the day on which it was issued.
    month.of(month.kept("on the day"), "request_id")["reviewed_at"] = "2026-10-16 18:40:00"

    invoice = month.kept("by sales")
    invoice["issued_by"] = "E25"
    month.plant("INV-02", "invoice", invoice, invoice["gross_amount"])

    line, = month.lines_of(month.kept("goods later"))
    month.plant("INV-03", "invoice_line", line, line["net_amount"])

    # The order says 183, the invoice 180.
    line, = month.lines_of(month.kept("price"))
    reprice(month, month.row("sales_order_line", line["order_id"], line["order_line_no"]), Decimal(183))
    month.plant("INV-04", "invoice_line", line, line["quantity"] * 3)

    delivery = month.kept("not invoiced")
    line, = month.lines_of(delivery)
    month.plant("INV-05", "delivery_line", line, line["net_amount"])
    # A delivery of September whose revenue was withheld (REV-03) was not invoiced either.
    withheld, = month.where("delivery", customer_id="C008", delivery_date="09-21")
    line, = month.lines_of(withheld)
    month.plant("INV-05", "delivery_line", line, line["net_amount"])

    invoice = month.kept("not reviewed")
    invoice.update(reviewed_by=None, reviewed_at=None)
    month.plant("INV-06", "invoice", invoice, invoice["gross_amount"])

    invoice = month.kept("not delivered")
    invoice.update(delivered_on=None, customer_signed_on=None, customer_posted_on=None)
    month.plant("INV-07", "invoice", invoice, invoice["gross_amount"])

    invoice = month.kept("not posted")
    invoice.update(customer_posted_on=None)
    month.plant("INV-08", "invoice", invoice, invoice["gross_amount"])

    invoice = month.kept("tax")
    line, = month.lines_of(invoice)
    line["tax_amount"] += Decimal("0.50")
    month.plant("INV-09", "invoice", invoice, "0.50", label="arithmetic")

    invoice = month.kept("cash")
    entry, = month.where("receivable_entry", invoice_id=invoice["invoice_id"])
    application, = month.where("receipt_application", invoice_id=invoice["invoice_id"])
    for row in (entry, month.of(application, "receipt_id"), application):
        month.remove(row)
    month.plant("INV-10", "invoice", invoice, invoice["gross_amount"])

    sell_directly(month, "delivered first")
    invoice = month.kept("delivered first")
    invoice["reviewed_at"] = f"{invoice['issued_on']} 15:20:00"
    month.plant("INV-11", "invoice", invoice, invoice["gross_amount"])


def reprice(month, line, price):
    """Another price for the only line of an order that was approved so."""
    net = cents(line["quantity"] * price)
    tax = cents(net * line["tax_rate"] / 100)
    line.update(unit_price=price, unit_price_gross=price * (100 + line["tax_rate"]) / 100, amount=net, net_amount=net,
                tax_amount=tax, gross_amount=net + tax)
    order = month.of(line, "order_id")
    order["amount"] = net + tax
    for approval in month.where("approval", doc_kind="sales_order", doc_id=order["order_id"]):
        approval["doc_amount"] = net + tax
    for request in month.where("delivery_request", order_id=order["order_id"]):
        for asked in month.lines_of(request):
            asked["unit_price"] = price
