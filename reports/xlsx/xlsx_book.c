// SPDX-License-Identifier: MIT
// Rows go to the library in order and are forgotten, sheet by sheet or in turns; a sheet that
// outgrows the format goes on in a further page, and a link that is one too many becomes a formula.
// The library tells failures badly: so errno and the streams of its sheets are looked at after what
// it does, the first failure is kept, and from then on nothing is written.
#include "reports/xlsx/xlsx_book.h"

#include "engine/base/arena.h"
#include "engine/base/calendar.h"
#include "engine/base/memory.h"
#include "reports/files/scratch.h"
#include "reports/xlsx/xlsx_number.h"
#include "reports/xlsx/xlsx_text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    ROWS_MAX = 1048576,
    LINKS_MAX = 65530,
    FORMULA_TEXT_MAX = 255,
    DAY_OFFSET = 25569, // 1970-01-01 as spreadsheets count
    FIRST_DAY = 61      // 1900-03-01: before it, their calendar has a day that never was
};

struct book {
    struct arena *arena; // holds this, the sheets and their texts
    lxw_workbook *workbook;
    const char *folder;
    struct book_limits limits;
    lxw_format *formats[STYLES];
    struct sheet *sheets, **last; // in their order
    int failure;                  // errno of the first write that failed
    struct buffer text, place;
};

struct sheet {
    struct sheet *next;
    struct book *book;
    lxw_worksheet **pages; // several where the rows need them
    size_t page_count;
    size_t *links; // by page
    const char *name;
    size_t page_rows; // below the heading
    size_t first_row; // of a page, below its heading
    lxw_col_t columns;
    size_t rows; // begun so far
    lxw_col_t column;
};

// ---- the book

// The library goes on without what it got no memory for, and only errno remembers.
static void check(struct book *book, lxw_error result)
{
    if (result == LXW_ERROR_MEMORY_MALLOC_FAILED || errno == ENOMEM)
        memory_exhausted();
    if (result != LXW_NO_ERROR && !book->failure)
        book->failure = errno ? errno : EIO;
}

// Stands in the place of the library's own function of that name, which sets errno back and so
// forgets that memory was refused to the part before.
__attribute__((visibility("default"))) FILE *lxw_tmpfile(char *folder)
{
    if (errno == ENOMEM)
        memory_exhausted();
    int descriptor = scratch_open(folder);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w+b");
    if (descriptor >= 0 && !file)
        close(descriptor);
    return file;
}

static void make_formats(struct book *book)
{
    for (int i = 0; i < STYLES; i++)
        if (!(book->formats[i] = workbook_add_format(book->workbook)))
            memory_exhausted();
    lxw_format **formats = book->formats;
    for (int i = 0; i < STYLES; i++)
        format_set_align(formats[i], LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(formats[STYLE_WRAP]);
    format_set_num_format(formats[STYLE_COUNT], "#,##0");
    format_set_num_format(formats[STYLE_COUNT_LINK], "#,##0");
    format_set_num_format(formats[STYLE_AMOUNT], "#,##0.00######;[Red]-#,##0.00######");
    format_set_num_format(formats[STYLE_RATE], "0.00%");
    format_set_num_format(formats[STYLE_DATE], "yyyy-mm-dd");
    // A cell of the format "text" stays text when somebody edits it.
    format_set_num_format(formats[STYLE_FORMULA_TEXT], "@");
    for (int i = STYLE_LINK; i <= STYLE_COUNT_LINK; i += STYLE_COUNT_LINK - STYLE_LINK) {
        format_set_font_color(formats[i], LXW_COLOR_BLUE);
        format_set_underline(formats[i], LXW_UNDERLINE_SINGLE);
    }
    format_set_bold(formats[STYLE_BOLD]);
    format_set_bold(formats[STYLE_TITLE]);
    format_set_font_size(formats[STYLE_TITLE], 14);
    format_set_bold(formats[STYLE_WARNING]);
    format_set_font_color(formats[STYLE_WARNING], LXW_COLOR_RED);
    format_set_bold(formats[STYLE_HEADING]);
    format_set_text_wrap(formats[STYLE_HEADING]);
    format_set_bg_color(formats[STYLE_HEADING], 0xDDE6F0);
    format_set_bottom(formats[STYLE_HEADING], LXW_BORDER_THIN);
}

static void limit(size_t *limit, size_t format)
{
    if (*limit == 0 || *limit > format)
        *limit = format;
}

struct book *book_new(const char *path, const char *folder, const struct book_limits *limits,
                      bool large, struct error *error)
{
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .tmpdir = (char *)folder, .use_zip64 = large};
    errno = 0;
    lxw_workbook *workbook = workbook_new_opt(path, &options);
    if (!workbook) {
        error_set_errno(error, ERROR_RESULT, folder, "the workbook cannot be begun");
        return NULL;
    }
    struct arena *arena = arena_new();
    struct book *book = arena_take(arena, 1, sizeof *book);
    book->arena = arena;
    book->workbook = workbook;
    book->folder = arena_text(arena, folder);
    book->last = &book->sheets;
    if (limits)
        book->limits = *limits;
    limit(&book->limits.rows, ROWS_MAX);
    limit(&book->limits.links, LINKS_MAX);
    make_formats(book);
    return book;
}

// Borrowed until the next one.
static const char *safe(struct book *book, const char *text)
{
    buffer_reset(&book->text);
    xlsx_text_add(&book->text, text);
    return buffer_text(&book->text);
}

void book_describe(struct book *book, const char *title, const char *company, int64_t created)
{
    // Nought would mean the clock; and the dates of the archive begin with 1980.
    static const int64_t first = 315532800;
    lxw_doc_properties properties = {
        .title = arena_text(book->arena, safe(book, title ? title : "")),
        .company = arena_text(book->arena, safe(book, company ? company : "")),
        .author = (char *)"vouch",
        .created = (time_t)(created < first ? first : created)};
    check(book, workbook_set_properties(book->workbook, &properties));
}

// ---- sheets

static void lay_out(struct sheet *sheet, lxw_worksheet *page, const struct sheet_plan *plan)
{
    struct book *book = sheet->book;
    for (int i = 0; i < plan->column_count; i++)
        check(book,
              worksheet_set_column(page, (lxw_col_t)i, (lxw_col_t)i, plan->columns[i].width, NULL));
    worksheet_set_landscape(page);
    worksheet_set_paper(page, 9); // A4
    worksheet_fit_to_pages(page, 1, 0);
    if (plan->headless)
        return;
    worksheet_freeze_panes(page, 1, (lxw_col_t)plan->frozen);
    check(book, worksheet_repeat_rows(page, 0, 0));
    for (int i = 0; i < plan->column_count; i++)
        check(book, worksheet_write_string(page, 0, (lxw_col_t)i, plan->columns[i].heading,
                                           book->formats[STYLE_HEADING]));
}

static void add_page(struct sheet *sheet, const struct sheet_plan *plan)
{
    char name[LXW_SHEETNAME_MAX * 4 + 1];
    size_t number = sheet->page_count;
    if (number == 0)
        snprintf(name, sizeof name, "%s", plan->name);
    else
        snprintf(name, sizeof name, "%s %zu", plan->name, number + 1);
    errno = 0;
    lxw_worksheet *page = workbook_add_worksheet(sheet->book->workbook, name);
    sheet->pages[sheet->page_count++] = page;
    if (!page || !page->optimize_tmpfile)
        check(sheet->book, LXW_ERROR_CREATING_TMPFILE);
    else
        lay_out(sheet, page, plan);
}

struct sheet *book_add_sheet(struct book *book, const struct sheet_plan *plan)
{
    struct sheet *sheet = arena_take(book->arena, 1, sizeof *sheet);
    *book->last = sheet;
    book->last = &sheet->next;
    sheet->book = book;
    sheet->name = arena_text(book->arena, plan->name);
    sheet->first_row = plan->headless ? 0 : 1;
    sheet->columns = (lxw_col_t)plan->column_count;
    sheet->page_rows = book->limits.rows - sheet->first_row;
    size_t pages = plan->rows ? (plan->rows + sheet->page_rows - 1) / sheet->page_rows : 1;
    sheet->pages = arena_take(book->arena, pages, sizeof(lxw_worksheet *));
    sheet->links = arena_take(book->arena, pages, sizeof *sheet->links);
    while (sheet->page_count < pages && !book->failure)
        add_page(sheet, plan);
    return sheet;
}

void sheet_place(const struct sheet *sheet, size_t row, struct buffer *out)
{
    size_t page = row / sheet->page_rows, line = row % sheet->page_rows + sheet->first_row + 1;
    if (page == 0)
        buffer_printf(out, "'%s'!A%zu", sheet->name, line);
    else
        buffer_printf(out, "'%s %zu'!A%zu", sheet->name, page + 1, line);
}

// ---- cells

// Where the next cell goes.
struct cell {
    lxw_worksheet *page;
    size_t number; // of the page
    lxw_row_t row;
    lxw_col_t column;
};

// False once something failed, and beyond the rows that were planned.
static bool next_cell(struct sheet *sheet, struct cell *cell)
{
    size_t row = sheet->rows - 1;
    *cell = (struct cell){.number = row / sheet->page_rows,
                          .row = (lxw_row_t)(row % sheet->page_rows + sheet->first_row),
                          .column = sheet->column++};
    if (sheet->book->failure)
        return false;
    if (cell->number >= sheet->page_count) {
        sheet->book->failure = EOVERFLOW;
        return false;
    }
    cell->page = sheet->pages[cell->number];
    return true;
}

void sheet_add_row(struct sheet *sheet)
{
    size_t page = sheet->rows / sheet->page_rows;
    // The library ignores what stdio says, but stdio remembers.
    if (!sheet->book->failure && page < sheet->page_count &&
        ferror(sheet->pages[page]->optimize_tmpfile))
        sheet->book->failure = errno ? errno : EIO;
    sheet->rows++;
    sheet->column = 0;
}

void sheet_skip(struct sheet *sheet, int cells)
{
    sheet->column = (lxw_col_t)(sheet->column + cells);
}

void sheet_add_text(struct sheet *sheet, const char *text, enum style style)
{
    struct book *book = sheet->book;
    struct cell cell;
    if (!next_cell(sheet, &cell) || !text || !*text)
        return;
    if (xlsx_text_is_formula(text) && (style == STYLE_TEXT || style == STYLE_WRAP))
        style = STYLE_FORMULA_TEXT;
    check(book, worksheet_write_string(cell.page, cell.row, cell.column, safe(book, text),
                                       book->formats[style]));
}

static void write_count(struct book *book, const struct cell *cell, uint64_t count,
                        enum style style)
{
    check(book, xlsx_number_write(cell->page, cell->row, cell->column, total_of_units(count, 0),
                                  book->formats[style]));
}

void sheet_add_count(struct sheet *sheet, uint64_t count)
{
    struct cell cell;
    if (next_cell(sheet, &cell))
        write_count(sheet->book, &cell, count, STYLE_COUNT);
}

void sheet_add_amount(struct sheet *sheet, struct total amount, int places)
{
    struct cell cell;
    if (next_cell(sheet, &cell) && !amount.beyond)
        check(sheet->book, xlsx_number_write(cell.page, cell.row, cell.column, amount,
                                             sheet->book->formats[STYLE_AMOUNT]));
    struct buffer exact = {0};
    if (!xlsx_number_is_exact(amount))
        total_format(amount, places, false, &exact);
    sheet_add_text(sheet, buffer_text(&exact), STYLE_TEXT);
    buffer_clear(&exact);
}

void sheet_add_number(struct sheet *sheet, const char *number)
{
    struct cell cell;
    struct total total;
    if (!number || total_parse(number, &total) != 0 || !xlsx_number_is_exact(total)) {
        sheet_add_text(sheet, number, STYLE_TEXT);
        return;
    }
    if (next_cell(sheet, &cell))
        check(sheet->book, xlsx_number_write(cell.page, cell.row, cell.column, total,
                                             sheet->book->formats[STYLE_TEXT]));
}

void sheet_add_rate(struct sheet *sheet, uint64_t part, uint64_t whole)
{
    struct cell cell;
    if (next_cell(sheet, &cell) && whole > 0)
        check(sheet->book, xlsx_number_write_rate(cell.page, cell.row, cell.column, part, whole,
                                                  sheet->book->formats[STYLE_RATE]));
}

void sheet_add_day(struct sheet *sheet, const char *day)
{
    int number;
    if (!day || calendar_parse_day(day, strlen(day), &number) != 0 ||
        number + DAY_OFFSET < FIRST_DAY) {
        sheet_add_text(sheet, day, STYLE_TEXT);
        return;
    }
    struct cell cell;
    if (next_cell(sheet, &cell)) {
        struct total total = total_of_units(number + DAY_OFFSET, 0);
        check(sheet->book, xlsx_number_write(cell.page, cell.row, cell.column, total,
                                             sheet->book->formats[STYLE_DATE]));
    }
}

// ---- links

// "internal:'Controls'!A5" in the book's buffer.
static const char *address(struct book *book, const struct sheet *target, size_t row)
{
    buffer_reset(&book->place);
    buffer_add_text(&book->place, "internal:");
    sheet_place(target, row, &book->place);
    return buffer_text(&book->place);
}

// A link of the format's own, while it takes more of them.
static bool write_link(struct sheet *sheet, const struct cell *cell, const char *text,
                       const struct sheet *target, size_t row, enum style style)
{
    struct book *book = sheet->book;
    if (sheet->links[cell->number] >= book->limits.links)
        return false;
    sheet->links[cell->number]++;
    check(book,
          worksheet_write_url_opt(cell->page, cell->row, cell->column, address(book, target, row),
                                  book->formats[style], text, NULL));
    return true;
}

// =HYPERLINK("#'Controls'!A5",...) up to the comma.
static void begin_formula(struct buffer *formula, const struct sheet *target, size_t row)
{
    buffer_add_text(formula, "=HYPERLINK(\"#");
    sheet_place(target, row, formula);
    buffer_add_text(formula, "\",");
}

void sheet_add_link(struct sheet *sheet, const char *text, const struct sheet *target, size_t row)
{
    struct book *book = sheet->book;
    struct cell cell;
    // Longer texts a formula cannot hold; cells that look alike should be alike.
    if (!text || !*text || xlsx_text_length(safe(book, text)) > FORMULA_TEXT_MAX) {
        sheet_add_text(sheet, text, STYLE_TEXT);
        return;
    }
    const char *shown = buffer_text(&book->text);
    if (!next_cell(sheet, &cell) || write_link(sheet, &cell, shown, target, row, STYLE_LINK))
        return;
    struct buffer formula = {0};
    begin_formula(&formula, target, row);
    buffer_add_byte(&formula, '"');
    for (const char *at = shown; *at; at++)
        buffer_add_text(&formula, *at == '"' ? "\"\"" : (char[2]){*at});
    buffer_add_text(&formula, "\")");
    check(book, worksheet_write_formula_str(cell.page, cell.row, cell.column, buffer_text(&formula),
                                            book->formats[STYLE_LINK], shown));
    buffer_clear(&formula);
}

void sheet_add_count_link(struct sheet *sheet, uint64_t count, const struct sheet *target,
                          size_t row)
{
    struct book *book = sheet->book;
    struct cell cell;
    if (!next_cell(sheet, &cell))
        return;
    if (write_link(sheet, &cell, "0", target, row, STYLE_COUNT_LINK)) {
        write_count(book, &cell, count, STYLE_COUNT_LINK);
        return;
    }
    struct buffer formula = {0};
    begin_formula(&formula, target, row);
    buffer_printf(&formula, "%llu)", (unsigned long long)count);
    check(book, xlsx_number_write_formula(cell.page, cell.row, cell.column, buffer_text(&formula),
                                          count, book->formats[STYLE_COUNT_LINK]));
    buffer_clear(&formula);
}

// ---- the end

// The last row of a page is still with the library.
static void finish_page(struct sheet *sheet, size_t number, struct package_sheet *content)
{
    struct book *book = sheet->book;
    lxw_worksheet *page = sheet->pages[number];
    size_t before = number * sheet->page_rows;
    size_t rows = sheet->rows > before ? sheet->rows - before : 0;
    if (sheet->first_row > 0)
        check(book, worksheet_autofilter(
                        page, 0, 0, (lxw_row_t)(rows < sheet->page_rows ? rows : sheet->page_rows),
                        (lxw_col_t)(sheet->columns - 1)));
    content->links = (int64_t)sheet->links[number];
    lxw_worksheet_write_single_row(page);
    if (fflush(page->optimize_tmpfile) != 0 || ferror(page->optimize_tmpfile)) {
        book->failure = errno ? errno : EIO;
        return;
    }
    content->row_bytes = (int64_t)ftello(page->optimize_tmpfile);
}

static void gather(struct book *book, struct package_contents *contents)
{
    *contents = (struct package_contents){0};
    for (const struct sheet *sheet = book->sheets; sheet; sheet = sheet->next)
        contents->count += sheet->page_count;
    contents->sheets = memory_new(contents->count + 1, sizeof *contents->sheets);
    struct package_sheet *content = contents->sheets;
    for (struct sheet *sheet = book->sheets; sheet; sheet = sheet->next)
        for (size_t page = 0; page < sheet->page_count && !book->failure; page++)
            finish_page(sheet, page, content++);
}

static void book_free(struct book *book)
{
    buffer_clear(&book->text);
    buffer_clear(&book->place);
    arena_free(book->arena);
}

int book_close(struct book *book, struct package_contents *contents, struct error *error)
{
    gather(book, contents);
    if (book->failure) {
        // What the library would still write is of no use to anybody.
        lxw_workbook_free(book->workbook);
    } else {
        errno = 0;
        check(book, workbook_close(book->workbook));
    }
    int failure = book->failure;
    if (failure) {
        package_contents_clear(contents);
        errno = failure;
        error_set_errno(error, ERROR_RESULT, book->folder, "the workbook cannot be written");
    }
    book_free(book);
    return failure ? -1 : 0;
}
