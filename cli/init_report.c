// SPDX-License-Identifier: MIT
// The engagement is run as any other would be, so that what is said of it (records, controls that
// test something, what to export next) is what a run says and not what the guess hoped for. Doubts
// are read from the written text: they are what the user sees there.
#include "cli/init_report.h"

#include "cli/command.h"
#include "engine/base/memory.h"
#include "guess/draft.h"
#include "reports/figures/coverage.h"
#include "reports/figures/family.h"
#include "reports/terminal/terminal.h"
#include "reports/words/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LACKS_SHOWN = 5,
    DOUBTS_SHOWN = 5,
    LEFT_SHOWN = 3,
    TABLES_SHOWN = 10,
    LINE = 78,
    DOUBT_MOST = 90, // bytes of one remark
};

static const char *count_text(size_t count, char room[32])
{
    snprintf(room, 32, "%zu", count);
    return room;
}

static void say(enum word word, const char *language, const char *a, const char *b, const char *c)
{
    struct buffer text = {0};
    word_add_sentence(word, language, a, b, c, "", &text);
    puts(buffer_text(&text));
    buffer_clear(&text);
}

// ---- what came in

static size_t columns_used(const struct plan_list *list)
{
    size_t used = 0;
    for (size_t c = 0; c < list->list.frame.columns; c++)
        used += list->used[c];
    return used;
}

// One line for each list that is imported: its tables, its records, the columns that fill
// something.
static void print_lists(const struct plan *plan, const char *language)
{
    struct grid *grid = grid_new(look_of(stdout));
    size_t shown = 0, more = 0;
    grid_add_column(grid, word_get(WORD_INIT_FROM, language), GRID_WRAP);
    grid_add_column(grid, word_get(WORD_INIT_RECORDS, language), GRID_RIGHT);
    grid_add_column(grid, word_get(WORD_INIT_COLUMNS, language), GRID_RIGHT);
    grid_add_column(grid, word_get(WORD_TABLE, language), GRID_WRAP);
    for (size_t i = 0; i < plan->list_count; i++) {
        const struct survey_sheet *sheet = &plan->survey->sheets[i];
        struct buffer text = {0};
        char room[32];
        if (plan->lists[i].import_count == 0 || ++shown > TABLES_SHOWN) {
            more += plan->lists[i].import_count > 0;
            continue;
        }
        grid_add_row(grid);
        survey_add_label(sheet, &text);
        const char *slash = strrchr(buffer_text(&text), '/');
        grid_add_cell(grid, slash ? slash + 1 : buffer_text(&text), NULL);
        buffer_reset(&text);
        grid_add_cell(grid, count_text(plan->lists[i].list.frame.record_count, room), NULL);
        buffer_printf(&text, "%zu/%zu", columns_used(&plan->lists[i]),
                      plan->lists[i].list.frame.columns);
        grid_add_cell(grid, buffer_text(&text), NULL);
        buffer_reset(&text);
        for (size_t at = 0; at < plan->import_count; at++)
            if (plan->imports[at].list == i)
                buffer_printf(&text, "%s%s", text.length ? ", " : "",
                              plan->model->tables[plan->imports[at].table].name);
        grid_add_cell(grid, buffer_text(&text), NULL);
        buffer_clear(&text);
    }
    grid_print(grid, 0, stdout);
    grid_free(grid);
    if (more > 0)
        printf("… (+%zu)\n", more);
}

// ---- what was tested

// "PRC 4, CRD 1", broken into lines.
static void print_families(const struct run *run)
{
    const struct engagement *engagement = run->engagement;
    struct buffer line = {0};
    for (int i = 0; i < engagement->control_count;) {
        const char *id = engagement->controls[i].id;
        size_t length = strcspn(id, "-"), tested = 0;
        char part[64];
        for (; i < engagement->control_count &&
               strncmp(engagement->controls[i].id, id, length + 1) == 0;
             i++)
            tested += run->evaluation->results[i].tested > 0;
        if (tested == 0)
            continue;
        snprintf(part, sizeof part, "%.*s %zu", (int)length, id, tested);
        if (line.length + strlen(part) + 4 > LINE) {
            printf("  %s\n", buffer_text(&line));
            buffer_reset(&line);
        }
        buffer_printf(&line, "%s%s", line.length ? ", " : "", part);
    }
    if (line.length > 0)
        printf("  %s\n", buffer_text(&line));
    buffer_clear(&line);
}

static void print_lacks(const struct coverage *coverage, const struct data *data,
                        const char *language)
{
    if (coverage->lack_count == 0)
        return;
    say(WORD_INIT_NEXT, language, "", "", "");
    for (size_t i = 0; i < coverage->lack_count && i < LACKS_SHOWN; i++) {
        struct buffer name = {0};
        lack_name(data, &coverage->lacks[i].lack, &name);
        printf("  %-40s %3zu (%zu)\n", buffer_text(&name), coverage->lacks[i].controls,
               coverage->lacks[i].alone);
        buffer_clear(&name);
    }
}

// ---- where the doubts are

static size_t count_doubts(const char *text)
{
    size_t doubts = 0;
    for (const char *at = strstr(text, DRAFT_DOUBT); at; at = strstr(at + 1, DRAFT_DOUBT))
        doubts++;
    return doubts;
}

static void print_doubt(const char *path, size_t line, const char *mark, const char *end)
{
    struct buffer remark = {0};
    buffer_printf(&remark, "  %s:%zu: ", path, line);
    size_t begin = remark.length;
    buffer_add(&remark, mark + strlen(DRAFT_DOUBT), (size_t)(end - mark) - strlen(DRAFT_DOUBT));
    buffer_shorten(&remark, begin, DOUBT_MOST);
    puts(buffer_text(&remark));
    buffer_clear(&remark);
}

// Those behind the convention, which stands at the top and marks none.
static void print_doubts(const char *path, const char *text, const char *language)
{
    const char *engagement = strstr(text, "\nengagement {");
    size_t doubts = count_doubts(engagement), line = 1, shown = 0;
    char room[32];
    if (doubts == 0) {
        say(WORD_INIT_NO_DOUBT, language, "", "", "");
        return;
    }
    say(WORD_INIT_DOUBTS, language, count_text(doubts, room), "", "");
    for (const char *begin = text, *end; *begin && shown < DOUBTS_SHOWN;
         begin = end + (*end == '\n'), line++) {
        end = begin + strcspn(begin, "\n");
        const char *mark = strstr(begin, DRAFT_DOUBT);
        if (begin < engagement || !mark || mark > end)
            continue;
        print_doubt(path, line, mark, end);
        shown++;
    }
    if (doubts > shown)
        printf("  … (+%zu)\n", doubts - shown);
}

// ---- what was left

static void print_left(const struct plan *plan, const char *language)
{
    size_t shown = 0, more = 0;
    for (size_t i = 0; i < plan->list_count; i++) {
        struct buffer text = {0};
        if (plan->lists[i].import_count > 0)
            continue;
        if (shown == LEFT_SHOWN) {
            more++;
            continue;
        }
        if (shown++ == 0)
            say(WORD_INIT_LEFT, language, "", "", "");
        buffer_printf(&text, "  %s: ", plan->survey->sheets[i].name);
        size_t begin = text.length;
        buffer_add_text(&text, plan->lists[i].trouble ? plan->lists[i].trouble : "");
        buffer_shorten(&text, begin, DOUBT_MOST);
        puts(buffer_text(&text));
        buffer_clear(&text);
    }
    if (more > 0)
        printf("  … (+%zu)\n", more);
}

// ---- the whole

static size_t unreadable(const struct data *data)
{
    size_t count = 0;
    for (size_t i = 0; i < data->problems.count; i++)
        count += problem_is_loss(data->problems.items[i].kind);
    return count;
}

static void print_run(const struct run *run, const char *language)
{
    struct coverage coverage;
    char tested[32], all[32], rows[32];
    coverage_init(&coverage, run);
    say(WORD_INIT_TESTS, language, count_text(coverage.tested, tested),
        count_text(coverage.controls, all), count_text(coverage.rows, rows));
    print_families(run);
    size_t problems = unreadable(run->data);
    if (problems > 0)
        say(WORD_INIT_PROBLEMS, language, count_text(problems, rows), "", "");
    print_lacks(&coverage, run->data, language);
}

static int evaluate(struct session *session, const struct settings *settings, const char *language)
{
    struct evaluation_options options = {.jobs = settings_jobs(settings)};
    struct run run = {.arena = arena_new(),
                      .engagement = session->engagement,
                      .data = session->data,
                      .language = language,
                      .rules_folder = settings->rules_folder};
    struct error error = {0};
    struct evaluation *evaluation = evaluation_run(run.engagement, run.data, &options, &error);
    if (evaluation) {
        run.evaluation = evaluation;
        run_judge(&run);
        print_run(&run, language);
    }
    int code = evaluation ? EXIT_FINE : session_report(&error);
    evaluation_free(evaluation);
    arena_free(run.arena);
    return code;
}

int init_report(const struct plan *plan, const char *path, const char *text,
                const struct settings *settings)
{
    struct settings own = {
        .path = path, .rules_folder = settings->rules_folder, .language = plan->language};
    struct session session = {0};
    size_t imported = 0;
    char all[32], taken[32];
    for (size_t i = 0; i < plan->list_count; i++)
        imported += plan->lists[i].import_count > 0;
    say(WORD_INIT_WROTE, plan->language, path, count_text(plan->list_count, all),
        count_text(imported, taken));
    if (imported == 0) {
        print_left(plan, plan->language);
        say(WORD_INIT_NOTHING, plan->language, path, "", "");
        return EXIT_FOUND;
    }
    print_lists(plan, plan->language);
    print_left(plan, plan->language);
    int code = session_load(&session, &own);
    if (code == EXIT_FINE)
        code = session_import(&session, &own, NULL);
    if (code == EXIT_FINE)
        code = evaluate(&session, &own, plan->language);
    print_doubts(path, text, plan->language);
    if (code == EXIT_FINE) {
        const char *slash = strrchr(path, '/');
        struct buffer folder = {0};
        if (slash)
            buffer_printf(&folder, " %.*s", (int)(slash - path), path);
        say(WORD_INIT_THEN, plan->language, buffer_text(&folder), "", "");
        buffer_clear(&folder);
    }
    session_clear(&session);
    settings_clear(&own);
    return code;
}
