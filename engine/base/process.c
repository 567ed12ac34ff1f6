// SPDX-License-Identifier: MIT
// A child is forked, confined before it touches anything of a user, and heard through a pipe. Only
// an answer that ends with the mark, from a child that then ends well, is one; anything else (a
// signal, a status, too long a time, half an answer) is one failure of that child, told with what
// it was doing.
#include "engine/base/process.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Sanitizers and coverage make system calls and mappings of their own, which would not survive the
// limits.
#ifdef VOUCH_WATCHED
enum { WATCHED = 1 };
#else
enum { WATCHED = 0 };
#endif

bool process_is_watched(void)
{
    const char *preload = getenv("LD_PRELOAD"); // valgrind preloads itself
    return WATCHED || (preload && strstr(preload, "valgrind"));
}

static size_t mapped_bytes(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file) {
        if (fscanf(file, "%lu", &pages) != 1)
            pages = 0;
        fclose(file);
    }
    return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void limit(int resource, rlim_t value)
{
    struct rlimit current;
    if (getrlimit(resource, &current) != 0)
        return;
    if (current.rlim_max != RLIM_INFINITY && value > current.rlim_max)
        value = current.rlim_max;
    current.rlim_cur = value;
    current.rlim_max = value;
    setrlimit(resource, &current);
}

// The status of a child that needed more memory than it may have.
enum { STATUS_MEMORY = 99 };

static void end_for_memory(void)
{
    _exit(STATUS_MEMORY); // the parent says whose fault it was
}

#if defined(__x86_64__)
#define FILTER_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define FILTER_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Written out, not by libseccomp: that frees twice, or loops, when this process gets no memory.
static void filter_calls(bool opens_files)
{
#ifdef FILTER_ARCHITECTURE
    static const int allowed[] = {
        SYS_read,
        SYS_write,
        SYS_close,
        SYS_exit,
        SYS_exit_group,
        SYS_brk,
        SYS_mmap,
        SYS_munmap,
        SYS_mremap,
        SYS_madvise,
        SYS_mprotect,
        SYS_futex,
        SYS_rt_sigreturn,
        SYS_rt_sigprocmask,
        SYS_clock_gettime,
        SYS_getrandom,
        SYS_ppoll,
        SYS_restart_syscall,
        SYS_getpid,
        SYS_gettid,
        SYS_tgkill,
        SYS_rt_sigaction,
        SYS_sched_yield,
        // glibc: qsort asks how much memory there is, malloc how many processors when it runs out.
        SYS_sysinfo,
        SYS_sched_getaffinity,
#ifdef SYS_poll
        SYS_poll,
#endif
    };
    // stdio asks what a descriptor is; an answer of "cannot tell" does it no harm.
    static const struct {
        int call, answer;
    } refused[] = {{SYS_newfstatat, ENOSYS}, {SYS_fstat, ENOSYS}, {SYS_openat, EPERM}};
    enum { ALLOWED = sizeof allowed / sizeof *allowed, REFUSED = sizeof refused / sizeof *refused };
    struct sock_filter program[2 * (ALLOWED + REFUSED) + 5 + 10] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, FILTER_ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    };
    // To read, and to go to and fro in what is read.
    static const struct sock_filter opening[] = {
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_lseek, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pread64, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fstat, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_newfstatat, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
    struct sock_filter *next = program + 4;
    if (opens_files) {
        memcpy(next, opening, sizeof opening);
        next += sizeof opening / sizeof *opening;
    }
    for (size_t i = 0; i < ALLOWED; i++) {
        *next++ =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)allowed[i], 0, 1);
        *next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    }
    for (size_t i = 0; i < REFUSED; i++) {
        *next++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)refused[i].call,
                                               0, 1);
        *next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
                                               SECCOMP_RET_ERRNO | (unsigned)refused[i].answer);
    }
    *next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    struct sock_fprog filter = {(unsigned short)(next - program), program};
    // Where the kernel has no filters, the limits and the sandbox remain.
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
#endif
}

void process_confine(const struct limits *limits)
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, (rlim_t)limits->cpu_seconds);
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (process_is_watched())
        return;
    // What is mapped can only be asked before the filter: it is read from a file.
    limit(RLIMIT_AS, mapped_bytes() + limits->bytes);
    filter_calls(limits->opens_files);
}

int process_write(int descriptor, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length) {
        ssize_t written = write(descriptor, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        at += written;
        length -= (size_t)written;
    }
    return 0;
}

int64_t process_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t process_effort(void)
{
    struct timespec taken = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &taken);
    return taken.tv_sec * INT64_C(1000000000) + taken.tv_nsec;
}

enum { TICK = 200 }; // milliseconds

int process_read_all(int descriptor, int wall_seconds, void (*tick)(void *context), void *context,
                     struct buffer *out)
{
    int64_t deadline = wall_seconds ? process_clock() + (int64_t)wall_seconds * 1000 : INT64_MAX;
    char bytes[1 << 16];
    for (;;) {
        int64_t left = deadline - process_clock(), most = tick ? TICK : INT_MAX;
        struct pollfd wait = {descriptor, POLLIN, 0};
        int ready = left > 0 ? poll(&wait, 1, (int)(left < most ? left : most)) : 0;
        if (ready == 0 && left <= 0) {
            errno = ETIMEDOUT;
            return -1;
        }
        if (ready == 0 && tick)
            tick(context);
        ssize_t got = ready > 0 ? read(descriptor, bytes, sizeof bytes) : ready;
        if (got < 0 && errno != EINTR)
            return -1;
        if (ready > 0 && got == 0)
            return 0;
        if (got > 0)
            buffer_add(out, bytes, (size_t)got);
    }
}

void process_explain(int status, struct buffer *reason)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        reason_set(reason, REASON_PROCESS_TIME_SPENT);
    else if (WIFSIGNALED(status))
        reason_set_with(reason, REASON_PROCESS_KILLED, "%d" REASON_AND "%s", WTERMSIG(status),
                        strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status) == STATUS_MEMORY)
        reason_set(reason, REASON_PROCESS_OUT_OF_MEMORY);
    else
        reason_set_with(reason, REASON_PROCESS_ENDED, "%d", WEXITSTATUS(status));
}

char *process_text(int status)
{
    struct buffer reason = {0};
    process_explain(status, &reason);
    char *text = reason_text(buffer_text(&reason));
    buffer_clear(&reason);
    return text;
}

// What a child says ends with one of these, so that half an answer is not taken for one: behind its
// answer, or behind its struct error.
static const char complete[] = "complete\n", refused[] = "refused!\n";
_Static_assert(sizeof complete == sizeof refused, "one length for both");
enum { MARK = sizeof complete - 1 };

static int open_channel(enum process_channel channel, int ends[2])
{
    return channel == PROCESS_SPEAKS ? pipe2(ends, O_CLOEXEC)
                                     : socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
}

int process_start(struct process *process, enum process_channel channel,
                  int (*body)(void *context, int descriptor), void *context)
{
    int ends[2];
    *process = (struct process){.descriptor = -1};
    if (open_channel(channel, ends) != 0)
        return -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        memory_on_failure(end_for_memory);
        _exit(body(context, ends[1]));
    }
    int failed = errno;
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        errno = failed;
        return -1;
    }
    *process = (struct process){child, ends[0]};
    return 0;
}

int process_end(struct process *process, bool killed)
{
    int status = 0;
    close(process->descriptor);
    if (killed)
        kill(process->id, SIGKILL);
    while (waitpid(process->id, &status, 0) < 0 && errno == EINTR)
        ;
    *process = (struct process){.descriptor = -1};
    return status;
}

int process_say(int descriptor, struct buffer *out, const struct error *error)
{
    if (!error) {
        buffer_add(out, complete, MARK);
    } else {
        buffer_reset(out);
        buffer_add(out, error, sizeof *error);
        buffer_add(out, refused, MARK);
    }
    return process_write(descriptor, out->data, out->length) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

// What a child works on: memory that it shares with its parent, which only reads it once the child
// is gone. NULL outside, and where there is no more memory.
enum { DOING_BYTES = 1000 };
static char *doing;

void process_doing(const char *what)
{
    if (doing)
        snprintf(doing, DOING_BYTES, "%s", what);
}

static void share_doing(void)
{
    void *shared =
        mmap(NULL, DOING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    doing = shared == MAP_FAILED ? NULL : shared;
}

static void end_sharing(void)
{
    if (doing)
        munmap(doing, DOING_BYTES);
    doing = NULL;
}

// What a lost child did: its last words, else what it was started for.
static const char *last_doing(const char *what)
{
    if (!doing)
        return what;
    doing[DOING_BYTES - 1] = '\0';
    return *doing ? doing : what;
}

static bool take_mark(struct buffer *out, const char *mark)
{
    if (out->length < MARK || memcmp(out->data + out->length - MARK, mark, MARK) != 0)
        return false;
    out->length -= MARK;
    out->data[out->length] = '\0';
    return true;
}

// The child's own error. Its texts end, whatever it sent.
static bool take_error(struct buffer *out, struct error *error)
{
    if (!take_mark(out, refused) || out->length != sizeof *error)
        return false;
    memcpy(error, out->data, sizeof *error);
    error->where[sizeof error->where - 1] = '\0';
    error->message[sizeof error->message - 1] = '\0';
    return true;
}

int process_hear(struct process *child, const struct process_hearing *hearing, struct buffer *out,
                 struct error *error)
{
    int result = process_read_all(child->descriptor, hearing->wall_seconds, hearing->tick,
                                  hearing->context, out);
    int failed = errno, status = process_end(child, result != 0);
    if (result == 0 && status == 0 && take_mark(out, complete))
        return 0;
    if (result == 0 && status == 0 && take_error(out, error))
        return -1;
    const char *what = last_doing(hearing->what);
    if (result != 0 && failed == ETIMEDOUT)
        return error_set(error, hearing->kind, what, "took longer than %d seconds",
                         hearing->wall_seconds);
    char *text = process_text(status);
    error_set(error, hearing->kind, what, "the process that works on it %s", text);
    free(text);
    return -1;
}

struct job {
    process_body *body;
    void *context;
    const struct limits *limits;
};

static int run_job(void *context, int descriptor)
{
    const struct job *job = context;
    struct buffer out = {0};
    struct error error = {0};
    process_confine(job->limits);
    bool failed = job->body(job->context, &out, &error) != 0;
    return process_say(descriptor, &out, failed ? &error : NULL);
}

int process_run(process_body *body, void *context, const struct limits *limits, const char *what,
                struct buffer *out, struct error *error)
{
    struct job job = {body, context, limits};
    struct process child;
    share_doing();
    int result = process_start(&child, PROCESS_SPEAKS, run_job, &job);
    if (result != 0)
        error_set_errno(error, ERROR_USAGE, what, "cannot start a process");
    else
        result = process_hear(&child,
                              &(struct process_hearing){.wall_seconds = limits->wall_seconds,
                                                        .kind = ERROR_USAGE,
                                                        .what = what},
                              out, error);
    end_sharing();
    return result;
}
