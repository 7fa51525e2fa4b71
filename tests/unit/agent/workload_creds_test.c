/* What a workload gets of its credentials: a creds file, a memory file, environment. */
#include <nex/agent.h>
#include <nex/keys.h>

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static nex_nats_connection_data creds = {.nats_user_jwt = (char *)"a.b.c",
                                         .nats_user_seed = (char *)"SUSEED"};

static char *read_all(int fd, size_t *len) {
    char *text = calloc(1, 4096);
    assert_non_null(text);
    ssize_t n = read(fd, text, 4095);
    assert_true(n > 0);
    *len = (size_t)n;
    return text;
}

/* It is a creds file of these credentials. */
static void assert_holds_creds(int fd) {
    size_t len = 0;
    nex_buf wanted = NEX_BUF_INIT;
    char *text = read_all(fd, &len);
    assert_int_equal(nex_creds_format(creds.nats_user_jwt, creds.nats_user_seed, &wanted), NEX_OK);
    assert_int_equal(len, wanted.len);
    assert_memory_equal(text, wanted.data, len);
    nex_buf_free(&wanted);
    free(text);
}

static void test_a_file_of_its_owner_alone(void **state) {
    (void)state;
    char dir[] = "/tmp/nex-creds-XXXXXX";
    char path[64];
    nex_error err;
    struct stat info;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/creds", dir);
    /* In place of an older one that others could read; who has that open keeps it. */
    int old = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    assert_true(old >= 0);
    assert_int_equal(nex_workload_creds_file(&creds, path, &err), NEX_OK);
    assert_int_equal(fstat(old, &info), 0);
    assert_int_equal(info.st_size, 0);
    close(old);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_holds_creds(fd);
    close(fd);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0); /* nothing else was left */
    assert_int_equal(nex_workload_creds_file(&creds, path, &err), NEX_EIO);
    assert_non_null(strstr(err.message, path));
    assert_null(strstr(err.message, "SUSEED"));
}

static void test_a_memory_file_that_nobody_changes(void **state) {
    (void)state;
    int fd = -1;
    nex_error err;
    assert_int_equal(nex_workload_creds_memfd(&creds, &fd, &err), NEX_OK);
    assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    assert_holds_creds(fd);
    assert_true(write(fd, "x", 1) < 0);
    assert_true(ftruncate(fd, 0) < 0);
    close(fd);
}

static void test_without_a_jwt_there_is_neither(void **state) {
    (void)state;
    const nex_nats_connection_data none = {0};
    int fd = 0;
    nex_error err;
    assert_int_equal(nex_workload_creds_file(&none, "/nowhere/creds", &err), NEX_ENOTFOUND);
    assert_int_equal(nex_workload_creds_memfd(&none, &fd, &err), NEX_ENOTFOUND);
    assert_int_equal(fd, -1);
}

static void test_environment(void **state) {
    (void)state;
    char *servers[] = {(char *)"nats://a:1", (char *)"nats://b:2"};
    nex_nats_connection_data data = creds;
    nex_string_list out = {0};
    data.nats_servers.items = servers;
    data.nats_servers.count = 2;
    assert_int_equal(nex_workload_creds_environment(&data, &out), NEX_OK);
    assert_int_equal(out.count, 3);
    assert_string_equal(out.items[0], "NEX_WORKLOAD_NATS_SERVERS=nats://a:1,nats://b:2");
    assert_string_equal(out.items[1], "NEX_WORKLOAD_NATS_NKEY=SUSEED");
    assert_string_equal(out.items[2], "NEX_WORKLOAD_NATS_B64_JWT=YS5iLmM=");
    nex_string_list_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_of_its_owner_alone),
        cmocka_unit_test(test_a_memory_file_that_nobody_changes),
        cmocka_unit_test(test_without_a_jwt_there_is_neither),
        cmocka_unit_test(test_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
