/*
 * fake_native.h - a nexlet of its own for each test: virtual time, pretended processes and a
 * runner that remembers.
 */
#ifndef FAKE_NATIVE_H
#define FAKE_NATIVE_H

#include "fake_agent.h"
#include "fake_loop.h"
#include "fake_processes.h"

#include <native/native.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct rig {
    nex_loop *loop;
    fake_machine machine;
    nex_agent agent;
    nex_native *native;
} rig;

int setup(void **state);
int teardown(void **state);
/** As after a crash: nothing was said, a new nexlet on the same machine. */
void crash(rig *r);
void start_request(rig *r, const char *id, nex_workload_lifecycle lifecycle,
                   const char *run_request, bool existing, nex_agent_call *call);
/** Starts one whose start is answered as soon as it runs. */
fake_workload *begin(rig *r, const char *id, nex_workload_lifecycle lifecycle,
                     const char *run_request);
fake_workload *begin_service(rig *r, const char *id);
void stop(rig *r, const char *id, nex_agent_call *call);
bool has(rig *r, const char *id);
/** The one workload of that id in the list, or NULL; call keeps it. */
const nex_workload_summary *listed(rig *r, const char *id, nex_agent_call *call);
void assert_state(rig *r, const char *id, nex_workload_state state);
/** value NULL: there is no such entry. */
void assert_metadata(rig *r, const char *id, const char *key, const char *value);
/** A start that is refused with these words. */
void assert_refused(rig *r, const char *run_request, const char *words);

#endif
