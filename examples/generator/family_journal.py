# SPDX-License-Identifier: MIT
"""Controls over journal entries (JET): what accountants enter by hand beside the vouchers that documents make."""

from decimal import Decimal

from .basis import day

LIMIT = 20000  # from here the head of finance releases an entry made by hand


def enter(month, when, amount, *, who="E16", text=("other", "cash"), reverse=None):
    """A balanced voucher made by hand."""
    when = day(when)
    row = month.add(
        "voucher", voucher_id=month.number("PZ", when), source_kind="manual", period=f"{when:%Y-%m}", prepared_by=who,
        reviewed_by="E15", posted_by="U900", posted_on=when, status="posted", company_id="TH01", currency="CNY",
        exchange_rate=1, reversal_of=reverse["voucher_id"] if reverse else None)
    amount = Decimal(amount)
    for no, (account, debit, credit) in enumerate(((text[0], amount, 0), (text[1], 0, amount)), 1):
        month.add("voucher_line", voucher_id=row["voucher_id"], line_no=no, account=account, debit=debit, credit=credit)
    return row


def complete(month):
    for step, (role, amount) in enumerate((("accountant", 0), ("finance_head", LIMIT)), 1):
        month.add("approval_rule", rule_id=f"AR-PZ{step}", doc_kind="voucher", approval_kind="manual_entry", step_no=step,
                  role=role, amount_from=amount, max_days=2, valid_from="2026-01-01", currency="CNY")
    # Bank charges, travel, wages; a voucher entered twice in one, taken back in the same month.
    for when, amount, who in (("10-09", "126.50", "E17"), ("10-10", "8430.00", "E16"), ("10-14", "19480.75", "E17"),
                              ("10-21", "64218.30", "E16"), ("10-28", "3150.00", "E17"), ("10-30", "21480.00", "E17")):
        enter(month, when, amount, who=who)
    twice = enter(month, "10-15", "733.20", who="E17")
    enter(month, "10-16", "-733.20", who="E17", reverse=twice)
    # Accrued in time, reversed by plan when the invoice came.
    accrued = enter(month, "10-20", "5400.00", who="E17", text=("other", "other"))
    enter(month, "11-03", "-5400.00", who="E17", text=("other", "other"), reverse=accrued)


def plant(month):
    saturday = enter(month, "10-17", "4321.50")
    month.plant("JET-01", "voucher", saturday, "4321.50")

    round_one = enter(month, "10-22", "50000.00")
    enter(month, "10-22", "50000.50")
    month.plant("JET-02", "voucher", round_one, 50000)

    below = [enter(month, when, amount, who="E16") for when, amount in
             (("10-13", "19000.00"), ("10-19", "19860.25"), ("10-27", "19999.99"))]
    enter(month, "10-27", "18999.99")
    month.plant("JET-03", "voucher", below[-1], "58860.24", label="20000")

    month.number("PZ", day("10-23"))
    month.number("PZ", day("10-23"))
    after = enter(month, "10-23", "415.00")
    missing = [f"{after['voucher_id'][:-3]}{int(after['voucher_id'][-3:]) - back:03}" for back in (2,)]
    month.plant("JET-05", "voucher", after, None, label=missing[0])

    enter(month, "10-12", "2718.28")
    twice = enter(month, "10-19", "2718.28")
    enter(month, "10-27", "2718.28")  # eight days on
    month.plant("JET-06", "voucher", twice, "2718.28")

    rare = enter(month, "10-26", "31415.90", who="E04")
    month.plant("JET-07", "voucher", rare, "31415.90")

    taken_back = enter(month, "10-30", "88123.45", text=("other", "other"))
    enter(month, "11-04", "-88123.45", text=("other", "other"), reverse=taken_back)
    month.plant("JET-08", "voucher", taken_back, "88123.45")

    for row in month.rows("voucher"):
        off = sum((line["debit"] or 0) - (line["credit"] or 0) for line in month.lines_of(row))
        if off and row["period"] == "2026-10":
            month.plant("JET-09", "voucher", row, abs(off))
