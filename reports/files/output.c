// SPDX-License-Identifier: MIT
// The order makes any end harmless: the earlier run record goes first; each file is written under a
// temporary name, brought to the disk, then renamed. At any moment there is at most one temporary
// file, and whoever ends the process (a signal, no more memory, an error) removes it; a killed
// run's is removed by the next. The signal handler uses nothing but `temporary` and calls that are
// safe in it.
#include "reports/files/output.h"

#include "engine/base/hash.h"
#include "engine/base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 16 };

struct output {
    char *folder;
    int descriptor; // of the folder
    bool started;   // the earlier run record is gone
    bool in_progress;
    char name[64];
    int file;
    int failure; // errno of the first write that failed
    struct hash *hash;
    int64_t bytes;
    size_t used;
    char block[BLOCK];
    struct output_file *files;
    size_t file_count, file_capacity;
};

// What a signal handler or an exhausted memory must remove. One output at a time is written to.
static struct {
    volatile sig_atomic_t present;
    int folder;
    char name[80];
} temporary;

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGXFSZ};
enum { SIGNAL_COUNT = sizeof signals / sizeof *signals };
static struct sigaction earlier_actions[SIGNAL_COUNT];

static void temporary_remove(void)
{
    if (temporary.present) {
        temporary.present = 0;
        unlinkat(temporary.folder, temporary.name, 0);
    }
}

static void on_signal(int number)
{
    temporary_remove();
    signal(number, SIG_DFL);
    raise(number);
}

// SIGXFSZ is ignored, so that a limit on file sizes is a write error like a full disk.
static void signals_catch(void)
{
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        struct sigaction action = {.sa_handler = signals[i] == SIGXFSZ ? SIG_IGN : on_signal};
        sigaction(signals[i], NULL, &earlier_actions[i]);
        if (earlier_actions[i].sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
}

static void signals_release(void)
{
    for (int i = 0; i < SIGNAL_COUNT; i++)
        sigaction(signals[i], &earlier_actions[i], NULL);
}

static int make_folders(const char *folder)
{
    char *path = memory_text(folder);
    int result = 0;
    for (char *at = path + 1; result == 0 && *at; at++)
        if (*at == '/') {
            *at = '\0';
            if (mkdir(path, 0777) < 0 && errno != EEXIST)
                result = -1;
            *at = '/';
        }
    if (result == 0 && mkdir(path, 0777) < 0 && errno != EEXIST)
        result = -1;
    free(path);
    return result;
}

static int fail(struct error *error, const char *folder, const char *name, const char *message)
{
    int number = errno;
    char where[1024];
    snprintf(where, sizeof where, "%s%s%s", folder, name ? "/" : "", name ? name : "");
    errno = number;
    return error_set_errno(error, ERROR_RESULT, where, "%s", message);
}

struct output *output_open(const char *folder, struct error *error)
{
    if (make_folders(folder) < 0) {
        fail(error, folder, NULL, "the folder of the results cannot be made");
        return NULL;
    }
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        fail(error, folder, NULL, "the folder of the results cannot be opened");
        return NULL;
    }
    if (faccessat(descriptor, ".", W_OK | X_OK, AT_EACCESS) < 0) {
        fail(error, folder, NULL, "the folder of the results cannot be written to");
        close(descriptor);
        return NULL;
    }
    // A file system without locks (ENOLCK, ENOTSUP) must not keep anyone from writing results.
    if (flock(descriptor, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK) {
        error_set(error, ERROR_RESULT, folder,
                  "another run is writing its results here; wait for it, or name another folder "
                  "with -o");
        close(descriptor);
        return NULL;
    }
    struct output *output = memory_new(1, sizeof *output);
    output->folder = memory_text(folder);
    output->descriptor = descriptor;
    output->file = -1;
    return output;
}

static const char claim[] = ".vouch";

// The first file of the folder that has the name of a result; "" when there is none.
static void find_result(const struct output *output, bool (*is_result)(const char *name),
                        char name[256])
{
    int descriptor = openat(output->descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    const struct dirent *entry;
    *name = '\0';
    while (folder && !*name && (entry = readdir(folder)))
        if (is_result(entry->d_name))
            snprintf(name, 256, "%s", entry->d_name);
    if (folder)
        closedir(folder);
    else if (descriptor >= 0)
        close(descriptor);
}

int output_claim(struct output *output, bool (*is_result)(const char *name), struct error *error)
{
    char name[256];
    if (faccessat(output->descriptor, claim, F_OK, 0) == 0)
        return 0;
    find_result(output, is_result, name);
    if (*name && faccessat(output->descriptor, OUTPUT_RUN_RECORD, F_OK, 0) != 0)
        return error_set(error, ERROR_RESULT, output->folder,
                         "holds a file %s that no run of vouch has written; name another folder "
                         "with -o",
                         name);
    int mark = openat(output->descriptor, claim, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (mark < 0 || close(mark) < 0)
        return fail(error, output->folder, claim, "the folder cannot be marked as vouch's");
    return 0;
}

static int start(struct output *output, struct error *error)
{
    if (unlinkat(output->descriptor, OUTPUT_RUN_RECORD, 0) < 0 && errno != ENOENT)
        return fail(error, output->folder, OUTPUT_RUN_RECORD,
                    "the record of the earlier run cannot be removed");
    memory_on_failure(temporary_remove);
    signals_catch();
    output->started = true;
    return 0;
}

static void temporary_name(const char *name, char text[80])
{
    snprintf(text, 80, ".%.60s.partial", name);
}

int output_begin(struct output *output, const char *name, struct error *error)
{
    if (!output->started && start(output, error) != 0)
        return -1;
    snprintf(output->name, sizeof output->name, "%s", name);
    temporary_name(name, temporary.name);
    temporary.folder = output->descriptor;
    temporary.present = 1;
    // Left behind by a run that was killed; the lock says that nobody else is writing it.
    unlinkat(output->descriptor, temporary.name, 0);
    output->file = openat(output->descriptor, temporary.name,
                          O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (output->file < 0) {
        temporary.present = 0;
        return fail(error, output->folder, name, "the result cannot be written");
    }
    output->in_progress = true;
    output->failure = 0;
    output->used = 0;
    output->bytes = 0;
    output->hash = hash_new();
    return 0;
}

static void flush(struct output *output)
{
    size_t done = 0;
    while (!output->failure && done < output->used) {
        ssize_t written = write(output->file, output->block + done, output->used - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            output->failure = errno;
        else
            done += (size_t)written;
    }
    hash_add(output->hash, output->block, output->used);
    output->bytes += (int64_t)output->used;
    output->used = 0;
}

void output_add(struct output *output, const void *bytes, size_t length)
{
    const char *from = bytes;
    while (length > 0 && !output->failure) {
        size_t room = BLOCK - output->used;
        size_t piece = length < room ? length : room;
        memcpy(output->block + output->used, from, piece);
        output->used += piece;
        from += piece;
        length -= piece;
        if (output->used == BLOCK)
            flush(output);
    }
}

void output_add_text(struct output *output, const char *text)
{
    output_add(output, text, strlen(text));
}

static void add_file(struct output *output)
{
    output->file_capacity = memory_grow((void **)&output->files, output->file_count,
                                        output->file_capacity, sizeof *output->files);
    struct output_file *file = &output->files[output->file_count++];
    file->name = memory_text(output->name);
    file->bytes = output->bytes;
    hash_finish(output->hash, file->sha256);
    output->hash = NULL;
}

static int fail_file(struct output *output, struct error *error)
{
    output->in_progress = false;
    temporary_remove();
    hash_free(output->hash);
    output->hash = NULL;
    errno = output->failure;
    return fail(error, output->folder, output->name, "the result cannot be written");
}

int output_hold(struct output *output, struct error *error)
{
    flush(output);
    // A disk may report that it is full only when the bytes reach it.
    if (!output->failure && fsync(output->file) < 0 && errno != EINVAL && errno != EROFS)
        output->failure = errno;
    if (close(output->file) < 0 && !output->failure)
        output->failure = errno;
    output->file = -1;
    return output->failure ? fail_file(output, error) : 0;
}

int output_end(struct output *output, struct error *error)
{
    if (output->file >= 0 && output_hold(output, error) != 0)
        return -1;
    if (renameat(output->descriptor, temporary.name, output->descriptor, output->name) < 0) {
        output->failure = errno;
        return fail_file(output, error);
    }
    output->in_progress = false;
    temporary.present = 0;
    add_file(output);
    return 0;
}

void output_withdraw(struct output *output)
{
    struct output_file *file = &output->files[--output->file_count];
    unlinkat(output->descriptor, file->name, 0);
    free(file->name);
}

static bool was_written(const struct output *output, const char *name)
{
    for (size_t i = 0; i < output->file_count; i++)
        if (strcmp(output->files[i].name, name) == 0)
            return true;
    return false;
}

int output_remove_others(struct output *output, const char *const *names, struct error *error)
{
    for (; *names; names++) {
        char partial[80];
        temporary_name(*names, partial);
        unlinkat(output->descriptor, partial, 0);
        // A folder of that name is not ours (EISDIR).
        if (!was_written(output, *names) && unlinkat(output->descriptor, *names, 0) < 0 &&
            errno != ENOENT && errno != EISDIR)
            return fail(error, output->folder, *names, "an earlier result cannot be removed");
    }
    return 0;
}

const struct output_file *output_files(const struct output *output, size_t *count)
{
    *count = output->file_count;
    return output->files;
}

const char *output_folder(const struct output *output)
{
    return output->folder;
}

void output_free(struct output *output)
{
    if (!output)
        return;
    if (output->in_progress) {
        if (output->file >= 0)
            close(output->file);
        temporary_remove();
        hash_free(output->hash);
    }
    if (output->started) {
        signals_release();
        memory_on_failure(NULL);
    }
    close(output->descriptor);
    for (size_t i = 0; i < output->file_count; i++)
        free(output->files[i].name);
    free(output->files);
    free(output->folder);
    free(output);
}
