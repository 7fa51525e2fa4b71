#include "nats_context.h"
#include "nexfile.h"

#include <nex/schema.h>
#include <stdlib.h>
#include <string.h>

enum { SCHEMA_MAX = 16 << 20, LINES_MAX = 256 << 20 };

static nex_status read_schema(const char *path, nex_schema **out, nex_error *err) {
    document schema;
    nex_buf text = NEX_BUF_INIT;
    nex_status status = document_read(&schema, path, err);
    if (status != NEX_OK) {
        return status;
    }
    status = nex_json_write(schema.doc, "", &text);
    if (status == NEX_OK) {
        status = nex_schema_compile(out, text.data, text.len, NULL, err);
        if (status != NEX_OK) {
            nex_error_prefix(err, status, "%s", path);
        }
    } else {
        nex_error_set(err, status, "%s: %s", path, nex_status_name(status));
    }
    nex_buf_free(&text);
    document_free(&schema);
    return status;
}

/* first_line: of the document in its file, from 0. Faults go to out; other failures to err. */
static nex_status validate(const nex_schema *schema, const document *d, unsigned first_line,
                           problems *out, nex_error *err) {
    nex_report report = {0};
    nex_status status = nex_schema_validate(schema, d->doc, &report, err);
    for (size_t i = 0; i < report.count && status == NEX_EINVAL; i++) {
        const nex_violation *v = &report.violations[i];
        if (problems_add(out, d->file, v->line + first_line, v->column, v->pointer, v->message) !=
            NEX_OK) {
            status = nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    nex_report_free(&report);
    return status;
}

static nex_status add_unreadable(const char *file, unsigned line, const nex_error *why,
                                 problems *out) {
    return problems_add(out, file, line, why->column, "", why->message);
}

static nex_status validate_lines(const nex_schema *schema, const char *file, problems *out,
                                 nex_error *err) {
    nex_buf text = NEX_BUF_INIT;
    nex_status status = file_read(file, LINES_MAX, &text, err);
    unsigned line = 0;
    bool invalid = false;
    for (size_t at = 0; status == NEX_OK && at < text.len; line++) {
        const char *start = text.data + at;
        const char *end = memchr(start, '\n', text.len - at);
        size_t len = end ? (size_t)(end - start) : text.len - at;
        at += len + 1;
        if (strspn(start, " \t\r") >= len) {
            continue;
        }
        document d = {NULL, (char *)(uintptr_t)file};
        nex_error why;
        status = nex_json_parse(&d.doc, start, len, &why);
        if (status == NEX_OK) {
            status = validate(schema, &d, line, out, err);
            nex_json_free(d.doc);
        } else if (status == NEX_EINVAL) {
            status = add_unreadable(file, line + 1, &why, out);
            status = status == NEX_OK ? NEX_EINVAL : status;
        }
        if (status == NEX_EINVAL) {
            invalid = true;
            status = NEX_OK;
        }
    }
    nex_buf_free(&text);
    return status == NEX_OK && invalid ? NEX_EINVAL : status;
}

static nex_status validate_file(const cli *c, const nex_schema *schema, const char *file,
                                problems *out, nex_error *err) {
    if (settings_bool(&c->options.settings, "schema.validate.jsonl")) {
        return validate_lines(schema, file, out, err);
    }
    document d;
    nex_status status = document_read(&d, file, err);
    if (status == NEX_OK) {
        status = validate(schema, &d, 0, out, err);
        document_free(&d);
    } else if (status == NEX_EINVAL) {
        /* It is no JSON or YAML: a fault of the document, which err tells with its place. */
        nex_status added = problems_add(out, file, 0, 0, "", err->message);
        status = added == NEX_OK ? NEX_EINVAL : added;
    }
    return status;
}

int schema_validate(cli *c) {
    nex_error err;
    nex_schema *schema = NULL;
    const char *const stdin_only[] = {"-"};
    const char *const *files = c->options.arg_count > 1 ? c->options.args + 1 : stdin_only;
    size_t count = c->options.arg_count > 1 ? c->options.arg_count - 1 : 1;
    nex_status status = read_schema(c->options.args[0], &schema, &err);
    if (status != NEX_OK) {
        return fail_usage(c->json, &err); /* as documented: a bad schema is wrong usage */
    }
    problems faults = {NULL, 0};
    for (size_t i = 0; i < count && (status == NEX_OK || status == NEX_EINVAL); i++) {
        status = validate_file(c, schema, files[i], &faults, &err);
    }
    int result = EXIT_DONE;
    if (status != NEX_OK && status != NEX_EINVAL) {
        result = fail(c, &err);
    } else if (faults.count) {
        result = fail_problems(c, "not valid", &faults);
    }
    problems_free(&faults);
    nex_schema_free(schema);
    return result;
}
