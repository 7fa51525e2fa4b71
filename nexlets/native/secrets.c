/*
 * The environment and arguments of a workload with its secrets in their places. They are asked
 * for once, kept in memory alone, and overwritten when the workload is forgotten.
 */
#include "native/workload.h"

#include <nex/keys.h>
#include <stdlib.h>
#include <string.h>

/* A question under way. It may outlive its workload, whose texts it then cleans up. */
struct native_resolution {
    native_workload *workload; /* NULL: gone */
    nex_string_map environment;
    nex_string_list argv;
};

static void wipe_text(char *text) {
    if (text != NULL) {
        nex_wipe(text, strlen(text));
    }
}

static void wipe(nex_string_map *environment, nex_string_list *argv) {
    for (size_t i = 0; i < environment->count; i++) {
        wipe_text(environment->items[i].value);
    }
    for (size_t i = 0; i < argv->count; i++) {
        wipe_text(argv->items[i]);
    }
    nex_string_map_free(environment);
    nex_string_list_free(argv);
}

void native_secrets_free(native_workload *workload) {
    wipe(&workload->environment, &workload->argv);
    workload->resolved = false;
    if (workload->resolution != NULL) {
        workload->resolution->workload = NULL;
        workload->resolution = NULL;
    }
}

static void on_resolved(void *arg, nex_status status, const nex_error *err) {
    native_resolution *resolution = arg;
    native_workload *workload = resolution->workload;
    if (workload == NULL || status != NEX_OK) {
        wipe(&resolution->environment, &resolution->argv);
    } else {
        workload->environment = resolution->environment;
        workload->argv = resolution->argv;
        workload->resolved = true;
    }
    free(resolution);
    if (workload != NULL) {
        workload->resolution = NULL;
        native_workload_resolved(workload, status, err);
    }
}

nex_status native_secrets_resolve(native_workload *workload, nex_error *err) {
    if (workload->native->agent == NULL) {
        return nex_error_set(err, NEX_ESTATE, "workload %s: there is no agent to ask for secrets",
                             workload->id);
    }
    native_resolution *resolution = calloc(1, sizeof *resolution);
    nex_status status = resolution != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK) {
        status = nex_string_map_copy(&resolution->environment, &workload->start->environment);
    }
    if (status == NEX_OK) {
        status = nex_string_list_copy(&resolution->argv, &workload->start->argv);
    }
    if (status == NEX_OK) {
        resolution->workload = workload;
        workload->resolution = resolution;
        status = nex_agent_resolve_secrets(workload->native->agent, workload->namespace_,
                                           &resolution->environment, &resolution->argv, on_resolved,
                                           resolution);
    }
    if (status != NEX_OK) {
        workload->resolution = NULL;
        if (resolution != NULL) {
            wipe(&resolution->environment, &resolution->argv);
            free(resolution);
        }
        return nex_error_set(err, status, "workload %s: out of memory", workload->id);
    }
    return NEX_OK;
}
