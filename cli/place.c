// SPDX-License-Identifier: MIT
#include "cli/place.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum { WORD_MAX = 80 };

struct view {
    const char *text;
    size_t length;
};

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

// Behind the end of a line that stands at `at`.
static size_t next_line(struct view view, size_t at)
{
    bool pair =
        at + 1 < view.length && is_end(view.text[at + 1]) && view.text[at + 1] != view.text[at];
    return at + 1 + pair;
}

bool place_line(const char *text, size_t length, int64_t line, size_t *begin, size_t *end)
{
    struct view view = {text, length};
    *begin = 0;
    for (; line > 1; line--) {
        while (*begin < length && !is_end(text[*begin]))
            ++*begin;
        if (*begin == length)
            return false;
        *begin = next_line(view, *begin);
    }
    for (*end = *begin; *end < length && !is_end(text[*end]);)
        ++*end;
    return true;
}

static struct place place_at(struct view view, size_t at)
{
    struct place place = {1, 1};
    for (size_t i = 0; i < at;) {
        if (is_end(view.text[i])) {
            place = (struct place){place.line + 1, 1};
            i = next_line(view, i);
        } else {
            place.column += (view.text[i++] & 0xC0) != 0x80;
        }
    }
    return place;
}

static bool is_part(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

// The statement that begins at `begin` ends before the next line with a word in its first column.
static size_t statement_end(struct view view, size_t begin)
{
    for (size_t at = begin; at < view.length; at++)
        if (is_end(view.text[at]) && at + 1 < view.length &&
            isalpha((unsigned char)view.text[at + 1]))
            return at;
    return view.length;
}

// The word, by itself, between the two places; or SIZE_MAX. `name`: it is given a value there.
static size_t find(struct view view, size_t begin, size_t end, const char *word, size_t length,
                   bool name)
{
    for (size_t at = begin; at + length <= end; at++) {
        if (view.text[at] == '-' && at + 1 < end && view.text[at + 1] == '-') {
            while (at < end && !is_end(view.text[at]))
                at++;
        }
        if (at + length > end || memcmp(view.text + at, word, length) != 0)
            continue;
        size_t after = at + length;
        if (is_part(*word) && at > begin && is_part(view.text[at - 1]))
            continue;
        if (is_part(word[length - 1]) && after < end && is_part(view.text[after]))
            continue;
        while (name && after < end && view.text[after] == ' ')
            after++;
        if (!name || (after < end && view.text[after] == '='))
            return at;
    }
    return SIZE_MAX;
}

// The next word of the message in '...', "..." or `...`.
static const char *next_quoted(const char *at, size_t *length)
{
    for (at += strcspn(at, "'\"`"); *at; at += strcspn(at, "'\"`")) {
        const char *end = strchr(at + 1, *at);
        if (!end)
            return NULL;
        *length = (size_t)(end - at - 1);
        if (*length > 0 && *length <= WORD_MAX)
            return at + 1;
        at = end + 1;
    }
    return NULL;
}

struct place place_of_message(const char *text, size_t length, int line, const char *message)
{
    struct view view = {text, length};
    size_t begin, end, found, size;
    if (!place_line(text, length, line, &begin, &end))
        begin = length;
    end = statement_end(view, begin);
    for (const char *word = next_quoted(message, &size); word;
         word = next_quoted(word + size + 1, &size)) {
        found = find(view, begin, end, word, size, false);
        if (found != SIZE_MAX)
            return place_at(view, found);
    }
    size = strspn(message, "abcdefghijklmnopqrstuvwxyz_");
    found = size ? find(view, begin, end, message, size, true) : SIZE_MAX;
    if (found == SIZE_MAX)
        for (found = begin; found < end && (text[found] == ' ' || text[found] == '\t');)
            found++;
    return place_at(view, found);
}

bool place_of_text(const char *text, size_t length, const char *wanted, struct place *place)
{
    struct view view = {text, length};
    size_t size = strlen(wanted);
    for (size_t at = 0; size && at + size + 2 <= length; at++)
        if ((text[at] == '"' || text[at] == '\'') && text[at + size + 1] == text[at] &&
            memcmp(text + at + 1, wanted, size) == 0) {
            *place = place_at(view, at + 1);
            return true;
        }
    return false;
}
