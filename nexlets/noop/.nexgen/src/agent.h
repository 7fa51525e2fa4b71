/* agent.h - the nexlet: which workloads it has, and what it does when asked about them. */
#ifndef NOOP_AGENT_H
#define NOOP_AGENT_H

#include <nex/agent.h>

#define NOOP_TYPE "noop"

typedef struct noop_agent noop_agent;

/** log is borrowed and may be NULL; NULL when out of memory. */
noop_agent *noop_agent_new(const char *version, const nex_log *log);
/** Forgets all workloads. Call it after nex_agent_free. NULL is fine. */
void noop_agent_free(noop_agent *agent);

/** The callbacks, for nex_agent_new with the agent as self. */
extern const nex_agent_ops noop_agent_ops;
/** Tells the agent by whom its output and events travel. */
void noop_agent_attach(noop_agent *agent, nex_agent *runner);

#endif
