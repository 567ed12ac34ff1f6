-- SPDX-License-Identifier: MIT
-- Invoices. Void ones and drafts are not applicable.

-- INV-01: requested, reviewed and issued in this order, and not for more than requested; 004-6.1, 6.3
SELECT i.invoice_id AS key, '' AS label, CASE WHEN disorder THEN i.gross_amount ELSE i.gross_amount - r.amount END AS amount
  FROM invoice i LEFT JOIN invoice_request r USING (request_id) CROSS JOIN LATERAL (
       SELECT (r.request_id IS NULL OR r.reviewed_at IS NULL OR r.requested_at > r.reviewed_at OR r.reviewed_at::date > i.issued_on OR r.requested_at::date > i.issued_on) AS disorder) AS faults
 WHERE in_period(i.issued_on) AND live(i.status) AND i.sign = 'blue' AND (disorder OR i.gross_amount > r.amount + 0.01);

-- INV-02: issued by somebody not of finance that day, by the assignments in force or, without one, by the master; 003-4.11, 004-6.3
SELECT i.invoice_id AS key, '' AS label, i.gross_amount AS amount
  FROM invoice i
 WHERE in_period(i.issued_on) AND live(i.status) AND person(i.issued_by) IS NOT NULL
   AND NOT EXISTS (SELECT FROM role_assignment r JOIN org_unit u USING (org_unit_id) WHERE r.employee_id = person(i.issued_by) AND u.kind = 'finance'
                      AND i.issued_on BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity'))
   AND NOT (EXISTS (SELECT FROM employee e JOIN org_unit u USING (org_unit_id) WHERE e.employee_id = person(i.issued_by) AND u.kind = 'finance')
            AND NOT EXISTS (SELECT FROM role_assignment r WHERE r.employee_id = person(i.issued_by) AND r.org_unit_id IS NOT NULL
                               AND i.issued_on BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity')));

-- INV-04: unit price, product or customer other than ordered; 003-4.11; 0.01 for a line
SELECT l.invoice_id || '/' || l.line_no AS key, '' AS label, abs(l.unit_price * l.quantity - l.discount_amount - o.price * l.quantity) AS amount
  FROM invoice_line l JOIN invoice i USING (invoice_id) JOIN priced_line o ON o.order_id = l.order_id AND o.line_no = l.order_line_no
 WHERE in_period(i.issued_on) AND live(i.status) AND l.line_kind = 'normal' AND abs(l.unit_price * l.quantity - l.discount_amount - o.price * l.quantity) > 0.01
UNION ALL
SELECT i.invoice_id, '', i.gross_amount
  FROM invoice i JOIN sales_order o USING (order_id)
 WHERE in_period(i.issued_on) AND live(i.status) AND i.customer_id <> o.customer_id;

-- INV-06: posted to receivables without review, or before it; 000M 1(1)
SELECT i.invoice_id AS key, '' AS label, i.gross_amount AS amount
  FROM invoice i
 WHERE in_period(i.issued_on) AND live(i.status)
   AND EXISTS (SELECT FROM receivable_entry r WHERE r.invoice_id = i.invoice_id AND live(r.status) AND (i.reviewed_at IS NULL OR i.reviewed_at::date > r.posted_on));

-- INV-07: a paper invoice not delivered or not signed for within 7 days: still open at the audit, or done late in the period
-- What was signed for was delivered; 004-6.4, 003-4.11
SELECT i.invoice_id AS key, '' AS label, i.gross_amount AS amount
  FROM invoice i, setting s
 WHERE i.issued_on <= s.as_of AND live(i.status) AND i.invoice_kind = 'paper'
   AND (EXISTS (SELECT FROM unnest(ARRAY[coalesce(i.delivered_on, i.customer_signed_on), i.customer_signed_on]) AS done
                WHERE CASE WHEN done IS NULL THEN s.as_of > i.issued_on + 7 ELSE done > i.issued_on + 7 AND in_period(done) END));

-- INV-09: lines do not add up to the invoice, net and tax not to gross; 000B I-3.1; 0.01 for each line; the first difference counts
SELECT i.invoice_id AS key, 'arithmetic' AS label, (SELECT abs(d) FROM unnest(ARRAY[i.net_amount + i.tax_amount - i.gross_amount, t.net - i.net_amount, t.tax - i.tax_amount]) WITH ORDINALITY AS x (d, n)
                                                  WHERE abs(d) > 0.01 * t.lines ORDER BY n LIMIT 1) AS amount
  FROM invoice i JOIN (SELECT invoice_id, sum(net_amount) AS net, sum(tax_amount) AS tax, sum(gross_amount) AS gross, count(*) AS lines FROM invoice_line GROUP BY 1) t USING (invoice_id)
 WHERE in_period(i.issued_on) AND live(i.status)
   AND greatest(abs(i.net_amount + i.tax_amount - i.gross_amount), abs(t.net - i.net_amount), abs(t.tax - i.tax_amount)) > 0.01 * t.lines;
