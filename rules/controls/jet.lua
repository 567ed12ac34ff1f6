-- SPDX-License-Identifier: MIT
-- JET: tests of the journal that auditors expect, over all vouchers of the sales and receipts cycle. Vouchers that a system
-- makes from documents follow those documents; what people enter by hand is where a journal is overridden.

-- What a voucher debits in all.
local function debited_by(voucher)
  return sum(voucher.lines, "debit")
end

-- Whether a voucher is one of those that a test looks at.
local function is_tested(voucher, kinds)
  if not is_live(voucher) then return false end
  return voucher.source_kind == nil or contains(kinds, voucher.source_kind)
end

local manual = { { "manual" }, origin = "default", note = "vouchers made from documents follow those documents" }

-- The limits above which a kind of document needs a further approval, in a currency, as { limit =, rule = }, each once.
local function approval_limits(doc_kind, currency)
  local known, found = {}, {}
  for rule in each(lookup("approval_rule", { doc_kind = doc_kind })) do
    local is_own = currency_of(rule) == currency and rule.amount_from and rule.amount_from > 0
    if is_own and not known[rule.amount_from] then
      known[rule.amount_from] = true
      table.insert(found, { limit = rule.amount_from, rule = rule })
    end
  end
  return sort(found, "limit")
end

-- Whose decision a document's amount was: the salesperson's, or whoever wrote off or prepared it.
local function author_of(document)
  local kind = table_of(document)
  if kind == "write_off" then return document.written_off_by end
  if kind == "voucher" then return document.prepared_by end
  return document.salesperson_id
end

local function amount_of(document)
  if table_of(document) == "voucher" then return debited_by(document) end
  return document.amount
end

-- Whether a voucher belongs to the audited period: by the period that it names, whenever it was posted.
local function is_of_period(voucher)
  if voucher.period then return is_audited(voucher.period) end
  return in_period(voucher.posted_on)
end

-- How often amounts begin with 1 to 9 by Benford's law: log10(1 + 1/d), to six places.
local benford = {
  decimal "0.301030", decimal "0.176091", decimal "0.124939", decimal "0.096910", decimal "0.079181",
  decimal "0.066947", decimal "0.057992", decimal "0.051153", decimal "0.045757",
}

-- What a line of a voucher moves, in the company's currency at the rate of its day.
local function in_company_currency(line)
  return convert((line.debit or 0) + (line.credit or 0), currency_of(line), company_currency, line.voucher.posted_on, 2)
end

-- The first digit of an amount other than zero, 1 to 9.
local function first_digit(amount)
  for character in each(characters(tostring(abs(amount)))) do
    if is_digit(character) and character ~= "0" then return number_in(character) end
  end
end

-- The lines of a voucher as one text, so that equal vouchers are told.
local function lines_text(voucher)
  local parts = map(voucher.lines, function(line)
    return table.concat({
      line.account or "", read(line, "customer_id") or "",
      tostring(round(line.debit or 0, 4)), tostring(round(line.credit or 0, 4)),
    }, "|")
  end)
  return table.concat(sort(parts), "\n")
end

control "JET-01" {
  title       = { en = "Entry made on a weekend or holiday", zh = "周末及节假日分录" },
  risk        = { en = "Nobody is there to see who enters what; overrides are made when the office is empty.", zh = "非工作日无人监督，易发生越权或虚假入账。" },
  source      = { "ISA 240.A45" },
  severity    = "low",
  profile     = { "general" },
  population  = "voucher",
  applies     = function(voucher, p) return is_tested(voucher, p.source_kinds) end,
  parameters  = { source_kinds = manual },
  tests       = { en = "The day on which a voucher was posted, with the company's calendar of working days.", zh = "将凭证记账日与公司工作日历比较。" },
  shape       = "row",
  amount_kind = "transaction",
  message     = { en = "posted on {posted_on}, no working day, prepared by {prepared_by}", zh = "{posted_on} 非工作日记账，制单人 {prepared_by}" },
  follow_up   = { en = "Ask who was at work and why the entry could not wait; inspect what supports it.", zh = "询问当日值班情况及必须入账的原因，检查原始凭证。" },

  test = function(voucher)
    if not voucher.posted_on then return untestable { en = "no date of posting", zh = "无入账日期" } end
    if is_working_day(voucher.posted_on) then return end
    return exception {
      amount      = debited_by(voucher),
      posted_on   = voucher.posted_on,
      prepared_by = voucher.prepared_by or "nobody named",
      evidence    = evidence(voucher.lines),
    }
  end,
}

control "JET-02" {
  title       = { en = "Round amount", zh = "整数金额分录" },
  risk        = { en = "Estimates and invented amounts are round; goods and tax seldom come to a round sum.", zh = "虚构或估计的分录常为整数，真实业务含税后很少为整数。" },
  source      = { "ISA 240.A45" },
  severity    = "low",
  profile     = { "general" },
  population  = "voucher",
  applies     = function(voucher, p) return is_tested(voucher, p.source_kinds) end,
  parameters  = {
    source_kinds = manual,
    unit         = { decimal "10000", origin = "default", note = "an amount is round when it is a multiple of this" },
  },
  tests       = { en = "The amount of a voucher entered by hand, with multiples of the unit.", zh = "手工凭证金额是否为设定单位的整数倍。" },
  shape       = "row",
  amount_kind = "transaction",
  message     = { en = "{amount} is a multiple of {unit}", zh = "金额 {amount} 为 {unit} 的整数倍" },
  follow_up   = { en = "Inspect how the amount was computed; an estimate needs a basis, a payment its advice.", zh = "检查金额的计算依据；估计应有依据，收付款应有单据。" },

  test = function(voucher, p)
    local amount = debited_by(voucher)
    if amount == 0 then return end
    local units = div(amount, p.unit, 0, "down")
    if units * p.unit - amount == 0 then
      return exception { amount = amount, unit = p.unit, evidence = evidence(voucher.lines) }
    end
  end,
}

control "JET-03" {
  title       = { en = "Amounts just below an approval limit", zh = "略低于审批限额的金额" },
  risk        = { en = "One person keeps document after document where nobody higher has to look.", zh = "同一人员的单据金额反复略低于审批限额，规避上级审批。" },
  source      = { "ISA 240.A45", "000B III-1.1" },
  severity    = "medium",
  profile     = { "general", "internal-control" },
  population  = { "sales_order", "contract", "write_off", "voucher" },
  applies     = function(document, p)
    if table_of(document) == "voucher" and not is_tested(document, p.source_kinds) then return false end
    return is_entered(document) and author_of(document) ~= nil
  end,
  group       = function(document)
    local who = author_of(document)
    local employee = person(who)
    return { employee and employee.employee_id or who, currency_of(document), table_of(document) }
  end,
  parameters  = {
    band_pct  = { decimal "5", origin = "default", note = "how far below the limit counts as just below" },
    min_count = { 3, origin = "default", note = "one document below a limit is chance" },
    source_kinds = manual,
  },
  tests       = {
    en = "For each person, kind of document and limit that the approval matrix has for that kind: how many documents of the period lie within the band below the limit.",
    zh = "按人员、单据种类及该种类的审批限额，统计本期金额落在限额下方区间内的单据数量。",
  },
  shape       = "aggregate",
  amount_kind = "transaction",
  message     = { en = "{count} documents of {author} within {band_pct} % below {limit}", zh = "{author} 有 {count} 张单据金额低于限额 {limit} 不足 {band_pct}%" },
  follow_up   = { en = "Read the documents side by side: were goods moved between them or prices rounded to stay below?", zh = "并列检查各单据，判断是否拆分或调整金额以规避审批。" },

  test = function(documents, p)
    local found = {}
    for limit in each(approval_limits(table_of(documents[1]), currency_of(documents[1]))) do
      local floor = less_percent(limit.limit, p.band_pct)
      local below = filter(documents, function(document)
        local amount = amount_of(document)
        return amount ~= nil and amount >= floor and amount < limit.limit
      end)
      if #below >= p.min_count then
        table.insert(found, exception {
          label    = tostring(limit.limit),
          row      = below[#below],
          amount   = sum(below, amount_of),
          author   = author_of(below[1]),
          count    = #below,
          limit    = limit.limit,
          band_pct = p.band_pct,
          evidence = evidence(limit.rule, below),
        })
      end
    end
    return found
  end,
}

control "JET-04" {
  title       = { en = "First digits deviate from Benford's law", zh = "首位数字分布（本福特）偏离" },
  risk        = { en = "Invented amounts do not begin with the digits that grown amounts begin with.", zh = "人为编造的金额首位数字分布异常。" },
  source      = { "ISA 240.A45", "Nigrini, Benford's Law (2012), table 7.1" },
  severity    = "low",
  profile     = { "general" },
  population  = "voucher_line",
  applies     = function(line)
    local voucher = header_of(line, "voucher")
    return is_live(voucher) and (line.debit or 0) + (line.credit or 0) ~= 0
  end,
  group       = { "account" },
  parameters  = {
    min_count     = { 1000, origin = "default", note = "fewer entries deviate by chance" },
    max_deviation = { decimal "0.015", origin = "default", note = "mean absolute deviation above which first digits do not conform (Nigrini 2012)" },
  },
  tests       = {
    en = "Per account: the shares of first digits 1 to 9 among the period's amounts, with those of Benford's law; the mean absolute deviation.",
    zh = "按科目比较本期分录金额首位数字 1 至 9 的占比与本福特定律，计算平均绝对偏差。",
  },
  shape       = "aggregate",
  amount_kind = "transaction",
  message     = {
    en = "{count} entries: digit {digit} leads {observed} of them, {expected} expected; mean deviation {deviation}",
    zh = "共 {count} 笔分录：首位数字 {digit} 占 {observed}，应为 {expected}；平均绝对偏差 {deviation}",
  },
  follow_up   = { en = "Sort the account by first digit and look for one amount, customer or person behind the surplus.", zh = "按首位数字排序该科目分录，查找集中的金额、客户或人员。" },

  test = function(lines, p)
    if #lines < p.min_count then return untestable { en = "fewer than {count} entries", zh = "分录不足 {count} 笔", count = p.min_count } end
    select_currency(company_currency) -- digits need no currency, the amount shown does
    local counts = { 0, 0, 0, 0, 0, 0, 0, 0, 0 }
    for line in each(lines) do
      local digit = first_digit((line.debit or 0) + (line.credit or 0))
      for value in ipairs(counts) do
        if digit - value == 0 then counts[value] = counts[value] + 1 end
      end
    end
    local total, most, most_deviation = 0, 1, -1
    for digit, expected in ipairs(benford) do
      local deviation = abs(div(counts[digit], #lines, 6) - expected)
      total = total + deviation
      if deviation > most_deviation then most, most_deviation = digit, deviation end
    end
    local deviation = div(total, 9, 6)
    if deviation <= p.max_deviation then return end
    return exception {
      amount    = sum(filter(lines, function(line)
        return first_digit((line.debit or 0) + (line.credit or 0)) - most == 0
      end), in_company_currency),
      count     = #lines,
      digit     = most,
      observed  = div(counts[most], #lines, 4),
      expected  = round(benford[most], 4),
      deviation = deviation,
    }
  end,
}

control "JET-05" {
  title       = { en = "Gap in the numbers of vouchers", zh = "凭证号断号" },
  risk        = { en = "A missing number may be an entry that was taken out of the journal.", zh = "断号可能意味着凭证被抽走或删除。" },
  source      = { "ISA 240.A45" },
  severity    = "medium",
  profile     = { "general" },
  population  = "voucher",
  scope       = "all", -- a gap may stand between two periods
  group       = function(voucher, p)
    if not voucher.period and not voucher.posted_on then untestable { en = "no date: voucher.period and voucher.posted_on are empty", zh = "无日期：voucher.period 与 voucher.posted_on 均为空" } end
    local found = serial(voucher.voucher_id)
    return found and { p.by_company and voucher.company_id or "", fold(found.series) }
  end,
  parameters  = { by_company = { false, origin = "default", note = "true where each company numbers its vouchers for itself" } },
  tests       = {
    en = "Per series of numbers: the vouchers, void ones included, one after the other; numbers may grow wider. A gap belongs to the period of the voucher after it, so that those between two periods are found. Invoice numbers are INV-09's.",
    zh = "按号段检查凭证号是否连续（含作废凭证，位数可随号码增长）；断号归属其后一张凭证的期间，跨期断号亦可查出。发票号由 INV-09 检查。",
  },
  shape       = "gaps",
  message     = { en = "{missing} missing: {from} to {to}", zh = "缺 {missing} 个号：{from} 至 {to}" },
  follow_up   = { en = "Ask the system's log what became of these numbers; a failed posting leaves a trace, a deletion should too.", zh = "从系统日志查明断号原因，区分过账失败与删除。" },

  test = function(vouchers)
    return map(gaps(vouchers, "voucher_id"), function(gap)
      if not is_of_period(gap.after) then return nil end
      return exception {
        label = gap.from, row = gap.after, missing = gap.missing, from = gap.from, to = gap.to,
        evidence = evidence(gap.before),
      }
    end)
  end,
}

control "JET-06" {
  title       = { en = "Duplicate entry", zh = "重复分录" },
  risk        = { en = "The same event is in the books twice: revenue and receivables are overstated.", zh = "同一业务重复入账，虚增收入和应收。" },
  source      = { "ISA 240.A45" },
  severity    = "high",
  profile     = { "general" },
  population  = "voucher",
  scope       = "all", -- the first of two may be of the period before
  applies     = function(voucher) return is_live(voucher) and not is_reversal(voucher) end,
  group       = function(voucher)
    local customers = map(voucher.lines, function(line) return read(line, "customer_id") end)
    return { voucher.company_id or "", customers[1] or "", debited_by(voucher), currency_of(voucher) }
  end,
  parameters  = { window_days = { 7, origin = "default", note = "standing entries recur by the month" } },
  tests       = {
    en = "Vouchers of one company with the same accounts, customers and amounts, posted within the window, from different documents or none. They belong to the period of the later one.",
    zh = "同一账套在窗口期内记账、科目客户金额完全相同的凭证，归属后一张凭证的期间。",
  },
  shape       = "duplicates",
  amount_kind = "misstatement",
  message     = { en = "the same lines as {other} of {other_on}", zh = "与 {other_on} 凭证 {other} 的分录完全相同" },
  follow_up   = { en = "Compare the supporting documents; two of one document is an error, two documents of one amount are not.", zh = "比对原始单据：同一单据两次入账为错误，不同单据金额相同则正常。" },

  test = function(vouchers, p)
    local found, before = {}, {}
    for voucher in each(sort(vouchers, "posted_on")) do
      local text = lines_text(voucher)
      local other = before[text]
      local is_close = other and voucher.posted_on and other.posted_on
        and days_between(other.posted_on, voucher.posted_on) <= p.window_days
      if is_close and is_of_period(voucher) then
        table.insert(found, exception {
          row = voucher, amount = debited_by(voucher), other = other.voucher_id, other_on = other.posted_on,
          evidence = evidence(other, voucher.lines),
        })
      end
      before[text] = voucher
    end
    return found
  end,
}

control "JET-07" {
  title       = { en = "Entry by somebody who rarely posts", zh = "极少记账人员的分录" },
  risk        = { en = "Managers and people of other departments enter what the accountants would not.", zh = "管理层或其他部门人员越权入账。" },
  source      = { "ISA 240.A45" },
  severity    = "medium",
  profile     = { "general" },
  population  = "voucher",
  scope       = "all",
  applies     = function(voucher) return is_live(voucher) and voucher.prepared_by ~= nil and not is_system(voucher.prepared_by) end,
  group       = function(voucher)
    local employee = person(voucher.prepared_by)
    return employee and employee.employee_id or voucher.prepared_by
  end,
  parameters  = { max_count = { 2, origin = "default", note = "who made no more vouchers than this rarely posts" } },
  tests       = {
    en = "Per person: how many vouchers they prepared up to the date of the audit; those of the period, also when posted after its end, are reported when they are few.",
    zh = "按制单人统计截至审计日的凭证数，凭证极少者本期凭证（含期后补记入本期的）予以列示。",
  },
  shape       = "aggregate",
  amount_kind = "transaction",
  message     = { en = "{person} prepared {count} vouchers in all", zh = "制单人 {person} 共仅制单 {count} 张" },
  follow_up   = { en = "Ask why this person had the right to post, and who asked for the entry.", zh = "查明其记账权限来源及入账指令人。" },

  test = function(vouchers, p)
    if #vouchers > p.max_count then return end
    local now = filter(vouchers, is_of_period)
    return map(now, function(voucher)
      select_currency(currency_of(voucher))
      return exception {
        row = voucher, amount = debited_by(voucher), person = voucher.prepared_by, count = #vouchers,
        evidence = evidence(voucher.lines),
      }
    end)
  end,
}

control "JET-08" {
  title       = { en = "Entry around the period end reversed after it", zh = "期末前后入账、期后冲回的分录" },
  risk        = { en = "Entries made for the reports of a period and taken back in the next dress up its figures.", zh = "期末入账、期后冲回，粉饰当期报表。" },
  source      = { "ISA 240.A45" },
  severity    = "high",
  profile     = { "general" },
  population  = "voucher",
  applies     = function(voucher, p)
    return is_live(voucher) and not is_reversal(voucher) and voucher.source_kind ~= "revenue"
      and not (#p.accruals > 0 and any(voucher.lines, function(line) return contains(p.accruals, line.account) end))
  end,
  parameters  = {
    days_before = { 10, origin = "default", note = "how near the period's end the entry was made" },
    days_after  = { 15, origin = "default", note = "how soon after it, or after an entry posted later, the reversal came" },
    accruals    = { {}, origin = "default", note = "accounts of accruals that are reversed by plan: entries on one of them are left out" },
  },
  tests       = {
    en = "Vouchers of the last days of their period, and those posted into it after its end, with vouchers of a later period that reverse them soon afterwards. Accruals that are reversed by plan can be left out by their accounts. Revenue entries are REV-05's.",
    zh = "期末数日内入账及期后补记入该期间的凭证，是否在其后数日内被下期凭证冲回；按计划冲回的计提可按科目排除。收入冲回由 REV-05 检查。",
  },
  shape       = "sequence",
  looks_to    = "days_after",
  needs       = { "voucher.reversal_of" },
  amount_kind = "misstatement",
  message     = { en = "posted {posted_on}, reversed {reversed_on} by {reversal}", zh = "{posted_on} 记账，{reversed_on} 由凭证 {reversal} 冲回" },
  follow_up   = { en = "Ask what the entry was for; an accrual is reversed by plan and has a schedule, an override has none.", zh = "查明入账目的：计提冲回应有计划依据，越权入账则无。" },

  test = function(voucher, p)
    if not voucher.posted_on then return untestable { en = "no date of posting", zh = "无入账日期" } end
    local last = period_end(voucher.period or month(voucher.posted_on))
    if last - voucher.posted_on >= p.days_before then return end
    local from = latest(last, voucher.posted_on)
    local reversal = first(lookup("voucher", { reversal_of = voucher.voucher_id }), function(one)
      return is_live(one) and one.posted_on ~= nil and has_happened(one.posted_on)
        and one.period ~= (voucher.period or month(voucher.posted_on))
        and one.posted_on > last and one.posted_on <= from + p.days_after
    end)
    if not reversal then return must_see("voucher", from + p.days_after, "reversals") end
    return exception {
      amount      = debited_by(voucher),
      posted_on   = voucher.posted_on,
      reversed_on = reversal.posted_on,
      reversal    = reversal.voucher_id,
      evidence    = evidence(reversal, voucher.lines),
    }
  end,
}

control "JET-09" {
  title       = { en = "Voucher does not balance", zh = "借贷不平的凭证" },
  risk        = { en = "The ledger does not balance, or lines of the voucher are missing from the data.", zh = "账务不平，或凭证分录缺失。" },
  source      = { "000M 1.9" },
  severity    = "critical",
  profile     = { "general", "ship-first" },
  population  = "voucher",
  applies     = is_live,
  parameters  = { tolerance = { decimal "0", origin = "default", note = "double entry leaves no room" } },
  tests       = { en = "The debits of a voucher with its credits.", zh = "凭证借方合计与贷方合计比较。" },
  shape       = "reconciliation",
  amount_kind = "misstatement",
  message     = { en = "debit {debit}, credit {credit}", zh = "借方 {debit}，贷方 {credit}" },
  follow_up   = { en = "Compare with the ledger: a line that is missing in the extract is a fault of the data, one missing there of the books.", zh = "与总账核对，区分数据抽取遗漏与账务错误。" },

  test = function(voucher, p)
    if #voucher.lines == 0 then return untestable { en = "no lines", zh = "无明细" } end
    local debit, credit = debited_by(voucher), sum(voucher.lines, "credit")
    local off = difference(debit, credit, p.tolerance)
    if not off then return end
    return exception { amount = off, debit = debit, credit = credit, evidence = evidence(voucher.lines) }
  end,
}
