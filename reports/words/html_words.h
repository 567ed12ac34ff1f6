// SPDX-License-Identifier: MIT
// The words of the HTML page, in the languages of the reports. Those that the summary on the
// terminal has too are in phrases.h, the names of states, severities and kinds in xlsx_words.h.
// Those with % are printf formats.
#ifndef VOUCH_HTML_WORDS_H
#define VOUCH_HTML_WORDS_H

#include "engine/evaluation/evaluation.h"

// name, English, Chinese
#define HTML_WORDS(X)                                                                                                               \
    X(REPORT, "Audit report", "审计报告")                                                                                           \
    X(SKIP, "Skip to the controls", "跳到控制")                                                                                     \
    X(CONTENTS, "Contents", "目录")                                                                                                 \
    X(PICTURE, "At a glance", "总览")                                                                                               \
    X(CONTROLS, "Controls", "控制")                                                                                                 \
    X(DETAILS, "Controls and their exceptions", "各项控制及其例外")                                                                 \
    X(DATA, "The data", "数据")                                                                                                     \
    X(ABOUT, "About this file", "关于本文件")                                                                                       \
    X(RUN_COMPLETE, "The run is complete", "检查完整")                                                                              \
    X(RUN_INCOMPLETE, "The run is incomplete", "检查不完整")                                                                        \
    X(KEY_FIGURES, "Key figures", "主要数字")                                                                                       \
    X(WITH_EXCEPTIONS, "controls with exceptions", "项控制有例外")                                                                  \
    X(CONTROLS_SELECTED, "controls in this run", "项控制纳入本次检查")                                                              \
    X(NOT_FULLY_TESTED, "not or not fully tested", "项未测试或未完整测试")                                                          \
    X(EXCEPTIONS_FOUND, "exceptions", "个例外")                                                                                     \
    X(BY_FAMILY, "By family of controls", "按控制族")                                                                               \
    X(BY_SEVERITY, "By severity", "按等级")                                                                                         \
    X(BY_CUSTOMER, "The ten largest customers", "金额最大的十个客户")                                                               \
    X(BY_ACTOR, "The ten largest actors", "金额最大的十名经办人")                                                                   \
    X(OVER_TIME, "Over time", "按日期")                                                                                             \
    X(FAMILY, "Family", "控制族")                                                                                                   \
    X(SEVERITY, "Severity", "等级")                                                                                                 \
    X(CUSTOMER, "Customer", "客户")                                                                                                 \
    X(ACTOR, "Actor", "经办人")                                                                                                     \
    X(DATE, "Date", "日期")                                                                                                         \
    X(EXCEPTIONS, "Exceptions", "例外数")                                                                                           \
    X(LARGEST_NOTE,                                                                                                                 \
      "In the order of the greatest amount of one kind; amounts of different kinds are not added "                                  \
      "together.",                                                                                                                  \
      "按任一性质的最大金额排序；不同性质的金额不相加。")                                                                           \
    X(AND_OTHERS, "%s others with exceptions are not shown.", "另有 %s 个未列出。")                                                 \
    X(WITHOUT, "Exceptions that name none: %s.", "未指明者：%s 个例外。")                                                           \
    X(OUTSIDE, "Before: %s. After: %s. Without a date: %s.", "之前：%s。之后：%s。无日期：%s。")                                    \
    X(MEASURES_LEFT_OUT, "Further kinds and currencies stand in the table above only.",                                             \
      "其余性质和币种仅列于上表。")                                                                                                 \
    X(FIGURES, "As figures", "查看数字")                                                                                            \
    X(FILTER, "Find exceptions", "筛选例外")                                                                                        \
    X(SEARCH, "Search", "搜索")                                                                                                     \
    X(ALL, "all", "全部")                                                                                                           \
    X(RESULT, "Result", "结果")                                                                                                     \
    X(UNFOLD, "Unfold all evidence", "展开全部证据")                                                                                \
    X(FOLD, "Fold all evidence", "收起全部证据")                                                                                    \
    X(RESET, "Show everything", "显示全部")                                                                                         \
    X(SHOWN, "%1 of %2 exceptions, %3 of %4 controls", "例外 %1 / %2，控制 %3 / %4")                                                \
    X(NONE_FITS, "No exception fits.", "没有符合条件的例外。")                                                                      \
    X(PREVIOUS, "Previous", "上一页")                                                                                               \
    X(NEXT, "Next", "下一页")                                                                                                       \
    X(ASCENDING, ": sort ascending", "：升序排列")                                                                                  \
    X(DESCENDING, ": sort descending", "：降序排列")                                                                                \
    X(OVERVIEW, "All controls of the run", "本次检查的全部控制")                                                                    \
    X(CONTROL, "Control", "控制")                                                                                                   \
    X(TITLE, "Title", "名称")                                                                                                       \
    X(TESTED, "Tested", "已测试")                                                                                                   \
    X(AMOUNT, "Amount", "金额")                                                                                                     \
    X(TESTS, "What is tested", "测试内容")                                                                                          \
    X(RISK, "Risk", "风险")                                                                                                         \
    X(POPULATION, "Population", "总体")                                                                                             \
    X(FOLLOW_UP, "How to read an exception", "如何理解与跟进")                                                                      \
    X(GRADE, "Suggested grade", "建议的缺陷等级")                                                                                   \
    X(CLAUSES, "Clauses of the policy", "制度条款")                                                                                 \
    X(PARAMETERS, "Parameters", "参数")                                                                                             \
    X(RULE, "Rule", "规则")                                                                                                         \
    X(NOT_TESTED, "Not tested", "未能测试的原因")                                                                                   \
    X(AT_RISK, "Amounts", "涉及金额")                                                                                               \
    X(LOADED, "loaded", "载入")                                                                                                     \
    X(IN_SCOPE, "in scope", "范围内")                                                                                               \
    X(NOT_APPLICABLE, "not applicable", "不适用")                                                                                   \
    X(ROWS_TESTED, "tested", "已测试")                                                                                              \
    X(PASSED, "passed", "通过")                                                                                                     \
    X(EXCEPTION_ROWS, "with exceptions", "有例外")                                                                                  \
    X(UNTESTABLE, "untestable", "无法测试")                                                                                         \
    X(ERRORS, "errors", "出错")                                                                                                     \
    X(SCOPE_PERIOD, "rows of the period", "期间内的行")                                                                             \
    X(SCOPE_OPEN, "what is open at the as-of date", "截止日未完成的事项")                                                           \
    X(SCOPE_ALL, "all rows up to the as-of date", "截至截止日的全部行")                                                             \
    X(EXCEPTIONS_OF, "Exceptions of %s: %s", "%s 的例外：%s 个")                                                                    \
    X(SHOWN_OF, "Exceptions of %s: the %s largest of %s",                                                                           \
      "%s 的例外：共 %3$s 个，列出最大的 %2$s 个")                                                                                  \
    X(NONE_SHOWN, "None of the %s exceptions is among the largest that are shown here.",                                            \
      "%s 个例外均不在此处列出的最大例外之中。")                                                                                    \
    X(ROW, "Row", "行")                                                                                                             \
    X(FINDING, "What was found", "发现")                                                                                            \
    X(WAIVED, "waived", "已豁免")                                                                                                   \
    X(WAIVED_TOO, "Waived exceptions are counted here too: %s.", "已豁免的例外也计入：%s 个。")                                     \
    X(STANDING, "Waiver", "豁免")                                                                                                   \
    X(OPEN, "open", "未豁免")                                                                                                       \
    X(WAIVER_BY, "waived by %s until %s", "由 %s 豁免至 %s")                                                                        \
    X(WAIVER_VOID, "not waived: %s", "豁免无效：%s")                                                                                \
    X(EVIDENCE, "Evidence", "证据")                                                                                                 \
    X(VALUES, "values that decided", "判定依据值")                                                                                  \
    X(ROW_TESTED, "row tested", "被测行")                                                                                           \
    X(ONLY_LARGEST,                                                                                                                 \
      "This file shows the %s largest of %s exceptions: of each control the ten largest, then "                                     \
      "the "                                                                                                                        \
      "largest of all. exceptions.jsonl holds all of them (--format jsonl).",                                                       \
      "本文件列出 %2$s 个例外中最大的 %1$s 个：先列每项控制最大的十个，再列全部中最大的。"       \
      "全部例外见 exceptions.jsonl（--format jsonl）。")                                                                            \
    X(SHORTENED,                                                                                                                    \
      "Long texts and lists of evidence are shortened (…) to keep this file small. "                                              \
      "exceptions.jsonl holds all of it (--format jsonl).",                                                                         \
      "为控制文件大小，过长的文字和证据列表已缩短（…）。完整内容见 exceptions.jsonl（--format "     \
      "jsonl）。")                                                                                                                  \
    X(PROBLEMS, "Problems of the data", "数据问题")                                                                                 \
    X(NO_PROBLEMS, "No problems of the data were found.", "未发现数据问题。")                                                       \
    X(WRITTEN_BY,                                                                                                                   \
      "Written by vouch %s, format %s. It needs no network and loads nothing. run.json in the "                                     \
      "same "                                                                                                                       \
      "folder holds the hashes of all sources, rule files and results; `vouch verify` checks "                                      \
      "them. "                                                                                                                      \
      "Its tables are sorted and searched by jQuery and DataTables (MIT licence, in the source "                                    \
      "of "                                                                                                                         \
      "this page).",                                                                                                                \
      "由 vouch %s 生成，格式版本 %s。不需要网络，也不加载任何外部内容。同一文件夹中的 run.json "  \
      "记录全部来源、规则文件和结果的哈希值，可用 `vouch verify` 核对。表格的排序和搜索由 jQuery " \
      "和 "                                                                                                                        \
      "DataTables 完成（MIT 许可证，见本页源码）。")                                                                                \
    X(SEVERAL, "…", "…")

enum html_word {
#define X(name, english, chinese) HTML_WORD_##name,
    HTML_WORDS(X)
#undef X
};

// The word in `language` ("zh"; anything else is English).
const char *html_word(enum html_word word, const char *language);

// Which rows of its population a control looks at.
const char *html_word_scope(enum control_scope scope, const char *language);

#endif
