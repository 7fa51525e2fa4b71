/*
 * Registrations. A remote agent asks for an id (RREGISTER); every agent then says what it runs
 * (REGISTER) and gets credentials and the workloads it had. Our agents keep their id, so what is
 * recorded for another one is not theirs. The reference's remote agents come back under a new
 * id: they get what is recorded for a remote agent under whose id nobody answers any more.
 */
#include "node/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OWNER_TIMEOUT (500 * NEX_MILLISECOND)
/* Of the largest message, what an answer to REGISTER needs beside the workloads. */
#define ANSWER_RESERVE ((size_t)32 * 1024)

typedef struct owner_check {
    struct pending_register *pending;
    char *agent_id;
    nex_request *ping;
    bool gone;
} owner_check;

/* A REGISTER that waits for the state to be read, or for former owners to be looked for. */
typedef struct pending_register {
    nex_node *node;
    nex_call *call;
    char *agent_id;
    nex_register_agent_request *registration;
    nex_schema *schema;
    bool boxed_env;
    bool keeps_id; /* an agent of ours */
    owner_check *owners;
    size_t owner_count;
    size_t open;          /* pings under way */
    size_t existing_size; /* bytes of what the answer hands back */
    nex_string_list rest; /* what it has no room for */
    struct pending_register *prev;
    struct pending_register *next;
} pending_register;

static void pending_free(pending_register *p) {
    DL_DELETE(p->node->registers, p);
    for (size_t i = 0; i < p->owner_count; i++) {
        nex_request_cancel(p->owners[i].ping);
        free(p->owners[i].agent_id);
    }
    free(p->owners);
    nex_string_list_free(&p->rest);
    nex_register_agent_request_free(p->registration);
    nex_schema_free(p->schema);
    free(p->agent_id);
    free(p);
}

bool node_is_embedded(const nex_node *node, const char *agent_id) {
    for (size_t i = 0; node->embedded != NULL && i < node->options.embedded_count; i++) {
        if (node->embedded[i] != NULL && strcmp(nex_agent_id(node->embedded[i]), agent_id) == 0) {
            return true;
        }
    }
    return false;
}

bool node_is_own_agent(const nex_node *node, const char *agent_id) {
    return node_is_embedded(node, agent_id) || node_local_has(node, agent_id);
}

static bool owner_gone(const pending_register *p, const char *agent_id) {
    if (agent_id[0] == '\0') {
        return true;
    }
    for (size_t i = 0; i < p->owner_count; i++) {
        if (strcmp(p->owners[i].agent_id, agent_id) == 0) {
            return p->owners[i].gone;
        }
    }
    return false;
}

/* Whether the answer has room for one more workload, and for what else is in it. */
static bool has_room(pending_register *p, const nex_agent_start_workload_request *existing) {
    nex_buf json = NEX_BUF_INIT;
    size_t room = nex_bus_max_payload(p->node->bus);
    room = room > ANSWER_RESERVE ? room - ANSWER_RESERVE : 0;
    size_t size = room + 1;
    if (nex_agent_start_workload_request_encode(existing, &json) == NEX_OK) {
        size = p->existing_size + json.len + NEX_ID_SIZE + 8;
    }
    nex_buf_wipe(&json);
    if (size > room) {
        return false;
    }
    p->existing_size = size;
    return true;
}

/* Puts one workload into the answer, with credentials of its own, or among those sent later. */
static nex_status add_existing(pending_register *p, nex_register_agent_response *response,
                               const node_workload *workload) {
    nex_agent_start_workload_request existing = {.request = workload->request};
    nex_error err;
    nex_status status = nex_minter_workload(
        p->node->minter, workload->id, workload->request->namespace_, p->agent_id,
        nex_loop_time(p->node->loop), &existing.workload_creds, &err);
    if (status != NEX_OK) {
        nex_log_write(p->node->log, NEX_LOG_ERROR, "workload not handed back: no credentials",
                      "workload_id", workload->id, "err", err.message, NULL);
        return NEX_OK;
    }
    if (p->rest.count > 0 || !has_room(p, &existing)) {
        nex_credentials_free(existing.workload_creds);
        return nex_string_list_add(&p->rest, workload->id);
    }
    size_t n = response->existing_state.count++;
    response->existing_state.items[n].key = workload->id;
    response->existing_state.items[n].value = existing;
    return NEX_OK;
}

static void free_existing(nex_register_agent_response *response) {
    for (size_t i = 0; i < response->existing_state.count; i++) {
        nex_credentials_free(response->existing_state.items[i].value.workload_creds);
    }
}

static nex_status claim_workloads(pending_register *p, nex_register_agent_response *response) {
    nex_node *node = p->node;
    response->existing_state.items = nex_message_alloc(
        response, (HASH_COUNT(node->workloads) + 1) * sizeof *response->existing_state.items);
    if (response->existing_state.items == NULL) {
        return NEX_ENOMEM;
    }
    node_workload *workload = NULL;
    node_workload *next = NULL;
    HASH_ITER(hh, node->workloads, workload, next) {
        /* A start or stop still under way ends by itself: replaying would race with it. */
        if (workload->starting || workload->stopping ||
            strcmp(workload->agent_type, p->registration->register_type) != 0) {
            continue;
        }
        bool mine = strcmp(workload->agent_id, p->agent_id) == 0;
        if (mine || owner_gone(p, workload->agent_id)) {
            nex_status status = node_workload_claim(node, workload, p->agent_id);
            if (status == NEX_OK) {
                status = add_existing(p, response, workload);
            }
            if (status != NEX_OK) {
                return status;
            }
        }
    }
    return NEX_OK;
}

static void complete(pending_register *p) {
    nex_node *node = p->node;
    nex_error err;
    nex_buf json = NEX_BUF_INIT;
    nex_nats_connection_data *creds = NULL;
    nex_register_agent_response *response = nex_register_agent_response_new();
    nex_status status = response != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK) {
        status = nex_minter_agent(node->minter, p->agent_id, node->id, NULL,
                                  !node_is_own_agent(node, p->agent_id), nex_loop_time(node->loop),
                                  &creds, &err);
        if (status != NEX_OK) {
            node_fail(node, p->call, "500", "failed to mint nats connection", err.message);
            nex_register_agent_response_free(response);
            pending_free(p);
            return;
        }
        status = claim_workloads(p, response);
    }
    if (status == NEX_OK) {
        response->connection_data = creds;
        response->node_id = (char *)node->id;
        response->success = true;
        response->message = (char *)"";
        status = nex_register_agent_response_encode(response, &json);
    }
    size_t handed = response != NULL ? response->existing_state.count + p->rest.count : 0;
    if (response != NULL) {
        free_existing(response);
    }
    nex_credentials_free(creds);
    nex_register_agent_response_free(response);
    node_agent *agent = NULL;
    if (status == NEX_OK) {
        agent = node_agent_put(node, p->agent_id, p->registration, p->schema);
    }
    if (agent == NULL) {
        node_fail(node, p->call, "500", "failed to update registration", "out of memory");
    } else {
        agent->boxed_env = p->boxed_env;
        char count[24];
        snprintf(count, sizeof count, "%zu", handed);
        nex_log_write(node->log, NEX_LOG_INFO, "agent registered", "name", p->registration->name,
                      "type", p->registration->register_type, "agent_id", p->agent_id, "workloads",
                      count, NULL);
        p->registration = NULL; /* the registry's from here on */
        p->schema = NULL;
        node_handback_plan(node, p->agent_id, &p->rest);
        nex_call_reply(p->call, NULL, 0, json.data, json.len);
    }
    nex_buf_wipe(&json);
    pending_free(p);
}

static void on_owner(void *arg, nex_status status, const nex_msg *reply) {
    (void)reply;
    owner_check *owner = arg;
    pending_register *p = owner->pending;
    owner->ping = NULL;
    owner->gone = status == NEX_EUNREACHABLE;
    if (--p->open == 0) {
        complete(p);
    }
}

/* Looks for the agents that workloads of this type are recorded for, other than this one. */
static void check_owners(pending_register *p) {
    nex_node *node = p->node;
    p->owners = calloc(HASH_COUNT(node->workloads) + 1, sizeof *p->owners);
    node_workload *workload = NULL;
    node_workload *next = NULL;
    HASH_ITER(hh, node->workloads, workload, next) {
        bool other = !p->keeps_id && !node_is_own_agent(node, workload->agent_id) &&
                     strcmp(workload->agent_type, p->registration->register_type) == 0 &&
                     strcmp(workload->agent_id, p->agent_id) != 0 && workload->agent_id[0] != '\0';
        bool seen = false;
        for (size_t i = 0; i < p->owner_count; i++) {
            seen = seen || strcmp(p->owners[i].agent_id, workload->agent_id) == 0;
        }
        if (other && !seen && p->owners != NULL) {
            owner_check *owner = &p->owners[p->owner_count];
            owner->pending = p;
            owner->agent_id = strdup(workload->agent_id);
            p->owner_count += owner->agent_id != NULL;
        }
    }
    p->open = 1;
    for (size_t i = 0; i < p->owner_count; i++) {
        owner_check *owner = &p->owners[i];
        char subject[NEX_SUBJECT_SIZE];
        nex_msg msg = {.subject = subject};
        if (nex_subject_ping_agent(subject, node->id, owner->agent_id) == NEX_OK &&
            nex_bus_request(node->bus, &msg, OWNER_TIMEOUT, on_owner, owner, &owner->ping) ==
                NEX_OK) {
            p->open++;
        }
    }
    if (--p->open == 0) {
        complete(p);
    }
}

void node_registers_resume(nex_node *node) {
    pending_register *p = node->registers;
    while (p != NULL) {
        pending_register *next = p->next;
        check_owners(p);
        p = next;
    }
}

void node_on_register(nex_node *node, nex_call *call, const char *agent_id,
                      const nex_register_agent_request *request) {
    if (request->register_type == NULL || request->register_type[0] == '\0') {
        node_fail(node, call, "400", "register_type is required", "register_type is required");
        return;
    }
    const char *text = request->start_request_schema != NULL ? request->start_request_schema : "";
    nex_schema *schema = NULL;
    nex_error err;
    if (nex_schema_compile(&schema, text, strlen(text), NULL, &err) != NEX_OK) {
        json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
        const char *what = json != NULL ? "failed to compile start request schema"
                                        : "failed to unmarshal start request schema";
        json_decref(json);
        node_fail(node, call, "400", what, err.message);
        return;
    }
    pending_register *p = calloc(1, sizeof *p);
    if (p == NULL || (p->agent_id = strdup(agent_id)) == NULL ||
        nex_register_agent_request_clone(request, &p->registration) != NEX_OK) {
        if (p != NULL) {
            free(p->agent_id);
        }
        free(p);
        nex_schema_free(schema);
        node_fail(node, call, "500", "failed to update registration", "out of memory");
        return;
    }
    const char *boxed = nex_msg_header(&call->msg, "Nex-Boxed-Env");
    p->node = node;
    p->call = call;
    p->schema = schema;
    p->boxed_env = boxed != NULL && strcmp(boxed, "1") == 0;
    p->keeps_id = nex_msg_header(&call->msg, "Nex-Agent") != NULL;
    DL_APPEND(node->registers, p);
    if (!node_is_embedded(node, agent_id)) {
        /* It has a new connection, if it is not a new process: the old one answers no more. */
        node_deploys_agent_gone(node, agent_id);
        node_gathers_agent_gone(node, agent_id);
    }
    if (node->restored) {
        check_owners(p);
    }
}

/* ---- RREGISTER --------------------------------------------------------------------------- */

static void enrol(nex_node *node, nex_call *call, const char *agent_id) {
    nex_nats_connection_data *creds = NULL;
    nex_error err;
    if (nex_minter_registration(node->minter, agent_id, node->id, true, nex_loop_time(node->loop),
                                &creds, &err) != NEX_OK) {
        node_fail(node, call, "500", "failed to mint register", err.message);
        return;
    }
    nex_register_remote_agent_response response = {.assigned_agent_id = (char *)agent_id,
                                                   .registration_creds = creds,
                                                   .respond_to = (char *)node->id};
    nex_buf json = NEX_BUF_INIT;
    if (nex_register_remote_agent_response_encode(&response, &json) == NEX_OK) {
        nex_call_reply(call, NULL, 0, json.data, json.len);
    } else {
        node_fail(node, call, "500", "failed to answer", "out of memory");
    }
    nex_buf_wipe(&json);
    nex_credentials_free(creds);
}

/* An agent of ours that comes back says who it was; it is believed when nobody else is that. */
typedef struct returning {
    nex_node *node;
    nex_call *call;
    char *agent_id;
    nex_request *ping;
    struct returning *prev;
    struct returning *next;
} returning;

static void returning_free(returning *r) {
    DL_DELETE(r->node->returnings, r);
    nex_request_cancel(r->ping);
    free(r->agent_id);
    free(r);
}

static void on_namesake(void *arg, nex_status status, const nex_msg *reply) {
    (void)reply;
    returning *r = arg;
    r->ping = NULL;
    char id[NEX_ID_SIZE];
    nex_loop_id(r->node->loop, id);
    enrol(r->node, r->call, status == NEX_EUNREACHABLE ? r->agent_id : id);
    returning_free(r);
}

/* Looks for the one who has the id now; false when that cannot be done. */
static bool check_namesake(nex_node *node, nex_call *call, const char *former) {
    char subject[NEX_SUBJECT_SIZE];
    if (nex_subject_ping_agent(subject, node->id, former) != NEX_OK) {
        return false;
    }
    returning *r = calloc(1, sizeof *r);
    if (r == NULL || (r->agent_id = strdup(former)) == NULL) {
        free(r);
        return false;
    }
    r->node = node;
    r->call = call;
    DL_APPEND(node->returnings, r);
    nex_msg msg = {.subject = subject};
    if (nex_bus_request(node->bus, &msg, OWNER_TIMEOUT, on_namesake, r, &r->ping) != NEX_OK) {
        returning_free(r);
        return false;
    }
    return true;
}

void node_registers_abandon(nex_node *node) {
    while (node->registers != NULL) {
        nex_call_drop(node->registers->call);
        pending_free(node->registers);
    }
    while (node->returnings != NULL) {
        nex_call_drop(node->returnings->call);
        returning_free(node->returnings);
    }
}

void node_on_rregister(nex_node *node, nex_call *call) {
    char id[NEX_ID_SIZE];
    const char *former = nex_msg_header(&call->msg, "Nex-Agent");
    const char *wanted = nex_msg_header(&call->msg, "Nex-Node");
    if (wanted != NULL && strcmp(wanted, node->id) != 0) {
        nex_call_drop(call); /* it belongs to a node that is to come back */
        return;
    }
    if (former != NULL && strlen(former) == NEX_ID_SIZE - 1 && nex_subject_token_valid(former) &&
        !node_is_own_agent(node, former) && check_namesake(node, call, former)) {
        return;
    }
    nex_loop_id(node->loop, id);
    enrol(node, call, id);
}
