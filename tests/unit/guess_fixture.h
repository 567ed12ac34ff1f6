// SPDX-License-Identifier: MIT
// What the tests of guessing share: the shipped model and words, and lists written as text.
#ifndef VOUCH_GUESS_FIXTURE_H
#define VOUCH_GUESS_FIXTURE_H

#include "adapters/survey.h"
#include "guess/plan.h"
#include "tests/unit/engine_fixture.h"

static struct survey survey;
static struct terms *terms;
static struct zone *utc;

FIXTURE int guess_set_up(void **state)
{
    struct error error = {0};
    (void)state;
    json_t *declaration = shipped_declaration();
    model = model_new(declaration, &error);
    json_decref(declaration);
    terms = model ? terms_new(model, VOUCH_RULES, &error) : NULL;
    utc = zone_new("UTC");
    if (!terms)
        fail_msg("%s: %s", error.where, error.message);
    return 0;
}

FIXTURE int guess_tear_down(void **state)
{
    (void)state;
    terms_free(terms);
    zone_free(utc);
    model_free(model);
    return 0;
}

FIXTURE int clear_survey(void **state)
{
    (void)state;
    survey_clear(&survey);
    return 0;
}

// A list: a line for each row, '|' between cells.
FIXTURE void given(const char *name, const char *text)
{
    struct survey_sheet *sheet = survey_add(&survey, SURVEY_CSV, name, NULL, name);
    for (int64_t line = 1; *text; line++) {
        size_t length = strcspn(text, "\n");
        if (length > 0)
            survey_begin_row(sheet, line);
        for (const char *at = text; length > 0; at++) {
            size_t cell = strcspn(at, "|\n");
            survey_add_cell(&survey, sheet, at, cell);
            at += cell;
            if (*at != '|')
                break;
        }
        text += length + (text[length] == '\n');
    }
}

FIXTURE const struct field *field_of(const char *name)
{
    int table, field;
    assert_true(model_find_column(model, name, &table, &field));
    return &model->tables[table].fields[field];
}

#endif
