-- SPDX-License-Identifier: MIT
-- Revenue.

-- REV-06: receivables of an invoice are not its gross amount; a receivable of no invoice, or of one that does not count
-- 000B II-3.1; tolerance 0.01
SELECT i.invoice_id AS key, '' AS label, abs(coalesce(t.amount, 0) - i.gross_amount) AS amount
  FROM invoice i CROSS JOIN LATERAL (SELECT sum(r.amount) AS amount FROM receivable_entry r WHERE r.invoice_id = i.invoice_id AND live(r.status)) t
 WHERE in_period(i.issued_on) AND live(i.status) AND abs(coalesce(t.amount, 0) - i.gross_amount) > 0.01
UNION ALL
SELECT receivable_id, '', amount FROM receivable_entry r
 WHERE in_period(posted_on) AND live(status) AND NOT EXISTS (SELECT FROM invoice i WHERE i.invoice_id = r.invoice_id AND live(i.status));

-- REV-05: a revenue entry of the period reversed within 30 days after the period's end; 000B II-3.1
SELECT r.revenue_id AS key, '' AS label, sum(-b.amount) AS amount
  FROM revenue_entry r JOIN revenue_entry b ON b.reversal_of = r.revenue_id JOIN accounting_period p ON p.period = r.period, setting s
 WHERE r.period = '2026-10' AND r.reversal_of IS NULL AND b.recognised_on > p.ends_on AND b.recognised_on <= p.ends_on + 30 AND b.recognised_on <= s.as_of
 GROUP BY 1;

-- REV-03: earned by the end of the period and not recognised up to the audit, what was reversed in the period taken off; 000B II-3.1
SELECT e.delivery_id || '/' || e.line_no AS key, '' AS label, (e.earned + back.quantity - booked.quantity) * e.price AS amount
  FROM earned_line e, setting s,
       LATERAL (SELECT coalesce(sum(x.quantity), 0) AS quantity FROM delivery_line x JOIN delivery y USING (delivery_id)
                 WHERE y.source_delivery_id = e.delivery_id AND x.order_line_no = e.order_line_no AND live(y.status)) AS back,
       LATERAL (SELECT coalesce(sum(quantity), 0) AS quantity FROM revenue_entry r
                 WHERE r.delivery_id = e.delivery_id AND r.delivery_line_no = e.line_no AND live(r.status)
                   AND r.recognised_on <= CASE WHEN r.reversal_of IS NULL THEN s.as_of ELSE s.last END) AS booked
 WHERE e.line_kind = 'normal' AND e.earned_on <= s.last AND e.earned + back.quantity > booked.quantity;

-- REV-01: recognised before its quantity was earned, less what was reversed in the same period; 000B II-3.1
SELECT r.revenue_id AS key, '' AS label, (r.quantity + coalesce(b.quantity, 0) - early.quantity) * r.amount / r.quantity AS amount
  FROM revenue_entry r JOIN earned_line e ON e.delivery_id = r.delivery_id AND e.line_no = r.delivery_line_no,
       LATERAL (SELECT sum(quantity) AS quantity FROM revenue_entry b WHERE b.reversal_of = r.revenue_id AND b.period = r.period AND live(b.status)) AS b,
       LATERAL (SELECT CASE WHEN e.earned_on <= r.recognised_on THEN e.earned ELSE 0 END AS quantity) AS early
 WHERE r.period = '2026-10' AND r.reversal_of IS NULL AND live(r.status) AND r.quantity + coalesce(b.quantity, 0) > early.quantity;

-- REV-04: an entry that rests on a void or draft delivery; a manual one that nobody approved; an amount that is not quantity × price of the invoice, else of the order that was delivered; 000B II-3.1; 0.01
SELECT r.revenue_id AS key, '' AS label, CASE WHEN dead.support OR r.source = 'manual' THEN r.amount ELSE abs(r.amount - r.quantity * l.price) END AS amount
  FROM revenue_entry r,
       LATERAL (SELECT EXISTS (SELECT FROM delivery d WHERE d.delivery_id = r.delivery_id AND NOT live(d.status)) AS support) AS dead, LATERAL (
       SELECT coalesce((SELECT l.net_amount / l.quantity FROM invoice_line l JOIN invoice i USING (invoice_id) WHERE l.invoice_id = r.invoice_id AND l.line_no = r.invoice_line_no AND live(i.status)),
                       (SELECT o.net_amount / o.quantity FROM delivery_line l JOIN sales_order_line o ON o.order_id = l.order_id AND o.line_no = l.order_line_no
                         WHERE l.delivery_id = r.delivery_id AND l.line_no = r.delivery_line_no)) AS price) AS l
 WHERE r.period = '2026-10' AND live(r.status) AND r.reversal_of IS NULL
   AND (dead.support OR r.source = 'manual' OR abs(r.amount - r.quantity * l.price) > 0.01);
