#include "native/workload.h"

#include <nex/keys.h>
#include <string.h>

static const char *text_or_empty(const char *text) {
    return text != NULL ? text : "";
}

static nex_status add(nex_string_list *out, const char *name, const char *value) {
    nex_buf entry = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&entry, "%s=%s", name, value);
    if (status == NEX_OK) {
        status = nex_string_list_add(out, entry.data);
    }
    nex_buf_wipe(&entry);
    return status;
}

/* The last of equal names counts, as everywhere; id and credentials are not the request's. */
static bool is_overridden(const nex_string_map *environment, size_t at) {
    const char *key = environment->items[at].key;
    if (strcmp(key, NATIVE_ID_VARIABLE) == 0 || strcmp(key, "NEX_WORKLOAD_NATS_SERVERS") == 0 ||
        strcmp(key, "NEX_WORKLOAD_NATS_NKEY") == 0 ||
        strcmp(key, "NEX_WORKLOAD_NATS_B64_JWT") == 0 ||
        strcmp(key, NATIVE_CREDENTIALS_FILE) == 0) {
        return true;
    }
    for (size_t i = at + 1; i < environment->count; i++) {
        if (strcmp(environment->items[i].key, key) == 0) {
            return true;
        }
    }
    return false;
}

nex_status native_environment(const native_workload *workload, nex_string_list *out,
                              nex_error *err) {
    const nex_string_map *environment =
        workload->resolved ? &workload->environment : &workload->start->environment;
    nex_status status = add(out, NATIVE_ID_VARIABLE, workload->id);
    for (size_t i = 0; i < environment->count && status == NEX_OK; i++) {
        const char *key = environment->items[i].key;
        const char *value = text_or_empty(environment->items[i].value);
        if (key[0] == '\0' || strchr(key, '=') != NULL) {
            return nex_error_set(err, NEX_EINVAL, "environment: \"%s\" is no name of a variable",
                                 key);
        }
        if (!is_overridden(environment, i)) {
            status = add(out, key, value);
        }
    }
    const nex_nats_connection_data *creds = workload->request->workload_creds;
    if (status == NEX_OK && creds != NULL) {
        status = nex_workload_creds_environment(creds, out);
    }
    return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "environment: out of memory");
}
