// SPDX-License-Identifier: MIT
// The book is written in two rounds, since its sheets link to one another: first all sheets, with
// the number of their rows, by which every row's place is known; then the rows. It happens in a
// child, over a file without a name: the library neither survives a lack of memory nor reports
// every failure, so its file becomes a result only when package_copy has found in it what the child
// said was written.
#include "reports/xlsx/xlsx.h"

#include "engine/base/memory.h"
#include "engine/base/process.h"
#include "reports/files/run_record.h"
#include "reports/files/scratch.h"
#include "reports/words/words.h"
#include "reports/xlsx/xlsx_inside.h"
#include "reports/xlsx/xlsx_package.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

static const char result_name[] = "report.xlsx";

enum { LARGE_ROWS = 200000 }; // from here on a sheet may need more than 4 GiB

// ---- the workbook

// The day as of which the run was, unless another moment is to stand for all.
static int64_t moment_of(const struct run *run)
{
    struct timespec fixed;
    return run_record_fixed_time(&fixed) ? (int64_t)fixed.tv_sec
                                         : (int64_t)run->data->scope.as_of * 86400;
}

static struct sheet *add_summary(struct xlsx *xlsx)
{
    static const struct sheet_column columns[] = {{"", 30}, {"", 24}, {"", 18}, {"", 16},
                                                  {"", 16}, {"", 20}, {"", 20}, {"", 14},
                                                  {"", 12}, {"", 18}, {"", 14}};
    struct sheet_plan plan = {.name = xlsx_say(xlsx, WORD_SHEET_SUMMARY),
                              .columns = columns,
                              .column_count = sizeof columns / sizeof *columns,
                              .headless = true};
    return book_add_sheet(xlsx->book, &plan);
}

static int write_book(const struct run *run, const struct output *output, const char *path,
                      struct package_contents *contents, struct error *error)
{
    struct xlsx xlsx = {.run = run, .output = output};
    bool large = run->evaluation->finding_count > LARGE_ROWS;
    xlsx.book = book_new(path, output_folder(output), NULL, large, error);
    if (!xlsx.book)
        return -1;
    book_describe(xlsx.book, run->engagement->title, run->engagement->entity, moment_of(run));
    xlsx.arena = arena_new();
    grading_init(&xlsx.grading, run);
    xlsx.summary = add_summary(&xlsx);
    xlsx_add_results(&xlsx);
    xlsx_add_tables(&xlsx);
    xlsx_write_summary(&xlsx);
    xlsx_write_results(&xlsx);
    xlsx_write_tables(&xlsx);
    arena_free(xlsx.arena);
    return book_close(xlsx.book, contents, error);
}

// ---- a process of its own: the library trusts that memory never runs out, and its mishaps must
// not become the run's

struct writer {
    const struct run *run;
    struct output *output;
    int scratch;  // a file of the folder without a name, where the workbook is put together
    size_t *done; // exceptions so far, in memory that both processes see; NULL: nobody asks
};

static void note_done(void *context, const char *result, size_t done, size_t total)
{
    (void)result;
    (void)total;
    __atomic_store_n((size_t *)context, done, __ATOMIC_RELAXED);
}

// Tells what was written, or what went wrong.
static int write_and_tell(void *context, int descriptor)
{
    const struct writer *writer = context;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    char path[64];
    struct package_contents contents = {0};
    struct error error = {0};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0)
        dup2(nowhere, STDERR_FILENO); // the library's own words; the parent finds better ones
    snprintf(path, sizeof path, "/proc/self/fd/%d", writer->scratch);
    struct run run = *writer->run;
    run.progress = writer->done ? note_done : NULL;
    run.progress_context = writer->done;
    struct buffer said = {0};
    int result = write_book(&run, writer->output, path, &contents, &error);
    buffer_add(&said, contents.sheets, contents.count * sizeof *contents.sheets);
    return process_say(descriptor, &said, result == 0 ? NULL : &error);
}

// How far the child is.
static void tell(void *context)
{
    const struct writer *writer = context;
    const struct run *run = writer->run;
    run->progress(run->progress_context, result_name,
                  __atomic_load_n(writer->done, __ATOMIC_RELAXED), run->evaluation->finding_count);
}

// NULL when nobody asks, or it cannot be had: the workbook does not depend on it.
static size_t *share_count(const struct run *run)
{
    if (!run->progress)
        return NULL;
    void *page =
        mmap(NULL, sizeof(size_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? NULL : page;
}

static int run_writer(struct writer *writer, struct package_contents *contents, struct error *error)
{
    struct process child;
    struct buffer said = {0};
    struct process_hearing hearing = {.tick = writer->done ? tell : NULL,
                                      .context = writer,
                                      .kind = ERROR_RESULT,
                                      .what = result_name};
    if (process_start(&child, PROCESS_SPEAKS, write_and_tell, writer) != 0)
        return error_set_errno(error, ERROR_RESULT, result_name, "cannot start a process");
    int result = process_hear(&child, &hearing, &said, error);
    if (result == 0) {
        contents->count = said.length / sizeof *contents->sheets;
        contents->sheets = (struct package_sheet *)(void *)buffer_take(&said);
    }
    buffer_clear(&said);
    return result;
}

int xlsx_write(const struct run *run, struct output *output, struct error *error)
{
    struct package_contents contents = {0};
    if (output_begin(output, result_name, error) != 0)
        return -1;
    struct writer writer = {.run = run, .output = output};
    // Beside the results, where there must be room for them anyway.
    writer.scratch = scratch_open(output_folder(output));
    if (writer.scratch < 0)
        return error_set_errno(error, ERROR_RESULT, output_folder(output),
                               "no temporary file can be made");
    writer.done = share_count(run);
    int result = run_writer(&writer, &contents, error);
    if (writer.done)
        munmap(writer.done, sizeof *writer.done);
    if (result == 0)
        result = package_copy(writer.scratch, &contents, result_name, output, error);
    close(writer.scratch);
    package_contents_clear(&contents);
    return result == 0 ? output_end(output, error) : -1;
}
