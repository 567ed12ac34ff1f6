-- SPDX-License-Identifier: MIT
-- Rows for which the rule and the query differ while the rule is not mended, or it is not settled which is right. A query
-- names their keys; `run.py` counts what differs there as open, neither passed nor failed, and compares all other rows.

-- PRC-09: a price in a foreign currency is rounded to cents when it is converted, before it is compared and multiplied
SELECT order_id || '/' || line_no AS key FROM priced_line WHERE currency <> 'CNY'
UNION ALL SELECT contract_id || '/' || line_no FROM contract_line JOIN contract USING (contract_id) WHERE currency <> 'CNY';

-- CRD-03: an order that waits for its approval is tested; only what is live is a subject
SELECT order_id AS key FROM sales_order WHERE status = 'submitted';

-- INV-02: the issuer's department in the employee master counts where no assignment was in force that day; the catalogue goes by the assignment
SELECT invoice_id AS key FROM invoice i WHERE EXISTS (SELECT FROM employee e JOIN org_unit u USING (org_unit_id) WHERE e.employee_id = person(i.issued_by) AND u.kind = 'finance');

-- CRD-08: an order that waits for its approval is tested; only what is live is a subject
SELECT order_id AS key FROM sales_order WHERE status = 'submitted';

-- PRC-01: an order that waits for its approval is tested; only what is live is a subject
SELECT order_id || '/' || line_no AS key FROM priced_line WHERE status = 'submitted';

-- PRC-03: the amount counts gifts and orders that are drafts or wait, and leaves out what was ordered before the list was approved
SELECT price_list_id AS key FROM price_list p
 WHERE p.approved_at::date > p.valid_from OR EXISTS (SELECT FROM priced_line l WHERE l.currency = p.currency AND (l.status IN ('draft', 'submitted', 'rejected', 'cancelled') OR l.line_kind <> 'normal'));

-- ORD-07: orders of one customer in two currencies are untestable ("mixed currencies") instead of being compared within each
SELECT order_id AS key FROM sales_order o WHERE (SELECT count(DISTINCT currency) FROM sales_order b WHERE b.customer_id = o.customer_id) > 1;

-- REV-04: the price of a void or draft invoice is what the entry is compared with
SELECT revenue_id AS key FROM revenue_entry r JOIN invoice i USING (invoice_id) WHERE NOT live(i.status);

-- REV-01: revenue on a gift line counts as earned; only reversals and services are left out
SELECT revenue_id AS key FROM revenue_entry r JOIN delivery_line l ON l.delivery_id = r.delivery_id AND l.line_no = r.delivery_line_no WHERE l.line_kind <> 'normal';

-- PRC-09: an order that waits for its approval is tested; only what is live is a subject
SELECT order_id || '/' || line_no AS key FROM priced_line WHERE status = 'submitted';

-- REV-03: returns of a product that stands on two lines of the delivery are set against either
SELECT l.delivery_id || '/' || l.line_no AS key FROM delivery_line l
 WHERE EXISTS (SELECT FROM delivery_line k WHERE k.delivery_id = l.delivery_id AND k.product_id = l.product_id AND k.line_no <> l.line_no)
   AND EXISTS (SELECT FROM delivery b WHERE b.source_delivery_id = l.delivery_id);

-- CRD-02: an order that waits for its approval is tested; only what is live is a subject
SELECT order_id AS key FROM sales_order WHERE status = 'submitted';

-- CRD-06: an order that waits for its approval is tested; an override after the order date does not count while the order is not approved
SELECT order_id AS key FROM sales_order WHERE status = 'submitted' OR approved_at IS NULL;

-- CRD-07: an order that waits for its approval is tested; only what is live is a subject
SELECT order_id AS key FROM sales_order WHERE status = 'submitted';

-- PRC-05: an order that waits for its approval is tested; only what is live is a subject
SELECT order_id || '/' || line_no AS key FROM priced_line WHERE status = 'submitted';

-- CHG-04: an order that waits for its approval is tested; only what is live is a subject
SELECT order_id || '/' || line_no AS key FROM priced_line WHERE status = 'submitted';

-- CON-15: a contract with one product on two lines: what came back beyond a line's deliveries is set against the other
SELECT contract_id AS key FROM contract_line GROUP BY contract_id HAVING count(*) > count(DISTINCT product_id);

-- ORD-08: a draft delivery counts as something done
SELECT order_id AS key FROM delivery WHERE status = 'draft';

-- RET-04: a draft or void request supports the red slip
SELECT issue_id AS key FROM stock_issue i JOIN delivery d USING (delivery_id) JOIN return_request t ON t.return_id = d.return_id WHERE NOT live(t.status);
