#include "secured_run.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORKLOAD NEX_BIN_DIR "/bin/nex-test-workload"

void secured_begin(secured_run *s, bool operated) {
    memset(s, 0, sizeof *s);
    nexus_run_start_bare(&s->nexus);
    s->operated = operated;
    if (operated) {
        operator_mode_init(&s->mode);
    }
}

void secured_server(secured_run *s, const char *config) {
    nats_server_options options = {.jetstream = true,
                                   .config = config != NULL ? config : s->mode.config.data};
    s->nexus.server = nats_server_start(&options);
}

const char *secured_file(secured_run *s, const char *name, const char *text) {
    assert_true(s->path_count < SECURED_PATHS);
    char *path = s->paths[s->path_count++];
    snprintf(path, sizeof s->paths[0], "%s/%s", s->nexus.dir, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static void on_output(void *arg, const nex_msg *msg);

static void on_flushed(void *arg, nex_status status) {
    secured_run *s = arg;
    assert_int_equal(status, NEX_OK);
    loop_wait_done(&s->nexus.wait);
}

void secured_connect(secured_run *s) {
    nexus_run_connect_as(&s->nexus, nats_server_url(s->nexus.server), &s->connection);
    assert_int_equal(
        nex_bus_subscribe(s->nexus.bus, "$NEX.FEED.default.logs.>", NULL, on_output, s, &s->tap),
        NEX_OK);
    assert_int_equal(nex_bus_flush(s->nexus.bus, 5 * NEX_SECOND, on_flushed, s), NEX_OK);
    loop_wait_run(&s->nexus.wait, "the tap");
}

static size_t append(const char **to, size_t at, size_t max, const char *const *words) {
    for (; *words != NULL; words++) {
        assert_true(at < max - 1);
        to[at++] = *words;
    }
    to[at] = NULL;
    return at;
}

void secured_nodes(secured_run *s, const char *const *node_words) {
    const char *words[48] = {"--disable-native-start", "--allow-remote-agent-registration",
                             "--show-workload-logs"};
    size_t count = append(words, 3, 48, s->words);
    append(words, count, 48, node_words);
    node_start(&s->nexus, &s->node, words);
    secured_nexlet(s);
}

void secured_nexlet(secured_run *s) {
    const char *nexlet[32] = {"--nats.servers", nats_server_url(s->nexus.server),
                              "--monitor",      NEX_BIN_DIR "/libexec/nex/nex-monitor",
                              "--state-dir",    NULL};
    assert_true(s->path_count < SECURED_PATHS);
    char *state = s->paths[s->path_count++];
    snprintf(state, sizeof s->paths[0], "%s/native", s->nexus.dir);
    nexlet[5] = state;
    append(nexlet, 6, 32, s->nexlet_words);
    process_start(&s->nexus, &s->nexlet, NEX_NEXLET_NATIVE, nexlet);
    process_wait_log(&s->nexlet, "registered agent_id=", 1);
}

void secured_end(secured_run *s) {
    if (s->nexlet.pid > 0) {
        kill(s->nexlet.pid, SIGTERM);
        assert_int_equal(process_wait_end(&s->nexlet, 20), 0);
    }
    if (s->node.process.pid > 0) {
        assert_int_equal(node_end(&s->node, SIGTERM), 0);
    }
    nexus_run_end(&s->nexus);
    nex_buf_free(&s->output);
    if (s->operated) {
        operator_mode_free(&s->mode);
    }
}

char *secured_nex(secured_run *s, const char *const *words) {
    const char *all[48];
    size_t count = append(all, 0, 48, s->words);
    if (s->nexus.server != NULL) {
        const char *where[] = {"--nats.servers", nats_server_url(s->nexus.server), NULL};
        count = append(all, count, 48, where);
    }
    append(all, count, 48, words);
    cli_result result = cli_run(NULL, all);
    if (result.status != 0) {
        fail_msg("nex %s %s: %d: %s%s", words[0], words[1], result.status, result.out, result.err);
    }
    free(result.err);
    return result.out;
}

void secured_workload(secured_run *s, const char *environment, char id[NEX_ID_SIZE]) {
    char request[1024];
    snprintf(request, sizeof request,
             "{\"uri\":\"file://" WORKLOAD "\",\"environment\":{\"TEST_NAMESPACE\":\"default\"%s}}",
             environment);
    char *out = SECURED_NEX(s, "--namespace", "default", "workload", "start", "--name", "hello",
                            "--start-request", request);
    const char *begin = strchr(out, '[');
    assert_non_null(begin);
    snprintf(id, NEX_ID_SIZE, "%.*s", (int)strcspn(begin + 1, "]"), begin + 1);
    free(out);
}

void secured_hello(secured_run *s) {
    char *answer = raw_request(&s->nexus, "default.hello", "", 5 * NEX_SECOND);
    assert_non_null(answer);
    assert_string_equal(answer, "hello");
    free(answer);
}

static bool was_written(const secured_run *s) {
    unsigned count = 0;
    const char *at = s->output.data;
    while (at != NULL && (at = strstr(at, s->awaited)) != NULL) {
        count++;
        at += strlen(s->awaited);
    }
    return count >= s->awaited_count;
}

static void on_output(void *arg, const nex_msg *msg) {
    secured_run *s = arg;
    assert_int_equal(nex_buf_append(&s->output, msg->data, msg->len), NEX_OK);
    if (s->awaited != NULL && was_written(s)) {
        loop_wait_done(&s->nexus.wait);
    }
}

void secured_wait_output(secured_run *s, const char *line, unsigned count) {
    s->awaited = line;
    s->awaited_count = count;
    if (!was_written(s)) {
        loop_wait_run(&s->nexus.wait, line);
    }
    s->awaited = NULL;
}
