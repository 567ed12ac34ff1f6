-- SPDX-License-Identifier: MIT
-- Orders. Drafts and dead orders are not applicable; what is submitted is tested by what tests its entry.

-- ORD-01: a key field is missing: 000C 3; a line without a model has its product's, without a date its order's
SELECT o.order_id AS key, '' AS label, o.amount
  FROM sales_order o LEFT JOIN customer c USING (customer_id)
 WHERE in_period(o.order_date) AND entered(o.status)
   AND (o.customer_id IS NULL OR c.name IS NULL OR c.address IS NULL OR o.amount IS NULL
        OR EXISTS (SELECT FROM sales_order_line l LEFT JOIN product p USING (product_id) WHERE l.order_id = o.order_id
                      AND (l.product_id IS NULL OR p.name IS NULL OR coalesce(l.model, p.model) IS NULL OR l.quantity IS NULL OR l.unit_price IS NULL
                           OR coalesce(l.delivery_due_on, o.delivery_due_on) IS NULL)));

-- ORD-02: quantity × price is not the line's amount, the lines are not the order's: catalogue ORD-02; 0.01 for a line; the order is gross
SELECT l.order_id AS key, l.line_no::text AS label, abs(l.quantity * l.unit_price - l.discount_amount - l.amount) AS amount
  FROM sales_order_line l JOIN sales_order o USING (order_id)
 WHERE in_period(o.order_date) AND entered(o.status) AND abs(l.quantity * l.unit_price - l.discount_amount - l.amount) > 0.01
UNION ALL
SELECT o.order_id, 'total', abs(o.amount - t.gross)
  FROM sales_order o JOIN (SELECT order_id, sum(gross_amount) AS gross, count(*) AS lines FROM sales_order_line GROUP BY 1) t USING (order_id)
 WHERE in_period(o.order_date) AND entered(o.status) AND abs(o.amount - t.gross) > 0.01 * t.lines;

-- ORD-03: no contract, and no confirmation of the sales manager or a leader before it was first carried out; 004-3
SELECT o.order_id AS key, '' AS label, o.amount
  FROM sales_order o,
       LATERAL (SELECT least((SELECT min(requested_at) FROM delivery_request r WHERE r.order_id = o.order_id),
                             (SELECT min(delivery_date) + time '23:59:59' FROM delivery d WHERE d.order_id = o.order_id AND live(d.status) AND d.kind = 'delivery')) AS at) AS first
 WHERE in_period(o.order_date) AND entered(o.status) AND o.contract_id IS NULL AND first.at IS NOT NULL
   AND NOT approved('sales_order', o.order_id, 'order_approval', '{sales_manager,company_leader,general_manager}', first.at);

-- ORD-06: approved or first delivered before the contract was signed; 002e 6
SELECT o.order_id AS key, '' AS label, o.amount
  FROM sales_order o JOIN contract c USING (contract_id)
 WHERE in_period(o.order_date) AND live(o.status)
   AND (o.approved_at::date < c.signed_on
        OR (SELECT min(d.delivery_date) FROM delivery d WHERE d.order_id = o.order_id AND live(d.status) AND d.kind = 'delivery') < c.signed_on);

-- ORD-07: the same product, quantity, price and date of delivery in an earlier order of seven days; the later one is reported; 000C 3
SELECT o.order_id AS key, '' AS label, sum(l.gross_amount) AS amount
  FROM sales_order o JOIN sales_order_line l USING (order_id)
 WHERE in_period(o.order_date) AND entered(o.status) AND l.line_kind = 'normal'
   AND EXISTS (SELECT FROM sales_order b JOIN sales_order_line m USING (order_id)
                WHERE b.customer_id = o.customer_id AND entered(b.status) AND b.order_id <> o.order_id AND (b.order_date, b.order_id) < (o.order_date, o.order_id) AND o.order_date - b.order_date <= 7
                  AND m.product_id = l.product_id AND m.quantity = l.quantity AND m.unit_price = l.unit_price AND b.currency = o.currency AND m.line_kind = 'normal'
                  AND coalesce(m.delivery_due_on, b.delivery_due_on) IS NOT DISTINCT FROM coalesce(l.delivery_due_on, o.delivery_due_on))
 GROUP BY 1;

-- ORD-08: approved more than seven days ago and nothing done, not even a delivery drafted; nothing is expected over 30 days before delivery is due; 000C 5
SELECT o.order_id AS key, '' AS label, (SELECT sum(net_amount / quantity * (quantity - cancelled_quantity)) FROM sales_order_line l WHERE l.order_id = o.order_id) AS amount
  FROM sales_order o, setting s
 WHERE o.status = 'approved' AND approved_last('sales_order', o.order_id, '{order_approval,change}', o.approved_at)::date + 7 < s.as_of
   AND NOT EXISTS (SELECT FROM delivery_request r WHERE r.order_id = o.order_id) AND NOT EXISTS (SELECT FROM delivery d WHERE d.order_id = o.order_id AND NOT dead(d.status))
   AND NOT EXISTS (SELECT FROM invoice i WHERE i.order_id = o.order_id AND live(i.status));
