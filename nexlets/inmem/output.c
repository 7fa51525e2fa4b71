/* What workloads write: lines whose variables are filled in, and metrics. */
#include "inmem/workload.h"

#include <ctype.h>
#include <nex/keys.h>
#include <stdlib.h>
#include <string.h>

static bool is_name(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

/* Appends the value of the name at text (after '$'); returns what follows it. */
static const char *expand_one(const inmem_workload *workload, const char *text, nex_buf *out,
                              nex_status *status) {
    bool braces = text[0] == '{';
    const char *begin = text + braces;
    const char *end = begin;
    while (is_name(*end)) {
        end++;
    }
    if (end == begin || (braces && *end != '}')) {
        *status = nex_buf_append(out, "$", 1);
        return text;
    }
    for (size_t i = workload->environment.count; i-- > 0;) {
        const nex_string_entry *entry = &workload->environment.items[i];
        if (strlen(entry->key) == (size_t)(end - begin) &&
            memcmp(entry->key, begin, (size_t)(end - begin)) == 0) {
            *status = nex_buf_append_str(out, entry->value);
            break;
        }
    }
    return end + braces;
}

nex_status inmem_expand(const inmem_workload *workload, const char *text, nex_buf *out) {
    nex_status status = NEX_OK;
    while (*text != '\0' && status == NEX_OK) {
        size_t plain = strcspn(text, "$");
        status = nex_buf_append(out, text, plain);
        text += plain;
        if (*text == '$' && status == NEX_OK) {
            text = expand_one(workload, text + 1, out, &status);
        }
    }
    return status;
}

void inmem_write(inmem_workload *workload, nex_output output, const char *data, size_t len) {
    const nex_inmem *inmem = workload->inmem;
    nex_writer **writer = &workload->writers[output];
    if (inmem->agent == NULL || workload->gone) {
        return;
    }
    nex_status status = NEX_OK;
    if (*writer == NULL) {
        status = nex_writer_new(writer, inmem->agent, workload->id, workload->request->namespace_,
                                output);
    }
    if (status == NEX_OK) {
        nex_writer_write(*writer, data, len);
    } else {
        nex_log_write(inmem->log, NEX_LOG_WARN, "output lost", "workload_id", workload->id,
                      "reason", nex_status_name(status), NULL);
    }
}

void inmem_write_end(inmem_workload *workload) {
    for (size_t i = 0; i <= NEX_METRICS; i++) {
        nex_writer_free(workload->writers[i]);
        workload->writers[i] = NULL;
    }
}

static void write_lines(inmem_workload *workload, nex_output output, const nex_string_list *lines) {
    for (size_t i = 0; i < lines->count; i++) {
        nex_buf line = NEX_BUF_INIT;
        if (inmem_expand(workload, lines->items[i], &line) == NEX_OK &&
            nex_buf_append(&line, "\n", 1) == NEX_OK) {
            inmem_write(workload, output, line.data, line.len);
        }
        nex_buf_wipe(&line);
    }
}

static void write_metrics(inmem_workload *workload) {
    nex_buf json = NEX_BUF_INIT;
    uint64_t uptime = (nex_loop_now(workload->inmem->loop) - workload->since) / 1000000;
    if (nex_buf_printf(&json, "{\"ticks\":%llu,\"uptime_ms\":%llu}\n",
                       (unsigned long long)workload->ticks, (unsigned long long)uptime) == NEX_OK) {
        inmem_write(workload, NEX_METRICS, json.data, json.len);
    }
    nex_buf_free(&json);
}

void inmem_write_all(inmem_workload *workload) {
    workload->ticks++;
    write_lines(workload, NEX_STDOUT, &workload->start->output);
    write_lines(workload, NEX_STDERR, &workload->start->errors);
    if (workload->start->has_interval) {
        write_metrics(workload);
    }
}
