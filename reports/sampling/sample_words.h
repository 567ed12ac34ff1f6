// SPDX-License-Identifier: MIT
// What is printed of a sample and its projection, in the languages of the reports. Those with % are
// printf formats; both languages take the same arguments. The files of a sample keep the names that
// programs read.
#ifndef VOUCH_SAMPLE_WORDS_H
#define VOUCH_SAMPLE_WORDS_H

#include "reports/sampling/sample.h"
#include "reports/sampling/sample_population.h"

// name, English, Chinese
#define SAMPLE_WORDS(X)                                                                            \
    X(MONETARY_UNIT, "monetary-unit", "货币单位抽样")                                              \
    X(RANDOM, "random", "随机抽样")                                                                \
    X(SYSTEMATIC, "systematic", "系统抽样")                                                        \
    X(NO_DATE, "no date", "无日期")                                                                \
    X(OTHER_PERIOD, "other period", "其他期间")                                                    \
    X(UNREADABLE, "unreadable", "无法读取")                                                        \
    X(NOT_ASKED_FOR, "not asked for", "不符合条件")                                                \
    X(OTHER_CURRENCY, "other currency", "其他币种")                                                \
    X(NO_AMOUNT, "no amount", "无金额")                                                            \
    X(ZERO, "zero", "零")                                                                          \
    X(NEGATIVE, "negative", "负数")                                                                \
    X(HEAD, "%s: %s sample\n", "%s：%s\n")                                                         \
    X(POPULATION, "  population  ", "  总体    ")                                                  \
    X(POPULATION_ROWS, "%zu of %zu rows", "%2$zu 行中的 %1$zu 行")                                 \
    X(POPULATION_AMOUNT, ", %s %s ", "，%s %s ")                                                   \
    X(APART, "  apart       ", "  除外    ")                                                       \
    X(COMPUTED, "  computed    ", "  计算    ")                                                    \
    X(INTERVALS, "%lld intervals by the confidence factor %s", "%lld 个间隔（保证系数 %s）")       \
    X(ROWS, "%lld rows", "%lld 行")                                                                \
    X(DRAWN, "  drawn       ", "  抽取    ")                                                       \
    X(CERTAIN, ", %zu of them with certainty; interval ", "，其中必选 %zu 行；间隔 ")              \
    X(SEED, "  seed        ", "  种子    ")                                                        \
    X(TOO_FEW, "  The size asked for is smaller than what the limits ask for.\n",                  \
      "  指定的样本量小于按限额计算的样本量。\n")                                                  \
    X(REJECTED, "  %zu records were rejected at import and could not be drawn.\n",                 \
      "  导入时拒收 %zu 条记录，无法抽取。\n")                                                     \
    X(OTHERS, "  Rows that could not be drawn, %zu, stand in %s/%s.\n",                            \
      "  无法抽取的 %zu 行见 %s/%s。\n")                                                           \
    X(FILL_IN, "  Fill in %s/%s, then: vouch sample --evaluate %s/%s\n",                           \
      "  请填写 %s/%s，然后运行：vouch sample --evaluate %s/%s\n")                                 \
    X(PROJECTION, ": %s sample of %zu of %zu rows, confidence %s %%",                              \
      "：%1$s，%3$zu 行中抽取 %2$zu 行，置信度 %4$s %%")                                           \
    X(AMOUNT, "amount of the population", "总体金额")                                              \
    X(INTERVAL, "interval", "间隔")                                                                \
    X(OVERSTATED, "\nOverstated: %zu %s\n", "\n高估：%zu %s\n")                                    \
    X(UNDERSTATED, "\nUnderstated: %zu %s\n", "\n低估：%zu %s\n")                                  \
    X(ONE_ROW, "row", "行")                                                                        \
    X(MANY_ROWS, "rows", "行")                                                                     \
    X(NOT_UNDERSTATED, "\nUnderstated: 0 rows; this method is not made to find them.\n",           \
      "\n低估：0 行；本方法不适于发现低估。\n")                                                    \
    X(KNOWN, "known, in rows taken with certainty", "已知错报（必选行）")                          \
    X(PROJECTED, "projected, from the rows sampled", "推断错报（抽取行）")                         \
    X(BASIC, "basic precision", "基本精确度")                                                      \
    X(ALLOWANCE, "incremental allowance", "增量准备")                                              \
    X(LIMIT, "upper limit", "错报上限")                                                            \
    X(TOLERABLE, "tolerable misstatement", "可容忍错报")                                           \
    X(CAPPED,                                                                                      \
      "  The rows that are not certain amount to less than their limit would be; the upper limit " \
      "counts them in full.\n",                                                                    \
      "  非必选行的金额小于其上限，错报上限按其全额计算。\n")                                      \
    X(ITEM, "item", "序号")                                                                        \
    X(KEY, "key", "主键")                                                                          \
    X(STRATUM, "stratum", "层")                                                                    \
    X(STRATUM_CERTAIN, "certain", "必选")                                                          \
    X(STRATUM_SAMPLED, "sampled", "抽取")                                                          \
    X(BOOK, "book", "账面")                                                                        \
    X(AUDITED, "audited", "审定")                                                                  \
    X(TAINTING, "tainting", "污染率")                                                              \
    X(PROJECTED_ONE, "projected", "推断")                                                          \
    X(INCREMENT, "increment", "增量")                                                              \
    X(ALLOWANCE_ONE, "allowance", "准备")                                                          \
    X(DEVIATIONS, "deviations in the sample", "样本偏差")                                          \
    X(DEVIATION_LIMIT, "upper limit in the population", "总体偏差上限")                            \
    X(DEVIATION_TOLERABLE, "tolerable in the population", "总体可容忍偏差")                        \
    X(SHARE, "%12lld of %zu, %s %%", "%12lld / %zu，%s %%")                                        \
    X(NET, "net overstatement in the sample", "样本净高估")                                        \
    X(BY_DIFFERENCE, "projected by mean difference", "按平均差额推断")                             \
    X(BY_RATIO, "projected by ratio", "按比率推断")                                                \
    X(ROWS_ONLY,                                                                                   \
      "  The limit is on the number of rows; for a limit on the amount draw a monetary-unit "      \
      "sample.\n",                                                                                 \
      "  上限针对行数；如需金额上限，请采用货币单位抽样。\n")                                      \
    X(EXCEEDS, "\nThe upper limit exceeds what is tolerable.\n", "\n上限超过可容忍水平。\n")       \
    X(TOLERATED, "\nThe upper limit does not exceed what is tolerable.\n",                         \
      "\n上限未超过可容忍水平。\n")

enum sample_word {
#define X(name, english, chinese) SAMPLE_WORD_##name,
    SAMPLE_WORDS(X)
#undef X
};

// In `language` ("zh"; anything else, or NULL, is English).
const char *sample_word(enum sample_word word, const char *language);

const char *sample_word_method(enum sample_method method, const char *language);
const char *sample_word_apart(enum sample_apart apart, const char *language);
const char *sample_word_stratum(const struct sample_item *item, const char *language);

#endif
