/*
 * fake_agent.h - an agent runner that only remembers what the nexlet told it.
 *
 * It defines the functions of nex/agent.h that a nexlet calls, in place of the real ones.
 */
#ifndef FAKE_AGENT_H
#define FAKE_AGENT_H

#include <nex/agent.h>

struct nex_agent_call {
    unsigned answers;
    bool started, stopped, failed, got, listed, lameduck;
    char id[64];
    char name[64];
    char error[512];
    nex_start_workload_request *request;
    nex_agent_list_workloads_response *list;
};

typedef struct fake_event {
    bool stopped; /* else started */
    char id[64];
    char code[64];
    char message[256];
    bool has_error;
} fake_event;

/* An event of another type. */
typedef struct fake_other_event {
    char type[32];
    char json[768];
} fake_other_event;

enum { FAKE_EVENTS = 64 };

struct nex_agent {
    bool registered;
    nex_status output_status;
    nex_status secret_status; /* how questions for secrets end */
    bool hold_secrets;        /* they are answered by fake_answer_secrets */
    nex_string_map *asked_environment;
    nex_string_list *asked_argv;
    nex_resolved_cb asked;
    void *asked_arg;
    nex_buf out, err;
    fake_event events[FAKE_EVENTS];
    size_t event_count;
    fake_other_event others[FAKE_EVENTS];
    size_t other_count;
    int ingress;          /* how often it was told of a port, less how often of its end */
    nex_trigger *trigger; /* the last one made */
    char trigger_subject[128];
    char trigger_queue[128];
    size_t trigger_count;
};

/** A message arrives at the last trigger. The call is the fake's, valid until the next. */
struct nex_trigger_call {
    bool replied;
    bool forgotten;
    char error[256];
    bool has_error;
    nex_buf data;
};
void fake_trigger(nex_agent *agent, nex_trigger_call *call, const nex_msg *msg);
/** Answers the question that is held. */
void fake_answer_secrets(nex_agent *agent);
void fake_call_clear(nex_agent_call *call);

#endif
