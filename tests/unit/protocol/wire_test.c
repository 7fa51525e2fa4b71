/* Every message the reference put on the wire, with the type generated for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>

#include "protocol_types.h"

/* The names messages.json gives, where they are not the type's title. */
static const struct {
    const char *captured;
    const char *type;
} captured_names[] = {
    {"CloneWorkloadResponse(=StartWorkloadRequest)", "start_workload_request"},
    {"StoredWorkload(=StartWorkloadRequest)", "start_workload_request"},
    {"NexNodeStartedEvent", "node_started_event"},
    {"NexNodeStoppedEvent", "node_stopped_event"},
    {"NexNodeLameduckSetEvent", "node_lameduck_set_event"},
    {"PlacementTags", "tag_map"},
    {"ErrorReply 400", "service_error"},
    {"ErrorReply 403", "service_error"},
    {"ErrorReply 404", "service_error"},
    {"ErrorReply 500", "service_error"},
};

/* Titles whose messages are no JSON of the protocol: raw bytes, or the micro service's own. */
static const char *const others[] = {
    "AgentIdRequest(raw)", "AgentIdResponse(raw)", "NodeLog(raw)",      "WorkloadLog(raw)",
    "TriggerRequest(raw)", "TriggerResponse(raw)", "MicroInfoResponse", "MicroPingResponse",
    "MicroStatsResponse",  "WorkloadMetrics",      "ErrorReply 100",
};

static const nex_type *type_titled(const char *title) {
    for (size_t i = 0; i < sizeof captured_names / sizeof captured_names[0]; i++) {
        if (strcmp(captured_names[i].captured, title) == 0) {
            return protocol_type_named(captured_names[i].type);
        }
    }
    for (size_t i = 0; i < PROTOCOL_TYPE_COUNT; i++) {
        if (strcmp(protocol_types[i].type->name, title) == 0) {
            return protocol_types[i].type;
        }
    }
    return NULL;
}

static bool is_other(const char *title) {
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(others[i], title) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * Whether the reference wrote it compactly and with an empty list or map not as null: then so do
 * we. Error replies alone have their members out of order there.
 */
static bool comes_back_alike(const nex_type *type, const char *raw) {
    return strstr(raw, "\": ") == NULL && strstr(raw, "null") == NULL &&
           type != &nex_service_error_type;
}

/* Decodes, validates, encodes, decodes again; true when the bytes were the same, too. */
static bool round_trip(const nex_type *type, const char *raw, const char *from) {
    void *first = NULL;
    void *second = NULL;
    nex_error err;
    nex_buf text = NEX_BUF_INIT;
    size_t len = strlen(raw);
    if (nex_message_decode(type, raw, len, NULL, &first, &err) != NEX_OK ||
        nex_message_validate(type, first, &err) != NEX_OK) {
        fail_msg("%s: %s: %s\n%s", from, type->name, err.message, raw);
    }
    assert_int_equal(nex_message_encode(type, first, &text), NEX_OK);
    if (nex_message_decode(type, text.data, text.len, NULL, &second, &err) != NEX_OK) {
        fail_msg("%s: %s: %s\n%s", from, type->name, err.message, text.data);
    }
    if (!nex_message_equal(type, first, second)) {
        fail_msg("%s: %s came back different:\n%s\n%s", from, type->name, raw, text.data);
    }
    bool alike = text.len == len && memcmp(text.data, raw, len) == 0;
    if (comes_back_alike(type, raw) && !alike) {
        fail_msg("%s: %s is written otherwise:\n%s\n%s", from, type->name, raw, text.data);
    }
    void *clone = NULL;
    assert_int_equal(nex_message_clone(type, first, &clone), NEX_OK);
    nex_message_free(first);
    assert_true(nex_message_equal(type, second, clone));
    nex_message_free(second);
    nex_message_free(clone);
    nex_buf_free(&text);
    return alike;
}

static void captured_messages_of_every_type_round_trip(void **state) {
    (void)state;
    json_t *types = json_load_file(NEX_TEST_DATA "/wire/messages.json", 0, NULL);
    assert_non_null(types);
    size_t checked = 0;
    size_t alike = 0;
    const char *title = NULL;
    json_t *list = NULL;
    json_object_foreach(types, title, list) {
        const nex_type *type = type_titled(title);
        if (type == NULL && !is_other(title)) {
            fail_msg("no type is known for the captured %s", title);
        }
        size_t i = 0;
        json_t *capture = NULL;
        json_array_foreach(list, i, capture) {
            const char *raw = json_string_value(json_object_get(capture, "raw"));
            const char *from = json_string_value(json_object_get(capture, "from"));
            assert_non_null(raw);
            /* One event was filed under a request's name. */
            if (type == &nex_lameduck_request_type && strstr(raw, "\"delay\"") == NULL) {
                type = &nex_node_lameduck_set_event_type;
            }
            if (type != NULL) {
                alike += round_trip(type, raw, from != NULL ? from : title);
                checked++;
            }
        }
    }
    json_decref(types);
    assert_in_range(checked, 75, 1000);
    assert_in_range(alike, 65, checked);
}

/* What a subject carries, by a part of it; the answers go to inboxes and are in messages.json. */
static const struct {
    const char *part;
    const nex_type *type;
} subjects[] = {
    {".agent.HEARTBEAT.", &nex_agent_heartbeat_type},
    {".control.HEARTBEAT.", &nex_node_heartbeat_type},
    {".control.AUCTION", &nex_auction_request_type},
    {".control.ADEPLOY.", &nex_start_workload_request_type},
    {".control.UNDEPLOY.", &nex_stop_workload_request_type},
    {".control.CLONE.", &nex_clone_workload_request_type},
    {".control.WPING", &nex_agent_list_workloads_request_type},
    {".control.LAMEDUCK.", &nex_lameduck_request_type},
    {".control.PING", &nex_node_ping_request_type},
    {".agent.REGISTER.", &nex_register_agent_request_type},
    {".STARTWORKLOAD.", &nex_agent_start_workload_request_type},
    {".STOPWORKLOAD.", &nex_stop_workload_request_type},
    {".QUERYWORKLOADS", &nex_agent_list_workloads_request_type},
    {".SETLAMEDUCK", &nex_lameduck_request_type},
    {".NODESTARTED", &nex_node_started_event_type},
    {".NODESTOPPED", &nex_node_stopped_event_type},
    {".NODELAMEDUCKSET", &nex_node_lameduck_set_event_type},
    {".AGENTSTOPPED", &nex_agent_stopped_event_type},
    {".WORKLOADSTARTED", &nex_workload_started_event_type},
    {".WORKLOADSTOPPED", &nex_workload_stopped_event_type},
    {".INGRESS", &nex_agent_ingress_msg_type},
};

static const nex_type *type_on(const char *subject) {
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        if (strncmp(subject, "$NEX.", 5) == 0 && strstr(subject, subjects[i].part) != NULL) {
            return subjects[i].type;
        }
    }
    return NULL;
}

/* A line of a capture; counts a message that round-tripped, or that was refused as it should. */
static void check_line(const char *line, const char *file, size_t *checked, size_t *refused) {
    json_t *entry = json_loads(line, 0, NULL);
    assert_non_null(entry);
    const char *subject = json_string_value(json_object_get(entry, "subject"));
    const char *raw = json_string_value(json_object_get(entry, "payload"));
    const nex_type *type = subject != NULL ? type_on(subject) : NULL;
    /* Some requests were made by hand to be wrong, by a client whose inboxes have two parts. */
    const char *reply = json_string_value(json_object_get(entry, "reply"));
    bool by_hand = reply != NULL && strchr(reply, '.') == strrchr(reply, '.');
    if (type != NULL && raw != NULL && raw[0] != '\0') {
        void *message = NULL;
        nex_status status = nex_message_decode(type, raw, strlen(raw), NULL, &message, NULL);
        nex_message_free(message);
        if (by_hand && status != NEX_OK) {
            (*refused)++;
        } else {
            round_trip(type, raw, file);
            (*checked)++;
        }
    }
    json_decref(entry);
}

static void every_captured_message_round_trips(void **state) {
    (void)state;
    size_t checked = 0;
    size_t refused = 0;
    DIR *dir = opendir(NEX_TEST_DATA "/wire");
    assert_non_null(dir);
    for (struct dirent *entry = NULL; (entry = readdir(dir)) != NULL;) {
        size_t len = strlen(entry->d_name);
        if (len < 6 || strcmp(entry->d_name + len - 6, ".jsonl") != 0) {
            continue;
        }
        char path[1024];
        snprintf(path, sizeof path, "%s/wire/%s", NEX_TEST_DATA, entry->d_name);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        char *line = NULL;
        size_t cap = 0;
        while (getline(&line, &cap, file) > 0) {
            check_line(line, entry->d_name, &checked, &refused);
        }
        free(line);
        fclose(file);
    }
    closedir(dir);
    assert_in_range(checked, 500, 100000);
    assert_in_range(refused, 1, 40);
}

static void the_references_words_for_a_missing_member_are_ours(void **state) {
    (void)state;
    static const struct {
        const nex_type *type;
        const char *json;
        const char *message;
    } cases[] = {
        {&nex_node_ping_request_type, "{}", "field filter in NodePingRequest: required"},
        {&nex_auction_request_type, "{}", "field agent_type in AuctionRequest: required"},
        {&nex_clone_workload_request_type, "{}",
         "field namespace in CloneWorkloadRequest: required"},
        {&nex_lameduck_request_type, "{}", "field delay in LameduckRequest: required"},
        {&nex_register_agent_request_type, "{\"name\":\"x\"}",
         "field description in RegisterAgentRequest: required"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        void *m = NULL;
        nex_error err;
        assert_int_equal(
            nex_message_decode(cases[i].type, cases[i].json, strlen(cases[i].json), NULL, &m, &err),
            NEX_EINVAL);
        assert_string_equal(err.message, cases[i].message);
    }
}

static void a_null_message_has_its_required_parts(void **state) {
    (void)state;
    nex_agent_start_workload_request *m = NULL;
    const char *json = "{\"request\":null,\"workload_creds\":null}";
    for (int i = 0; i < 2; i++) {
        const char *text = i == 0 ? "null" : json;
        nex_error err;
        assert_int_equal(nex_agent_start_workload_request_decode(&m, text, strlen(text), &err),
                         NEX_OK);
        assert_string_equal(m->request->name, "");
        assert_null(m->request->reference);
        assert_string_equal(m->workload_creds->nats_user_seed, "");
        assert_int_equal(m->workload_creds->nats_servers.count, 0);
        /* What has no zero value is still missing. */
        assert_int_equal(nex_agent_start_workload_request_validate(m, &err), NEX_EINVAL);
        assert_string_equal(err.message,
                            "/request: field workload_lifecycle in StartWorkloadRequest: required");
        nex_agent_start_workload_request_free(m);
    }
}

static void nulls_are_read_as_empty(void **state) {
    (void)state;
    void *m = NULL;
    const char *json = "{\"agent_type\":\"native\",\"auction_id\":\"x\",\"tags\":null}";
    assert_int_equal(
        nex_message_decode(&nex_auction_request_type, json, strlen(json), NULL, &m, NULL), NEX_OK);
    nex_buf text = NEX_BUF_INIT;
    assert_int_equal(nex_message_encode(&nex_auction_request_type, m, &text), NEX_OK);
    assert_string_equal(text.data, "{\"agent_type\":\"native\",\"auction_id\":\"x\",\"tags\":{}}");
    nex_buf_free(&text);
    nex_message_free(m);
    for (size_t i = 0; i < PROTOCOL_TYPE_COUNT; i++) {
        nex_error err;
        if (nex_message_decode(protocol_types[i].type, "null", 4, NULL, &m, &err) != NEX_OK) {
            fail_msg("%s: %s", protocol_types[i].name, err.message);
        }
        nex_message_free(m);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(captured_messages_of_every_type_round_trip),
        cmocka_unit_test(every_captured_message_round_trips),
        cmocka_unit_test(the_references_words_for_a_missing_member_are_ours),
        cmocka_unit_test(a_null_message_has_its_required_parts),
        cmocka_unit_test(nulls_are_read_as_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
