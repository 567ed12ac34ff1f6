-- SPDX-License-Identifier: MIT
-- Credit. Drafts and dead orders are not applicable; a credit order is one whose payment mode is credit or mixed.

-- CRD-02: credit order without a rating or a limit in force on its date; 001-II.3.3
SELECT o.order_id AS key, '' AS label, o.amount
  FROM sales_order o
 WHERE in_period(o.order_date) AND live(o.status) AND o.payment_mode IN ('credit', 'mixed')
   AND NOT EXISTS (SELECT FROM customer_credit c WHERE c.customer_id = o.customer_id AND c.valid_from <= o.order_date
                      AND coalesce(c.valid_to, 'infinity') >= o.order_date AND c.credit_rating IS NOT NULL AND c.credit_limit IS NOT NULL);

-- CRD-05: limit or days above what the policy allows for the rating; 000B I-2.3
SELECT c.customer_id || '/' || c.valid_from AS key, 'limit' AS label, c.credit_limit - p.max_credit_limit AS amount
  FROM customer_credit c JOIN credit_policy p USING (credit_rating) WHERE c.credit_limit > p.max_credit_limit
UNION ALL
SELECT c.customer_id || '/' || c.valid_from, 'terms', NULL
  FROM customer_credit c JOIN credit_policy p USING (credit_rating) WHERE c.payment_terms_days > p.max_terms_days;

-- CRD-06: credit order while a credit problem of the last 24 months was open; no override; 001-II.2.4
SELECT o.order_id AS key, '' AS label, o.amount
  FROM sales_order o
 WHERE in_period(o.order_date) AND live(o.status) AND o.payment_mode IN ('credit', 'mixed')
   AND EXISTS (SELECT FROM credit_event e WHERE e.customer_id = o.customer_id AND e.occurred_on <= o.order_date
                  AND e.occurred_on >= o.order_date - interval '24 months' AND (e.resolved_on IS NULL OR e.resolved_on > o.order_date))
   AND NOT approved('sales_order', o.order_id, 'credit_override', '{}', o.approved_at);

-- CRD-03: days of a contract or order beyond the customer's approved days in force; an order that takes over its contract's
-- days is the contract's difference; 001-II.3.3
SELECT d.id AS key, '' AS label, d.amount
  FROM (SELECT contract_id AS id, customer_id, signed_on AS at, payment_terms_days AS days, status, amount FROM contract
        UNION ALL SELECT order_id, customer_id, order_date, payment_terms_days, status, amount FROM sales_order o
         WHERE NOT EXISTS (SELECT FROM contract c WHERE c.contract_id = o.contract_id AND c.payment_terms_days = o.payment_terms_days)) d
  JOIN customer_credit c ON c.customer_id = d.customer_id AND d.at BETWEEN c.valid_from AND coalesce(c.valid_to, 'infinity')
 WHERE in_period(d.at) AND live(d.status) AND d.days > c.payment_terms_days;

-- CRD-07: mode of payment that the trade mode in force does not allow; 001-II.3.3
SELECT o.order_id AS key, '' AS label, o.amount
  FROM sales_order o JOIN customer_credit c ON c.customer_id = o.customer_id AND o.order_date BETWEEN c.valid_from AND coalesce(c.valid_to, 'infinity')
 WHERE in_period(o.order_date) AND live(o.status)
   AND c.trade_mode || ':' || o.payment_mode NOT IN ('prepay:prepay', 'cash:cash', 'cash:prepay', 'credit:credit', 'credit:mixed', 'credit:cash', 'credit:prepay',
                                                     'consignment:consignment', 'consignment:cash', 'consignment:prepay');

-- CRD-08: credit order on an assessment more than 365 days old; 001-II.4.1
SELECT o.order_id AS key, '' AS label, o.amount
  FROM sales_order o JOIN customer_credit c ON c.customer_id = o.customer_id AND o.order_date BETWEEN c.valid_from AND coalesce(c.valid_to, 'infinity')
 WHERE in_period(o.order_date) AND live(o.status) AND o.payment_mode IN ('credit', 'mixed') AND o.order_date - c.assessed_on > 365;
