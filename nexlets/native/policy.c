#include "native/workload.h"

#include <signal.h>

#define STOP_GRACE (5 * NEX_SECOND)

native_restart_policy native_policy_restart(const nex_native_start_request *start,
                                            nex_workload_lifecycle lifecycle) {
    bool service = lifecycle == NEX_WORKLOAD_LIFECYCLE_SERVICE;
    native_restart_policy policy =
        native_restart_default(service ? NATIVE_RESTART_ALWAYS : NATIVE_RESTART_NEVER);
    const nex_native_start_request_restart *restart = start->restart;
    if (restart == NULL) {
        return policy;
    }
    switch (restart->policy) {
    case NEX_NATIVE_START_REQUEST_RESTART_POLICY_UNSET:
        break;
    case NEX_NATIVE_START_REQUEST_RESTART_POLICY_NEVER:
        policy.when = NATIVE_RESTART_NEVER;
        break;
    case NEX_NATIVE_START_REQUEST_RESTART_POLICY_ON_FAILURE:
        policy.when = NATIVE_RESTART_ON_FAILURE;
        break;
    case NEX_NATIVE_START_REQUEST_RESTART_POLICY_ALWAYS:
        policy.when = NATIVE_RESTART_ALWAYS;
        break;
    }
    if (restart->has_delay) {
        policy.delay = restart->delay;
    }
    if (restart->has_max_delay) {
        policy.max_delay = restart->max_delay;
    }
    if (restart->has_limit) {
        policy.limit = restart->limit < UINT32_MAX ? (uint32_t)restart->limit : UINT32_MAX;
    }
    if (restart->has_window) {
        policy.window = restart->window;
    }
    if (restart->has_reset_after) {
        policy.reset_after = restart->reset_after;
    }
    return policy;
}

int native_policy_stop_signal(const nex_native_start_request *start) {
    if (start->stop == NULL) {
        return SIGTERM;
    }
    switch (start->stop->signal) {
    case NEX_NATIVE_START_REQUEST_STOP_SIGNAL_UNSET:
    case NEX_NATIVE_START_REQUEST_STOP_SIGNAL_TERM:
        return SIGTERM;
    case NEX_NATIVE_START_REQUEST_STOP_SIGNAL_INT:
        return SIGINT;
    case NEX_NATIVE_START_REQUEST_STOP_SIGNAL_QUIT:
        return SIGQUIT;
    case NEX_NATIVE_START_REQUEST_STOP_SIGNAL_HUP:
        return SIGHUP;
    case NEX_NATIVE_START_REQUEST_STOP_SIGNAL_USR1:
        return SIGUSR1;
    case NEX_NATIVE_START_REQUEST_STOP_SIGNAL_USR2:
        return SIGUSR2;
    case NEX_NATIVE_START_REQUEST_STOP_SIGNAL_KILL:
        return SIGKILL;
    }
    return SIGTERM;
}

nex_duration native_policy_stop_grace(const nex_native_start_request *start) {
    return start->stop != NULL && start->stop->has_grace ? start->stop->grace : STOP_GRACE;
}
