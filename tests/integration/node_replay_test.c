/*
 * Requests of the captured wire, sent to our node: its answers are those of the reference in
 * code, error text and shape of the body, but for the differences in the tables below, which
 * are meant. Ids differ from run to run, so what a reply gave takes the place of what the
 * captured one gave in all that follows. tests/data/wire/REPLAY.md says which captures are
 * replayed, and what covers the others.
 */
#include "node_process.h"

#include <jansson.h>
#include <nex/keys.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { REPLIES_MAX = 8 };

/* A captured request that is answered otherwise, on purpose. */
typedef struct difference {
    double ms;          /* when the reference got it */
    const char *answer; /* ours: "silence", "ok", or the error code */
    const char *why;
} difference;

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    node_run other;
    json_t *lines;
    size_t at;           /* the line to go on with */
    nex_string_map ids;  /* captured id -> ours */
    nex_string_map used; /* captured bids that a deploy was made with */
    size_t sent;
    size_t differ;
    bool logged;
    char wrong[16384];
} fixture;

typedef struct answer {
    char *body;
    char code[16];
    char error[256];
} answer;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start(&f->nexus, true);
    *state = f;
    return 0;
}

static void end_node(node_run *node) {
    if (node->process.pid > 0) {
        assert_int_equal(node_end(node, SIGTERM), 0);
        node->process.pid = 0;
    }
}

static int tear_down(void **state) {
    fixture *f = *state;
    end_node(&f->node);
    end_node(&f->other);
    json_decref(f->lines);
    nex_string_map_free(&f->ids);
    nex_string_map_free(&f->used);
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

static void load(fixture *f, const char *scenario) {
    char path[512];
    snprintf(path, sizeof path, "%s/wire/%s.jsonl", NEX_TEST_DATA, scenario);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    f->lines = json_array();
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, file) > 0) {
        json_t *value = json_loads(line, 0, NULL);
        assert_non_null(value);
        assert_int_equal(json_array_append_new(f->lines, value), 0);
    }
    free(line);
    fclose(file);
}

static const char *text_of(const json_t *line, const char *name) {
    const char *text = json_string_value(json_object_get(line, name));
    return text != NULL ? text : "";
}

static const char *header_of(const json_t *line, const char *name) {
    const json_t *pair = NULL;
    size_t i = 0;
    json_array_foreach(json_object_get(line, "headers"), i, pair) {
        if (strcmp(json_string_value(json_array_get(pair, 0)), name) == 0) {
            return json_string_value(json_array_get(pair, 1));
        }
    }
    return "";
}

/* ---- Ids ----------------------------------------------------------------------------------------
 */

static void learn(fixture *f, const char *theirs, const char *ours) {
    if (theirs != NULL && ours != NULL && strlen(theirs) >= 22) {
        assert_int_equal(nex_string_map_set(&f->ids, theirs, ours), NEX_OK);
    }
}

/* A text with our ids for theirs; to be freed. */
static char *translate(const fixture *f, const char *text) {
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_buf_append_str(&out, ""), NEX_OK);
    while (*text != '\0') {
        const nex_string_entry *found = NULL;
        for (size_t i = 0; i < f->ids.count && found == NULL; i++) {
            size_t len = strlen(f->ids.items[i].key);
            found = strncmp(text, f->ids.items[i].key, len) == 0 ? &f->ids.items[i] : NULL;
        }
        if (found != NULL) {
            assert_int_equal(nex_buf_append_str(&out, found->value), NEX_OK);
            text += strlen(found->key);
        } else {
            assert_int_equal(nex_buf_append(&out, text, 1), NEX_OK);
            text++;
        }
    }
    return nex_buf_take(&out);
}

static void learn_from(fixture *f, const char *theirs, const char *ours) {
    static const char *const names[] = {"id", "bidder_id", "node_id", "assigned_agent_id"};
    json_t *a = json_loads(theirs, 0, NULL);
    json_t *b = json_loads(ours, 0, NULL);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        learn(f, json_string_value(json_object_get(a, names[i])),
              json_string_value(json_object_get(b, names[i])));
    }
    json_decref(a);
    json_decref(b);
}

/* ---- Asking and comparing
 * ------------------------------------------------------------------------ */

typedef struct asking {
    fixture *f;
    answer *out;
    size_t count;
} asking;

static void copy_header(const nex_msg *msg, const char *name, char *out, size_t size) {
    const char *value = nex_msg_header(msg, name);
    snprintf(out, size, "%s", value != NULL ? value : "");
}

static bool on_answer(void *arg, const nex_msg *msg) {
    asking *a = arg;
    assert_true(a->count < REPLIES_MAX);
    answer *out = &a->out[a->count++];
    out->body = calloc(1, msg->len + 1);
    assert_non_null(out->body);
    if (msg->len > 0) {
        memcpy(out->body, msg->data, msg->len);
    }
    copy_header(msg, "Nats-Service-Error-Code", out->code, sizeof out->code);
    copy_header(msg, "Nats-Service-Error", out->error, sizeof out->error);
    return true;
}

static void on_end(void *arg, nex_status status) {
    (void)status;
    asking *a = arg;
    loop_wait_done(&a->f->nexus.wait);
}

static size_t ask(fixture *f, const char *subject, const char *body, size_t wanted,
                  answer out[REPLIES_MAX]) {
    asking a = {.f = f, .out = out};
    nex_msg msg = {.subject = subject, .data = body, .len = strlen(body)};
    /* Silence cannot be waited for; what answers at all answers the PING that follows later. */
    nex_many_options options = {.timeout = wanted > 0 ? 10 * NEX_SECOND : 200 * NEX_MILLISECOND,
                                .max = wanted};
    assert_int_equal(
        nex_bus_request_many(f->nexus.bus, &msg, &options, on_answer, on_end, &a, NULL), NEX_OK);
    loop_wait_run(&f->nexus.wait, subject);
    return a.count;
}

static char shape_of(const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return 'o';
    case JSON_ARRAY:
        return 'a';
    case JSON_STRING:
        return 's';
    case JSON_INTEGER:
    case JSON_REAL:
        return 'n';
    case JSON_TRUE:
    case JSON_FALSE:
        return 'b';
    case JSON_NULL:
        return '0';
    }
    return '?';
}

/* Every member of theirs is one of ours and of its kind; ours may have more where maps are. */
static bool same_shape(const json_t *theirs, const json_t *ours) {
    if (theirs == NULL || ours == NULL) {
        return theirs == ours;
    }
    char a = shape_of(theirs);
    char b = shape_of(ours);
    if (a == '0' || b == '0') {
        return true; /* null: an empty map or list */
    }
    if (a != b) {
        return false;
    }
    const char *name = NULL;
    json_t *value = NULL;
    if (a == 'o') {
        json_object_foreach((json_t *)(uintptr_t)theirs, name, value) {
            /* Which tags there are depends on which node, or workload, is asked. */
            const json_t *mine = json_object_get(ours, name);
            bool same = strcmp(name, "tags") == 0 && mine != NULL
                            ? json_is_null(mine) || json_is_null(value) || json_is_object(mine)
                            : same_shape(value, mine);
            if (!same) {
                return false;
            }
        }
    }
    return a != 'a' || json_array_size(theirs) == 0 || json_array_size(ours) == 0 ||
           same_shape(json_array_get(theirs, 0), json_array_get(ours, 0));
}

static bool same_body(const char *theirs, const char *ours) {
    json_t *a = json_loads(theirs, JSON_DECODE_ANY, NULL);
    json_t *b = json_loads(ours, JSON_DECODE_ANY, NULL);
    bool same =
        same_shape(a, b) || (a == NULL && b == NULL && (*theirs == '\0') == (*ours == '\0'));
    json_decref(a);
    json_decref(b);
    return same;
}

static void note(fixture *f, const json_t *request, const char *what, const char *theirs,
                 const char *ours) {
    size_t len = strlen(f->wrong);
    snprintf(f->wrong + len, sizeof f->wrong - len,
             "%.1f %s %.120s\n  %s\n  theirs: %.300s\n  ours: %.300s\n",
             json_number_value(json_object_get(request, "ms")), text_of(request, "subject"),
             text_of(request, "payload"), what, theirs, ours);
}

/* Error texts that hold something of the run are compared up to it. */
static bool same_error(const char *theirs, const char *ours) {
    const char *colon = strchr(theirs, ':');
    size_t len = colon != NULL ? (size_t)(colon - theirs) : strlen(theirs);
    return strncmp(theirs, ours, len) == 0;
}

static void compare(fixture *f, const json_t *request, const json_t *reply, const answer *ours) {
    const char *code = header_of(reply, "Nats-Service-Error-Code");
    const char *error = header_of(reply, "Nats-Service-Error");
    if (strcmp(code, ours->code) != 0) {
        note(f, request, "another code", *code ? code : "none", *ours->code ? ours->code : "none");
    } else if (strcmp(code, "100") != 0 && !same_error(error, ours->error)) {
        /* (Those of agents hold the cause, in the words of whoever found it.) */
        note(f, request, "another error text", error, ours->error);
    } else if (!same_body(text_of(reply, "payload"), ours->body)) {
        note(f, request, "another body", text_of(reply, "payload"), ours->body);
    }
}

static const difference *find_difference(const difference *list, double ms) {
    for (; list->why != NULL; list++) {
        if (list->ms == ms) {
            return list;
        }
    }
    return NULL;
}

/* The reference takes a bid any number of times; with us each deploy needs one of its own. */
static void renew_bid(fixture *f, const char *captured_subject) {
    char namespace_[64];
    char bid[NEX_ID_SIZE];
    char subject[128];
    if (sscanf(captured_subject, "$NEX.SVC.%63[^.].control.ADEPLOY.%22s", namespace_, bid) != 2 ||
        nex_string_map_get(&f->ids, bid) == NULL) {
        return;
    }
    if (nex_string_map_get(&f->used, bid) != NULL) {
        snprintf(subject, sizeof subject, "$NEX.SVC.%s.control.AUCTION", namespace_);
        char *reply = raw_request(&f->nexus, subject,
                                  "{\"agent_type\":\"native\",\"auction_id\":\"a\",\"tags\":{}}",
                                  5 * NEX_SECOND);
        assert_non_null(reply);
        json_t *json = json_loads(reply, 0, NULL);
        learn(f, bid, json_string_value(json_object_get(json, "bidder_id")));
        json_decref(json);
        free(reply);
    }
    assert_int_equal(nex_string_map_set(&f->used, bid, "1"), NEX_OK);
}

static bool same_name(const fixture *f, const char *theirs, const char *ours) {
    json_t *a = json_loads(theirs, 0, NULL);
    json_t *b = json_loads(ours, 0, NULL);
    const char *name = json_string_value(json_object_get(a, "name"));
    const char *is = json_string_value(json_object_get(b, "name"));
    char *wanted = translate(f, name != NULL ? name : "");
    bool same = is != NULL && strcmp(is, wanted) == 0;
    free(wanted);
    json_decref(a);
    json_decref(b);
    return same;
}

/* Nodes and services answer in any order: each captured answer is compared to the like of it. */
static void pair_answers(const fixture *f, const json_t **replies, answer *got, size_t count,
                         bool services) {
    for (size_t i = 0; i < count; i++) {
        const char *theirs = text_of(replies[i], "payload");
        for (size_t k = i; k < count; k++) {
            if (services ? same_name(f, theirs, got[k].body) : same_body(theirs, got[k].body)) {
                answer swap = got[i];
                got[i] = got[k];
                got[k] = swap;
                break;
            }
        }
    }
}

/* Sends one captured request. */
static void replay(fixture *f, const json_t *request, const difference *differences) {
    const json_t *replies[REPLIES_MAX] = {0};
    const json_t *line = NULL;
    size_t count = 0;
    size_t i = 0;
    json_array_foreach(f->lines, i, line) {
        if (count < REPLIES_MAX &&
            strcmp(text_of(line, "subject"), text_of(request, "reply")) == 0) {
            replies[count++] = line;
        }
    }
    const difference *meant =
        find_difference(differences, json_number_value(json_object_get(request, "ms")));
    size_t wanted = meant == NULL ? count : strcmp(meant->answer, "silence") != 0;
    if (meant == NULL) {
        renew_bid(f, text_of(request, "subject"));
    }
    char *subject = translate(f, text_of(request, "subject"));
    char *body = translate(f, text_of(request, "payload"));
    answer got[REPLIES_MAX] = {0};
    size_t answers = ask(f, subject, body, wanted, got);
    f->sent++;
    if (answers != wanted) {
        char a[32];
        char b[32];
        snprintf(a, sizeof a, "%zu answers", wanted);
        snprintf(b, sizeof b, "%zu: %.20s", answers, answers > 0 ? got[0].body : "");
        note(f, request, meant != NULL ? meant->why : "another number of answers", a, b);
    } else if (meant != NULL) {
        f->differ++;
        const char *is = *got[0].code != '\0' ? got[0].code : answers > 0 ? "ok" : "silence";
        if (strcmp(is, meant->answer) != 0) {
            note(f, request, meant->why, meant->answer, is);
        }
    } else {
        pair_answers(f, replies, got, count, strncmp(subject, "$SRV.", 5) == 0);
        for (size_t k = 0; k < count; k++) {
            compare(f, request, replies[k], &got[k]);
        }
    }
    for (size_t k = 0; k < answers; k++) {
        if (k < count) {
            learn_from(f, text_of(replies[k], "payload"), got[k].body);
        }
        free(got[k].body);
    }
    free(subject);
    free(body);
}

/* What a client asked of the node, or somebody asked by hand; not what the node asked. */
static bool is_for_us(const json_t *line) {
    const char *subject = text_of(line, "subject");
    const char *reply = text_of(line, "reply");
    bool by_hand = strncmp(reply, "_INBOX.", 7) == 0 && strchr(reply + 7, '.') == NULL;
    bool ours = strncmp(subject, "$NEX.SVC.", 9) == 0 || strncmp(subject, "$SRV.", 5) == 0;
    return *reply != '\0' && ours && (by_hand || strstr(subject, ".control.") != NULL);
}

/* Up to the next signal to a node, which it is the test's business to send. */
static void replay_part(fixture *f, const difference *differences) {
    for (; f->at < json_array_size(f->lines); f->at++) {
        const json_t *line = json_array_get(f->lines, f->at);
        if (strcmp(text_of(line, "mark"), "signal") == 0) {
            f->at++;
            return;
        }
        if (is_for_us(line)) {
            replay(f, line, differences);
        }
    }
}

/* All of them were answered as captured, or as is meant. */
static void assert_replayed(fixture *f, size_t at_least, const difference *differences) {
    if (f->wrong[0] != '\0') {
        fprintf(stderr, "%s", f->wrong);
        fail_msg("not all of %zu requests are answered as captured", f->sent);
    }
    assert_in_range(f->sent, at_least, 1000);
    size_t meant = 0;
    for (; differences->why != NULL; differences++) {
        meant++;
    }
    assert_int_equal(f->differ, meant);
}

/* The captured node of that name, as it said when it started; false: it did not. */
static bool find_captured(const fixture *f, const char *name, char id[NODE_ID_SIZE]) {
    const json_t *line = NULL;
    size_t i = 0;
    json_array_foreach(f->lines, i, line) {
        if (strstr(text_of(line, "subject"), ".NODESTARTED") == NULL) {
            continue;
        }
        json_t *event = json_loads(text_of(line, "payload"), 0, NULL);
        const char *is = json_string_value(json_object_get(event, "name"));
        bool found = is != NULL && strcmp(is, name) == 0;
        if (found) {
            snprintf(id, NODE_ID_SIZE, "%s", json_string_value(json_object_get(event, "id")));
        }
        json_decref(event);
        if (found) {
            return true;
        }
    }
    return false;
}

/* The ids of a captured node and of its native agent, from its registration. */
static void learn_node(fixture *f, const node_run *ours, const char *name) {
    char theirs[NODE_ID_SIZE] = "";
    char subject[256];
    const json_t *line = NULL;
    size_t i = 0;
    bool known = find_captured(f, name, theirs);
    snprintf(subject, sizeof subject, "$NEX.SVC.system.control.AGENTID.%s", ours->id);
    char *agent = raw_request(&f->nexus, subject, "nexlet-native", NEX_SECOND);
    json_array_foreach(f->lines, i, line) {
        char node[NODE_ID_SIZE];
        char id[NEX_ID_SIZE];
        if (sscanf(text_of(line, "subject"), "$NEX.SVC.%63[A-Z0-9].agent.REGISTER.%22s", node,
                   id) == 2 &&
            (known ? strcmp(node, theirs) == 0 : nex_string_map_get(&f->ids, node) == NULL)) {
            snprintf(theirs, sizeof theirs, "%s", node);
            learn(f, id, agent);
            break;
        }
    }
    assert_string_not_equal(theirs, "");
    learn(f, theirs, ours->id);
    assert_int_equal(nex_string_map_set(&f->ids, "go_exec", "nexlet-native"), NEX_OK);
    free(agent);
}

static void test_ordinary_requests(void **state) {
    fixture *f = *state;
    static const difference differences[] = {
        {47069.2, "100", "an error is the only answer, not followed by an ordinary one"},
        {0, NULL, NULL}};
    load(f, "a-basic");
    NODE_START(&f->nexus, &f->node, "--node-name", "alpha", "--tags", "region=lab");
    learn_node(f, &f->node, "alpha");
    replay_part(f, differences);
    assert_replayed(f, 21, differences);
}

static void test_requests_that_fail(void **state) {
    fixture *f = *state;
    static const difference differences[] = {
        {1563.8, "404", "a bid is used once and only in its own namespace"},
        {16695.3, "ok", "the replay does not wait until the bid has expired"},
        {43118.2, "400", "the author of a nexlet is told what is wrong with its schema"},
        {43121.7, "ok", "an agent that registers again gets its id and its workloads"},
        {0, NULL, NULL}};
    load(f, "b-errors-crafted");
    NODE_START(&f->nexus, &f->node, "--node-name", "alpha");
    learn_node(f, &f->node, "alpha");
    replay_part(f, differences);
    assert_replayed(f, 21, differences);
}

static void test_jobs_and_refusals(void **state) {
    fixture *f = *state;
    static const difference differences[] = {{17336.9, "ok", "a plain path is taken, too"},
                                             {0, NULL, NULL}};
    load(f, "b-jobs-errors");
    NODE_START(&f->nexus, &f->node, "--node-name", "alpha");
    learn_node(f, &f->node, "alpha");
    replay_part(f, differences);
    assert_replayed(f, 10, differences);
}

static void test_lame_duck(void **state) {
    fixture *f = *state;
    static const difference differences[] = {
        {6608.1, "silence", "a node in lame duck makes no bids"},
        {6631.7, "silence", "a node in lame duck makes no bids"},
        {7634.3, "silence", "so there is none to be taken"},
        {0, NULL, NULL}};
    load(f, "c-lameduck");
    NODE_START(&f->nexus, &f->node, "--node-name", "alpha");
    learn_node(f, &f->node, "alpha");
    replay_part(f, differences);
    assert_replayed(f, 10, differences);
}

static void on_logged(void *arg, const nex_msg *msg) {
    fixture *f = arg;
    char wanted[128];
    snprintf(wanted, sizeof wanted, "$NEX.FEED.system.logs.%s.stdout", f->node.id);
    f->logged = f->logged || (strcmp(msg->subject, wanted) == 0 && msg->len > 0);
}

/* The log of a node as messages. */
static void assert_logs_are_published(fixture *f) {
    nex_subscription *logs = NULL;
    assert_int_equal(
        nex_bus_subscribe(f->nexus.bus, "$NEX.FEED.system.logs.>", NULL, on_logged, f, &logs),
        NEX_OK);
    NODE_START(&f->nexus, &f->node, "--node-name", "delta", "--logger.target", "std",
               "--logger.target", "nats");
    for (double since = seconds_now(); !f->logged && seconds_now() - since < 10;) {
        /* Each is logged, as a warning. */
        free(raw_request(&f->nexus, "$NEX.SVC.default.control.WPING", "{}", 5 * NEX_SECOND));
    }
    nex_subscription_free(logs);
    assert_true(f->logged);
}

static void test_one_node_after_the_other(void **state) {
    fixture *f = *state;
    static const difference differences[] = {
        {3655.2, "ok", "a node without agents has an empty list"},
        {5680.1, "ok", "a node without agents has an empty list"},
        {0, NULL, NULL}};
    static const char *const names[] = {"alpha", "beta"};
    load(f, "c-stop");
    for (size_t i = 0; i < 2; i++) {
        NODE_START(&f->nexus, &f->node, "--node-name", names[i]);
        learn_node(f, &f->node, names[i]);
        replay_part(f, differences);
        assert_int_equal(node_end(&f->node, i == 0 ? SIGINT : SIGTERM), 0);
        f->node.process.pid = 0;
    }
    NODE_START(&f->nexus, &f->node, "--node-name", "gamma", "--disable-native-start");
    learn_node(f, &f->node, "gamma");
    replay_part(f, differences); /* it is drained last of all */
    assert_int_equal(process_wait_end(&f->node.process, 10), 0);
    f->node.process.pid = 0;
    assert_logs_are_published(f);
    assert_replayed(f, 10, differences);
}

static void test_two_nodes(void **state) {
    fixture *f = *state;
    static const difference differences[] = {{0, NULL, NULL}};
    load(f, "d-two-nodes");
    NODE_START(&f->nexus, &f->node, "--node-name", "alpha", "--tags", "region=lab", "--tags",
               "gpu=no");
    NODE_START(&f->nexus, &f->other, "--node-name", "beta", "--tags", "region=field");
    learn_node(f, &f->node, "alpha");
    learn_node(f, &f->other, "beta");
    replay_part(f, differences);
    assert_replayed(f, 10, differences);
}

static void test_stored_state(void **state) {
    fixture *f = *state;
    static const difference differences[] = {{0, NULL, NULL}};
    static const int signals[] = {SIGKILL, SIGINT};
    char seed[NEX_KEY_TEXT_SIZE];
    nex_key *key = NULL;
    assert_int_equal(nex_key_generate(&key, NEX_KEY_SERVER, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, seed), NEX_OK);
    nex_key_free(key);
    load(f, "f-kv-state");
    for (size_t i = 0; i < 3; i++) {
        NODE_START(&f->nexus, &f->node, "--node-name", "alpha", "--state", "kv", "--node-seed",
                   seed);
        learn_node(f, &f->node, "alpha");
        replay_part(f, differences);
        if (i < 2) {
            assert_int_equal(node_end(&f->node, signals[i]), signals[i] == SIGKILL ? 137 : 0);
        }
    }
    assert_replayed(f, 10, differences);
}

static void test_services(void **state) {
    fixture *f = *state;
    static const difference differences[] = {{0, NULL, NULL}};
    process_run agent = {0};
    load(f, "h-srv");
    NODE_START(&f->nexus, &f->node, "--node-name", "alpha", "--allow-remote-agent-registration");
    NODE_START(&f->nexus, &f->other, "--node-name", "beta");
    learn_node(f, &f->node, "alpha");
    learn_node(f, &f->other, "beta");
    const char *const words[] = {nats_server_url(f->nexus.server), "nexus", NULL};
    process_start(&f->nexus, &agent, NEX_BIN_DIR "/bin/nex-test-agent", words);
    process_wait_log(&f->node.process, "type=test from=unknown to=healthy", 1);
    assert_int_equal(nex_string_map_set(&f->ids, "wireagent", "test_agent"), NEX_OK);
    replay_part(f, differences);
    assert_int_equal(kill(agent.pid, SIGTERM), 0);
    assert_int_equal(process_wait_end(&agent, 10), 0);
    assert_replayed(f, 10, differences);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ordinary_requests, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_requests_that_fail, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_jobs_and_refusals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lame_duck, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_one_node_after_the_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_two_nodes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stored_state, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_services, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
