/* Artifacts by https, from a real server with a certificate of its own. */
#include "files.h"
#include "loop_wait.h"

#include <dirent.h>
#include <native/artifact.h>
#include <native/artifact_cache.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char body[] = "#!/bin/sh\necho fetched\n";

typedef struct rig {
    nex_loop *loop;
    loop_wait wait;
    char path[64];
    char cache[96];
    char target[96];
    char authority[96];
    pid_t server;
    int server_stdin;
    int port;
    nex_status status;
    nex_error error;
    uint64_t bytes;
    uint64_t total;
    native_fetch *fetch;
    size_t busy;
} rig;

extern char **environ;

static void start_server(rig *r) {
    char *argv[] = {(char *)(uintptr_t) "python3", (char *)(uintptr_t)NEX_HTTPS_SERVER, r->path,
                    NULL};
    posix_spawn_file_actions_t actions;
    int in[2];
    int out[2];
    assert_int_equal(pipe(in) | pipe(out), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    for (size_t i = 0; i < 2; i++) {
        posix_spawn_file_actions_addclose(&actions, in[i]);
        posix_spawn_file_actions_addclose(&actions, out[i]);
    }
    assert_int_equal(posix_spawnp(&r->server, argv[0], &actions, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    r->server_stdin = in[1];
    FILE *said = fdopen(out[0], "re");
    assert_int_equal(fscanf(said, "%d", &r->port), 1);
    fclose(said);
}

static int set_up(void **state) {
    rig *r = calloc(1, sizeof *r);
    nex_error err;
    snprintf(r->path, sizeof r->path, "/tmp/nex-https-test-XXXXXX");
    assert_non_null(mkdtemp(r->path));
    snprintf(r->cache, sizeof r->cache, "%s/cache", r->path);
    snprintf(r->target, sizeof r->target, "%s/program", r->path);
    snprintf(r->authority, sizeof r->authority, "%s/ca.pem", r->path);
    assert_int_equal(nex_loop_new(&r->loop, &err), NEX_OK);
    r->wait = (loop_wait){.loop = r->loop};
    start_server(r);
    setenv("SSL_CERT_FILE", r->authority, 1);
    *state = r;
    return 0;
}

static int tear_down(void **state) {
    rig *r = *state;
    close(r->server_stdin);
    waitpid(r->server, NULL, 0);
    nex_loop_free(r->loop);
    remove_tree(r->path);
    free(r);
    return 0;
}

static void on_fetched(void *arg, nex_status status, const nex_error *err) {
    rig *r = arg;
    r->status = status;
    r->error = *err;
    native_fetch_count(r->fetch, &r->bytes, &r->total);
    loop_wait_done(&r->wait);
}

static nex_status fetch(rig *r, const char *path, const char *sha256) {
    char uri[128];
    snprintf(uri, sizeof uri, "https://127.0.0.1:%d%s", r->port, path);
    native_fetch_options options = {.loop = r->loop,
                                    .uri = uri,
                                    .sha256 = sha256,
                                    .cache = r->cache,
                                    .target = r->target,
                                    .busy = &r->busy};
    (void)unlink(r->target);
    assert_int_equal(native_fetch_start(&r->fetch, &options, on_fetched, r, &r->error), NEX_OK);
    loop_wait_run(&r->wait, "a fetch");
    return r->status;
}

static void assert_says(const rig *r, const char *words) {
    if (strstr(r->error.message, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", r->error.message, words);
    }
}

/* Nothing is left of what was refused, neither in the cache nor at the target. */
static void assert_nothing_kept(const rig *r) {
    DIR *entries = opendir(r->cache);
    const struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        assert_int_equal(entry->d_name[0], '.');
    }
    if (entries != NULL) {
        closedir(entries);
    }
    assert_int_equal(access(r->target, F_OK), -1);
}

static void what_is_served_well_is_taken(void **state) {
    rig *r = *state;
    char found[64] = "";
    char digest[NATIVE_SHA256_HEX_SIZE];
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)body, strlen(body));
    sodium_bin2hex(digest, sizeof digest, hash, sizeof hash);
    if (fetch(r, "/good", digest) != NEX_OK) {
        fail_msg("%s", r->error.message);
    }
    FILE *file = fopen(r->target, "re");
    assert_non_null(file);
    assert_int_equal(fread(found, 1, sizeof found, file), strlen(body));
    fclose(file);
    assert_string_equal(found, body);
    assert_int_equal(r->bytes, strlen(body));
    assert_int_equal(fetch(r, "/to-good", NULL), NEX_OK);
    assert_int_equal(access(r->target, X_OK), 0);
}

static void what_is_served_badly_is_refused(void **state) {
    rig *r = *state;
    char other[NATIVE_SHA256_HEX_SIZE];
    memset(other, '0', sizeof other - 1);
    other[sizeof other - 1] = '\0';
    assert_int_equal(fetch(r, "/truncated", NULL), NEX_EUNREACHABLE);
    assert_nothing_kept(r);
    assert_int_equal(fetch(r, "/missing", NULL), NEX_EUNREACHABLE);
    assert_says(r, "404");
    assert_int_equal(fetch(r, "/good", other), NEX_EREFUSED);
    assert_says(r, other);
    assert_nothing_kept(r);
}

static void nothing_but_https_is_followed(void **state) {
    rig *r = *state;
    assert_int_equal(fetch(r, "/to-http", NULL), NEX_EUNREACHABLE);
    assert_says(r, "http");
    assert_int_equal(fetch(r, "/to-file", NULL), NEX_EUNREACHABLE);
    assert_int_equal(fetch(r, "/round", NULL), NEX_EUNREACHABLE);
    assert_says(r, "redirect");
    assert_nothing_kept(r);
}

static void a_server_that_nobody_vouches_for_is_refused(void **state) {
    rig *r = *state;
    unsetenv("SSL_CERT_FILE");
    assert_int_equal(fetch(r, "/good", NULL), NEX_EUNREACHABLE);
    assert_says(r, "certificate");
    setenv("SSL_CERT_FILE", "/no/such/file", 1);
    assert_int_equal(fetch(r, "/good", NULL), NEX_EUNREACHABLE);
    assert_nothing_kept(r);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(what_is_served_well_is_taken),
        T(what_is_served_badly_is_refused),
        T(nothing_but_https_is_followed),
        T(a_server_that_nobody_vouches_for_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
