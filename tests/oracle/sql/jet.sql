-- SPDX-License-Identifier: MIT
-- Tests of the journal. The catalogue has a title for each; what is compared is the sentence of the manual (docs/controls.md).

-- JET-01: entries on weekends and holidays: the day of posting and the calendar; manual vouchers; drafts and void ones do not count
SELECT v.voucher_id AS key, '' AS label, (SELECT sum(debit) FROM voucher_line WHERE voucher_id = v.voucher_id) AS amount
  FROM voucher v
 WHERE v.source_kind = 'manual' AND in_period(v.posted_on) AND live(v.status) AND NOT works(v.posted_on);

-- JET-02: round amounts: the amount of a manual voucher is a multiple of 10,000
SELECT voucher_id AS key, '' AS label, total AS amount
  FROM voucher v JOIN (SELECT voucher_id, sum(debit) AS total FROM voucher_line GROUP BY 1) t USING (voucher_id)
 WHERE v.source_kind = 'manual' AND live(v.status) AND in_period(v.posted_on) AND total > 0 AND total % 10000 = 0;

-- JET-09: unbalanced vouchers: debits and credits of a voucher; no tolerance
SELECT voucher_id AS key, '' AS label, abs(debit - credit) AS amount
  FROM voucher v JOIN (SELECT voucher_id, sum(debit) AS debit, sum(credit) AS credit FROM voucher_line GROUP BY 1) t USING (voucher_id)
 WHERE live(v.status) AND in_period(v.posted_on) AND debit <> credit;

-- JET-07: vouchers of the period by who prepared no more than two up to the audit; a system is nobody
SELECT v.voucher_id AS key, '' AS label, (SELECT sum(debit) FROM voucher_line l WHERE l.voucher_id = v.voucher_id) AS amount
  FROM voucher v, setting s
 WHERE in_period(v.posted_on) AND live(v.status) AND person(v.prepared_by) IS NOT NULL
   AND (SELECT count(*) FROM voucher w WHERE person(w.prepared_by) = person(v.prepared_by) AND live(w.status) AND w.posted_on <= s.as_of) <= 2;

-- JET-05: numbers missing between the vouchers, void ones and drafts counted; the gap belongs to the later one
SELECT voucher_id AS key, substr(voucher_id, 1, 2) || lpad((before + 1)::text, 3, '0') AS label, NULL AS amount
  FROM (SELECT voucher_id, posted_on, substr(voucher_id, 3)::int AS number, lag(substr(voucher_id, 3)::int) OVER (ORDER BY voucher_id) AS before FROM voucher) n
 WHERE number > before + 1 AND in_period(posted_on);

-- JET-06: the same accounts, customers and amounts as an earlier voucher of seven days; neither void nor a draft; the later one is reported
SELECT v.voucher_id AS key, '' AS label, f.total AS amount
  FROM voucher v JOIN voucher_face f USING (voucher_id)
 WHERE in_period(v.posted_on) AND live(v.status)
   AND EXISTS (SELECT FROM voucher b JOIN voucher_face g USING (voucher_id)
                WHERE live(b.status) AND g.face = f.face AND b.currency = v.currency AND v.posted_on - b.posted_on <= 7 AND (b.posted_on, b.voucher_id) < (v.posted_on, v.voucher_id));
