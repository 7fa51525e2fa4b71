/*
 * One question to all agents of the node. Answers do not always say who gave them (the
 * reference's do not), so they are counted against the agents that live. An agent that is gone
 * is found out by a ping that nobody hears; one that hangs is waited for a little, and then only
 * for a moment until it is heard of. So a silent agent never makes an answer late for long. An
 * embedded agent is the node itself, and is waited for.
 */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE     (40 * NEX_MILLISECOND) /* before the agents are pinged one by one */
#define PING_TIMEOUT (300 * NEX_MILLISECOND)
#define PING_EVERY   NEX_SECOND

typedef struct gather_member {
    struct gather *gather;
    char *agent_id;
    nex_request *ping;
    bool answered; /* said so in its answer */
    bool gone;     /* not waited for */
    bool embedded;
    bool silent; /* when it was asked */
    bool lives;  /* has answered a ping */
} gather_member;

typedef struct gather {
    nex_node *node;
    nex_request *request;
    nex_timer *patience;
    gather_answer_fn on_answer;
    gather_end_fn on_end;
    void *arg;
    gather_member *members;
    size_t count;
    size_t anonymous;          /* answers that did not say whose they are */
    nex_string_list strangers; /* who answered without being waited for */
    bool listed;
    struct gather *prev;
    struct gather *next;
} gather;

static void gather_free(gather *g) {
    if (g->listed) {
        DL_DELETE(g->node->gathers, g);
    }
    nex_request_cancel(g->request);
    nex_timer_free(g->patience);
    for (size_t i = 0; i < g->count; i++) {
        nex_request_cancel(g->members[i].ping);
        free(g->members[i].agent_id);
    }
    free(g->members);
    nex_string_list_free(&g->strangers);
    free(g);
}

static void finish(gather *g) {
    gather_end_fn on_end = g->on_end;
    void *arg = g->arg;
    gather_free(g);
    on_end(arg);
}

void node_gathers_abandon(nex_node *node) {
    while (node->gathers != NULL) {
        finish(node->gathers);
    }
}

static bool complete(const gather *g) {
    size_t open = 0;
    for (size_t i = 0; i < g->count; i++) {
        open += !g->members[i].answered && !g->members[i].gone;
    }
    return open <= g->anonymous;
}

static gather_member *member_of(gather *g, const char *agent_id) {
    for (size_t i = 0; i < g->count; i++) {
        if (strcmp(g->members[i].agent_id, agent_id) == 0) {
            return &g->members[i];
        }
    }
    return NULL;
}

/* Whether an agent that is not waited for has answered before; it has from now on. */
static bool is_known_stranger(gather *g, const char *agent_id) {
    for (size_t i = 0; i < g->strangers.count; i++) {
        if (strcmp(g->strangers.items[i], agent_id) == 0) {
            return true;
        }
    }
    return nex_string_list_add(&g->strangers, agent_id) != NEX_OK;
}

static bool on_reply(void *arg, const nex_msg *answer) {
    gather *g = arg;
    const char *id = nex_msg_header(answer, "agentId");
    if (id == NULL) {
        g->anonymous++;
    } else {
        /* An agent that is not registered is heard, but not counted. */
        gather_member *member = member_of(g, id);
        node_agent *agent = node_agent_find(g->node, id);
        if (member != NULL ? member->answered : is_known_stranger(g, id)) {
            return true; /* the same answer twice */
        }
        if (member != NULL) {
            member->answered = true;
        }
        if (agent != NULL) {
            agent->silent = false;
        }
    }
    return g->on_answer(g->arg, answer) && !complete(g);
}

void node_gathers_agent_gone(nex_node *node, const char *agent_id) {
    gather *g;
    gather *next;
    DL_FOREACH_SAFE(node->gathers, g, next) {
        gather_member *member = member_of(g, agent_id);
        if (member != NULL) {
            member->gone = true;
            if (complete(g)) {
                finish(g);
            }
        }
    }
}

static void on_end(void *arg, nex_status status) {
    (void)status;
    gather *g = arg;
    g->request = NULL;
    finish(g);
}

static void on_ping(void *arg, nex_status status, const nex_msg *reply) {
    (void)reply;
    gather_member *member = arg;
    gather *g = member->gather;
    member->ping = NULL;
    bool lives = status == NEX_OK || (member->lives && status == NEX_ETIMEOUT);
    if (lives || member->answered) {
        member->lives = true; /* and is only slow with this question */
        return;
    }
    member->gone = true;
    node_agent *agent = node_agent_find(g->node, member->agent_id);
    if (agent != NULL && status == NEX_ETIMEOUT) {
        agent->silent = true;
    }
    if (complete(g)) {
        finish(g);
    }
}

static void ping_member(gather_member *member) {
    nex_node *node = member->gather->node;
    char subject[NEX_SUBJECT_SIZE];
    if (!member->answered && !member->gone && !member->embedded && member->ping == NULL &&
        nex_subject_ping_agent(subject, node->id, member->agent_id) == NEX_OK) {
        nex_msg msg = {.subject = subject};
        (void)nex_bus_request(node->bus, &msg, PING_TIMEOUT, on_ping, member, &member->ping);
    }
}

void node_gathers_ping(nex_node *node, const char *agent_id) {
    gather *g;
    DL_FOREACH(node->gathers, g) {
        gather_member *member = member_of(g, agent_id);
        if (member != NULL) {
            ping_member(member);
        }
    }
}

static void ping_members(void *arg) {
    gather *g = arg;
    for (size_t i = 0; i < g->count; i++) {
        g->members[i].gone = g->members[i].gone || g->members[i].silent;
        ping_member(&g->members[i]);
    }
    if (complete(g)) {
        finish(g);
    }
}

static nex_status add_members(gather *g) {
    g->members = calloc(HASH_COUNT(g->node->agents) + 1, sizeof *g->members);
    if (g->members == NULL) {
        return NEX_ENOMEM;
    }
    node_agent *agent = NULL;
    node_agent *next = NULL;
    HASH_ITER(hh, g->node->agents, agent, next) {
        if (agent->health == HEALTH_OFFLINE) {
            continue;
        }
        gather_member *member = &g->members[g->count];
        member->gather = g;
        member->silent = agent->silent;
        member->embedded = node_is_embedded(g->node, agent->id);
        member->agent_id = strdup(agent->id);
        if (member->agent_id == NULL) {
            return NEX_ENOMEM;
        }
        g->count++;
    }
    return NEX_OK;
}

void node_gather(nex_node *node, const char *subject, const void *data, size_t len,
                 nex_duration timeout, gather_answer_fn on_answer, gather_end_fn end, void *arg) {
    gather *g = calloc(1, sizeof *g);
    if (g == NULL) {
        end(arg);
        return;
    }
    g->node = node;
    g->on_answer = on_answer;
    g->on_end = end;
    g->arg = arg;
    nex_status status = add_members(g);
    if (status == NEX_OK && g->count > 0) {
        nex_msg msg = {.subject = subject, .data = data, .len = len};
        nex_many_options options = {.timeout = timeout};
        status = nex_bus_request_many(node->bus, &msg, &options, on_reply, on_end, g, &g->request);
    }
    if (status == NEX_OK && g->count > 0) {
        status = nex_timer_new(node->loop, &g->patience, ping_members, g);
    }
    if (status != NEX_OK || g->count == 0) {
        finish(g);
        return;
    }
    nex_timer_start(g->patience, PATIENCE, PING_EVERY);
    DL_APPEND(node->gathers, g);
    g->listed = true;
}
