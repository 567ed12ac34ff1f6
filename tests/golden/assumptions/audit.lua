engagement { title = "What is not there", entity = "Small Co.", period = "2026-10", currency = "CNY", language = "en" }
import.csv { folder = "data" }
controls { folder = "controls" }
assume { ["sales_order.currency"] = "CNY" }
none { "contract" }
stated { by = "Li Wei, CFO", on = "2026-11-02", because = "no contract sales", reference = "letter of 2 November" }
required { "OWN-01" }
