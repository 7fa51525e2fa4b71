/* Key-value buckets on a real nats-server with JetStream. */
#include <nex/kv.h>

#include "loop_wait.h"
#include "nats_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    nats_server *server;
    nex_loop *loop;
    nex_bus *bus;
    nex_kv *kv;
    loop_wait wait;
    nex_status status;
    nex_error err;
    int ends;
    char value[128];
    uint64_t revision;
    char seen[4096]; /* key=value; of a list, in its order */
} fixture;

static int start_server(void **state) {
    *state = nats_server_start(
        &(nats_server_options){.jetstream = true, .config = "jetstream { domain: hub }\n"});
    return 0;
}

static int stop_server(void **state) {
    nats_server_stop(*state);
    return 0;
}

static void connect_to(fixture *f, nats_server *server) {
    nex_error err;
    memset(f, 0, sizeof *f);
    f->server = server;
    assert_int_equal(nex_loop_new(&f->loop, &err), NEX_OK);
    f->wait.loop = f->loop;
    const char *url = nats_server_url(server);
    nex_bus_options options = {.servers = &url, .server_count = 1};
    if (nex_bus_connect(&f->bus, f->loop, &options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
}

static void on_done(void *arg, nex_status status, const nex_error *err) {
    fixture *f = arg;
    f->status = status;
    f->err = *err;
    f->ends++;
    loop_wait_done(&f->wait);
}

static void on_got(void *arg, nex_status status, const nex_kv_entry *entry, const nex_error *err) {
    fixture *f = arg;
    assert_true((status == NEX_OK) == (entry != NULL));
    if (entry != NULL) {
        snprintf(f->value, sizeof f->value, "%s=%.*s", entry->key, (int)entry->len,
                 (const char *)entry->value);
        f->revision = entry->revision;
    }
    on_done(arg, status, err);
}

static void on_entry(void *arg, const nex_kv_entry *entry) {
    fixture *f = arg;
    size_t used = strlen(f->seen);
    snprintf(f->seen + used, sizeof f->seen - used, "%s=%.*s;", entry->key, (int)entry->len,
             (const char *)entry->value);
}

static void open_bucket(fixture *f, const nex_kv_options *options) {
    assert_int_equal(nex_kv_new(&f->kv, f->bus, options, &f->err), NEX_OK);
    assert_int_equal(nex_kv_create(f->kv, on_done, f), NEX_OK);
    loop_wait_run(&f->wait, "the bucket");
    if (f->status != NEX_OK) {
        fail_msg("%s", f->err.message);
    }
}

static void tear_down(fixture *f) {
    nex_kv_free(f->kv);
    nex_bus_close(f->bus);
    nex_loop_free(f->loop);
}

static nex_status put(fixture *f, const char *key, const char *value) {
    assert_int_equal(nex_kv_put(f->kv, key, value, strlen(value), on_done, f), NEX_OK);
    loop_wait_run(&f->wait, "put");
    return f->status;
}

static nex_status get(fixture *f, const char *key) {
    f->value[0] = '\0';
    assert_int_equal(nex_kv_get(f->kv, key, on_got, f), NEX_OK);
    loop_wait_run(&f->wait, "get");
    return f->status;
}

static const char *list(fixture *f) {
    f->seen[0] = '\0';
    assert_int_equal(nex_kv_list(f->kv, on_entry, on_done, f), NEX_OK);
    loop_wait_run(&f->wait, "list");
    if (f->status != NEX_OK) {
        fail_msg("%s", f->err.message);
    }
    return f->seen;
}

static void what_is_put_can_be_got(void **state) {
    fixture f;
    connect_to(&f, *state);
    open_bucket(&f, &(nex_kv_options){.bucket = "basic"});
    assert_int_equal(get(&f, "native_1"), NEX_ENOTFOUND);
    assert_non_null(strstr(f.err.message, "key-value bucket basic: get native_1: "
                                          "it does not exist"));
    assert_int_equal(put(&f, "native_1", "one"), NEX_OK);
    assert_int_equal(get(&f, "native_1"), NEX_OK);
    assert_string_equal(f.value, "native_1=one");
    uint64_t first = f.revision;
    assert_int_equal(put(&f, "native_1", ""), NEX_OK);
    assert_int_equal(get(&f, "native_1"), NEX_OK);
    assert_string_equal(f.value, "native_1=");
    assert_true(f.revision > first);
    tear_down(&f);
}

static void deleted_and_purged_keys_are_gone(void **state) {
    fixture f;
    connect_to(&f, *state);
    open_bucket(&f, &(nex_kv_options){.bucket = "gone"});
    assert_int_equal(put(&f, "a", "1"), NEX_OK);
    assert_int_equal(put(&f, "b", "2"), NEX_OK);
    assert_int_equal(put(&f, "c", "3"), NEX_OK);
    assert_int_equal(nex_kv_delete(f.kv, "a", on_done, &f), NEX_OK);
    loop_wait_run(&f.wait, "delete");
    assert_int_equal(f.status, NEX_OK);
    assert_int_equal(nex_kv_purge(f.kv, "b", on_done, &f), NEX_OK);
    loop_wait_run(&f.wait, "purge");
    assert_int_equal(f.status, NEX_OK);
    assert_int_equal(nex_kv_purge(f.kv, "never-was", on_done, &f), NEX_OK);
    loop_wait_run(&f.wait, "purge");
    assert_int_equal(f.status, NEX_OK);
    assert_int_equal(get(&f, "a"), NEX_ENOTFOUND);
    assert_int_equal(get(&f, "b"), NEX_ENOTFOUND);
    assert_string_equal(list(&f), "c=3;");
    tear_down(&f);
}

static void a_list_has_every_key_once(void **state) {
    enum { KEYS = 300 };
    fixture f;
    connect_to(&f, *state);
    open_bucket(&f, &(nex_kv_options){.bucket = "many", .history = 3});
    assert_string_equal(list(&f), "");
    char want[4096] = "";
    for (int i = 0; i < KEYS; i++) {
        char key[16];
        snprintf(key, sizeof key, "k%d", i);
        assert_int_equal(nex_kv_put(f.kv, key, "old", 3, on_done, &f), NEX_OK);
        assert_int_equal(nex_kv_put(f.kv, key, "v", 1, on_done, &f), NEX_OK);
        size_t used = strlen(want);
        snprintf(want + used, sizeof want - used, "%s=v;", key);
    }
    f.ends = 0;
    while (f.ends < 2 * KEYS) { /* all at once in flight */
        loop_wait_run(&f.wait, "all puts");
        assert_int_equal(f.status, NEX_OK);
    }
    assert_string_equal(list(&f), want);
    tear_down(&f);
}

static void an_existing_bucket_is_taken_as_it_is(void **state) {
    fixture f;
    connect_to(&f, *state);
    open_bucket(&f, &(nex_kv_options){.bucket = "twice", .max_value_size = 10});
    assert_int_equal(put(&f, "k", "v"), NEX_OK);
    nex_kv_free(f.kv);
    open_bucket(&f, &(nex_kv_options){.bucket = "twice", .max_value_size = 10});
    nex_kv_free(f.kv);
    open_bucket(&f, &(nex_kv_options){.bucket = "twice", .max_value_size = 20});
    assert_int_equal(get(&f, "k"), NEX_OK);
    assert_string_equal(f.value, "k=v");
    tear_down(&f);
}

static void limits_are_the_buckets(void **state) {
    fixture f;
    connect_to(&f, *state);
    open_bucket(&f, &(nex_kv_options){.bucket = "small", .max_value_size = 100});
    char big[200];
    memset(big, 'x', sizeof big);
    assert_int_equal(nex_kv_put(f.kv, "k", big, sizeof big, on_done, &f), NEX_OK);
    loop_wait_run(&f.wait, "put");
    assert_int_equal(f.status, NEX_ELIMIT);
    assert_non_null(strstr(f.err.message, "small: put k:"));
    assert_int_equal(put(&f, "k", "short"), NEX_OK);
    tear_down(&f);
}

static void bad_names_are_refused(void **state) {
    fixture f;
    connect_to(&f, *state);
    nex_kv_options bad = {.bucket = "no.dots"};
    assert_int_equal(nex_kv_new(&f.kv, f.bus, &bad, &f.err), NEX_EINVAL);
    assert_null(f.kv);
    assert_non_null(strstr(f.err.message, "no.dots"));
    open_bucket(&f, &(nex_kv_options){.bucket = "names"});
    const char *keys[] = {"", ".a", "a.", "a..b", "a b", "a*", ">", "a\"b"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        assert_int_equal(nex_kv_put(f.kv, keys[i], "", 0, on_done, &f), NEX_EINVAL);
        assert_int_equal(nex_kv_get(f.kv, keys[i], on_got, &f), NEX_EINVAL);
    }
    assert_int_equal(put(&f, "a.b/c_d=e-f", "v"), NEX_OK);
    assert_int_equal(get(&f, "a.b/c_d=e-f"), NEX_OK);
    tear_down(&f);
}

static void a_missing_bucket_is_said_to_be_missing(void **state) {
    fixture f;
    connect_to(&f, *state);
    nex_kv_options options = {.bucket = "missing"};
    assert_int_equal(nex_kv_new(&f.kv, f.bus, &options, &f.err), NEX_OK);
    assert_int_equal(put(&f, "k", "v"), NEX_ENOTFOUND);
    assert_non_null(strstr(f.err.message, "no such bucket"));
    assert_int_equal(get(&f, "k"), NEX_ENOTFOUND);
    assert_non_null(strstr(f.err.message, "key-value bucket missing does not exist"));
    assert_int_equal(nex_kv_list(f.kv, on_entry, on_done, &f), NEX_OK);
    loop_wait_run(&f.wait, "list");
    assert_int_equal(f.status, NEX_ENOTFOUND);
    tear_down(&f);
}

static void on_made(void *arg, nex_status status, const nex_msg *reply) {
    fixture *f = arg;
    assert_int_equal(status, NEX_OK);
    assert_null(memmem(reply->data, reply->len, "\"error\"", 7));
    loop_wait_done(&f->wait);
}

static void a_bucket_without_direct_get_works(void **state) {
    static const char config[] = "{\"name\":\"KV_old\",\"subjects\":[\"$KV.old.>\"],"
                                 "\"max_msgs_per_subject\":1,\"allow_rollup_hdrs\":true}";
    fixture f;
    connect_to(&f, *state);
    nex_msg msg = {
        .subject = "$JS.API.STREAM.CREATE.KV_old", .data = config, .len = sizeof config - 1};
    assert_int_equal(nex_bus_request(f.bus, &msg, 10 * NEX_SECOND, on_made, &f, NULL), NEX_OK);
    loop_wait_run(&f.wait, "the stream");
    nex_kv_options options = {.bucket = "old"};
    assert_int_equal(nex_kv_new(&f.kv, f.bus, &options, &f.err), NEX_OK);
    assert_int_equal(get(&f, "k"), NEX_ENOTFOUND);
    assert_int_equal(put(&f, "k", "value"), NEX_OK);
    assert_int_equal(get(&f, "k"), NEX_OK);
    assert_string_equal(f.value, "k=value");
    assert_int_equal(nex_kv_purge(f.kv, "k", on_done, &f), NEX_OK);
    loop_wait_run(&f.wait, "purge");
    assert_int_equal(get(&f, "k"), NEX_ENOTFOUND);
    tear_down(&f);
}

static void a_domain_is_reached_by_its_name(void **state) {
    fixture f;
    connect_to(&f, *state);
    open_bucket(&f, &(nex_kv_options){.bucket = "far", .domain = "hub"});
    assert_int_equal(put(&f, "k", "v"), NEX_OK);
    assert_int_equal(get(&f, "k"), NEX_OK);
    assert_string_equal(f.value, "k=v");
    assert_string_equal(list(&f), "k=v;");
    nex_kv_free(f.kv);
    nex_kv_options other = {.bucket = "far", .domain = "elsewhere"};
    assert_int_equal(nex_kv_new(&f.kv, f.bus, &other, &f.err), NEX_OK);
    assert_int_equal(get(&f, "k"), NEX_EUNSUPPORTED);
    assert_non_null(strstr(f.err.message, "$JS.elsewhere.API."));
    tear_down(&f);
}

static void freeing_silences_all_operations(void **state) {
    fixture f;
    connect_to(&f, *state);
    open_bucket(&f, &(nex_kv_options){.bucket = "silent"});
    assert_int_equal(put(&f, "k", "v"), NEX_OK);
    f.ends = 0;
    assert_int_equal(nex_kv_put(f.kv, "k", "w", 1, on_done, &f), NEX_OK);
    assert_int_equal(nex_kv_get(f.kv, "k", on_got, &f), NEX_OK);
    assert_int_equal(nex_kv_list(f.kv, on_entry, on_done, &f), NEX_OK);
    nex_kv_free(f.kv);
    open_bucket(&f, &(nex_kv_options){.bucket = "silent"}); /* after all answers came */
    assert_int_equal(f.ends, 1);
    tear_down(&f);
}

static void without_jetstream_it_says_so(void **state) {
    (void)state;
    nats_server *server = nats_server_start(NULL);
    fixture f;
    connect_to(&f, server);
    nex_kv_options options = {.bucket = "none"};
    assert_int_equal(nex_kv_new(&f.kv, f.bus, &options, &f.err), NEX_OK);
    assert_int_equal(nex_kv_create(f.kv, on_done, &f), NEX_OK);
    loop_wait_run(&f.wait, "create");
    assert_int_equal(f.status, NEX_EUNSUPPORTED);
    assert_non_null(strstr(f.err.message, "JetStream is not enabled"));
    tear_down(&f);
    nats_server_stop(server);
}

static void an_account_without_jetstream_says_so(void **state) {
    (void)state;
    nats_server *server = nats_server_start(&(nats_server_options){
        .jetstream = true,
        .config = "accounts { A { users: [{user: a, password: b}] }, SYS {} }\n"
                  "system_account: SYS\nno_auth_user: a\n"});
    fixture f;
    connect_to(&f, server);
    nex_kv_options options = {.bucket = "none"};
    assert_int_equal(nex_kv_new(&f.kv, f.bus, &options, &f.err), NEX_OK);
    assert_int_equal(nex_kv_create(f.kv, on_done, &f), NEX_OK);
    loop_wait_run(&f.wait, "create");
    assert_int_equal(f.status, NEX_EUNSUPPORTED);
    assert_non_null(strstr(f.err.message, "not enabled"));
    tear_down(&f);
    nats_server_stop(server);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_can_be_got),
        cmocka_unit_test(deleted_and_purged_keys_are_gone),
        cmocka_unit_test(a_list_has_every_key_once),
        cmocka_unit_test(an_existing_bucket_is_taken_as_it_is),
        cmocka_unit_test(limits_are_the_buckets),
        cmocka_unit_test(bad_names_are_refused),
        cmocka_unit_test(a_missing_bucket_is_said_to_be_missing),
        cmocka_unit_test(a_bucket_without_direct_get_works),
        cmocka_unit_test(a_domain_is_reached_by_its_name),
        cmocka_unit_test(freeing_silences_all_operations),
        cmocka_unit_test(without_jetstream_it_says_so),
        cmocka_unit_test(an_account_without_jetstream_says_so),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
