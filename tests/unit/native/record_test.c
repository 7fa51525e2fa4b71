/* Records that are whole or not there, the meaning of a pid, and the specs of monitors. */
#include "files.h"

#include <fcntl.h>
#include <monitor/record.h>
#include <monitor/spec.h>
#include <native/settings.h>
#include <native/state_dir.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct rig {
    char path[64];
    int dir;
} rig;

static int setup(void **state) {
    rig *r = calloc(1, sizeof *r);
    snprintf(r->path, sizeof r->path, "/tmp/nex-record-test-XXXXXX");
    assert_non_null(mkdtemp(r->path));
    r->dir = open(r->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *state = r;
    return 0;
}

static int teardown(void **state) {
    rig *r = *state;
    close(r->dir);
    remove_tree(r->path);
    free(r);
    return 0;
}

static size_t slurp(const rig *r, const char *name, char *out, size_t size) {
    int fd = openat(r->dir, name, O_RDONLY | O_CLOEXEC);
    ssize_t got = read(fd, out, size);
    close(fd);
    assert_true(got > 0);
    return (size_t)got;
}

static void put(const rig *r, const char *name, const char *data, size_t len) {
    int fd = openat(r->dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_int_equal(write(fd, data, len), len);
    close(fd);
}

static const mon_run sample = {
    .id = "w1",
    .boot_id = "11111111-2222-3333-4444-555555555555",
    .monitor_pid = 41,
    .monitor_start_ticks = 420,
    .state = {.phase = MON_PHASE_ENDED,
              .pid = 42,
              .start_ticks = UINT64_MAX,
              .started_ns = 1700000000123456789,
              .ended_ns = 1700000001123456789,
              .run = 3,
              .failures = 2,
              .exit_code = 0,
              .exit_signal = 9,
              .exit_flags = MON_EXIT_KILLED | MON_EXIT_REQUESTED,
              .log_next = 77,
              .log_acked = 70,
              .log_lost = 1},
};

static void a_run_comes_back_as_it_was(void **state) {
    rig *r = *state;
    mon_run run;
    assert_int_equal(mon_run_read(r->dir, &run), MON_RECORD_ABSENT);
    assert_int_equal(mon_run_write(r->dir, &sample, true), 0);
    assert_int_equal(mon_run_read(r->dir, &run), MON_RECORD_OK);
    assert_string_equal(run.id, sample.id);
    assert_string_equal(run.boot_id, sample.boot_id);
    assert_int_equal(run.monitor_pid, sample.monitor_pid);
    assert_int_equal(run.monitor_start_ticks, sample.monitor_start_ticks);
    assert_memory_equal(&run.state, &sample.state, sizeof run.state);
    struct stat info;
    assert_int_equal(fstatat(r->dir, "run", &info, 0), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(faccessat(r->dir, "run.new", F_OK, 0), -1);
}

static void every_cut_and_every_changed_bit_is_noticed(void **state) {
    rig *r = *state;
    mon_run run;
    char good[2048];
    assert_int_equal(mon_run_write(r->dir, &sample, false), 0);
    size_t len = slurp(r, "run", good, sizeof good);
    for (size_t cut = 0; cut < len; cut++) {
        put(r, "run", good, cut);
        assert_int_equal(mon_run_read(r->dir, &run), MON_RECORD_DAMAGED);
    }
    for (size_t bit = 0; bit < 8 * len; bit++) {
        char bad[2048];
        memcpy(bad, good, len);
        bad[bit / 8] = (char)(bad[bit / 8] ^ (1 << bit % 8));
        put(r, "run", bad, len);
        mon_record_status status = mon_run_read(r->dir, &run);
        /* In the head some changes mean the same: capital hex digits, another blank. */
        if (status == MON_RECORD_OK) {
            assert_memory_equal(&run.state, &sample.state, sizeof run.state);
        } else {
            assert_int_equal(status, MON_RECORD_DAMAGED);
        }
    }
}

static void a_full_disk_leaves_the_old_record(void **state) {
    rig *r = *state;
    mon_run run;
    assert_int_equal(mon_run_write(r->dir, &sample, false), 0);
    /* The temporary name is taken by something that takes no bytes. */
    assert_int_equal(symlinkat("/dev/full", r->dir, "run.new"), 0);
    mon_run other = sample;
    other.state.run = 4;
    assert_int_not_equal(mon_run_write(r->dir, &other, true), 0);
    assert_int_equal(mon_run_read(r->dir, &run), MON_RECORD_OK);
    assert_int_equal(run.state.run, 3);
}

static void a_process_is_told_by_its_start(void **state) {
    (void)state;
    mon_process self;
    char boot[MON_BOOT_ID_SIZE];
    mon_boot_id(boot);
    assert_int_equal(strlen(boot), 36);
    assert_true(mon_process_read(getpid(), &self));
    assert_int_equal(self.parent, getppid());
    assert_int_equal(self.session, getsid(0));
    assert_true(mon_process_lives(getpid(), self.start_ticks, boot));
    assert_false(mon_process_lives(getpid(), self.start_ticks + 1, boot));
    assert_false(mon_process_lives(getpid(), self.start_ticks, "another boot"));
    assert_false(mon_process_lives(0, 0, boot));
}

static void one_damaged_copy_is_put_aside_and_the_other_read(void **state) {
    rig *r = *state;
    native_state_dir dir;
    nex_error err;
    int workload;
    size_t len;
    assert_int_equal(native_state_dir_open(&dir, r->path, NULL, NULL, &err), NEX_OK);
    static const char *const files[] = {"workload", "workload.copy"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(native_state_dir_save(&dir, "w1", "what it is", 10, &err), NEX_OK);
        char path[64];
        snprintf(path, sizeof path, "workloads/w1/%s", files[i]);
        put(r, path, "damaged", 7);
        assert_int_equal(native_state_dir_enter(&dir, "w1", false, &workload, &err), NEX_OK);
        char *text;
        assert_int_equal(native_state_dir_saved(&dir, "w1", workload, &text, &len), MON_RECORD_OK);
        assert_int_equal(len, 10);
        assert_string_equal(text, "what it is");
        free(text);
        /* The other one may be damaged next. */
        assert_int_equal(faccessat(workload, files[i], F_OK, 0), 0);
        put(r, path, "damaged", 7);
        snprintf(path, sizeof path, "workloads/w1/%s", files[1 - i]);
        put(r, path, "damaged too", 11);
        close(workload);
        assert_int_equal(native_state_dir_enter(&dir, "w1", false, &workload, &err), NEX_OK);
        assert_int_equal(native_state_dir_saved(&dir, "w1", workload, &text, &len),
                         MON_RECORD_DAMAGED);
        assert_null(text);
        close(workload);
    }
    char path[80];
    snprintf(path, sizeof path, "quarantine/w1.workload");
    assert_int_equal(faccessat(r->dir, path, F_OK, 0), 0);
    native_state_dir_remove(&dir, "w1");
    assert_int_equal(native_state_dir_enter(&dir, "w1", false, &workload, &err), NEX_ENOTFOUND);
    native_state_dir_close(&dir);
}

static void a_directory_with_much_in_it_is_removed_too(void **state) {
    rig *r = *state;
    native_state_dir dir;
    nex_error err;
    assert_int_equal(native_state_dir_open(&dir, r->path, NULL, NULL, &err), NEX_OK);
    assert_int_equal(native_state_dir_save(&dir, "w1", "x", 1, &err), NEX_OK);
    char outside[80];
    snprintf(outside, sizeof outside, "%s/kept", r->path);
    put(r, "kept", "x", 1);
    assert_int_equal(mkdirat(r->dir, "workloads/w1/work", 0700), 0);
    assert_int_equal(mkdirat(r->dir, "workloads/w1/work/deep", 0700), 0);
    put(r, "workloads/w1/work/deep/file", "x", 1);
    assert_int_equal(symlinkat(r->path, r->dir, "workloads/w1/work/out"), 0);
    native_state_dir_remove(&dir, "w1");
    assert_int_equal(faccessat(r->dir, "workloads/w1", F_OK, 0), -1);
    assert_int_equal(faccessat(r->dir, "trash", F_OK, 0), -1);
    assert_int_equal(access(outside, F_OK), 0);
    native_state_dir_close(&dir);
}

static void ids_cannot_lead_elsewhere(void **state) {
    (void)state;
    assert_true(native_id_valid("LGz1g3OhIWC6sRAX8Jsf5F"));
    assert_true(native_id_valid("a-b_c"));
    static const char *const bad[] = {"", ".", "..", "a/b", "../x", "a b", "\xc3\xa4", "a\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(native_id_valid(bad[i]));
    }
    char longest[MON_ID_SIZE + 1];
    memset(longest, 'a', sizeof longest);
    longest[MON_ID_SIZE] = '\0';
    assert_false(native_id_valid(longest));
    longest[MON_ID_SIZE - 1] = '\0';
    assert_true(native_id_valid(longest));
}

static int spec_file(const nex_buf *spec) {
    int fd = memfd_create("spec", MFD_CLOEXEC);
    assert_int_equal(write(fd, spec->data, spec->len), spec->len);
    return fd;
}

static void specs_are_read_as_written_and_checked(void **state) {
    (void)state;
    nex_buf bytes = NEX_BUF_INIT;
    mon_spec spec;
    mon_stop how = {.signal = 2, .grace_ms = 77};
    assert_int_equal(native_put_text(&bytes, MON_TAG_ID, "w1"), NEX_OK);
    assert_int_equal(native_put_text(&bytes, MON_TAG_PATH, "/bin/sh"), NEX_OK);
    assert_int_equal(native_put_text(&bytes, MON_TAG_ARG, "sh"), NEX_OK);
    assert_int_equal(native_put_text(&bytes, MON_TAG_ARG, ""), NEX_OK);
    assert_int_equal(native_put_text(&bytes, MON_TAG_ENV, "A=1"), NEX_OK);
    assert_int_equal(native_put_u32(&bytes, MON_TAG_RUN, 5), NEX_OK);
    assert_int_equal(native_put(&bytes, MON_TAG_STOP, &how, sizeof how), NEX_OK);
    assert_int_equal(native_put(&bytes, (mon_tag)999, "unknown", 7), NEX_OK);
    int fd = spec_file(&bytes);
    assert_null(mon_spec_load(&spec, fd));
    assert_string_equal(spec.id, "w1");
    assert_string_equal(spec.argv[0], "sh");
    assert_string_equal(spec.argv[1], "");
    assert_null(spec.argv[2]);
    assert_string_equal(spec.envp[0], "A=1");
    assert_null(spec.envp[1]);
    assert_int_equal(spec.run, 5);
    assert_int_equal(spec.stop.grace_ms, 77);
    mon_spec_unload(&spec);
    close(fd);
    /* Cut anywhere it is either refused or read as something smaller, never beyond its end. */
    for (size_t len = 0; len < bytes.len; len++) {
        nex_buf cut = {.data = bytes.data, .len = len, .cap = len};
        fd = memfd_create("spec", MFD_CLOEXEC);
        assert_int_equal(write(fd, cut.data, cut.len), cut.len);
        (void)mon_spec_load(&spec, fd);
        mon_spec_unload(&spec);
        close(fd);
    }
    nex_buf_free(&bytes);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_run_comes_back_as_it_was),
        T(every_cut_and_every_changed_bit_is_noticed),
        T(a_full_disk_leaves_the_old_record),
        T(a_process_is_told_by_its_start),
        T(one_damaged_copy_is_put_aside_and_the_other_read),
        T(a_directory_with_much_in_it_is_removed_too),
        T(ids_cannot_lead_elsewhere),
        T(specs_are_read_as_written_and_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
