/*
 * Reports as text: for people, and as JSON Schema's "basic" output.
 */
#include "json/doc.h"

#include <nex/schema.h>

nex_status nex_report_write_text(const nex_report *report, const char *name, nex_buf *out) {
    nex_status status = NEX_OK;
    for (size_t i = 0; i < report->count && status == NEX_OK; i++) {
        const nex_violation *v = &report->violations[i];
        if (name)
            status = nex_buf_printf(out, "%s:", name);
        if (status == NEX_OK && v->line > 0)
            status = nex_buf_printf(out, "%u:%u:", v->line, v->column);
        if (status == NEX_OK && (name || v->line > 0))
            status = nex_buf_append(out, " ", 1);
        if (status == NEX_OK)
            status =
                nex_buf_printf(out, "%s%s%s\n", v->pointer, *v->pointer ? ": " : "", v->message);
    }
    if (status == NEX_OK && report->truncated)
        status = nex_buf_append_str(out, "(there are more)\n");
    return status;
}

static nex_status member(nex_buf *out, const char *key, const char *value) {
    nex_status status = nex_buf_printf(out, ",\"%s\":", key);
    return status == NEX_OK ? nex_json_quote(out, value, strlen(value)) : status;
}

static nex_status violation(const nex_violation *v, nex_buf *out) {
    nex_status status = nex_buf_append_str(out, "{\"valid\":false");
    if (status == NEX_OK)
        status = member(out, "keywordLocation", v->keyword_location);
    /* without an $id there is no absolute URI to name */
    if (status == NEX_OK && v->absolute_location[0] != '#')
        status = member(out, "absoluteKeywordLocation", v->absolute_location);
    if (status == NEX_OK)
        status = member(out, "instanceLocation", v->pointer);
    if (status == NEX_OK)
        status = member(out, "error", v->message);
    if (status == NEX_OK && v->line > 0)
        status = nex_buf_printf(out, ",\"line\":%u,\"column\":%u", v->line, v->column);
    return status == NEX_OK ? nex_buf_append(out, "}", 1) : status;
}

nex_status nex_report_write_basic(const nex_report *report, nex_buf *out) {
    nex_status status = nex_buf_append_str(out, report->valid ? "{\"valid\":true}"
                                                              : "{\"valid\":false,\"errors\":[");
    for (size_t i = 0; i < report->count && status == NEX_OK; i++) {
        if (i > 0)
            status = nex_buf_append(out, ",", 1);
        if (status == NEX_OK)
            status = violation(&report->violations[i], out);
    }
    return status == NEX_OK && !report->valid ? nex_buf_append_str(out, "]}") : status;
}

nex_status nex_schema_validate_jsonl(const nex_schema *schema, const char *text, size_t len,
                                     nex_schema_line_fn each, void *arg) {
    unsigned line = 0;
    for (size_t start = 0; start < len;) {
        const char *end = memchr(text + start, '\n', len - start);
        size_t n = end ? (size_t)(end - text) - start : len - start;
        const char *instance = text + start;
        size_t blank = 0;
        start += n + 1;
        line++;
        while (blank < n &&
               (instance[blank] == ' ' || instance[blank] == '\t' || instance[blank] == '\r'))
            blank++;
        if (blank == n)
            continue;
        nex_report report;
        nex_error err;
        nex_error_clear(&err);
        nex_status status = nex_schema_validate_text(schema, instance, n, &report, &err);
        if (err.line > 0)
            err.line = line;
        for (size_t i = 0; i < report.count; i++)
            report.violations[i].line = line;
        status = each(arg, line, status, &report, &err);
        nex_report_free(&report);
        if (status != NEX_OK)
            return status;
    }
    return NEX_OK;
}
