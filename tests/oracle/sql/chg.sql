-- SPDX-License-Identifier: MIT
-- Changes of contracts and orders.

-- CHG-04: ordered under the price of the contract line, with no approved change of it; 000B II-2.3
SELECT l.order_id || '/' || l.line_no AS key, '' AS label, (c.unit_price - l.price) * l.quantity AS amount
  FROM priced_line l JOIN contract_line c ON c.contract_id = l.contract_id
       AND CASE WHEN l.contract_line_no IS NULL THEN c.line_no = (SELECT min(line_no) FROM contract_line k WHERE k.contract_id = l.contract_id AND k.product_id = l.product_id HAVING count(*) = 1)
                ELSE c.line_no = l.contract_line_no END
 WHERE in_period(l.order_date) AND live(l.status) AND l.contracted AND l.line_kind = 'normal' AND l.price < c.unit_price;
