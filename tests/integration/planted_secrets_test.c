/*
 * Secrets are planted in every way there is, and somebody looks for them everywhere during a
 * whole run: in all that goes over NATS, in all that JetStream stores, in logs, in what the
 * programs say, in the command lines of our processes.
 */
#include "secured_run.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* The secrets, and how each comes in. */
#define STORED "planted-Through-standard-1nput"
#define TYPED  "planted-At-a-term1nal"
#define FILED  "planted-1n-the-directory-of-secrets"
#define PLAIN  "planted-1n-an-environment"
#define GIVEN  "planted-As-a-passw0rd"

static const char *const planted[] = {STORED, TYPED, FILED, PLAIN, GIVEN};
enum { PLANTED = sizeof planted / sizeof planted[0] };

static secured_run run;
static nex_subscription *tap;
static nex_buf traffic; /* all that went over NATS: subject, headers' values are among the bytes */
static nex_buf said;    /* by our programs to whoever called them */
static char node_seed[NEX_KEY_TEXT_SIZE];
static char signing_seed[NEX_KEY_TEXT_SIZE];

/* ---- Looking ------------------------------------------------------------------------------- */

static bool contains(const char *data, size_t len, const char *text) {
    return len > 0 && memmem(data, len, text, strlen(text)) != NULL;
}

/* As it is, or in base64, wherever in a group of three it begins. */
static bool shows(const char *data, size_t len, const char *secret) {
    if (contains(data, len, secret)) {
        return true;
    }
    for (size_t shift = 0; shift < 3; shift++) {
        nex_buf padded = NEX_BUF_INIT;
        nex_buf text = NEX_BUF_INIT;
        assert_int_equal(nex_buf_append(&padded, "xx", shift), NEX_OK);
        assert_int_equal(nex_buf_append_str(&padded, secret), NEX_OK);
        assert_int_equal(nex_base64_encode(padded.data, padded.len, &text), NEX_OK);
        /* Its first and last groups may hold bytes of the neighbours too. */
        char inner[256];
        snprintf(inner, sizeof inner, "%.*s", (int)text.len - 8, text.data + 4);
        bool found = contains(data, len, inner);
        nex_buf_free(&padded);
        nex_buf_free(&text);
        if (found) {
            return true;
        }
    }
    return false;
}

static void look(const char *where, const char *data, size_t len) {
    for (size_t i = 0; i < PLANTED; i++) {
        if (shows(data, len, planted[i])) {
            fail_msg("%s shows \"%s\"", where, planted[i]);
        }
    }
    if (contains(data, len, node_seed) || contains(data, len, signing_seed)) {
        fail_msg("%s shows a seed", where);
    }
}

static void look_into_file(const char *path) {
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return; /* it went meanwhile */
    }
    nex_buf text = NEX_BUF_INIT;
    char piece[65536];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, file)) > 0) {
        assert_int_equal(nex_buf_append(&text, piece, n), NEX_OK);
    }
    fclose(file);
    look(path, text.data, text.len);
    nex_buf_free(&text);
}

static int look_into_entry(const char *path, const struct stat *info, int type, struct FTW *at) {
    (void)info;
    (void)at;
    if (type == FTW_F) {
        look_into_file(path);
    }
    return 0;
}

/* The command lines of our own programs, while they run. */
static void look_into_command_lines(secured_run *s) {
    pid_t pids[64];
    size_t count = descendants_of(getpid(), pids, 64);
    size_t ours = 0;
    assert_in_range(count, 3, 64);
    for (size_t i = 0; i < count; i++) {
        char path[64];
        char name[64] = "";
        snprintf(path, sizeof path, "/proc/%d/comm", (int)pids[i]);
        FILE *comm = fopen(path, "re");
        if (comm == NULL || fgets(name, sizeof name, comm) == NULL) {
            continue;
        }
        fclose(comm);
        if (strncmp(name, "nex", 3) == 0 && pids[i] != s->node.process.pid) {
            snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pids[i]);
            look_into_file(path);
            ours++;
        }
    }
    assert_true(ours >= 1); /* the nexlet, and the monitors of what runs */
}

static void on_tap(void *arg, const nex_msg *msg) {
    (void)arg;
    assert_int_equal(nex_buf_append_str(&traffic, msg->subject), NEX_OK);
    for (size_t i = 0; i < msg->header_count; i++) {
        assert_int_equal(nex_buf_append_str(&traffic, msg->headers[i].value), NEX_OK);
    }
    assert_int_equal(nex_buf_append(&traffic, msg->data, msg->len), NEX_OK);
    assert_int_equal(nex_buf_append(&traffic, "\n", 1), NEX_OK);
}

static void on_flushed(void *arg, nex_status status) {
    assert_int_equal(status, NEX_OK);
    loop_wait_done(arg);
}

static void flush(secured_run *s) {
    assert_int_equal(nex_bus_flush(s->nexus.bus, 5 * NEX_SECOND, on_flushed, &s->nexus.wait),
                     NEX_OK);
    loop_wait_run(&s->nexus.wait, "a flush");
}

/* ---- Running ------------------------------------------------------------------------------- */

static void hear(const char *text) {
    assert_int_equal(nex_buf_append_str(&said, text), NEX_OK);
}

/* `nex` with the words that connect, whatever it says and however it ends; its status. */
static int nex_says(secured_run *s, const char *part, const char *const *words) {
    const char *all[40] = {"--namespace",    "default",
                           "--nats.servers", nats_server_url(s->nexus.server),
                           s->words[0],      s->words[1]};
    size_t count = 6;
    for (; *words != NULL; words++) {
        assert_true(count < 39);
        all[count++] = *words;
    }
    cli_result r = cli_run(NULL, all);
    hear(r.out);
    hear(r.err);
    if (strstr(r.out, part) == NULL && strstr(r.err, part) == NULL) {
        fail_msg("expected \"%s\" in: %s%s", part, r.out, r.err);
    }
    int status = r.status;
    cli_result_free(&r);
    return status;
}
#define NEX_SAYS(s, part, ...) nex_says((s), (part), (const char *const[]){__VA_ARGS__, NULL})

/* secret set, its value from a file as standard input. */
static void set_secret(secured_run *s, const char *name, const char *value) {
    const char *file = secured_file(s, "planted-value", value);
    char command[1024];
    snprintf(
        command, sizeof command,
        "%s/bin/nex --namespace default --nats.servers %s %s %s secret set %s <%s >%s.out 2>&1",
        NEX_BIN_DIR, nats_server_url(s->nexus.server), s->words[0], s->words[1], name, file, file);
    assert_int_equal(system(command), 0);
    s->path_count--;
    assert_int_equal(unlink(file), 0);
}

/* At a terminal: what is asked, what is typed, and nothing of it shown. */
static void type_secret(secured_run *s, const char *name, const char *value) {
    int terminal;
    pid_t pid = forkpty(&terminal, NULL, NULL, NULL);
    assert_true(pid >= 0);
    if (pid == 0) {
        execl(NEX_BIN_DIR "/bin/nex", "nex", "--namespace", "default", "--nats.servers",
              nats_server_url(s->nexus.server), s->words[0], s->words[1], "secret", "set", name,
              (char *)NULL);
        _exit(127);
    }
    nex_buf shown = NEX_BUF_INIT;
    bool typed = false;
    char piece[512];
    ssize_t n = 1;
    while (n > 0) {
        struct pollfd ready = {.fd = terminal, .events = POLLIN};
        assert_int_equal(poll(&ready, 1, 30000), 1);
        n = read(terminal, piece, sizeof piece); /* EIO at the end */
        if (n > 0) {
            assert_int_equal(nex_buf_append(&shown, piece, (size_t)n), NEX_OK);
        }
        if (!typed && shown.data != NULL && strstr(shown.data, "not shown): ") != NULL) {
            typed = true;
            assert_int_equal(write(terminal, value, strlen(value)), (ssize_t)strlen(value));
            assert_int_equal(write(terminal, "\n", 1), 1);
        }
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    close(terminal);
    assert_true(typed);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || strstr(shown.data, "stored") == NULL) {
        fail_msg("at a terminal: %s", shown.data);
    }
    assert_null(strstr(shown.data, value));
    hear(shown.data);
    nex_buf_free(&shown);
}

/* ^C at the prompt: the terminal shows again what is typed. */
static void interrupt_prompt(secured_run *s) {
    int terminal;
    char piece[512] = "";
    size_t len = 0;
    struct termios mode;
    pid_t pid = forkpty(&terminal, NULL, NULL, NULL);
    assert_true(pid >= 0);
    if (pid == 0) {
        execl(NEX_BIN_DIR "/bin/nex", "nex", "--namespace", "default", "--nats.servers",
              nats_server_url(s->nexus.server), s->words[0], s->words[1], "secret", "set", "x",
              (char *)NULL);
        _exit(127);
    }
    while (strstr(piece, "not shown): ") == NULL) {
        struct pollfd ready = {.fd = terminal, .events = POLLIN};
        assert_int_equal(poll(&ready, 1, 30000), 1);
        ssize_t n = read(terminal, piece + len, sizeof piece - 1 - len);
        assert_true(n > 0);
        len += (size_t)n;
        piece[len] = '\0';
    }
    assert_int_equal(tcgetattr(terminal, &mode), 0);
    assert_int_equal(mode.c_lflag & ECHO, 0);
    assert_int_equal(write(terminal, "\003", 1), 1);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGINT);
    assert_int_equal(tcgetattr(terminal, &mode), 0);
    assert_int_not_equal(mode.c_lflag & ECHO, 0);
    close(terminal);
}

/* In the node's own directory of secrets. */
static void file_secret(secured_run *s, const char *name, const char *value) {
    char path[192];
    static const char *const parts[] = {"/nex", "/nex/secrets", "/nex/secrets/default"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", s->nexus.dir, parts[i]);
        (void)mkdir(path, 0700);
    }
    snprintf(path, sizeof path, "nex/secrets/default/%s", name);
    secured_file(s, path, value);
}

static void start_node(secured_run *s) {
    const char *words[] = {"--disable-native-start",
                           "--allow-remote-agent-registration",
                           "--show-workload-logs",
                           "--state",
                           "kv",
                           "--node-seed",
                           node_seed,
                           "--issuer-signing-key",
                           signing_seed,
                           "--issuer-signing-key-root-account",
                           nex_key_public(s->mode.account),
                           s->words[0],
                           s->words[1],
                           NULL};
    node_start(&s->nexus, &s->node, words);
}

static int begin(void **state) {
    secured_run *s = &run;
    nex_key *key = NULL;
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
    assert_int_equal(nex_bus_subscribe(s->nexus.bus, ">", NULL, on_tap, NULL, &tap), NEX_OK);
    flush(s);
    assert_int_equal(nex_key_generate(&key, NEX_KEY_SERVER, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, node_seed), NEX_OK);
    nex_key_free(key);
    assert_int_equal(nex_key_seed(s->mode.signing_key, signing_seed), NEX_OK);
    start_node(s);
    secured_nexlet(s);
    return 0;
}

static int end(void **state) {
    secured_end(*state);
    nex_buf_free(&traffic);
    nex_buf_free(&said);
    return 0;
}

/* A workload that has what it should have, and says so without saying what. */
#define SCRIPT                                                                                     \
    "test ${#STORED} -eq 30 && test ${#TYPED} -eq 21 && test ${#FILED} -eq 35 && "                 \
    "test ${#PLAIN} -eq 25 && test ${#1} -eq 30 && echo has all; exec sleep 3600"
#define REQUEST                                                                                    \
    "{\"uri\":\"file:///bin/bash\",\"argv\":[\"-c\",\"" SCRIPT "\",\"sh\",\"secret://stored\"],"   \
    "\"environment\":{\"STORED\":\"secret://stored\",\"TYPED\":\"secret://typed\",\"FILED\":"      \
    "\"secret://filed\",\"PLAIN\":\"" PLAIN "\"}}"

static void find_id(char id[NEX_ID_SIZE], const char *mark) {
    const char *last = NULL;
    for (const char *at = said.data; (at = strstr(at, mark)) != NULL; at++) {
        last = at;
    }
    assert_non_null(last);
    snprintf(id, NEX_ID_SIZE, "%s", strchr(last, '[') + 1);
}

static void nobody_sees_a_secret(void **state) {
    secured_run *s = *state;
    char id[NEX_ID_SIZE];
    char clone[NEX_ID_SIZE];
    assert_int_equal(strlen(STORED), 30);
    assert_int_equal(strlen(TYPED), 21);
    assert_int_equal(strlen(FILED), 35);
    assert_int_equal(strlen(PLAIN), 25);
    set_secret(s, "stored", STORED);
    type_secret(s, "typed", TYPED);
    interrupt_prompt(s);
    file_secret(s, "filed", FILED);
    assert_int_equal(NEX_SAYS(s, "typed", "secret", "list"), 0);
    assert_int_equal(NEX_SAYS(s, "\"stored\"", "secret", "list", "--json"), 0);

    /* Start, clone, restart. */
    assert_int_equal(NEX_SAYS(s, "successfully started", "workload", "start", "--name", "keeper",
                              "--start-request", REQUEST),
                     0);
    find_id(id, "Workload keeper [");
    secured_wait_output(s, "has all", 1);
    look_into_command_lines(s);
    assert_int_equal(NEX_SAYS(s, "[", "workload", "clone", id), 0);
    find_id(clone, "Workload keeper [");
    assert_string_not_equal(id, clone);
    secured_wait_output(s, "has all", 2);
    look_into_command_lines(s);
    pid_t pid = find_listed(&s->nexus, clone).pid;
    assert_true(pid > 0);
    assert_int_equal(kill(pid, SIGKILL), 0);
    secured_wait_output(s, "has all", 3);
    assert_int_equal(node_end(&s->node, SIGKILL), 128 + SIGKILL);
    start_node(s);
    process_wait_log(&s->nexlet, "registered agent_id=", 2);
    assert_int_equal(NEX_SAYS(s, clone, "workload", "list", "--show-metadata"), 0);

    /* Starts that fail, at every step. */
    assert_int_not_equal(NEX_SAYS(s, "missing", "workload", "start", "--start-request",
                                  "{\"uri\":\"file:///bin/true\",\"environment\":{\"A\":"
                                  "\"secret://missing\",\"B\":\"secret://stored\",\"C\":\"" PLAIN
                                  "\"}}"),
                         0);
    assert_int_not_equal(NEX_SAYS(s, "nothing-here", "workload", "start", "--start-request",
                                  "{\"uri\":\"file:///nothing-here\",\"argv\":[\"secret://stored\"]"
                                  ",\"environment\":{\"B\":\"secret://filed\",\"C\":\"" PLAIN
                                  "\"}}"),
                         0);
    assert_int_not_equal(NEX_SAYS(s, "/etc/passwd", "workload", "start", "--start-request",
                                  "{\"uri\":\"file:///etc/passwd\",\"argv\":[\"secret://stored\"],"
                                  "\"environment\":{\"B\":\"secret://typed\"}}"),
                         0);
    assert_int_not_equal(NEX_SAYS(s, "", "workload", "start", "--start-request",
                                  "{\"uri\":\"file:///bin/true\",\"environment\":{\"C\":[\"" PLAIN
                                  "\"]}}"),
                         0);

    /* Questions. */
    assert_int_equal(NEX_SAYS(s, s->node.id, "node", "info", s->node.id, "--full"), 0);
    assert_int_equal(NEX_SAYS(s, s->node.id, "node", "info", s->node.id, "--json"), 0);
    assert_int_equal(NEX_SAYS(s, clone, "workload", "info", clone), 0);
    assert_int_equal(NEX_SAYS(s, "password", "--check", "--nats.user", "nex", "--nats.password",
                              GIVEN, "node", "list"),
                     0);
    assert_int_equal(NEX_SAYS(s, "node_seed", "--check", "node", "up", "--node-seed", node_seed,
                              "--issuer-signing-key", signing_seed),
                     0);
    const char *const unreachable[] = {"--nats.servers",
                                       "nats://nex:" GIVEN "@127.0.0.1:1",
                                       "--logger.level",
                                       "trace",
                                       "node",
                                       "list",
                                       NULL};
    cli_result r = cli_run(NULL, unreachable);
    assert_int_equal(r.status, 1);
    assert_non_null(strstr(r.err, "nats://nex:***@127.0.0.1:1"));
    hear(r.out);
    hear(r.err);
    cli_result_free(&r);

    /* The end of a secret. */
    assert_int_equal(NEX_SAYS(s, "deleted", "secret", "rm", "stored"), 0);
    assert_int_not_equal(NEX_SAYS(s, "stored", "workload", "start", "--start-request", REQUEST), 0);
    assert_int_equal(NEX_SAYS(s, "stopped", "workload", "stop", id), 0);
    assert_int_equal(NEX_SAYS(s, "stopped", "workload", "stop", clone), 0);
    flush(s);

    /* It all went past here, and is there to be found. */
    assert_true(contains(traffic.data, traffic.len, "$KV._nex_secrets_default."));
    assert_true(contains(traffic.data, traffic.len, ".agent.SECRET."));
    assert_true(contains(traffic.data, traffic.len, "WORKLOADSTOPPED"));
    assert_true(contains(traffic.data, traffic.len, "has all"));
    look("what went over NATS", traffic.data, traffic.len);
    look("what our programs said", said.data, said.len);
    char path[192];
    snprintf(path, sizeof path, "%s/store", nats_server_dir(s->nexus.server));
    assert_true(files_below(path) > 5);
    assert_int_equal(nftw(path, look_into_entry, 16, FTW_PHYS), 0);
    for (unsigned i = 0; i < s->nexus.logs; i++) {
        snprintf(path, sizeof path, "%s/log-%u", s->nexus.dir, i);
        look_into_file(path);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_sees_a_secret, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
