-- SPDX-License-Identifier: MIT
-- Separation of duties. People, not ids, are compared; nobody equals nobody.

-- SOD-04: goods request: two of filler, branch reviewer, sales reviewer are one person; 004-4.2
SELECT r.request_id AS key, '' AS label, (SELECT sum(quantity * unit_price) FROM delivery_request_line WHERE request_id = r.request_id) AS amount
  FROM delivery_request r
 WHERE in_period(r.requested_at::date) AND repeats(r.requested_by, r.branch_reviewed_by, r.sales_reviewed_by);

-- SOD-08: collection request: two of requester, sales confirmer, finance confirmer are one person; 004-5.3
SELECT request_id AS key, '' AS label, amount
  FROM collection_request
 WHERE in_period(requested_at::date) AND repeats(requested_by, sales_confirmed_by, finance_confirmed_by);

-- SOD-13: invoice issued and reviewed by one person; 000M 1(1)
SELECT invoice_id AS key, '' AS label, gross_amount AS amount
  FROM invoice
 WHERE in_period(issued_on) AND live(status) AND repeats(issued_by, reviewed_by);

-- SOD-01: the order was entered and approved by one person; the header where no decision is recorded; 000C 4
SELECT o.order_id AS key, '' AS label, o.amount
  FROM sales_order o
 WHERE live(o.status) AND in_period(coalesce(o.approved_at::date, o.order_date))
   AND person(o.entered_by) IN (SELECT person(a.approver_id) FROM approval a WHERE a.doc_kind = 'sales_order' AND a.doc_id = o.order_id AND a.approval_kind = 'order_approval' AND a.decision = 'approve'
                                 UNION SELECT person(o.approved_by) WHERE NOT EXISTS (SELECT FROM approval a WHERE a.doc_kind = 'sales_order' AND a.doc_id = o.order_id AND a.approval_kind = 'order_approval'));

-- SOD-02: approval granted by who asked for it, or two steps of one round by one person; who entered the order is SOD-01's; 000A C9/B9
SELECT a.approval_id AS key, 'requested' AS label, a.doc_amount AS amount
  FROM approval a
 WHERE a.decision = 'approve' AND in_period(a.decided_at::date) AND person(a.approver_id) = person(a.requested_by)
   AND NOT EXISTS (SELECT FROM sales_order o WHERE a.doc_kind = 'sales_order' AND a.approval_kind = 'order_approval' AND o.order_id = a.doc_id AND person(o.entered_by) = person(a.approver_id))
UNION ALL
SELECT a.approval_id, 'two steps', a.doc_amount
  FROM approval a
 WHERE a.decision = 'approve' AND in_period(a.decided_at::date)
   AND EXISTS (SELECT FROM approval b WHERE b.doc_kind = a.doc_kind AND b.doc_id = a.doc_id AND b.approval_kind = a.approval_kind AND b.round_no = a.round_no
                  AND b.decision = 'approve' AND b.step_no < a.step_no AND person(b.approver_id) = person(a.approver_id));

-- SOD-03: quotation prepared and reviewed by one person; 004-2.5
SELECT quotation_id AS key, '' AS label, amount FROM quotation WHERE in_period(quoted_on) AND repeats(prepared_by, reviewed_by);

-- SOD-05: slip written and goods issued by one person; slips of a return are SOD-09's; 004-4.3, 004-4.4
SELECT i.issue_id AS key, '' AS label,
       (SELECT sum(l.quantity * d.gross_amount / d.quantity) FROM stock_issue_line l JOIN delivery_line d ON d.delivery_id = i.delivery_id AND d.line_no = l.delivery_line_no WHERE l.issue_id = i.issue_id) AS amount
  FROM stock_issue i
 WHERE in_period(i.prepared_at::date) AND live(i.status) AND i.sign = 'blue' AND repeats(i.prepared_by, i.issued_by);

-- SOD-06: two of requester, reviewer of the request, issuer, reviewer of the invoice are one; the last two together are SOD-13's; 004-6.1, 6.2
SELECT i.invoice_id AS key, '' AS label, i.gross_amount AS amount
  FROM invoice i LEFT JOIN invoice_request r USING (request_id)
 WHERE in_period(i.issued_on) AND live(i.status)
   AND (repeats(r.requested_by, r.reviewed_by) OR person(i.issued_by) IN (person(r.requested_by), person(r.reviewed_by))
        OR person(i.reviewed_by) IN (person(r.requested_by), person(r.reviewed_by)));

-- SOD-07: collected or recorded by somebody of sales or the customer's salesperson; collected and applied by one person; 000A G8, E8
SELECT r.receipt_id AS key, fault AS label, r.amount
  FROM receipt r LEFT JOIN customer c USING (customer_id) CROSS JOIN LATERAL (
       SELECT 'sales' AS fault WHERE EXISTS (SELECT FROM unnest(ARRAY[r.collected_by, r.recorded_by]) AS who
               WHERE holds(who, '{salesperson,sales_clerk,sales_supervisor,branch_manager,sales_manager,regional_manager}', r.received_on) OR person(who) = person(c.salesperson_id))
       UNION ALL SELECT 'application' WHERE EXISTS (SELECT FROM receipt_application a WHERE a.receipt_id = r.receipt_id AND person(a.applied_by) = person(r.collected_by))) AS faults
 WHERE in_period(r.received_on) AND live(r.status);

-- SOD-09: of one return, two of confirming, checking, authenticating, reviewing, writing the red slip and taking the goods back are by one person; 004-8.3, 8.4
SELECT t.return_id AS key, '' AS label, (SELECT sum(quantity * unit_price) FROM return_line l WHERE l.return_id = t.return_id) AS amount
  FROM return_request t LEFT JOIN delivery d ON d.return_id = t.return_id LEFT JOIN stock_issue i ON i.delivery_id = d.delivery_id AND live(i.status)
 WHERE in_period(t.requested_on) AND live(t.status)
   AND repeats(t.branch_confirmed_by, t.checked_by, t.authenticity_by, t.reviewed_by, i.prepared_by, i.issued_by);

-- SOD-12: a credit set by the customer's salesperson; 001-II.4
SELECT k.customer_id || '/' || k.valid_from AS key, '' AS label, k.credit_limit AS amount
  FROM customer_credit k JOIN customer c USING (customer_id)
 WHERE person(k.set_by) = person(c.salesperson_id) AND in_period(k.assessed_on);

-- SOD-14: receivable audited by the issuer of its invoice; voucher reviewed or posted by who prepared it; 000M 1(2)
SELECT r.receivable_id AS key, '' AS label, r.amount
  FROM receivable_entry r JOIN invoice i USING (invoice_id)
 WHERE in_period(r.posted_on) AND live(r.status) AND repeats(r.audited_by, i.issued_by)
UNION ALL
SELECT v.voucher_id, '', (SELECT sum(debit) FROM voucher_line l WHERE l.voucher_id = v.voucher_id)
  FROM voucher v
 WHERE in_period(v.posted_on) AND live(v.status) AND person(v.prepared_by) IN (person(v.reviewed_by), person(v.posted_by));
