// SPDX-License-Identifier: MIT
#include "engine/rules/rule_files.h"

#include "tests/unit/engine_fixture.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static struct rule_file *files;
static struct arena *arena;
static int count;
static struct error error;

static const char *in_folder(const char *name)
{
    static char path[400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int set_up(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.40s/vouch-XXXXXX", base ? base : "/tmp");
    files = NULL;
    arena = arena_new();
    count = 0;
    error = (struct error){0};
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    DIR *entries = opendir(folder);
    for (struct dirent *entry; (entry = readdir(entries));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            unlink(in_folder(entry->d_name)) != 0)
            rmdir(in_folder(entry->d_name));
    closedir(entries);
    return rmdir(folder);
}

static void files_are_read_with_their_hashes(void **state)
{
    (void)state;
    write_file("own.lua", "abc");
    assert_int_equal(rule_files_add(arena, &files, &count, RULE_FILE_CONTROLS, in_folder("own.lua"),
                                    "controls/own.lua", &error),
                     0);
    assert_int_equal(count, 1);
    assert_int_equal(files[0].kind, RULE_FILE_CONTROLS);
    assert_string_equal(files[0].name, "controls/own.lua");
    assert_string_equal(files[0].text, "abc");
    assert_int_equal(files[0].length, 3);
    assert_string_equal(files[0].sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void an_empty_file_and_a_byte_order_mark(void **state)
{
    (void)state;
    write_file("empty.lua", "");
    write_file("marked.lua", "\xEF\xBB\xBFreturn");
    assert_int_equal(
        rule_files_add(arena, &files, &count, RULE_FILE_MODEL, in_folder("empty.lua"), "e", &error),
        0);
    assert_int_equal(rule_files_add(arena, &files, &count, RULE_FILE_MODEL, in_folder("marked.lua"),
                                    "m", &error),
                     0);
    assert_string_equal(files[0].text, "");
    assert_string_equal(files[1].text, "return");
    assert_int_equal(files[1].length, 6);
}

static void a_folder_is_read_in_the_order_of_names(void **state)
{
    (void)state;
    write_file("b.lua", "2");
    write_file("a.lua", "1");
    write_file("Z.lua", "0");
    write_file("规则.lua", "3");
    write_file("notes.txt", "no");
    write_file(".hidden.lua", "no");
    write_file("lua", "no");
    assert_int_equal(
        rule_files_add_folder(arena, &files, &count, RULE_FILE_LIBRARY, folder, "controls", &error),
        0);
    static const char *const names[] = {"controls/Z.lua", "controls/a.lua", "controls/b.lua",
                                        "controls/规则.lua"};
    assert_int_equal(count, 4);
    for (int i = 0; i < 4; i++) {
        assert_string_equal(files[i].name, names[i]);
        assert_int_equal(files[i].text[0], '0' + i);
    }
}

static void take_name(void *context, const char *name, const char *path, bool is_folder)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    buffer_printf(context, "%s%s\n", name, is_folder ? "/" : "");
}

static void what_is_passed_over_is_told(void **state)
{
    (void)state;
    struct buffer told = {0};
    write_file("a.lua", "1");
    write_file("B.LUA", "2");
    write_file("c.txt", "3");
    write_file(".d.LUA", "4");
    static const char *const folders[] = {"empty", "outer", "outer/inner", ".git"};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(mkdir(in_folder(folders[i]), 0700), 0);
    write_file("outer/inner/x.lua", "5");
    write_file(".git/x.lua", "6");
    rule_files_passed_over(folder, "controls", take_name, &told);
    assert_string_equal(buffer_text(&told), "controls/B.LUA\ncontrols/outer/inner/\n");
    // A link to the folder itself ends.
    assert_int_equal(symlink(folder, in_folder("outer/loop")), 0);
    buffer_reset(&told);
    rule_files_passed_over(folder, "controls", take_name, &told);
    assert_string_equal(buffer_text(&told), "controls/B.LUA\ncontrols/outer/inner/\n");
    buffer_clear(&told);
    static const char *const made[] = {"outer/loop", "outer/inner/x.lua", ".git/x.lua"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(unlink(in_folder(made[i])), 0);
    assert_int_equal(rmdir(in_folder("outer/inner")), 0);
}

static void what_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    assert_int_equal(rule_files_add(arena, &files, &count, RULE_FILE_MODEL, in_folder("none.lua"),
                                    "none.lua", &error),
                     -1);
    assert_string_equal(error.where, "none.lua");
    assert_int_equal(rule_files_add_folder(arena, &files, &count, RULE_FILE_MODEL,
                                           in_folder("none"), "none", &error),
                     -1);
    assert_int_equal(mkdir(in_folder("x.lua"), 0700), 0);
    assert_int_equal(
        rule_files_add_folder(arena, &files, &count, RULE_FILE_MODEL, folder, "f", &error), -1);
    assert_string_equal(error.where, "f/x.lua");
    assert_int_equal(count, 0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(files_are_read_with_their_hashes),       TEST(an_empty_file_and_a_byte_order_mark),
        TEST(a_folder_is_read_in_the_order_of_names), TEST(what_is_passed_over_is_told),
        TEST(what_cannot_be_read_is_an_error),
    };
    return cmocka_run_group_tests_name("rule_files", tests, NULL, NULL);
}
