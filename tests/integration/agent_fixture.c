#include "agent_fixture.h"

#include "files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Listening to everything -------------------------------------------------------------- */

static size_t find_heard(const agent_fixture *f, const char *subject, const char *body) {
    for (size_t i = 0; i < f->heard_count; i++) {
        if (strstr(f->heard[i].subject, subject) != NULL &&
            strstr(f->heard[i].body, body) != NULL) {
            return i;
        }
    }
    return f->heard_count;
}

static void on_tap(void *arg, const nex_msg *msg) {
    agent_fixture *f = arg;
    if (strstr(msg->subject, ".HEARTBEAT.") != NULL) {
        return;
    }
    if (f->heard_count == AF_HEARD_MAX) {
        memmove(f->heard, f->heard + 1, (AF_HEARD_MAX - 1) * sizeof f->heard[0]);
        f->heard_count--;
    }
    af_heard *h = &f->heard[f->heard_count++];
    snprintf(h->subject, sizeof h->subject, "%s", msg->subject);
    snprintf(h->body, sizeof h->body, "%.*s", (int)msg->len,
             msg->len > 0 ? (const char *)msg->data : "");
    if (f->expected_subject != NULL &&
        find_heard(f, f->expected_subject, f->expected_body) < f->heard_count) {
        f->expected_subject = NULL;
        loop_wait_done(&f->wait);
    }
}

void af_expect(agent_fixture *f, const char *subject, const char *body) {
    if (find_heard(f, subject, body) == f->heard_count) {
        f->expected_subject = subject;
        f->expected_body = body;
        loop_wait_run(&f->wait, subject);
    }
    size_t at = find_heard(f, subject, body);
    assert_true(at < f->heard_count);
    f->heard_count--;
    memmove(&f->heard[at], &f->heard[at + 1], (f->heard_count - at) * sizeof f->heard[0]);
}

bool af_leaked(const agent_fixture *f, const char *text) {
    return find_heard(f, "", text) < f->heard_count;
}

void af_forget(agent_fixture *f) {
    f->heard_count = 0;
}

/* ---- Setting up --------------------------------------------------------------------------- */

#define TLS_DIR NEX_TEST_DATA "/../unit/bus/tls/"

static const char tls_config[] = "tls { cert_file: \"" TLS_DIR "server.pem\", key_file: \"" TLS_DIR
                                 "server.key\", ca_file: \"" TLS_DIR "ca.pem\", verify: true }\n";

static void add_tls(const agent_fixture *f, nex_bus_options *options) {
    if (f->tls) {
        options->tls_ca = TLS_DIR "ca.pem";
        options->tls_cert = TLS_DIR "client.pem";
        options->tls_key = TLS_DIR "client.key";
    }
}

static nex_bus *connect_bus(agent_fixture *f) {
    const char *servers[] = {nats_server_url(f->server)};
    nex_bus_options options = {
        .servers = servers, .server_count = 1, .creds_file = f->secured ? f->creds_file : NULL};
    add_tls(f, &options);
    nex_bus *bus = NULL;
    nex_error err;
    if (nex_bus_connect(&bus, f->loop, &options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    return bus;
}

static void on_flushed(void *arg, nex_status status) {
    agent_fixture *f = arg;
    assert_int_equal(status, NEX_OK);
    loop_wait_done(&f->wait);
}

static void write_creds(agent_fixture *f) {
    snprintf(f->creds_file, sizeof f->creds_file, "%s/admin.creds", f->dir);
    int fd = open(f->creds_file, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, f->mode.admin_creds.data, f->mode.admin_creds.len),
                     (ssize_t)f->mode.admin_creds.len);
    close(fd);
}

agent_fixture *af_new(af_kind kind) {
    agent_fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nats_server_options server = {.jetstream = true};
    snprintf(f->dir, sizeof f->dir, "/tmp/nex-agent-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->output, sizeof f->output, "%s/output", f->dir);
    f->secured = kind == AF_SECURED;
    f->tls = kind == AF_TLS;
    if (f->tls) {
        server.config = tls_config;
    }
    if (f->secured) {
        operator_mode_init(&f->mode);
        server.config = f->mode.config.data;
        write_creds(f);
    }
    f->server = nats_server_start(&server);
    assert_int_equal(nex_loop_new(&f->loop, NULL), NEX_OK);
    f->wait.loop = f->loop;
    nex_key *key = NULL;
    assert_int_equal(nex_key_generate(&key, NEX_KEY_SERVER, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, f->node_seed), NEX_OK);
    nex_key_free(key);
    f->bus = connect_bus(f);
    nex_client_options client = {.bus = f->bus, .namespace_ = "default"};
    assert_int_equal(nex_client_new(&f->client, &client, NULL), NEX_OK);
    assert_int_equal(nex_bus_subscribe(f->bus, ">", NULL, on_tap, f, &f->tap), NEX_OK);
    assert_int_equal(nex_bus_flush(f->bus, 5 * NEX_SECOND, on_flushed, f), NEX_OK);
    loop_wait_run(&f->wait, "the tap");
    f->options.state_kv = true;
    f->options.allow_remote_agents = true;
    return f;
}

void af_free(agent_fixture *f) {
    af_remote_crash(f);
    af_node_crash(f);
    nex_client_free(f->client);
    nex_bus_close(f->bus);
    nex_loop_free(f->loop);
    nats_server_stop(f->server);
    if (f->secured) {
        operator_mode_free(&f->mode);
    }
    remove_tree(f->dir);
    free(f);
}

/* The pid in a stat file when it is of a child of this process, and not the server. */
static int pid_in(FILE *stat) {
    char text[512] = "";
    int parent = 0;
    const char *name_end = fgets(text, sizeof text, stat) != NULL ? strrchr(text, ')') : NULL;
    bool mine = name_end != NULL && strstr(text, "(nats-server)") == NULL &&
                sscanf(name_end, ") %*c %d", &parent) == 1 && parent == getpid();
    return mine ? atoi(text) : 0;
}

int af_local_pid(void) {
    DIR *dir = opendir("/proc");
    int found = 0;
    assert_non_null(dir);
    for (struct dirent *entry; found == 0 && (entry = readdir(dir)) != NULL;) {
        char path[300];
        snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
        FILE *stat = fopen(path, "r");
        if (stat != NULL) {
            found = pid_in(stat);
            fclose(stat);
        }
    }
    closedir(dir);
    return found;
}

/* Lets the loop close what was abandoned, and reap what was killed. */
static void settle(agent_fixture *f) {
    do {
        assert_int_equal(nex_bus_flush(f->bus, 5 * NEX_SECOND, on_flushed, f), NEX_OK);
        loop_wait_run(&f->wait, "a flush");
    } while (af_local_pid() != 0);
}

/* With NEX_TEST_LOG in the environment the node's log goes to stderr. */
static void write_log(void *arg, nex_log_level level, const char *message,
                      const nex_log_field *fields, size_t count) {
    (void)arg;
    fprintf(stderr, "%-5s %s", nex_log_level_name(level), message);
    for (size_t i = 0; i < count; i++) {
        fprintf(stderr, " %s=%s", fields[i].key, fields[i].value != NULL ? fields[i].value : "");
    }
    fputc('\n', stderr);
}

static const nex_log test_log = {.write = write_log, .level = NEX_LOG_DEBUG};

/* ---- Nodes and nexlets -------------------------------------------------------------------- */

static void on_ready(void *arg, const char *node_id) {
    agent_fixture *f = arg;
    (void)node_id;
    loop_wait_done(&f->wait);
}

static void attach(void *self, nex_agent *agent) {
    nex_inmem_attach(self, agent);
}

static nex_inmem *make_inmem(agent_fixture *f, const char *type) {
    nex_inmem *inmem = NULL;
    nex_inmem_options options = {.loop = f->loop, .type = type};
    assert_int_equal(nex_inmem_new(&inmem, &options, NULL), NEX_OK);
    return inmem;
}

void af_node_start(agent_fixture *f) {
    nex_error err;
    char signing[NEX_KEY_TEXT_SIZE];
    const char *servers[] = {nats_server_url(f->server)};
    nex_bus_options connection = {.servers = servers, .server_count = 1};
    nex_node_options options = f->options;
    add_tls(f, &connection);
    f->node_bus = connect_bus(f);
    f->embedded = make_inmem(f, "inmem");
    f->embedded_options = (nex_node_embedded){
        .name = "inmem", .ops = nex_inmem_ops(), .self = f->embedded, .attach = attach};
    options.loop = f->loop;
    options.log = getenv("NEX_TEST_LOG") != NULL ? &test_log : NULL;
    options.bus = f->node_bus;
    options.connection = &connection;
    options.seed = f->node_seed;
    options.resource_dir = f->dir;
    options.embedded = &f->embedded_options;
    options.embedded_count = 1;
    options.agents = &f->local;
    options.agent_count = f->local.uri != NULL ? 1 : 0;
    options.on_ready = on_ready;
    options.arg = f;
    if (f->secured) {
        assert_int_equal(nex_key_seed(f->mode.signing_key, signing), NEX_OK);
        options.issuer_signing_key = signing;
        options.issuer_root_account = nex_key_public(f->mode.account);
    }
    if (nex_node_new(&f->node, &options, &err) != NEX_OK ||
        nex_node_start(f->node, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    loop_wait_run(&f->wait, "the node to be ready");
}

void af_node_crash(agent_fixture *f) {
    if (f->node != NULL) {
        nex_inmem_detach(f->embedded);
        nex_node_free(f->node);
        nex_inmem_free(f->embedded);
        nex_bus_close(f->node_bus);
        f->node = NULL;
        settle(f);
    }
}

void af_remote_start(agent_fixture *f, const char *identity_file) {
    nex_error err;
    const char *servers[] = {nats_server_url(f->server)};
    nex_agent_options options = {.mode = NEX_AGENT_REMOTE,
                                 .loop = f->loop,
                                 .identity_file = identity_file,
                                 .connection = {.servers = servers,
                                                .server_count = 1,
                                                .creds_file = f->secured ? f->creds_file : NULL}};
    add_tls(f, &options.connection);
    f->remote = make_inmem(f, "remote");
    if (nex_agent_new(&f->remote_runner, nex_inmem_ops(), f->remote, &options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    nex_inmem_attach(f->remote, f->remote_runner);
    assert_int_equal(nex_agent_start(f->remote_runner, &err), NEX_OK);
    af_expect(f, "AGENTSTARTED", "\"register_type\":\"remote\"");
}

void af_remote_crash(agent_fixture *f) {
    if (f->remote != NULL) {
        nex_inmem_detach(f->remote);
        nex_agent_free(f->remote_runner);
        nex_inmem_free(f->remote);
        f->remote = NULL;
        f->remote_runner = NULL;
    }
}

/* ---- The client --------------------------------------------------------------------------- */

static void end(agent_fixture *f, const nex_outcome *outcome) {
    f->status = outcome->status;
    snprintf(f->message, sizeof f->message, "%s", outcome->error->message);
    loop_wait_done(&f->wait);
}

static void on_start(void *arg, const nex_outcome *outcome, const nex_started *started) {
    agent_fixture *f = arg;
    snprintf(f->id, sizeof f->id, "%s", started->id);
    end(f, outcome);
}

void af_start(agent_fixture *f, const char *type, nex_workload_lifecycle lifecycle,
              const char *name, const char *run_request) {
    nex_error err;
    nex_start_workload_request request = {.name = (char *)(uintptr_t)name,
                                          .namespace_ = (char *)"default",
                                          .description = (char *)"",
                                          .workload_type = (char *)(uintptr_t)type,
                                          .workload_lifecycle = lifecycle,
                                          .run_request = (char *)(uintptr_t)run_request};
    nex_start_options options = {.request = &request};
    if (nex_client_start(f->client, &options, on_start, f, NULL, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    loop_wait_run(&f->wait, "a start");
}

void af_start_ok(agent_fixture *f, const char *type, nex_workload_lifecycle lifecycle,
                 const char *name, const char *run_request) {
    af_start(f, type, lifecycle, name, run_request);
    if (f->status != NEX_OK) {
        fail_msg("start of %s: %s", name, f->message);
    }
}

static void on_stop(void *arg, const nex_outcome *outcome,
                    const nex_stop_workload_response *response) {
    (void)response;
    end(arg, outcome);
}

void af_stop(agent_fixture *f, const char *id) {
    assert_int_equal(nex_client_stop(f->client, id, on_stop, f, NULL, NULL), NEX_OK);
    loop_wait_run(&f->wait, "a stop");
}

static void on_clone(void *arg, const nex_outcome *outcome, const nex_started *started,
                     const nex_stop_workload_response *stopped) {
    (void)stopped;
    on_start(arg, outcome, started);
}

void af_clone(agent_fixture *f, const char *id) {
    nex_clone_options options = {.workload_id = id};
    assert_int_equal(nex_client_clone(f->client, &options, on_clone, f, NULL, NULL), NEX_OK);
    loop_wait_run(&f->wait, "a clone");
}

static void on_list(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                    size_t count) {
    agent_fixture *f = arg;
    (void)workloads;
    f->listed = count;
    end(f, outcome);
}

size_t af_list(agent_fixture *f) {
    assert_int_equal(nex_client_list(f->client, NULL, on_list, f, NULL, NULL), NEX_OK);
    loop_wait_run(&f->wait, "a list");
    return f->listed;
}

static void on_answer(void *arg, nex_status status, const nex_msg *msg) {
    agent_fixture *f = arg;
    f->status = status;
    f->message[0] = '\0';
    if (msg != NULL) {
        const char *error = nex_msg_header(msg, "error");
        snprintf(f->message, sizeof f->message, "%s%.*s", error != NULL ? error : "", (int)msg->len,
                 msg->len > 0 ? (const char *)msg->data : "");
    }
    loop_wait_done(&f->wait);
}

const char *af_ask(agent_fixture *f, const char *subject, const char *body) {
    nex_msg msg = {.subject = subject, .data = body, .len = strlen(body)};
    assert_int_equal(nex_bus_request(f->bus, &msg, 2 * NEX_SECOND, on_answer, f, NULL), NEX_OK);
    loop_wait_run(&f->wait, subject);
    return f->message;
}
