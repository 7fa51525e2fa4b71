/* Archives, honest and hostile, made by libarchive itself. */
#include "files.h"

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>
#include <fcntl.h>
#include <native/beneath.h>
#include <native/unpack.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

typedef struct rig {
    char path[64];
    char archive[96];
    int to;
    struct archive *writer;
    nex_error error;
} rig;

static int set_up(void **state) {
    rig *r = calloc(1, sizeof *r);
    char root[96];
    snprintf(r->path, sizeof r->path, "/tmp/nex-unpack-test-XXXXXX");
    assert_non_null(mkdtemp(r->path));
    snprintf(r->archive, sizeof r->archive, "%s/archive", r->path);
    snprintf(root, sizeof root, "%s/root", r->path);
    assert_int_equal(mkdir(root, 0700), 0);
    r->to = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(r->to >= 0);
    *state = r;
    return 0;
}

static int tear_down(void **state) {
    rig *r = *state;
    close(r->to);
    remove_tree(r->path);
    free(r);
    return 0;
}

static void begin(rig *r, int (*compress)(struct archive *)) {
    r->writer = archive_write_new();
    assert_int_equal(archive_write_set_format_pax(r->writer), ARCHIVE_OK);
    if (compress != NULL) {
        assert_int_equal(compress(r->writer), ARCHIVE_OK);
    }
    assert_int_equal(archive_write_open_filename(r->writer, r->archive), ARCHIVE_OK);
}

static void add(rig *r, const char *path, mode_t mode, const char *link, const void *data,
                size_t len) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, path);
    archive_entry_set_mode(entry, mode);
    archive_entry_set_size(entry, (la_int64_t)len);
    if (S_ISLNK(mode)) {
        archive_entry_set_symlink(entry, link);
    } else if (link != NULL) {
        archive_entry_set_hardlink(entry, link);
    } else if (S_ISCHR(mode)) {
        archive_entry_set_rdev(entry, makedev(1, 3));
    }
    /* A warning: the locale of tests cannot write every name. */
    assert_true(archive_write_header(r->writer, entry) >= ARCHIVE_WARN);
    if (len > 0) {
        assert_int_equal(archive_write_data(r->writer, data, len), len);
    }
    archive_entry_free(entry);
}

static void add_file(rig *r, const char *path, const char *text) {
    add(r, path, S_IFREG | 0644, NULL, text, strlen(text));
}

static nex_status unpack_with(rig *r, uint64_t bytes, uint64_t entries) {
    native_unpack_limits limits = {.bytes = bytes, .entries = entries};
    atomic_bool canceled = false;
    assert_int_equal(archive_write_close(r->writer), ARCHIVE_OK);
    archive_write_free(r->writer);
    r->writer = NULL;
    r->error = (nex_error){0};
    return native_unpack(r->archive, r->to, &limits, &canceled, &r->error);
}

static nex_status unpack(rig *r) {
    return unpack_with(r, native_unpack_default.bytes, native_unpack_default.entries);
}

static void assert_text(const rig *r, const char *path, const char *text) {
    char found[64] = "";
    int fd = openat(r->to, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail_msg("%s is not there", path);
    }
    assert_int_equal(read(fd, found, sizeof found), strlen(text));
    close(fd);
    assert_string_equal(found, text);
}

static mode_t mode_of(const rig *r, const char *path) {
    struct stat info;
    assert_int_equal(fstatat(r->to, path, &info, AT_SYMLINK_NOFOLLOW), 0);
    return info.st_mode;
}

static void honest(rig *r, int (*compress)(struct archive *)) {
    begin(r, compress);
    add(r, "./", S_IFDIR | 0700, NULL, NULL, 0);
    add(r, "bin/", S_IFDIR | 0700, NULL, NULL, 0);
    add(r, "./bin/run", S_IFREG | 04750, NULL, "#!/bin/sh\n", 10);
    add_file(r, "etc/deep/app.conf", "x = 1\n");
    add_file(r, "etc/gr\xc3\xbc\xc3\x9f.txt", "hello");
    add(r, "etc/current", S_IFLNK | 0777, "deep/app.conf", NULL, 0);
    add(r, "etc/up", S_IFLNK | 0777, "../bin/run", NULL, 0);
    add(r, "bin/same", S_IFREG | 0755, "bin/run", NULL, 0);
    if (unpack(r) != NEX_OK) {
        fail_msg("%s", r->error.message);
    }
    assert_text(r, "bin/run", "#!/bin/sh\n");
    assert_text(r, "bin/same", "#!/bin/sh\n");
    assert_text(r, "etc/current", "x = 1\n");
    assert_text(r, "etc/up", "#!/bin/sh\n");
    assert_text(r, "etc/gr\xc3\xbc\xc3\x9f.txt", "hello");
    assert_int_equal(mode_of(r, "bin/run"), S_IFREG | 0755); /* no set-id bits */
    assert_int_equal(mode_of(r, "etc/deep/app.conf"), S_IFREG | 0644);
    assert_int_equal(mode_of(r, "bin"), S_IFDIR | 0755);
}

static void archives_are_unpacked(void **state) {
    honest(*state, NULL);
}

static void compressed_ones_too(void **state) {
    static int (*const filters[])(struct archive *) = {
        archive_write_add_filter_gzip, archive_write_add_filter_xz, archive_write_add_filter_zstd};
    for (size_t i = 0; i < 3; i++) {
        honest(*state, filters[i]); /* each over what the last one left */
    }
}

static void assert_refused(rig *r, nex_status code, const char *words) {
    assert_int_equal(unpack(r), code);
    if (strstr(r->error.message, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", r->error.message, words);
    }
}

static void paths_that_lead_out_are_refused(void **state) {
    rig *r = *state;
    static const char *const paths[] = {"/etc/nex-test", "../out", "a/../../out",
                                        "a/..",          "a//b",   "a/./b"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        begin(r, NULL);
        add_file(r, paths[i], "x");
        assert_refused(r, NEX_EREFUSED, "is not a path below it");
    }
    char out[96];
    snprintf(out, sizeof out, "%s/out", r->path);
    assert_int_equal(access(out, F_OK), -1);
    assert_int_equal(access("/etc/nex-test", F_OK), -1);
}

static void links_that_lead_out_are_refused(void **state) {
    rig *r = *state;
    static const struct {
        const char *path, *target;
    } links[] = {{"l", "/etc/passwd"}, {"l", ".."},      {"l", "../x"},     {"a/l", "../../x"},
                 {"a/l", "b/../../x"}, {"l", "a/../.."}, {"a/l", "../../"}, {"l", "./../x"}};
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        begin(r, NULL);
        add(r, links[i].path, S_IFLNK | 0777, links[i].target, NULL, 0);
        assert_refused(r, NEX_EREFUSED, "out of the archive");
    }
    begin(r, NULL);
    add(r, "h", S_IFREG | 0644, "../archive", NULL, 0);
    assert_refused(r, NEX_EREFUSED, "not one below");
    begin(r, NULL);
    add(r, "h", S_IFREG | 0644, "/etc/passwd", NULL, 0);
    assert_refused(r, NEX_EREFUSED, "not one below");
}

static void nothing_is_written_through_a_link(void **state) {
    rig *r = *state;
    char outside[96];
    snprintf(outside, sizeof outside, "%s/outside", r->path);
    assert_int_equal(mkdir(outside, 0700), 0);
    /* Whoever put it there: the archive, or the workload before. */
    assert_int_equal(symlinkat(outside, r->to, "door"), 0);
    begin(r, NULL);
    add_file(r, "door/file", "x");
    assert_refused(r, NEX_EREFUSED, "a file or a link");
    begin(r, NULL);
    add(r, "door/h", S_IFDIR | 0755, NULL, NULL, 0);
    assert_refused(r, NEX_EREFUSED, "a file or a link");
    /* A link of the archive's own, which stays inside, is no way either. */
    begin(r, NULL);
    add(r, "dir", S_IFDIR | 0755, NULL, NULL, 0);
    add(r, "way", S_IFLNK | 0777, "dir", NULL, 0);
    add_file(r, "way/file", "x");
    assert_refused(r, NEX_EREFUSED, "a file or a link");
    /* A file takes the link's place, not that of its target. */
    char victim[128];
    snprintf(victim, sizeof victim, "%s/victim", outside);
    assert_int_equal(symlinkat(victim, r->to, "name"), 0);
    begin(r, NULL);
    add_file(r, "name", "mine");
    assert_int_equal(unpack(r), NEX_OK);
    assert_true(S_ISREG(mode_of(r, "name")));
    assert_int_equal(access(victim, F_OK), -1);
    begin(r, NULL);
    add(r, "h", S_IFREG | 0644, "door/victim", NULL, 0);
    assert_refused(r, NEX_EREFUSED, "a file or a link");
}

static void devices_and_their_like_are_refused(void **state) {
    rig *r = *state;
    static const mode_t types[] = {S_IFCHR, S_IFIFO, S_IFBLK};
    for (size_t i = 0; i < 3; i++) {
        begin(r, NULL);
        add(r, "dev", types[i] | 0666, NULL, NULL, 0);
        assert_refused(r, NEX_EREFUSED, "neither file, directory nor link");
        assert_int_equal(faccessat(r->to, "dev", F_OK, AT_SYMLINK_NOFOLLOW), -1);
    }
}

static void bombs_do_not_go_off(void **state) {
    enum { LARGE = 4 * 1024 * 1024 };
    rig *r = *state;
    char *zeros = calloc(1, LARGE);
    begin(r, archive_write_add_filter_gzip);
    add(r, "zeros", S_IFREG | 0644, NULL, zeros, LARGE);
    assert_int_equal(unpack_with(r, LARGE - 1, 10), NEX_ELIMIT);
    assert_non_null(strstr(r->error.message, "more than 4194303 bytes"));
    begin(r, NULL);
    add(r, "one", S_IFREG | 0644, NULL, zeros, LARGE / 2);
    add(r, "two", S_IFREG | 0644, NULL, zeros, LARGE / 2);
    assert_int_equal(unpack_with(r, LARGE - 1, 10), NEX_ELIMIT); /* together */
    free(zeros);
    begin(r, NULL);
    for (int i = 0; i < 11; i++) {
        char name[16];
        snprintf(name, sizeof name, "f%d", i);
        add_file(r, name, "");
    }
    assert_int_equal(unpack_with(r, LARGE, 10), NEX_ELIMIT);
    assert_non_null(strstr(r->error.message, "more than 10 entries"));
    /* A hole of a terabyte takes no room on disk, but would where it is copied. */
    struct archive_entry *entry = archive_entry_new();
    begin(r, NULL);
    archive_entry_set_pathname(entry, "hole");
    archive_entry_set_mode(entry, S_IFREG | 0644);
    archive_entry_set_size(entry, (la_int64_t)1 << 40);
    archive_entry_sparse_add_entry(entry, 0, 1);
    assert_int_equal(archive_write_header(r->writer, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(r->writer, "x", 1), 1);
    archive_entry_free(entry);
    assert_int_equal(unpack_with(r, LARGE, 10), NEX_ELIMIT);
}

static void what_is_no_archive_is_refused(void **state) {
    rig *r = *state;
    char text[2000];
    memset(text, 'x', sizeof text);
    native_unpack_limits limits = native_unpack_default;
    atomic_bool canceled = false;
    FILE *file = fopen(r->archive, "we");
    fwrite(text, 1, sizeof text, file);
    fclose(file);
    assert_int_equal(native_unpack(r->archive, r->to, &limits, &canceled, &r->error), NEX_EINVAL);
    /* Cut off in the middle of a file. */
    begin(r, archive_write_add_filter_gzip);
    char *noise = malloc(100000);
    for (size_t i = 0; i < 100000; i++) {
        noise[i] = (char)(i * i % 251);
    }
    add(r, "noise", S_IFREG | 0644, NULL, noise, 100000);
    free(noise);
    archive_write_close(r->writer);
    archive_write_free(r->writer);
    struct stat info;
    assert_int_equal(stat(r->archive, &info), 0);
    assert_int_equal(truncate(r->archive, info.st_size / 2), 0);
    assert_int_equal(native_unpack(r->archive, r->to, &limits, &canceled, &r->error), NEX_EINVAL);
    assert_non_null(strstr(r->error.message, "no sound tar archive"));
}

static void a_canceled_one_ends(void **state) {
    rig *r = *state;
    atomic_bool canceled = true;
    begin(r, NULL);
    add_file(r, "a", "x");
    archive_write_close(r->writer);
    archive_write_free(r->writer);
    assert_int_equal(native_unpack(r->archive, r->to, &native_unpack_default, &canceled, &r->error),
                     NEX_ECANCELED);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(archives_are_unpacked),
        T(compressed_ones_too),
        T(paths_that_lead_out_are_refused),
        T(links_that_lead_out_are_refused),
        T(nothing_is_written_through_a_link),
        T(devices_and_their_like_are_refused),
        T(bombs_do_not_go_off),
        T(what_is_no_archive_is_refused),
        T(a_canceled_one_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
