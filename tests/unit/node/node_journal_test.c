/* The node's journal: what is read back, whole or damaged, and when the disk does not take it. */
#include "files.h"

#include <dirent.h>
#include <fcntl.h>
#include <node/journal.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct rig {
    char dir[64];
    char file[96];
    nex_buf seen; /* "+id:body " or "-id " a record */
    nex_log log;
} rig;

static int setup(void **state) {
    rig *r = calloc(1, sizeof *r);
    snprintf(r->dir, sizeof r->dir, "/tmp/nex-journal-test-XXXXXX");
    assert_non_null(mkdtemp(r->dir));
    snprintf(r->file, sizeof r->file, "%s/journal", r->dir);
    *state = r;
    return 0;
}

static int teardown(void **state) {
    rig *r = *state;
    remove_tree(r->dir);
    nex_buf_free(&r->seen);
    free(r);
    return 0;
}

static void on_record(void *arg, const node_journal_record *record) {
    rig *r = arg;
    assert_int_equal(nex_buf_printf(&r->seen, "%c%s%s%.*s ", record->gone ? '-' : '+', record->id,
                                    record->gone ? "" : ":", (int)record->len, record->body),
                     NEX_OK);
}

static node_journal *open_journal(rig *r) {
    node_journal *journal;
    nex_error err;
    nex_buf_clear(&r->seen);
    if (node_journal_open(&journal, r->dir, &r->log, on_record, r, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    return journal;
}

static void assert_reads(rig *r, const char *expected) {
    node_journal_close(open_journal(r));
    assert_string_equal(r->seen.data != NULL ? r->seen.data : "", expected);
}

static void encode(const char *id, const char *body, nex_buf *out) {
    node_journal_record record = {.gone = body == NULL,
                                  .time = 42,
                                  .id = id,
                                  .type = body != NULL ? "native" : "",
                                  .body = body != NULL ? body : "",
                                  .len = body != NULL ? strlen(body) : 0};
    assert_int_equal(node_journal_encode(&record, out), NEX_OK);
}

static nex_status append(node_journal *journal, const char *id, const char *body) {
    nex_buf text = NEX_BUF_INIT;
    nex_error err;
    encode(id, body, &text);
    nex_status status = node_journal_append(journal, text.data, text.len, &err);
    nex_buf_free(&text);
    return status;
}

static void write_three(rig *r) {
    node_journal *journal = open_journal(r);
    assert_int_equal(append(journal, "a", "{\"n\":1}"), NEX_OK);
    assert_int_equal(append(journal, "b", "{\"n\":2}"), NEX_OK);
    assert_int_equal(append(journal, "a", NULL), NEX_OK);
    node_journal_close(journal);
}

static void comes_back_in_order(void **state) {
    rig *r = *state;
    assert_reads(r, "");
    write_three(r);
    assert_reads(r, "+a:{\"n\":1} +b:{\"n\":2} -a ");
    node_journal *journal = open_journal(r);
    nex_buf text = NEX_BUF_INIT;
    nex_error err;
    encode("b", "{\"n\":3}", &text);
    assert_int_equal(node_journal_replace(journal, text.data, text.len, &err), NEX_OK);
    assert_int_equal(node_journal_size(journal), text.len);
    assert_int_equal(append(journal, "c", "{}"), NEX_OK);
    node_journal_close(journal);
    nex_buf_free(&text);
    assert_reads(r, "+b:{\"n\":3} +c:{} ");
}

static void takes_no_names_that_break_a_line(void **state) {
    (void)state;
    nex_buf text = NEX_BUF_INIT;
    node_journal_record record = {.id = "a b", .type = "native", .body = "{}", .len = 2};
    assert_int_equal(node_journal_encode(&record, &text), NEX_EINVAL);
    record.id = "a";
    record.type = "x\ny";
    assert_int_equal(node_journal_encode(&record, &text), NEX_EINVAL);
    assert_int_equal(text.len, 0);
}

static size_t read_file(const rig *r, char *out, size_t size) {
    int fd = open(r->file, O_RDONLY);
    ssize_t got = read(fd, out, size);
    close(fd);
    assert_true(got > 0 && (size_t)got < size);
    return (size_t)got;
}

static void overwrite(const rig *r, const char *text, size_t len) {
    int fd = open(r->file, O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, text, len), (ssize_t)len);
    close(fd);
}

static bool quarantined(const rig *r) {
    char path[128];
    snprintf(path, sizeof path, "%s/quarantine", r->dir);
    DIR *entries = opendir(path);
    const struct dirent *entry = NULL;
    while (entries != NULL && (entry = readdir(entries)) != NULL && entry->d_name[0] == '.') {
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return entry != NULL;
}

/* Each bit flipped, each length cut: what is sound comes back, nothing else does. */
static void damage_costs_what_is_damaged(void **state) {
    rig *r = *state;
    static const char *const whole[] = {"+a:{\"n\":1} ", "+b:{\"n\":2} ", "-a "};
    char good[1024];
    char bad[1024];
    write_three(r);
    assert_false(quarantined(r));
    size_t len = read_file(r, good, sizeof good);
    size_t ends[3];
    size_t at = 0;
    for (size_t i = 0; i < 3; i++) { /* a record is two lines */
        at = (size_t)((char *)memchr(good + at, '\n', len - at) - good) + 1;
        at = (size_t)((char *)memchr(good + at, '\n', len - at) - good) + 1;
        ends[i] = at;
    }
    assert_int_equal(ends[2], len);
    static const char all[] = "+a:{\"n\":1} +b:{\"n\":2} -a ";
    size_t lost = 0;
    for (size_t bit = 0; bit < len * 8; bit++) {
        char expected[64] = "";
        memcpy(bad, good, len);
        bad[bit / 8] = (char)(bad[bit / 8] ^ (1 << bit % 8));
        overwrite(r, bad, len);
        for (size_t i = 0; i < 3; i++) {
            bool hit = bit / 8 < ends[i] && (i == 0 || bit / 8 >= ends[i - 1]);
            snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%s",
                     hit ? "" : whole[i]);
        }
        node_journal_close(open_journal(r));
        /* A digit of the checksum in another case says the same. */
        if (r->seen.data == NULL || strcmp(r->seen.data, all) != 0) {
            assert_string_equal(r->seen.data, expected);
            lost++;
        }
    }
    assert_true(lost > len * 7);
    assert_true(quarantined(r));
    for (size_t cut = 0; cut < len; cut++) {
        char expected[64] = "";
        overwrite(r, good, cut);
        for (size_t i = 0; i < 3 && ends[i] <= cut; i++) {
            snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%s",
                     whole[i]);
        }
        assert_reads(r, expected);
    }
}

static void only_one_may_have_it(void **state) {
    rig *r = *state;
    node_journal *first = open_journal(r);
    node_journal *second;
    nex_error err;
    assert_int_equal(node_journal_open(&second, r->dir, &r->log, on_record, r, &err), NEX_ESTATE);
    assert_non_null(strstr(err.message, r->dir));
    assert_null(second);
    node_journal_close(first);
    node_journal_close(open_journal(r));
}

/* A record that does not fit on the disk leaves those before it, and room for later ones. */
static void a_full_disk_tears_nothing(void **state) {
    rig *r = *state;
    struct rlimit before;
    char body[600];
    memset(body, 'x', sizeof body - 1);
    body[sizeof body - 1] = '\0';
    write_three(r);
    node_journal *journal = open_journal(r);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit full = {.rlim_cur = node_journal_size(journal) + 100,
                          .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    nex_status status = append(journal, "large", body);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(status, NEX_EIO);
    assert_int_equal(append(journal, "c", "{}"), NEX_OK);
    node_journal_close(journal);
    assert_reads(r, "+a:{\"n\":1} +b:{\"n\":2} -a +c:{} ");
    assert_false(quarantined(r));
}

int main(void) {
    signal(SIGXFSZ, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comes_back_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(takes_no_names_that_break_a_line, setup, teardown),
        cmocka_unit_test_setup_teardown(damage_costs_what_is_damaged, setup, teardown),
        cmocka_unit_test_setup_teardown(only_one_may_have_it, setup, teardown),
        cmocka_unit_test_setup_teardown(a_full_disk_tears_nothing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
