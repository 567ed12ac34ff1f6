# SPDX-License-Identifier: MIT
"""Controls over quotations (QUO): the documents they need, the papers that every document has, and what is planted."""

from .basis import after, day
from .books import Item
from .family_contracts import call_off, workday


def sell(b):
    """A quotation for each control, and contracts made from quotations, each delivered within the month."""
    customer = b.new_customer("祁山液压阀制造有限公司", region="R4", salesperson="E12")
    plain = b.new_product("双列圆柱滚子轴承", "NU2214E", 260, 171)
    difficult = b.new_product("高速磨床主轴轴承", "7012CTYNDBLP4", 1450, 990, abc_class="A")
    key = b.new_product("转盘轴承(重点)", "013.40.900", 2380, 1610)
    for name, when, product, quantity in (
            ("reported late", "10-19", plain, 120), ("reported next day", "10-20", plain, 75), ("decided late", "10-20", plain, 95),
            ("major", "10-21", plain, 900), ("major, decided by a leader", "10-22", plain, 820), ("difficult", "10-20", difficult, 16),
            ("difficult, supported", "10-23", difficult, 22), ("survey too old", "10-21", key, 14), ("printed first", "10-22", plain, 64),
            ("no seal", "10-22", plain, 58), ("by e-mail", "10-23", plain, 46), ("bid too late", "10-23", plain, 310),
            ("oral", "10-26", plain, 38), ("no requirements", "10-26", plain, 83), ("no price review", "10-27", plain, 102)):
        b.keep(name, b.quote(customer, when, [Item(product, quantity)]))
    for name, quoted, signed, quantity, ordered in (
            ("sooner than quoted", "10-12", "10-15", 55, 55), ("more than quoted, confirmed", "10-13", "10-16", 62, 70),
            ("talks not reported", "10-12", "10-16", 77, 77), ("expired", "10-12", "10-19", 41, 41)):
        quotation = b.keep(name, b.quote(customer, quoted, [Item(plain, quantity)]))
        deal(b, name, customer, signed, plain, ordered, quotation)
    first = b.keep("first version", b.quote(customer, "10-13", [Item(plain, 90)]))
    second = b.keep("second version", b.quote(customer, "10-14", [Item(plain, 84)]))
    deal(b, "second version", customer, "10-19", plain, 84, second)


def deal(b, name, customer, signed, product, quantity, quotation):
    contract = b.keep("contract, " + name, b.contract(customer, signed, [Item(product, quantity)], terms=60, quotation=quotation))
    call_off(b, contract, quantity)


def complete(month):
    month.add("org_unit", org_unit_id="D12", name="采购部", kind="purchasing", parent_id="D01")
    for id, name, unit, manager, role in (("E61", "丰登高", "D12", "E01", "purchaser"), ("E62", "竺可行", "D09", "E26", "technician")):
        month.add("employee", employee_id=id, name=name, org_unit_id=unit, manager_id=manager, hired_on="2017-07-10")
        month.add("role_assignment", employee_id=id, role=role, org_unit_id=unit, valid_from="2024-01-01")
        month.add("user_account", user_id="U" + id[1:], employee_id=id, is_system=False, valid_from="2024-01-01")
    month.add("approval_rule", rule_id="AR22", doc_kind="quotation", approval_kind="price_review", step_no=1, role="sales_manager",
              amount_from=0, max_days=3, valid_from="2026-01-01", currency="CNY")
    for row in month.rows("product"):
        row.update(is_difficult=row["model"] == "7012CTYNDBLP4", is_key=row["model"] in ("7012CTYNDBLP4", "013.40.900"), is_outsourced=False)
    for quotation in month.rows("quotation"):
        papers(month, quotation)
    for contract in month.rows("contract"):
        if contract["quotation_id"]:
            quotation = month.of(contract, "quotation_id")
            contract.update(payment_terms=quotation["payment_terms"], delivery_days=quotation["delivery_days"])
    second, first = month.kept("second version"), month.kept("first version")
    month.remove(month.of(second, "inquiry_id"))
    second.update(version=2, inquiry_id=first["inquiry_id"])
    contract = month.kept("contract, more than quoted, confirmed")
    month.add("deviation", deviation_id=month.number("PL", contract["signed_on"]), quotation_id=contract["quotation_id"],
              contract_id=contract["contract_id"], aspect="quantity", confirmed_by="E04", confirmed_at=f"{contract['signed_on']} 09:40:00")
    inquiry = month.of(month.kept("reported next day"), "inquiry_id")
    inquiry.update(reported_at=f"{workday(after(day(inquiry['received_at'][:10]), 1))} 17:50:00")
    inquiry.update(decided_at=f"{inquiry['reported_at'][:10]} 18:10:00")
    month.of(month.kept("major, decided by a leader"), "inquiry_id").update(is_major=True, decided_by="E02")
    month.kept("by e-mail").update(medium="email", printed_at=None, sealed_at=None)
    bid = month.kept("bid too late")
    bid["kind"] = "bid"
    month.of(bid, "inquiry_id").update(kind="tender", due_at=bid["sent_at"])


def papers(month, quotation):
    """Inquiry, requirements, review, seal, and what other departments contributed."""
    quoted, customer = quotation["quoted_on"], month.of(quotation, "customer_id")
    received = workday(after(quoted, -5), -1)
    inquiry = month.add(
        "inquiry", inquiry_id=month.number("XJ", received), kind="rfq", customer_id=quotation["customer_id"],
        salesperson_id=quotation["prepared_by"], received_at=f"{received} 09:{month.chance.below(60):02}:00",
        reported_at=f"{received} 10:{month.chance.below(60):02}:00", reported_to="E04", is_major=False, amount=quotation["amount"],
        due_at=f"{after(quoted, 7)} 17:00:00", decision="bid", decided_by="E04", decided_at=f"{received} 16:30:00")
    quotation.update(inquiry_id=inquiry["inquiry_id"], requirements_ref=f"{customer['name'][:2]}需求表-{quotation['quotation_id']}",
                     printed_at=f"{quoted} 15:{month.chance.below(20):02}:00", sealed_at=f"{quoted} 15:{30 + month.chance.below(30)}:00")
    classes = set()
    for line in month.lines_of(quotation):
        product = month.of(line, "product_id")
        classes.add(product["abc_class"])
        line["spec"] = product["model"] or product["name"]
        if product["is_difficult"]:
            support(month, quotation, product, "technical_support", "E62", f"{quoted} 10:50:00")
        if product["is_key"]:
            row = support(month, quotation, product, "material_survey", "E61", f"{received} 15:20:00")
            row.update(material_price=product["standard_cost"] / 2, lead_time_days=20 + month.chance.below(20))
    role, who = ("company_leader", "E02") if "A" in classes else ("sales_manager", "E04")
    month.approve(quotation, "price_review", role, who, quotation["reviewed_at"])


def support(month, quotation, product, kind, who, done_at):
    return month.add("support_record", support_id=month.number("XZ", done_at[:10]), doc_kind="quotation", doc_id=quotation["quotation_id"],
                     product_id=product["product_id"], kind=kind, done_by=who, done_at=done_at)


def plant(month):
    def found(control, name, **more):
        quotation = month.kept(name)
        month.plant(control, "quotation", quotation, quotation["amount"], **more)
        return quotation

    quotation = month.kept("reported late")
    inquiry = month.of(quotation, "inquiry_id")
    late = workday(after(workday(after(day(inquiry["received_at"][:10]), 1)), 1))
    inquiry.update(reported_at=f"{late} 09:30:00", decided_at=f"{late} 11:00:00")
    month.plant("QUO-01", "inquiry", inquiry, quotation["amount"])

    quotation = found("QUO-02", "decided late")
    month.of(quotation, "inquiry_id")["decided_at"] = f"{quotation['quoted_on']} 17:20:00"
    month.of(found("QUO-03", "major"), "inquiry_id")["is_major"] = True

    quotation = month.kept("difficult")
    line, = month.lines_of(quotation)
    record, = month.where("support_record", doc_id=quotation["quotation_id"], kind="technical_support")
    record["done_at"] = f"{quotation['quoted_on']} 15:10:00"
    month.plant("QUO-04", "quotation_line", line, line["gross_amount"])
    quotation = month.kept("survey too old")
    line, = month.lines_of(quotation)
    record, = month.where("support_record", doc_id=quotation["quotation_id"], kind="material_survey")
    record["done_at"] = f"{after(quotation['quoted_on'], -31)} 15:20:00"
    month.plant("QUO-05", "quotation_line", line, line["gross_amount"])

    quotation = found("QUO-06", "printed first")
    quotation["printed_at"] = f"{quotation['quoted_on']} 13:50:00"
    found("QUO-07", "no seal", label="seal")["sealed_at"] = None
    quotation = found("QUO-07", "bid too late", label="deadline")
    month.of(quotation, "inquiry_id")["due_at"] = f"{quotation['quoted_on']} 16:00:00"
    found("QUO-09", "oral").update(medium="oral", printed_at=None, sealed_at=None)
    found("QUO-10", "no requirements")["requirements_ref"] = None
    quotation = found("QUO-12", "no price review")
    row, = month.where("approval", doc_kind="quotation", doc_id=quotation["quotation_id"], approval_kind="price_review")
    month.remove(row)

    contract = month.kept("contract, sooner than quoted")
    contract["delivery_days"] -= 10
    month.plant("QUO-08", "contract", contract, contract["amount"])
    contract = month.kept("contract, talks not reported")
    talk = month.where("negotiation", contract_id=contract["contract_id"])[-1]
    talk["reported_at"] = f"{workday(after(contract['signed_on'], 3))} 09:00:00"
    month.plant("QUO-11", "negotiation", talk, contract["amount"])
    contract = month.kept("contract, expired")
    month.kept("expired")["valid_until"] = after(contract["signed_on"], -1)
    month.plant("QUO-13", "contract", contract, contract["amount"])
