# SPDX-License-Identifier: MIT
"""A small month of sales made at random: about 200 documents from contract to voucher, all columns of the tables that
the queries read, most of it in order and the rest wrong, late, void, red, in another currency or at an edge.

    tables = Month(seed).tables      # {table: [{field: value}]}

Every value is text or None; moments are those of the company's zone. The same seed gives the same month.
"""
import datetime
import random
from decimal import ROUND_HALF_UP, Decimal

PERIOD = (datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))
HOLIDAYS = [datetime.date(2026, 10, day) for day in range(1, 8)]
WORKDAYS = [datetime.date(2026, 10, 10)]
ROLES = {  # employee: (department, role)
    "E01": ("D01", "general_manager"), "E02": ("D01", "company_leader"), "E03": ("D02", "sales_manager"),
    "E04": ("D02", "salesperson"), "E05": ("D02", "salesperson"), "E06": ("D02", "sales_clerk"),
    "E07": ("D03", "branch_manager"), "E08": ("D04", "accountant"), "E09": ("D04", "cashier"),
    "E10": ("D04", "finance_head"), "E11": ("D05", "technician"), "E12": ("D06", "storekeeper"),
    "E13": ("D06", "storekeeper"), "E14": ("D07", "marketing_head"), "E15": ("D08", "production_head"),
    "E16": ("D09", "quality_inspector"), "E17": ("D04", "credit_controller"), "E18": ("D02", "price_admin"),
    "E19": ("D04", "accountant"), "E20": ("D05", "technical_head"),
}
DEPARTMENTS = {"D01": "management", "D02": "sales", "D03": "branch", "D04": "finance", "D05": "technical",
               "D06": "warehouse", "D07": "marketing", "D08": "production", "D09": "quality", "D10": "office"}
RANKS = {"salesperson": 10, "sales_clerk": 10, "price_admin": 10, "technician": 10, "storekeeper": 10, "cashier": 10,
         "accountant": 10, "quality_inspector": 10, "credit_controller": 20, "branch_manager": 20, "marketing_head": 30,
         "technical_head": 30, "production_head": 30, "finance_head": 30, "sales_manager": 30, "company_leader": 50,
         "general_manager": 60}


def money(value):
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def text(value):
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


class Month:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.tables = {}
        self.numbers = {}
        self.recent = []  # who acted last: the likeliest to act once more
        self.as_of = self.random.choice([datetime.date(2026, 11, day) for day in (5, 12, 20, 30)])
        self.strange = self.random.choice([0.5, 1, 1, 2])  # how often something is wrong
        self._people()
        self._products()
        self._customers()
        for _ in range(self.random.randint(3, 5)):
            self._contract()
        for _ in range(self.random.randint(9, 13)):
            self._order(None)
        for _ in range(self.random.randint(2, 4)):
            self._quotation()
        self._vouchers()

    # ---- how things come about

    def chance(self, percent):
        return self.random.random() * 100 < percent * self.strange

    def pick(self, values):
        return self.random.choice(list(values))

    def add(self, table, **fields):
        self.tables.setdefault(table, []).append({field: text(value) for field, value in fields.items()})
        return fields

    def number(self, prefix):
        self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
        return f"{prefix}{self.numbers[prefix]:03d}"

    def day(self, low=datetime.date(2026, 9, 20), high=datetime.date(2026, 10, 31)):
        """A day of the weeks around the period, rather often the first or last of it."""
        if self.chance(8):
            return self.pick([PERIOD[0], PERIOD[1], PERIOD[0] - datetime.timedelta(1)])
        return low + datetime.timedelta(self.random.randint(0, max((high - low).days, 0)))

    def later(self, date, low=0, high=3, odd=6):
        """A day after `date`, or, when something is odd, before it; never after the audit."""
        days = self.random.randint(-3, -1) if self.chance(odd) else self.random.randint(low, high)
        return min(date + datetime.timedelta(days), self.as_of)

    def moment(self, date, low=8, high=17):
        return f"{date} {self.random.randint(low, high):02d}:{self.random.randint(0, 59):02d}:{self.random.randint(0, 59):02d}"

    def after(self, moment, odd=6):
        """A moment of the same day or the next ones after `moment`, or, when something is odd, before it."""
        stamp = datetime.datetime.fromisoformat(moment)
        minutes = self.random.randint(1, 2000)
        stamp += datetime.timedelta(minutes=-minutes if self.chance(odd) else minutes)
        return str(min(stamp, datetime.datetime.combine(self.as_of, datetime.time(17, 0, 0))))

    def person(self, *roles, odd=5):
        """Somebody with one of the roles, by the employee's or the user's id; when something is odd, anybody."""
        if self.chance(odd):
            who = self.pick([*ROLES, *self.recent * 3])
        else:
            who = self.pick([who for who, (_, role) in ROLES.items() if role in roles])
        self.recent = [*self.recent[-4:], who]
        return "U" + who[1:] if self.random.random() < 0.4 else who

    def maybe(self, value, percent=4):
        return None if self.chance(percent) else value

    def status(self, live, *others):
        return self.pick(others) if self.chance(7) else live

    # ---- who and what there is

    def _people(self):
        self.add("company", company_id="TH01", name="天衡轴承")
        for unit, kind in DEPARTMENTS.items():
            self.add("org_unit", org_unit_id=unit, name=kind, kind=kind)
        for who, (unit, role) in ROLES.items():
            self.add("employee", employee_id=who, name=f"员工{who}", org_unit_id=unit, hired_on="2024-01-01", left_on=None)
            self.add("user_account", user_id="U" + who[1:], employee_id=who, is_system="false", valid_from="2024-01-01", valid_to=None)
            ends = "2026-10-15" if self.chance(4) and role not in ("general_manager", "sales_manager") else None
            self.add("role_assignment", employee_id=who, role=role, org_unit_id=unit, valid_from="2024-01-01", valid_to=ends)
        self.add("user_account", user_id="U90", employee_id=None, is_system="true", valid_from="2024-01-01", valid_to=None)
        for role, rank in RANKS.items():
            self.add("role_rank", role=role, rank=rank)
        rules = [("sales_order", "order_approval", 1, "sales_manager", 0), ("sales_order", "order_approval", 2, "general_manager", 60000),
                 ("contract", "contract_approval", 1, "sales_manager", 0), ("contract", "contract_approval", 2, "general_manager", 80000)]
        for at, (doc_kind, kind, step, role, amount) in enumerate(rules):
            self.add("approval_rule", rule_id=f"AR{at + 1}", doc_kind=doc_kind, approval_kind=kind, step_no=step, role=role,
                     amount_from=amount, amount_to=None, max_days=self.pick([2, 3]), valid_from="2026-01-01", valid_to=None, currency="CNY")
        for at in range(3):
            self.add("delegation", delegation_id=f"DL{at + 1}", grantor_id=self.person("general_manager", odd=10),
                     grantee_id=self.person("company_leader", "sales_manager", odd=20), doc_kind=self.pick(["contract", "contract", "contract", "sales_order"]),
                     approval_kind=None, amount_limit=self.pick([None, 20000, 50000, 100000]), valid_from="2026-09-01",
                     valid_to=self.pick([None, "2026-10-15", "2026-12-31"]), granted_at="2026-08-30 10:00:00", revoked_at=None, currency="CNY")
        rate = Decimal("7.1")
        date = datetime.date(2026, 8, 1)
        while date <= self.as_of:
            self.add("exchange_rate", currency="USD", rate_date=date, rate=rate)
            rate += Decimal(self.random.randint(-9, 9)) / 1000
            date += datetime.timedelta(1)
        for period, first, last, closed in (("2026-08", "2026-08-01", "2026-08-31", "2026-09-08 18:00:00"),
                                            ("2026-09", "2026-09-01", "2026-09-30", "2026-10-09 18:00:00"),
                                            ("2026-10", "2026-10-01", "2026-10-31", None), ("2026-11", "2026-11-01", "2026-11-30", None)):
            self.add("accounting_period", period=period, starts_on=first, ends_on=last, closed_at=closed)

    def _products(self):
        self.products = {}
        for at in range(6):
            product = f"P{at + 1:02d}"
            price = Decimal(self.random.randint(20, 400))
            self.products[product] = price
            self.add("product", product_id=product, name=f"轴承{product}", model=f"M{at + 1}", spec=None, uom="件", abc_class=self.maybe(self.pick("ABC"), 6),
                     is_difficult="false", is_key="false", is_outsourced="false", is_made_to_order="false", needs_technical_agreement=self.chance(15),
                     standard_cost=money(price * Decimal(self.pick(["0.7", "0.8", "0.95"]))), valuation_method="moving_average")
            if self.chance(60):
                self.add("price_plan", product_id=product, period="2026-10", planned_average_price=money(price * Decimal(self.pick(["1", "1.03", "1.06"]))))
        for name, first, last in (("PL1", "2026-07-01", "2026-09-30"), ("PL2", "2026-10-01", None)):
            for currency, rate in (("CNY", Decimal(1)), ("USD", Decimal("7.1"))):
                self._price_list(name + ("" if currency == "CNY" else "U"), datetime.date.fromisoformat(first), last, currency, rate)

    def _price_list(self, name, first, last, currency, rate):
        proposed = self.moment(first - datetime.timedelta(20))
        approved = self.moment(self.later(first, -8, 0, odd=0))
        if self.chance(8):
            approved = self.moment(first + datetime.timedelta(self.random.randint(0, 5)))
        self.add("price_list", price_list_id=name, valid_from=first, valid_to=last, proposed_by=self.person("price_admin"),
                 approved_by=self.person("general_manager", "company_leader"), approved_at=approved, base_data_ref=self.maybe("定价测算表"),
                 production_input_at=self.maybe(proposed), market_input_at=self.maybe(self.after(proposed)),
                 company_id="TH01", currency=currency, exchange_rate=None, tax_included="false")
        for product, price in self.products.items():
            if self.chance(4):
                continue
            base = money(price / rate)
            self.add("price_list_line", price_list_id=name, product_id=product, customer_grade=None, season=None, sales_region_id=None,
                     list_price=base, floor_price=money(base * Decimal("0.95")), ceiling_price=money(base * Decimal("1.1")),
                     company_id="TH01", currency=currency, min_quantity=None, uom="件")

    def _customers(self):
        self.customers = {}
        ratings = {"AA": (300000, 60), "A": (150000, 45), "B": (50000, 30)}
        for rating, (limit, days) in ratings.items():
            self.add("credit_policy", credit_rating=rating, max_credit_limit=limit, max_terms_days=days, trade_mode="credit", currency="CNY")
        for at in range(8):
            customer = f"C{at + 1:02d}"
            name = f"客户{at + 1}有限公司" if not self.chance(6) else "客户1有限公司"
            salesperson = self.pick(["E04", "E05"])
            self.customers[customer] = {"name": name, "salesperson": salesperson, "place": f"华东工业园{at + 1}号"}
            self.add("customer", customer_id=customer, name=name, tax_id=f"9131{at:014d}", address=self.maybe(f"华东工业园{at + 1}号"), phone=f"021-{at:08d}",
                     nature="company", lifecycle="current", grade=self.pick("AABC"), channel_role=self.pick(["direct", "direct", "distributor"]),
                     salesperson_id=salesperson, is_key=self.chance(35), created_at="2025-01-01 10:00:00", status="active", parent_id=None)
            rating = self.pick(ratings)
            limit, days = ratings[rating]
            for first, last in self.pick([[("2026-01-01", None)], [("2026-01-01", "2026-10-14"), ("2026-10-15", None)], [("2026-01-01", "2026-10-14")]]):
                self.customers[customer]["days"] = days
                self.add("customer_credit", customer_id=customer, credit_rating=self.maybe(rating), credit_limit=self.maybe(limit + self.pick([0, 0, 0, -10000, 20000])),
                         payment_terms_days=days + self.pick([0, 0, 0, 0, -5, 15]), trade_mode=self.pick(["credit", "credit", "credit", "cash", "prepay"]),
                         assessed_on=first if first > "2026-06" else self.pick(["2025-12-18", "2025-12-18", "2025-10-15", "2025-09-01"]), assessment_source="年度评估", set_by=salesperson if self.chance(8) else self.person("credit_controller"),
                         valid_from=first, valid_to=last, terms_basis="invoice", company_id="TH01", currency="CNY")
            if self.chance(15):
                happened = datetime.date(2026, 10, 10) - datetime.timedelta(self.random.randint(0, 900))
                resolved = self.pick([None, None, happened + datetime.timedelta(self.random.randint(5, 400))])
                self.add("credit_event", event_id=self.number("CE"), customer_id=customer, kind=self.pick(["overdue", "dispute", "bounced"]),
                         occurred_on=happened, resolved_on=min(resolved, self.as_of) if resolved else None, amount=self.random.randint(1, 90) * 100)

    # ---- documents

    def _approve(self, doc_kind, doc_id, kind, amount, currency, ready, steps, rounds=1):
        """The rows of an approval in one round, at times with a step skipped, or refused or pending and no further; the moment of the last."""
        moment, whole = ready, True
        for step, role in enumerate(steps, 1):
            if self.chance(4):
                whole = False
                continue
            asked, whole = moment, True
            moment = self.after(moment, odd=2)
            decision = "reject" if self.chance(3) else "pending" if self.chance(3) else "approve"
            whole = whole and decision == "approve"
            self.add("approval", approval_id=self.number("SP"), doc_kind=doc_kind, doc_id=doc_id, approval_kind=kind, step_no=step, role=role,
                     requested_by=self.person("sales_clerk", "salesperson"), requested_at=asked,
                     approver_id=self.person(role) if decision != "pending" else None, decision=decision, opinion=self.maybe("同意"),
                     decided_at=moment if decision != "pending" else None, doc_amount=amount, approved_value=None, round_no=rounds, currency=currency)
            if not whole:
                break
        return moment if whole else None

    def _line(self, product, quantity, price, discount, **more):
        net = money(quantity * price - discount)
        tax = money(net * Decimal("0.13"))
        return dict(product_id=product, quantity=quantity, unit_price=price, discount_amount=discount, line_kind="normal", uom="件", base_quantity=quantity,
                    tax_rate=13, net_amount=net, tax_amount=tax, gross_amount=net + tax, unit_price_gross=price * Decimal("1.13"), **more)

    def _currency(self):
        return "USD" if self.random.random() < 0.15 else "CNY"

    def _price(self, product, currency):
        base = self.products[product] / (1 if currency == "CNY" else Decimal("7.1"))
        return money(base * Decimal(self.pick(["1", "1", "1", "0.97", "0.95", "0.92", "1.12"] if self.chance(60) else ["1"])))

    def _quotation(self):
        quotation = self.number("QT")
        quoted = self.day()
        customer, currency = self.pick(self.customers), self._currency()
        product = self.pick(self.products)
        line = self._line(product, Decimal(self.random.randint(1, 50)), self._price(product, currency), Decimal(0), quotation_id=quotation, line_no=1, spec=None)
        self.add("quotation_line", amount=line["net_amount"], **line)
        prepared = self.moment(quoted, 8, 9)
        reviewed = self.after(prepared)
        self.add("quotation", quotation_id=quotation, customer_id=customer, version=1, kind="quote", medium="written", amount=line["gross_amount"],
                 requirements_ref="需求", prepared_by=self.person("salesperson", "sales_manager"), prepared_at=prepared, reviewed_by=self.person("sales_manager"),
                 reviewed_at=reviewed, printed_at=None, sealed_at=None, sent_at=self.after(reviewed), valid_until=None, company_id="TH01", currency=currency,
                 exchange_rate=None, quoted_on=quoted)

    def _contract(self):
        contract = self.number("HT")
        customer = self.pick(self.customers)
        currency = self._currency()
        signed = self.day(datetime.date(2026, 9, 25), datetime.date(2026, 10, 20))
        lines = []
        for at in range(self.random.randint(1, 2)):
            product = self.pick(self.products)
            quantity = Decimal(self.random.randint(10, 200))
            lines.append(self._line(product, quantity, self._price(product, currency), Decimal(0), contract_id=contract, line_no=at + 1, spec=None))
        gross = sum(line["gross_amount"] for line in lines)
        if self.chance(5):
            gross += self.pick([Decimal("0.01"), Decimal("0.05"), Decimal(100)])
        for line in lines:
            line["amount"] = line["net_amount"] + (self.pick([Decimal("0.01"), Decimal(10)]) if self.chance(4) else 0)
            self.add("contract_line", **line)
        status = self.status(self.pick(["signed", "executing"]), "draft", "review", "closed", "void")
        steps = ["sales_manager"] + (["general_manager"] if gross >= 80000 else [])
        ready = self.moment(signed - datetime.timedelta(self.random.randint(2, 4)))
        self._approve("contract", contract, "contract_approval", gross, currency, ready, steps)
        template = self.pick(["customer", "other"]) if self.chance(20) else "standard"
        if template != "standard" and self.chance(50):
            self._approve("contract", contract, "non_standard_template", gross, currency, ready, ["sales_manager"])
        due = signed + datetime.timedelta(self.random.randint(5, 40))
        self.add("contract", contract_id=contract, contract_no=self.maybe("TH-" + contract), customer_id=customer, template=template, is_major=self.chance(10), amount=gross,
                 salesperson_id=self.customers[customer]["salesperson"], signed_by=self.person("general_manager", odd=25),
                 signed_on=signed if status not in ("draft", "review") else None,
                 confirmed_by=self.person("sales_manager"), confirmed_at=self.maybe(self.moment(self.later(signed, 0, 2))), effective_on=self.later(signed, 0, 3, odd=0),
                 delivery_due_on=self.maybe(due), delivery_days=None, payment_terms=self.maybe("按合同约定"), payment_terms_days=self.customers[customer]["days"] + self.pick([0, 0, 0, 15]),
                 terms_basis="invoice", ship_to_address=self.maybe(self.customers[customer]["place"]), ship_to_id=None, quality_terms=self.maybe("质保12个月"),
                 liability_terms=self.maybe("违约金0.05%"), warranty_end_on=None, retention_amount=None, status=status, company_id="TH01", currency=currency,
                 exchange_rate=None, posting_date=signed, reversal_of=None, revenue_trigger=self.pick([None, "issue", "sign_off"]), invoice_before_shipment="false")
        self._negotiations(contract, customer, signed)
        for milestone, share in (("advance", 30), ("on_delivery", 70)):
            if not self.chance(5):
                self.add("payment_plan", plan_id=self.number("FK"), contract_id=contract, milestone=milestone, pct=share, amount=money(gross * share / 100),
                         due_on=self.maybe(self.later(signed, 5, 30, odd=0)), company_id="TH01", currency=currency)
        for unit, who in (("D02", "E03"), ("D05", "E20"), ("D08", "E15"), ("D04", "E10"), ("D09", "E16")):
            if not self.chance(6):
                self.add("contract_review", contract_id=contract, org_unit_id=unit, reviewer_id=who,
                         aspect={"D02": "price", "D05": "technical", "D08": "delivery", "D04": "finance", "D09": "technical"}[unit],
                         decision="fail" if self.chance(4) else "pass", opinion=self.maybe("可行"), reviewed_at=self.moment(self.later(signed, -3, 0, odd=0)))
        if self.chance(60):
            self.add("technical_agreement", agreement_id=self.number("JS"), customer_id=customer, contract_id=contract, signed_on=self.later(signed, -4, 0, odd=10),
                     has_commercial_terms=not self.chance(6), has_statement_of_work=not self.chance(6), commercial_by=self.person("salesperson"),
                     technical_by=self.person("technician", "technical_head"))
        self.contract = {"id": contract, "customer": customer, "currency": currency, "lines": lines, "signed": signed}
        if status not in ("draft", "review", "void"):
            for _ in range(self.random.randint(1, 2)):
                self._order(self.contract)

    def _negotiations(self, contract, customer, signed):
        for kind in ("commercial", "technical"):
            if self.chance(8):
                continue
            negotiation = self.number("TP")
            held = self.later(signed, -6, 0, odd=0) if not self.chance(5) else self.later(signed, 1, 2, odd=0)
            self.add("negotiation", negotiation_id=negotiation, customer_id=customer, contract_id=contract, kind=kind, held_on=held,
                     reported_at=self.moment(held), reported_to="E03", result_confirmed_at=self.maybe(self.moment(self.later(held, 0, 2)), 8))
            for who, role in (("E14", "marketing_head"), ("E10", "finance_head"), ("E02", "company_leader"), ("E04", "salesperson")):
                if not self.chance(12):
                    self.add("negotiation_participant", negotiation_id=negotiation, employee_id=who, role=role)

    def _order(self, contract):
        order = self.number("SO")
        customer = contract["customer"] if contract and not self.chance(4) else self.pick(self.customers)
        currency = contract["currency"] if contract else self._currency()
        dated = self.later(contract["signed"], 0, 6) if contract else self.day(datetime.date(2026, 9, 24), datetime.date(2026, 10, 25))
        due = dated + datetime.timedelta(self.random.randint(3, 15))
        lines = []
        for at in range(self.random.randint(1, 2)):
            agreed = contract["lines"][at] if contract and at < len(contract["lines"]) else None
            product = agreed["product_id"] if agreed and not self.chance(3) else self.pick(self.products)
            price = money(agreed["unit_price"] * Decimal("0.98" if self.chance(6) else "1")) if agreed else self._price(product, currency)
            quantity = Decimal(max(1, int(agreed["quantity"]) // self.pick([1, 2, 2]))) if agreed else Decimal(self.random.randint(1, 40) * 5)
            line = self._line(product, quantity, price, Decimal(self.pick([0, 0, 0, 10])), order_id=order, line_no=at + 1, model=self.maybe(f"M{product[-1]}"),
                              delivery_due_on=self.maybe(due), contract_line_no=at + 1 if agreed else None, cancelled_quantity=Decimal(5) if self.chance(4) else Decimal(0),
                              closed_at=None)
            line["line_kind"] = "gift" if self.chance(3) else "normal"
            lines.append(line)
        gross = sum(line["gross_amount"] for line in lines)
        if self.chance(4):
            gross += self.pick([Decimal("0.01"), Decimal("0.03"), Decimal(50)])
        for line in lines:
            line["amount"] = line["net_amount"] + (self.pick([Decimal("0.01"), Decimal(20)]) if self.chance(4) else 0)
            self.add("sales_order_line", **line)
        entered = self.person("sales_clerk")
        submitted = self.moment(self.later(dated, 15, 25, odd=0) if self.chance(3) else dated, 8, 11)
        status = self.status("approved", "draft", "submitted", "rejected", "cancelled", "closed")
        steps = ["sales_manager"] + (["general_manager"] if gross * (1 if currency == "CNY" else 7) >= 60000 else [])
        approved = None
        if status in ("approved", "closed", "cancelled"):
            approved = self._approve("sales_order", order, "order_approval", gross, currency, submitted, steps)
        elif status != "draft":
            asked = {"decision": "pending"} if status == "submitted" else {"decision": "reject", "approver_id": self.person("sales_manager"),
                                                                             "decided_at": self.after(submitted), "opinion": self.maybe("改价")}
            self.add("approval", approval_id=self.number("SP"), doc_kind="sales_order", doc_id=order, approval_kind="order_approval", step_no=1, role="sales_manager",
                     requested_by=entered, requested_at=submitted, doc_amount=gross, round_no=1, currency=currency, **asked)
        if self.chance(10):
            self._approve("sales_order", order, "special_price", gross, currency, submitted, [self.pick(["general_manager", "company_leader", "sales_manager"])])
        if self.chance(6):
            self._approve("sales_order", order, "credit_override", gross, currency, submitted, ["general_manager"])
        channel = "contract" if contract else self.pick(["phone", "fax", "email"])
        self.add("sales_order", order_id=order, order_no="TH-" + order, customer_id=customer, contract_id=contract["id"] if contract else None, quotation_id=None,
                 channel=channel, business_type="normal", order_date=dated, delivery_due_on=self.maybe(due), ship_to_address=None, ship_to_id=None,
                 salesperson_id=self.customers[customer]["salesperson"], payment_mode=self.pick(["credit", "credit", "credit", "cash", "prepay"]), amount=gross,
                 entered_by=entered, submitted_at=submitted, approved_by=self.person("sales_manager") if approved else None, approved_at=approved, rejection_note=None, status=status,
                 company_id="TH01", currency=currency, exchange_rate=None, posting_date=dated, reversal_of=None,
                 payment_terms_days=self.customers[customer]["days"] + self.pick([0, 0, 0, 15]), terms_basis="invoice", cancelled_at=None, closed_at=None)
        if status in ("draft", "rejected", "cancelled") and not self.chance(10):
            return
        when = self.later(datetime.date.fromisoformat(approved[:10]) if approved else dated, 0, 4)
        order = {"id": order, "customer": customer, "currency": currency, "lines": lines, "contract": contract["id"] if contract else None, "when": when}
        if self.chance(8):
            self._order_again(order["id"])
        if not self.chance(8):
            self._deliver(order)

    def _order_again(self, order):
        """The same lines in another order some days before or after."""
        header = dict(next(row for row in self.tables["sales_order"] if row["order_id"] == order))
        again = self.number("SO")
        dated = datetime.date.fromisoformat(header["order_date"]) + datetime.timedelta(self.pick([-8, -7, -3, 1, 7, 8]))
        dated = min(dated, self.as_of)
        submitted = self.moment(dated, 8, 11)
        steps = sum(1 for row in self.tables["approval"] if row["doc_id"] == order and row["approval_kind"] == "order_approval")
        approved = self._approve("sales_order", again, "order_approval", header["amount"], header["currency"], submitted, ["sales_manager", "general_manager"][:max(steps, 1)])
        header.update(order_id=again, order_no="TH-" + again, order_date=dated, status=self.status("approved", "cancelled"), submitted_at=submitted,
                      approved_at=approved)
        self.add("sales_order", **header)
        for row in [row for row in self.tables["sales_order_line"] if row["order_id"] == order]:
            self.add("sales_order_line", **{**row, "order_id": again})

    def _deliver(self, order):
        place = self.customers[order["customer"]]["place"]
        request = None
        when = order["when"]
        if not self.chance(6):
            request = self.number("XH")
            asked = self.moment(self.later(when, -3, -2, odd=0))
            branch = self.after(asked)
            self.add("delivery_request", request_id=request, contract_id=order["contract"], order_id=order["id"], customer_id=order["customer"], kind="goods",
                     requested_by=self.person("salesperson", "sales_clerk"), requested_at=asked, branch_reviewed_by=self.person("branch_manager"),
                     branch_reviewed_at=self.maybe(branch), sales_reviewed_by=self.person("sales_manager"), sales_reviewed_at=self.maybe(self.after(branch)))
            for line in order["lines"]:
                self.add("delivery_request_line", request_id=request, line_no=line["line_no"], product_id=line["product_id"],
                         quantity=line["quantity"] + (3 if self.chance(4) else 0), unit_price=line["unit_price"] - (1 if self.chance(4) else 0))
        delivery = self.number("DN")
        approved = self.moment(when, 8, 11)
        status = self.status("posted", "void", "draft")
        self.add("delivery", delivery_id=delivery, kind="delivery", business_type="normal", order_id=order["id"], contract_id=order["contract"], request_id=request,
                 return_id=None, source_delivery_id=None, agreement_id=None, customer_id=order["customer"], delivery_date=when,
                 ship_to_address="别处1号" if self.chance(6) else place, ship_to_id=None, freight_borne_by=self.pick(["seller", "customer"]),
                 freight_amount=self.pick([0, 100, 250]), prepared_by=self.person("sales_clerk"), approved_by=self.person("sales_manager"), approved_at=approved,
                 company_id="TH01", status=status, posting_date=when, reversal_of=None, incoterm=None, currency=order["currency"])
        lines = []
        for line in order["lines"]:
            quantity = line["quantity"]
            if self.chance(10):
                quantity = max(Decimal(1), quantity + self.pick([-2, -1, 1, 5]))
            made = self._line(line["product_id"], quantity, line["unit_price"], line["discount_amount"], delivery_id=delivery, line_no=line["line_no"],
                              order_id=order["id"], order_line_no=line["line_no"], lot_no=None)
            made["line_kind"] = line["line_kind"]
            lines.append(self.add("delivery_line", **made))
        self._issue(delivery, lines, approved, request, "blue")
        if not self.chance(8):
            signed = self.later(when, 0, 6)
            for line in lines:
                self.add("delivery_confirmation", confirmation_id=self.number("QS"), delivery_id=delivery, delivery_line_no=line["line_no"], signed_by="收货人",
                         signed_on=signed, quantity=line["quantity"] - (1 if self.chance(4) else 0), condition_ok=not self.chance(4), handed_in_at=self.moment(signed))
        for event in ("dispatched", "arrived"):
            if not self.chance(6):
                self.add("shipment_event", delivery_id=delivery, occurred_at=self.moment(self.later(when, 0, 2, odd=0)), event=event)
        if not self.chance(10):
            self._invoice(order, delivery, lines, when)
        if self.chance(15):
            self._return(order, delivery, lines, when)

    def _issue(self, delivery, lines, approved, request, sign):
        if self.chance(4):
            return None
        issue = self.number("SI")
        prepared = self.after(approved)
        self.add("stock_issue", issue_id=issue, sign=sign, delivery_id=delivery, request_id=request, prepared_by=self.person("sales_clerk"), prepared_at=prepared,
                 issued_by=self.person("storekeeper"), issued_at=self.after(prepared), company_id="TH01", status=self.status("posted", "void"),
                 posting_date=prepared[:10], reversal_of=None)
        for line in lines:
            quantity = line["quantity"] + (self.pick([-1, 1]) if self.chance(4) else 0)
            self.add("stock_issue_line", issue_id=issue, line_no=line["line_no"], product_id=line["product_id"], spec=None, lot_no=None,
                     quality_status="hold" if self.chance(4) else "ok", quantity=quantity, delivery_line_no=line["line_no"])
        return issue

    def _invoice(self, order, delivery, lines, when):
        invoice = self.number("IV")
        issued = self.later(when, 0, 5)
        request = None
        gross = sum(line["gross_amount"] for line in lines)
        net = sum(line["net_amount"] for line in lines)
        if not self.chance(6):
            request = self.number("KP")
            asked = self.moment(self.later(issued, -2, -1, odd=0))
            self.add("invoice_request", request_id=request, customer_id=order["customer"], contract_id=order["contract"], order_id=order["id"],
                     amount=gross - (100 if self.chance(4) else 0), requested_by=self.person("salesperson"), requested_at=asked,
                     reviewed_by=self.person("sales_manager"), reviewed_at=self.maybe(self.after(asked)))
        reviewed = self.maybe(self.after(self.moment(issued)))
        status = self.status("posted", "void", "draft")
        mode = "after_delivery"
        paper = self.random.random() < 0.6
        self.add("invoice", invoice_id=invoice, invoice_no=f"{26000000 + int(invoice[2:])}", invoice_code="3100261130", kind="vat_special", sign="blue", mode=mode,
                 original_invoice_id=None, request_id=request, customer_id=order["customer"] if not self.chance(3) else self.pick(self.customers),
                 contract_id=order["contract"], order_id=order["id"], settlement_id=None, net_amount=net, tax_amount=gross - net,
                 gross_amount=gross + (Decimal("0.5") if self.chance(4) else 0), issued_by=self.person("accountant"), issued_on=issued,
                 reviewed_by=self.person("finance_head"), reviewed_at=reviewed, cash_settled="false", delivered_on=self.maybe(self.later(issued, 0, 8)),
                 customer_signed_on=self.maybe(self.later(issued, 1, 9)), customer_posted_on=None, company_id="TH01", currency=order["currency"], exchange_rate=None,
                 status=status, posting_date=issued, reversal_of=None, invoice_kind="paper" if paper else "e_invoice")
        for line in lines:
            price = line["unit_price"] + (Decimal("-1") if self.chance(5) else 0)
            quantity = line["quantity"] + (1 if self.chance(4) else 0)
            made = self._line(line["product_id"], quantity, price, line["discount_amount"], invoice_id=invoice, line_no=line["line_no"], delivery_id=delivery,
                              delivery_line_no=line["line_no"], order_id=order["id"], order_line_no=line["line_no"])
            made["line_kind"] = line["line_kind"]
            self.add("invoice_line", **made)
        self._revenue(order, delivery, invoice, lines, issued)
        posted = self.later(datetime.date.fromisoformat(reviewed[:10]) if reviewed else issued, 0, 1)
        receivable = None
        if not self.chance(5):
            receivable = self.number("AR")
            self.add("receivable_entry", receivable_id=receivable, invoice_id=invoice if not self.chance(3) else None, customer_id=order["customer"], posted_on=posted,
                     due_on=posted + datetime.timedelta(30), amount=gross - (Decimal(10) if self.chance(5) else 0), audited_by=self.person("accountant", "finance_head"),
                     audited_at=self.moment(posted, 15, 17), company_id="TH01", currency=order["currency"], status=self.status("posted", "void"), posting_date=posted,
                     reversal_of=None, kind="invoice")
        if not self.chance(40):
            self._receive(order, invoice, receivable, gross, issued)

    def _receive(self, order, invoice, receivable, gross, issued):
        receipt = self.number("RC")
        received = self.later(issued, 0, 15)
        amount = money(gross * Decimal(self.pick(["1", "1", "0.5"])))
        name = self.customers[order["customer"]]["name"]
        self.add("receipt", receipt_id=receipt, customer_id=order["customer"], payer_name="别家贸易有限公司" if self.chance(6) else name, contract_id=order["contract"],
                 plan_id=None, reservation_id=None, kind="payment", amount=amount, method=self.pick(["bank", "bank", "cash"]), received_on=received,
                 collected_by=self.person("cashier"), recorded_by=self.person("accountant"),
                 recorded_at=self.maybe(self.moment(received if not self.chance(8) else self.later(received, 1, 4, odd=0))),
                 proof_no=self.maybe("SJ" + receipt), company_id="TH01", currency=order["currency"], status=self.status("posted", "void"), posting_date=received,
                 reversal_of=None, bill_due_on=None)
        if not self.chance(10):
            applied = amount + (Decimal(50) if self.chance(4) else 0)
            self.add("receipt_application", application_id=self.number("HX"), receipt_id=receipt, invoice_id=invoice, receivable_id=receivable, amount=applied,
                     applied_on=self.later(received, 0, 4), applied_by=self.person("accountant"))
        if self.chance(40):
            asked = self.moment(self.later(received, -6, -3, odd=0))
            self.add("collection_request", request_id=self.number("SQ"), customer_id=order["customer"], contract_id=order["contract"], invoice_id=invoice, amount=amount,
                     requested_by=self.person("salesperson"), requested_at=asked, sales_confirmed_by=self.person("sales_manager"),
                     sales_confirmed_at=self.maybe(self.after(asked)), finance_confirmed_by=self.person("finance_head"),
                     finance_confirmed_at=self.maybe(self.after(asked)), sent_to_customer_at=self.moment(self.later(received, -1, 0, odd=0)))

    def _revenue(self, order, delivery, invoice, lines, issued):
        for line in lines:
            if self.chance(6):
                continue
            revenue = self.number("RV")
            day = self.later(issued, 0, 3)
            period = f"{day:%Y-%m}"
            wrong = self.chance(4)
            self.add("revenue_entry", revenue_id=revenue, customer_id=order["customer"], delivery_id=delivery, delivery_line_no=line["line_no"], invoice_id=invoice,
                     invoice_line_no=line["line_no"], settlement_id=None, settlement_line_no=None, product_id=line["product_id"], recognised_on=day, period=period,
                     quantity=line["quantity"], amount=line["net_amount"] + (100 if wrong else 0), reversal_of=None, entered_by="U90",
                     source="manual" if self.chance(4) else "system", company_id="TH01", currency=order["currency"], status="posted", posting_date=day)
            if self.chance(8):
                share = self.pick([1, 1, 2])
                undone = self.later(day, 1, 30)
                self.add("revenue_entry", **{**self.tables["revenue_entry"][-1], "revenue_id": self.number("RV"), "recognised_on": undone, "posting_date": undone,
                                             "period": f"{undone:%Y-%m}", "quantity": -line["quantity"] / share, "amount": -money(line["net_amount"] / share),
                                             "reversal_of": revenue, "source": "system"})

    def _return(self, order, delivery, lines, when):
        request = self.number("TH")
        asked = self.later(when, 1, 5)
        confirmed = self.moment(self.later(asked, 0, 1))
        checked = self.after(confirmed)
        genuine = self.after(checked)
        reviewed = self.after(genuine)
        line = self.pick(lines)
        quantity = Decimal(self.pick([1, 2, int(line["quantity"]), int(line["quantity"]) + 1]))
        self.add("return_request", return_id=request, kind="return", customer_id=order["customer"], delivery_id=delivery, requested_on=asked,
                 customer_request_ref=self.maybe("客户函", 8), salesperson_id=self.customers[order["customer"]]["salesperson"],
                 branch_confirmed_by=self.person("branch_manager"), branch_confirmed_at=self.maybe(confirmed, 8), checked_by=self.person("salesperson"),
                 checked_at=self.maybe(checked), authenticity_by=self.person("technician", "technical_head"), authenticity_at=self.maybe(genuine),
                 authenticity_result="counterfeit" if self.chance(8) else "genuine", reviewed_by=self.person("sales_manager"), reviewed_at=self.maybe(reviewed),
                 company_id="TH01", status=self.status("approved", "void", "draft"), posting_date=asked, reversal_of=None)
        self.add("return_line", return_id=request, line_no=1, delivery_line_no=line["line_no"], product_id=line["product_id"], spec=None, quantity=quantity,
                 unit_price=line["unit_price"])
        if self.chance(15):
            return
        back = self.number("DN")
        approved = self.after(reviewed)
        self.add("delivery", delivery_id=back, kind="return", business_type="normal", order_id=order["id"], contract_id=order["contract"], request_id=None,
                 return_id=request, source_delivery_id=delivery, agreement_id=None, customer_id=order["customer"], delivery_date=approved[:10], ship_to_address=None,
                 ship_to_id=None, freight_borne_by="customer", freight_amount=0, prepared_by=self.person("sales_clerk"), approved_by=self.person("sales_manager"),
                 approved_at=approved, company_id="TH01", status=self.status("posted", "void"), posting_date=approved[:10], reversal_of=None, incoterm=None,
                 currency=order["currency"])
        made = self._line(line["product_id"], -quantity, line["unit_price"], Decimal(0), delivery_id=back, line_no=1, order_id=order["id"],
                          order_line_no=line["order_line_no"], lot_no=None)
        made["line_kind"] = line["line_kind"]
        self._issue(back, [self.add("delivery_line", **made)], approved, None, "red")

    def _vouchers(self):
        accounts = ["receivable", "revenue", "tax", "cash", "other", "advance_from_customer"]
        earlier = []
        days = sorted(self.day(datetime.date(2026, 9, 28), datetime.date(2026, 10, 31)) for _ in range(self.random.randint(15, 25)))
        for posted in days:
            voucher = self.number("PZ")
            if self.chance(6):
                voucher = self.number("PZ")  # the one before it is missing
            source = self.pick(["manual", "manual", "receivable"])
            amount = money(Decimal(self.random.randint(1, 20)) * self.pick([Decimal(10000), Decimal("1234.56"), Decimal("0.5"), Decimal(777)]))
            debit, credit = self.pick(accounts), self.pick(accounts)
            customer = self.pick(self.customers)
            if earlier and self.chance(10):
                debit, credit, customer, amount = self.pick(earlier)
            earlier.append((debit, credit, customer, amount))
            self.add("voucher", voucher_id=voucher, source_kind=source, source_id=None, period=f"{posted:%Y-%m}", prepared_by=self.person("accountant", odd=8),
                     reviewed_by=self.person("finance_head"), posted_by=self.person("finance_head"), posted_on=posted, company_id="TH01",
                     currency="USD" if self.chance(6) else "CNY", exchange_rate=None, status=self.status("posted", "void", "draft"), posting_date=posted, reversal_of=None)
            self.add("voucher_line", voucher_id=voucher, line_no=1, account=debit, customer_id=customer, debit=amount, credit=0)
            self.add("voucher_line", voucher_id=voucher, line_no=2, account=credit, customer_id=customer, debit=0,
                     credit=amount - (Decimal("0.01") if self.chance(4) else 0))
