-- SPDX-License-Identifier: MIT
-- Words that messages use for codes: terms of controls, to be put together with all_terms.

-- Several tables of terms as one.
function all_terms(...)
  local found = {}
  for position = 1, select("#", ...) do
    for code, words in pairs((select(position, ...))) do found[code] = words end
  end
  return found
end

-- Roles.
function role_terms()
  return {
    salesperson           = { en = "salesperson", zh = "销售员" },
    sales_clerk           = { en = "sales clerk", zh = "销售内勤" },
    sales_supervisor      = { en = "sales supervisor", zh = "销售主管" },
    branch_manager        = { en = "branch manager", zh = "分部经理" },
    sales_manager         = { en = "sales manager", zh = "销售部经理" },
    regional_manager      = { en = "regional manager", zh = "大区经理" },
    marketing_vp          = { en = "vice president of marketing", zh = "营销副总" },
    general_manager       = { en = "general manager", zh = "总经理" },
    company_leader        = { en = "company leader", zh = "公司领导" },
    marketing_head        = { en = "head of marketing", zh = "市场负责人" },
    finance_head          = { en = "head of finance", zh = "计划财务负责人" },
    accountant            = { en = "accountant", zh = "会计" },
    cashier               = { en = "cashier", zh = "出纳" },
    storekeeper           = { en = "storekeeper", zh = "库管" },
    warehouse_head        = { en = "head of the warehouse", zh = "仓库主管" },
    technician            = { en = "technician", zh = "技术员" },
    technical_head        = { en = "technical head", zh = "技术负责人" },
    purchaser             = { en = "purchaser", zh = "采购员" },
    production_head       = { en = "head of production", zh = "制造负责人" },
    quality_inspector     = { en = "quality inspector", zh = "质检员" },
    contract_admin        = { en = "contract administrator", zh = "合同管理员" },
    archivist             = { en = "archivist", zh = "专职档案员" },
    customer_service_head = { en = "head of customer service", zh = "客户服务主管" },
    credit_controller     = { en = "credit controller", zh = "信用员" },
    price_admin           = { en = "price administrator", zh = "价格员" },
  }
end

-- Kinds of departments.
function unit_terms()
  return {
    sales            = { en = "sales", zh = "销售部" },
    branch           = { en = "branch", zh = "分部" },
    marketing        = { en = "marketing", zh = "营销（市场）部" },
    finance          = { en = "finance", zh = "财务部" },
    production       = { en = "production", zh = "制造中心" },
    technical        = { en = "technical", zh = "技术部" },
    purchasing       = { en = "purchasing", zh = "采购部" },
    quality          = { en = "quality", zh = "质检部" },
    warehouse        = { en = "warehouse", zh = "仓库" },
    office           = { en = "office", zh = "办公室" },
    customer_service = { en = "customer service", zh = "客服部" },
    archive          = { en = "archive", zh = "档案处" },
    management       = { en = "management", zh = "公司领导" },
  }
end
