/* The directory of secrets: what is read, and which files do not count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "files.h"
#include "node/secrets.h"

#include <cmocka.h>
#include <fcntl.h>
#include <nex/keys.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];
static nex_secret_store *store;

static const char *in(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

static void put(const char *name, const void *data, size_t len, mode_t mode) {
    int fd = open(in(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, len), (ssize_t)len);
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static int set_up(void **state) {
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/nex-secrets-XXXXXX");
    assert_non_null(mkdtemp(dir));
    assert_int_equal(mkdir(in("alpha"), 0700), 0);
    assert_int_equal(nex_secret_store_open(&store, dir, NULL), NEX_OK);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    nex_secret_store_free(store);
    return remove_tree(dir);
}

static void refuse(const char *namespace_, const char *name, nex_status wanted) {
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    assert_int_equal(nex_secret_store_get(store, namespace_, name, &out, &err), wanted);
    assert_int_equal(out.len, 0);
    assert_null(strstr(err.message, "planted"));
    nex_buf_free(&out);
}

static void a_secret_is_the_bytes_of_its_file(void **state) {
    (void)state;
    static const char value[] = "planted\0value\n";
    nex_buf out = NEX_BUF_INIT;
    put("alpha/db-password", value, sizeof value, 0600);
    assert_int_equal(nex_secret_store_get(store, "alpha", "db-password", &out, NULL), NEX_OK);
    assert_int_equal(out.len, sizeof value);
    assert_memory_equal(out.data, value, sizeof value);
    nex_buf_wipe(&out);
    put("alpha/empty", "", 0, 0400);
    assert_int_equal(nex_secret_store_get(store, "alpha", "empty", &out, NULL), NEX_OK);
    assert_int_equal(out.len, 0);
    nex_buf_wipe(&out);
}

static void names_cannot_leave_the_directory(void **state) {
    (void)state;
    static const char *const bad[] = {"",        ".",   "..",  "../alpha", "a/b",
                                      ".hidden", "a b", "a\n", "\xff",     NULL};
    char longest[200];
    memset(longest, 'n', sizeof longest);
    longest[129] = '\0';
    put("alpha/x", "planted", 7, 0600);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        refuse("alpha", bad[i], NEX_EINVAL);
        refuse(bad[i], "x", NEX_EINVAL);
    }
    refuse("alpha", longest, NEX_EINVAL);
}

static void what_is_not_there_is_not_found(void **state) {
    (void)state;
    refuse("alpha", "none", NEX_ENOTFOUND);
    refuse("beta", "x", NEX_ENOTFOUND);
}

static void files_that_others_may_read_do_not_count(void **state) {
    (void)state;
    static const mode_t modes[] = {0640, 0604, 0660, 0644, 0601};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        put("alpha/open", "planted", 7, modes[i]);
        refuse("alpha", "open", NEX_EREFUSED);
        assert_int_equal(unlink(in("alpha/open")), 0);
    }
}

static void links_and_other_files_do_not_count(void **state) {
    (void)state;
    put("outside", "planted", 7, 0600);
    assert_int_equal(symlink("../outside", in("alpha/link")), 0);
    refuse("alpha", "link", NEX_EREFUSED);
    assert_int_equal(symlink("alpha", in("linked")), 0);
    put("alpha/x", "planted", 7, 0600);
    refuse("linked", "x", NEX_EREFUSED);
    assert_int_equal(mkfifo(in("alpha/fifo"), 0600), 0);
    refuse("alpha", "fifo", NEX_EREFUSED);
    assert_int_equal(mkdir(in("alpha/directory"), 0700), 0);
    refuse("alpha", "directory", NEX_EREFUSED);
    refuse("outside", "x", NEX_EREFUSED);
}

static void large_files_are_refused(void **state) {
    (void)state;
    nex_buf out = NEX_BUF_INIT;
    put("alpha/large", "planted", 7, 0600);
    assert_int_equal(truncate(in("alpha/large"), NEX_SECRET_MAX_SIZE), 0);
    assert_int_equal(nex_secret_store_get(store, "alpha", "large", &out, NULL), NEX_OK);
    assert_int_equal(out.len, NEX_SECRET_MAX_SIZE);
    nex_buf_wipe(&out);
    assert_int_equal(truncate(in("alpha/large"), NEX_SECRET_MAX_SIZE + 1), 0);
    refuse("alpha", "large", NEX_ELIMIT);
}

static void directories_that_others_may_write_do_not_count(void **state) {
    (void)state;
    nex_secret_store *other;
    nex_error err;
    put("alpha/x", "planted", 7, 0600);
    assert_int_equal(chmod(in("alpha"), 0770), 0);
    refuse("alpha", "x", NEX_EREFUSED);
    assert_int_equal(chmod(in("alpha"), 0777), 0);
    assert_int_equal(nex_secret_store_open(&other, in("alpha"), &err), NEX_EREFUSED);
    assert_null(other);
    assert_int_equal(nex_secret_store_open(&other, in("missing"), &err), NEX_ENOTFOUND);
    assert_int_equal(nex_secret_store_open(&other, in("alpha/x"), &err), NEX_EIO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_secret_is_the_bytes_of_its_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_cannot_leave_the_directory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_not_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_that_others_may_read_do_not_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links_and_other_files_do_not_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(large_files_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(directories_that_others_may_write_do_not_count, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
