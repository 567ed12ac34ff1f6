// SPDX-License-Identifier: MIT
// vouch sample: draw rows of a table for an auditor to look at, and project what was found.
#include "cli/command.h"
#include "cli/sample_evaluate.h"
#include "cli/session.h"
#include "engine/base/memory.h"
#include "engine/base/total.h"
#include "reports/sampling/sample_sheet.h"
#include "reports/sampling/statistics.h"
#include "reports/terminal/grid.h"
#include "reports/words/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_METHOD = 512,
    KEY_AMOUNT,
    KEY_CURRENCY,
    KEY_WHERE,
    KEY_EVERY_PERIOD,
    KEY_CONFIDENCE,
    KEY_TOLERABLE,
    KEY_EXPECTED,
    KEY_SIZE,
    KEY_SEED,
    KEY_EVALUATE,
    KEY_RECORD,
    KEY_ENCODING,
    KEY_JSON,
};

struct sample_settings {
    struct settings shared;
    struct sample_request request;
    const char **conditions; // NULL-terminated
    size_t condition_count;
    enum sample_method method;
    const char *confidence, *tolerable, *expected, *seed;
    int64_t size;
    const char *folder;
    struct sample_evaluation evaluation;
};

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "What is drawn:", 1},
    {"method", KEY_METHOD, "NAME", 0, "monetary-unit (the default), random or systematic", 1},
    {"amount", KEY_AMOUNT, "FIELD", 0,
     "the amount to audit (`amount`, or the only one); random and systematic samples of rows have "
     "none unless it is named",
     1},
    {"currency", KEY_CURRENCY, "CODE", 0, "only rows of this currency", 1},
    {"where", KEY_WHERE, "FIELD=VALUE", 0,
     "only rows of this value; the field may be a path, order.channel; repeatable", 1},
    {"every-period", KEY_EVERY_PERIOD, NULL, 0, "every row up to the day of the audit", 1},
    {"seed", KEY_SEED, "TEXT", 0, "draw as with this seed (drawn, and printed)", 1},
    {"output", 'o', "FOLDER", 0, "where the work paper goes (vouch-sample beside the engagement)",
     1},
    {NULL, 0, NULL, 0, "How much:", 2},
    {"confidence", KEY_CONFIDENCE, "PERCENT", 0, "95 unless named", 2},
    {"tolerable", KEY_TOLERABLE, "AMOUNT|PERCENT%", 0,
     "tolerable misstatement: an amount; of random and systematic samples the share of rows that "
     "may deviate, 5%",
     2},
    {"expected", KEY_EXPECTED, "AMOUNT|PERCENT%", 0, "expected misstatement, likewise (0)", 2},
    {"size", KEY_SIZE, "N", 0, "instead of the computed size", 2},
    {NULL, 0, NULL, 0, "What was found:", 3},
    {"evaluate", KEY_EVALUATE, "FILE", 0, "project the filled sheet FILE, or that of a folder", 3},
    {"record", KEY_RECORD, "FILE", 0, "its record (sample.json beside it)", 3},
    {"encoding", KEY_ENCODING, "NAME", 0, "of the sheet, such as GB18030 (UTF-8)", 3},
    {"json", KEY_JSON, NULL, 0, "print the projection as JSON", 3},
    {NULL, 0, NULL, 0, "The engagement:", 4},
    {0},
};

static void add_condition(struct sample_settings *settings, const char *text)
{
    settings->conditions = memory_resize(settings->conditions, settings->condition_count + 2,
                                         sizeof *settings->conditions);
    settings->conditions[settings->condition_count++] = text;
    settings->conditions[settings->condition_count] = NULL;
}

static int64_t parse_size(const char *text, struct argp_state *state)
{
    char *end;
    errno = 0;
    long long size = strtoll(text, &end, 10);
    if (errno || *end || end == text || size < 1 || size > 1000000)
        argp_error(state, "--size is a number from 1 to 1000000, not `%s`", text);
    return size;
}

static void check_arguments(const struct sample_settings *settings, struct argp_state *state)
{
    const struct sample_evaluation *evaluation = &settings->evaluation;
    if (evaluation->sheet && settings->request.table)
        argp_error(state, "--evaluate takes the sheet alone, without a table");
    if (!evaluation->sheet && !settings->request.table)
        argp_error(state, "name a table to draw from, or a filled sheet with --evaluate");
    if (!evaluation->sheet && (evaluation->record || evaluation->encoding || evaluation->json))
        argp_error(state, "--record, --encoding and --json go with --evaluate");
}

static error_t parse_drawing(int key, char *argument, struct argp_state *state)
{
    struct sample_settings *settings = state->input;
    switch (key) {
    case KEY_METHOD:
        if (sample_method_from_name(argument, &settings->method) < 0)
            argp_error(state, "--method is monetary-unit, random or systematic, not `%s`",
                       argument);
        return 0;
    case KEY_AMOUNT:
        settings->request.amount = argument;
        return 0;
    case KEY_CURRENCY:
        settings->request.currency = argument;
        return 0;
    case KEY_WHERE:
        add_condition(settings, argument);
        return 0;
    case KEY_EVERY_PERIOD:
        settings->request.every_period = true;
        return 0;
    case KEY_CONFIDENCE:
        settings->confidence = argument;
        return 0;
    case KEY_TOLERABLE:
        settings->tolerable = argument;
        return 0;
    case KEY_EXPECTED:
        settings->expected = argument;
        return 0;
    case KEY_SIZE:
        settings->size = parse_size(argument, state);
        return 0;
    case KEY_SEED:
        settings->seed = argument;
        return 0;
    case 'o':
        settings->folder = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct sample_settings *settings = state->input;
    switch (key) {
    case KEY_EVALUATE:
        settings->evaluation.sheet = argument;
        return 0;
    case KEY_RECORD:
        settings->evaluation.record = argument;
        return 0;
    case KEY_ENCODING:
        settings->evaluation.encoding = argument;
        return 0;
    case KEY_JSON:
        settings->evaluation.json = true;
        return 0;
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &settings->shared;
        return 0;
    case ARGP_KEY_ARG:
        if (settings->request.table)
            return ARGP_ERR_UNKNOWN; // the engagement, a shared argument
        settings->request.table = argument;
        return 0;
    case ARGP_KEY_END:
        check_arguments(settings, state);
        return 0;
    default:
        return parse_drawing(key, argument, state);
    }
}

static void add_amount(const struct sample *sample, __int128 units, struct buffer *out)
{
    total_format(total_of_units(units, sample->scale), sample->scale, true, out);
}

static void print_population(const struct sample_paper *paper)
{
    const struct sample_population *population = paper->population;
    const struct sample *sample = paper->sample;
    const char *language = sample->language;
    struct buffer text = {0};
    printf("%s", word_get(WORD_SAMPLE_POPULATION, language));
    printf(word_get(WORD_SAMPLE_POPULATION_ROWS, language), sample->rows,
           population->rows_of_table);
    if (sample->amount) {
        add_amount(sample, sample->total, &text);
        printf(word_get(WORD_SAMPLE_POPULATION_AMOUNT, language), sample->amount, sample->currency);
    }
    puts(buffer_text(&text));
    buffer_reset(&text);
    for (int i = 0; i < APART_COUNT; i++)
        if (population->apart[i] > 0)
            buffer_printf(&text, "%s%s %zu", text.length ? ", " : "",
                          sample_apart_word((enum sample_apart)i, language), population->apart[i]);
    if (population->apart[APART_NEGATIVE] > 0) {
        buffer_add_text(&text, " (");
        total_format(total_of_units(population->negative_total, sample->scale), sample->scale, true,
                     &text);
        buffer_add_byte(&text, ')');
    }
    if (text.length > 0)
        printf("%s%s\n", word_get(WORD_SAMPLE_APART, language), buffer_text(&text));
    buffer_clear(&text);
}

static void print_size(const struct sample *sample)
{
    const char *language = sample->language;
    struct buffer text = {0};
    char factor[DECIMAL_TEXT_MAX];
    printf("%s", word_get(WORD_SAMPLE_COMPUTED, language));
    if (sample->method == SAMPLE_MONETARY_UNIT) {
        decimal_format(sample->factor, 0, factor);
        printf(word_get(WORD_SAMPLE_INTERVALS, language), (long long)sample->size_computed, factor);
    } else {
        printf(word_get(WORD_SAMPLE_ROWS, language), (long long)sample->size_computed);
    }
    printf("\n%s", word_get(WORD_SAMPLE_DRAWN, language));
    printf(word_get(WORD_SAMPLE_ROWS, language), (long long)sample->item_count);
    if (sample->method == SAMPLE_MONETARY_UNIT) {
        add_amount(sample, sample->interval, &text);
        printf(word_get(WORD_SAMPLE_CERTAIN, language), sample->certain_rows);
    }
    puts(buffer_text(&text));
    buffer_clear(&text);
}

static void print_sample(const struct sample_paper *paper, const char *folder)
{
    const struct sample *sample = paper->sample;
    const char *language = sample->language;
    printf(word_get(WORD_SAMPLE_HEAD, language), sample->table,
           sample_method_word(sample->method, language));
    print_population(paper);
    print_size(sample);
    printf("%s%s\n", word_get(WORD_SAMPLE_SEED, language), sample->seed);
    if (sample->size_asked > 0 && sample->size_asked < sample->size_computed)
        printf("%s", word_get(WORD_SAMPLE_TOO_FEW, language));
    if (paper->population->rejected > 0)
        printf(word_get(WORD_SAMPLE_REJECTED, language), paper->population->rejected);
    if (paper->population->other_count > 0)
        printf(word_get(WORD_SAMPLE_OTHERS, language), paper->population->other_count, folder,
               SAMPLE_APART);
    printf(word_get(WORD_SAMPLE_FILL_IN, language), folder, SAMPLE_SHEET, folder, SAMPLE_SHEET);
}

static int draw_sample(struct sample_paper *paper, struct sample_population *population,
                       const struct sample_settings *settings, const char *folder,
                       struct error *error)
{
    struct sample *sample = paper->sample;
    if (sample_set_confidence(sample, settings->confidence, error) != 0 ||
        sample_population_gather(population, sample, paper->data, paper->request, error) != 0 ||
        sample_set_limits(sample, settings->tolerable, settings->expected, error) != 0 ||
        sample_draw(sample, population->amounts, population->rows, settings->seed, error) != 0)
        return -1;
    sample_population_describe(population, sample, paper->data);
    return sample_sheet_write(paper, folder, error);
}

static int draw(const struct session *session, const struct sample_settings *settings)
{
    struct sample sample = {.method = settings->method, .size_asked = settings->size};
    struct sample_population population = {0};
    struct sample_paper paper = {session->engagement, session->data, &settings->request,
                                 &population, &sample};
    struct error error = {0};
    struct buffer folder = {0};
    int code = EXIT_FINE;
    bool here = strcmp(session->engagement->folder, ".") == 0;
    if (settings->folder)
        buffer_add_text(&folder, settings->folder);
    else
        buffer_printf(&folder, "%s%svouch-sample", here ? "" : session->engagement->folder,
                      here ? "" : "/");
    sample.language = session->engagement->language;
    if (draw_sample(&paper, &population, settings, buffer_text(&folder), &error) != 0)
        code = session_report(&error);
    else
        print_sample(&paper, buffer_text(&folder));
    buffer_clear(&folder);
    sample_population_clear(&population);
    sample_clear(&sample);
    return code;
}

int command_sample(int argc, char **argv)
{
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 4}, {0}};
    static const struct argp argp = {
        options,
        parse_option,
        "TABLE [ENGAGEMENT]\n--evaluate FILE",
        "Draws rows of a table for an auditor to look at: a work-paper sheet to fill in, and its "
        "record. --evaluate reads the filled sheet and projects what was found to all rows."
        "\vExit codes: 0 done, or what was found is tolerable; 1 the upper limit exceeds what is "
        "tolerable; 2 usage, a row that was altered, or one that is not filled in; 4 something "
        "cannot be read or written. docs/sampling.md names the methods and their sources.",
        children,
        NULL,
        NULL};
    struct sample_settings settings = {.shared.rules_folder = VOUCH_RULES, .confidence = "95"};
    struct session session = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    settings.request.conditions = settings.conditions;
    int code;
    if (settings.evaluation.sheet) {
        settings.evaluation.language = settings.shared.language;
        code = sample_evaluate(&settings.evaluation);
    } else {
        struct meter *meter = meter_new(true);
        code = session_load(&session, &settings.shared);
        // A table that does not exist is told before anything is imported.
        if (code == EXIT_FINE && session_table(session.engagement->model, settings.request.table,
                                               "docs/model.md lists them") < 0)
            code = EXIT_USAGE;
        if (code == EXIT_FINE)
            code = session_import(&session, &settings.shared, meter);
        if (code == EXIT_FINE)
            code = draw(&session, &settings);
        meter_free(meter);
    }
    session_clear(&session);
    settings_clear(&settings.shared);
    free(settings.conditions);
    return code;
}
