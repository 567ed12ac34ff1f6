// SPDX-License-Identifier: MIT
#include "engine/base/process.h"

#include "engine/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct limits roomy = {.cpu_seconds = 600, .wall_seconds = 1800, .bytes = 1 << 30};

static int says_context(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    buffer_add_text(out, context);
    return 0;
}

static int says_much(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    for (int i = 0; i < *(int *)context; i++)
        buffer_add(out, "0123456789\0bcdef", 16);
    return 0;
}

static int kills_itself(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    (void)context;
    buffer_add_text(out, "half");
    raise(SIGKILL);
    return 0;
}

static int leaves(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    (void)context;
    buffer_add_text(out, "half");
    _exit(3);
    return 0;
}

static int sleeps(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    (void)context;
    (void)out;
    for (volatile unsigned long at = 0; at < ULONG_MAX; at++)
        ;
    return 0;
}

static void what_a_child_says_is_heard(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct error error = {0};
    char text[] = "客户";
    assert_int_equal(process_run(says_context, text, &roomy, "a child", &out, &error), 0);
    assert_string_equal(out.data, "客户");
    buffer_clear(&out);
    int times = 500000; // 8 MB, far more than a pipe holds
    assert_int_equal(process_run(says_much, &times, &roomy, "a child", &out, &error), 0);
    assert_int_equal(out.length, 8000000);
    assert_memory_equal(out.data + out.length - 16, "0123456789\0bcdef", 16);
    buffer_clear(&out);
}

static void a_child_that_is_lost_is_an_error(void **state)
{
    (void)state;
    static process_body *const bodies[] = {kills_itself, leaves};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct buffer out = {0};
        struct error error = {0};
        assert_int_equal(process_run(bodies[i], NULL, &roomy, "reading it", &out, &error), -1);
        assert_string_equal(error.where, "reading it");
        assert_true(error.message[0]);
        buffer_clear(&out);
    }
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); // none is left
}

static int fails(void *context, struct buffer *out, struct error *error)
{
    buffer_add_text(out, "half");
    return error_set(error, ERROR_SOURCE, context, "the %s of it is wrong", "end");
}

static void a_child_says_what_went_wrong(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct error error = {0};
    char place[] = "audit.lua:3";
    assert_int_equal(process_run(fails, place, &roomy, "computed columns", &out, &error), -1);
    assert_int_equal(error.kind, ERROR_SOURCE);
    assert_string_equal(error.where, "audit.lua:3");
    assert_string_equal(error.message, "the end of it is wrong");
    buffer_clear(&out);
}

static int says_what_it_does(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    (void)out;
    process_doing("rules/first.lua");
    process_doing(context);
    raise(SIGKILL);
    return 0;
}

static void a_lost_child_is_named_by_what_it_did(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct error error = {0};
    char longest[3000];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(
        process_run(says_what_it_does, (void *)"own.lua", &roomy, "the rule files", &out, &error),
        -1);
    assert_string_equal(error.where, "own.lua");
    assert_int_equal(process_run(says_what_it_does, longest, &roomy, "files", &out, &error), -1);
    assert_int_equal(strlen(error.where), 999);
    // What one child did is not said of the next.
    assert_int_equal(process_run(leaves, NULL, &roomy, "files", &out, &error), -1);
    assert_string_equal(error.where, "files");
    process_doing("nobody listens here");
    buffer_clear(&out);
}

static void a_child_that_takes_too_long_is_stopped(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct error error = {0};
    struct limits limits = {.cpu_seconds = 60, .wall_seconds = 1, .bytes = 1 << 30};
    assert_int_equal(process_run(sleeps, NULL, &limits, "looping", &out, &error), -1);
    assert_string_equal(error.where, "looping");
    assert_non_null(strstr(error.message, "1 seconds"));
    buffer_clear(&out);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static int reach_outside(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    (void)context;
    (void)out;
    socket(AF_INET, SOCK_STREAM, 0);
    return 0;
}

static int open_a_file(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    (void)context;
    int descriptor = open("/etc/passwd", O_RDONLY);
    buffer_add_text(out, descriptor < 0 ? "refused" : "opened");
    return 0;
}

// Only to read.
static int open_both_ways(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    (void)context;
    int reading = open("/etc/passwd", O_RDONLY), writing = open("/dev/null", O_WRONLY);
    buffer_printf(out, "%s, %s", reading < 0 ? "refused" : "opened",
                  writing < 0 ? "refused" : "opened");
    return 0;
}

static void a_child_may_be_allowed_to_read_files(void **state)
{
    (void)state;
    struct limits limits = {
        .cpu_seconds = 10, .wall_seconds = 10, .bytes = 1 << 28, .opens_files = true};
    struct buffer out = {0};
    struct error error = {0};
    if (process_is_watched())
        return;
    assert_int_equal(process_run(open_both_ways, NULL, &limits, "file", &out, &error), 0);
    assert_string_equal(buffer_text(&out), "opened, refused");
    buffer_reset(&out);
    assert_int_equal(process_run(reach_outside, NULL, &limits, "net", &out, &error), -1);
    buffer_clear(&out);
}

static void a_child_reaches_nothing_outside(void **state)
{
    (void)state;
    struct limits limits = {.cpu_seconds = 10, .wall_seconds = 10, .bytes = 1 << 28};
    struct buffer out = {0};
    struct error error = {0};
    if (process_is_watched())
        return; // sanitizers and valgrind make calls of their own
    assert_int_equal(process_run(reach_outside, NULL, &limits, "net", &out, &error), -1);
    assert_non_null(strstr(error.message, "signal 31"));
    buffer_reset(&out);
    assert_int_equal(process_run(open_a_file, NULL, &limits, "file", &out, &error), 0);
    assert_string_equal(buffer_text(&out), "refused");
    buffer_clear(&out);
}

static void bytes_are_written_and_read_whole(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(process_write(ends[1], "abc", 3), 0);
    assert_int_equal(process_write(ends[1], "", 0), 0);
    close(ends[1]);
    struct buffer out = {0};
    assert_int_equal(process_read_all(ends[0], 5, NULL, NULL, &out), 0);
    assert_string_equal(out.data, "abc");
    buffer_clear(&out);
    close(ends[0]);
    assert_int_equal(process_write(-1, "abc", 3), -1);
    assert_int_equal(errno, EBADF);
}

static void silence_is_not_waited_for_for_ever(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct buffer out = {0};
    assert_int_equal(process_read_all(ends[0], 1, NULL, NULL, &out), -1);
    assert_int_equal(errno, ETIMEDOUT);
    buffer_clear(&out);
    close(ends[0]);
    close(ends[1]);
}

struct telling {
    int ticks;
    int ends[2]; // of a pipe by which the child hears of them
};

static void count_tick(void *context)
{
    struct telling *telling = context;
    telling->ticks++;
    assert_int_equal(write(telling->ends[1], "t", 1), 1);
}

static int speak_when_told(void *context, int descriptor)
{
    const struct telling *telling = context;
    char tick;
    if (read(telling->ends[0], &tick, 1) != 1)
        return 1;
    return process_write(descriptor, "late", 4) == 0 ? 7 : 1;
}

static void waiting_is_told(void **state)
{
    (void)state;
    struct process child;
    struct buffer out = {0};
    struct telling telling = {0};
    assert_int_equal(pipe(telling.ends), 0);
    assert_int_equal(process_start(&child, PROCESS_SPEAKS, speak_when_told, &telling), 0);
    assert_int_equal(process_read_all(child.descriptor, 0, count_tick, &telling, &out), 0);
    int status = process_end(&child, false);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    assert_string_equal(buffer_text(&out), "late");
    assert_true(telling.ticks >= 1);
    assert_int_equal(child.id, 0);
    close(telling.ends[0]);
    close(telling.ends[1]);
    buffer_clear(&out);
}

static int finish(void *context, int descriptor)
{
    struct buffer out = {0};
    struct error error = {0};
    buffer_add_text(&out, "half");
    if (context)
        error_set(&error, ERROR_USAGE, context, "it is full");
    return process_say(descriptor, &out, context ? &error : NULL);
}

static int say_half(void *context, int descriptor)
{
    (void)context;
    return process_write(descriptor, "half", 4);
}

static int need_memory(void *context, int descriptor)
{
    (void)context, (void)descriptor;
    memory_exhausted();
}

static int hear(int (*body)(void *context, int descriptor), void *context, struct buffer *out,
                struct error *error)
{
    struct process child;
    const struct process_hearing hearing = {.kind = ERROR_RESULT, .what = "report.xlsx"};
    buffer_reset(out);
    assert_int_equal(process_start(&child, PROCESS_SPEAKS, body, context), 0);
    return process_hear(&child, &hearing, out, error);
}

// By children that are not confined, too.
static void an_answer_ends_or_is_none(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct error error = {0};
    char place[] = "a sheet";
    assert_int_equal(hear(finish, NULL, &out, &error), 0);
    assert_string_equal(buffer_text(&out), "half");
    assert_int_equal(hear(finish, place, &out, &error), -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_string_equal(error.where, "a sheet");
    assert_string_equal(error.message, "it is full");
    assert_int_equal(hear(say_half, NULL, &out, &error), -1);
    assert_int_equal(error.kind, ERROR_RESULT);
    assert_string_equal(error.where, "report.xlsx");
    assert_int_equal(hear(need_memory, NULL, &out, &error), -1);
    assert_non_null(strstr(error.message, "memory"));
    buffer_clear(&out);
}

static int answer(void *context, int descriptor)
{
    char question[4];
    while (read(descriptor, question, sizeof question) == (ssize_t)sizeof question)
        if (process_write(descriptor, context, 3) != 0)
            return 1;
    return 0;
}

static void a_child_answers_until_it_is_left(void **state)
{
    (void)state;
    struct process child;
    char reply[3];
    assert_int_equal(process_start(&child, PROCESS_TALKS, answer, "yes"), 0);
    for (int times = 0; times < 2; times++) {
        assert_int_equal(process_write(child.descriptor, "well", 4), 0);
        assert_int_equal(read(child.descriptor, reply, sizeof reply), 3);
        assert_memory_equal(reply, "yes", 3);
    }
    assert_int_equal(process_end(&child, false), 0);
}

static int stay(void *context, int descriptor)
{
    (void)context, (void)descriptor;
    pause();
    return 0;
}

static void a_child_is_killed_where_it_stays(void **state)
{
    (void)state;
    struct process child;
    assert_int_equal(process_start(&child, PROCESS_SPEAKS, stay, NULL), 0);
    int status = process_end(&child, true);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); // none is left
}

static void ends_are_described(void **state)
{
    (void)state;
    char *killed = process_text(SIGKILL), *ended = process_text(3 << 8);
    assert_string_equal(killed, "was killed by signal 9 (Killed)");
    assert_string_equal(ended, "ended with status 3");
    free(killed);
    free(ended);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_child_says_is_heard),
        cmocka_unit_test(a_child_that_is_lost_is_an_error),
        cmocka_unit_test(a_child_says_what_went_wrong),
        cmocka_unit_test(a_lost_child_is_named_by_what_it_did),
        cmocka_unit_test(a_child_that_takes_too_long_is_stopped),
        cmocka_unit_test(a_child_reaches_nothing_outside),
        cmocka_unit_test(a_child_may_be_allowed_to_read_files),
        cmocka_unit_test(bytes_are_written_and_read_whole),
        cmocka_unit_test(silence_is_not_waited_for_for_ever),
        cmocka_unit_test(waiting_is_told),
        cmocka_unit_test(an_answer_ends_or_is_none),
        cmocka_unit_test(a_child_answers_until_it_is_left),
        cmocka_unit_test(a_child_is_killed_where_it_stays),
        cmocka_unit_test(ends_are_described),
    };
    return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
