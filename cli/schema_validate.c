/* schema validate: documents against a schema, each with what is wrong with it. */
#include "nats_context.h"
#include "nexfile.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 256 << 20 };

typedef struct validation {
    const cli *cli;
    nex_schema *schema;
    problems faults; /**< for people */
    nex_buf out;     /**< with --json: a report a line */
    bool many;       /**< instances, so each report names its own */
    bool invalid;    /**< one of them was */
} validation;

/* A schema's error with the place in its file. */
static void broken_schema(const char *path, const document *d, nex_status status, nex_error *err) {
    nex_error why = *err;
    unsigned line, column;
    size_t offset;
    if (nex_json_locate(d->doc, why.pointer, &offset, &line, &column)) {
        nex_error_set(err, status, "%s:%u:%u: %s", path, line, column, why.message);
    } else {
        nex_error_set(err, status, "%s: %s", path, why.message);
    }
}

nex_status schema_read(const char *path, nex_schema **out, nex_error *err) {
    document schema;
    nex_buf text = NEX_BUF_INIT;
    nex_status status = document_read(&schema, path, err);
    if (status != NEX_OK) {
        return status;
    }
    status = nex_json_write(schema.doc, "", &text);
    if (status != NEX_OK) {
        nex_error_set(err, status, "%s: %s", path, nex_status_name(status));
    } else {
        status = nex_schema_compile(out, text.data, text.len, NULL, err);
        if (status != NEX_OK) {
            broken_schema(path, &schema, status, err);
        }
    }
    nex_buf_free(&text);
    document_free(&schema);
    return status;
}

/* The report in the basic output format; of many, each says which instance it is about. */
static nex_status print_report(validation *v, const char *file, unsigned line,
                               const nex_report *report) {
    nex_buf basic = NEX_BUF_INIT;
    nex_status status = nex_report_write_basic(report, &basic);
    if (status == NEX_OK && v->many) {
        json_t *name = json_string(file);
        char *quoted = name ? json_dumps(name, JSON_ENCODE_ANY) : NULL;
        status = nex_buf_printf(&v->out, "{\"file\":%s,", quoted ? quoted : "null");
        if (status == NEX_OK && line > 0) {
            status = nex_buf_printf(&v->out, "\"line\":%u,", line);
        }
        free(quoted);
        json_decref(name);
    }
    if (status == NEX_OK) {
        status = nex_buf_printf(&v->out, "%s\n", basic.data + (v->many ? 1 : 0));
    }
    nex_buf_free(&basic);
    return status;
}

/* first_line: of the instance in its file, from 0. */
static nex_status tell(validation *v, const char *file, unsigned first_line, bool a_line,
                       nex_report *report, nex_error *err) {
    nex_status status = NEX_OK;
    v->invalid |= !report->valid;
    for (size_t i = 0; i < report->count && status == NEX_OK; i++) {
        nex_violation *one = &report->violations[i];
        one->line += one->line ? first_line : 0;
        if (!v->cli->json) {
            status =
                problems_add(&v->faults, file, one->line, one->column, one->pointer, one->message);
        }
    }
    if (!v->cli->json && report->truncated && status == NEX_OK) {
        status = problems_add(&v->faults, file, 0, 0, "", "there are more");
    }
    if (v->cli->json && status == NEX_OK) {
        status = print_report(v, file, a_line ? first_line + 1 : 0, report);
    }
    return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "out of memory");
}

/* An instance that is no JSON or YAML is not valid either: its one violation is why. */
static nex_status tell_unreadable(validation *v, const char *file, unsigned first_line, bool a_line,
                                  const nex_error *why, nex_error *err) {
    nex_violation one = {.pointer = "",
                         .schema_pointer = "",
                         .keyword = "",
                         .message = why->message,
                         .line = why->line,
                         .column = why->column,
                         .keyword_location = "",
                         .absolute_location = "#"};
    nex_report report = {.violations = &one, .count = 1};
    return tell(v, file, first_line, a_line, &report, err);
}

static nex_status validate(validation *v, const char *file, unsigned first_line, bool a_line,
                           const nex_json *doc, nex_error *err) {
    nex_report report = {.valid = false};
    nex_error why;
    nex_status status = nex_schema_validate(v->schema, doc, &report, &why);
    if (status == NEX_OK || status == NEX_EINVAL) {
        status = tell(v, file, first_line, a_line, &report, err);
    } else {
        nex_error_set(err, status, "%s: %s", file, why.message);
    }
    nex_report_free(&report);
    return status;
}

static nex_status validate_line(validation *v, const char *file, unsigned first_line,
                                const char *text, size_t len, nex_error *err) {
    nex_json *doc = NULL;
    nex_error why;
    nex_status status = nex_json_parse(&doc, text, len, &why);
    if (status == NEX_ENOMEM) {
        return nex_error_set(err, status, "out of memory");
    }
    if (status != NEX_OK) {
        return tell_unreadable(v, file, first_line, true, &why, err);
    }
    status = validate(v, file, first_line, true, doc, err);
    nex_json_free(doc);
    return status;
}

static nex_status validate_lines(validation *v, const char *file, const nex_buf *text,
                                 nex_error *err) {
    nex_status status = NEX_OK;
    unsigned line = 0;
    for (size_t at = 0; status == NEX_OK && at < text->len; line++) {
        const char *start = text->data + at;
        const char *end = memchr(start, '\n', text->len - at);
        size_t len = end ? (size_t)(end - start) : text->len - at;
        at += len + 1;
        if (strspn(start, " \t\r") < len) {
            status = validate_line(v, file, line, start, len, err);
        }
    }
    return status;
}

static nex_status validate_document(validation *v, const char *file, const nex_buf *text,
                                    nex_error *err) {
    nex_json *doc = NULL;
    nex_error why;
    nex_status status = text_parse(text->data ? text->data : "", text->len, &doc, &why);
    if (status == NEX_ENOMEM) {
        return nex_error_set(err, status, "out of memory");
    }
    if (status != NEX_OK) {
        return tell_unreadable(v, file, 0, false, &why, err);
    }
    status = validate(v, file, 0, false, doc, err);
    nex_json_free(doc);
    return status;
}

/* What cannot be read is neither valid nor invalid: *result is wrong usage then. */
static nex_status validate_file(validation *v, const char *path, bool lines, int *result,
                                nex_error *err) {
    const char *file = strcmp(path, "-") == 0 ? "standard input" : path;
    nex_buf text = NEX_BUF_INIT;
    nex_status status = file_read(path, lines ? LINES_MAX : DOCUMENT_MAX, &text, err);
    if (status != NEX_OK) {
        *result = fail_usage(v->cli->json, err);
    } else {
        status =
            lines ? validate_lines(v, file, &text, err) : validate_document(v, file, &text, err);
        if (status != NEX_OK) {
            *result = fail(v->cli, err);
        }
    }
    nex_buf_free(&text);
    return status;
}

static int finish(validation *v) {
    int result = EXIT_DONE;
    if (v->out.len > 0) {
        result = print_result(v->cli, &v->out);
    }
    if (v->faults.count) {
        result = fail_problems(v->cli, "not valid", &v->faults);
    }
    return result == EXIT_DONE && v->invalid ? EXIT_FAILED : result;
}

int schema_validate(cli *c) {
    const char *const stdin_only[] = {"-"};
    const char *const *files = c->options.arg_count > 1 ? c->options.args + 1 : stdin_only;
    size_t count = c->options.arg_count > 1 ? c->options.arg_count - 1 : 1;
    bool lines = settings_bool(&c->options.settings, "schema.validate.jsonl");
    validation v = {.cli = c, .out = NEX_BUF_INIT, .many = count > 1 || lines};
    nex_error err;
    nex_status status = schema_read(c->options.args[0], &v.schema, &err);
    if (status != NEX_OK) {
        return fail_usage(c->json, &err); /* as documented: a bad schema is wrong usage */
    }
    int unread = EXIT_DONE;
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        status = validate_file(&v, files[i], lines, &unread, &err);
    }
    int result = finish(&v);
    problems_free(&v.faults);
    nex_buf_free(&v.out);
    nex_schema_free(v.schema);
    return unread != EXIT_DONE ? unread : result;
}
