/*
 * The nexlet against a real nats-server; the test plays the node. Each test starts a server of
 * its own on a free port and waits for events, never for a time.
 */
#include "agent.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define NODE  "NTEST"
#define AGENT "ATEST"
#define START_REQUEST "{\"label\":\"text\"}"

typedef struct fixture {
    pid_t server;
    char url[64];
    nex_loop *loop;
    nex_bus *node;
    nex_subscription *registrations;
    nex_subscription *heartbeats;
    nex_subscription *outputs;
    noop_agent *agent;
    nex_agent *runner;
    nex_agent_ops ops;
    const char *existing; /* existing_state of the answer to REGISTER */
    bool connected;
    bool registered;
    bool replied;
    nex_status status;
    char *reply;
    char *output;
} fixture;

static fixture *current; /* for the callback `registered`, which gets the nexlet's own self */

/* ---- Waiting ------------------------------------------------------------------------------ */

static void give_up(void *arg) {
    nex_loop_stop(arg);
}

static void done(fixture *f, bool *flag) {
    *flag = true;
    nex_loop_stop(f->loop);
}

static void wait_for(fixture *f, const bool *flag, const char *what) {
    nex_timer *timer = NULL;
    assert_int_equal(nex_timer_new(f->loop, &timer, give_up, f->loop), NEX_OK);
    nex_timer_start(timer, 20 * NEX_SECOND, 0);
    while (!*flag && nex_timer_active(timer)) {
        nex_loop_run(f->loop);
    }
    nex_timer_free(timer);
    if (!*flag) {
        fail_msg("waited 20 s for %s", what);
    }
}

static void on_state(void *arg, nex_bus_state state) {
    fixture *f = arg;
    if (state == NEX_BUS_CONNECTED) {
        done(f, &f->connected);
    }
}

static void on_flushed(void *arg, nex_status status) {
    fixture *f = arg;
    if (status == NEX_OK) {
        done(f, &f->registered);
    }
}

/* The answer to the request just sent. */
static void wait_reply(fixture *f, const char *what) {
    wait_for(f, &f->replied, what);
    f->replied = false;
}

/* ---- The server --------------------------------------------------------------------------- */

static int free_port(void) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, len), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    close(fd);
    return ntohs(address.sin_port);
}

static void start_server(fixture *f) {
    char port[16];
    snprintf(port, sizeof port, "%d", free_port());
    snprintf(f->url, sizeof f->url, "nats://127.0.0.1:%s", port);
    f->server = fork();
    assert_true(f->server >= 0);
    if (f->server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execlp("nats-server", "nats-server", "-a", "127.0.0.1", "-p", port, "-l", "/dev/null",
               (char *)NULL);
        _exit(127);
    }
}

/* ---- The node ----------------------------------------------------------------------------- */

static void on_register_request(void *arg, const nex_msg *msg) {
    fixture *f = arg;
    nex_error err;
    nex_register_agent_request *request = NULL;
    assert_int_equal(nex_register_agent_request_decode(&request, msg->data, msg->len, &err),
                     NEX_OK);
    assert_string_equal(request->register_type, NOOP_TYPE);
    json_t *schema = json_loads(request->start_request_schema, 0, NULL);
    assert_true(json_is_object(schema));
    json_decref(schema);
    nex_register_agent_request_free(request);

    nex_buf text = NEX_BUF_INIT;
    assert_int_equal(
        nex_buf_printf(
            &text,
            "{\"success\":true,\"message\":\"\",\"node_id\":\"" NODE "\",\"connection_data\":{"
            "\"conn_name\":\"\",\"nats_servers\":[\"%s\"],\"tls_cert\":\"\",\"tls_key\":\"\","
            "\"tls_ca\":\"\",\"tls_first\":false,\"nats_user_seed\":\"\",\"nats_user_jwt\":\"\","
            "\"nats_user_nkey\":\"\",\"nats_user_name\":\"\",\"nats_user_password\":\"\"},"
            "\"existing_state\":%s}",
            f->url, f->existing),
        NEX_OK);
    nex_msg reply = {.subject = msg->reply, .data = text.data, .len = text.len};
    assert_int_equal(nex_bus_publish(f->node, &reply), NEX_OK);
    nex_buf_free(&text);
}

/* A nexlet registers again when nobody listens to its heartbeats. */
static void on_heartbeat(void *arg, const nex_msg *msg) {
    (void)arg;
    (void)msg;
}

static void on_output(void *arg, const nex_msg *msg) {
    fixture *f = arg;
    free(f->output);
    f->output = strndup(msg->data, msg->len);
}

static void on_reply(void *arg, nex_status status, const nex_msg *msg) {
    fixture *f = arg;
    nex_error err;
    free(f->reply);
    f->reply = NULL;
    f->status = status;
    if (status == NEX_OK) {
        f->status = nex_rpc_check(msg, &err);
        f->reply = strndup(msg->len > 0 ? msg->data : "", msg->len);
    }
    done(f, &f->replied);
}

static bool on_first(void *arg, const nex_msg *msg) {
    on_reply(arg, NEX_OK, msg);
    return false;
}

static void on_end(void *arg, nex_status status) {
    fixture *f = arg;
    if (status != NEX_OK) {
        f->status = status;
        done(f, &f->replied);
    }
}

/* The subscriptions of the nexlet are known to the server once this flush is answered. */
static void on_registered(void *self, const char *node_id, const char *agent_id) {
    (void)self;
    assert_string_equal(node_id, NODE);
    assert_string_equal(agent_id, AGENT);
    assert_int_equal(
        nex_bus_flush(nex_agent_bus(current->runner), 10 * NEX_SECOND, on_flushed, current),
        NEX_OK);
}

static void start_nexlet(fixture *f, const char *existing) {
    nex_error err;
    nex_error_clear(&err);
    f->existing = existing;
    f->registered = false;
    f->agent = noop_agent_new("0.1.0", NULL);
    assert_non_null(f->agent);
    f->ops = noop_agent_ops;
    f->ops.registered = on_registered;
    const char *servers[] = {f->url};
    nex_agent_options options = {
        .mode = NEX_AGENT_LOCAL, .loop = f->loop, .node_id = NODE, .agent_id = AGENT,
        .connection = {.servers = servers, .server_count = 1, .keep_trying = true}};
    if (nex_agent_new(&f->runner, &f->ops, f->agent, &options, &err) != NEX_OK) {
        fail_msg("nex_agent_new: %s", err.message);
    }
    noop_agent_attach(f->agent, f->runner);
    current = f;
    assert_int_equal(nex_agent_start(f->runner, &err), NEX_OK);
    wait_for(f, &f->registered, "the registration");
}

static void stop_nexlet(fixture *f) {
    if (f->runner != NULL) {
        nex_agent_stop(f->runner, "test");
    }
    nex_agent_free(f->runner);
    noop_agent_free(f->agent);
    f->runner = NULL;
    f->agent = NULL;
}

static int setup(void **state) {
    fixture *f = calloc(1, sizeof *f);
    nex_error err;
    char subject[NEX_SUBJECT_SIZE];
    start_server(f);
    assert_int_equal(nex_loop_new(&f->loop, &err), NEX_OK);
    const char *servers[] = {f->url};
    nex_bus_options options = {.servers = servers, .server_count = 1, .keep_trying = true,
                               .on_state = on_state, .arg = f};
    assert_int_equal(nex_bus_connect(&f->node, f->loop, &options, &err), NEX_OK);
    if (nex_bus_get_state(f->node) != NEX_BUS_CONNECTED) {
        wait_for(f, &f->connected, "nats-server");
    }
    assert_int_equal(nex_subject_register_agent(subject, NODE, AGENT), NEX_OK);
    assert_int_equal(nex_bus_subscribe(f->node, subject, NULL, on_register_request, f,
                                       &f->registrations),
                     NEX_OK);
    assert_int_equal(nex_bus_subscribe(f->node, NEX_SUBJECT_AGENT_HEARTBEAT, NULL, on_heartbeat,
                                       f, &f->heartbeats),
                     NEX_OK);
    assert_int_equal(nex_bus_subscribe(f->node, NEX_SUBJECT_WORKLOAD_LOG, NULL, on_output, f,
                                       &f->outputs),
                     NEX_OK);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    fixture *f = *state;
    stop_nexlet(f);
    nex_subscription_free(f->registrations);
    nex_subscription_free(f->heartbeats);
    nex_subscription_free(f->outputs);
    nex_bus_close(f->node);
    nex_loop_free(f->loop);
    kill(f->server, SIGKILL);
    waitpid(f->server, NULL, 0);
    free(f->reply);
    free(f->output);
    free(f);
    return 0;
}

/* ---- What a node asks --------------------------------------------------------------------- */

static void start_workload(fixture *f, const char *id, const char *start_request) {
    nex_start_workload_request request = {.name = (char[]){"name"}, .namespace_ = (char[]){"ns"},
                                          .description = (char[]){""},
                                          .workload_type = (char[]){NOOP_TYPE},
                                          .workload_lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                          .run_request = strdup(start_request)};
    nex_nats_connection_data creds = {
        .conn_name = (char[]){""}, .tls_cert = (char[]){""}, .tls_key = (char[]){""},
        .tls_ca = (char[]){""}, .nats_user_seed = (char[]){""}, .nats_user_jwt = (char[]){""},
        .nats_user_nkey = (char[]){""}, .nats_user_name = (char[]){""},
        .nats_user_password = (char[]){""}};
    nex_agent_start_workload_request whole = {.request = &request, .workload_creds = &creds};
    assert_int_equal(nex_rpc_agent_start_workload(f->node, NODE, AGENT, id, &whole, NULL, 0,
                                                  10 * NEX_SECOND, on_reply, f, NULL),
                     NEX_OK);
    wait_reply(f, "the answer to STARTWORKLOAD");
    free(request.run_request);
}

static void list(fixture *f) {
    nex_agent_list_workloads_request request = {.namespace_ = (char[]){"ns"}};
    nex_many_options options = {.timeout = 10 * NEX_SECOND, .max = 1};
    assert_int_equal(nex_rpc_agent_query_workloads(f->node, NODE, &request, NULL, 0, &options,
                                                   on_first, on_end, f, NULL),
                     NEX_OK);
    wait_reply(f, "the answer to QUERYWORKLOADS");
    assert_int_equal(f->status, NEX_OK);
}

static void assert_listed(fixture *f, size_t count) {
    list(f);
    json_t *reply = json_loads(f->reply, JSON_DECODE_ANY, NULL);
    assert_int_equal(json_array_size(reply), count); /* null counts as none */
    json_decref(reply);
}

static void test_start_list_stop(void **state) {
    fixture *f = *state;
    start_nexlet(f, "{}");
    start_workload(f, "W1", START_REQUEST);
    assert_int_equal(f->status, NEX_OK);
    assert_non_null(strstr(f->reply, "\"id\":\"W1\""));
    assert_listed(f, 1);
    assert_non_null(f->output); /* what it would run came before the answers */

    start_workload(f, "W1", START_REQUEST); /* asked twice: answered as before */
    assert_int_equal(f->status, NEX_OK);
    assert_listed(f, 1);

    nex_stop_workload_request stop = {.namespace_ = (char[]){"ns"}};
    nex_many_options options = {.timeout = 10 * NEX_SECOND, .max = 1};
    assert_int_equal(nex_rpc_agent_stop_workload(f->node, NODE, "W1", &stop, NULL, 0, &options,
                                                 on_first, on_end, f, NULL),
                     NEX_OK);
    wait_reply(f, "the answer to STOPWORKLOAD");
    assert_non_null(strstr(f->reply, "\"stopped\":true"));
    assert_listed(f, 0);
}

static void test_bad_start_request(void **state) {
    fixture *f = *state;
    start_nexlet(f, "{}");
    start_workload(f, "W1", "[]");
    assert_int_equal(f->status, NEX_EREFUSED);
    assert_listed(f, 0);
}

/* The node tells a nexlet that came back which workloads it had. */
static void test_existing(void **state) {
    fixture *f = *state;
    nex_buf text = NEX_BUF_INIT;
    const char *start = START_REQUEST;
    assert_int_equal(nex_buf_append_str(&text, "{\"W7\":{\"request\":{\"name\":\"old\","
                                               "\"namespace\":\"ns\",\"description\":\"\","
                                               "\"workload_type\":\"" NOOP_TYPE "\","
                                               "\"workload_lifecycle\":\"service\","
                                               "\"run_request\":"), NEX_OK);
    assert_int_equal(nex_json_append_string(&text, start, strlen(start)), NEX_OK);
    assert_int_equal(
        nex_buf_append_str(&text, ",\"tags\":{}},\"workload_creds\":{\"conn_name\":\"\","
                                  "\"nats_servers\":[],\"tls_cert\":\"\",\"tls_key\":\"\","
                                  "\"tls_ca\":\"\",\"tls_first\":false,\"nats_user_seed\":\"\","
                                  "\"nats_user_jwt\":\"\",\"nats_user_nkey\":\"\","
                                  "\"nats_user_name\":\"\",\"nats_user_password\":\"\"}}}"),
        NEX_OK);
    start_nexlet(f, text.data);
    assert_listed(f, 1);
    assert_non_null(strstr(f->reply, "\"id\":\"W7\""));
    stop_nexlet(f); /* and once more, as after a crash: still one */
    start_nexlet(f, text.data);
    assert_listed(f, 1);
    nex_buf_free(&text);
}

static void test_lameduck(void **state) {
    fixture *f = *state;
    start_nexlet(f, "{}");
    start_workload(f, "W1", START_REQUEST);
    nex_lameduck_request request = {.delay = NEX_MINUTE};
    nex_many_options options = {.timeout = 10 * NEX_SECOND, .max = 1};
    assert_int_equal(nex_rpc_agent_set_lameduck(f->node, NODE, &request, NULL, 0, &options,
                                                on_first, on_end, f, NULL),
                     NEX_OK);
    wait_reply(f, "the answer to SETLAMEDUCK");
    assert_non_null(strstr(f->reply, "\"success\":true"));
    start_workload(f, "W2", START_REQUEST);
    assert_int_equal(f->status, NEX_EREFUSED);
    assert_listed(f, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_start_list_stop, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bad_start_request, setup, teardown),
        cmocka_unit_test_setup_teardown(test_existing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lameduck, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
