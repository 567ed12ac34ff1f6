-- SPDX-License-Identifier: MIT
-- 由 `vouch init` 查看 export 后写成。请自行修改，然后运行 `vouch run`。
-- 注释说明每项推测的依据；`-- ?` 标明存疑之处，请先查看。无法识别的列以注释列在该清单之后。

engagement {
  title    = "初步检查：export",
  period   = "2026-10",                             -- 含 40/40 张有日期的单据；日期自 2026-10-08 至 2026-10-28
  currency = "CNY",                                 -- ? 清单均未注明币种
  timezone = "Asia/Shanghai",                       -- 决定一天的起止；仅在有时刻时有影响
  language = "zh",
}

-- 略去合计及页眉：41 行
local function is_record_1(source)
  return source["存货编码"] ~= "小计" and source["单据编号"] ~= "合计"
end

-- 没有其他清单提供：由本清单得出，共 5 个
import.xlsx {
  table = "customer",
  file = "export/销售订单明细.xlsx", sheet = "Sheet1",
  skip = 2,                                         -- 表头以上的行
  skip_end = 1,                                     -- 制表人：钱七
  where = is_record_1,
  fill = { "单据编号", "客户编码", "客户名称" },    -- 仅在单据首行填写
  distinct = true,
  columns = {
    customer_id = "客户编码",                       -- Yonyou and Kingdee 用语
    name = "客户名称",                              -- Yonyou and Kingdee 用语
  },
}

-- 没有其他清单提供：由本清单得出，共 4 个
import.xlsx {
  table = "product",
  file = "export/销售订单明细.xlsx", sheet = "Sheet1",
  skip = 2,                                         -- 表头以上的行
  skip_end = 1,                                     -- 制表人：钱七
  where = is_record_1,
  distinct = true,
  columns = {
    product_id = "存货编码",                        -- Yonyou and Kingdee 用语
    name = "存货名称",                              -- Yonyou and Kingdee 用语
    spec = "规格型号",                              -- Yonyou and Kingdee 用语
  },
}

-- 平铺清单，明细行重复单头：共 40 张单据
import.xlsx {
  table = "sales_order",
  file = "export/销售订单明细.xlsx", sheet = "Sheet1",
  skip = 2,                                         -- 表头以上的行
  skip_end = 1,                                     -- 制表人：钱七
  where = is_record_1,
  fill = { "单据编号", "单据日期", "客户编码", "业务员", "制单人", "审核人", "审核日期", "单据状态" }, -- 仅在单据首行填写
  distinct = true,
  columns = {
    order_id = "单据编号",                          -- Yonyou and Kingdee 用语
    customer_id = "客户编码",                       -- Yonyou and Kingdee 用语
    order_date = "单据日期",                        -- Yonyou and Kingdee 用语
    salesperson_id = "业务员",                      -- Yonyou and Kingdee 用语
    entered_by = "制单人",                          -- Yonyou and Kingdee 用语
    approved_by = "审核人",                         -- Yonyou and Kingdee 用语
    approved_at = "审核日期",                       -- Yonyou and Kingdee 用语
    status = { "单据状态", map = { ["已审核"] = "approved", ["作废"] = "cancelled" } }, -- Yonyou and Kingdee 用语
  },
}

-- 清单无行号：按顺序编号
import.xlsx {
  table = "sales_order_line",
  file = "export/销售订单明细.xlsx", sheet = "Sheet1",
  skip = 2,                                         -- 表头以上的行
  skip_end = 1,                                     -- 制表人：钱七
  where = is_record_1,
  fill = { "单据编号" },                            -- 仅在单据首行填写
  number = { line_no = "order_id" },
  columns = {
    order_id = "单据编号",                          -- Yonyou and Kingdee 用语
    product_id = "存货编码",                        -- Yonyou and Kingdee 用语
    quantity = "数量",                              -- 模型中的名称
    unit_price = "无税单价",                        -- Yonyou and Kingdee 用语
    uom = "主计量",                                 -- Yonyou and Kingdee 用语
    tax_rate = "税率",                              -- 模型中的名称
    tax_amount = "税额",                            -- 模型中的名称
    net_amount = "无税金额",                        -- Yonyou and Kingdee 用语
    gross_amount = "价税合计",                      -- 模型中的名称
  },
}

-- export/销售订单明细.xlsx:Sheet1 中未使用的列（及其值）：
--   备注: 空

