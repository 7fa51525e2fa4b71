/*
 * The nexlet's own record of a workload: a line of JSON that says how it stands, then the
 * request as it came. The layer keeps it whole and readable by its owner alone.
 */
#include "native/workload.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static nex_status append_head(const native_workload *workload, nex_buf *out) {
    char started[NEX_TIME_TEXT_SIZE];
    nex_time_format(workload->started, started);
    const char *phase = workload->phase == NATIVE_DONE     ? "done"
                        : workload->phase == NATIVE_FAILED ? "failed"
                                                           : "active";
    json_t *head =
        json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:I}", "phase", phase, "name", workload->name,
                  "started", started, "reason", workload->reason, "unwell", workload->unwell,
                  "unwell_run", (json_int_t)workload->unwell_run);
    char *text = head != NULL ? json_dumps(head, JSON_COMPACT) : NULL;
    nex_status status = NEX_ENOMEM;
    if (text != NULL) {
        status = nex_buf_printf(out, "%s\n", text);
    }
    free(text);
    json_decref(head);
    return status;
}

nex_status native_saved_write(native_workload *workload, nex_error *err) {
    const nex_process_layer *layer = &workload->native->processes;
    nex_buf record = NEX_BUF_INIT;
    nex_status status = append_head(workload, &record);
    if (status == NEX_OK) {
        status = nex_agent_start_workload_request_encode(workload->request, &record);
    }
    if (status == NEX_OK) {
        status = layer->ops->save(layer->self, workload->id, record.data, record.len, err);
    } else {
        (void)nex_error_set(err, status, "cannot write the record of workload %s: %s", workload->id,
                            nex_status_name(status));
    }
    if (record.data != NULL) {
        explicit_bzero(record.data, record.len);
    }
    nex_buf_free(&record);
    workload->recorded = workload->recorded || status == NEX_OK;
    return status;
}

static const char *text_of(const json_t *head, const char *key) {
    const char *text = json_string_value(json_object_get(head, key));
    return text != NULL ? text : "";
}

static nex_status apply_head(native_workload *workload, const json_t *head) {
    const char *phase = text_of(head, "phase");
    const char *reason = text_of(head, "reason");
    const char *started = text_of(head, "started");
    const char *name = text_of(head, "name");
    workload->phase = strcmp(phase, "done") == 0     ? NATIVE_DONE
                      : strcmp(phase, "failed") == 0 ? NATIVE_FAILED
                                                     : NATIVE_STARTING;
    (void)nex_time_parse(started, strlen(started), &workload->started, NULL);
    if (reason[0] != '\0' && (workload->reason = strdup(reason)) == NULL) {
        return NEX_ENOMEM;
    }
    const char *unwell = text_of(head, "unwell");
    if (unwell[0] != '\0' && (workload->unwell = strdup(unwell)) == NULL) {
        return NEX_ENOMEM;
    }
    workload->unwell_run = (uint32_t)json_integer_value(json_object_get(head, "unwell_run"));
    char *copy = name[0] != '\0' ? strdup(name) : NULL;
    if (copy != NULL) {
        free(workload->name);
        workload->name = copy;
    }
    return NEX_OK;
}

nex_status native_saved_read(nex_native *native, const char *id, const char *data, size_t len,
                             native_workload **out, nex_error *err) {
    *out = NULL;
    const char *end = memchr(data, '\n', len);
    if (end == NULL) {
        return nex_error_set(err, NEX_EINVAL, "the record of workload %s has no head", id);
    }
    json_error_t where;
    json_t *head = json_loadb(data, (size_t)(end - data), 0, &where);
    if (head == NULL) {
        return nex_error_set(err, NEX_EINVAL, "the head of the record of workload %s: %s", id,
                             where.text);
    }
    nex_agent_start_workload_request *request = NULL;
    size_t head_len = (size_t)(end + 1 - data);
    nex_status status =
        nex_agent_start_workload_request_decode(&request, end + 1, len - head_len, err);
    if (status == NEX_OK) {
        status = native_workload_new(native, id, request, out, err);
    }
    if (status == NEX_OK) {
        (*out)->recorded = true;
        status = apply_head(*out, head);
        if (status != NEX_OK) {
            (void)nex_error_set(err, status, "workload %s: out of memory", id);
            native_workload_free(*out);
            *out = NULL;
        }
    }
    nex_agent_start_workload_request_free(request);
    json_decref(head);
    return status;
}
