#include "fake_native.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void make_native(rig *r) {
    nex_error err;
    nex_process_layer layer = fake_processes(&r->machine);
    nex_native_options options = {.loop = r->loop, .processes = &layer, .metrics_interval = -1};
    assert_int_equal(nex_native_new(&r->native, &options, &err), NEX_OK);
    nex_native_attach(r->native, &r->agent);
}

int setup(void **state) {
    rig *r = calloc(1, sizeof *r);
    r->loop = fake_loop_new();
    r->agent.registered = true;
    make_native(r);
    *state = r;
    return 0;
}

int teardown(void **state) {
    rig *r = *state;
    nex_native_free(r->native);
    nex_loop_free(r->loop);
    fake_machine_clear(&r->machine);
    nex_buf_free(&r->agent.out);
    nex_buf_free(&r->agent.err);
    free(r);
    return 0;
}

void crash(rig *r) {
    nex_native_free(r->native);
    make_native(r);
}

void start_request(rig *r, const char *id, nex_workload_lifecycle lifecycle,
                   const char *run_request, bool existing, nex_agent_call *call) {
    nex_start_workload_request request = {
        .name = (char *)(uintptr_t) "hello",
        .namespace_ = (char *)(uintptr_t) "default",
        .description = (char *)(uintptr_t) "",
        .workload_type = (char *)(uintptr_t) "native",
        .workload_lifecycle = lifecycle,
        .run_request = (char *)(uintptr_t)run_request,
    };
    char *servers[] = {(char *)(uintptr_t) "nats://a:1", (char *)(uintptr_t) "nats://b:2"};
    nex_nats_connection_data creds = {.nats_servers = {.items = servers, .count = 2},
                                      .conn_name = (char *)(uintptr_t) "",
                                      .tls_cert = (char *)(uintptr_t) "",
                                      .tls_key = (char *)(uintptr_t) "",
                                      .tls_ca = (char *)(uintptr_t) "",
                                      .nats_user_seed = (char *)(uintptr_t) "SUSEED",
                                      .nats_user_jwt = (char *)(uintptr_t) "a.b.c",
                                      .nats_user_nkey = (char *)(uintptr_t) "",
                                      .nats_user_name = (char *)(uintptr_t) "",
                                      .nats_user_password = (char *)(uintptr_t) ""};
    nex_agent_start_workload_request message = {.request = &request, .workload_creds = &creds};
    nex_native_ops()->start_workload(r->native, id, &message, existing, call);
}

fake_workload *begin(rig *r, const char *id, nex_workload_lifecycle lifecycle,
                     const char *run_request) {
    nex_agent_call call = {0};
    start_request(r, id, lifecycle, run_request, false, &call);
    fake_workload *w = fake_find(&r->machine, id);
    assert_non_null(w);
    assert_int_equal(call.answers, 0); /* not before it runs */
    fake_started(w);
    assert_true(call.started);
    assert_int_equal(call.answers, 1);
    assert_string_equal(call.id, id);
    assert_string_equal(call.name, "hello");
    return w;
}

fake_workload *begin_service(rig *r, const char *id) {
    return begin(r, id, NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"file:///bin/sh\"}");
}

void stop(rig *r, const char *id, nex_agent_call *call) {
    nex_stop_workload_request request = {.namespace_ = (char *)(uintptr_t) "default"};
    nex_native_ops()->stop_workload(r->native, id, &request, call);
}

bool has(rig *r, const char *id) {
    return nex_native_ops()->has_workload(r->native, id, "default");
}

const nex_workload_summary *listed(rig *r, const char *id, nex_agent_call *call) {
    fake_call_clear(call);
    nex_native_ops()->query_workloads(r->native, "default", NULL, call);
    assert_true(call->listed);
    for (size_t i = 0; i < call->list->count; i++) {
        if (strcmp(call->list->items[i].id, id) == 0) {
            return &call->list->items[i];
        }
    }
    return NULL;
}

void assert_state(rig *r, const char *id, nex_workload_state state) {
    nex_agent_call call = {0};
    const nex_workload_summary *summary = listed(r, id, &call);
    assert_non_null(summary);
    assert_int_equal(summary->workload_state, state);
    fake_call_clear(&call);
}

void assert_metadata(rig *r, const char *id, const char *key, const char *value) {
    nex_agent_call call = {0};
    const nex_workload_summary *summary = listed(r, id, &call);
    assert_non_null(summary);
    const char *found = nex_string_map_get(&summary->metadata, key);
    if (value == NULL) {
        assert_null(found);
    } else {
        assert_non_null(found);
        assert_string_equal(found, value);
    }
    fake_call_clear(&call);
}

void assert_refused(rig *r, const char *run_request, const char *words) {
    nex_agent_call call = {0};
    start_request(r, "bad", NEX_WORKLOAD_LIFECYCLE_SERVICE, run_request, false, &call);
    assert_true(call.failed);
    assert_int_equal(call.answers, 1);
    if (strstr(call.error, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", call.error, words);
    }
    assert_false(has(r, "bad"));
}
