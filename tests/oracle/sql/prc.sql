-- SPDX-License-Identifier: MIT
-- Prices. Only lines of kind normal; drafts and dead orders are not applicable. The lists are net, in
-- the order's currency (one tax basis, unit and currency). Lines under a signed
-- contract are judged by the contract's lines on the day of signing.

-- PRC-01: under the floor price in force without a special price of the general manager or a company leader by the order's approval; 000B III-1.3.1
SELECT l.order_id || '/' || l.line_no AS key, '' AS label, (q.floor_price - l.price) * l.quantity AS amount
  FROM listed_line l JOIN price_list_line q USING (price_list_id, product_id)
 WHERE in_period(l.order_date) AND l.price < q.floor_price
   AND NOT approved('sales_order', l.order_id, 'special_price', '{general_manager,company_leader}', l.approved_at)
UNION ALL
SELECT l.contract_id || '/' || l.line_no, '', (q.floor_price - l.unit_price) * l.quantity
  FROM contract_line l JOIN contract c USING (contract_id) JOIN price_list p ON p.currency = c.currency AND c.signed_on BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity')
  JOIN price_list_line q ON q.price_list_id = p.price_list_id AND q.product_id = l.product_id
 WHERE in_period(c.signed_on) AND signed(c.status) AND p.approved_at::date <= c.signed_on AND l.unit_price < q.floor_price
UNION ALL
SELECT l.quotation_id || '/' || l.line_no, '', (q.floor_price - l.unit_price) * l.quantity
  FROM quotation_line l JOIN quotation c USING (quotation_id) JOIN price_list p ON p.currency = c.currency AND c.quoted_on BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity')
  JOIN price_list_line q ON q.price_list_id = p.price_list_id AND q.product_id = l.product_id
 WHERE in_period(c.quoted_on) AND p.approved_at::date <= c.quoted_on AND l.unit_price < q.floor_price;

-- PRC-02: no approved price in force on the order date, approved before the order; 000B III-1.3.1
SELECT order_id || '/' || line_no AS key, '' AS label, amount
  FROM priced_line l
 WHERE in_period(order_date) AND live(status) AND approved_at IS NOT NULL AND line_kind = 'normal' AND NOT contracted
   AND NOT EXISTS (SELECT FROM listed_line k WHERE k.order_id = l.order_id AND k.line_no = l.line_no);

-- PRC-03: a list in force in the period without base data, or approved after its first day, or by its proposer or without the
-- role; 000B III-1.3.1; the first fault carries the lines it prices, the others nothing more
SELECT p.price_list_id AS key, fault AS label, CASE WHEN number > min(number) OVER (PARTITION BY p.price_list_id) THEN 0 ELSE coalesce(
       (SELECT sum(l.amount) FROM priced_line l JOIN price_list_line q ON q.price_list_id = p.price_list_id AND q.product_id = l.product_id
         WHERE l.currency = p.currency AND in_period(l.order_date) AND l.order_date BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity') AND live(l.status) AND l.line_kind = 'normal'
           AND (p.approved_at <= coalesce(l.approved_at, 'infinity') -- else another list may have priced it
                OR NOT EXISTS (SELECT FROM price_list o JOIN price_list_line r USING (price_list_id)
                                WHERE o.price_list_id <> p.price_list_id AND r.product_id = l.product_id AND o.currency = l.currency
                                  AND l.order_date BETWEEN o.valid_from AND coalesce(o.valid_to, 'infinity') AND o.approved_at <= coalesce(l.approved_at, 'infinity')))), 0) END AS amount
  FROM price_list p CROSS JOIN LATERAL (
       SELECT 1 AS number, 'base_data' AS fault WHERE p.base_data_ref IS NULL
       UNION ALL SELECT 2, 'production_input' WHERE p.production_input_at IS NULL OR p.production_input_at > p.approved_at
       UNION ALL SELECT 3, 'market_input' WHERE p.market_input_at IS NULL OR p.market_input_at > p.approved_at
       UNION ALL SELECT 4, 'approval' WHERE p.approved_at IS NULL OR p.approved_at::date > p.valid_from
       UNION ALL SELECT 5, 'own_proposal' WHERE person(p.approved_by) = person(p.proposed_by)
       UNION ALL SELECT 6, 'role' WHERE NOT holds(p.approved_by, '{general_manager,company_leader}', p.approved_at::date)) AS faults,
       setting s
 WHERE p.valid_from <= s.last AND coalesce(p.valid_to, 'infinity') >= s.first;

-- PRC-05: above the ceiling price in force for the customer's grade and season; 001-I.2.7
SELECT l.order_id || '/' || l.line_no AS key, '' AS label, (l.price - q.ceiling_price) * l.quantity AS amount
  FROM listed_line l JOIN price_list_line q USING (price_list_id, product_id)
 WHERE in_period(l.order_date) AND l.price > q.ceiling_price;

-- PRC-06: net amount invoiced of a product by its quantity, under the planned average less 5 %; 001-I.2.7
SELECT product_id || '/' || period AS key, '' AS label, planned_average_price * quantity - net AS amount
  FROM price_plan p JOIN (SELECT l.product_id, sum(l.quantity) AS quantity, sum(round(converted(l.net_amount, i.currency, i.issued_on), 2)) AS net
                            FROM invoice_line l JOIN invoice i USING (invoice_id)
                           WHERE in_period(i.issued_on) AND live(i.status) AND l.line_kind = 'normal' GROUP BY 1) t USING (product_id)
 WHERE quantity > 0 AND net < planned_average_price * 0.95 * quantity;

-- PRC-09: net price under the product's cost without a special price; 000B II-2.1
SELECT l.order_id || '/' || l.line_no AS key, '' AS label, (p.standard_cost - converted(l.price, l.currency, l.order_date)) * l.quantity AS amount
  FROM priced_line l JOIN product p USING (product_id)
 WHERE in_period(l.order_date) AND live(l.status) AND l.line_kind = 'normal' AND NOT l.contracted AND converted(l.price, l.currency, l.order_date) < p.standard_cost
   AND NOT approved('sales_order', l.order_id, 'special_price', '{general_manager,company_leader}', l.approved_at)
UNION ALL
SELECT l.contract_id || '/' || l.line_no, '', (p.standard_cost - converted(l.unit_price, c.currency, c.signed_on)) * l.quantity
  FROM contract_line l JOIN contract c USING (contract_id) JOIN product p USING (product_id)
 WHERE in_period(c.signed_on) AND signed(c.status) AND converted(l.unit_price, c.currency, c.signed_on) < p.standard_cost;
