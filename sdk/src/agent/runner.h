/*
 * agent/runner.h - the runner's parts, as they see each other.
 */
#ifndef NEX_AGENT_RUNNER_H
#define NEX_AGENT_RUNNER_H

#include <nex/agent.h>
#include <nex/keys.h>
#include <nex/micro.h>
#include <nex/protocol/agent_service.h>
#include <nex/protocol/subjects.h>

#define NEX_AGENT_NOT_FOUND "workload not found"

typedef enum session_state {
    SESSION_IDLE,        /* not started, or stopped */
    SESSION_ENROLLING,   /* remote: RREGISTER is under way */
    SESSION_REGISTERING, /* REGISTER is under way */
    SESSION_SERVING,
    SESSION_WAITING /* failed; the retry timer runs */
} session_state;

struct nex_agent {
    const nex_agent_ops *ops;
    void *self;
    nex_agent_mode mode;
    nex_loop *loop;
    const nex_log *log;
    char *nexus;
    char *node_id;
    char *agent_id;
    char *ingress_address;
    char *identity_file;
    bool events_compat;
    bool log_output;
    void (*emit)(void *arg, const char *from, const char *type, const char *json, size_t len);
    void *emit_arg;
    nex_connect_fn connect;
    void *connect_arg;
    nex_key *xkey;

    /* How to reach NATS for registering; texts are owned by the arrays below it. */
    nex_bus_options connection;
    nex_string_list servers;
    nex_string_list connection_texts;

    nex_bus *bus;
    bool owns_bus;
    nex_micro *micro;
    nex_agent_service service;
    nex_subscription *node_events[2];
    nex_request *pending;   /* RREGISTER or REGISTER */
    nex_request *heartbeat; /* the last one, until the node has acknowledged it */
    nex_timer *retry;
    void (*step)(nex_agent *agent); /* what the retry timer runs */
    nex_register_agent_response *response;
    nex_register_remote_agent_response *enrolment;
    nex_timer *beat;
    unsigned attempts;
    session_state state;
    bool registered_once;
    unsigned replays; /* how often it was handed workloads back in vain, and when last */
    uint64_t replayed_at;
    nex_time started;
    nex_register_agent_request *registration;

    struct nex_agent_call *calls; /* open ones */
    struct nex_trigger *triggers;
    struct nex_listener *listeners;
    struct nex_agent_secret *secrets; /* asked for */
    nex_timer *renew;
    uint64_t renew_at;        /* loop time; 0: nothing expires */
    nex_duration renew_slack; /* how long it may wait for open calls */
};

/* calls.c */
typedef enum call_kind {
    CALL_START,
    CALL_REPLAY,
    CALL_STOP,
    CALL_GET,
    CALL_QUERY,
    CALL_LAMEDUCK,
    CALL_LOGS
} call_kind;

/** A new open call; id and name are copied, request (any message) is owned from here on. */
nex_agent_call *agent_call_new(nex_agent *agent, call_kind kind, nex_call *call, const char *id,
                               const char *name, void *request);
/** Open calls get no answer any more, since their connection ends; the calls themselves stay. */
void agent_calls_drop(nex_agent *agent);
/** Whether somebody waits for an answer. */
bool agent_calls_open(const nex_agent *agent);
/** Lets go of all open calls: their answers are dropped when they come. */
void agent_calls_abandon(nex_agent *agent);

/* boxes.c */
/** Opens the environment in run_request, if it is sealed. */
nex_status agent_environment_open(const nex_agent *agent, nex_agent_start_workload_request *request,
                                  nex_error *err);
/** Overwrites what is secret in a request that the runner owns. */
void agent_start_request_wipe(nex_agent_start_workload_request *request);
/** Appends a request as `asked` wants it: environment sealed, or plain. Any thread. */
nex_status agent_environment_encode(const nex_clone_workload_request *asked,
                                    const nex_start_workload_request *request, nex_buf *out,
                                    nex_error *err);

/* endpoints.c */
/** Opens the environment and hands the start to the nexlet. request is owned by the call. */
void agent_start_workload(nex_agent *agent, nex_agent_call *call, const char *workload,
                          nex_agent_start_workload_request *request, bool existing);
nex_status agent_endpoints_add(nex_agent *agent, nex_error *err);
void agent_endpoints_remove(nex_agent *agent);
void agent_events_unwatch(nex_agent *agent);
/** What the agent says of itself now; free with nex_agent_heartbeat_free. */
nex_status agent_summarise(nex_agent *agent, nex_agent_heartbeat **out, nex_error *err);

/* session.c */
void agent_session_begin(nex_agent *agent);
/** What the timer `retry` runs, with the agent. */
void agent_session_step(void *arg);
void agent_session_end(nex_agent *agent);
/** The node does not know this agent (any more): registers again. */
void agent_session_lost(nex_agent *agent, const char *why);

/** A workload was handed back and does not run: it is asked for once more, after a pause. */
void agent_session_replay_later(nex_agent *agent);

/** Registers again while it serves, for new credentials. */
void agent_session_renew(nex_agent *agent);

/* renew.c */
/** Sees to it that credentials are renewed well before these expire, if they do. */
void agent_renew_before(nex_agent *agent, const nex_nats_connection_data *creds);
void agent_renew_stop(nex_agent *agent);
/** What the timer `renew` runs, with the agent. */
void agent_renew_now(void *arg);

/* secrets.c */
/** Ends all requests for secrets with NEX_ECANCELED. */
void agent_secrets_cancel(nex_agent *agent);

/* identity.c */
/** Takes id and key from the identity file, if there is one. */
nex_status agent_identity_read(nex_agent *agent, nex_error *err);
/** Keeps them; what fails is logged. */
void agent_identity_write(const nex_agent *agent);

/* heartbeat.c */
void agent_heartbeat_start(nex_agent *agent);
void agent_heartbeat_stop(nex_agent *agent);
/** What the timer `beat` runs, with the agent. */
void agent_heartbeat_send(void *arg);

/* output.c */
void agent_emit_own(nex_agent *agent, const char *type, const char *json, size_t len);

/* triggers.c */
/** Hears no more messages; those it has may still be answered, until it is freed. */
void agent_trigger_close(struct nex_trigger *trigger);
void agent_triggers_remove(nex_agent *agent);
void agent_triggers_subscribe(nex_agent *agent);
void agent_triggers_unsubscribe(nex_agent *agent);

/* listeners.c */
void agent_listeners_remove(nex_agent *agent);
void agent_listeners_subscribe(nex_agent *agent);
void agent_listeners_unsubscribe(nex_agent *agent);

#endif
