/*
 * Credentials of a workload in time: renewed while it runs, and taken back by the operator after
 * it has been stopped. A program that runs is never told; it reads its creds file again.
 */
#include "secured_run.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static secured_run run;

static int begin(void **state) {
    secured_run *s = &run;
    *state = s;
    secured_begin(s, true);
    const char *creds = secured_file(s, "admin.creds", s->mode.admin_creds.data);
    secured_server(s, NULL);
    s->words[0] = "--nats.creds-file";
    s->words[1] = creds;
    s->nexlet_words[0] = "--nats.creds";
    s->nexlet_words[1] = creds;
    s->connection.creds_file = creds;
    secured_connect(s);
    return 0;
}

static int end(void **state) {
    secured_end(*state);
    return 0;
}

static void start_nodes(secured_run *s, const char *lifetime) {
    char seed[NEX_KEY_TEXT_SIZE];
    assert_int_equal(nex_key_seed(s->mode.signing_key, seed), NEX_OK);
    SECURED_NODES(s, "--issuer-signing-key", seed, "--issuer-signing-key-root-account",
                  nex_key_public(s->mode.account), "--workload-credentials-lifetime", lifetime);
}

/* The user's public key in the workload's creds file, whose path is told too. */
static void read_user(secured_run *s, const char *id, char path[256], char user[128]) {
    char text[8192];
    nex_buf jwt = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;
    nex_jwt *decoded = NULL;
    snprintf(path, 256, "%s/native/workloads/%s/work/nats.creds", s->nexus.dir, id);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    size_t len = fread(text, 1, sizeof text, file);
    fclose(file);
    assert_int_equal(nex_creds_parse(text, len, &jwt, &seed, NULL), NEX_OK);
    assert_int_equal(nex_jwt_decode(&decoded, jwt.data, jwt.len, NULL), NEX_OK);
    assert_string_equal(nex_jwt_name(decoded), id);
    snprintf(user, 128, "%s", nex_jwt_subject(decoded));
    nex_jwt_free(decoded);
    nex_buf_wipe(&jwt);
    nex_buf_wipe(&seed);
}

static void a_workload_outlives_its_credentials(void **state) {
    secured_run *s = *state;
    char id[NEX_ID_SIZE];
    char path[256];
    char first[128];
    char second[128];
    struct stat info;
    start_nodes(s, "10s");
    secured_workload(s, "", id);
    secured_wait_output(s, "ready with a creds file", 1);
    read_user(s, id, path, first);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    /* nats-server ends the connection when the first ones expire. */
    secured_wait_output(s, "disconnected\nconnected\n", 1);
    secured_hello(s);
    read_user(s, id, path, second);
    assert_string_not_equal(first, second);
    free(SECURED_NEX(s, "--namespace", "default", "workload", "stop", id));
    assert_int_not_equal(stat(path, &info), 0);
}

static void on_state(void *arg, nex_bus_state state) {
    secured_run *s = arg;
    if (state == NEX_BUS_DISCONNECTED || state == NEX_BUS_CLOSED) {
        loop_wait_done(&s->nexus.wait);
    }
}

static void an_operator_takes_credentials_back(void **state) {
    secured_run *s = *state;
    char id[NEX_ID_SIZE];
    char path[256];
    char user[128];
    char copy[192];
    char command[512];
    nex_error err;
    nex_bus *bus = NULL;
    start_nodes(s, "24h");
    secured_workload(s, "", id);
    secured_wait_output(s, "ready with a creds file", 1);
    read_user(s, id, path, user);
    snprintf(copy, sizeof copy, "%s/stolen.creds", s->nexus.dir);
    snprintf(command, sizeof command, "cp %s %s", path, copy);
    assert_int_equal(system(command), 0);
    free(SECURED_NEX(s, "--namespace", "default", "workload", "stop", id));
    /* Stopping ends their renewal, no more: whoever copied them connects until they expire. */
    const char *url = nats_server_url(s->nexus.server);
    nex_bus_options stolen = {
        .servers = &url, .server_count = 1, .creds_file = copy, .on_state = on_state, .arg = s};
    assert_int_equal(nex_bus_connect(&bus, s->nexus.loop, &stolen, &err), NEX_OK);
    /* The node's log says which user it is. */
    char line[256];
    snprintf(line, sizeof line, "credentials minted for=%s nats_user=%s", id, user);
    assert_int_equal(process_count_log(&s->node.process, line), 1);
    operator_mode_revoke(&s->mode, user);
    nats_server_reload(s->nexus.server, s->mode.config.data);
    loop_wait_run(&s->nexus.wait, "the stolen connection to end");
    nex_bus_close(bus);
    stolen.on_state = NULL;
    assert_int_equal(nex_bus_connect(&bus, s->nexus.loop, &stolen, &err), NEX_EREFUSED);
    /* Everybody else goes on. */
    secured_workload(s, "", id);
    secured_wait_output(s, "ready with a creds file", 2);
    secured_hello(s);
    free(SECURED_NEX(s, "--namespace", "default", "workload", "stop", id));
}

/* Whoever runs it, and however it is shut in, a program can read its file. */
static void every_program_reaches_its_file(void **state) {
    secured_run *s = *state;
    static const char *const settings[] = {"", ",\"isolation\":\"strict\"", ",\"user\":\"dynamic\"",
                                           ",\"user\":\"dynamic\",\"isolation\":\"strict\""};
    size_t count = geteuid() == 0 ? 4 : 2;
    unsigned skipped = 0;
    start_nodes(s, "24h");
    for (size_t i = 0; i < count; i++) {
        char request[512];
        char id[NEX_ID_SIZE];
        snprintf(request, sizeof request,
                 "{\"uri\":\"file:///bin/sh\",\"argv\":[\"-c\",\"read -r line "
                 "<$NEX_WORKLOAD_NATS_CREDS && echo it begins: $line; exec sleep 1000\"]%s}",
                 settings[i]);
        start_of what = {.name = "reader", .run = request};
        outcome o = workload_start(&s->nexus, what, id);
        if (o.status != NEX_OK) {
            /* Not every kernel lets everything be shut in. */
            print_message("%s: %s %s\n", settings[i], o.message, o.reasons);
            assert_true(i > 0);
            assert_non_null(strstr(o.reasons, i == 2 ? "user" : "isolat"));
            skipped++;
            continue;
        }
        secured_wait_output(s, "it begins: -----BEGIN NATS USER JWT-----",
                            (unsigned)(i + 1) - skipped);
        assert_went_well(workload_stop(&s->nexus, id));
    }
}

int main(void) {
    cmocka_set_test_filter(getenv("ONLY"));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_workload_outlives_its_credentials, begin, end),
        cmocka_unit_test_setup_teardown(every_program_reaches_its_file, begin, end),
        cmocka_unit_test_setup_teardown(an_operator_takes_credentials_back, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
