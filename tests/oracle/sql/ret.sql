-- SPDX-License-Identifier: MIT
-- Returns. Void requests and drafts are not applicable.

-- RET-01: the customer's request named, confirmed by the branch manager after it and before the review and the red slip; 004-8.1
SELECT t.return_id AS key, '' AS label, (SELECT sum(quantity * unit_price) FROM return_line l WHERE l.return_id = t.return_id) AS amount
  FROM return_request t
 WHERE in_period(t.requested_on) AND live(t.status)
   AND (t.customer_request_ref IS NULL OR t.branch_confirmed_at IS NULL OR t.branch_confirmed_at::date < t.requested_on OR t.branch_confirmed_at > t.reviewed_at
        OR NOT ranks(t.branch_confirmed_by, 'branch_manager', t.branch_confirmed_at::date));

-- RET-03: examined by the technical department before the review; counterfeit goods not taken back; 004-8.3
SELECT t.return_id AS key, '' AS label, (SELECT sum(quantity * unit_price) FROM return_line l WHERE l.return_id = t.return_id) AS amount
  FROM return_request t,
       LATERAL (SELECT min(i.prepared_at) AS prepared_at FROM stock_issue i JOIN delivery d USING (delivery_id)
                 WHERE d.return_id = t.return_id AND live(d.status) AND live(i.status) AND i.sign = 'red') AS slip
 WHERE in_period(t.requested_on) AND live(t.status)
   AND (t.authenticity_at IS NULL OR t.authenticity_at > coalesce(t.reviewed_at, slip.prepared_at) OR (t.authenticity_result = 'counterfeit' AND (t.reviewed_at IS NOT NULL OR EXISTS (SELECT FROM delivery d WHERE d.return_id = t.return_id AND live(d.status))))
        OR NOT EXISTS (SELECT FROM role_assignment r JOIN org_unit u USING (org_unit_id) WHERE r.employee_id = person(t.authenticity_by) AND u.kind = 'technical'
                          AND t.authenticity_at::date BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity')
                       UNION ALL SELECT FROM employee e JOIN org_unit u USING (org_unit_id) WHERE e.employee_id = person(t.authenticity_by) AND u.kind = 'technical'));

-- RET-04: red slip prepared before the return was reviewed, or without its review; 004-8.4, 8.5
SELECT i.issue_id AS key, '' AS label, (SELECT sum(quantity * unit_price) FROM return_line l WHERE l.return_id = t.return_id) AS amount
  FROM stock_issue i JOIN delivery d USING (delivery_id) JOIN return_request t ON t.return_id = d.return_id
 WHERE in_period(i.prepared_at::date) AND live(i.status) AND i.sign = 'red' AND (NOT live(t.status) OR t.reviewed_at IS NULL OR i.prepared_at < t.reviewed_at OR NOT ranks(t.reviewed_by, 'sales_manager', t.reviewed_at::date));
