// SPDX-License-Identifier: MIT
// The words of the workbook, in the languages of the reports.
#ifndef VOUCH_XLSX_WORDS_H
#define VOUCH_XLSX_WORDS_H

#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/waiver.h"

// name, English, Chinese
#define XLSX_WORDS(X)                                                                              \
    X(SUMMARY, "Summary", "摘要")                                                                  \
    X(CONTROLS, "Controls", "控制矩阵")                                                            \
    X(EXCEPTIONS, "Exceptions", "例外")                                                            \
    X(EVIDENCE, "Evidence", "证据")                                                                \
    X(PROBLEMS, "Data problems", "数据问题")                                                       \
    X(PARAMETERS, "Parameters", "参数")                                                            \
    X(MAPPING, "Mapping", "字段映射")                                                              \
    X(RECORD, "Run record", "运行记录")                                                            \
    X(ENTITY, "entity", "被审计单位")                                                              \
    X(PERIOD, "period", "期间")                                                                    \
    X(AS_OF, "as of", "截止日")                                                                    \
    X(CURRENCY, "currency", "币种")                                                                \
    X(TIMEZONE, "time zone", "时区")                                                               \
    X(PROGRAM, "program", "程序")                                                                  \
    X(RESULT, "result", "结论")                                                                    \
    X(COMPLETE, "complete", "完整")                                                                \
    X(INCOMPLETE, "incomplete", "不完整")                                                          \
    X(ALL_DATES, "all dates", "全部日期")                                                          \
    X(WHY_INCOMPLETE, "Why the run is incomplete", "不完整的原因")                                 \
    X(BY_FAMILY, "Exceptions by family and severity", "按控制族和等级统计的例外")                  \
    X(BY_STATUS, "Controls by result", "按结果统计的控制")                                         \
    X(NOT_TESTED, "What could not be tested, or not fully", "未能测试或未完整测试的控制")          \
    X(CONTROL_TOTALS, "Control totals", "控制总数")                                                \
    X(NOTES, "About the import", "导入说明")                                                       \
    X(CONTROL_COUNT, "controls", "控制数")                                                         \
    X(EXCEPTION_COUNT, "exceptions", "例外数")                                                     \
    X(EVIDENCE_COUNT, "rows of evidence", "证据行数")                                              \
    X(TOTAL, "total", "合计")                                                                      \
    X(FAMILY, "family", "控制族")                                                                  \
    X(NUMBER, "no.", "序号")                                                                       \
    X(CONTROL, "control", "控制")                                                                  \
    X(TITLE, "title", "名称")                                                                      \
    X(SEVERITY, "severity", "等级")                                                                \
    X(RISK, "risk", "风险")                                                                        \
    X(TESTS, "what is tested", "测试内容")                                                         \
    X(FOLLOW_UP, "how to read it and what to do", "如何理解与跟进")                                \
    X(SOURCE_CLAUSE, "clause of the policy", "制度条款")                                           \
    X(POPULATION, "population", "总体")                                                            \
    X(REQUIRED, "required", "必查")                                                                \
    X(YES, "yes", "是")                                                                            \
    X(STATUS, "status", "状态")                                                                    \
    X(LOADED, "loaded", "载入")                                                                    \
    X(IN_SCOPE, "in scope", "范围内")                                                              \
    X(NOT_APPLICABLE, "not applicable", "不适用")                                                  \
    X(TESTED, "tested", "已测试")                                                                  \
    X(PASSED, "passed", "通过")                                                                    \
    X(UNTESTABLE, "untestable", "无法测试")                                                        \
    X(ERRORS, "errors", "出错")                                                                    \
    X(EXCEPTION_ROWS, "rows with exceptions", "有例外的行")                                        \
    X(RATE, "rate of tested rows", "例外率")                                                       \
    X(AMOUNT, "amount", "金额")                                                                    \
    X(EXACT, "exact, where the number is rounded", "精确值（数值被舍入时）")                       \
    X(KIND, "kind", "性质")                                                                        \
    X(REASON, "reason", "原因")                                                                    \
    X(RULE_FILE, "rule file", "规则文件")                                                          \
    X(RULE_HASH, "SHA-256 of the rule file", "规则文件 SHA-256")                                   \
    X(TABLE, "table", "表")                                                                        \
    X(KEY, "key", "主键")                                                                          \
    X(LABEL, "label", "标签")                                                                      \
    X(DATE, "date", "日期")                                                                        \
    X(CUSTOMER, "customer", "客户")                                                                \
    X(ACTOR, "actor", "经办人")                                                                    \
    X(MESSAGE, "message", "说明")                                                                  \
    X(VALUES, "values that decided", "判定依据值")                                                 \
    X(SOURCE, "source", "来源")                                                                    \
    X(FINGERPRINT, "fingerprint", "指纹")                                                          \
    X(ID, "id", "编号")                                                                            \
    X(EXCEPTION, "exception", "例外")                                                              \
    X(ROLE, "role", "作用")                                                                        \
    X(ROW_TESTED, "row tested", "被测行")                                                          \
    X(EVIDENCE_ROW, "evidence", "证据行")                                                          \
    X(CONTENT, "content of the row", "行内容")                                                     \
    X(LINE, "line", "行号")                                                                        \
    X(COLUMN, "column", "列")                                                                      \
    X(VALUE, "value", "值")                                                                        \
    X(PARAMETER, "parameter", "参数")                                                              \
    X(TYPE, "type", "类型")                                                                        \
    X(ORIGIN, "origin", "取值来源")                                                                \
    X(DECLARED, "value of the rule file", "规则文件原值")                                          \
    X(NOTE, "note", "备注")                                                                        \
    X(POLICY, "policy", "制度")                                                                    \
    X(DEFAULT, "default", "默认")                                                                  \
    X(ENGAGEMENT, "engagement", "项目设置")                                                        \
    X(COMMAND_LINE, "command line", "命令行")                                                      \
    X(FIELD, "field", "字段")                                                                      \
    X(FIELD_LABEL, "Chinese term", "字段名称")                                                     \
    X(MAPPED, "mapped", "映射方式")                                                                \
    X(SOURCE_COLUMN, "source column", "来源列")                                                    \
    X(DETAIL, "how", "转换方法")                                                                   \
    X(DIRECT, "direct", "直接")                                                                    \
    X(CONVERTED, "converted", "转换")                                                              \
    X(COMPUTED, "computed", "计算")                                                                \
    X(CONSTANT, "constant", "常量")                                                                \
    X(MISSING, "missing", "缺失")                                                                  \
    X(NOT_USED, "not used", "未使用")                                                              \
    X(HOW_FORMAT, "format %s", "格式 %s")                                                          \
    X(HOW_DECIMAL, "decimal sign %s", "小数点 %s")                                                 \
    X(HOW_GROUP, "thousands %s", "千位分隔符 %s")                                                  \
    X(HOW_MAP, "values %s", "取值对照 %s")                                                         \
    X(HOW_NULL, "empty when %s", "视为空值 %s")                                                    \
    X(HOW_NEGATE, "opposite sign", "正负号取反")                                                   \
    X(HOW_MARK, "sign by column %s", "正负号由列 %s 决定")                                         \
    X(HOW_COMPUTED, "by a function of the engagement file", "由项目文件中的函数计算")              \
    X(RECORDS_READ, "records read", "读取记录")                                                    \
    X(REJECTED, "rejected", "拒收")                                                                \
    X(SUM, "sum", "合计数")                                                                        \
    X(EMPTY, "empty", "空值")                                                                      \
    X(INVALID, "invalid", "无效值")                                                                \
    X(EXPECTED, "expected", "应有")                                                                \
    X(DIFFERENCE, "difference", "差异")                                                            \
    X(COUNT, "count", "数量")                                                                      \
    X(NAME, "name", "项目")                                                                        \
    X(STATUS_EXCEPTIONS, "exceptions", "有例外")                                                   \
    X(STATUS_CLEAN, "clean", "未发现例外")                                                         \
    X(STATUS_PARTIAL, "partial", "部分测试")                                                       \
    X(STATUS_NOT_RUN, "not run", "未执行")                                                         \
    X(STATUS_FAILED, "failed", "执行失败")                                                         \
    X(STATUS_DISABLED, "disabled", "已停用")                                                       \
    X(OPEN, "open", "未豁免")                                                                      \
    X(WAIVED, "waived", "已豁免")                                                                  \
    X(WAIVER, "waiver", "豁免结果")                                                                \
    X(WAIVER_LINE, "line of the waivers", "豁免清单行")                                            \
    X(WAIVER_REASON, "reason of the waiver", "豁免理由")                                           \
    X(APPROVED_BY, "approved by", "批准人")                                                        \
    X(APPROVED_ON, "approved on", "批准日")                                                        \
    X(EXPIRES_ON, "expires on", "到期日")                                                          \
    X(NOT_WAIVED, "not waived", "未予豁免")                                                        \
    X(WHY_VOID, "why it is void", "无效原因")                                                      \
    X(WAIVER_APPLIED, "applied", "有效")                                                           \
    X(WAIVER_SUPERSEDED, "superseded", "已由其他豁免涵盖")                                         \
    X(WAIVER_NOT_JUDGED, "not judged", "未判断")                                                   \
    X(WAIVER_UNREADABLE, "unreadable", "无法读取")                                                 \
    X(WAIVER_UNUSED, "unused", "未使用")                                                           \
    X(WAIVER_EXPIRED, "expired", "已过期")                                                         \
    X(WAIVER_NOT_YET, "not yet approved", "尚未批准")                                              \
    X(WAIVER_NOT_WAIVABLE, "not waivable", "不允许豁免")                                           \
    X(WAIVER_CHANGED, "facts changed", "事实已变化")                                               \
    X(WAIVER_SELF_APPROVED, "self-approved", "自行批准")                                           \
    X(WAIVER_UNKNOWN_APPROVER, "unknown approver", "批准人不明")                                   \
    X(WAIVER_OVER_LIMIT, "over its limit", "超过上限")                                             \
    X(OWNER, "owner", "负责人")                                                                    \
    X(DISPOSITION, "disposition", "处理状态")                                                      \
    X(CAUSE, "cause", "原因分类")                                                                  \
    X(COMMENT, "comment", "处理意见")                                                              \
    X(CARRIED, "carried over from the run before", "沿用上次运行")                                 \
    X(AMOUNT_BEFORE, "amount before waivers", "豁免前金额")                                        \
    X(AMOUNT_OPEN, "amount after waivers", "豁免后金额")                                           \
    X(EXACT_OPEN, "exact amount after waivers, where it is rounded",                               \
      "豁免后金额精确值（数值被舍入时）")                                                          \
    X(DOCUMENT, "document", "单据")                                                                \
    X(DOCUMENT_CONTROLS, "controls that found the document", "发现该单据的控制数")                 \
    X(DOCUMENT_AMOUNTS, "amounts of the document", "单据金额")                                     \
    X(DOCUMENTS, "documents", "单据数")                                                            \
    X(ONCE, "each document once", "单据不重复计")                                                  \
    X(DISTINCT, "Distinct documents with exceptions", "有例外的单据（不重复）")                    \
    X(DISTINCT_ALL, "all", "全部")                                                                 \
    X(DISTINCT_SHARED, "found by several controls", "由多项控制发现")                              \
    X(SUGGESTED, "suggested grade", "建议的缺陷等级")                                              \
    X(SUGGESTED_BY, "grade suggested by", "等级建议依据")                                          \
    X(THRESHOLD, "threshold of the grade", "等级阈值")                                             \
    X(GRAVE, "high or critical", "高或严重")                                                       \
    X(PREVIOUS, "record of the previous run, SHA-256", "上次运行记录 SHA-256")

enum xlsx_word {
#define X(name, english, chinese) WORD_##name,
    XLSX_WORDS(X)
#undef X
};

// The word in `language` ("zh"; anything else is English).
const char *xlsx_word(enum xlsx_word word, const char *language);

// What the results call a thing, in `language`; what is not known stays as it is, NULL is "".
const char *xlsx_word_status(enum control_status status, const char *language);
const char *xlsx_word_origin(const char *origin, const char *language);
const char *xlsx_word_kind(const char *amount_kind, const char *language);
const char *xlsx_word_severity(enum severity severity, const char *language);
const char *xlsx_word_problem(enum problem_kind kind, const char *language);
const char *xlsx_word_waiver(enum waiver_status status, const char *language);

#endif
