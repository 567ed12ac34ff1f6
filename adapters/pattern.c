// SPDX-License-Identifier: MIT
// A backtracking matcher, as Lua has, whose steps are counted: a pattern from a file of a user
// cannot hold an import up.
#include "adapters/pattern.h"

#include <string.h>
#include <utf8proc.h>

enum { STEPS_MAX = 1000000 };

struct matching {
    const char *end; // of the text
    long steps;
};

// The character at `at`, and the bytes it takes; a byte that is no text is a character of its own.
static utf8proc_int32_t character(const char *at, const char *end, size_t *size)
{
    utf8proc_int32_t point;
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)at, (utf8proc_ssize_t)(end - at), &point);
    *size = used > 0 ? (size_t)used : 1;
    return used > 0 ? point : -(int)(unsigned char)*at;
}

static bool is_between(utf8proc_int32_t c, char low, char high)
{
    return c >= low && c <= high;
}

static bool is_letter(utf8proc_int32_t c)
{
    if (c < 0)
        return false;
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

// A class such as %d; anything else behind % is itself.
static bool is_of_class(utf8proc_int32_t c, char name)
{
    bool digit = is_between(c, '0', '9'), inverted = name >= 'A' && name <= 'Z', is;
    switch (inverted ? name - 'A' + 'a' : name) {
    case 'd':
        is = digit;
        break;
    case 'a':
        is = is_letter(c);
        break;
    case 'w':
        is = digit || is_letter(c);
        break;
    case 'l':
        is = c >= 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
        break;
    case 'u':
        is = c >= 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_LU;
        break;
    case 's':
        is = c == ' ' || is_between(c, '\t', '\r') || c == 0xA0 || c == 0x3000;
        break;
    case 'p':
        is = c >= 0 && utf8proc_category(c) >= UTF8PROC_CATEGORY_PC &&
             utf8proc_category(c) <= UTF8PROC_CATEGORY_SO;
        break;
    case 'x':
        is = digit || is_between(c, 'a', 'f') || is_between(c, 'A', 'F');
        break;
    default:
        return c == name;
    }
    return is != inverted;
}

// Behind the single-character item that begins at `at`; NULL: it does not end.
static const char *item_end(const char *at)
{
    size_t size;
    if (*at == '%') {
        character(at + 1, at + 1 + strlen(at + 1), &size);
        return at[1] ? at + 1 + size : NULL;
    }
    if (*at != '[') {
        character(at, at + strlen(at), &size);
        return at + size;
    }
    at += at[1] == '^' ? 2 : 1;
    do { // a ] that stands first is one of the set
        if (!*at)
            return NULL;
        if (*at == '%' && at[1])
            at++;
        character(at, at + strlen(at), &size);
        at += size;
    } while (*at != ']');
    return at + 1;
}

static bool is_in_set(utf8proc_int32_t c, const char *set, const char *end)
{
    bool inverted = *set == '^', found = false;
    set += inverted;
    end--; // the ]
    while (set < end) {
        size_t size;
        if (*set == '%' && set + 1 < end) {
            found = found || is_of_class(c, set[1]);
            set += 2;
            continue;
        }
        utf8proc_int32_t low = character(set, end, &size), high = low;
        set += size;
        if (*set == '-' && set + 1 < end) {
            high = character(set + 1, end, &size);
            set += 1 + size;
        }
        found = found || (c >= low && c <= high);
    }
    return found != inverted;
}

static bool fits(utf8proc_int32_t c, const char *item, const char *end)
{
    size_t size;
    if (*item == '.')
        return true;
    if (*item == '%')
        return (unsigned char)item[1] < 0x80 ? is_of_class(c, item[1])
                                             : c == character(item + 1, end, &size);
    if (*item == '[')
        return is_in_set(c, item + 1, end);
    return c == character(item, end, &size);
}

// Does the item fit what stands at `text`? The bytes of it.
static size_t take(const struct matching *matching, const char *text, const char *item,
                   const char *end)
{
    size_t size;
    if (text == matching->end)
        return 0;
    return fits(character(text, matching->end, &size), item, end) ? size : 0;
}

static int match(struct matching *matching, const char *text, const char *pattern);

// As many as there are, then fewer.
static int match_most(struct matching *matching, const char *text, const char *item,
                      const char *end, const char *rest)
{
    size_t size;
    const char *at = text;
    while ((size = take(matching, at, item, end)))
        at += size;
    for (;;) {
        int result = match(matching, at, rest);
        if (result != 0 || at == text)
            return result;
        do
            at--;
        while (at > text && ((unsigned char)*at & 0xC0) == 0x80);
    }
}

// As few as can be, then more.
static int match_least(struct matching *matching, const char *text, const char *item,
                       const char *end, const char *rest)
{
    for (;;) {
        int result = match(matching, text, rest);
        size_t size = result == 0 ? take(matching, text, item, end) : 0;
        if (size == 0)
            return result;
        text += size;
    }
}

static int match(struct matching *matching, const char *text, const char *pattern)
{
    while (*pattern) {
        if (++matching->steps > STEPS_MAX)
            return -1;
        if (*pattern == '$' && !pattern[1])
            return text == matching->end;
        const char *end = item_end(pattern);
        size_t size = take(matching, text, pattern, end);
        switch (*end) {
        case '*':
            return match_most(matching, text, pattern, end, end + 1);
        case '+':
            return size ? match_most(matching, text + size, pattern, end, end + 1) : 0;
        case '-':
            return match_least(matching, text, pattern, end, end + 1);
        case '?': {
            int result = size ? match(matching, text + size, end + 1) : 0;
            if (result != 0)
                return result;
            pattern = end + 1;
            continue;
        }
        }
        if (!size)
            return 0;
        text += size;
        pattern = end;
    }
    return 1;
}

const char *pattern_mistake(const char *pattern)
{
    const char *at = pattern + (*pattern == '^');
    if (!*at)
        return "it is empty";
    while (*at) {
        if (*at == '(' || *at == ')')
            return "( and ) mean nothing here; write %( for the character";
        if (*at == '$' && !at[1])
            return NULL;
        const char *end = item_end(at);
        if (!end)
            return *at == '[' ? "a [ is not closed" : "it ends with %";
        at = *end && strchr("*+-?", *end) ? end + 1 : end;
    }
    return NULL;
}

int pattern_find(const char *pattern, const char *text, size_t length)
{
    struct matching matching = {text + length, 0};
    size_t size;
    if (*pattern == '^')
        return match(&matching, text, pattern + 1);
    for (;; text += size) {
        int result = match(&matching, text, pattern);
        if (result != 0 || text == matching.end)
            return result;
        character(text, matching.end, &size);
    }
}
