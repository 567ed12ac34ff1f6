// SPDX-License-Identifier: MIT
// What a reason says in English.
#ifndef VOUCH_SAID_H
#define VOUCH_SAID_H

#include "engine/base/reason.h"

#include <stdio.h>
#include <stdlib.h>

// Until the next call; "" of NULL.
__attribute__((unused)) static const char *said(const char *reason)
{
    static char text[2048];
    char *words = reason_text(reason ? reason : "");
    snprintf(text, sizeof text, "%s", words);
    free(words);
    return text;
}

#endif
