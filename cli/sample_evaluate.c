// SPDX-License-Identifier: MIT
// The sheet comes back from people and their spreadsheets, which change separators, zeros,
// apostrophes and encodings; cells are compared by what they mean. What was drawn must be as
// recorded, each item there once and answered. All that is wrong is told (PROBLEMS_SHOWN of it),
// and nothing is projected before all is right.
#include "cli/sample_evaluate.h"

#include "adapters/decode.h"
#include "adapters/record.h"
#include "cli/command.h"
#include "cli/session.h"
#include "engine/base/buffer_json.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/base/safe_print.h"
#include "engine/base/total.h"
#include "engine/data/cell.h"
#include "reports/sampling/sample_projection.h"
#include "reports/sampling/sample_sheet.h"
#include "reports/sampling/statistics.h"
#include "reports/terminal/grid.h"
#include "reports/words/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum sheet_column {
    SHEET_ITEM,
    SHEET_STRATUM,
    SHEET_KEY,
    SHEET_SOURCE,
    SHEET_BOOK,
    SHEET_CURRENCY,
    SHEET_AUDITED,
    SHEET_DEVIATION,
    SHEET_CHECK,
    SHEET_COLUMNS
};

static const char *const column_names[] = {
    [SHEET_ITEM] = "item",
    [SHEET_STRATUM] = "stratum",
    [SHEET_KEY] = "key",
    [SHEET_SOURCE] = "source",
    [SHEET_BOOK] = "book_amount",
    [SHEET_CURRENCY] = "currency",
    [SHEET_AUDITED] = "audited_amount",
    [SHEET_DEVIATION] = "deviation",
    [SHEET_CHECK] = "check",
};
_Static_assert(sizeof column_names / sizeof *column_names == SHEET_COLUMNS, "a name for each");

enum { PROBLEMS_SHOWN = 20 };

// A sheet while it is read.
struct sheet {
    struct sample *sample;
    const char *name;
    int places[SHEET_COLUMNS]; // column of the file; -1: not there
    bool *seen;                // by item
    size_t problems;
    struct text cells[SHEET_COLUMNS]; // of the row at hand
    int64_t line;
};

static void say(struct sheet *sheet, int64_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void say(struct sheet *sheet, int64_t line, const char *format, ...)
{
    char *text;
    va_list arguments;
    if (sheet->problems++ >= PROBLEMS_SHOWN)
        return;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0)
        memory_exhausted();
    fputs("vouch: error: ", stderr);
    print_safely(sheet->name, stderr);
    if (line > 0)
        fprintf(stderr, ":%lld", (long long)line);
    fputs(": ", stderr);
    print_safely(text, stderr);
    putc('\n', stderr);
    free(text);
}

// Of the line at hand, or of an audited amount in it.
static void complain(struct sheet *sheet, const struct text *audited, const char *reason)
{
    struct buffer why = {0};
    reason_add(reason, NULL, &why);
    if (audited)
        say(sheet, sheet->line, "audited_amount `%.*s`: %s", (int)audited->length, audited->bytes,
            buffer_text(&why));
    else
        say(sheet, sheet->line, "%s", buffer_text(&why));
    buffer_clear(&why);
}

static bool needs(const struct sample *sample, int column)
{
    bool units = sample->method == SAMPLE_MONETARY_UNIT;
    switch ((enum sheet_column)column) {
    case SHEET_STRATUM:
        return units;
    case SHEET_BOOK:
    case SHEET_CURRENCY:
    case SHEET_AUDITED:
        return sample->amount != NULL;
    case SHEET_DEVIATION:
        return !units;
    case SHEET_ITEM:
    case SHEET_KEY:
    case SHEET_SOURCE:
    case SHEET_CHECK:
    case SHEET_COLUMNS:
        break;
    }
    return true;
}

static bool is(struct text text, const char *other)
{
    return text.length == strlen(other) && memcmp(text.bytes, other, text.length) == 0;
}

static struct text trimmed(struct text text)
{
    while (text.length > 0 && strchr(" \t\r\n", text.bytes[0]) && text.bytes[0]) {
        text.bytes++;
        text.length--;
    }
    while (text.length > 0 && text.bytes[text.length - 1] &&
           strchr(" \t\r\n", text.bytes[text.length - 1]))
        text.length--;
    return text;
}

// A text as the sheet shows it: with the apostrophe that keeps it from being run as a formula, or
// as a spreadsheet writes it, without.
static bool shows(struct text cell, const char *text)
{
    struct text wanted = trimmed((struct text){text, strlen(text)});
    cell = trimmed(cell);
    if (cell.length == wanted.length + 1 && cell.bytes[0] == '\'' &&
        strchr("=+-@", *wanted.bytes)) {
        cell.bytes++;
        cell.length--;
    }
    return cell.length == wanted.length && memcmp(cell.bytes, wanted.bytes, cell.length) == 0;
}

// An amount as people and spreadsheets write it, in units. 0, 1 when the cell is empty, -1 with the
// reason (NULL: nobody asks).
static int read_amount(const struct sample *sample, struct text cell, int64_t *units,
                       struct buffer *reason)
{
    const struct field field = {.name = "amount", .type = TYPE_MONEY};
    struct cell_value value;
    cell = trimmed(cell);
    if (cell_parse(NULL, &field, NULL, cell.bytes, cell.length, &value, reason) != 0)
        return -1;
    if (value.is == CELL_IS_NULL)
        return 1;
    if (decimal_at_scale(value.number, sample->scale, units) == 0)
        return 0;
    if (reason)
        reason_set(reason, REASON_FINER_THAN_BOOK);
    return -1;
}

static void compare_cell(struct sheet *sheet, int column, const char *recorded)
{
    struct text cell = sheet->cells[column];
    if (!needs(sheet->sample, column) || shows(cell, recorded))
        return;
    bool other_encoding = memchr(cell.bytes, '\xFF', cell.length) != NULL;
    say(sheet, sheet->line, "%s is `%.*s`, the record says `%s`: %s", column_names[column],
        (int)(cell.length < 200 ? cell.length : 200), cell.bytes, recorded,
        other_encoding ? "the sheet is not UTF-8; save it so, or name its --encoding"
                       : "the row was altered; restore the cell");
}

static void compare_row(struct sheet *sheet, const struct sample_item *item)
{
    const struct sample *sample = sheet->sample;
    int64_t book;
    compare_cell(sheet, SHEET_CHECK, item->check);
    compare_cell(sheet, SHEET_STRATUM, sample_stratum(item));
    compare_cell(sheet, SHEET_KEY, item->key);
    compare_cell(sheet, SHEET_SOURCE, item->source);
    if (!sample->amount)
        return;
    compare_cell(sheet, SHEET_CURRENCY, sample->currency);
    // By value: spreadsheets drop zeros and add separators.
    if (read_amount(sample, sheet->cells[SHEET_BOOK], &book, NULL) != 0 || book != item->book) {
        struct buffer recorded = {0};
        sample_units_add(sample, item->book, &recorded);
        compare_cell(sheet, SHEET_BOOK, buffer_text(&recorded));
        buffer_clear(&recorded);
    }
}

// true when the cell says whether the row deviates.
static bool read_deviation(struct sheet *sheet, struct sample_item *item)
{
    const struct field field = {.name = "deviation", .type = TYPE_BOOL};
    struct text cell = trimmed(sheet->cells[SHEET_DEVIATION]);
    struct cell_value value;
    if (cell_parse(NULL, &field, NULL, cell.bytes, cell.length, &value, NULL) != 0) {
        say(sheet, sheet->line, "deviation is yes or no, not `%.*s`", (int)cell.length, cell.bytes);
        return true;
    }
    if (value.is == CELL_IS_NULL)
        return false;
    item->deviates = value.word != 0;
    return true;
}

static void read_findings(struct sheet *sheet, struct sample_item *item)
{
    const struct sample *sample = sheet->sample;
    bool rows = sample->method != SAMPLE_MONETARY_UNIT;
    bool judged = rows && read_deviation(sheet, item);
    if (!sample->amount) {
        if (!judged)
            say(sheet, sheet->line, "deviation is missing (item %.*s)",
                (int)sheet->cells[SHEET_ITEM].length, sheet->cells[SHEET_ITEM].bytes);
        return;
    }
    struct text cell = sheet->cells[SHEET_AUDITED];
    struct buffer reason = {0};
    int result = read_amount(sample, cell, &item->audited, &reason);
    if (result > 0)
        say(sheet, sheet->line, "audited_amount is missing (item %.*s)",
            (int)sheet->cells[SHEET_ITEM].length, sheet->cells[SHEET_ITEM].bytes);
    else if (result < 0)
        complain(sheet, &cell, buffer_text(&reason));
    else if (rows && !judged)
        item->deviates = item->audited != item->book;
    buffer_clear(&reason);
}

static void read_row(struct sheet *sheet, const struct record *record)
{
    static const struct text empty = {"", 0};
    size_t filled = 0;
    for (size_t i = 0; i < record->field_count; i++)
        filled += trimmed(record->fields[i]).length;
    if (filled == 0)
        return; // lines of separators that spreadsheets leave at the end
    for (int i = 0; i < SHEET_COLUMNS; i++)
        sheet->cells[i] = sheet->places[i] >= 0 && (size_t)sheet->places[i] < record->field_count
                              ? record->fields[sheet->places[i]]
                              : empty;
    sheet->line = record->line;
    struct text number = trimmed(sheet->cells[SHEET_ITEM]);
    struct decimal item;
    if (decimal_parse(number.bytes, number.length, &item) != 0 || item.scale > 0 ||
        item.coefficient < 1 || item.coefficient > (int64_t)sheet->sample->item_count) {
        say(sheet, sheet->line, "item `%.*s` is not in the record: the row was added or altered",
            (int)number.length, number.bytes);
        return;
    }
    size_t index = (size_t)item.coefficient - 1;
    if (sheet->seen[index]) {
        say(sheet, sheet->line, "item %zu stands in the sheet a second time", index + 1);
        return;
    }
    sheet->seen[index] = true;
    compare_row(sheet, &sheet->sample->items[index]);
    read_findings(sheet, &sheet->sample->items[index]);
}

static void find_columns(struct sheet *sheet, const struct record *header)
{
    for (int column = 0; column < SHEET_COLUMNS; column++) {
        sheet->places[column] = -1;
        for (size_t i = 0; i < header->field_count; i++)
            if (sheet->places[column] < 0 && is(trimmed(header->fields[i]), column_names[column]))
                sheet->places[column] = (int)i;
        if (sheet->places[column] < 0 && needs(sheet->sample, column))
            say(sheet, header->line, "the column %s is missing", column_names[column]);
    }
}

// Spreadsheets separate by what the country uses.
static char delimiter_of(const struct decoded *text)
{
    size_t length = strcspn(text->bytes, "\r\n");
    return memchr(text->bytes, ',', length) ? ',' : memchr(text->bytes, ';', length) ? ';' : '\t';
}

static void read_text(struct sheet *sheet, const struct decoded *text)
{
    if (strncmp(text->bytes, "PK", 2) == 0) {
        say(sheet, 0, "this is a workbook; save its sheet as CSV");
        return;
    }
    const struct record_format format = {delimiter_of(text), 0, 1 << 20};
    const struct record_range range = {text->bytes, text->length, 1, true};
    struct record_reader *reader = record_reader_new(&format, &range);
    struct record record;
    bool headed = false;
    while (record_next(reader, &record) == RECORD_READ) {
        if (record.reason) {
            sheet->line = record.line;
            complain(sheet, NULL, record.reason);
            continue;
        }
        if (headed)
            read_row(sheet, &record);
        else
            find_columns(sheet, &record);
        if (!headed && sheet->problems > 0)
            break;
        headed = true;
    }
    record_reader_free(reader);
    for (size_t i = 0; headed && i < sheet->sample->item_count; i++)
        if (!sheet->seen[i])
            say(sheet, 0, "item %zu (%s) is missing: the row was removed", i + 1,
                sheet->sample->items[i].key);
    if (!headed && sheet->problems == 0)
        say(sheet, 0, "the sheet is empty");
}

static int read_sheet(struct sample *sample, const char *path, const char *encoding)
{
    struct error error = {0};
    struct file_bytes file;
    struct decoded text;
    struct sheet sheet = {.sample = sample, .name = path};
    if (decode_check(encoding, "--encoding", &error) != 0 ||
        file_bytes_read(&file, path, path, &error) != 0)
        return session_report(&error);
    if (decode(&text, &file, path, encoding, NULL, &error) != 0) {
        file_bytes_clear(&file);
        return session_report(&error);
    }
    sheet.seen = memory_new(sample->item_count, sizeof *sheet.seen);
    read_text(&sheet, &text);
    if (sheet.problems > PROBLEMS_SHOWN)
        fprintf(stderr, "vouch: error: and %zu more\n", sheet.problems - PROBLEMS_SHOWN);
    free(sheet.seen);
    decoded_clear(&text);
    file_bytes_clear(&file);
    return sheet.problems > 0 ? EXIT_USAGE : EXIT_FINE;
}

enum { NAME_WIDTH = 36, AMOUNT_WIDTH = 18 };

static void print_name(const struct sample *sample, enum word name)
{
    const char *text = word_get(name, sample->language);
    printf("  %s%*s", text, NAME_WIDTH - text_width(text), "");
}

static void print_units(const struct sample *sample, enum word name, __int128 units)
{
    struct buffer text = {0};
    total_format(total_of_units(units, sample->scale), sample->scale, true, &text);
    print_name(sample, name);
    printf(" %*s\n", AMOUNT_WIDTH, buffer_text(&text));
    buffer_clear(&text);
}

static void add_units_cell(struct grid *grid, const struct sample *sample, __int128 units)
{
    struct buffer text = {0};
    total_format(total_of_units(units, sample->scale), sample->scale, true, &text);
    grid_add_cell(grid, buffer_text(&text), NULL);
    buffer_clear(&text);
}

// In percent with four places.
static void add_tainting(struct grid *grid, const struct sample_misstatement *found, int64_t book)
{
    char text[DECIMAL_TEXT_MAX];
    struct decimal tainting;
    struct buffer cell = {0};
    if (decimal_divide(decimal_from_int((int64_t)found->difference), decimal_from_int(book), 6,
                       ROUND_HALF_UP, &tainting) == 0 &&
        decimal_multiply(tainting, decimal_from_int(100), &tainting) == 0) {
        decimal_format(tainting, 2, text);
        buffer_printf(&cell, "%s %%", text);
    }
    grid_add_cell(grid, buffer_text(&cell), NULL);
    buffer_clear(&cell);
}

static void print_misstatements(const struct sample *sample, const struct sample_side *side)
{
    static const enum word numbers[] = {WORD_SAMPLE_BOOK,      WORD_SAMPLE_AUDITED,
                                        WORD_SAMPLE_TAINTING,  WORD_SAMPLE_PROJECTED_ONE,
                                        WORD_SAMPLE_INCREMENT, WORD_SAMPLE_ALLOWANCE_ONE};
    const char *language = sample->language;
    struct grid *grid = grid_new(look_of(stdout));
    grid_add_column(grid, word_get(WORD_SAMPLE_ITEM, language), GRID_RIGHT);
    grid_add_column(grid, word_get(WORD_KEY, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_SAMPLE_STRATUM, language), GRID_LEFT);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        grid_add_column(grid, word_get(numbers[i], language), GRID_RIGHT);
    for (size_t i = 0; i < side->count; i++) {
        const struct sample_misstatement *found = &side->misstatements[i];
        const struct sample_item *item = &sample->items[found->item];
        char text[DECIMAL_TEXT_MAX];
        grid_add_row(grid);
        snprintf(text, sizeof text, "%zu", found->item + 1);
        grid_add_cell(grid, text, NULL);
        grid_add_cell(grid, item->key, NULL);
        grid_add_cell(grid, sample_stratum_word(item, language), NULL);
        add_units_cell(grid, sample, item->book);
        add_units_cell(grid, sample, item->audited);
        add_tainting(grid, found, item->book);
        add_units_cell(grid, sample, found->projected);
        decimal_format(found->increment, STATISTICS_PLACES, text);
        grid_add_cell(grid, item->certain ? "" : text, NULL);
        add_units_cell(grid, sample, found->allowance);
    }
    grid_print(grid, 2, stdout);
    grid_free(grid);
}

static void print_side(const struct sample *sample, const struct sample_side *side, enum word title)
{
    const char *language = sample->language;
    int64_t tolerable = 0;
    printf(word_get(title, language), side->count,
           word_get(side->count == 1 ? WORD_SAMPLE_ONE_ROW : WORD_SAMPLE_MANY_ROWS, language));
    if (side->count > 0)
        print_misstatements(sample, side);
    print_units(sample, WORD_SAMPLE_KNOWN, side->known);
    print_units(sample, WORD_SAMPLE_PROJECTED, side->projected);
    print_units(sample, WORD_SAMPLE_BASIC, side->basic);
    print_units(sample, WORD_SAMPLE_ALLOWANCE, side->allowance);
    print_units(sample, WORD_SAMPLE_LIMIT, side->limit);
    decimal_at_scale(sample->tolerable, sample->scale, &tolerable);
    print_units(sample, WORD_SAMPLE_TOLERABLE, tolerable);
    if (side->capped)
        printf("%s", word_get(WORD_SAMPLE_CAPPED, language));
}

static void print_share(const struct sample *sample, enum word name, int64_t part, size_t whole,
                        enum rounding mode)
{
    char text[DECIMAL_TEXT_MAX];
    struct decimal share = {0};
    decimal_divide(decimal_from_int(part), decimal_from_int((int64_t)whole), 6, mode, &share);
    decimal_multiply(share, decimal_from_int(100), &share);
    decimal_format(share, 2, text);
    print_name(sample, name);
    putchar(' ');
    printf(word_get(WORD_SAMPLE_SHARE, sample->language), (long long)part, whole, text);
    putchar('\n');
}

static void print_rows(const struct sample *sample, const struct sample_projection *projection)
{
    putchar('\n');
    print_share(sample, WORD_SAMPLE_DEVIATIONS, projection->deviations, sample->item_count,
                ROUND_HALF_UP);
    print_share(sample, WORD_SAMPLE_DEVIATION_LIMIT, projection->upper_rows, sample->rows,
                ROUND_UP);
    print_share(sample, WORD_SAMPLE_DEVIATION_TOLERABLE, sample_tolerable_rows(sample),
                sample->rows, ROUND_DOWN);
    if (!sample->amount)
        return;
    putchar('\n');
    print_units(sample, WORD_SAMPLE_NET, projection->net_difference);
    print_units(sample, WORD_SAMPLE_BY_DIFFERENCE, projection->by_difference);
    if (projection->has_ratio)
        print_units(sample, WORD_SAMPLE_BY_RATIO, projection->by_ratio);
    printf("%s", word_get(WORD_SAMPLE_ROWS_ONLY, sample->language));
}

static void print_projection(const struct sample *sample,
                             const struct sample_projection *projection)
{
    char confidence[DECIMAL_TEXT_MAX];
    struct decimal percent = {0};
    decimal_multiply(sample->confidence, decimal_from_int(100), &percent);
    decimal_format(percent, 0, confidence);
    const char *language = sample->language;
    bool units = sample->method == SAMPLE_MONETARY_UNIT;
    print_safely(sample->table, stdout);
    printf(word_get(WORD_SAMPLE_PROJECTION, language), sample_method_word(sample->method, language),
           sample->item_count, sample->rows, confidence);
    if (sample->currency)
        printf(", %s", sample->currency);
    putchar('\n');
    if (units) {
        print_units(sample, WORD_SAMPLE_AMOUNT, sample->total);
        print_units(sample, WORD_SAMPLE_INTERVAL, sample->interval);
        print_side(sample, &projection->over, WORD_SAMPLE_OVERSTATED);
        if (projection->under.count > 0)
            print_side(sample, &projection->under, WORD_SAMPLE_UNDERSTATED);
        else
            printf("%s", word_get(WORD_SAMPLE_NOT_UNDERSTATED, language));
    } else {
        print_rows(sample, projection);
    }
    printf("%s",
           word_get(projection->exceeds ? WORD_SAMPLE_EXCEEDS : WORD_SAMPLE_TOLERATED, language));
}

static int project(const struct sample *sample, bool json)
{
    struct sample_projection projection;
    struct error error = {0};
    if (sample_project(&projection, sample, &error) != 0) {
        sample_projection_clear(&projection);
        return session_report(&error);
    }
    if (json) {
        json_t *object = sample_projection_json(&projection, sample);
        struct buffer text = {0};
        buffer_add_json(&text, object, JSON_INDENT(2));
        puts(buffer_text(&text));
        buffer_clear(&text);
        json_decref(object);
    } else {
        print_projection(sample, &projection);
    }
    int code = projection.exceeds ? EXIT_FOUND : EXIT_FINE;
    sample_projection_clear(&projection);
    return code;
}

// "FOLDER/NAME" where `path` is a folder, or lies in it.
static void add_beside(const char *path, const char *name, struct buffer *out)
{
    struct stat status;
    const char *slash = strrchr(path, '/');
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        buffer_printf(out, "%s/%s", path, name);
    else
        buffer_printf(out, "%.*s%s", slash ? (int)(slash + 1 - path) : 0, path, name);
}

int sample_evaluate(const struct sample_evaluation *evaluation)
{
    struct sample sample = {0};
    struct error error = {0};
    struct stat status;
    struct buffer sheet = {0}, record = {0};
    if (stat(evaluation->sheet, &status) == 0 && S_ISDIR(status.st_mode))
        add_beside(evaluation->sheet, SAMPLE_SHEET, &sheet);
    else
        buffer_add_text(&sheet, evaluation->sheet);
    if (evaluation->record)
        buffer_add_text(&record, evaluation->record);
    else
        add_beside(evaluation->sheet, SAMPLE_RECORD, &record);
    int code = sample_record_read(&sample, buffer_text(&record), &error) != 0
                   ? session_report(&error)
                   : read_sheet(&sample, buffer_text(&sheet), evaluation->encoding);
    if (evaluation->language)
        sample.language = evaluation->language;
    if (code == EXIT_FINE)
        code = project(&sample, evaluation->json);
    sample_clear(&sample);
    buffer_clear(&sheet);
    buffer_clear(&record);
    return code;
}
