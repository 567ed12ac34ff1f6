// SPDX-License-Identifier: MIT
// Preloaded into a program, lets one call fail: the n-th of its kind, counted over all processes
// that the program starts. Memory is refused where the program asks for it; system calls are caught
// by a filter, so that those inside libraries count too, and answered with an error.
//   FAULT_KIND   memory, read, write, open, name (rename, unlink, mkdir, fsync) or process (fork,
//   pipe, thread) FAULT_AT     which call fails, from 1; 0: none, to count them FAULT_FILE   a file
//   of 16 bytes for the counter and whether the fault happened
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__x86_64__)
#define RESULT(context) ((context)->uc_mcontext.gregs[REG_RAX])
#define ARGUMENT(context, n) ((context)->uc_mcontext.gregs[registers[n]])
static const int registers[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8};
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define RESULT(context) ((context)->uc_mcontext.regs[0])
#define ARGUMENT(context, n) ((context)->uc_mcontext.regs[n])
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "say where this processor keeps a system call's arguments"
#endif

// The sixth argument of our own calls; none of those caught uses it.
enum { OURS = 0x5EED };

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

enum kind { KIND_NONE, KIND_MEMORY, KIND_READ, KIND_WRITE, KIND_OPEN, KIND_NAME, KIND_PROCESS };

static const char *const kind_names[] = {"none", "memory", "read",   "write",
                                         "open", "name",   "process"};

static enum kind kind;
static int64_t fault_at;
static struct counter {
    int64_t calls, faults;
} * counter;

// Counts a call; true when it is the one that fails.
static bool is_due(enum kind of)
{
    if (!counter || of != kind)
        return false;
    if (__atomic_add_fetch(&counter->calls, 1, __ATOMIC_SEQ_CST) != fault_at)
        return false;
    counter->faults++;
    return true;
}

void *malloc(size_t size)
{
    if (is_due(KIND_MEMORY)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (is_due(KIND_MEMORY)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    if (is_due(KIND_MEMORY)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_realloc(block, size);
}

// These block signals while they work, so that their system calls cannot be caught.
pid_t fork(void)
{
    static pid_t (*real)(void);
    if (is_due(KIND_PROCESS)) {
        errno = EAGAIN;
        return -1;
    }
    if (!real)
        real = (pid_t(*)(void))dlsym(RTLD_NEXT, "fork");
    return real();
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *),
                   void *argument)
{
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (is_due(KIND_PROCESS))
        return EAGAIN;
    if (!real)
        real = (int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(
            RTLD_NEXT, "pthread_create");
    return real(thread, attributes, body, argument);
}

// Threads block signals; a blocked signal would end the program instead of being answered.
int pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
    sigset_t without;
    if (set) {
        without = *set;
        sigdelset(&without, SIGSYS);
    }
    return sigprocmask(how, set ? &without : NULL, old) == 0 ? 0 : errno;
}

static const struct caught {
    int number;
    enum kind kind;
    int error;
} caught[] = {
    {SYS_read, KIND_READ, EIO},
    {SYS_pread64, KIND_READ, EIO},
    {SYS_readv, KIND_READ, EIO},
    {SYS_getdents64, KIND_READ, EIO},
    {SYS_write, KIND_WRITE, ENOSPC},
    {SYS_writev, KIND_WRITE, ENOSPC},
    {SYS_openat, KIND_OPEN, EMFILE},
    {SYS_renameat, KIND_NAME, ENOSPC},
    {SYS_unlinkat, KIND_NAME, EIO},
    {SYS_mkdirat, KIND_NAME, ENOSPC},
    {SYS_fsync, KIND_NAME, ENOSPC},
    {SYS_pipe2, KIND_PROCESS, EMFILE},
    {SYS_socketpair, KIND_PROCESS, EMFILE},
#ifdef SYS_open
    {SYS_open, KIND_OPEN, EMFILE},
    {SYS_rename, KIND_NAME, ENOSPC},
    {SYS_unlink, KIND_NAME, EIO},
    {SYS_mkdir, KIND_NAME, ENOSPC},
    {SYS_pipe, KIND_PROCESS, EMFILE},
#endif
};
enum { CAUGHT = sizeof caught / sizeof *caught };

static void answer(int signal_number, siginfo_t *info, void *opaque)
{
    ucontext_t *context = opaque;
    int before = errno;
    (void)signal_number;
    for (size_t i = 0; i < CAUGHT; i++) {
        if (caught[i].number != info->si_syscall)
            continue;
        if (is_due(caught[i].kind)) {
            RESULT(context) = -caught[i].error;
            break;
        }
        long result =
            syscall(info->si_syscall, ARGUMENT(context, 0), ARGUMENT(context, 1),
                    ARGUMENT(context, 2), ARGUMENT(context, 3), ARGUMENT(context, 4), OURS);
        RESULT(context) = result < 0 ? -errno : result;
        break;
    }
    errno = before;
}

static void catch_calls(void)
{
    struct sock_filter program[CAUGHT + 8];
    size_t count = 0, wanted = 0;
    int numbers[CAUGHT];
    for (size_t i = 0; i < CAUGHT; i++)
        if (caught[i].kind == kind)
            numbers[wanted++] = caught[i].number;
    if (wanted == 0)
        return;
    program[count++] = (struct sock_filter)BPF_STMT(
        BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) + 5 * sizeof(uint64_t));
    program[count++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OURS, (uint8_t)(wanted + 1), 0);
    program[count++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < wanted; i++)
        program[count++] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)numbers[i], (uint8_t)(wanted - i), 0);
    program[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    program[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    struct sock_fprog filter = {(unsigned short)count, program};
    struct sigaction action = {.sa_sigaction = answer, .sa_flags = SA_SIGINFO | SA_NODEFER};
    if (sigaction(SIGSYS, &action, NULL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0)
        _exit(125);
}

__attribute__((constructor)) static void prepare(void)
{
    const char *name = getenv("FAULT_KIND"), *at = getenv("FAULT_AT"), *path = getenv("FAULT_FILE");
    if (!name || !at || !path)
        return;
    for (size_t i = 1; i < sizeof kind_names / sizeof *kind_names; i++)
        if (strcmp(kind_names[i], name) == 0)
            kind = (enum kind)i;
    fault_at = atoll(at);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (kind == KIND_NONE || file < 0 || ftruncate(file, sizeof *counter) != 0)
        _exit(125);
    void *mapped = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (mapped == MAP_FAILED)
        _exit(125);
    unsetenv("LD_PRELOAD"); // the program alone
    counter = mapped;
    counter->calls = counter->faults = 0;
    catch_calls();
}
