// SPDX-License-Identifier: MIT
// The phrases that the summary is made of, in the languages of the reports. Those with % are printf
// formats; both languages take the same arguments in the same order.
#ifndef VOUCH_PHRASES_H
#define VOUCH_PHRASES_H

#include "engine/base/buffer.h"

// name, English, Chinese
#define PHRASES(X)                                                                                 \
    X(PERIOD, "%s to %s, as of %s", "%s 至 %s，截至 %s")                                           \
    X(OPEN_PERIOD, "all dates, as of %s", "全部日期，截至 %s")                                     \
    X(TESTED, "%s rows in %s tables; controls run: %s; rows tested: %s",                           \
      "载入 %2$s 张表共 %1$s 行；%3$s 项控制共测试 %4$s 行次")                                     \
    X(INCOMPLETE, "Incomplete", "检查不完整")                                                      \
    X(REJECTED, "records rejected: %s (data_problems.csv)",                                        \
      "拒收记录：%s 条（data_problems.csv）")                                                      \
    X(INVALID, "invalid cells: %s (data_problems.csv)", "无效单元格：%s 个（data_problems.csv）")  \
    X(EXPECTED_ROWS, "%s: expected %s records, found %s", "%s：应有 %s 条记录，实有 %s 条")        \
    X(EXPECTED_SUM, "%s.%s: expected a sum of %s, found %s", "%s.%s：合计应为 %s，实为 %s")        \
    X(REQUIRED, "%s is required and was not fully tested", "%s 为必查控制，但未完整测试")          \
    X(FAILED, "%s failed: %s", "%s 执行失败：%s")                                                  \
    X(NONE_RAN, "no control could run", "没有一项控制可以执行")                                    \
    X(EXCEPTIONS, "Exceptions", "例外")                                                            \
    X(NO_EXCEPTIONS, "No exceptions", "无例外")                                                    \
    X(NO_EXCEPTIONS_TESTED, "No exceptions in what was tested", "已测试部分无例外")                \
    X(AT_RISK, "At risk (amounts of different kinds are not added together)",                      \
      "涉及金额（不同性质的金额不相加）")                                                          \
    X(WAIVERS, "Waivers", "豁免")                                                                  \
    X(WAIVER_WARNINGS, "Waivers that are void (waiver_status.csv)",                                \
      "无效的豁免（waiver_status.csv）")                                                           \
    X(WAIVER_LINE, "%s: %s: %s", "%s：%s：%s")                                                     \
    X(WAIVER_UNREADABLE, "cannot be read: %s", "无法读取：%s")                                     \
    X(WAIVER_UNUSED, "no exception is what it names", "没有与之对应的例外")                        \
    X(WAIVER_EXPIRED, "expired on %s", "已于 %s 到期")                                             \
    X(WAIVER_NOT_YET, "approved only on %s", "%s 才批准")                                          \
    X(WAIVER_NOT_WAIVABLE, "this control may not be waived", "该控制不允许豁免")                   \
    X(WAIVER_CHANGED, "the facts have changed since: the fingerprint differs",                     \
      "事实已发生变化：指纹不一致")                                                                \
    X(WAIVER_SELF_APPROVED, "approved by %s, who did it", "由经办人 %s 本人批准")                  \
    X(WAIVER_UNKNOWN_APPROVER, "approved by %s, who is a system account or not among the people",  \
      "批准人 %s 为系统账户或不在人员名单中")                                                      \
    X(WAIVER_OVER_LIMIT, "above its amount limit, or without an amount in its currency",           \
      "超过金额上限，或没有该币种的金额")                                                          \
    X(DISPOSITIONS, "Dispositions", "处理情况")                                                    \
    X(DISPOSITION_NONE, "(none)", "（无）")                                                        \
    X(DISPOSITION_GONE, "of exceptions that are no longer found: %s", "所涉例外已不再出现：%s 条") \
    X(DISPOSITION_UNREADABLE, "lines that cannot be read: %s", "无法读取的行：%s")                 \
    X(COLUMN_STATUS, "status", "状态")                                                             \
    X(COLUMN_OWNER, "owner", "负责人")                                                             \
    X(DIFF_RUN, "period %s, as of %s", "期间 %s，截至 %s")                                         \
    X(DIFF_ENTITY, "These are runs of different entities.", "两次检查的单位不同。")                \
    X(DIFF_SOURCES, "Sources that differ, or have no hash: %s", "不同或没有哈希的数据来源：%s")    \
    X(DIFF_SAME_SOURCES, "The sources are the same.", "数据来源相同。")                            \
    X(DIFF_RULES, "Rule files that differ: %s", "不同的规则文件：%s")                              \
    X(DIFF_NEW, "new: %s", "新增：%s")                                                             \
    X(DIFF_REOPENED, "waived in A and open in B: %s", "A 中已豁免而 B 中未豁免：%s")               \
    X(DIFF_AMOUNT, "of another amount: %s", "金额变化：%s")                                        \
    X(DIFF_NONE, "persisting: %s", "仍存在：%s")                                                   \
    X(DIFF_RESOLVED, "resolved: %s", "已消除：%s")                                                 \
    X(DIFF_DOUBTFUL, "  of these by controls that B could not test in full: %s",                   \
      "  其中 B 未能完整测试其控制的：%s")                                                         \
    X(DIFF_OUT_OF_PERIOD, "outside B's period: %s", "不在 B 的期间内：%s")                         \
    X(DIFF_NOT_TESTED, "of controls that B did not run: %s", "B 未执行其控制的：%s")               \
    X(DIFF_EMPTY, "no exceptions in either", "两次检查均无例外")                                   \
    X(DIFF_ONLY_A, "not in B", "B 中没有")                                                         \
    X(DIFF_ONLY_B, "not in A", "A 中没有")                                                         \
    X(DIFF_RULE, "rule or parameters changed", "规则或参数有变化")                                 \
    X(HEADING_NEW, "New", "新增")                                                                  \
    X(HEADING_REOPENED, "Waived in A, open in B", "A 中已豁免，B 中未豁免")                        \
    X(HEADING_AMOUNT, "Of another amount", "金额变化")                                             \
    X(HEADING_RESOLVED, "Resolved", "已消除")                                                      \
    X(COLUMN_A, "A", "A")                                                                          \
    X(COLUMN_B, "B", "B")                                                                          \
    X(COLUMN_NEW, "new", "新增")                                                                   \
    X(COLUMN_RESOLVED, "resolved", "已消除")                                                       \
    X(COLUMN_AMOUNT_A, "amount in A", "A 金额")                                                    \
    X(COLUMN_AMOUNT_B, "amount in B", "B 金额")                                                    \
    X(COLUMN_NOTE, "note", "说明")                                                                 \
    X(COLUMN_EXCEPTION, "exception", "例外")                                                       \
    X(COLUMN_MESSAGE, "message", "说明")                                                           \
    X(EXPLAIN_TESTS, "tests", "测试内容")                                                          \
    X(EXPLAIN_FOLLOW_UP, "follow up", "后续处理")                                                  \
    X(EXPLAIN_FINGERPRINT, "fingerprint", "指纹")                                                  \
    X(EXPLAIN_VALUES, "Values that decided, and parameters", "判定依据与参数")                     \
    X(EXPLAIN_ROW_GONE, "not among the rows imported now", "不在现有的导入数据中")                 \
    X(EXPLAIN_RULE, "Rule", "规则")                                                                \
    X(COLUMN_NAME, "name", "名称")                                                                 \
    X(COLUMN_VALUE, "value", "值")                                                                 \
    X(COLUMN_FROM, "from", "来自")                                                                 \
    X(SHARED_DOCUMENTS, "Documents that several controls found (documents.csv)",                   \
      "多项控制同时发现的单据（documents.csv）")                                                   \
    X(COLUMN_DOCUMENT, "document", "单据")                                                         \
    X(COLUMN_DOCUMENTS, "documents", "单据数")                                                     \
    X(COLUMN_ONCE, "each document once", "单据不重复计")                                           \
    X(COLUMN_CAUSES, "cause: controls", "原因：控制")                                              \
    X(GRADING, "Suggested grades of control deficiency (a suggestion, for judgement)",             \
      "控制缺陷等级建议（仅供判断参考）")                                                          \
    X(GRADE_NONE, "", "")                                                                          \
    X(GRADE_GENERAL, "general deficiency", "一般缺陷")                                             \
    X(GRADE_SIGNIFICANT, "significant deficiency", "重要缺陷")                                     \
    X(GRADE_MATERIAL, "material weakness", "重大缺陷")                                             \
    X(GRADE_OF, "%s: %s controls", "%s：%s 项控制")                                                \
    X(GRADE_MATERIAL_FROM,                                                                         \
      "%s: misstatement or exposure of a control from %s on, or from %s open exceptions of high "  \
      "or critical severity on",                                                                   \
      "%s：单项控制的错报或风险敞口达到 %s，或未豁免的高、严重等级例外达到 %s 条")                 \
    X(GRADE_SIGNIFICANT_FROM,                                                                      \
      "%s: from %s on, or from %s such exceptions on, or with a critical one",                     \
      "%s：达到 %s，或此类例外达到 %s 条，或有严重等级的例外")                                     \
    X(GRADE_AMOUNT, "amount", "金额")                                                              \
    X(GRADE_COUNT, "count", "数量")                                                                \
    X(GRADE_SEVERITY, "severity", "等级")                                                          \
    X(COLUMN_GRADE, "suggested", "建议等级")                                                       \
    X(COLUMN_GRAVE, "high or critical", "高或严重")                                                \
    X(COLUMN_BECAUSE, "by", "依据")                                                                \
    X(COLUMN_BEFORE, "before", "豁免前")                                                           \
    X(COLUMN_WAIVED, "waived", "已豁免")                                                           \
    X(COLUMN_OPEN, "open", "未豁免")                                                               \
    X(UNTESTABLE, "Not fully tested", "未完整测试")                                                \
    X(NOT_RUN, "Not run", "未执行")                                                                \
    X(DISABLED, "Disabled", "已停用")                                                              \
    X(CLEAN, "Clean", "未发现例外")                                                                \
    X(NOTHING_TO_TEST, "Nothing to test", "无可测试")                                              \
    X(PROBLEMS, "Problems of the data (data_problems.csv)", "数据问题（data_problems.csv）")       \
    X(NOTES, "About the import", "导入说明")                                                       \
    X(COLUMNS_NOT_USED, "%s (%s): columns not used: %s", "%s（%s）：未使用的列：%s")               \
    X(BLANK_LINES, "%s (%s): %s blank lines", "%s（%s）：%s 个空行")                               \
    X(FILE_NOT_USED, "%s: used by no import", "%s：没有导入使用此文件")                            \
    X(MORE, "and %s more", "另有 %s 条")                                                           \
    X(RESULTS, "Results in %s", "结果见 %s")                                                       \
    X(COLUMN_CONTROL, "control", "控制")                                                           \
    X(COLUMN_SEVERITY, "severity", "等级")                                                         \
    X(COLUMN_TITLE, "title", "名称")                                                               \
    X(COLUMN_EXCEPTIONS, "exceptions", "例外数")                                                   \
    X(COLUMN_TESTED, "tested", "测试数")                                                           \
    X(COLUMN_UNTESTABLE, "untestable", "无法测试")                                                 \
    X(COLUMN_ERRORS, "errors", "出错")                                                             \
    X(COLUMN_AMOUNT, "amount", "金额")                                                             \
    X(COLUMN_CURRENCY, "currency", "币种")                                                         \
    X(COLUMN_KIND, "kind", "性质")                                                                 \
    X(COLUMN_REASON, "reason", "原因")                                                             \
    X(COLUMN_TABLE, "table", "表")                                                                 \
    X(COLUMN_COUNT, "count", "数量")                                                               \
    X(COLUMN_POPULATION, "population", "总体")                                                     \
    X(COLUMN_READY, "ready", "可否执行")                                                           \
    X(READY, "ready", "可执行")                                                                    \
    X(READY_WANTING, "ready; some rows may need %s", "可执行；部分行可能需要 %s")                  \
    X(MISSING, "no %s", "缺少 %s")                                                                 \
    X(DISABLED_FOR, "disabled: %s", "已停用：%s")                                                  \
    X(OTHER_PROFILE, "not in the engagement's profiles", "不在所选控制组合内")                     \
    X(SEVERITY_LOW, "low", "低")                                                                   \
    X(SEVERITY_MEDIUM, "medium", "中")                                                             \
    X(SEVERITY_HIGH, "high", "高")                                                                 \
    X(SEVERITY_CRITICAL, "critical", "严重")                                                       \
    X(MISSTATEMENT, "misstatement", "错报")                                                        \
    X(EXPOSURE, "exposure", "风险敞口")                                                            \
    X(TRANSACTION, "transaction", "交易额")                                                        \
    X(REJECTED_RECORD, "rejected record", "拒收记录")                                              \
    X(INVALID_CELL, "invalid cell", "无效单元格")                                                  \
    X(DUPLICATE_KEY, "duplicate key", "主键重复")                                                  \
    X(DANGLING_REFERENCE, "dangling reference", "引用不存在")

enum phrase {
#define X(name, english, chinese) PHRASE_##name,
    PHRASES(X)
#undef X
};

// Adds a reason of a control's result in `language`. Those that the engine gives have a Chinese
// form; those of rules and of messages from elsewhere stay as they were written. Several joined by
// "; ", each with its number of rows, are taken one by one.
void phrase_add_reason(const char *reason, const char *language, struct buffer *out);

// The phrase in `language` ("zh"; anything else is English).
const char *phrase(enum phrase phrase, const char *language);

#endif
