-- SPDX-License-Identifier: MIT
-- Who did what, and what a system did, tried by a control that shows what the library finds.

control "DUTY-01" {
  title       = "Duties that can be separate",
  severity    = "low",
  scope       = "all",
  population  = "quotation",
  message     = "{between}",
  test = function(quotation)
    local duties = { duty("quotation", quotation, "prepared_by"), duty("quotation", quotation, "reviewed_by"), duty("inquiry", quotation.inquiry, "decided_by") }
    return exception { between = tostring(is_between_people(duties)) }
  end,
  cases = {
    { "two people", given = { quotation = { { quotation_id = "Q", prepared_by = "E1", reviewed_by = "E2" } } }, expect = { { key = "Q", between = "true" } } },
    { "one person and nobody", given = { quotation = { { quotation_id = "Q", prepared_by = "E1" } } }, expect = { { key = "Q", between = "true" } } },
    { "one person and a system", expect = { { key = "Q", between = "false" } },
      given = { user_account = { { user_id = "JOB", is_system = "true" } }, quotation = { { quotation_id = "Q", prepared_by = "JOB", reviewed_by = "E2" } } } },
    { "two people and a system", expect = { { key = "Q", between = "true" } },
      given = { user_account = { { user_id = "JOB", is_system = "true" } }, quotation = { { quotation_id = "Q", prepared_by = "JOB", reviewed_by = "E2", inquiry_id = "I" } }, inquiry = { { inquiry_id = "I", decided_by = "E1" } } } },
    { "a system alone", expect = { { key = "Q", between = "false" } },
      given = { user_account = { { user_id = "JOB", is_system = "true" } }, quotation = { { quotation_id = "Q", prepared_by = "JOB" } } } },
  },
}
