# SPDX-License-Identifier: MIT
"""Documents as rows of the model's tables."""

from decimal import Decimal

from . import ledger, master
from .basis import ZERO, after, cents, day, month

PERIODS = [("2026-08", "2026-08-01", "2026-08-31", "2026-09-07 18:00:00"),
           ("2026-09", "2026-09-01", "2026-09-30", "2026-10-09 18:00:00"),
           ("2026-10", "2026-10-01", "2026-10-31", None),
           ("2026-11", "2026-11-01", "2026-11-30", None)]


def id_of(doc):
    return doc.id if doc else None


def tables(books):
    """All tables as {name: [row, ...]}; a row is {column: value}."""
    found = {}
    for part in (people, pricing, customers, selling, shipping, invoicing, accounting, stock):
        for name, rows in part(books).items():
            found[name] = rows
    return {name: rows for name, rows in found.items() if rows}


def people(books):
    role_rows = [{"employee_id": e[0], "role": e[5], "org_unit_id": e[2], "valid_from": "2024-01-01"}
                 for e in master.EMPLOYEES]
    role_rows.append({"employee_id": "E02", "role": "marketing_vp", "org_unit_id": "D01",
                      "valid_from": "2023-01-01", "valid_to": "2023-12-31"})
    return {
        "company": [dict(zip(("company_id", "name", "currency"), c)) for c in master.COMPANIES],
        "org_unit": [dict(zip(("org_unit_id", "name", "kind", "parent_id"), u)) for u in master.ORG_UNITS],
        "sales_region": [dict(zip(("sales_region_id", "name", "tier"), r)) for r in master.REGIONS],
        "employee": [{"employee_id": e[0], "name": e[1], "org_unit_id": e[2], "manager_id": e[3],
                      "sales_region_id": e[4], "hired_on": f"20{10 + n % 12}-0{1 + n % 9}-15"}
                     for n, e in enumerate(master.EMPLOYEES)],
        "user_account": [{"user_id": u, "employee_id": e, "is_system": s, "valid_from": "2024-01-01"}
                         for u, e, s in master.ACCOUNTS],
        "role_assignment": role_rows,
        "role_rank": [{"role": role, "rank": rank} for role, rank in master.RANKS],
        "approval_rule": [
            {"rule_id": f"AR{n:02d}", "doc_kind": kind, "approval_kind": what, "step_no": step, "role": role,
             "amount_from": low, "amount_to": high, "max_days": 3, "valid_from": "2026-01-01",
             "valid_to": None, "currency": "CNY"}
            for n, (kind, what, step, role, low, high) in enumerate(master.APPROVAL_RULES, 1)],
        "delegation": [
            {"delegation_id": "SQ01", "grantor_id": "E01", "grantee_id": "E03", "doc_kind": "sales_order",
             "amount_limit": 300000, "valid_from": "2026-10-12", "valid_to": "2026-10-25",
             "approval_kind": "special_price", "granted_at": "2026-10-10 17:20:00",
             "revoked_at": None, "currency": "CNY"},
            {"delegation_id": "SQ02", "grantor_id": "E04", "grantee_id": "E05", "doc_kind": "sales_order",
             "amount_limit": 100000, "valid_from": "2026-10-19", "valid_to": "2026-10-23",
             "approval_kind": "order_approval", "granted_at": "2026-10-18 09:00:00", "currency": "CNY"}],
        "accounting_period": [dict(zip(("period", "starts_on", "ends_on", "closed_at"), p)) for p in PERIODS],
        "exchange_rate": [{"currency": "USD", "rate_date": after(day("2026-08-01"), n),
                           "rate": master.rate_on(after(day("2026-08-01"), n))} for n in range(97)],
        "season": [dict(zip(("season", "starts_on", "ends_on"), s)) for s in master.SEASONS],
        "system_option": [
            {"option_key": "stock_valuation", "option_value": "fifo", "valid_from": "2026-01-01"},
            {"option_key": "invoice_mode", "option_value": "ship_first", "valid_from": "2026-01-01"}],
    }


def pricing(books):
    lists, lines, sent = [], [], []
    for price in books.price_lists:
        lists.append({
            "price_list_id": price.id, "valid_from": price.valid_from, "valid_to": price.valid_to,
            "proposed_by": price.proposed_by, "approved_by": price.approved_by,
            "approved_at": price.approved_at, "base_data_ref": price.base,
            "production_input_at": f"{price.input_at} 10:00:00",
            "market_input_at": f"{price.input_at} 15:00:00", "company_id": price.company,
            "currency": price.currency, "tax_included": price.tax_included})
        for product, grade, season, region, value in price.lines:
            floor, ceiling = master.band(product, value)
            lines.append({
                "price_list_id": price.id, "product_id": product, "customer_grade": grade,
                "season": season, "sales_region_id": region, "list_price": Decimal(value),
                "floor_price": floor, "ceiling_price": ceiling, "company_id": price.company,
                "currency": price.currency, "uom": price.uom or master.UNIT[product]})
        for unit, when, who in (("D07", price.office, "E14"), ("D06", price.finance, "E16"),
                                ("D02", price.finance, "E13")):
            if when:
                sent.append({"distribution_id": f"FF{len(sent) + 1:03d}", "doc_kind": "price_list",
                             "doc_id": price.id, "copy_no": len(sent) % 3 + 1, "org_unit_id": unit,
                             "received_by": who, "sent_at": f"{when} 11:00:00",
                             "received_at": f"{when} 15:40:00"})
    return {
        "product": [{"product_id": p[0], "name": p[1], "model": p[2], "uom": p[3], "abc_class": p[4],
                     "standard_cost": p[5] and Decimal(p[5]), "valuation_method": p[6],
                     "is_made_to_order": False} for p in master.PRODUCTS],
        "uom_conversion": [{"product_id": p, "uom": u, "base_quantity": n}
                           for (p, u), n in master.BASE_UNITS.items()],
        "price_list": lists, "price_list_line": lines, "document_distribution": sent,
        "price_plan": [{"product_id": p, "period": "2026-10", "planned_average_price": Decimal(v)}
                       for p, v in books.price_plans],
        "discount_authority": [
            {"role": role, "abc_class": c, "max_discount_pct": pct, "valid_from": "2026-01-01",
             "valid_to": None}
            for role, *limits in master.DISCOUNTS for c, pct in zip("ABC", limits)],
    }


def customers(books):
    return {
        "customer": [{
            "customer_id": c, "name": name, "tax_id": f"9132{int(c[1:]):04d}MA1{int(c[1:]) * 7919 % 100000:05d}X",
            "address": f"{dict((r[0], r[1]) for r in master.REGIONS)[region]}工业园区{int(c[1:])}号",
            "grade": grade, "nature": "company", "lifecycle": "past" if c == "C029" else "current",
            "channel_role": "direct", "sales_region_id": region, "salesperson_id": who,
            "created_at": "2023-05-10 09:00:00", "created_by": "E13", "status": "active",
            "parent_id": {"C008": "C007"}.get(c)}
            for c, name, grade, region, who in master.CUSTOMERS],
        "customer_credit": [{
            "customer_id": c.customer, "credit_rating": c.rating,
            "credit_limit": c.limit, "payment_terms_days": c.terms, "trade_mode": c.mode,
            "assessed_on": c.assessed, "assessment_source": "年度信用评估", "set_by": "E19",
            "valid_from": c.since, "valid_to": c.until, "terms_basis": "invoice",
            "company_id": master.COMPANY_OF.get(c.customer, master.MAIN),
            "currency": c.currency or master.CURRENCY[master.COMPANY_OF.get(c.customer, master.MAIN)]}
            for c in sorted(books.credits, key=lambda c: (c.customer, c.since))],
        "credit_policy": [dict(zip(("credit_rating", "max_credit_limit", "max_terms_days", "trade_mode"), p),
                               currency="CNY") for p in master.CREDIT_POLICY],
        "credit_event": books.credit_events,
    }


# --- selling ---------------------------------------------------------------------------------------


def document_lines(key, doc, extra=lambda item: {}):
    return [{key: doc.id, "line_no": item.no, **item.columns(), "amount": item.amounts()[0], **extra(item)}
            for item in doc.lines]


def approval_row(approval):
    target, line = approval.target, approval.line
    currency = getattr(target, "currency", None) or "CNY"
    return {
        "approval_id": approval.id, "doc_kind": target.kind + ("_line" if line else ""),
        "doc_id": f"{target.id}/{line}" if line else target.id, "approval_kind": approval.approval_kind,
        "step_no": approval.step, "role": approval.role, "requested_by": "E13",
        "requested_at": approval.requested, "approver_id": approval.who, "decision": approval.decision,
        "opinion": approval.opinion, "decided_at": approval.decided, "doc_amount": approval.amount,
        "approved_value": approval.value, "round_no": approval.round_no, "currency": currency}


def contract_row(c):
    return {
        "contract_id": c.id, "contract_no": "TH-" + c.id, "customer_id": c.customer,
        "quotation_id": id_of(getattr(c, "quotation", None)), "template": "standard", "is_major": False,
        "amount": c.amount, "salesperson_id": master.CUSTOMER[c.customer][4],
        "signed_by": "E01" if c.signed else None, "signed_on": c.day if c.signed else None,
        "effective_on": c.day if c.signed else None, "delivery_due_on": after(c.day, 60),
        "payment_terms": "按合同约定", "payment_terms_days": c.terms, "status": c.status,
        "company_id": master.COMPANY_OF.get(c.customer, master.MAIN), "currency": "CNY",
        "exchange_rate": 1, "revenue_trigger": c.trigger, "invoice_before_shipment": False,
        "terms_basis": "invoice" if c.terms else None}


def order_row(o):
    clerk = ("U13", "U14", "U113")[o.rank % 3]
    return {
        "order_id": o.id, "order_no": "TH-" + o.id, "customer_id": o.customer, "contract_id": id_of(o.contract),
        "quotation_id": id_of(o.quotation), "channel": o.channel, "business_type": "normal",
        "order_date": o.day, "delivery_due_on": after(o.day, 20),
        "salesperson_id": master.CUSTOMER[o.customer][4], "payment_mode": o.mode, "amount": o.amount,
        "entered_by": clerk, "submitted_at": o.submitted, "approved_by": o.approved_by,
        "approved_at": o.approved_at, "rejection_note": o.rejection_note, "status": o.status,
        "company_id": o.company, "currency": o.currency,
        "exchange_rate": master.rate_on(o.day) if o.currency == "USD" else 1,
        "payment_terms_days": o.terms, "terms_basis": "invoice" if o.terms else None}


def selling(books):
    quotations, orders, contracts = books.of("quotation"), books.of("sales_order"), books.of("contract")
    for doc in quotations + orders + contracts:
        doc.amount = sum(item.amounts()[2] for item in doc.lines)
    return {
        "quotation": [{
            "quotation_id": q.id, "customer_id": q.customer, "version": 1, "kind": "quote",
            "medium": "written", "amount": q.amount, "delivery_days": 30, "payment_terms": "月结",
            "prepared_by": master.CUSTOMER[q.customer][4], "prepared_at": f"{q.day} 09:10:00",
            "reviewed_by": "E04", "reviewed_at": f"{q.day} 14:30:00", "sent_at": f"{q.day} 16:45:00",
            "valid_until": after(q.day, 30), "company_id": master.MAIN, "currency": "CNY",
            "exchange_rate": 1, "quoted_on": q.day} for q in ordered(quotations)],
        "quotation_line": [row for q in ordered(quotations) for row in document_lines("quotation_id", q)],
        "concession": [{
            "concession_id": c.id, "customer_id": c.contract.customer, "contract_id": c.contract.id,
            "proposed_by": "E04", "proposed_at": f"{c.day} 09:00:00", "discount_pct": c.pct,
            "amount": c.amount, "released_at": f"{c.day} 17:00:00", "released_to": "E12"}
            for c in books.of("concession")],
        "contract": [contract_row(c) for c in ordered(contracts)],
        "contract_line": [row for c in ordered(contracts) for row in document_lines("contract_id", c)],
        "contract_review": [
            {"contract_id": c.id, "org_unit_id": unit, "aspect": aspect, "reviewer_id": who,
             "decision": "pass", "opinion": "无异议", "reviewed_at": f"{after(c.day, -3)} 11:20:00"}
            for c in ordered(contracts) if c.signed and month(c.day) == "2026-10"
            for unit, aspect, who in (("D09", "technical", "E26"), ("D05", "price", "E21"),
                                      ("D06", "finance", "E15"))],
        "contract_change": [
            {"change_id": c.id, "contract_id": c.contract.id, "changed_at": c.at, "changed_by": "E25",
             "field": c.field, "old_value": c.old, "new_value": c.new, "nature": c.nature,
             "amount": c.amount, "effective_at": c.effective, "line_no": c.line}
            for c in ordered(books.of("contract_change"))],
        "payment_plan": [
            {"plan_id": plan_id, "contract_id": c.id, "milestone": milestone, "pct": pct,
             "amount": cents(c.amount * pct / 100), "due_on": due, "company_id": master.MAIN,
             "currency": "CNY", "exchange_rate": 1} for plan_id, c, milestone, pct, due in books.payment_plans],
        "sales_order": [order_row(o) for o in ordered(orders)],
        "sales_order_line": [
            row for o in ordered(orders) for row in document_lines("order_id", o, lambda item: {
                "contract_line_no": item.contract_line, "cancelled_quantity": item.cancelled})],
        "order_change": [
            {"change_id": c.id, "order_id": c.order.id, "changed_at": c.at, "changed_by": c.who,
             "field": c.field, "old_value": c.old, "new_value": c.new, "line_no": c.line}
            for c in ordered(books.of("order_change"))],
        "approval": [approval_row(a) for a in ordered(books.of("approval"))],
    }


def ordered(docs):
    return sorted(docs, key=lambda doc: doc.id)


# --- shipping --------------------------------------------------------------------------------------


def shipping(books):
    deliveries = ordered(books.of("delivery"))
    head, lines, issues, issue_lines = [], [], [], []
    for d in deliveries:
        order = d.order
        head.append({
            "delivery_id": d.id, "kind": d.delivery_kind, "business_type": "normal", "order_id": order.id,
            "contract_id": id_of(order.contract), "source_delivery_id": id_of(d.source),
            "customer_id": order.customer, "delivery_date": d.day, "freight_borne_by": "seller",
            "prepared_by": "E14", "approved_by": "E24", "approved_at": books.clock(d.day, 10, d.origin),
            "company_id": order.company, "status": d.status, "currency": order.currency})
        red = d.delivery_kind == "return"
        issue = "SI" + d.id[2:]
        for no, (item, quantity) in enumerate(d.picks, 1):
            lines.append({"delivery_id": d.id, "line_no": no, "order_line_no": item.no,
                          "order_id": order.id, **item.columns(quantity)})
            if d.status == "posted" and item.kind in ledger.STOCKED:
                issue_lines.append({"issue_id": issue, "line_no": no, "product_id": item.product,
                                    "quality_status": "ok", "quantity": quantity, "delivery_line_no": no})
        if d.status == "posted":
            issues.append({
                "issue_id": issue, "sign": "red" if red else "blue", "delivery_id": d.id,
                "prepared_by": "E14", "prepared_at": f"{d.day} 11:30:00", "issued_by": "E23",
                "issued_at": d.issued_at, "company_id": order.company, "status": d.status,
                "posting_date": d.day})
    return {
        "delivery": head, "delivery_line": lines, "stock_issue": issues, "stock_issue_line": issue_lines,
        "delivery_confirmation": [
            {"confirmation_id": c.id, "delivery_id": c.delivery.id, "signed_by": "客户收货员",
             "signed_on": c.day, "quantity": c.quantity, "condition_ok": True,
             "handed_in_at": f"{after(c.day, 1)} 10:00:00", "delivery_line_no": c.line}
            for c in ordered(books.of("delivery_confirmation"))],
        "installation": [
            {"installation_id": i.id, "contract_id": i.delivery.order.contract.id,
             "delivery_id": i.delivery.id, "installed_on": after(i.day, -2), "accepted_on": i.day}
            for i in ordered(books.of("installation"))],
    }


# --- invoices, money, ledger -----------------------------------------------------------------------


def home(doc):
    """Company, currency and rate of a document that the ledger keeps."""
    currency = master.CURRENCY[doc.company]
    return {"company_id": doc.company, "currency": currency,
            "exchange_rate": master.rate_on(doc.day) if currency == "USD" else 1}


def invoicing(books):
    invoices = ordered(books.of("invoice"))
    lines = []
    for invoice in invoices:
        invoice.company = invoice.order.company
        for n, (delivery, no, item, quantity) in enumerate(invoice.parts, 1):
            lines.append({"invoice_id": invoice.id, "line_no": n, "delivery_id": id_of(delivery),
                          "delivery_line_no": no, "order_id": invoice.order.id if not delivery
                          else delivery.order.id, "order_line_no": item.no, **item.columns(quantity)})
    totals = lambda i, n: sum((item.amounts(q)[n] for _, _, item, q in i.parts), ZERO)
    return {
        "invoice": [{
            "invoice_id": i.id, "invoice_no": f"26{n:08d}", "kind": "vat_special", "sign": i.sign,
            "mode": "after_delivery", "original_invoice_id": id_of(i.red_of), "customer_id": i.customer,
            "contract_id": id_of(i.order.contract), "order_id": i.order.id, "settlement_id": None, "net_amount": totals(i, 0),
            "tax_amount": totals(i, 1), "gross_amount": totals(i, 2), "issued_by": "E16",
            "issued_on": i.day, "reviewed_by": "E15", "reviewed_at": books.clock(i.day, 15, i.origin),
            "cash_settled": i.cash, "status": i.status, "invoice_kind": "e_invoice", **home(i)}
            for n, i in enumerate(invoices, 1)],
        "invoice_line": lines,
        "receivable_entry": [{
            "receivable_id": r.id, "invoice_id": id_of(r.invoice), "customer_id": r.customer,
            "posted_on": r.day, "due_on": r.due, "amount": r.amount, "audited_by": "E17",
            "audited_at": f"{r.day} 16:40:00", "status": r.status, "kind": r.receivable_kind, **home(r)}
            for r in ordered(books.of("receivable_entry"))],
        "receipt": [{
            "receipt_id": r.id, "customer_id": r.customer, "payer_name": master.CUSTOMER[r.customer][1],
            "contract_id": id_of(r.contract), "kind": r.receipt_kind, "amount": r.amount,
            "method": r.method, "received_on": r.day, "collected_by": "E18", "recorded_by": "E16",
            "recorded_at": f"{r.day} 16:10:00", "status": r.status, "bill_due_on": r.bill_due, **home(r)}
            for r in ordered(books.of("receipt"))],
        "receipt_application": [{
            "application_id": a.id, "receipt_id": a.receipt.id, "invoice_id": id_of(a.receivable.invoice),
            "receivable_id": a.receivable.id, "amount": a.amount, "applied_on": a.day, "applied_by": "E17"}
            for a in ordered(books.of("receipt_application"))],
        "netting_entry": [{
            "netting_id": n.id, "customer_id": n.customer, "netted_on": n.day, "amount": n.amount,
            "contract_id": id_of(n.contract), **home(n)} for n in ordered(books.of("netting_entry"))],
        "write_off": [{
            "write_off_id": w.id, "customer_id": w.customer, "invoice_id": None, "amount": w.amount, "written_off_on": w.day,
            "written_off_by": "E17", "status": "posted", **home(w)} for w in books.of("write_off")],
    }


def invoice_line_no(entry):
    """The number of the invoice's line that this entry recognises."""
    if not entry.invoice:
        return None
    for n, (delivery, no, item, _) in enumerate(entry.invoice.parts, 1):
        if item is entry.item and delivery is entry.delivery and (no == entry.line or delivery is None):
            return n
    return None


def accounting(books):
    revenue, counts = [], {}
    for r in ordered(books.of("revenue_entry")):
        n = counts[r.origin] = counts.get(r.origin, -1) + 1
        row = {"revenue_id": r.id, "customer_id": r.customer, "delivery_id": id_of(r.delivery),
               "invoice_id": id_of(r.invoice), "settlement_id": None, "recognised_on": r.day, "period": month(r.day),
               "quantity": r.quantity, "amount": r.amount, "reversal_of": id_of(r.reversal),
               "entered_by": "E17" if r.source == "manual" else master.SYSTEM_USER, "source": r.source,
               "status": r.status, "delivery_line_no": r.line, "invoice_line_no": invoice_line_no(r),
               "product_id": r.item.product if r.item else None, **home(r)}
        if r.source == "system" and r.invoice and r.delivery and n % 11 == 5:
            row["delivery_id"] = row["delivery_line_no"] = None  # some systems keep only the invoice's line
        elif r.source == "system" and r.delivery and len(r.delivery.picks) == 1 and n % 17 == 3:
            row["delivery_line_no"] = None  # and some only the delivery
        revenue.append(row)
    vouchers = ordered(books.of("voucher"))
    return {
        "revenue_entry": revenue,
        "cost_entry": [{
            "cost_id": c.id, "issue_id": "SI" + c.delivery.id[2:], "invoice_id": id_of(c.invoice),
            "product_id": c.product, "posted_on": c.day, "period": month(c.day), "quantity": c.quantity,
            "amount": c.amount, "basis": "stock_issue", **home(c)} for c in ordered(books.of("cost_entry"))],
        "voucher": [{
            "voucher_id": v.id, "source_kind": v.source_kind, "source_id": id_of(v.source),
            "period": month(v.day), "prepared_by": "E16", "reviewed_by": "E15",
            "posted_by": master.SYSTEM_USER, "posted_on": v.day, "status": getattr(v, "status", "posted"),
            **home(v)} for v in vouchers],
        "voucher_line": [
            {"voucher_id": v.id, "line_no": n, "account": account, "customer_id": customer, "debit": debit,
             "credit": credit} for v in vouchers
            for n, (account, customer, debit, credit) in enumerate(v.lines, 1)],
        "voucher_source": [
            {"voucher_id": v.id, "source_kind": kind, "source_id": source.id, "amount": amount}
            for v in vouchers for kind, source, amount in v.sources],
        "control_balance": [
            {"company_id": company, "period": period, "account": "receivable",
             "balance": ledger.receivable_balance(books, company, until), "currency": currency}
            for period, until in ledger.MONTH_ENDS for company, _, currency in master.COMPANIES],
        "opening_balance": [
            {"company_id": company, "period": "2026-10", "account": account, "customer_id": customer,
             "amount": amount}
            for account, totals in (("receivable", ledger.opening_receivables(books)),
                                    ("advance_from_customer", ledger.opening_advances(books)))
            for (company, customer), amount in sorted(totals.items())] + [
            {"company_id": company, "period": "2026-10", "account": "inventory", "product_id": product,
             "quantity": quantity, "amount": quantity * cost}
            for product, (quantity, cost, company) in sorted(books.openings.items())],
    }


def stock(books):
    return {
        "goods_receipt": [{
            "goods_receipt_id": g.id, "product_id": g.product, "warehouse_id": "W1", "quantity": g.quantity,
            "received_on": g.day, "received_by": "E23", "company_id": master.MAIN}
            for g in ordered(books.of("goods_receipt"))],
        "stock_movement": [{
            "movement_id": m.id, "product_id": m.product, "warehouse_id": "W1", "moved_at": m.at,
            "quantity": m.quantity, "unit_cost": m.cost,
            "doc_kind": "goods_receipt" if m.source.kind == "goods_receipt" else "stock_issue",
            "doc_id": m.source.id if m.source.kind == "goods_receipt" else "SI" + m.source.id[2:]}
            for m in ordered(books.of("stock_movement"))],
    }
