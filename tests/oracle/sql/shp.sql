-- SPDX-License-Identifier: MIT
-- Shipments. Void deliveries and drafts are not applicable, returns are not shipments.

-- SHP-07: sent elsewhere than agreed in the contract, else the order, else the customer's address; 003-4.10
SELECT d.delivery_id AS key, '' AS label, (SELECT sum(net_amount) FROM delivery_line l WHERE l.delivery_id = d.delivery_id) AS amount
  FROM delivery d LEFT JOIN contract c USING (contract_id) LEFT JOIN sales_order o USING (order_id) LEFT JOIN customer k ON k.customer_id = d.customer_id
 WHERE in_period(d.delivery_date) AND live(d.status) AND d.kind = 'delivery' AND d.ship_to_address <> coalesce(c.ship_to_address, o.ship_to_address, k.address);

-- SHP-08: delivered so far of a line less returns, beyond what is ordered and not cancelled; 000B II-2.4; a rejected or draft order
-- has ordered nothing; each delivery reports its own part
SELECT delivery_id || '/' || line_no AS key, '' AS label, least(quantity, sofar - wanted) * price AS amount
  FROM (SELECT l.delivery_id, l.line_no, l.quantity, l.net_amount / l.quantity AS price, d.delivery_date, o.status,
               sum(l.quantity) OVER (PARTITION BY l.order_id, l.product_id ORDER BY d.delivery_date, l.delivery_id, l.line_no) AS sofar,
               CASE WHEN o.status IN ('rejected', 'draft') THEN 0
                    ELSE (SELECT sum(quantity - cancelled_quantity) FROM sales_order_line w WHERE w.order_id = l.order_id AND w.product_id = l.product_id) END AS wanted
          FROM delivery_line l JOIN delivery d USING (delivery_id) JOIN sales_order o ON o.order_id = l.order_id WHERE live(d.status)) t
 WHERE in_period(delivery_date) AND quantity > 0 AND sofar > wanted AND status <> 'cancelled';

-- SHP-09: not signed for within 15 days (open at the audit, or late in the period:); signed for another quantity by then; damaged
-- without a return (what was refused and came back is one); 003-4.12, 004-4.5
SELECT d.delivery_id AS key, fault AS label, f.amount
  FROM delivery d, setting s,
       LATERAL (SELECT min(signed_on) AS signed_on, sum(quantity) AS quantity, bool_and(condition_ok) AS fine FROM delivery_confirmation c WHERE c.delivery_id = d.delivery_id) AS c,
       LATERAL (SELECT sum(net_amount) AS net, sum(quantity) AS quantity FROM delivery_line l WHERE l.delivery_id = d.delivery_id) AS t,
       LATERAL (SELECT 'sign_off' AS fault, t.net AS amount WHERE CASE WHEN c.signed_on IS NULL THEN s.as_of > d.delivery_date + 15 ELSE c.signed_on > d.delivery_date + 15 AND in_period(c.signed_on) END
                UNION ALL SELECT 'quantity', (SELECT sum(abs(c.quantity - l.quantity) * l.net_amount / l.quantity) FROM delivery_line l JOIN delivery_confirmation c
                                                  ON c.delivery_id = l.delivery_id AND c.delivery_line_no = l.line_no WHERE l.delivery_id = d.delivery_id) WHERE c.quantity <> t.quantity AND s.as_of > d.delivery_date + 15 AND NOT EXISTS (SELECT FROM delivery b WHERE b.source_delivery_id = d.delivery_id AND live(b.status))
                                                  AND NOT EXISTS (SELECT FROM return_request r WHERE r.delivery_id = d.delivery_id AND NOT dead(r.status))
                UNION ALL SELECT 'condition', t.net WHERE NOT c.fine AND (in_period(d.delivery_date) OR in_period(c.signed_on)) AND NOT EXISTS (SELECT FROM return_request r WHERE r.delivery_id = d.delivery_id AND NOT dead(r.status))) AS f
 WHERE d.delivery_date <= s.as_of AND live(d.status) AND d.kind = 'delivery';

-- SHP-10: signed for (without a signature: delivered) after the date promised, or not yet delivered today; 000C 5
SELECT l.order_id || '/' || l.line_no AS key, '' AS label, least(late.quantity + open.quantity, l.quantity - l.cancelled_quantity) * l.price AS amount
  FROM priced_line l JOIN sales_order o USING (order_id), setting s,
       LATERAL (SELECT coalesce(l.delivery_due_on, o.delivery_due_on, (SELECT c.delivery_due_on FROM contract c WHERE c.contract_id = o.contract_id)) AS due) AS promise,
       LATERAL (SELECT x.quantity, coalesce((SELECT max(c.signed_on) FROM delivery_confirmation c WHERE c.delivery_id = x.delivery_id AND c.delivery_line_no = x.line_no), d.delivery_date) AS arrived
                  FROM delivery_line x JOIN delivery d USING (delivery_id) WHERE x.order_id = l.order_id AND x.order_line_no = l.line_no AND live(d.status) AND d.kind = 'delivery'
                 UNION ALL SELECT 0, NULL ORDER BY 1 DESC LIMIT 1) AS came,
       LATERAL (SELECT CASE WHEN came.arrived > promise.due AND came.arrived >= s.first AND promise.due <= s.last THEN came.quantity ELSE 0 END AS quantity) AS late,
       LATERAL (SELECT CASE WHEN promise.due < s.as_of AND l.status = 'approved' THEN greatest(0, l.quantity - l.cancelled_quantity - came.quantity) ELSE 0 END AS quantity) AS open
 WHERE live(o.status) AND o.approved_at IS NOT NULL AND o.order_date <= s.as_of AND l.line_kind = 'normal' AND late.quantity + open.quantity > 0;

-- SHP-01: slip without a request, or not requested, reviewed by the branch, by sales, written, issued in this order; 004-4.2, 4.3
SELECT i.issue_id AS key, '' AS label,
       (SELECT sum(l.quantity * d.net_amount / d.quantity) FROM stock_issue_line l JOIN delivery_line d ON d.delivery_id = i.delivery_id AND d.line_no = l.delivery_line_no WHERE l.issue_id = i.issue_id) AS amount
  FROM stock_issue i LEFT JOIN delivery_request r USING (request_id)
 WHERE in_period(i.prepared_at::date) AND live(i.status) AND i.sign = 'blue'
   AND (r.request_id IS NULL OR r.branch_reviewed_at IS NULL OR r.sales_reviewed_at IS NULL OR r.requested_at > r.branch_reviewed_at OR r.branch_reviewed_at > r.sales_reviewed_at
        OR r.sales_reviewed_at > i.prepared_at OR i.prepared_at > i.issued_at
        OR NOT (ranks(r.requested_by, 'salesperson', r.requested_at::date) OR holds(r.requested_by, '{sales_clerk}', r.requested_at::date))
        OR NOT ranks(r.branch_reviewed_by, 'branch_manager', r.branch_reviewed_at::date) OR NOT ranks(r.sales_reviewed_by, 'sales_manager', r.sales_reviewed_at::date));

-- SHP-05: delivered under a contract before what its plan asks for beforehand was received; 003-4.10; each shortfall once
SELECT d.delivery_id AS key, '' AS label, plan.amount - paid.amount AS amount
  FROM delivery d,
       LATERAL (SELECT sum(amount) AS amount FROM payment_plan p WHERE p.contract_id = d.contract_id AND p.milestone IN ('deposit', 'advance', 'before_shipment')) AS plan,
       LATERAL (SELECT coalesce(sum(amount), 0) AS amount FROM receipt r WHERE r.contract_id = d.contract_id AND live(r.status) AND r.received_on <= d.delivery_date) AS paid
 WHERE in_period(d.delivery_date) AND live(d.status) AND d.kind = 'delivery' AND paid.amount < plan.amount
   AND NOT EXISTS (SELECT FROM delivery e WHERE e.contract_id = d.contract_id AND live(e.status) AND e.kind = 'delivery' AND (e.delivery_date, e.delivery_id) < (d.delivery_date, d.delivery_id)
                      AND in_period(e.delivery_date));

-- SHP-14: no event of the carrier within three days of a delivery that we send, or no arrival before the customer signed; 000G 6
SELECT d.delivery_id AS key, '' AS label, (SELECT sum(net_amount) FROM delivery_line l WHERE l.delivery_id = d.delivery_id) AS amount
  FROM delivery d, setting s, LATERAL (SELECT min(occurred_at)::date AS first, max(occurred_at)::date AS last, min(occurred_at) FILTER (WHERE event = 'arrived') AS arrived FROM shipment_event e WHERE e.delivery_id = d.delivery_id) AS e
 WHERE d.delivery_date <= s.as_of AND live(d.status) AND d.kind = 'delivery' AND d.freight_borne_by <> 'customer'
   AND (CASE WHEN e.first IS NULL THEN s.as_of > d.delivery_date + 3 ELSE e.first > d.delivery_date + 3 AND in_period(e.first) END
        OR (EXISTS (SELECT FROM delivery_confirmation c WHERE c.delivery_id = d.delivery_id AND (in_period(e.last) OR in_period(d.delivery_date)) AND (e.arrived IS NULL OR e.arrived::date > c.signed_on))));
