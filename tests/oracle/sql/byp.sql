-- SPDX-License-Identifier: MIT
-- Ways round a preventive control. The catalogue has a title for each; what is compared is the sentence of the manual (docs/controls.md).

-- BYP-10: backdated: a date in a period that was closed when the document was entered, reviewed or recorded
SELECT d.key, '' AS label, d.amount
  FROM (SELECT order_id AS key, order_date AS dated, submitted_at AS entered, amount, status FROM sales_order
        UNION ALL SELECT receipt_id, received_on, recorded_at, amount, status FROM receipt
        UNION ALL SELECT invoice_id, issued_on, reviewed_at, gross_amount, status FROM invoice
        UNION ALL SELECT receivable_id, posted_on, audited_at, amount, status FROM receivable_entry
        UNION ALL SELECT delivery_id, delivery_date, approved_at, (SELECT sum(net_amount) FROM delivery_line l WHERE l.delivery_id = y.delivery_id), status FROM delivery y) d
  JOIN accounting_period p ON d.dated BETWEEN p.starts_on AND p.ends_on
 WHERE live(d.status) AND d.entered > p.closed_at;
