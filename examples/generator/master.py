# SPDX-License-Identifier: MIT
"""Master data of the example: people, products, prices, customers, credit."""

from decimal import Decimal

from .basis import after, day

D = Decimal

MAIN, BRANCH, EXPORT = "TH01", "TH02", "TH03"
COMPANIES = [
    (MAIN, "天衡轴承机械制造有限公司", "CNY"),
    (BRANCH, "天衡滑动轴承有限公司", "CNY"),
    (EXPORT, "天衡轴承国际贸易有限公司", "USD"),  # keeps its books in USD
]
CURRENCY = {company: currency for company, _, currency in COMPANIES}

ORG_UNITS = [
    ("D01", "公司领导", "management", None), ("D02", "销售部", "sales", "D01"),
    ("D03", "华东分部", "branch", "D02"), ("D04", "华南分部", "branch", "D02"),
    ("D05", "市场部", "marketing", "D01"), ("D06", "财务部", "finance", "D01"),
    ("D07", "办公室", "office", "D01"), ("D08", "制造中心", "production", "D01"),
    ("D09", "技术部", "technical", "D01"), ("D10", "质检部", "quality", "D01"),
    ("D11", "成品仓库", "warehouse", "D08"),
]

REGIONS = [("R1", "华东", "A"), ("R2", "华北", "A"), ("R3", "华南", "B"), ("R4", "西南", "C"),
           ("R5", "海外", "B")]

EMPLOYEES = [  # id, name, unit, manager, region, role
    ("E01", "顾承业", "D01", None, None, "general_manager"),
    ("E02", "沈鸿儒", "D01", "E01", None, "company_leader"),
    ("E03", "陆景明", "D01", "E01", None, "marketing_vp"),
    ("E04", "方志远", "D02", "E03", None, "sales_manager"),
    ("E05", "秦月华", "D03", "E04", "R1", "branch_manager"),
    ("E06", "莫少聪", "D04", "E04", "R3", "branch_manager"),
    ("E07", "周立群", "D03", "E05", "R1", "salesperson"),
    ("E08", "吴晓岚", "D03", "E05", "R1", "salesperson"),
    ("E09", "郑克勤", "D02", "E04", "R2", "salesperson"),
    ("E10", "冯思源", "D02", "E04", "R2", "salesperson"),
    ("E11", "陈嘉禾", "D04", "E06", "R3", "salesperson"),
    ("E12", "韩雪松", "D02", "E04", "R4", "salesperson"),
    ("E13", "杨柳青", "D02", "E04", None, "sales_clerk"),
    ("E14", "朱晓丹", "D02", "E04", None, "sales_clerk"),
    ("E15", "许文渊", "D06", "E01", None, "finance_head"),
    ("E16", "何静怡", "D06", "E15", None, "accountant"),
    ("E17", "吕国栋", "D06", "E15", None, "accountant"),
    ("E18", "施雨薇", "D06", "E15", None, "cashier"),
    ("E19", "张慎行", "D06", "E15", None, "credit_controller"),
    ("E20", "孔令仪", "D05", "E21", None, "price_admin"),
    ("E21", "曹振宇", "D05", "E01", None, "marketing_head"),
    ("E22", "严守诚", "D08", "E01", None, "production_head"),
    ("E23", "华大勇", "D11", "E24", None, "storekeeper"),
    ("E24", "金保国", "D11", "E22", None, "warehouse_head"),
    ("E25", "魏书琴", "D02", "E04", None, "contract_admin"),
    ("E26", "陶行健", "D09", "E01", None, "technical_head"),
    ("E27", "姜铁民", "D10", "E22", None, "quality_inspector"),
]

SYSTEM_USER = "U900"
ACCOUNTS = [("U" + e[0][1:], e[0], False) for e in EMPLOYEES] + [
    ("U104", "E04", False),  # the sales manager's second account, on the mobile client
    ("U113", "E13", False),  # a clerk's second account
    (SYSTEM_USER, None, True),
]

RANKS = [("salesperson", 10), ("sales_clerk", 10), ("cashier", 10), ("storekeeper", 10),
         ("accountant", 20), ("credit_controller", 20), ("price_admin", 20), ("contract_admin", 20),
         ("quality_inspector", 20), ("warehouse_head", 30), ("branch_manager", 30),
         ("sales_manager", 40), ("finance_head", 50), ("marketing_head", 50),
         ("production_head", 50), ("technical_head", 50), ("marketing_vp", 60),
         ("company_leader", 80), ("general_manager", 90)]

APPROVAL_RULES = [  # document, kind, step, role, from, to
    ("sales_order", "order_approval", 1, "sales_manager", 0, None),
    ("sales_order", "order_approval", 2, "marketing_vp", 500000, None),
    ("contract", "contract_approval", 1, "sales_manager", 0, None),
    ("contract", "contract_approval", 2, "general_manager", 300000, None),
    ("sales_order", "special_price", 1, "general_manager", 0, None),
    ("contract", "special_price", 1, "general_manager", 0, None),
    ("quotation", "special_price", 1, "general_manager", 0, None),
    ("sales_order", "credit_override", 1, "finance_head", 0, None),
    ("contract_change", "change", 1, "marketing_vp", 0, None),
    ("write_off", "write_off", 1, "general_manager", 0, None),
    ("revenue_entry", "manual_revenue", 1, "finance_head", 0, None),
]

DISCOUNTS = [("salesperson", 4, 6, 8), ("sales_manager", 6, 8, 12), ("marketing_vp", 8, 10, 15),
             ("general_manager", 40, 40, 40)]

PRODUCTS = [  # id, name, model, unit, class, cost, valuation
    ("P001", "深沟球轴承", "6204-2RS", "套", "B", "11.80", "fifo"),
    ("P002", "深沟球轴承", "6206-2RS", "套", "B", "16.90", "fifo"),
    ("P003", "深沟球轴承", "6308", "套", "B", "37.50", "fifo"),
    ("P004", "圆柱滚子轴承", "NU210E", "套", "C", "94.00", "fifo"),
    ("P005", "调心滚子轴承", "22216CC", "套", "B", "276.00", "fifo"),
    ("P006", "调心滚子轴承", "22220CC", "套", "B", "448.00", "fifo"),
    ("P007", "圆锥滚子轴承", "30208", "套", "B", "42.60", "fifo"),
    ("P008", "圆锥滚子轴承", "30212", "套", "B", "72.80", "fifo"),
    ("P009", "角接触球轴承", "7208AC", "套", "B", "55.00", "fifo"),
    ("P010", "推力球轴承", "51208", "套", "B", "46.80", "fifo"),
    ("P011", "推力球轴承", "51212", "套", "B", "83.20", "fifo"),
    ("P012", "精密圆柱滚子轴承", "NN3016K", "套", "B", "930.00", "fifo"),
    ("P013", "剖分式轴承座", "SNL516", "件", "B", "136.00", "moving_average"),
    ("P014", "剖分式轴承座", "SNL520", "件", "B", "208.00", "moving_average"),
    ("P015", "调心滚子轴承(出口)", "23048CC", "套", "A", "1450.00", "moving_average"),
    ("P016", "调心滚子轴承(出口)", "24132CC", "套", "A", "1240.00", "moving_average"),
    ("P017", "圆柱滚子轴承(出口)", "NJ2316", "套", "B", "552.00", "moving_average"),
    ("P018", "圆锥滚子轴承(出口)", "32316", "套", "B", "346.00", "moving_average"),
    ("P019", "紧定套", "H316", "件", "B", "12.60", "moving_average"),
    ("P020", "轴承润滑脂", "LGT-2", "支", "B", "18.50", "moving_average"),
    ("P021", "橡胶密封圈", "OS-62", "个", "B", "2.90", "moving_average"),
    ("P022", "感应加热器", "JRQ-20", "台", "C", "3050.00", "moving_average"),
    ("P023", "液压拉马", "YL-10", "台", "C", "700.00", "moving_average"),
    ("P024", "导轨滑块", "HG25", "件", "C", "245.00", "moving_average"),
    ("P025", "陶瓷球轴承", "6205-CE", "套", "B", "88.00", "moving_average"),
    ("P026", "外球面轴承", "UC208", "套", "B", "31.00", "moving_average"),
    ("P027", "外球面轴承", "UC212", "套", "B", "52.00", "moving_average"),
    ("P028", "滚针轴承", "NK30/20", "套", "B", "14.00", "moving_average"),
    ("P029", "关节轴承", "GE30ES", "套", "B", "24.00", "moving_average"),
    ("P030", "关节轴承", "GE40ES", "套", "B", "38.00", "moving_average"),
    ("P031", "锡青铜衬套", "JDB-40", "件", "B", "21.00", "moving_average"),
    ("P032", "复合滑动轴承", "SF1-50", "件", "B", "9.20", "moving_average"),
    ("G001", "定制工具包(赠品)", "GJB", "套", None, "35.00", "moving_average"),
    ("S001", "运输服务", None, "次", None, None, None),
    ("S002", "安装调试服务", None, "次", None, None, None),
]
UNIT = {p[0]: p[3] for p in PRODUCTS}
COST = {p[0]: D(p[5]) if p[5] else None for p in PRODUCTS}
FIFO = {p[0] for p in PRODUCTS if p[6] == "fifo"}
# What one base unit costs in the books of the export company, which are in USD.
COST_USD = {"P015": D("201.40"), "P016": D("172.30"), "P017": D("76.70"), "P018": D("48.10")}
SERVICES = {"S001", "S002"}
BASE_UNITS = {("P020", "箱"): 12, ("P021", "包"): 50}

# The company-wide list of October: product, grade, season, region, list price. The floor is 97 % of the
# list price and the ceiling 110 %, where BANDS says nothing else.
OCTOBER = [
    ("P001", "A", None, None, "17"), ("P001", "B", None, None, "18"), ("P001", "C", None, None, "19"),
    ("P002", "A", None, None, "25"), ("P002", "B", None, None, "26"), ("P002", "C", None, None, "28"),
    ("P003", "A", None, None, "55"), ("P003", "B", None, None, "58"), ("P003", "C", None, None, "61"),
    ("P004", "A", None, None, "140"), ("P004", "B", None, None, "145"), ("P004", "C", None, None, "150"),
    ("P005", "*", "旺季", None, "430"), ("P005", "*", "淡季", None, "410"),
    ("P006", "*", "旺季", None, "700"), ("P006", "*", "淡季", None, "670"),
    ("P007", None, None, None, "66"), ("P008", None, None, None, "112"),
    ("P009", None, None, None, "95"), ("P009", None, None, "R3", "78"),
    ("P010", "*", None, None, "72"), ("P011", None, None, None, "128"),
    ("P012", None, None, None, "1450"), ("P013", None, None, None, "210"),
    ("P014", None, None, None, "320"), ("P022", None, None, None, "4800"),
    ("P023", None, None, None, "1200"), ("P024", None, None, None, "260"),
]
BANDS = {  # product: floor, ceiling
    "P022": ("3840", "5280"), "P023": ("960", "1320"), "P024": ("234", "286"),
    "P019": ("21.92", "24.86"),
}
USD_LIST = [("P015", "310"), ("P016", "265"), ("P017", "118"), ("P018", "74")]
GROSS_LIST = [("P019", "22.60"), ("P020", "33.90")]  # tax included; P020 per 支
PACK_LIST = [("P021", "250")]                        # per 包 of 50, sold by the piece as well

SEASONS = [("淡季", "2026-07-01", "2026-09-30"), ("旺季", "2026-10-01", "2026-12-31")]


# Planned average prices of October.
PRICE_PLANS = [("P001", "17.20"), ("P002", "25.40"), ("P003", "57"), ("P004", "143"), ("P005", "420"),
               ("P006", "690"), ("P007", "64.50"), ("P008", "110"), ("P009", "86"), ("P010", "70.50"),
               ("P011", "126"), ("P012", "1450"), ("P013", "208"), ("P014", "305")]


def band(product, list_price):
    if product in BANDS:
        return D(BANDS[product][0]), D(BANDS[product][1])
    return D(list_price) * 97 / 100, D(list_price) * 110 / 100


class PriceList:
    def __init__(self, id, valid_from, valid_to, approved_at, lines, *, company=MAIN, currency="CNY",
                 tax_included=False, approved_by="E01", proposed_by="E20", base="定价测算表", office=None,
                 finance=None, input_at=None, uom=None):
        self.__dict__.update(locals())
        self.input_at = input_at or after(day(approved_at[:10]), -6)
        self.office = office or after(day(approved_at[:10]), 1)
        self.finance = finance or self.office


def price_lists():
    standard = [(p, g, s, r, v) for p, g, s, r, v in OCTOBER]
    summer = [(p, None, None, None, v) for p, g, s, r, v in standard
              if g in (None, "*", "B") and s != "旺季" and not r]
    simple = lambda rows: [(p, None, None, None, v) for p, v in rows]
    return [
        PriceList("PL2607", "2026-07-01", "2026-09-30", "2026-06-22 15:30:00", summer),
        PriceList("PL2610", "2026-10-01", "2026-12-31", "2026-09-22 16:10:00", standard),
        PriceList("PL2610-T", "2026-10-01", None, "2026-09-22 16:20:00", simple(GROSS_LIST),
                  tax_included=True),
        PriceList("PL2610-K", "2026-10-01", None, "2026-09-22 16:25:00", simple(PACK_LIST), uom="包"),
        PriceList("PL2610-U", "2026-10-01", "2026-12-31", "2026-09-22 16:30:00", simple(USD_LIST),
                  company=EXPORT, currency="USD"),
        PriceList("PL2610-B", "2026-10-01", "2026-12-31", "2026-09-23 10:00:00",
                  simple([("P031", "36"), ("P032", "16")]), company=BRANCH),
        # The list of the next quarter: approved already, not yet in force, must not be used.
        PriceList("PL2701", "2027-01-01", None, "2026-10-29 17:00:00",
                  simple([("P007", "69"), ("P008", "118")])),
    ]


def list_price(product, grade, region, when, uom=None):
    """The net list price for a customer on a day, per unit of sale; None when no list has it."""
    if product in ("P015", "P016", "P017", "P018"):
        return D(dict(USD_LIST)[product])
    if product == "P019":
        return D(20)
    if product == "P020":
        return D(30) * (12 if uom == "箱" else 1)
    if product == "P021":
        return D(250) if uom == "包" else D(5)
    season = "旺季" if when.month >= 10 else "淡季"
    for p, g, s, r, value in sorted(OCTOBER, key=lambda line: line[3] is None):
        if p == product and g in (None, "*", grade) and s in (None, season) and r in (None, region):
            return D(value)
    if product in ENROLLED_PRICES:
        return ENROLLED_PRICES[product]
    return {"P031": D(36), "P032": D(16), "P026": D(48), "P027": D(80), "P028": D(22),
            "P029": D(37), "P030": D(58), "P025": D(136)}.get(product)


CUSTOMERS = [  # id, name, grade, region, salesperson
    ("C001", "江淮重型传动设备有限公司", "A", "R1", "E07"),
    ("C002", "齐鲁风机制造有限公司", "B", "R2", "E09"),
    ("C003", "太行矿山机械有限公司", "A", "R2", "E09"),
    ("C004", "渤海港口装备有限公司", "B", "R2", "E10"),
    ("C005", "中原减速机有限公司", "B", "R2", "E10"),
    ("C006", "洞庭水泵有限公司", "C", "R1", "E08"),
    ("C007", "岭南纺织机械有限公司", "B", "R3", "E11"),
    ("C008", "珠江电机制造有限公司", "B", "R3", "E11"),
    ("C009", "巴山工程机械配件有限公司", "C", "R4", "E12"),
    ("C010", "长岭造纸装备有限公司", "C", "R1", "E08"),
    ("C011", "雁荡阀门有限公司", "B", "R1", "E07"),
    ("C012", "武夷木工机械有限公司", "C", "R3", "E11"),
    ("C013", "秦岭冶金设备有限公司", "A", "R4", "E12"),
    ("C014", "松嫩农机有限公司", "B", "R2", "E09"),
    ("C015", "太湖输送设备有限公司", "B", "R1", "E07"),
    ("C016", "钱塘包装机械有限公司", "B", "R1", "E08"),
    ("C017", "鄱阳橡塑机械有限公司", "C", "R1", "E08"),
    ("C018", "漓江机电有限公司", "C", "R3", "E11"),
    ("C019", "滇池起重设备有限公司", "C", "R4", "E12"),
    ("C020", "燕山铸造机械有限公司", "B", "R2", "E10"),
    ("C021", "浑河传动部件有限公司", "B", "R2", "E09"),
    ("C022", "汾河煤机配件有限公司", "B", "R2", "E10"),
    ("C023", "嘉陵摩托配件有限公司", "C", "R4", "E12"),
    ("C024", "甬江五金机械有限公司", "C", "R1", "E07"),
    ("C025", "沂蒙粮油机械有限公司", "B", "R2", "E09"),
    ("C026", "天山水泥装备有限公司", "B", "R4", "E12"),
    ("C027", "城东轴承经营部", "C", "R1", "E08"),
    ("C028", "祁连新能源装备有限公司", "B", "R4", "E12"),
    ("C029", "淮北旧机改造有限公司", "C", "R1", "E07"),
    ("C030", "Hanse Drive Components GmbH", "A", "R5", "E10"),
    ("C031", "云台液压机械有限公司", "B", "R1", "E07"),
    ("C032", "丹江纺配有限公司", "C", "R1", "E08"),
    ("C033", "阴山风电设备有限公司", "B", "R2", "E10"),
    ("C034", "乌江电梯部件有限公司", "C", "R4", "E12"),
]
CUSTOMER = {c[0]: c for c in CUSTOMERS}
COMPANY_OF = {"C030": EXPORT, "C031": BRANCH, "C032": BRANCH}

CREDIT_POLICY = [("AAA", "5000000", 90, "credit"), ("AA", "2000000", 60, "credit"),
                 ("A", "800000", 60, "credit"), ("B", "300000", 45, "credit"),
                 ("C", "0", 0, "prepay")]

EXCHANGE = [D("7.0842"), D("7.0915"), D("7.0888"), D("7.0957"), D("7.1013"), D("7.0976"), D("7.0931")]


def rate_on(when):
    return EXCHANGE[(when - day("2026-09-01")).days % len(EXCHANGE)]


class Credit:
    """One row of customer_credit."""

    def __init__(self, customer, rating, limit, terms, *, mode="credit", since="2026-01-01", until=None,
                 assessed="2025-12-18", currency=None):
        self.__dict__.update(locals())


def credits():
    special = {"C015", "C016", "C017", "C018", "C019", "C020", "C021", "C022", "C023", "C024", "C025",
               "C026", "C027", "C028", "C029", "C030", "C002", "C012", "C013", "C034"}
    rows = [Credit(c[0], "AA", 1800000, 60) for c in CUSTOMERS if c[0] not in special]
    rows += [
        Credit("C002", "AA", 1800000, 30, until="2026-10-15"),  # terms were lengthened in October
        Credit("C002", "AA", 1800000, 60, since="2026-10-16", assessed="2026-10-12"),
        Credit("C012", "A", 800000, 60, until="2026-10-11"),
        Credit("C013", "AA", 1800000, 60, until="2026-10-14"),
        Credit("C015", "B", 200000, 45),
        Credit("C016", "B", 150000, 45),
        Credit("C017", "B", 120000, 45),
        Credit("C020", "A", 800000, 60),
        Credit("C021", "A", 800000, 30),
        Credit("C022", "B", 80000, 30),
        Credit("C023", "A", 600000, 45),
        Credit("C026", "A", 800000, 60),
        Credit("C034", "A", 800000, 60, assessed="2025-10-20"),
        Credit("C027", "C", 0, 0, mode="cash"),
        Credit("C028", "B", 100000, 45),
        Credit("C029", "B", 50000, 30),
        Credit("C030", "AA", 1500000, 60, currency="CNY"),  # the limit is in CNY, the trade in USD
    ]
    return rows


def bands_of(product):
    """All list, floor and ceiling prices of a product in October, by grade."""
    found = {}
    for p, grade, season, region, value in OCTOBER:
        if p == product and season != "淡季":
            found.setdefault(grade, set()).update({D(value), *band(p, value)})
    return found


# --- what families add --------------------------------------------------------------------------------

FOUNDED = len(CUSTOMERS), len(PRODUCTS)
ENROLLED_PRICES = {}


def enrol_customer(row, company):
    CUSTOMERS.append(row)
    CUSTOMER[row[0]] = row
    if company != MAIN:
        COMPANY_OF[row[0]] = company


def enrol_product(row, price):
    PRODUCTS.append(row)
    UNIT[row[0]], COST[row[0]], ENROLLED_PRICES[row[0]] = row[3], D(row[5]), price


def as_founded():
    """Forgets what was enrolled for another month."""
    for row in CUSTOMERS[FOUNDED[0]:]:
        del CUSTOMER[row[0]]
        COMPANY_OF.pop(row[0], None)
    for row in PRODUCTS[FOUNDED[1]:]:
        del UNIT[row[0]], COST[row[0]]
    del CUSTOMERS[FOUNDED[0]:], PRODUCTS[FOUNDED[1]:]
    ENROLLED_PRICES.clear()
