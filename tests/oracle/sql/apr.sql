-- SPDX-License-Identifier: MIT
-- Approvals, as a history.

-- APR-04: a decision on a concession, contract or change without an opinion or its moment; 000A C9/B9
SELECT approval_id AS key, '' AS label, doc_amount AS amount
  FROM approval
 WHERE doc_kind IN ('concession', 'contract', 'contract_change') AND decision IN ('approve', 'reject') AND in_period(decided_at::date)
   AND opinion IS NULL;

-- APR-10: undecided or decided after the working days that the matrix grants (two where it names none); 000C 4; what waits for a dead
-- document waits for nothing
SELECT a.approval_id AS key, '' AS label, a.doc_amount AS amount
  FROM approval a LEFT JOIN approval_rule r ON r.doc_kind = a.doc_kind AND r.approval_kind = a.approval_kind AND r.step_no = a.step_no, setting s
 WHERE coalesce(a.decided_at::date, s.as_of) > working_day_after(a.requested_at::date, coalesce(r.max_days, 2)) AND a.decision IN ('approve', 'reject', 'pending')
   AND NOT (a.decision = 'pending' AND EXISTS (SELECT FROM sales_order o WHERE a.doc_kind = 'sales_order' AND o.order_id = a.doc_id AND dead(o.status)))
   AND NOT (a.decision = 'pending' AND EXISTS (SELECT FROM contract o WHERE a.doc_kind = 'contract' AND o.contract_id = a.doc_id AND dead(o.status)));
