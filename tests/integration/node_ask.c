/* The client's side of node_process.h: operations of nex_client, waited for and timed. */
#include "node_process.h"

#include <stdlib.h>
#include <string.h>

static const char sleeper[] = "{\"uri\":\"file:///bin/sleep\",\"argv\":[\"3600\"]}";

static void take(outcome *to, const nex_outcome *from) {
    to->status = from->status;
    snprintf(to->message, sizeof to->message, "%s", from->error->message);
    to->declines = from->decline_count;
    size_t len = 0;
    for (size_t i = 0; i < from->decline_count && len < sizeof to->reasons; i++) {
        const nex_decline *d = &from->declines[i];
        int n = snprintf(to->reasons + len, sizeof to->reasons - len, "%s %s: %s\n", d->node_id,
                         d->reason, d->detail);
        len += n > 0 ? (size_t)n : 0;
    }
}

void assert_went_well(outcome o) {
    if (o.status != NEX_OK) {
        fail_msg("%s: %s %s", nex_status_name(o.status), o.message, o.reasons);
    }
}

typedef struct asked {
    outcome result;
    char *id;
    listed *list;
    size_t count;
} asked;

/* Runs an operation that was begun and says how long it took. */
static outcome finish(asked *a, nex_status begun, nex_client_op *op, double since) {
    assert_int_equal(begun, NEX_OK);
    nex_client_wait(op);
    a->result.seconds = seconds_now() - since;
    return a->result;
}

static void on_started(void *arg, const nex_outcome *o, const nex_started *started) {
    asked *a = arg;
    take(&a->result, o);
    snprintf(a->id, NEX_ID_SIZE, "%s", started != NULL ? started->id : "");
}

outcome workload_start(nexus_run *nexus, start_of what, char id[NEX_ID_SIZE]) {
    char ignored[NEX_ID_SIZE];
    asked a = {.id = id != NULL ? id : ignored};
    nex_string_map tags = {0};
    if (what.tag != NULL) {
        assert_int_equal(nex_string_map_set(&tags, what.tag, what.value), NEX_OK);
    }
    nex_start_workload_request request = {
        .name = (char *)(uintptr_t)(what.name != NULL ? what.name : "sleeper"),
        .namespace_ = (char *)(uintptr_t)(what.namespace_ != NULL ? what.namespace_ : "default"),
        .description = (char *)(uintptr_t) "",
        .workload_type = (char *)(uintptr_t)(what.type != NULL ? what.type : "native"),
        .workload_lifecycle = what.lifecycle != 0 ? what.lifecycle : NEX_WORKLOAD_LIFECYCLE_SERVICE,
        .run_request = (char *)(uintptr_t)(what.run != NULL ? what.run : sleeper)};
    request.tags.items = tags.items;
    request.tags.count = tags.count;
    nex_start_options options = {.request = &request, .node_id = what.node};
    nex_client_op *op = NULL;
    double since = seconds_now();
    nex_status begun = nex_client_start(nexus->client, &options, on_started, &a, &op, NULL);
    outcome result = finish(&a, begun, op, since);
    nex_string_map_free(&tags);
    return result;
}

static void on_stopped(void *arg, const nex_outcome *o, const nex_stop_workload_response *r) {
    asked *a = arg;
    take(&a->result, o);
    if (o->status == NEX_OK) {
        assert_non_null(r);
        assert_true(r->stopped);
    }
}

outcome workload_stop(nexus_run *nexus, const char *id) {
    asked a = {0};
    nex_client_op *op = NULL;
    double since = seconds_now();
    nex_status begun = nex_client_stop(nexus->client, id, on_stopped, &a, &op, NULL);
    return finish(&a, begun, op, since);
}

static void on_cloned(void *arg, const nex_outcome *o, const nex_started *started,
                      const nex_stop_workload_response *stopped) {
    (void)stopped;
    on_started(arg, o, started);
}

outcome workload_clone(nexus_run *nexus, const char *id, const char *tag, const char *value,
                       bool stop, char clone[NEX_ID_SIZE]) {
    asked a = {.id = clone};
    nex_string_map tags = {0};
    if (tag != NULL) {
        assert_int_equal(nex_string_map_set(&tags, tag, value), NEX_OK);
    }
    nex_clone_options options = {.workload_id = id, .tags = &tags, .stop = stop};
    nex_client_op *op = NULL;
    double since = seconds_now();
    nex_status begun = nex_client_clone(nexus->client, &options, on_cloned, &a, &op, NULL);
    outcome result = finish(&a, begun, op, since);
    nex_string_map_free(&tags);
    return result;
}

static void on_listed(void *arg, const nex_outcome *o, const nex_listed_workload *workloads,
                      size_t count) {
    asked *a = arg;
    take(&a->result, o);
    assert_in_range(count, 0, LISTED_MAX);
    for (size_t i = 0; i < count; i++) {
        const nex_workload_summary *s = workloads[i].summary;
        listed *l = &a->list[i];
        const char *state = nex_workload_state_text(s->workload_state);
        const char *pid = NULL;
        for (size_t k = 0; k < s->metadata.count; k++) {
            if (strcmp(s->metadata.items[k].key, "pid") == 0) {
                pid = s->metadata.items[k].value;
            }
        }
        snprintf(l->id, sizeof l->id, "%s", s->id);
        snprintf(l->node, sizeof l->node, "%s", workloads[i].node_id);
        snprintf(l->name, sizeof l->name, "%s", s->name);
        snprintf(l->state, sizeof l->state, "%s", state != NULL ? state : "");
        l->pid = pid != NULL ? atoi(pid) : 0;
    }
    a->count = count;
}

outcome workloads_list(nexus_run *nexus, listed out[LISTED_MAX], size_t *count) {
    asked a = {.list = out};
    nex_client_op *op = NULL;
    double since = seconds_now();
    nex_status begun = nex_client_list(nexus->client, NULL, on_listed, &a, &op, NULL);
    outcome result = finish(&a, begun, op, since);
    *count = a.count;
    return result;
}

listed find_listed(nexus_run *nexus, const char *id) {
    listed *all = calloc(LISTED_MAX, sizeof *all);
    size_t count = 0;
    listed found = {0};
    assert_non_null(all);
    assert_went_well(workloads_list(nexus, all, &count));
    size_t times = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].id, id) == 0) {
            found = all[i];
            times++;
        }
    }
    free(all);
    if (times != 1) {
        fail_msg("workload %s is listed %zu times among %zu", id, times, count);
    }
    return found;
}

static void on_nodes(void *arg, const nex_outcome *o, const nex_node_ping_response *const *nodes,
                     size_t count) {
    (void)nodes;
    asked *a = arg;
    take(&a->result, o);
    a->count = count;
}

outcome nodes_list(nexus_run *nexus, size_t *count) {
    asked a = {0};
    nex_client_op *op = NULL;
    double since = seconds_now();
    nex_status begun = nex_client_list_nodes(nexus->client, NULL, on_nodes, &a, &op, NULL);
    outcome result = finish(&a, begun, op, since);
    *count = a.count;
    return result;
}

typedef struct raw {
    loop_wait *wait;
    char *body;
} raw;

static void on_raw(void *arg, nex_status status, const nex_msg *reply) {
    raw *r = arg;
    if (status == NEX_OK) {
        r->body = calloc(1, reply->len + 1);
        assert_non_null(r->body);
        if (reply->len > 0) {
            memcpy(r->body, reply->data, reply->len);
        }
    }
    loop_wait_done(r->wait);
}

char *raw_request(nexus_run *nexus, const char *subject, const char *body, nex_duration timeout) {
    raw r = {.wait = &nexus->wait};
    nex_msg msg = {.subject = subject, .data = body, .len = strlen(body)};
    assert_int_equal(nex_bus_request(nexus->bus, &msg, timeout, on_raw, &r, NULL), NEX_OK);
    loop_wait_run(&nexus->wait, subject);
    return r.body;
}
