-- SPDX-License-Identifier: MIT
-- What the queries share: the settings of the month, people, working days, documents that count.

CREATE UNLOGGED TABLE setting (first date, last date, as_of date);
CREATE UNLOGGED TABLE day_off (day date);
CREATE UNLOGGED TABLE extra_workday (day date);

CREATE FUNCTION in_period(at date) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT at BETWEEN first AND last FROM setting $$;

CREATE FUNCTION works(at date) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM extra_workday WHERE day = at)
       OR (extract(isodow FROM at) < 6 AND NOT EXISTS (SELECT FROM day_off WHERE day = at)) $$;

-- The n-th working day after a day.
CREATE FUNCTION working_day_after(at date, n bigint) RETURNS date LANGUAGE sql STABLE AS
$$ SELECT day FROM (SELECT at + step AS day FROM generate_series(1, 60) AS step) AS days WHERE works(day) ORDER BY day OFFSET n - 1 LIMIT 1 $$;

-- Who an id stands for: a user's id for the employee; a system user is nobody.
CREATE FUNCTION person(id text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN u.is_system THEN NULL ELSE coalesce(u.employee_id, given.id) END
     FROM (SELECT id) AS given LEFT JOIN user_account u ON upper(u.user_id) = upper(given.id) $$;

CREATE FUNCTION holds(who text, roles text[], at date) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM role_assignment r WHERE r.employee_id = person(who) AND r.role = ANY (roles)
                     AND r.valid_from <= at AND (r.valid_to IS NULL OR at <= r.valid_to)) $$;

-- Somebody with the role or one of a higher rank.
CREATE FUNCTION ranks(who text, lowest text, at date) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM role_assignment r JOIN role_rank k USING (role) JOIN role_rank l ON l.role = lowest WHERE r.employee_id = person(who)
                     AND (r.role = lowest OR k.rank > l.rank) AND r.valid_from <= at AND (r.valid_to IS NULL OR at <= r.valid_to)) $$;

CREATE FUNCTION dead(status text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(status, '') IN ('void', 'cancelled', 'rejected') $$;

-- Neither dead nor a draft: it counts.
CREATE FUNCTION live(status text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(status, '') NOT IN ('void', 'cancelled', 'rejected', 'draft', 'submitted') $$;

-- Neither dead nor a draft, but perhaps waiting for its approval: what is tested before approval.
CREATE FUNCTION entered(status text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(status, '') NOT IN ('void', 'cancelled', 'rejected', 'draft') $$;

-- An amount in the company's currency, at the day's rate or the last one of the 31 days before.
CREATE FUNCTION converted(amount numeric, given text, at date) RETURNS numeric LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN given = 'CNY' THEN amount ELSE amount * (SELECT rate FROM exchange_rate
             WHERE currency = given AND rate_date BETWEEN at - 31 AND at ORDER BY rate_date DESC LIMIT 1) END $$;

-- Order lines with what they really cost per unit.
CREATE VIEW priced_line AS
SELECT o.customer_id, o.contract_id, o.order_date, o.status, o.approved_at, o.currency, o.salesperson_id, o.channel, l.*,
       (l.quantity * l.unit_price - l.discount_amount) / nullif(l.quantity, 0) AS price,
       EXISTS (SELECT FROM contract c WHERE c.contract_id = o.contract_id AND c.status IN ('signed', 'executing', 'closed')) AS contracted
  FROM sales_order_line l JOIN sales_order o USING (order_id);

-- Those of approved orders outside contracts whose price stands in a list of their currency, in force on the order date and approved
-- before the order was.
CREATE VIEW listed_line AS
SELECT p.price_list_id, l.*
  FROM priced_line l JOIN price_list p ON p.currency = l.currency AND l.order_date BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity')
       AND p.approved_at <= coalesce(l.approved_at, 'infinity')
  JOIN price_list_line q ON q.price_list_id = p.price_list_id AND q.product_id = l.product_id
 WHERE live(l.status) AND l.line_kind = 'normal' AND NOT l.contracted;

-- Two or more of the people named are one person.
CREATE FUNCTION repeats(VARIADIC people text[]) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM unnest(people) AS one WHERE person(one) IS NOT NULL GROUP BY person(one) HAVING count(*) > 1) $$;

-- A standing approval of a kind by the moment: approved and not taken back by then, by one of the roles where some are
-- named (whether the approver held it is APR-07's).
CREATE FUNCTION approved(kind_of text, id text, kind text, roles text[], by_then timestamp) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM approval a WHERE a.doc_kind = kind_of AND a.doc_id = id AND a.approval_kind = kind AND a.decision = 'approve'
                     AND a.decided_at <= coalesce(by_then, 'infinity') AND (roles = '{}' OR a.role = ANY (roles) OR holds(a.approver_id, roles, a.decided_at::date)) AND person(a.approver_id) IS NOT NULL
                     AND NOT EXISTS (SELECT FROM approval b WHERE b.doc_kind = a.doc_kind AND b.doc_id = a.doc_id AND b.approval_kind = a.approval_kind
                                        AND b.decision IN ('reject', 'withdraw', 'unapprove') AND b.decided_at BETWEEN a.decided_at AND coalesce(by_then, 'infinity')
                                        AND b.step_no <= a.step_no AND b.round_no <= a.round_no)) $$;

-- When a document was approved last, by the approvals that stand or, where it has no history of these kinds, by its header.
CREATE FUNCTION approved_last(kind_of text, id text, kinds text[], header timestamp) RETURNS timestamp LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN NOT EXISTS (SELECT FROM approval a WHERE a.doc_kind = kind_of AND a.doc_id = id AND a.approval_kind = ANY (kinds)) THEN header
          ELSE (SELECT max(a.decided_at) FROM approval a WHERE a.doc_kind = kind_of AND a.doc_id = id AND a.approval_kind = ANY (kinds) AND a.decision = 'approve' AND person(a.approver_id) IS NOT NULL
                   AND NOT EXISTS (SELECT FROM approval b WHERE b.doc_kind = a.doc_kind AND b.doc_id = a.doc_id AND b.approval_kind = a.approval_kind
                                      AND b.decision IN ('reject', 'withdraw', 'unapprove') AND b.decided_at >= a.decided_at AND b.step_no <= a.step_no AND b.round_no <= a.round_no)) END $$;

CREATE FUNCTION signed(status text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT status IN ('signed', 'executing', 'closed') $$;

-- Somebody with one of the roles took part in a negotiation of the contract held by the day.
CREATE FUNCTION took_part(contract text, by_then date, roles text[]) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM negotiation n JOIN negotiation_participant p USING (negotiation_id)
                   WHERE n.contract_id = contract AND n.held_on <= by_then AND p.role = ANY (roles)) $$;

CREATE VIEW voucher_face AS
SELECT voucher_id, array_agg(ROW(account, customer_id, debit, credit)::text ORDER BY account, customer_id, debit, credit) AS face, sum(debit) AS total
  FROM voucher_line GROUP BY 1;

-- Delivery lines with the day on which they were earned, as the contract says (issue: the goods left the warehouse; else the customer
-- signed), and the quantity. Without a slip the goods left on the day of delivery.
CREATE VIEW earned_line AS
SELECT l.delivery_id, l.line_no, l.order_line_no, l.line_kind, l.quantity, l.net_amount / l.quantity AS price,
       CASE WHEN c.revenue_trigger = 'issue' THEN coalesce(i.at, d.delivery_date) ELSE k.at END AS earned_on,
       least(l.quantity, CASE WHEN c.revenue_trigger = 'issue' THEN i.quantity ELSE k.quantity END) AS earned
  FROM delivery_line l JOIN delivery d USING (delivery_id) LEFT JOIN contract c ON c.contract_id = d.contract_id,
       LATERAL (SELECT max(h.issued_at)::date AS at, sum(x.quantity) AS quantity FROM stock_issue_line x JOIN stock_issue h USING (issue_id)
                 WHERE h.delivery_id = l.delivery_id AND x.delivery_line_no = l.line_no AND live(h.status)) AS i,
       LATERAL (SELECT max(signed_on) AS at, sum(k.quantity) AS quantity FROM delivery_confirmation k WHERE k.delivery_id = l.delivery_id AND k.delivery_line_no = l.line_no) AS k
 WHERE live(d.status) AND d.kind = 'delivery';
