# SPDX-License-Identifier: MIT
"""What is planted for the price controls (PRC), and beside it what looks alike and must stay silent."""

from decimal import Decimal

from . import master
from .basis import day
from .books import Item

D = Decimal


def line_of(doc, no=1):
    return lambda: f"{doc.id}/{no}"


def sell(b, order, shipped, billed=None, **more):
    """Delivers and invoices a whole order."""
    delivery = b.deliver(order, shipped, **more)
    if billed:
        b.bill(billed, delivery)
    return delivery


def plant(b):
    floor_orders(b)
    floor_approvals(b)
    floor_contracts(b)
    floor_quotations(b)
    unpriced(b)
    lists(b)
    bands(b)
    plans(b)
    discounts(b)
    dispersion(b)
    below_cost(b)


# --- PRC-01: below the floor -----------------------------------------------------------------------


def floor_orders(b):
    # PRC-01: 30208 has the floor 64.02 (97 % of 66); sold at 63.36, nothing approved.
    order = b.order("C001", "10-09", [Item("P007", 300, "63.36"), Item("P010", 120)], terms=60)
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("64.02") - D("63.36")) * 300)
    sell(b, order, "10-13", "10-16")
    # PRC-01: 110 is above the floor 108.64, but a discount of 500 on 200 pieces makes it 107.50.
    order = b.order("C004", "10-12", [Item("P008", 200, 110, discount=500)], terms=60)
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("108.64") - D("107.50")) * 200)
    sell(b, order, "10-15", "10-19")
    # Silent: a discount that leaves the price at the floor to the cent.
    order = b.order("C004", "10-14", [Item("P008", 100, 110, discount=136)], terms=60)
    sell(b, order, "10-19", "10-22")
    # PRC-01: H316 is on the tax-inclusive list, floor 21.92; 19 net is 21.47 with tax.
    order = b.order("C005", "10-13", [Item("P019", 500, 19)], terms=60)
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("21.92") - D("21.47")) * 500)
    sell(b, order, "10-16", "10-20")
    # Silent: 19.50 net is below the number 21.92, but 22.035 with tax is above it.
    order = b.order("C011", "10-13", [Item("P019", 400, "19.50"), Item("P019", 100, 20)], terms=60)
    sell(b, order, "10-17", "10-20")
    # PRC-01: for a customer of grade C the floor of 6308 is 59.17; 58.56 would do for grade B (56.26).
    order = b.order("C006", "10-12", [Item("P003", 120, "58.56")], terms=60)
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("59.17") - D("58.56")) * 120)
    sell(b, order, "10-15", "10-19")
    # Silent: exactly at the floor of the customer's own grade (A: 53.35).
    order = b.order("C013", "10-14", [Item("P003", 200, "53.35")], terms=60)
    sell(b, order, "10-17", "10-21")
    # Silent: LGT-2 is listed per 支 at 33.90 with tax; a box of 12 costs 360 net. OS-62 is listed per 包 of
    # 50 at 250; by the piece it costs 5, far below the number 242.50.
    order = b.order("C002", "10-15", [Item("P020", 20, 360, uom="箱"), Item("P021", 800, 5)], terms=30)
    sell(b, order, "10-19", "10-22")
    order = b.order("C010", "10-16", [Item("P020", 60, 30), Item("P021", 30, 250, uom="包")], terms=60)
    sell(b, order, "10-20", "10-23")
    # Silent: no customer pays for gifts and samples.
    order = b.order("C003", "10-15", [Item("P007", 150), Item("G001", 2, kind="gift"),
                                      Item("P011", 2, kind="sample")], terms=60)
    sell(b, order, "10-19", "10-22")
    # Silent: a cancelled, a rejected and a draft order below the floor.
    b.order("C004", "10-20", [Item("P007", 90, 60)], terms=60, status="cancelled", approve=False)
    b.order("C004", "10-21", [Item("P007", 80, 60)], terms=60, status="draft")


def floor_approvals(b):
    # Silent: approved for the line, before the order was.
    order = b.order("C007", "10-13", [Item("P010", 500, 68)], terms=60)
    b.special_price(order, "10-12", line=1, value="68.00")
    sell(b, order, "10-16", "10-20")
    # Silent: approved for the whole order by the deputy, while the delegation SQ01 was in force. (What is
    # approved by delegation names no role; the person and the delegation tell.)
    order = b.order("C008", "10-15", [Item("P010", 300, 68), Item("P007", 100)], terms=60)
    b.special_price(order, "10-14", who="E03", role=None)
    sell(b, order, "10-19", "10-22")
    # Silent: approved, withdrawn, and approved again before the order.
    order = b.order("C013", "10-20", [Item("P011", 200, 122)], terms=60)
    for decided, decision, round_no in (("10-16", "approve", 1), ("10-19", "withdraw", 1), ("10-20", "approve", 2)):
        b.special_price(order, decided, decision=decision, round_no=round_no, value="122")
    sell(b, order, "10-23", "10-26")
    # PRC-01: approved and then withdrawn; the order went on all the same.
    order = b.order("C014", "10-16", [Item("P010", 200, "69.12")], terms=60)
    b.special_price(order, "10-14")
    b.special_price(order, "10-15", decision="withdraw")
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("69.84") - D("69.12")) * 200)
    sell(b, order, "10-20", "10-23")
    # PRC-01: "approved" by the sales manager, who may not.
    order = b.order("C011", "10-14", [Item("P010", 250, "69.12")], terms=60)
    b.special_price(order, "10-13", who="E04", role="sales_manager")
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("69.84") - D("69.12")) * 250)
    sell(b, order, "10-19", "10-21")
    # PRC-01: the approval names 64.00, the line was sold at 63.36.
    order = b.order("C005", "10-19", [Item("P007", 400, "63.36")], terms=60)
    b.special_price(order, "10-16", line=1, value="64.00")
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("64.02") - D("63.36")) * 400)
    sell(b, order, "10-22", "10-26")
    # PRC-01: approved three days after the order.
    order = b.order("C009", "10-16", [Item("P011", 100, "122.88")], terms=60)
    b.special_price(order, "10-19")
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("124.16") - D("122.88")) * 100)
    sell(b, order, "10-20", "10-23")
    # PRC-01: approved by the deputy after the delegation had ended on 25 October.
    order = b.order("C010", "10-29", [Item("P008", 150, "107.52")], terms=60)
    b.special_price(order, "10-28", who="E03", role=None)
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("108.64") - D("107.52")) * 150)
    sell(b, order, "10-30", signed="11-03")


def floor_contracts(b):
    # PRC-01: a contract line below the floor of the peak season (417.10); its call-off is not judged again.
    contract = b.contract("C005", "10-12", [Item("P005", 200, "412.80"), Item("P006", 40, 679)], terms=60)
    b.plant("PRC-01", "contract_line", line_of(contract), (D("417.10") - D("412.80")) * 200)
    order = b.order("C005", "10-15", [Item("P005", 80, "412.80", contract_line=1)], contract=contract)
    sell(b, order, "10-20", "10-23")
    # PRC-01: approved five days after signing.
    contract = b.contract("C006", "10-14", [Item("P006", 60, 672)], terms=60)
    b.special_price(contract, "10-19")
    b.plant("PRC-01", "contract_line", line_of(contract), (D("679") - D("672")) * 60)
    # Silent: approved before signing; the call-offs carry the contract's price. The approval on the
    # contract covers them in PRC-07 and PRC-09 as well.
    contract = b.contract("C004", "10-13", [Item("P014", 100, 290), Item("P013", 50)], terms=60)
    b.special_price(contract, "10-11")
    order = b.order("C004", "10-16", [Item("P014", 60, 290, contract_line=1)], contract=contract)
    sell(b, order, "10-20", "10-22")
    # Silent: the price was approved as a concession of the contract.
    contract = b.contract("C009", "10-20", [Item("P008", 120, 104)], terms=60)
    concession = b.add("concession", day("10-16"), contract=contract, pct=D("7.14"), amount=D(960))
    b.special_price(concession, "10-16")
    order = b.order("C009", "10-22", [Item("P008", 120, 104, contract_line=1)], contract=contract)
    sell(b, order, "10-26", "10-28")


def floor_quotations(b):
    # PRC-01: quoted below the floor of 1,406.50, nothing approved.
    quote = b.quote("C003", "10-12", [Item("P012", 20, 1392), Item("P011", 60)])
    b.plant("PRC-01", "quotation_line", line_of(quote), (D("1406.50") - D(1392)) * 20)
    # PRC-01: approved six days after the quotation had gone out.
    quote = b.quote("C007", "10-14", [Item("P008", 300, "107.52")])
    b.special_price(quote, "10-20")
    b.plant("PRC-01", "quotation_line", line_of(quote), (D("108.64") - D("107.52")) * 300)
    # Silent: approved for the quotation; the order that follows it is covered up the chain.
    quote = b.quote("C001", "10-13", [Item("P007", 250, 61)])
    b.special_price(quote, "10-12")
    order = b.order("C001", "10-19", [Item("P007", 250, 61)], quotation=quote, terms=60)
    sell(b, order, "10-22", "10-26")
    # Silent: at the list price and exactly at the floor.
    b.quote("C011", "10-21", [Item("P008", 80), Item("P010", 100, "69.84")])
    b.quote("C002", "09-28", [Item("P012", 5, 1300)])  # below the floor, but of September


# --- PRC-02, 03, 04: price lists -------------------------------------------------------------------


def unpriced(b):
    # PRC-02: a product that no list names.
    order = b.order("C003", "10-14", [Item("P025", 60, 136), Item("P007", 100)], terms=60)
    b.plant("PRC-02", "sales_order_line", line_of(order), 60 * 136)
    sell(b, order, "10-19", "10-22")
    # PRC-02: the only list with this product ended on 30 September.
    b.price_lists.append(master.PriceList("PL2607-G", "2026-07-01", "2026-09-30", "2026-06-24 10:00:00",
                                          [("P029", None, None, None, "37")]))
    order = b.order("C014", "10-22", [Item("P029", 100, 37)], terms=60)
    b.plant("PRC-02", "sales_order_line", line_of(order), 100 * 37)
    sell(b, order, "10-26", "10-28")


def lists(b):
    def use(product, orders):
        for customer, when, quantity in orders:
            order = b.order(customer, when, [Item(product, quantity)], terms=60)
            sell(b, order, order.day.isoformat()[5:], "10-30")

    # PRC-03: in force from 9 October, approved on the 12th. All orders are later: 90 x 48.
    b.price_lists.append(master.PriceList("PL2610-S1", "2026-10-09", None, "2026-10-12 10:30:00",
                                          [("P026", None, None, None, "48")], input_at="2026-10-08",
                                          office=day("10-12"), finance=day("10-12")))
    use("P026", [("C001", "10-15", 50), ("C011", "10-20", 40)])
    b.plant("PRC-03", "price_list", lambda: "PL2610-S1", 90 * 48, label=lambda: "approval")
    # PRC-03: no base data. 70 x 80.
    b.price_lists.append(master.PriceList("PL2610-S2", "2026-10-09", None, "2026-10-08 15:00:00",
                                          [("P027", None, None, None, "80")], base=None,
                                          office=day("10-08"), finance=day("10-08")))
    use("P027", [("C013", "10-16", 30), ("C014", "10-21", 40)])
    b.plant("PRC-03", "price_list", lambda: "PL2610-S2", 70 * 80, label=lambda: "base_data")
    # PRC-03: approved by the head of marketing, who holds no leading role. 50 x 58.
    b.price_lists.append(master.PriceList("PL2610-S3", "2026-10-12", None, "2026-10-10 15:00:00",
                                          [("P030", None, None, None, "58")], approved_by="E21",
                                          office=day("10-12"), finance=day("10-12")))
    use("P030", [("C004", "10-19", 50)])
    b.plant("PRC-03", "price_list", lambda: "PL2610-S3", 50 * 58, label=lambda: "role")
    # PRC-04: sent to finance in time, to the office on the 20th. Two of three orders are earlier: 500 x 22;
    # the order of the 20th itself is not (the same day is not late).
    b.price_lists.append(master.PriceList("PL2610-S4", "2026-10-12", None, "2026-10-10 16:00:00",
                                          [("P028", None, None, None, "22")], office=day("10-20"),
                                          finance=day("10-12")))
    use("P028", [("C005", "10-14", 200), ("C007", "10-16", 300), ("C010", "10-20", 100)])
    b.plant("PRC-04", "price_list", lambda: "PL2610-S4", 500 * 22)


# --- PRC-05, 06, 07, 08, 09 ------------------------------------------------------------------------


def bands(b):
    # PRC-05: above the ceiling of 123.20 (110 % of 112).
    order = b.order("C014", "10-13", [Item("P008", 80, 126)], terms=60)
    b.plant("PRC-05", "sales_order_line", line_of(order), (D(126) - D("123.20")) * 80)
    sell(b, order, "10-16", "10-20")
    # PRC-05 (low): within the band of grade A (24.25 to 27.50), but exactly the list price of grade B, 26;
    # measured from the own list price of 25.
    order = b.order("C013", "10-14", [Item("P002", 100, 26)], terms=60)
    b.plant("PRC-05", "sales_order_line", line_of(order), 100, label=lambda: "other_grade")
    sell(b, order, "10-19", "10-22")
    # PRC-01 alone: a customer of grade C paid exactly the list price of grade A, 140. That is below its own
    # floor of 145.50, and one difference belongs to one control.
    order = b.order("C012", "10-14", [Item("P004", 40, 140)], terms=60)
    b.plant("PRC-01", "sales_order_line", line_of(order), (D("145.50") - 140) * 40)
    sell(b, order, "10-19", "10-22")
    # Silent: exactly at the ceiling.
    order = b.order("C009", "10-13", [Item("P011", 30, "140.80")], terms=60)
    sell(b, order, "10-16", "10-20")


def plans(b):
    b.price_plans = [(p, "1560" if p == "P012" else planned) for p, planned in b.price_plans]
    # PRC-06: NN3016K was planned at 1,560 and sold at the list price of 1,450, below 95 % of the plan.
    # Planned less realised, on all that was invoiced in October: 22 pieces.
    sold = 0
    for customer, when, quantity in (("C001", "10-13", 8), ("C003", "10-19", 10), ("C013", "10-23", 4)):
        order = b.order(customer, when, [Item("P012", quantity, 1450)], terms=60)
        sell(b, order, when, "10-28")
        sold += quantity
    b.plant("PRC-06", "price_plan", lambda: "P012/2026-10", D(1560 - 1450) * sold)


def discounts(b):
    # PRC-07: 16 % off the list price of 1,200 (the salesperson may give 8 %), nothing approved; the floor
    # of 960 holds.
    order = b.order("C009", "10-12", [Item("P023", 5, 1008)], terms=60)
    b.plant("PRC-07", "sales_order_line", line_of(order), 192 * 5)
    sell(b, order, "10-15", "10-19")
    # PRC-07: the same, given as an amount: 800 off 4 x 1,200.
    order = b.order("C002", "10-20", [Item("P023", 4, 1200, discount=800)], terms=60)
    b.plant("PRC-07", "sales_order_line", line_of(order), 800)
    sell(b, order, "10-23", "10-27")
    # PRC-07: approved, but two days after the order.
    order = b.order("C012", "10-20", [Item("P022", 2, 4032)], terms=60)
    b.special_price(order, "10-22")
    b.plant("PRC-07", "sales_order_line", line_of(order), 768 * 2)
    sell(b, order, "10-26", "10-28")
    # Silent: 16 % approved on the day before, and 7 % within the salesperson's authority.
    order = b.order("C006", "10-16", [Item("P022", 3, 4032)], terms=60)
    b.special_price(order, "10-15")
    sell(b, order, "10-20", "10-23")
    order = b.order("C008", "10-21", [Item("P023", 6, 1116)], terms=60)
    sell(b, order, "10-23", "10-27")


def dispersion(b):
    # PRC-08: 7208AC to customers of grade B. The list for 华南 (R3) is lower, 78 against 95, so each price
    # keeps to its own list; but within the grade the two lines at 78 lie 17 % below the median of 94.05.
    # A third low line is approved and does not count. Nine lines, seven customers.
    for customer, when, quantity, price in (
            ("C002", "10-09", 40, "95"), ("C004", "10-12", 60, "94.05"), ("C005", "10-13", 50, "95"),
            ("C011", "10-15", 30, "95"), ("C014", "10-19", 80, "92.15"), ("C002", "10-22", 20, "95"),
            ("C007", "10-16", 100, "78"), ("C008", "10-21", 60, "78")):
        order = b.order(customer, when, [Item("P009", quantity, price)], terms=30 if (customer, when) ==
                        ("C002", "10-09") else 60)
        sell(b, order, after_days(when, 4), after_days(when, 7))
        if price == "78":
            b.plant("PRC-08", "sales_order_line", line_of(order), (D("94.05") - 78) * quantity)
    order = b.order("C008", "10-23", [Item("P009", 200, "76")], terms=60)
    b.special_price(order, "10-22")
    sell(b, order, "10-27", "10-29")


def after_days(when, count):
    month, number = when.split("-")
    return f"{month}-{int(number) + count:02d}"


def below_cost(b):
    # PRC-09: sold at 240, the cost has risen to 245; the price keeps to list (260) and floor (234).
    order = b.order("C001", "10-20", [Item("P024", 30, 240)], terms=60)
    b.plant("PRC-09", "sales_order_line", line_of(order), 5 * 30)
    sell(b, order, "10-23", "10-27")
    # Silent: the same, approved before the order; and a price exactly at cost.
    order = b.order("C013", "10-21", [Item("P024", 40, 241)], terms=60)
    b.special_price(order, "10-20")
    sell(b, order, "10-26", "10-28")
    order = b.order("C003", "10-26", [Item("P024", 20, 245)], terms=60)
    sell(b, order, "10-28", "10-30")
