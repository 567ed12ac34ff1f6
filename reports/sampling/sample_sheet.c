// SPDX-License-Identifier: MIT
#include "reports/sampling/sample_sheet.h"

#include "reports/files/csv_text.h"
#include "reports/files/json_text.h"
#include "reports/files/run_record.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void add_units(const struct sample *sample, struct buffer *line, __int128 units)
{
    struct buffer text = {0};
    sample_units_add(sample, units, &text);
    csv_text_add_number(line, buffer_text(&text));
    buffer_clear(&text);
}

static void end_line(struct output *output, struct buffer *line)
{
    csv_text_end_line(line);
    output_add(output, line->data, line->length);
    buffer_reset(line);
}

static void add_names(struct buffer *line, const char *names)
{
    buffer_printf(line, "%s,", names);
}

static void add_header(const struct sample *sample, struct buffer *line)
{
    bool units = sample->method == SAMPLE_MONETARY_UNIT;
    add_names(line, units ? "item,stratum" : "item");
    add_names(line, "key,source,date,customer");
    if (sample->amount)
        add_names(line, "book_amount,currency");
    if (units)
        add_names(line, "cumulative,unit");
    if (sample->amount)
        add_names(line, "audited_amount");
    if (!units)
        add_names(line, "deviation");
    add_names(line, "remark,check");
}

static void add_item(const struct sample *sample, size_t index, struct buffer *line)
{
    const struct sample_item *item = &sample->items[index];
    bool units = sample->method == SAMPLE_MONETARY_UNIT;
    csv_text_add_count(line, index + 1);
    if (units)
        csv_text_add(line, sample_stratum(item));
    csv_text_add(line, item->key);
    csv_text_add(line, item->source);
    csv_text_add(line, item->date);
    csv_text_add(line, item->customer);
    if (sample->amount) {
        add_units(sample, line, item->book);
        csv_text_add(line, sample->currency);
    }
    if (units && item->certain) {
        add_names(line, ",");
    } else if (units) {
        add_units(sample, line, item->cumulative);
        add_units(sample, line, item->unit);
    }
    if (sample->amount)
        csv_text_add(line, NULL);
    if (!units)
        csv_text_add(line, NULL);
    csv_text_add(line, NULL);
    csv_text_add(line, item->check);
}

static int write_sheet(const struct sample *sample, struct output *output, struct error *error)
{
    struct buffer line = {0};
    if (output_begin(output, SAMPLE_SHEET, error) != 0)
        return -1;
    add_header(sample, &line);
    end_line(output, &line);
    for (size_t i = 0; i < sample->item_count; i++) {
        add_item(sample, i, &line);
        end_line(output, &line);
    }
    buffer_clear(&line);
    return output_end(output, error);
}

static int write_apart(const struct sample_paper *paper, struct output *output, struct error *error)
{
    struct buffer line = {0};
    if (output_begin(output, SAMPLE_APART, error) != 0)
        return -1;
    add_names(&line, "reason,key,source,date,customer,book_amount,currency");
    end_line(output, &line);
    for (size_t i = 0; i < paper->population->other_count; i++) {
        const struct sample_item *item = &paper->population->others[i];
        bool known = strcmp(item->reason, sample_apart_name(APART_ZERO)) == 0 ||
                     strcmp(item->reason, sample_apart_name(APART_NEGATIVE)) == 0;
        csv_text_add(&line, item->reason);
        csv_text_add(&line, item->key);
        csv_text_add(&line, item->source);
        csv_text_add(&line, item->date);
        csv_text_add(&line, item->customer);
        if (known)
            add_units(paper->sample, &line, item->book);
        else
            csv_text_add(&line, NULL);
        csv_text_add(&line, known ? paper->sample->currency : NULL);
        end_line(output, &line);
    }
    buffer_clear(&line);
    return output_end(output, error);
}

static json_t *times_json(void)
{
    struct timespec now;
    if (!run_record_fixed_time(&now))
        clock_gettime(CLOCK_REALTIME, &now);
    json_t *times = json_object();
    json_set(times, "drawn", json_time(now.tv_sec));
    return times;
}

static int write_record(json_t *stated, struct output *output, struct error *error)
{
    char digits[HASH_TEXT];
    json_t *record = json_object();
    sample_record_hash(stated, digits);
    json_set(record, "format", json_integer(SAMPLE_RECORD_FORMAT));
    json_set(record, "program", json_text("vouch"));
    json_set(record, "sample", json_incref(stated));
    json_set(record, "sha256", json_text(digits));
    json_set(record, "results", json_files(output));
    json_set(record, "times", times_json());
    int result = output_begin(output, SAMPLE_RECORD, error);
    if (result == 0) {
        json_write(record, JSON_INDENT(2), output);
        output_add_text(output, "\n");
        result = output_end(output, error);
    }
    json_decref(record);
    return result;
}

// A sheet may have been filled in, and a run's record would be removed by the first file.
static int check_folder(const char *folder, struct error *error)
{
    static const char *const names[] = {SAMPLE_SHEET, SAMPLE_APART, SAMPLE_RECORD,
                                        OUTPUT_RUN_RECORD};
    struct buffer path = {0};
    int result = 0;
    for (size_t i = 0; result == 0 && i < sizeof names / sizeof *names; i++) {
        buffer_reset(&path);
        buffer_printf(&path, "%s/%s", folder, names[i]);
        if (access(buffer_text(&path), F_OK) == 0)
            result = error_set(error, ERROR_RESULT, folder,
                               "holds %s already, which is not overwritten; name another folder "
                               "with -o",
                               names[i]);
    }
    buffer_clear(&path);
    return result;
}

int sample_sheet_write(const struct sample_paper *paper, const char *folder, struct error *error)
{
    struct sample *sample = paper->sample;
    if (check_folder(folder, error) != 0)
        return -1;
    struct output *output = output_open(folder, error);
    if (!output)
        return -1;
    json_t *stated = sample_record_new(paper);
    int result = write_sheet(sample, output, error);
    if (result == 0)
        result = write_apart(paper, output, error);
    if (result == 0)
        result = write_record(stated, output, error);
    json_decref(stated);
    output_free(output);
    return result;
}
