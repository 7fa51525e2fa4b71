/* Programs that are fetched: from a file and from a NATS object store, checked and cached. */
#include "files.h"
#include "native_run.h"
#include "nats_server.h"

#include <dirent.h>
#include <fcntl.h>
#include <native/artifact.h>
#include <native/artifact_cache.h>
#include <nex/objectstore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

static const char program[] = "#!/bin/sh\necho fetched\n";

static char program_sha256[NATIVE_SHA256_HEX_SIZE];

typedef struct rig {
    nex_loop *loop;
    loop_wait wait;
    char path[64];
    char cache[96];
    char target[96];
    char source[96];
    nex_status status;
    nex_error error;
    size_t busy;
} rig;

static int setup(void **state) {
    rig *r = calloc(1, sizeof *r);
    nex_error err;
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)program, strlen(program));
    sodium_bin2hex(program_sha256, sizeof program_sha256, digest, sizeof digest);
    snprintf(r->path, sizeof r->path, "/tmp/nex-artifact-test-XXXXXX");
    assert_non_null(mkdtemp(r->path));
    snprintf(r->cache, sizeof r->cache, "%s/cache", r->path);
    snprintf(r->target, sizeof r->target, "%s/program", r->path);
    snprintf(r->source, sizeof r->source, "%s/source", r->path);
    assert_int_equal(nex_loop_new(&r->loop, &err), NEX_OK);
    r->wait = (loop_wait){.loop = r->loop};
    *state = r;
    return 0;
}

static int teardown(void **state) {
    rig *r = *state;
    nex_loop_free(r->loop);
    remove_tree(r->path);
    free(r);
    return 0;
}

static void assert_file(const char *path, const char *text) {
    char found[256] = "";
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_true(fread(found, 1, sizeof found - 1, file) > 0);
    fclose(file);
    assert_string_equal(found, text);
}

static size_t files_in(const char *path) {
    DIR *entries = opendir(path);
    size_t count = 0;
    const struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        count += entry->d_name[0] != '.' ? 1 : 0;
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return count;
}

static void on_fetched(void *arg, nex_status status, const nex_error *err) {
    rig *r = arg;
    r->status = status;
    r->error = *err;
    loop_wait_done(&r->wait);
}

static nex_status fetch(rig *r, nex_bus *bus, const char *uri, const char *sha256) {
    native_fetch *started;
    native_fetch_options options = {.loop = r->loop,
                                    .bus = bus,
                                    .uri = uri,
                                    .sha256 = sha256,
                                    .cache = r->cache,
                                    .target = r->target,
                                    .busy = &r->busy};
    nex_status status = native_fetch_start(&started, &options, on_fetched, r, &r->error);
    if (status == NEX_OK) {
        loop_wait_run(&r->wait, "a fetch");
        status = r->status;
    }
    assert_int_equal(r->busy, 0);
    return status;
}

static void a_file_is_checked_and_kept(void **state) {
    rig *r = *state;
    struct stat info;
    write_file(r->source, program);
    assert_int_equal(fetch(r, NULL, r->source, program_sha256), NEX_OK);
    assert_file(r->target, program);
    assert_int_equal(stat(r->target, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0755);
    /* The next workload does not need the source any more. */
    unlink(r->source);
    unlink(r->target);
    assert_int_equal(fetch(r, NULL, r->source, program_sha256), NEX_OK);
    assert_file(r->target, program);
}

static void a_file_that_is_another_is_refused(void **state) {
    rig *r = *state;
    write_file(r->source, "something else");
    assert_int_equal(fetch(r, NULL, r->source, program_sha256), NEX_EREFUSED);
    assert_non_null(strstr(r->error.message, program_sha256));
    assert_non_null(strstr(r->error.message, r->source));
    assert_int_equal(access(r->target, F_OK), -1);
    assert_int_equal(files_in(r->cache), 0);
}

static void a_cached_file_that_was_changed_is_not_used(void **state) {
    rig *r = *state;
    char path[192];
    write_file(r->source, program);
    assert_int_equal(fetch(r, NULL, r->source, program_sha256), NEX_OK);
    snprintf(path, sizeof path, "%s/%s", r->cache, program_sha256);
    assert_file(path, program);
    write_file(path, "changed");
    assert_int_equal(fetch(r, NULL, r->source, program_sha256), NEX_OK);
    assert_file(r->target, program);
}

static void the_cache_is_bounded(void **state) {
    rig *r = *state;
    nex_error err;
    for (int i = 0; i < 5; i++) {
        native_incoming in;
        char content[100];
        char path[192];
        memset(content, 'a' + i, sizeof content);
        assert_int_equal(native_incoming_open(&in, r->cache, &err), NEX_OK);
        assert_int_equal(native_incoming_write(&in, content, sizeof content, &err), NEX_OK);
        char hex[NATIVE_SHA256_HEX_SIZE];
        assert_int_equal(native_incoming_finish(&in, NULL, hex, &err), NEX_OK);
        native_incoming_close(&in);
        assert_int_equal(native_cache_copy(r->cache, hex, r->target, &err), NEX_OK);
        snprintf(path, sizeof path, "%s/%s", r->cache, hex);
        struct timespec times[2] = {{.tv_sec = 1000 + i}, {.tv_sec = 1000 + i}};
        assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    }
    native_cache_clean(r->cache, 250);
    assert_int_equal(files_in(r->cache), 2);
    char last[101];
    memset(last, 'e', 100);
    last[100] = '\0';
    assert_file(r->target, last);
}

static void what_was_never_finished_is_swept_away(void **state) {
    rig *r = *state;
    nex_error err;
    char left[192];
    native_incoming whole;
    native_incoming cut;
    char hex[NATIVE_SHA256_HEX_SIZE];
    assert_int_equal(native_incoming_open(&whole, r->cache, &err), NEX_OK);
    assert_int_equal(native_incoming_write(&whole, "a", 1, &err), NEX_OK);
    assert_int_equal(native_incoming_finish(&whole, NULL, hex, &err), NEX_OK);
    native_incoming_close(&whole);
    /* As a nexlet that is killed leaves it. */
    assert_int_equal(native_incoming_open(&cut, r->cache, &err), NEX_OK);
    snprintf(left, sizeof left, "%s/%s", r->cache, cut.name);
    assert_int_equal(access(left, F_OK), 0);
    native_cache_sweep(r->cache);
    assert_int_equal(access(left, F_OK), -1);
    assert_int_equal(files_in(r->cache), 1);
    native_incoming_close(&cut);
    native_cache_sweep("/no/such/cache");
}

static void uris_name_objects(void **state) {
    (void)state;
    static const struct {
        const char *uri, *bucket, *object;
    } good[] = {{"nats://apps/hello", "apps", "hello_latest"},
                {"nats://apps/hello:1.2", "apps", "hello_1.2"},
                {"nats://apps/hello:", "apps", "hello_latest"},
                {"nats://apps/a/b:c", "apps", "a/b_c"}};
    static const char *const bad[] = {"nats://", "nats://apps", "nats://apps/", "nats:///x",
                                      "nats://apps/:tag"};
    char *bucket;
    char *object;
    nex_error err;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_int_equal(native_artifact_object(good[i].uri, &bucket, &object, &err), NEX_OK);
        assert_string_equal(bucket, good[i].bucket);
        assert_string_equal(object, good[i].object);
        free(bucket);
        free(object);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(native_artifact_object(bad[i], &bucket, &object, &err), NEX_EINVAL);
    }
}

static nex_status give_program(void *arg, void *buf, size_t size, size_t *len, nex_error *err) {
    size_t *given = arg;
    (void)err;
    *len = *given == 0 ? strlen(program) : 0;
    assert_true(size >= *len);
    memcpy(buf, program, *len);
    *given += *len;
    return NEX_OK;
}

typedef struct put_state {
    size_t given;
    rig *rig;
} put_state;

static void on_put(void *arg, nex_status status, const nex_error *err) {
    on_fetched(((put_state *)arg)->rig, status, err);
}

static nex_status give(void *arg, void *buf, size_t size, size_t *len, nex_error *err) {
    return give_program(&((put_state *)arg)->given, buf, size, len, err);
}

static void an_object_is_fetched_once(void **state) {
    rig *r = *state;
    nex_error err;
    nats_server *server = nats_server_start(&(nats_server_options){.jetstream = true});
    const char *url = nats_server_url(server);
    nex_bus *bus;
    nex_objectstore *store;
    nex_bus_options connection = {.servers = &url, .server_count = 1};
    nex_objectstore_options options = {.bucket = "apps"};
    put_state put = {.rig = r};
    assert_int_equal(nex_bus_connect(&bus, r->loop, &connection, &err), NEX_OK);
    assert_int_equal(fetch(r, bus, "nats://apps/hello", NULL), NEX_ENOTFOUND);
    assert_int_equal(nex_objectstore_new(&store, bus, &options, &err), NEX_OK);
    assert_int_equal(nex_objectstore_create(store, on_put, &put), NEX_OK);
    loop_wait_run(&r->wait, "the store");
    assert_int_equal(nex_objectstore_put(store, "hello_latest", "", give, on_put, &put), NEX_OK);
    loop_wait_run(&r->wait, "the object");
    assert_int_equal(r->status, NEX_OK);
    assert_int_equal(fetch(r, bus, "nats://apps/hello", NULL), NEX_OK);
    assert_file(r->target, program);
    assert_int_equal(files_in(r->cache), 1);
    assert_int_equal(fetch(r, bus, "nats://apps/hello:latest", program_sha256), NEX_OK);
    assert_int_equal(files_in(r->cache), 1);
    char other[NATIVE_SHA256_HEX_SIZE];
    memset(other, '0', sizeof other - 1);
    other[sizeof other - 1] = '\0';
    assert_int_equal(fetch(r, bus, "nats://apps/hello", other), NEX_EREFUSED);
    nex_objectstore_free(store);
    nex_bus_close(bus);
    nats_server_stop(server);
}

static void a_canceled_fetch_tells_nothing(void **state) {
    rig *r = *state;
    native_fetch *started;
    write_file(r->source, program);
    native_fetch_options options = {.loop = r->loop,
                                    .uri = r->source,
                                    .sha256 = program_sha256,
                                    .cache = r->cache,
                                    .target = r->target,
                                    .busy = &r->busy};
    r->status = NEX_EINTERNAL;
    assert_int_equal(native_fetch_start(&started, &options, on_fetched, r, &r->error), NEX_OK);
    native_fetch_cancel(started);
    while (r->busy > 0) {
        uv_run(nex_loop_uv(r->loop), UV_RUN_ONCE);
    }
    assert_int_equal(r->status, NEX_EINTERNAL);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_file_is_checked_and_kept),
        T(a_file_that_is_another_is_refused),
        T(a_cached_file_that_was_changed_is_not_used),
        T(the_cache_is_bounded),
        T(what_was_never_finished_is_swept_away),
        T(uris_name_objects),
        T(an_object_is_fetched_once),
        T(a_canceled_fetch_tells_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
