-- SPDX-License-Identifier: MIT
-- Contracts. Of those that were signed: not drafts, under review or void.

-- CON-01: signed by neither the general manager nor a delegate in force, up to the amount; 000B III-1.1
SELECT contract_id AS key, '' AS label, CASE WHEN best IS NULL THEN amount ELSE amount - best END AS amount
  FROM (SELECT c.*, (SELECT max(converted(d.amount_limit, d.currency, c.signed_on)) FROM delegation d
                      WHERE person(d.grantee_id) = person(c.signed_by) AND holds(d.grantor_id, '{general_manager}', c.signed_on)
                        AND d.doc_kind = 'contract' AND c.signed_on BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')) AS best,
               (SELECT bool_or(d.amount_limit IS NULL) FROM delegation d
                 WHERE person(d.grantee_id) = person(c.signed_by) AND holds(d.grantor_id, '{general_manager}', c.signed_on)
                   AND d.doc_kind = 'contract' AND c.signed_on BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')) AS unlimited
          FROM contract c) c
 WHERE in_period(signed_on) AND signed(status) AND NOT holds(signed_by, '{general_manager}', signed_on)
   AND NOT coalesce(unlimited, false) AND (best IS NULL OR best < converted(amount, currency, signed_on));

-- CON-03: key customer or major contract without marketing, finance and a leader in its negotiations (without any: CON-04); 000B III-1.2
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c JOIN customer k USING (customer_id)
 WHERE in_period(c.signed_on) AND signed(c.status) AND (k.is_key OR c.is_major)
   AND EXISTS (SELECT FROM negotiation n WHERE n.contract_id = c.contract_id AND n.held_on <= c.signed_on)
   AND (NOT took_part(c.contract_id, c.signed_on, '{marketing_head}') OR NOT took_part(c.contract_id, c.signed_on, '{finance_head}')
        OR NOT took_part(c.contract_id, c.signed_on, '{company_leader,general_manager}'));

-- CON-04: no commercial negotiation by the day of signing; no technical one where a product needs a technical agreement; 000B III-1.2
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c
 WHERE in_period(c.signed_on) AND signed(c.status)
   AND (NOT EXISTS (SELECT FROM negotiation n WHERE n.contract_id = c.contract_id AND n.kind = 'commercial' AND n.held_on <= c.signed_on)
        OR (EXISTS (SELECT FROM contract_line l JOIN product p USING (product_id) WHERE l.contract_id = c.contract_id AND p.needs_technical_agreement)
            AND NOT EXISTS (SELECT FROM negotiation n WHERE n.contract_id = c.contract_id AND n.kind = 'technical' AND n.held_on <= c.signed_on)));

-- CON-05: not passed by each department by the day it took effect; 003-4.5
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c
 WHERE in_period(c.signed_on) AND signed(c.status)
   AND EXISTS (SELECT FROM unnest('{sales,technical,production,finance,quality}'::text[]) AS department
                WHERE coalesce((SELECT r.decision FROM contract_review r JOIN org_unit u USING (org_unit_id)
                                 WHERE r.contract_id = c.contract_id AND u.kind = department
                                   AND r.reviewed_at::date <= least(c.effective_on, (SELECT min(d.delivery_date) FROM delivery d WHERE d.contract_id = c.contract_id AND live(d.status) AND d.kind = 'delivery'))
                                 ORDER BY r.reviewed_at DESC LIMIT 1), 'none') <> 'pass');

-- CON-06: the passes of a reviewed contract leave out technical terms, price or delivery, or have no opinion; 003-4.5
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c
 WHERE in_period(c.signed_on) AND signed(c.status) AND EXISTS (SELECT FROM contract_review r WHERE r.contract_id = c.contract_id)
   AND EXISTS (SELECT FROM unnest('{technical,price,delivery}'::text[]) AS wanted
                WHERE NOT EXISTS (SELECT FROM contract_review r WHERE r.contract_id = c.contract_id AND r.aspect = wanted AND r.decision = 'pass' AND r.opinion IS NOT NULL));

-- CON-07: another form than the company's without an approval by the day of signing; 003-4.4
SELECT contract_id AS key, '' AS label, amount
  FROM contract
 WHERE in_period(signed_on) AND signed(status) AND template <> 'standard'
   AND NOT approved('contract', contract_id, 'non_standard_template', '{}', signed_on + time '23:59:59');

-- CON-08: a signed contract lacks a required item or has no line; 003-4.4
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c
 WHERE in_period(c.signed_on) AND signed(c.status)
   AND (c.contract_no IS NULL OR c.customer_id IS NULL OR c.amount IS NULL OR (c.delivery_due_on IS NULL AND c.delivery_days IS NULL)
        OR (c.payment_terms IS NULL AND c.payment_terms_days IS NULL) OR (c.ship_to_address IS NULL AND c.ship_to_id IS NULL) OR c.quality_terms IS NULL
        OR c.liability_terms IS NULL OR NOT EXISTS (SELECT FROM contract_line l WHERE l.contract_id = c.contract_id));

-- CON-09: a product that needs it and no technical agreement signed by the same day; 003-3, 003-4.2
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c
 WHERE in_period(c.signed_on) AND signed(c.status)
   AND EXISTS (SELECT FROM contract_line l JOIN product p USING (product_id) WHERE l.contract_id = c.contract_id AND p.needs_technical_agreement)
   AND NOT EXISTS (SELECT FROM technical_agreement t WHERE t.contract_id = c.contract_id AND t.signed_on <= c.signed_on);

-- CON-10: technical agreement without commercial terms or statement of work, or by the wrong author; 003-II.3.1
SELECT t.agreement_id AS key, '' AS label, c.amount
  FROM technical_agreement t LEFT JOIN contract c USING (contract_id)
 WHERE in_period(t.signed_on)
   AND (NOT t.has_commercial_terms OR NOT t.has_statement_of_work OR NOT holds(t.commercial_by, '{salesperson}', t.signed_on)
        OR NOT EXISTS (SELECT FROM role_assignment r JOIN org_unit u USING (org_unit_id)
                        WHERE r.employee_id = person(t.technical_by) AND u.kind = 'technical' AND t.signed_on BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity')
                       UNION ALL SELECT FROM employee e JOIN org_unit u USING (org_unit_id) WHERE e.employee_id = person(t.technical_by) AND u.kind = 'technical'));

-- CON-13: the result of the last commercial negotiation not confirmed with the customer by the day of signing; 002i 4.4
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c CROSS JOIN LATERAL (SELECT n.result_confirmed_at, n.held_on FROM negotiation n WHERE n.contract_id = c.contract_id AND n.kind = 'commercial' AND n.held_on <= c.signed_on
                                       ORDER BY n.held_on DESC LIMIT 1) AS last
 WHERE in_period(c.signed_on) AND signed(c.status) AND (last.result_confirmed_at IS NULL OR last.result_confirmed_at::date > c.signed_on OR last.result_confirmed_at::date < last.held_on);

-- CON-14: amounts that do not add up: lines, their sum, the plan, its percentages; catalogue CON-14; rounding 0.01 a line, the contract is gross
SELECT c.contract_id AS key, fault AS label, difference AS amount
  FROM contract c CROSS JOIN LATERAL (
       SELECT 'line ' || l.line_no AS fault, abs(l.quantity * l.unit_price - l.discount_amount - l.amount) AS difference, 1 AS parts
         FROM contract_line l WHERE l.contract_id = c.contract_id
       UNION ALL SELECT 'lines', abs(sum(l.gross_amount) - c.amount), count(*) FROM contract_line l WHERE l.contract_id = c.contract_id HAVING count(*) > 0
       UNION ALL SELECT 'payment plan', abs(sum(p.amount) - c.amount), count(*) FROM payment_plan p WHERE p.contract_id = c.contract_id HAVING count(*) > 0
       UNION ALL SELECT 'percentages', NULL, NULL FROM payment_plan p WHERE p.contract_id = c.contract_id HAVING sum(p.pct) <> 100 AND sum(p.amount) = c.amount) AS faults
 WHERE in_period(c.signed_on) AND signed(c.status) AND (difference IS NULL OR difference > 0.01 * parts);

-- CON-16: signed without a payment plan whose rows state date and amount; prepaying customers: a row before shipment; 002m III-1, 003-4.6
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c
 WHERE in_period(c.signed_on) AND signed(c.status)
   AND (NOT EXISTS (SELECT FROM payment_plan p WHERE p.contract_id = c.contract_id)
        OR EXISTS (SELECT FROM payment_plan p WHERE p.contract_id = c.contract_id AND (p.due_on IS NULL OR (p.amount IS NULL AND p.pct IS NULL)))
        OR (EXISTS (SELECT FROM customer_credit k WHERE k.customer_id = c.customer_id AND k.trade_mode = 'prepay' AND c.signed_on BETWEEN k.valid_from AND coalesce(k.valid_to, 'infinity'))
            AND NOT EXISTS (SELECT FROM payment_plan p WHERE p.contract_id = c.contract_id AND p.milestone IN ('deposit', 'advance', 'before_shipment'))));

-- CON-02: a step that the matrix asks for at this amount was not approved, or does not stand, by the day of signing; 000B III-1.1
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c
 WHERE in_period(c.signed_on) AND signed(c.status)
   AND EXISTS (SELECT FROM approval_rule r
                WHERE r.doc_kind = 'contract' AND r.approval_kind = 'contract_approval' AND r.amount_from <= converted(c.amount, c.currency, c.signed_on)
                  AND NOT EXISTS (SELECT FROM approval a WHERE a.doc_kind = 'contract' AND a.doc_id = c.contract_id AND a.approval_kind = 'contract_approval' AND a.decision = 'approve'
                                     AND a.role = r.role AND a.decided_at::date <= c.signed_on));

-- CON-12: not confirmed by the sales manager, a leader or a delegate of theirs by its first execution, or a deviation open when it was signed; 004-3.4, 3.5
SELECT c.contract_id AS key, '' AS label, c.amount
  FROM contract c, LATERAL (SELECT min(d.delivery_date) AS at FROM delivery d WHERE d.contract_id = c.contract_id AND live(d.status) AND d.kind = 'delivery') AS first
 WHERE in_period(c.signed_on) AND signed(c.status)
   AND (c.confirmed_at IS NULL OR c.confirmed_at::date > first.at
        OR NOT (holds(c.confirmed_by, '{sales_manager,company_leader,general_manager}', c.confirmed_at::date)
                OR EXISTS (SELECT FROM delegation d WHERE person(d.grantee_id) = person(c.confirmed_by) AND d.doc_kind = 'contract'
                              AND holds(d.grantor_id, '{sales_manager,company_leader,general_manager}', c.confirmed_at::date)
                              AND c.confirmed_at::date BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')
                              AND coalesce(d.amount_limit, 'infinity') >= converted(c.amount, c.currency, c.confirmed_at::date))));

-- CON-15: due, being carried out, and delivered less returns under what was contracted; an order line that names no contract line
-- is of the only one of its product; 000J 5, 000B II-2.4
SELECT c.contract_id AS key, '' AS label, sum(least(open.quantity, l.quantity) * l.net_amount / l.quantity) AS amount
  FROM contract c JOIN contract_line l USING (contract_id), setting s,
       LATERAL (SELECT l.quantity - coalesce(sum(x.quantity), 0) AS quantity FROM delivery_line x JOIN delivery d USING (delivery_id)
                  JOIN sales_order_line o ON o.order_id = x.order_id AND o.line_no = x.order_line_no JOIN sales_order h ON h.order_id = o.order_id
                 WHERE h.contract_id = c.contract_id AND live(d.status)
                   AND l.line_no = coalesce(o.contract_line_no, (SELECT min(k.line_no) FROM contract_line k WHERE k.contract_id = c.contract_id AND k.product_id = o.product_id HAVING count(*) = 1))) AS open
 WHERE c.status IN ('signed', 'executing') AND c.signed_on <= s.as_of AND c.delivery_due_on < s.as_of AND open.quantity > 0
 GROUP BY 1;
