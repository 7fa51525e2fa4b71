/*
 * test_agent.h - a nexlet that runs nothing: it remembers what it was asked. For tests of the
 * runner and the node; works on any loop and bus, simulated ones too.
 */
#ifndef NEX_TEST_AGENT_H
#define NEX_TEST_AGENT_H

#include <nex/agent.h>

enum { TEST_AGENT_MAX = 4096 };

typedef struct test_workload {
    char id[NEX_ID_SIZE];
    nex_start_workload_request *request;
    unsigned starts; /* how often it came to run; never more than once at a time */
} test_workload;

typedef struct test_agent {
    nex_agent *runner;
    const char *type;
    int64_t max_workloads;
    const char *schema; /* NULL: any object */
    bool lameduck;
    bool hold_starts;        /* starts are answered by test_agent_release only */
    bool run_late;           /* what is held runs when it is answered, not before */
    bool mute;               /* nothing is answered until test_agent_release */
    bool refuse;             /* starts fail */
    unsigned duplicate_runs; /* a start of what already ran */
    nex_agent_call *held[TEST_AGENT_MAX];
    char held_ids[TEST_AGENT_MAX][NEX_ID_SIZE];
    nex_start_workload_request *held_requests[TEST_AGENT_MAX]; /* of run_late; else NULL */
    size_t held_count;
    test_workload workloads[TEST_AGENT_MAX];
    size_t count;
    /* Of nex-test-agent: */
    const char *point; /* where to end next */
    unsigned connects;
} test_agent;

extern const nex_agent_ops test_agent_ops;

/** Answers the starts that were held; fails what came while the agent was mute. */
void test_agent_release(test_agent *agent);
/** What was held and does not run yet never will, as when the agent crashes. */
void test_agent_forget_late(test_agent *agent);
/** Forgets all workloads, as a crash of its machine would. */
void test_agent_clear(test_agent *agent);
bool test_agent_has(const test_agent *agent, const char *id);

#endif
