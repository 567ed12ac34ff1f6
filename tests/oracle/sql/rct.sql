-- SPDX-License-Identifier: MIT
-- Receipts. Void ones are not applicable.

-- RCT-06: requested, then confirmed by sales and by finance, then sent; 004-5.2 to 5.4
SELECT request_id AS key, '' AS label, amount
  FROM collection_request
 WHERE in_period(requested_at::date)
   AND (sales_confirmed_at IS NULL OR finance_confirmed_at IS NULL OR sales_confirmed_at < requested_at OR finance_confirmed_at < requested_at
        OR sales_confirmed_at > sent_to_customer_at OR finance_confirmed_at > sent_to_customer_at);

-- RCT-10: paid by somebody else than the customer; cash not taken by finance (sales people are SOD-07's); 000A E8
SELECT r.receipt_id AS key, fault AS label, r.amount
  FROM receipt r JOIN customer c USING (customer_id) CROSS JOIN LATERAL (
       SELECT 'payer' AS fault WHERE r.payer_name <> c.name
       UNION ALL SELECT 'cash' WHERE r.method = 'cash' AND NOT holds(r.collected_by, '{accountant,cashier,finance_head}', r.received_on)
                                AND NOT EXISTS (SELECT FROM employee e JOIN org_unit u USING (org_unit_id) WHERE e.employee_id = person(r.collected_by) AND u.kind = 'finance')
                                AND NOT holds(r.collected_by, '{salesperson,sales_clerk,sales_supervisor,sales_manager}', r.received_on)) AS faults
 WHERE in_period(r.received_on) AND live(r.status);

-- RCT-02: not recorded the same day (the next working day), by somebody of finance, with a proof; 000A G8
SELECT r.receipt_id AS key, fault AS label, r.amount
  FROM receipt r CROSS JOIN LATERAL (
       SELECT 'proof' AS fault WHERE r.proof_no IS NULL
       UNION ALL SELECT 'recorder' WHERE NOT holds(r.recorded_by, '{accountant,cashier,finance_head,credit_controller,salesperson,sales_clerk,sales_supervisor,sales_manager}', r.received_on)
                                     AND NOT EXISTS (SELECT FROM employee e JOIN org_unit u USING (org_unit_id) WHERE e.employee_id = person(r.recorded_by) AND u.kind = 'finance')
       UNION ALL SELECT 'recorded' WHERE r.recorded_at IS NULL OR r.recorded_at::date > CASE WHEN works(r.received_on) THEN r.received_on ELSE working_day_after(r.received_on, 1) END) AS faults
 WHERE in_period(r.received_on) AND live(r.status);

-- RCT-08: applied beyond the receipt or the invoice (one that is void or a draft owes nothing), to another customer, or before the money came; unapplied over 30 days; catalogue RCT-08; 0.01
SELECT a.application_id AS key, '' AS label, a.amount
  FROM receipt_application a JOIN receipt r USING (receipt_id) LEFT JOIN invoice i USING (invoice_id) LEFT JOIN receivable_entry e ON e.receivable_id = a.receivable_id
 WHERE in_period(a.applied_on) AND live(r.status) AND (coalesce(e.customer_id, i.customer_id) <> r.customer_id OR (dead(e.status) AND live(i.status)) OR a.applied_on < r.received_on)
UNION ALL
SELECT r.receipt_id, '', abs(t.amount - r.amount)
  FROM receipt r, setting s, LATERAL (SELECT coalesce(sum(amount), 0) AS amount FROM receipt_application a WHERE a.receipt_id = r.receipt_id AND a.applied_on <= s.as_of) AS t
 WHERE live(r.status) AND (t.amount > r.amount + 0.01 OR (t.amount < r.amount - 0.01 AND r.received_on + 30 < s.as_of))
UNION ALL
SELECT i.invoice_id, '', t.amount - i.gross_amount
  FROM invoice i, LATERAL (SELECT sum(a.amount) AS amount FROM receipt_application a JOIN receipt r USING (receipt_id) WHERE a.invoice_id = i.invoice_id AND live(r.status)) AS t
 WHERE live(i.status) AND t.amount > i.gross_amount + 0.01
UNION ALL
SELECT i.invoice_id, '', t.amount
  FROM invoice i, LATERAL (SELECT sum(a.amount) AS amount FROM receipt_application a JOIN receipt r USING (receipt_id) WHERE a.invoice_id = i.invoice_id AND live(r.status)) AS t
 WHERE NOT live(i.status) AND t.amount > 0;
