// SPDX-License-Identifier: MIT
// Marks that are none of Lua's: those of other languages, and those that a keyboard in Chinese mode
// types. Each is reported once and, where it can only mean one thing, read as that, so that what
// else is wrong with the file can be told at the same time.
#include "engine/language/syntax_inside.h"

#include "engine/base/mistake.h"

#include <stdio.h>
#include <string.h>

struct foreign_mark {
    const char *found, *meant;
    const char *message; // NULL: of its kind
    enum token_kind kind;
};

// Read as `meant`: the first byte of it for a TOKEN_BYTE.
static const struct foreign_mark wide_marks[] = {
    {"，", ",", mistake_WIDE_COMMA, TOKEN_BYTE},   {"、", ",", mistake_CHINESE_COMMA, TOKEN_BYTE},
    {"（", "(", mistake_WIDE_BRACKET, TOKEN_BYTE}, {"）", ")", mistake_WIDE_BRACKET, TOKEN_BYTE},
    {"［", "[", mistake_WIDE_BRACKET, TOKEN_BYTE}, {"］", "]", mistake_WIDE_BRACKET, TOKEN_BYTE},
    {"【", "[", mistake_WIDE_BRACKET, TOKEN_BYTE}, {"】", "]", mistake_WIDE_BRACKET, TOKEN_BYTE},
    {"｛", "{", mistake_WIDE_BRACE, TOKEN_BYTE},   {"｝", "}", mistake_WIDE_BRACE, TOKEN_BYTE},
    {"＝＝", "==", mistake_WIDE_EQUALS, TOKEN_EQ}, {"＝", "=", mistake_WIDE_EQUALS, TOKEN_BYTE},
    {"！＝", "~=", mistake_WIDE_MARK, TOKEN_NE},   {"！=", "~=", mistake_WIDE_MARK, TOKEN_NE},
    {"＞＝", ">=", mistake_WIDE_MARK, TOKEN_GE},   {"＜＝", "<=", mistake_WIDE_MARK, TOKEN_LE},
    {"≥", ">=", mistake_WIDE_MARK, TOKEN_GE},      {"≤", "<=", mistake_WIDE_MARK, TOKEN_LE},
    {"≠", "~=", mistake_WIDE_MARK, TOKEN_NE},      {"＞", ">", mistake_WIDE_MARK, TOKEN_BYTE},
    {"＜", "<", mistake_WIDE_MARK, TOKEN_BYTE},    {"＋", "+", mistake_WIDE_MARK, TOKEN_BYTE},
    {"－", "-", mistake_WIDE_MARK, TOKEN_BYTE},    {"＊", "*", mistake_WIDE_MARK, TOKEN_BYTE},
    {"×", "*", mistake_WIDE_MARK, TOKEN_BYTE},     {"；", ";", mistake_WIDE_SEMICOLON, TOKEN_BYTE},
    {"：", ":", mistake_WIDE_COLON, TOKEN_BYTE},   {"．", ".", mistake_WIDE_MARK, TOKEN_BYTE},
    {"。", ".", mistake_CHINESE_STOP, TOKEN_BYTE},
};

static const struct foreign_mark other_marks[] = {
    {"<>", "~=", mistake_OTHER_UNEQUAL, TOKEN_NE},
    {"!==", "~=", mistake_OTHER_UNEQUAL, TOKEN_NE},
    {"!=", "~=", mistake_OTHER_UNEQUAL, TOKEN_NE},
    {"!", "not", mistake_OTHER_NOT, TOKEN_NOT},
    {"&&", "and", mistake_OTHER_WORD, TOKEN_AND},
    {"||", "or", mistake_OTHER_WORD, TOKEN_OR},
    {"+=", "=", mistake_OTHER_ASSIGNMENT, TOKEN_BYTE},
    {"-=", "=", mistake_OTHER_ASSIGNMENT, TOKEN_BYTE},
    {"*=", "=", mistake_OTHER_ASSIGNMENT, TOKEN_BYTE},
    {"/=", "=", mistake_OTHER_ASSIGNMENT, TOKEN_BYTE},
};

// Quotation marks, and what closes them.
static const char *const curly_marks[][2] = {{"“", "”"}, {"”", "”"},   {"‘", "’"},
                                             {"’", "’"}, {"「", "」"}, {"＂", "＂"}};

static bool begins(const struct lexer *lexer, const char *text)
{
    size_t length = strlen(text);
    return lexer->syntax->length - lexer->at >= length &&
           memcmp(lexer->syntax->text + lexer->at, text, length) == 0;
}

static void skip(struct lexer *lexer, size_t length)
{
    while (length--)
        lexer_step(lexer);
}

static const struct foreign_mark *wide_mark_at(const struct lexer *lexer, size_t at)
{
    struct lexer there = *lexer;
    there.at = at;
    for (size_t i = 0; i < sizeof wide_marks / sizeof *wide_marks; i++)
        if (begins(&there, wide_marks[i].found))
            return &wide_marks[i];
    return NULL;
}

// The wide marks of the rest of the line outside texts, each once, and what is meant by them.
static size_t list_wide_marks(const struct lexer *lexer, struct buffer *found, struct buffer *meant)
{
    const char *text = lexer->syntax->text;
    size_t count = 0;
    char quote = 0;
    for (size_t at = lexer->at; at < lexer->syntax->length && text[at] != '\n'; at++) {
        if (text[at] == '"' || text[at] == '\'')
            quote = quote == text[at] ? 0 : quote ? quote : text[at];
        const struct foreign_mark *mark = quote ? NULL : wide_mark_at(lexer, at);
        if (!mark || strstr(buffer_text(found), mark->found))
            continue;
        buffer_printf(found, "%s%s", count ? " " : "", mark->found);
        buffer_printf(meant, "%s%s", count++ ? " " : "", mark->meant);
    }
    return count;
}

static void note_wide(struct lexer *lexer, const struct foreign_mark *mark)
{
    struct buffer found = {0}, meant = {0};
    // The rest of a line is looked at once.
    if (lexer->wide_line == lexer->line)
        return;
    lexer->wide_line = lexer->line;
    if (list_wide_marks(lexer, &found, &meant) > 1)
        lexer_note(lexer, lexer->line, lexer->column, mistake_WIDE_MARKS, buffer_text(&found),
                   buffer_text(&meant));
    else
        lexer_note(lexer, lexer->line, lexer->column, mark->message, mark->found, mark->meant);
    buffer_clear(&found);
    buffer_clear(&meant);
}

bool lexer_foreign_blank(struct lexer *lexer)
{
    static const char wide[] = "　", fixed[] = "\xC2\xA0";
    const char *blank = begins(lexer, wide) ? wide : begins(lexer, fixed) ? fixed : NULL;
    if (!blank)
        return false;
    lexer_note(lexer, lexer->line, lexer->column,
               blank == wide ? mistake_WIDE_BLANK : mistake_FIXED_BLANK);
    skip(lexer, strlen(blank));
    return true;
}

static bool read_as(struct lexer *lexer, struct token *token, const struct foreign_mark *mark)
{
    skip(lexer, strlen(mark->found));
    token->kind = mark->kind;
    token->byte = *mark->meant;
    return true;
}

// “ ... ” on one line is a text.
static bool read_curly(struct lexer *lexer, struct token *token, const char *open,
                       const char *close)
{
    lexer_note(lexer, lexer->line, lexer->column, mistake_CURLY_QUOTE);
    skip(lexer, strlen(open));
    size_t begin = lexer->at;
    while (lexer_look(lexer, 0) >= 0 && lexer_look(lexer, 0) != '\n' &&
           lexer_look(lexer, 0) != '\r' && lexer_look(lexer, 0) != '"' && !begins(lexer, close))
        lexer_step(lexer);
    token->kind = TOKEN_STRING;
    buffer_reset(&lexer->scratch);
    buffer_add(&lexer->scratch, lexer->syntax->text + begin, lexer->at - begin);
    if (begins(lexer, close))
        skip(lexer, strlen(close));
    else if (lexer_look(lexer, 0) == '"')
        lexer_step(lexer);
    token->text = (struct text){
        arena_text_n(lexer->syntax->arena, buffer_text(&lexer->scratch), lexer->scratch.length),
        lexer->scratch.length};
    return true;
}

static void fail_unknown(struct lexer *lexer)
{
    unsigned char byte = (unsigned char)lexer->syntax->text[lexer->at];
    uint32_t line = lexer->line, column = lexer->column;
    if (byte == '?')
        lexer_fail(lexer, line, column, mistake_OTHER_QUESTION);
    else if (byte == 0x1B)
        lexer_fail(lexer, line, column, mistake_COMPILED);
    else if (byte >= 0x80)
        lexer_fail(lexer, line, column, mistake_NAME_LETTERS);
    else if (byte > ' ' && byte < 0x7F)
        lexer_fail(lexer, line, column, mistake_UNKNOWN_CHARACTER, byte);
    else
        lexer_fail(lexer, line, column, mistake_UNKNOWN_BYTE, byte);
}

bool lexer_foreign_mark(struct lexer *lexer, struct token *token)
{
    const struct foreign_mark *wide = wide_mark_at(lexer, lexer->at);
    if (wide) {
        note_wide(lexer, wide);
        return read_as(lexer, token, wide);
    }
    for (size_t i = 0; i < sizeof other_marks / sizeof *other_marks; i++)
        if (begins(lexer, other_marks[i].found)) {
            lexer_note(lexer, lexer->line, lexer->column, other_marks[i].message,
                       other_marks[i].found, other_marks[i].meant);
            return read_as(lexer, token, &other_marks[i]);
        }
    for (size_t i = 0; i < sizeof curly_marks / sizeof *curly_marks; i++)
        if (begins(lexer, curly_marks[i][0]))
            return read_curly(lexer, token, curly_marks[i][0], curly_marks[i][1]);
    if (begins(lexer, "++"))
        lexer_fail(lexer, lexer->line, lexer->column, mistake_OTHER_INCREMENT);
    else
        fail_unknown(lexer);
    return false;
}

// ---- lines on which a text is never closed

struct quoted {
    size_t begin, end; // of its text, without the quotation marks
    bool closed;
};

static uint32_t column_of(const struct lexer *lexer, size_t at)
{
    uint32_t column = lexer->column;
    for (size_t i = lexer->at; i < at; i++)
        column += (lexer->syntax->text[i] & 0xC0) != 0x80;
    return column;
}

// The next text in quotes of the line, from `at` on; false: no more.
static bool next_quoted(const struct lexer *lexer, size_t at, struct quoted *quoted)
{
    const char *text = lexer->syntax->text;
    size_t length = lexer->syntax->length;
    for (; at < length && text[at] != '"' && text[at] != '\''; at++)
        if (text[at] == '\n' || text[at] == '\r' ||
            (text[at] == '-' && at + 1 < length && text[at + 1] == '-'))
            return false;
    if (at >= length)
        return false;
    char quote = text[at++];
    *quoted = (struct quoted){.begin = at};
    for (; at < length && text[at] != quote && text[at] != '\n' && text[at] != '\r'; at++)
        if (text[at] == '\\' && at + 1 < length) {
            at++;
            // A backslash at the end goes on with the text on the next line.
            if (text[at] == '\n' || text[at] == '\r' || text[at] == 'z')
                quoted->closed = true;
        }
    quoted->end = at < length ? at : length;
    quoted->closed = quoted->closed || (at < length && text[at] == quote);
    return true;
}

// The code before the next text was taken into this one: it ends in `name = `, a bracket or a
// comma.
static bool ends_like_code(const struct lexer *lexer, const struct quoted *quoted)
{
    const char *text = lexer->syntax->text;
    size_t end = quoted->end;
    while (end > quoted->begin && text[end - 1] == ' ')
        end--;
    return end > quoted->begin && strchr("=({,", text[end - 1]);
}

bool lexer_unclosed_line(struct lexer *lexer)
{
    struct quoted quoted = {0}, culprit = {0};
    bool found = false, open = false;
    if (lexer->quotes_line == lexer->line)
        return false;
    lexer->quotes_line = lexer->line;
    for (size_t at = lexer->at; !open && next_quoted(lexer, at, &quoted); at = quoted.end + 1) {
        open = !quoted.closed;
        if (open && !found)
            culprit = quoted;
        else if (!found && ends_like_code(lexer, &quoted)) {
            culprit = quoted;
            found = true;
        }
    }
    if (!open)
        return false;
    // A text that goes over several lines is one mistake.
    if (!lexer->broken || lexer->broken_line + 1 < lexer->line)
        lexer_note(lexer, lexer->line, column_of(lexer, culprit.begin - 1),
                   found ? mistake_QUOTE_MISSING : mistake_TEXT_UNCLOSED,
                   lexer->syntax->text[culprit.begin - 1]);
    lexer->broken = true;
    lexer->broken_line = lexer->line;
    buffer_reset(&lexer->scratch);
    while (lexer_look(lexer, 0) >= 0 && lexer_look(lexer, 0) != '\n' &&
           lexer_look(lexer, 0) != '\r')
        lexer_step(lexer);
    return true;
}
