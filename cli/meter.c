// SPDX-License-Identifier: MIT
#include "cli/meter.h"

#include "engine/base/memory.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct meter {
    bool wanted, shown;
    int64_t next; // milliseconds; not shown before
    pthread_mutex_t mutex;
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

struct meter *meter_new(bool wanted)
{
    struct meter *meter = memory_new(1, sizeof *meter);
    meter->wanted = wanted && isatty(STDERR_FILENO);
    meter->next = now() + 1000;
    pthread_mutex_init(&meter->mutex, NULL);
    return meter;
}

void meter_say(struct meter *meter, const char *format, ...)
{
    if (!meter->wanted)
        return;
    pthread_mutex_lock(&meter->mutex);
    if (now() >= meter->next) {
        va_list arguments;
        va_start(arguments, format);
        fputs("\r\033[K", stderr);
        vfprintf(stderr, format, arguments);
        fflush(stderr);
        va_end(arguments);
        meter->shown = true;
        meter->next = now() + 100;
    }
    pthread_mutex_unlock(&meter->mutex);
}

void meter_clear(struct meter *meter)
{
    if (meter->shown)
        fputs("\r\033[K", stderr);
    meter->shown = false;
}

void meter_free(struct meter *meter)
{
    if (!meter)
        return;
    meter_clear(meter);
    pthread_mutex_destroy(&meter->mutex);
    free(meter);
}
