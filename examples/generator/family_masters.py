# SPDX-License-Identifier: MIT
"""Controls over master data (MST): regions and their heads, changes of limits and addresses, customers twice."""

from decimal import Decimal

from .basis import day
from .books import Item

PHONE = "0516-8388 2016"


def sell(b):
    if not b.planted:
        return
    b.new_customer("彭城回转支承制造有限公司")
    twin = b.new_customer("彭城回转支承制造厂有限公司")
    b.new_customer("彭城回转支架制造有限公司")
    product = b.new_product("回转支承", "QNA-730", 400, 262)
    order = b.order(twin, "10-09", [Item(product, 20)], terms=60)
    b.bill("10-20", b.deliver(order, "10-13"))
    b.keep("twin", order)

    unclassified = b.new_product("薄壁轴承", "61820", 88, 54, abc_class=None)
    customer = b.new_customer("淮海精密主轴有限公司")
    order = b.order(customer, "10-14", [Item(unclassified, 50)], terms=60)
    b.bill("10-22", b.deliver(order, "10-16"))
    b.keep("unclassified", order)

    order = b.order(customer, "10-15", [Item(product, 6)], terms=60)
    b.bill("10-22", b.deliver(order, "10-19"))
    b.keep("late clerk", order)


def region_head(month, id, name, region):
    month.add("employee", employee_id=id, name=name, org_unit_id="D02", manager_id="E04", sales_region_id=region,
              hired_on="2018-03-01")
    month.add("role_assignment", employee_id=id, role="regional_manager", org_unit_id="D02", valid_from="2024-01-01")


def change(month, when, table, record, field, old, new, *, who="E19", approved=None):
    row = month.add("master_change", change_id=month.number("MC", when[:5]), table_name=table, record_id=record, field=field,
                    old_value=old, new_value=new, changed_by=who, changed_at=f"2026-{when}")
    if approved:
        month.approve(row, "master_change", "finance_head", "E15", f"2026-{approved}")
    return row


def complete(month):
    for id, name, region in (("E81", "柏松年", "R2"), ("E82", "邱正平", "R4"), ("E83", "路远航", "R5")):
        region_head(month, id, name, region)
    for place, row in enumerate(month.rows("customer")):
        row["phone"] = PHONE if row["name"].startswith("彭城回转支承") else f"0510-8{place:03}6{(place * 37) % 1000:03}"
    change(month, "10-12 09:30:00", "customer_credit", "C012/2026-01-01", "credit_limit", "700000", "800000",
           approved="10-11 16:00:00")
    change(month, "10-16 10:00:00", "customer", "C020", "address", "华北开发区8号", "华北工业园区20号", who="E13",
           approved="10-16 09:00:00")
    change(month, "10-19 14:00:00", "customer", "C021", "phone", "024-81230000", "024-81236021", who="E13")


def plant(month):
    order = month.kept("twin")
    owed = sum(row["amount"] for row in month.where("receivable_entry", customer_id=order["customer_id"]))
    month.plant("MST-01", "customer", order["customer_id"], owed)

    line, = month.lines_of(month.kept("unclassified"))
    month.plant("MST-02", "product", line["product_id"], line["amount"])

    # From the 26th a second list has another price for the slewing ring; none was sold after the 15th.
    product = month.lines_of(order)[0]["product_id"]
    first = month.row("price_list", "PL2610")
    month.add("price_list", **{**first, "price_list_id": "PL2610-Z", "valid_from": day("10-26"),
                               "approved_at": "2026-10-23 16:00:00", "production_input_at": "2026-10-20 10:00:00",
                               "market_input_at": "2026-10-20 15:00:00"})
    price = month.where("price_list_line", price_list_id="PL2610", product_id=product)[0]
    second = month.add("price_list_line", **{**price, "price_list_id": "PL2610-Z", "list_price": Decimal(420),
                                             "floor_price": Decimal(407), "ceiling_price": Decimal(460)})
    month.plant("MST-03", "price_list_line", second, 0, label="overlap")

    # A clerk who left on the 9th goes on entering orders.
    month.add("employee", employee_id="E84", name="苏婉清", org_unit_id="D02", manager_id="E04", hired_on="2019-06-03",
              left_on="2026-10-09")
    month.add("role_assignment", employee_id="E84", role="sales_clerk", org_unit_id="D02", valid_from="2024-01-01",
              valid_to="2026-10-09")
    month.add("user_account", user_id="U84", employee_id="E84", is_system=False, valid_from="2024-01-01")
    order = month.kept("late clerk")
    order["entered_by"] = "U84"
    month.plant("MST-04", "sales_order", order, order["amount"])

    raised = change(month, "10-21 17:40:00", "customer_credit", "C006/2026-01-01", "credit_limit", "1500000", "1800000")
    change(month, "10-22 09:00:00", "customer_credit", "C010/2026-01-01", "credit_limit", "1800000", "1800000")
    month.plant("MST-05", "master_change", raised, 300000)

    month.add("employee", employee_id="E85", name="丁小满", org_unit_id="D02", hired_on="2026-09-01")
    month.add("role_assignment", employee_id="E85", role="salesperson", org_unit_id="D02", valid_from="2026-09-01")
    month.plant("MST-06", "employee", "E85", None)
