# SPDX-License-Identifier: MIT
"""The company's documents: what a salesperson, a clerk and an accountant would have entered.

Documents are objects that know each other; numbers are given at the end, in the order of their dates,
so that nothing about a number tells what was planted. `ledger.py` derives what a system derives: issues,
stock, costs, vouchers, balances.
"""

from decimal import Decimal

from . import master
from .basis import ZERO, after, cents, day, month

D = Decimal


class Doc:
    """A document: its kind (a table), its day, and whatever it carries."""

    def __init__(self, kind, day, **facts):
        self.kind, self.day, self.id = kind, day, None
        self.__dict__.update(facts)


class Item:
    """A line of a quotation, contract or order. Prices and discounts are without tax."""

    def __init__(self, product, quantity, price=None, *, discount=0, kind="normal", uom=None, contract_line=None,
                 cancelled=0):
        self.product, self.quantity, self.price = product, D(quantity), price
        self.discount, self.kind, self.uom = D(discount), kind, uom
        self.contract_line, self.cancelled, self.no = contract_line, D(cancelled), None

    def prepare(self, no, customer, when):
        self.no = no
        self.uom = self.uom or master.UNIT[self.product]
        self.factor = master.BASE_UNITS.get((self.product, self.uom), 1)
        self.tax_rate = ZERO if master.COMPANY_OF.get(customer) == master.EXPORT else D(13)
        if self.kind in ("gift", "sample"):
            self.price = ZERO
        if self.price is None:
            _, _, grade, region, _ = master.CUSTOMER[customer]
            self.price = master.list_price(self.product, grade, region, when, self.uom)
        self.price = D(self.price)

    def amounts(self, quantity=None):
        """Net, tax, gross and discount of a part of the line (all of it by default)."""
        quantity = self.quantity if quantity is None else quantity
        discount = self.discount * quantity / self.quantity
        net = cents(quantity * self.price - discount)
        tax = cents(net * self.tax_rate / 100)
        return net, tax, net + tax, discount

    def columns(self, quantity=None):
        """The columns that all kinds of lines share."""
        quantity = self.quantity if quantity is None else quantity
        net, tax, gross, discount = self.amounts(quantity)
        return {
            "product_id": self.product, "quantity": quantity, "unit_price": self.price,
            "line_kind": self.kind, "uom": self.uom, "base_quantity": quantity * self.factor,
            "tax_rate": self.tax_rate, "tax_amount": tax, "net_amount": net, "gross_amount": gross,
            "unit_price_gross": self.price * (100 + self.tax_rate) / 100, "discount_amount": discount,
        }


class Stage:
    """Functions to be called later, each on behalf of the module that gave it."""

    def __init__(self, books):
        self.books, self.hooks = books, []

    def append(self, hook):
        self.hooks.append((self.books.origin, hook))

    def run(self):
        for self.books.origin, hook in self.hooks:
            hook()
        self.books.origin = ""


class Books:
    def __init__(self, planted=True):
        master.as_founded()
        self.planted = planted  # with the exceptions, or only ordinary business?
        self.docs = []          # every document, in order of creation
        self.answer = []        # (control, table, key function, amount, currency, label function)
        self.origin = ""        # the family whose documents are being added; empty: planted_*.py and noise.py
        self.chance = None      # the family's own
        self.clocks, self.counts, self.sizes, self.kept = {}, {}, {}, {}
        self.before_costs, self.after_derivation, self.before_numbers = Stage(self), Stage(self), Stage(self)
        self.credits, self.price_lists, self.price_plans = master.credits(), master.price_lists(), master.PRICE_PLANS
        self.credit_events, self.payment_plans = [], []
        self.terms = {}
        for credit in self.credits:
            self.terms.setdefault(credit.customer, credit.terms)

    # --- helpers -----------------------------------------------------------------------------------

    def add(self, kind, when, **facts):
        doc = Doc(kind, when, **facts)
        source = facts.get("delivery") or facts.get("invoice") or facts.get("receivable")
        doc.origin = self.origin or (source.origin if source else "")
        self.docs.append(doc)
        self.sizes[doc.origin] = self.sizes.get(doc.origin, 0) + 1
        return doc

    def of(self, kind):
        return [doc for doc in self.docs if doc.kind == kind]

    def clock(self, when, hour, origin=None):
        """A time of that day, later at each call for the same day, hour and family."""
        key = when, hour, self.origin if origin is None else origin
        count = self.clocks[key] = self.clocks.get(key, -1) + 1
        minute, second = count * 2 % 60, count * 7 % 60
        return f"{when.isoformat()} {hour + count * 2 // 60:02d}:{minute:02d}:{second:02d}"

    def plant(self, control, table, key, amount, *, currency="CNY", label=None):
        """An exception that `control` must report. `key` is a function: documents have no number yet."""
        amount = None if amount is None else D(amount)
        self.answer.append((control, table, key, amount, currency if amount is not None else "", label))

    # --- what a family has of its own --------------------------------------------------------------

    def new_customer(self, name, *, grade="B", region="R1", salesperson="E07", company=master.MAIN, rating="AA",
                     limit=1800000, terms=60, mode="credit"):
        """A customer whose credit nobody else uses; its id. A `limit` of None: without any credit data."""
        id = "C" + self.free_number("customer")
        master.enrol_customer((id, name, grade, region, salesperson), company)
        self.terms[id] = terms
        if limit is not None:
            self.credits.append(master.Credit(id, rating, limit, terms, mode=mode))
        return id

    def new_product(self, name, model, price, cost, *, unit="套", abc_class="B"):
        """A product that no other family sells, on the lists since July, valued at moving average; its id."""
        id = "P" + self.free_number("product")
        master.enrol_product((id, name, model, unit, abc_class, str(cost), "moving_average"), D(price))
        for prices in self.price_lists:
            if prices.id in ("PL2607", "PL2610"):
                prices.lines.append((id, None, None, None, str(price)))
        return id

    def free_number(self, kind):
        """Twenty numbers for each family, so that one family's do not move another's."""
        used = self.counts[kind, self.origin] = self.counts.get((kind, self.origin), -1) + 1
        assert used < 20, (self.origin, kind)
        return str(100 + 20 * self.place + used)

    def keep(self, name, doc):
        """Keeps a document under a name, for the `complete` and `plant` of the same family; returns it."""
        self.kept[self.origin, name] = doc
        return doc

    # --- before the order --------------------------------------------------------------------------

    def lines(self, customer, when, items):
        for no, item in enumerate(items, 1):
            item.prepare(no, customer, when)
        return items

    def quote(self, customer, when, items, **facts):
        when = day(when)
        return self.add("quotation", when, customer=customer, lines=self.lines(customer, when, items), **facts)

    def contract(self, customer, signed, items, *, approved=True, **facts):
        """A contract, approved two days before it was signed; `signed` None makes a draft."""
        when = day(signed) if signed else day("10-20")
        facts.setdefault("terms", None)
        facts.setdefault("trigger", "sign_off")
        facts.setdefault("status", "executing" if signed else "draft")
        contract = self.add("contract", when, customer=customer, signed=bool(signed),
                            lines=self.lines(customer, when, items), changes=[], **facts)
        contract.amount = sum(item.amounts()[2] for item in items)
        if approved and signed:
            self.approve_contract(contract, after(when, -2))
        return contract

    def approve_contract(self, contract, when, round_no=1):
        self.approval(contract, "contract_approval", "sales_manager", "E04", self.clock(when, 10),
                      amount=contract.amount, round_no=round_no)
        if contract.amount >= 300000:
            self.approval(contract, "contract_approval", "general_manager", "E01", self.clock(when, 15),
                          step=2, amount=contract.amount, round_no=round_no)

    # --- approvals ---------------------------------------------------------------------------------

    def approval(self, target, kind, role, who, decided, *, line=None, step=1, decision="approve", opinion="同意",
                 amount=None, value=None, round_no=1, requested=None):
        """A decision about a document, or about one of its lines."""
        if amount is None:
            amount = getattr(target, "amount", None)
        return self.add("approval", day(decided[:10]), target=target, line=line, approval_kind=kind, role=role,
                        who=who, decided=decided, step=step, decision=decision, opinion=opinion,
                        amount=amount, value=value, round_no=round_no,
                        requested=requested or decided[:10] + " 08:30:00")

    def special_price(self, target, decided, *, line=None, who="E01", role="general_manager", value=None, **more):
        """`decided` is a day, or a day with a time."""
        if len(decided) <= 10:
            decided = self.clock(day(decided), 9)
        return self.approval(target, "special_price", role, who, decided, line=line, value=value,
                             opinion="同意按特价执行", **more)

    # --- orders ------------------------------------------------------------------------------------

    def order(self, customer, when, items, *, contract=None, quotation=None, mode="credit", status="approved",
              approved=None, terms=None, channel=None, approve=True):
        """An order, submitted in the morning and approved at noon of its day, or of the day `approved`."""
        when = day(when)
        company = master.COMPANY_OF.get(customer, master.MAIN)
        order = self.add("sales_order", when, customer=customer, contract=contract, quotation=quotation,
                         lines=self.lines(customer, when, items), mode=mode, status=status, company=company,
                         terms=terms, changes=[], deliveries=[], rejection_note=None,
                         channel=channel or ("contract" if contract else "phone"))
        order.currency = master.CURRENCY[company]
        order.amount = sum(item.amounts()[2] for item in items)
        order.submitted = self.clock(when, 9) if status != "draft" else None
        order.approved_at = order.approved_by = None
        if approve and status in ("approved", "closed", "cancelled"):
            self.approve_order(order, day(approved) if approved else when)
        return order

    def approve_order(self, order, when, *, round_no=1, hour=13, who=None):
        decided = self.clock(when, hour)
        who = who or ("U104" if self.sizes[self.origin] % 3 == 0 else "E04")
        self.approval(order, "order_approval", "sales_manager", who, decided, amount=order.amount,
                      round_no=round_no, requested=order.submitted)
        if order.amount >= 500000:
            decided, who = self.clock(when, hour + 2), "E03"
            self.approval(order, "order_approval", "marketing_vp", who, decided, step=2, amount=order.amount,
                          round_no=round_no, requested=order.submitted)
        order.approved_at, order.approved_by = decided, who

    def change(self, order, at, field, old, new, *, line=None, who="U113"):
        return self.add("order_change", day(at[:10]), order=order, at=at, field=field, old=str(old),
                        new=str(new), line=line, who=who)

    def contract_change(self, contract, at, field, old, new, nature, *, amount=None, effective=None, line=None):
        return self.add("contract_change", day(at[:10]), contract=contract, at=at, field=field, old=str(old),
                        new=str(new), nature=nature, amount=amount and D(amount), effective=effective,
                        line=line)

    # --- deliveries --------------------------------------------------------------------------------

    def deliver(self, order, when, picks=None, *, signed="+2", status="posted", kind="delivery", source=None,
                by_line=False):
        """Delivers {line: quantity} of an order (all of it by default).

        `signed` is '+days', a day, None for not signed, or [(day, {line: quantity}), ...] for a delivery
        that the customer signed in parts.
        """
        when = day(when)
        picks = picks or {item.no: item.quantity for item in order.lines if item.kind != "service"}
        delivery = self.add("delivery", when, order=order, status=status, delivery_kind=kind, source=source,
                            picks=[], confirmations=[], revenue_plan=None)
        for no, quantity in picks.items():
            delivery.picks.append((order.lines[no - 1], D(quantity)))
        order.deliveries.append(delivery)
        if signed is None or kind == "return":
            return delivery
        if isinstance(signed, list):
            parts = [(day(on), {n: D(q) for n, q in part.items()}) for on, part in signed]
        else:
            on = after(when, int(signed)) if signed[0] == "+" else day(signed)
            parts = [(on, {n: q for n, (_, q) in enumerate(delivery.picks, 1)})]
        for on, part in parts:
            if by_line or isinstance(signed, list):
                for no, quantity in part.items():
                    self.add("delivery_confirmation", on, delivery=delivery, quantity=quantity, line=no)
            else:
                self.add("delivery_confirmation", on, delivery=delivery, quantity=sum(part.values()),
                         line=None)
            delivery.confirmations.append(on)
        return delivery

    def take_back(self, delivery, when, picks):
        """A return: {delivery line: quantity}, negative from here on."""
        by_line = {delivery.picks[n - 1][0].no: -D(q) for n, q in picks.items()}
        return self.deliver(delivery.order, when, by_line, kind="return", source=delivery, signed=None)

    def trigger(self, delivery):
        """The day on which its revenue is earned; None while it is not."""
        contract = delivery.order.contract
        rule = contract.trigger if contract else "sign_off"
        if delivery.delivery_kind == "return" or rule == "issue":
            return delivery.day
        if rule == "acceptance":
            return getattr(delivery, "accepted", None)
        return max(delivery.confirmations) if delivery.confirmations else None

    # --- invoices and money ------------------------------------------------------------------------

    def bill(self, when, deliveries, *, picks=None, services=(), post=True, status="posted", red_of=None,
             cash=False, amount=None, sign=None):
        """An invoice over deliveries; `picks` {delivery line: quantity} limits it to parts of a single one.

        Posts the receivable, unless it is settled in cash, void, or `post` is false; `amount` posts another
        amount than the invoice's.
        """
        when = day(when)
        deliveries = deliveries if isinstance(deliveries, list) else [deliveries]
        order = deliveries[0].order
        invoice = self.add("invoice", when, order=order, status=status, red_of=red_of, cash=cash, parts=[],
                           sign=sign or ("red" if red_of else "blue"), customer=order.customer)
        for delivery in deliveries:
            for no, (item, quantity) in enumerate(delivery.picks, 1):
                if item.kind in ("gift", "sample") or (picks and no not in picks):
                    continue
                quantity = D(picks[no]) if picks else quantity
                invoice.parts.append((delivery, no, item, quantity))
        for no in services:
            item = order.lines[no - 1]
            invoice.parts.append((None, None, item, item.quantity))
        invoice.receivable = None
        if cash or not post:
            return invoice
        total = amount if amount is not None else self.gross(invoice)
        invoice.receivable = self.receivable(order.customer, when, total, invoice=invoice, status=status)
        return invoice

    def gross(self, invoice):
        return sum(item.amounts(quantity)[2] for _, _, item, quantity in invoice.parts)

    def receivable(self, customer, when, amount, *, invoice=None, kind="invoice", due=None, status="posted"):
        terms = self.terms.get(customer, 30)
        when = day(when) if isinstance(when, str) else when
        return self.add("receivable_entry", when, customer=customer, amount=D(amount), invoice=invoice,
                        receivable_kind=kind, due=day(due) if due else after(when, terms or 30),
                        status=status, company=master.COMPANY_OF.get(customer, master.MAIN))

    def opening(self, customer, posted, due, amount):
        """An item open at the start of the month whose papers are not in the data."""
        return self.receivable(customer, posted, amount, kind="opening", due=due)

    def receive(self, customer, when, amount, *, kind="payment", contract=None, method="bank", applied=(),
                credit=None, bill_due=None, status="posted"):
        """Money; `applied` [(receivable, amount, day or None)]; `credit` overrides the account credited."""
        when = day(when)
        receipt = self.add("receipt", when, customer=customer, amount=D(amount), receipt_kind=kind,
                           contract=contract, method=method, credit=credit, bill_due=bill_due,
                           status=status, company=master.COMPANY_OF.get(customer, master.MAIN))
        for entry, part, *on in applied:
            self.add("receipt_application", day(on[0]) if on and on[0] else when, receipt=receipt,
                     receivable=entry, amount=D(part))
        return receipt

    def pay(self, entry, when, *, amount=None, method="bank", bill_due=None):
        """A payment applied to one receivable."""
        amount = entry.amount if amount is None else D(amount)
        return self.receive(entry.customer, when, amount, applied=[(entry, amount)], method=method,
                            bill_due=bill_due)

    def net(self, customer, when, amount, contract=None):
        return self.add("netting_entry", day(when), customer=customer, amount=D(amount), contract=contract,
                        company=master.COMPANY_OF.get(customer, master.MAIN))

    # --- numbering ---------------------------------------------------------------------------------

    PREFIX = {"sales_order": "SO", "contract": "HT", "quotation": "QT", "delivery": "DN", "invoice": "IV",
              "receivable_entry": "AR", "receipt": "RC", "receipt_application": "HX", "netting_entry": "NT",
              "approval": "SP", "order_change": "OC", "contract_change": "CC", "delivery_confirmation": "QS",
              "write_off": "WO", "revenue_entry": "RV", "cost_entry": "CE", "voucher": "PZ",
              "concession": "YH", "installation": "AZ", "goods_receipt": "GR", "stock_movement": "SM"}

    def number(self):
        """Gives every document that has none its number: prefix, month, count in order of days."""
        ranks = {}
        for _, doc in sorted(enumerate(self.docs), key=lambda pair: (pair[1].day, pair[0])):
            rank = ranks[doc.kind, month(doc.day), doc.origin] = ranks.get((doc.kind, month(doc.day), doc.origin), 0) + 1
            doc.rank = rank  # among those of its family: what hangs on it does not change with other families
            if doc.id is None:
                doc.id = self.next_number(self.PREFIX[doc.kind], doc.day)

    def next_number(self, prefix, when):
        stem = prefix + when.strftime("%y%m")
        self.counts[stem] = self.counts.get(stem, 0) + 1
        return f"{stem}-{self.counts[stem]:03d}"


__all__ = ["Books", "Doc", "Item", "month"]
