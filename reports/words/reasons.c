// SPDX-License-Identifier: MIT
#include "reports/words/reasons.h"

#include "engine/base/dictionary.h"

#include <stdbool.h>
#include <string.h>

enum { PARTS_MAX = 2 };

// What the engine says, and how Chinese puts it: %s stands for the same in the same order. The
// first that fits counts.
static const char *const reasons[][2] = {
    {"its rows were not imported", "未导入其数据"},
    {"%s was not imported", "未导入 %s"},
    {"%s were not imported", "未导入 %s"},
    {"%s is empty in all %s rows", "%s 的全部 %s 行均为空"},
    {"the dates of a %s cannot be read", "%s 的日期无法读取"},
    {"%s cannot be read: %s", "%s 无法读取：%s"},
    {"%s cannot be read", "%s 无法读取"},
    {"mixed currencies (%s, %s)", "币种不一致（%s、%s）"},
    {"applies to no row in scope", "范围内没有适用的行"},
    {"no row lies in its scope", "范围内没有数据行"},
    {"other reasons", "其他原因"},
    {"used more than %s instructions on one row", "处理一行所用指令超过 %s 条"},
    {"used more than %s bytes of memory", "所用内存超过 %s 字节"},
};

// Where `text` has the form of the pattern: what stands for each %s.
static bool fits(const char *pattern, const char *text, size_t length, struct text parts[PARTS_MAX])
{
    const char *end = text + length;
    for (size_t count = 0;; count++) {
        const char *mark = strstr(pattern, "%s");
        size_t plain = mark ? (size_t)(mark - pattern) : strlen(pattern);
        if (plain > (size_t)(end - text) || memcmp(text, pattern, plain) != 0)
            return false;
        text += plain;
        if (!mark)
            return text == end;
        pattern = mark + 2;
        const char *next = strstr(pattern, "%s");
        size_t after = next ? (size_t)(next - pattern) : strlen(pattern);
        const char *stop = after ? memmem(text, (size_t)(end - text), pattern, after) : end;
        if (!stop || stop == text || count == PARTS_MAX)
            return false;
        parts[count] = (struct text){text, (size_t)(stop - text)};
        text = stop;
    }
}

static void add_part(struct buffer *out, struct text part)
{
    static const char and[] = " and ";
    const char *end = part.bytes + part.length;
    for (const char *at; (at = memmem(part.bytes, part.length, and, sizeof and-1));
         part = (struct text){at + sizeof and-1, (size_t)(end - at) - sizeof and+1}) {
        buffer_add(out, part.bytes, (size_t)(at - part.bytes));
        buffer_add_text(out, "、");
    }
    buffer_add(out, part.bytes, part.length);
}

// "2 price_list_line in force": told apart from what rules say by its number.
static bool add_tie(const char *text, size_t length, struct buffer *out)
{
    struct text parts[PARTS_MAX];
    if (!fits("%s %s in force", text, length, parts) ||
        strspn(parts[0].bytes, "0123456789") != parts[0].length)
        return false;
    buffer_printf(out, "同时有效的 %.*s 有 %.*s 条", (int)parts[1].length, parts[1].bytes,
                  (int)parts[0].length, parts[0].bytes);
    return true;
}

static void add_one(const char *text, size_t length, struct buffer *out)
{
    struct text parts[PARTS_MAX];
    if (add_tie(text, length, out))
        return;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (!fits(reasons[i][0], text, length, parts))
            continue;
        size_t number = 0;
        for (const char *at = reasons[i][1]; *at;) {
            if (strncmp(at, "%s", 2) == 0) {
                add_part(out, parts[number++]);
                at += 2;
            } else {
                buffer_add_byte(out, *at++);
            }
        }
        return;
    }
    buffer_add(out, text, length);
}

// The length without " (215)" at the end.
static size_t without_count(const char *text, size_t length)
{
    size_t at = length;
    if (at < 4 || text[--at] != ')')
        return length;
    while (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9')
        at--;
    bool counted = at > 2 && at < length - 1 && text[at - 1] == '(' && text[at - 2] == ' ';
    return counted ? at - 2 : length;
}

void reasons_add(const char *reason, const char *language, struct buffer *out)
{
    if (!language || strcmp(language, "zh") != 0) {
        buffer_add_text(out, reason);
        return;
    }
    for (;;) {
        const char *next = strstr(reason, "; ");
        size_t length = next ? (size_t)(next - reason) : strlen(reason);
        size_t bare = without_count(reason, length);
        add_one(reason, bare, out);
        buffer_add(out, reason + bare, length - bare);
        if (!next)
            return;
        buffer_add_text(out, "; ");
        reason = next + 2;
    }
}
