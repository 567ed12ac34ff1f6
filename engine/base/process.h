// SPDX-License-Identifier: MIT
// A process of our own for Lua of users: forked, confined, limited, and heard through one pipe.
// What it does costs itself, not the audit.
#ifndef VOUCH_PROCESS_H
#define VOUCH_PROCESS_H

#include "engine/base/buffer.h"
#include "engine/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct limits {
    int cpu_seconds;  // of the process
    int wall_seconds; // after which it is killed
    size_t bytes;     // that it may map beyond what is mapped at the fork
    bool opens_files; // it may open files, to read them
};

// In the child: no core file, CPU and address space limited, and from here on no system call but
// reading and writing open descriptors, memory and the clock. Nothing is confined under sanitizers
// and valgrind.
void process_confine(const struct limits *limits);

// Is this build or run one of a sanitizer, coverage or valgrind, which process_confine leaves
// alone?
bool process_is_watched(void);

// A child, and the parent's end of the channel between the two.
struct process {
    pid_t id;
    int descriptor;
};

enum process_channel {
    PROCESS_SPEAKS, // to its parent
    PROCESS_TALKS,  // both ways
};

// Forks. The child ends with the status that `body` returns, which gets its end of the channel.
// Nothing of the parent's is written or removed there, and a lack of memory ends it with a status
// that process_explain knows. No thread may exist at the time. -1 with errno.
int process_start(struct process *process, enum process_channel channel,
                  int (*body)(void *context, int descriptor), void *context);

// Closes the channel and waits for the child's end, which comes at once where it is `killed`: its
// status, as of waitpid.
int process_end(struct process *process, bool killed);

// The last that a child says to its parent, which hears it whole or not at all: the bytes of `out`,
// or the error with which it failed (NULL: none), which empties `out`. Returns the child's status.
int process_say(int descriptor, struct buffer *out, const struct error *error);

// What hearing a child takes, and how its failure is told.
struct process_hearing {
    int wall_seconds;            // after which it is killed; 0: never
    void (*tick)(void *context); // called several times a second while nothing comes; may be NULL
    void *context;
    enum error_kind kind; // of an error of which the child could say nothing
    const char *what;     // and what that error names
};

// Hears what a child says with process_say, and its end. -1 with `error`: the one that it said;
// otherwise that it was killed, ran out of its limits, or did not end its answer.
int process_hear(struct process *child, const struct process_hearing *hearing, struct buffer *out,
                 struct error *error);

// Runs `body` in a child, which fills `out` there; the parent gets it in its own `out`. No thread
// may exist at the time. -1 with `error`: that of the body, when it returned -1; otherwise that the
// child was killed, ran out of its limits, or did not end its answer.
typedef int process_body(void *context, struct buffer *out, struct error *error);
int process_run(process_body *body, void *context, const struct limits *limits, const char *what,
                struct buffer *out, struct error *error);

// In such a child: what it works on now, a file for instance; an error names it instead of `what`.
void process_doing(const char *what);

// Milliseconds of a clock that nobody sets, for deadlines.
int64_t process_clock(void);

// Nanoseconds of processor time that this process has taken.
int64_t process_effort(void);

// Writes all bytes; -1 with errno.
int process_write(int descriptor, const void *bytes, size_t length);

// Reads until the end; -1 with errno, ETIMEDOUT after `wall_seconds` (0: never). `tick` is called
// several times a second while nothing comes; it may be NULL.
int process_read_all(int descriptor, int wall_seconds, void (*tick)(void *context), void *context,
                     struct buffer *out);

// Sets the reason why a process ended, "was killed by signal 9 (Killed)"; `status` is of
// process_end.
void process_explain(int status, struct buffer *reason);

// The same in English, for messages. The caller frees.
char *process_text(int status);

#endif
