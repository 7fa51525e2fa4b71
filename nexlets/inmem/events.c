/* Events that workloads listen to: each becomes a line of their output. */
#include "inmem/workload.h"

#include <stdlib.h>
#include <string.h>

static void on_event(void *arg, const nex_feed_event *event) {
    nex_buf line = NEX_BUF_INIT;
    if (nex_buf_printf(&line, "%s %s %.*s\n", event->from, event->type, (int)event->len,
                       event->json) == NEX_OK) {
        inmem_write(arg, NEX_STDOUT, line.data, line.len);
    }
    nex_buf_free(&line);
}

/* "TYPE" or "FROM.TYPE"; the schema has checked the form. */
static nex_status listen(inmem_workload *workload, const char *wanted, nex_error *err) {
    nex_event_filter filter = {.type = wanted};
    char *text = strdup(wanted);
    if (text == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    char *dot = strchr(text, '.');
    if (dot != NULL) {
        *dot = '\0';
        filter.from = text;
        filter.type = strcmp(dot + 1, "*") != 0 ? dot + 1 : NULL;
    }
    nex_status status = nex_agent_listen(workload->inmem->agent, &filter, on_event, workload,
                                         &workload->listeners[workload->listener_count], err);
    if (status == NEX_OK) {
        workload->listener_count++;
    }
    free(text);
    return status;
}

nex_status inmem_events_start(inmem_workload *workload, nex_error *err) {
    const nex_string_list *events = &workload->start->events;
    nex_status status = NEX_OK;
    if (events->count == 0) {
        return NEX_OK;
    }
    workload->listeners = calloc(events->count, sizeof(nex_listener *));
    if (workload->listeners == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    for (size_t i = 0; i < events->count && status == NEX_OK; i++) {
        status = listen(workload, events->items[i], err);
    }
    return status;
}

void inmem_events_stop(inmem_workload *workload) {
    for (size_t i = 0; i < workload->listener_count; i++) {
        nex_listener_free(workload->listeners[i]);
    }
    free(workload->listeners);
    workload->listeners = NULL;
    workload->listener_count = 0;
}
