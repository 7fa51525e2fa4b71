/*
 * Credentials that expire are renewed by registering again: the answer holds new ones for the
 * agent and for each of its workloads. It is asked for when half of the time has passed, so that
 * a node that is away for a while is no harm.
 */
#include "agent/runner.h"

#include <string.h>

#define WAIT     NEX_SECOND
#define WAIT_MAX NEX_MINUTE /* a node waits no longer for a start */

/* From when until when, in seconds since 1970; both 0: credentials that do not expire. */
typedef struct validity {
    int64_t begin;
    int64_t end;
} validity;

static validity read_validity(const nex_nats_connection_data *creds) {
    validity none = {0};
    nex_jwt *jwt = NULL;
    if (creds == NULL || creds->nats_user_jwt == NULL || creds->nats_user_jwt[0] == '\0' ||
        nex_jwt_decode(&jwt, creds->nats_user_jwt, strlen(creds->nats_user_jwt), NULL) != NEX_OK) {
        return none;
    }
    validity found = {nex_jwt_issued_at(jwt), nex_jwt_expires(jwt)};
    nex_jwt_free(jwt);
    return found.end != 0 ? found : none;
}

/* Registering again ends the connection that calls came by: their answers would be lost. */
void agent_renew_now(void *arg) {
    nex_agent *agent = arg;
    if (agent_calls_open(agent) && agent->renew_slack >= WAIT) {
        agent->renew_slack -= WAIT;
        nex_timer_start(agent->renew, WAIT, 0);
        return;
    }
    agent->renew_at = 0;
    agent_session_renew(agent);
}

void agent_renew_before(nex_agent *agent, const nex_nats_connection_data *creds) {
    validity valid = read_validity(creds);
    if (valid.end == 0) {
        return;
    }
    nex_time begin = {.seconds = valid.begin};
    nex_time end = {.seconds = valid.end};
    nex_duration left = nex_time_sub(end, nex_loop_time(agent->loop)) / 2;
    /* Where the clocks of node and agent differ, all may seem to be late: not over and over. */
    nex_duration soonest = nex_time_sub(end, begin) / 10;
    if (left < soonest) {
        left = soonest;
    }
    if (left < NEX_SECOND) {
        left = NEX_SECOND;
    }
    uint64_t at = nex_loop_now(agent->loop) + (uint64_t)left;
    if (agent->renew_at != 0 && agent->renew_at <= at) {
        return;
    }
    agent->renew_at = at;
    agent->renew_slack = left / 2 < WAIT_MAX ? left / 2 : WAIT_MAX;
    nex_timer_start(agent->renew, left, 0);
}

void agent_renew_stop(nex_agent *agent) {
    nex_timer_stop(agent->renew);
    agent->renew_at = 0;
}
