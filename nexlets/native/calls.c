#include "native/workload.h"

#include <stdlib.h>

nex_status native_calls_add(native_calls *calls, nex_agent_call *call) {
    nex_agent_call **items = realloc(calls->items, (calls->count + 1) * sizeof *items);
    if (items == NULL) {
        nex_agent_fail(call, "out of memory");
        return NEX_ENOMEM;
    }
    items[calls->count++] = call;
    calls->items = items;
    return NEX_OK;
}

void native_calls_free(native_calls *calls) {
    free(calls->items);
    *calls = (native_calls){0};
}

void native_calls_started(native_calls *calls, const char *id, const char *name) {
    for (size_t i = 0; i < calls->count; i++) {
        nex_agent_answer_start(calls->items[i], id, name);
    }
    native_calls_free(calls);
}

void native_calls_stopped(native_calls *calls) {
    for (size_t i = 0; i < calls->count; i++) {
        nex_agent_answer_stop(calls->items[i]);
    }
    native_calls_free(calls);
}

void native_calls_failed(native_calls *calls, const char *message) {
    for (size_t i = 0; i < calls->count; i++) {
        nex_agent_fail(calls->items[i], "%s", message);
    }
    native_calls_free(calls);
}
