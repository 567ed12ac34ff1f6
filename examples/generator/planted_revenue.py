# SPDX-License-Identifier: MIT
"""What is planted for the revenue and ledger controls (REV), and the cut-off cases that must stay silent."""

from decimal import Decimal

from . import ledger, master
from .basis import ZERO, after, day
from .books import Item
from .planted_credit import id_of
from .planted_prices import line_of, sell

D = Decimal


def plant(b):
    early(b)
    cut_off(b)
    withheld(b)
    fictitious(b)
    reversed_later(b)
    receivables(b)
    costs(b)
    advances(b)


def plant_on_revenue(b, control, delivery, amount, *, label=None):
    """Marks the delivery's first revenue entry, which is only derived later."""
    b.plant(control, "revenue_entry", lambda: first_entry(b, delivery).id, amount, label=label)


def first_entry(b, delivery, line=1):
    return next(r for r in b.of("revenue_entry") if r.delivery is delivery and r.line == line)


# --- REV-01, 02 ------------------------------------------------------------------------------------


def early(b):
    # REV-01: recognised with the invoice on the 14th; the customer signed on the 17th, in the same month.
    order = b.order("C004", "10-09", [Item("P005", 60, 430)], terms=60)
    delivery = b.deliver(order, "10-13", signed="10-17")
    invoice = b.bill("10-14", delivery)
    delivery.revenue_plan = [(1, 60, "10-14", invoice, {})]
    plant_on_revenue(b, "REV-01", delivery, 60 * 430)
    # REV-01: the contract makes acceptance the trigger; recognised at sign-off on the 16th, accepted on
    # the 27th.
    contract = b.contract("C013", "09-18", [Item("P006", 90, 670)], terms=60, trigger="acceptance")
    order = b.order("C013", "10-12", [Item("P006", 30, 670, contract_line=1)], contract=contract)
    delivery = b.deliver(order, "10-14", signed="10-16")
    accept(b, delivery, "10-27")
    invoice = b.bill("10-16", delivery)
    delivery.revenue_plan = [(1, 30, "10-16", invoice, {})]
    plant_on_revenue(b, "REV-01", delivery, 30 * 670)
    # Silent: the same contract, recognised on acceptance.
    order = b.order("C013", "10-15", [Item("P006", 25, 670, contract_line=1)], contract=contract)
    delivery = b.deliver(order, "10-19")
    accept(b, delivery, "10-28")
    b.bill("10-28", delivery)
    # Silent: a contract whose revenue is earned when the goods are issued, signed days later.
    contract = b.contract("C003", "09-22", [Item("P007", 600, 65)], terms=60, trigger="issue")
    order = b.order("C003", "10-12", [Item("P007", 200, 65, contract_line=1)], contract=contract)
    delivery = b.deliver(order, "10-14", signed="10-20")
    b.bill("10-15", delivery)
    # Silent: signed in two parts; the revenue came with the second.
    order = b.order("C008", "10-13", [Item("P002", 400)], terms=60)
    delivery = b.deliver(order, "10-15", signed=[("10-17", {1: 250}), ("10-21", {1: 150})])
    b.bill("10-22", delivery)
    # Silent: invoiced before the customer signed, recognised when it signed.
    order = b.order("C001", "10-19", [Item("P008", 130)], terms=60)
    b.bill("10-22", b.deliver(order, "10-21", signed="10-26"))


def accept(b, delivery, when):
    delivery.accepted = day(when)
    b.add("installation", day(when), delivery=delivery)


def cut_off(b):
    # REV-02 (over) and REV-01: recognised with the invoice on 30 October, signed on 2 November.
    order = b.order("C003", "10-26", [Item("P005", 40, 430)], terms=60)
    delivery = b.deliver(order, "10-28", signed="11-02")
    invoice = b.bill("10-30", delivery)
    delivery.revenue_plan = [(1, 40, "10-30", invoice, {})]
    plant_on_revenue(b, "REV-01", delivery, 40 * 430)
    plant_on_revenue(b, "REV-02", delivery, 40 * 430)
    # REV-02 (over): signed on 28 September, recognised in October.
    order = b.order("C014", "09-21", [Item("P013", 90)], terms=60)
    delivery = b.deliver(order, "09-25", signed="09-28")
    invoice = b.bill("10-12", delivery)
    delivery.revenue_plan = [(1, 90, "10-12", invoice, {})]
    plant_on_revenue(b, "REV-02", delivery, 90 * 210)
    # REV-02 (under): 100 pieces signed on 29 October, 60 recognised in October, 40 on 3 November.
    order = b.order("C007", "10-22", [Item("P013", 100)], terms=60)
    delivery = b.deliver(order, "10-27", signed="10-29")
    first, second = b.bill("10-30", delivery, picks={1: 60}), b.bill("11-03", delivery, picks={1: 40})
    delivery.revenue_plan = [(1, 60, "10-30", first, {}), (1, 40, "11-03", second, {})]
    b.plant("REV-02", "delivery_line", line_of(delivery), -40 * 210)
    # Silent, September: delivered, signed, invoiced and recognised there; the receivable is an opening item.
    order = b.order("C002", "09-17", [Item("P014", 30)], terms=30)
    delivery = b.deliver(order, "09-22", signed="09-24")
    invoice = b.bill("09-28", delivery, post=False)
    invoice.receivable = b.receivable("C002", "09-28", b.gross(invoice), invoice=invoice, kind="opening",
                                      due="10-28")
    b.pay(invoice.receivable, "10-22")
    # Silent: delivered on 29 September, signed, invoiced and recognised in October.
    order = b.order("C006", "09-24", [Item("P013", 40), Item("P014", 10)], terms=60)
    sell(b, order, "09-29", "10-12", signed="10-08")
    # Silent: signed on 30 September and recognised there; invoiced in October.
    order = b.order("C005", "09-23", [Item("P014", 25)], terms=60)
    sell(b, order, "09-28", "10-13", signed="09-30")
    # Silent: left in October, signed and recognised in November, invoiced before or after.
    for customer, billed in (("C005", "10-30"), ("C013", "11-04")):
        order = b.order(customer, "10-26", [Item("P008", 70)], terms=60)
        sell(b, order, "10-30", billed, signed="11-03")
    # Silent: signed on 30 October and recognised there, invoiced in November: accrued.
    order = b.order("C010", "10-23", [Item("P008", 110)], terms=60)
    sell(b, order, "10-28", "11-04", signed="10-30")
    # Silent: signed on the last day of the month.
    order = b.order("C012", "10-26", [Item("P002", 160)], terms=60)
    sell(b, order, "10-29", "10-30", signed="10-31")


# --- REV-03, 04, 05 --------------------------------------------------------------------------------


def withheld(b):
    # REV-03: signed on 24 September, not recognised up to 5 November. (It is on the 10th, which nobody
    # can know yet.)
    order = b.order("C008", "09-16", [Item("P013", 50)], terms=60)
    delivery = b.deliver(order, "09-21", signed="09-24")
    delivery.revenue_plan = [(1, 50, "11-10", None, {})]
    b.plant("REV-03", "delivery_line", line_of(delivery), 50 * 210)
    # REV-03 and REV-02 (under): signed on 22 October, never recognised. The first line of the same
    # delivery was.
    order = b.order("C012", "10-16", [Item("P007", 60), Item("P010", 90)], terms=60)
    delivery = b.deliver(order, "10-20", by_line=True)
    invoice = b.bill("10-23", delivery, picks={1: 60})
    delivery.revenue_plan = [(1, 60, "10-23", invoice, {})]
    b.plant("REV-03", "delivery_line", line_of(delivery, 2), 90 * 72)
    b.plant("REV-02", "delivery_line", line_of(delivery, 2), -90 * 72)
    # Silent: 10 of 100 came back before the invoice; 90 are invoiced and recognised.
    order = b.order("C004", "10-13", [Item("P013", 100)], terms=60)
    delivery = b.deliver(order, "10-15")
    b.take_back(delivery, "10-19", {1: 10})
    b.bill("10-21", delivery, picks={1: 90})
    # Silent: not signed yet.
    order = b.order("C014", "10-27", [Item("P003", 50)], terms=60)
    b.deliver(order, "10-30", signed=None)


def fictitious(b):
    # REV-04: entered by hand, no document behind it.
    b.add("revenue_entry", day("10-30"), customer="C010", company=master.MAIN, delivery=None, line=None, item=None,
          quantity=None, invoice=None, amount=D(50000), source="manual", reversal=None, status="posted")
    b.plant("REV-04", "revenue_entry", lambda: next(r.id for r in b.of("revenue_entry") if r.item is None), 50000)
    # REV-04: entered by hand for a delivery, without any approval.
    order = b.order("C005", "10-14", [Item("P003", 80)], terms=60)
    delivery = b.deliver(order, "10-16")
    invoice = b.bill("10-21", delivery)
    delivery.revenue_plan = [(1, 80, "10-21", invoice, {"source": "manual"})]
    plant_on_revenue(b, "REV-04", delivery, 80 * 58)
    # REV-04: 1,000 more than quantity and price give; the difference counts.
    order = b.order("C014", "10-15", [Item("P002", 120)], terms=60)
    delivery = b.deliver(order, "10-19")
    invoice = b.bill("10-21", delivery)
    delivery.revenue_plan = [(1, 120, "10-21", invoice, {"amount": D(120 * 26 + 1000)})]
    plant_on_revenue(b, "REV-04", delivery, 1000)
    # Silent: by hand, with a delivery and an approval.
    order = b.order("C011", "10-20", [Item("P002", 90)], terms=60)
    delivery = b.deliver(order, "10-22")
    invoice = b.bill("10-27", delivery)
    delivery.revenue_plan = [(1, 90, "10-27", invoice, {"source": "manual"})]
    b.after_derivation.append(lambda: b.approval(
        first_entry(b, delivery), "manual_revenue", "finance_head", "E15", "2026-10-27 09:00:00",
        opinion="系统接口中断，同意手工录入"))
    # Silent: a void entry without documents.
    b.add("revenue_entry", day("10-20"), customer="C011", company=master.MAIN, delivery=None, line=None, item=None,
          quantity=None, invoice=None, amount=D(8800), source="manual", reversal=None, status="void")


def reversed_later(b):
    # REV-05, only from 30 November on: revenue of 28 October reversed on 16 November. With as_of
    # 5 November the control is not run, and the reversal lies in the future. Not in the answer.
    order = b.order("C009", "10-22", [Item("P013", 60)], terms=60)
    delivery = b.deliver(order, "10-26")
    invoice = b.bill("10-28", delivery)

    def reverse(delivery=delivery, invoice=invoice):
        entry = first_entry(b, delivery)
        ledger.enter(b, delivery, 1, entry.item, -entry.quantity, day("11-16"), invoice, reversal=entry)
    b.before_costs.append(reverse)
    # Silent: reversed and entered again within the month, with a red invoice and a new one.
    order = b.order("C001", "10-12", [Item("P013", 60), Item("P014", 20)], terms=60)
    delivery = b.deliver(order, "10-14")
    wrong = b.bill("10-19", delivery)
    b.bill("10-21", delivery, red_of=wrong, picks={1: -60, 2: -20})
    b.bill("10-21", delivery)


# --- REV-06, 07, 08, 11 ----------------------------------------------------------------------------


def receivables(b):
    # REV-06: figures swapped, 22,060 posted instead of 22,600. The voucher follows the receivable.
    order = b.order("C001", "10-14", [Item("P006", 20, 700), Item("P004", 40, 140), Item("P002", 16, 25)], terms=60)
    assert order.amount == 22600
    invoice = b.bill("10-21", b.deliver(order, "10-19"), amount=22060)
    b.plant("REV-06", "invoice", id_of(invoice), 540)
    # REV-06: a receivable without any invoice.
    entry = b.receivable("C014", "10-23", 6780)
    b.plant("REV-06", "receivable_entry", id_of(entry), 6780)
    # Silent: an invoice voided on its day, with its void receivable; the delivery is invoiced again.
    order = b.order("C002", "10-12", [Item("P008", 60)], terms=30)
    delivery = b.deliver(order, "10-14")
    b.bill("10-19", delivery, status="void")
    b.bill("10-19", delivery)
    # REV-07: the branch company's ledger account holds 5,000 that somebody posted straight to it.
    order = b.order("C031", "10-13", [Item("P031", 300), Item("P032", 500)], terms=60)
    sell(b, order, "10-16", "10-20")
    order = b.order("C032", "10-20", [Item("P032", 400)], terms=60)
    sell(b, order, "10-22", "10-27")
    b.before_numbers.append(lambda: ledger.voucher(
        b, day("10-29"), master.BRANCH, "manual", None,
        [("receivable", "C031", D(5000), ZERO), ("other", None, ZERO, D(5000))]))
    b.plant("REV-07", "control_balance", lambda: f"{master.BRANCH}/2026-10/receivable", 5000)
    # REV-11: the invoice of one customer was debited to another.
    order = b.order("C005", "10-16", [Item("P001", 900)], terms=60)
    invoice = b.bill("10-22", b.deliver(order, "10-20"))
    invoice.receivable.debit_customer = "C004"
    b.plant("REV-11", "invoice", id_of(invoice), b.gross(invoice))


# --- REV-08, 09, 10 --------------------------------------------------------------------------------


def costs(b):
    def one(customer, when, item, plan):
        order = b.order(customer, when, [item], terms=60)
        delivery = sell(b, order, after(order.day, 3).isoformat()[5:], after(order.day, 6).isoformat()[5:])
        delivery.cost_plan = {1: plan}
        return delivery

    def cost(delivery):
        return lambda: next(c for c in b.of("cost_entry") if c.delivery is delivery)

    def plant_on_cost(control, delivery, amount):
        b.plant(control, "cost_entry", lambda: cost(delivery)().id, amount)

    # REV-08: a cost entry without a voucher; moving average 136 x 20.
    plant_on_cost("REV-08", one("C011", "10-13", Item("P013", 20), {"voucher": "none"}), 136 * 20)
    # REV-08: the voucher carries 300 less than the entry; 208 x 15.
    delivery = one("C003", "10-20", Item("P014", 15), {"voucher": lambda v: (v - 300, v - 300)})
    plant_on_cost("REV-08", delivery, 208 * 15)
    # REV-08: debit and credit of the voucher differ; 136 x 24.
    delivery = one("C010", "10-20", Item("P013", 24), {"voucher": lambda v: (v, v - 64)})
    plant_on_cost("REV-08", delivery, 136 * 24)
    # REV-09: no cost was carried; 18 x 208.
    delivery = one("C001", "10-16", Item("P014", 18), {"missing": True})
    plant_on_revenue(b, "REV-09", delivery, 18 * 208)
    # REV-09: the cost was carried in November; 30 x 136.
    delivery = one("C004", "10-20", Item("P013", 30), {"day": "11-02"})
    plant_on_revenue(b, "REV-09", delivery, 30 * 136)
    # REV-09: 40 were sold, the cost of 25 was carried: 15 x 208.
    delivery = one("C013", "10-20", Item("P014", 40), {"short": 15})
    plant_on_revenue(b, "REV-09", delivery, 15 * 208)
    # REV-10: 6206 left at other than its first-in-first-out cost: 96 too much.
    plant_on_cost("REV-10", one("C008", "10-12", Item("P002", 140), {"extra": D(96)}), 96)


# --- REV-12, 13, 14 --------------------------------------------------------------------------------


def advances(b):
    # REV-12: an advance was credited to revenue. Nothing has been delivered.
    contract = b.contract("C026", "10-14", [Item("P012", 30)], terms=60)
    receipt = b.receive("C026", "10-16", 14700, kind="advance", contract=contract, credit="revenue")
    b.plant("REV-12", "receipt", id_of(receipt), 14700)
    # REV-13: an advance of 33,900 and the receivable of the same contract stand side by side.
    contract = b.contract("C026", "10-09", [Item("P007", 1000), Item("P008", 300)], terms=60)
    b.receive("C026", "10-12", 33900, kind="advance", contract=contract)
    order = b.order("C026", "10-13", [Item("P007", 600, contract_line=1)], contract=contract, mode="mixed")
    b.bill("10-21", b.deliver(order, "10-16"))
    b.plant("REV-13", "customer", lambda: "C026", 33900, label=lambda doc=contract: doc.id)
    # Silent: netted on the day of the invoice, as far as the advance goes; the rest is outstanding.
    other = b.contract("C026", "09-24", [Item("P011", 400)], terms=60)
    b.receive("C026", "09-28", 20000, kind="advance", contract=other)
    order = b.order("C026", "10-15", [Item("P011", 250, contract_line=1)], contract=other, mode="mixed")
    b.bill("10-22", b.deliver(order, "10-20"))
    b.net("C026", "10-22", 20000, other)
    # Silent: an advance for one contract and a receivable of another are not netted.
    waiting = b.contract("C033", "10-19", [Item("P012", 12)], terms=60)
    b.receive("C033", "10-21", 9000, kind="deposit", contract=waiting)
    # REV-14: an advance of March, nothing delivered, nothing paid back.
    old = b.contract("C033", "02-25", [Item("P006", 30, 670)], terms=60)
    receipt = b.receive("C033", "03-10", 12000, kind="advance", contract=old)
    b.plant("REV-14", "receipt", id_of(receipt), 12000)
    # Silent: exactly 180 days old on 5 November; paid back; used up by deliveries.
    contract = b.contract("C020", "05-06", [Item("P007", 300, 66)], terms=60)
    b.receive("C020", "05-09", 5000, kind="advance", contract=contract)
    contract = b.contract("C007", "02-10", [Item("P008", 200, 112)], terms=60)
    b.receive("C007", "02-12", 8000, kind="advance", contract=contract)
    b.receive("C007", "10-20", -8000, kind="refund", contract=contract)
    contract = b.contract("C014", "03-16", [Item("P003", 300, 58)], terms=60)
    b.receive("C014", "03-18", 6000, kind="advance", contract=contract)
    order = b.order("C014", "10-12", [Item("P003", 100, 58, contract_line=1)], contract=contract, mode="mixed")
    b.bill("10-20", b.deliver(order, "10-15"))
    b.net("C014", "10-20", 6000, contract)
