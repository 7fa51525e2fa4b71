#include "nexfile.h"
#include "nats_context.h"

#include <nex/keys.h>
#include <nex/schema.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTER_SIZE = 512, PLACE_SIZE = 1024 };

#define KEY_PREFIX    "workload.start."
#define START_REQUEST "workload.start.start_request"

static bool looks_like_json(const char *text, size_t len) {
    size_t i = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < len && strchr(" \t\r\n", text[i])) {
        i++;
    }
    return i < len && (text[i] == '{' || text[i] == '[' || text[i] == '"');
}

nex_status text_parse(const char *text, size_t len, nex_json **out, nex_error *err) {
    return looks_like_json(text, len) ? nex_json_parse(out, text, len, err)
                                      : nex_yaml_parse(out, text, len, err);
}

nex_status document_parse(document *d, const char *file, const char *text, size_t len,
                          nex_error *err) {
    *d = (document){NULL, strdup(file)};
    if (!d->file) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_error why;
    nex_status status = text_parse(text, len, &d->doc, &why);
    if (status != NEX_OK) {
        d->doc = NULL;
        document_free(d);
        *err = why;
        if (why.line) {
            nex_error_set(err, status, "%s:%u:%u: %s", file, why.line, why.column, why.message);
        } else {
            nex_error_set(err, status, "%s: %s", file, why.message);
        }
    }
    return status;
}

nex_status document_read(document *d, const char *file, nex_error *err) {
    nex_buf text = NEX_BUF_INIT;
    *d = (document){NULL, NULL};
    nex_status status = file_read(file, DOCUMENT_MAX, &text, err);
    if (status == NEX_OK) {
        const char *name = strcmp(file, "-") == 0 ? "standard input" : file;
        status = document_parse(d, name, text.data ? text.data : "", text.len, err);
    }
    nex_buf_wipe(&text);
    return status;
}

void document_free(document *d) {
    nex_json_free(d->doc);
    free(d->file);
    *d = (document){NULL, NULL};
}

/* "Nexfile:3:5" */
static void place_of(const document *d, const char *pointer, char out[PLACE_SIZE]) {
    unsigned line = 0, column = 0;
    size_t offset;
    if (nex_json_locate(d->doc, pointer, &offset, &line, &column)) {
        snprintf(out, PLACE_SIZE, "%s:%u:%u", d->file, line, column);
    } else {
        snprintf(out, PLACE_SIZE, "%s", d->file);
    }
}

static bool is_member(const char *name) {
    for (const char *const *m = nexfile_members; *m; m++) {
        if (strcmp(*m, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Text members may be written without quotes; YAML then reads some as other things. */
static nex_status explain(const char *place, const char *pointer, const nex_error *why,
                          nex_error *err) {
    const char *message = why->message;
    size_t len = strlen(place);
    if (strncmp(message, place, len) == 0 && strncmp(message + len, ": ", 2) == 0) {
        message += len + 2;
    }
    return nex_error_set(err, why->code, "%s: %s: %s", place, pointer, message);
}

static nex_status apply_member(const document *d, settings *s, const char *name,
                               const json_t *value, nex_error *err) {
    char key[POINTER_SIZE], pointer[POINTER_SIZE], place[PLACE_SIZE];
    snprintf(key, sizeof key, KEY_PREFIX "%s", name);
    snprintf(pointer, sizeof pointer, "/%s", name);
    place_of(d, pointer, place);
    if (!is_member(name)) {
        const char *near = suggest(name, nexfile_members);
        return nex_error_set(err, NEX_EINVAL, "%s: %s: a Nexfile has no \"%s\"%s%s%s", place,
                             pointer, name, near ? "; did you mean \"" : "", near ? near : "",
                             near ? "\"?" : "");
    }
    if (json_is_null(value)) {
        return NEX_OK; /* a key that was left empty in YAML */
    }
    setting *item = settings_find(s, key);
    if (!item) {
        return nex_error_set(err, NEX_EINTERNAL, "there is no setting %s", key);
    }
    if (strcmp(name, "start_request") == 0 && !json_is_object(value)) {
        return nex_error_set(err, NEX_EINVAL, "%s: %s: wanted an object", place, pointer);
    }
    nex_error why;
    nex_status status = setting_set_json(item, FROM_NEXFILE, place, value, &why);
    return status == NEX_OK ? NEX_OK : explain(place, pointer, &why, err);
}

nex_status nexfile_apply(const document *d, settings *s, nex_error *err) {
    json_t *json = NULL;
    nex_error why;
    nex_status status = nex_json_to_jansson(d->doc, &json, &why);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "%s: %s", d->file, why.message);
    }
    if (!json_is_object(json)) {
        json_decref(json);
        return nex_error_set(err, NEX_EINVAL, "%s:1:1: a Nexfile must be an object", d->file);
    }
    const char *name;
    const json_t *value;
    json_object_foreach(json, name, value) {
        if (status == NEX_OK) {
            status = apply_member(d, s, name, value, err);
        }
    }
    json_decref(json);
    return status;
}

/* From a flag or the environment: JSON, @FILE, or - for standard input. */
static nex_status from_text(start_request *r, const char *place, const char *text, nex_error *err) {
    if (strcmp(text, "-") == 0) {
        return document_read(&r->own, "-", err);
    }
    if (text[0] == '@') {
        return document_read(&r->own, text + 1, err);
    }
    return document_parse(&r->own, place, text, strlen(text), err);
}

static nex_status from_json(start_request *r, const char *place, const json_t *value,
                            nex_error *err) {
    char *text = json_dumps(value, JSON_COMPACT);
    if (!text) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_status status = document_parse(&r->own, place, text, strlen(text), err);
    free(text);
    return status;
}

nex_status start_request_make(start_request *r, const settings *s, const document *nexfile,
                              nex_error *err) {
    memset(r, 0, sizeof *r);
    r->from = &r->own;
    r->pointer = "";
    const setting *item = settings_find(s, START_REQUEST);
    if (!item || !item->value) {
        return nex_error_set(err, NEX_ENOTFOUND,
                             "nothing to start: no start_request in a Nexfile (./Nexfile, or "
                             "--nexfile FILE), and no --start-request");
    }
    nex_status status = NEX_OK;
    if (item->from == FROM_NEXFILE) {
        r->from = nexfile;
        r->pointer = "/start_request";
    } else if (json_is_string(item->value)) {
        status = from_text(r, item->place, json_string_value(item->value), err);
    } else {
        status = from_json(r, item->place, item->value, err);
    }
    if (status == NEX_OK) {
        status = nex_json_write(r->from->doc, r->pointer, &r->text);
        if (status != NEX_OK) {
            nex_error_set(err, status, "%s: cannot read the start request: %s", r->from->file,
                          nex_status_name(status));
        }
    }
    if (status != NEX_OK) {
        start_request_free(r);
    }
    return status;
}

void start_request_free(start_request *r) {
    document_free(&r->own);
    nex_buf_wipe(&r->text);
}

/* The places of a report's violations are those in the request's text; these are the file's. */
static void place_violations(const start_request *r, nex_report *report) {
    for (size_t i = 0; i < report->count; i++) {
        nex_violation *v = &report->violations[i];
        nex_buf pointer = NEX_BUF_INIT;
        if (nex_buf_printf(&pointer, "%s%s", r->pointer, v->pointer) != NEX_OK ||
            !nex_json_locate(r->from->doc, pointer.data, &v->offset, &v->line, &v->column)) {
            (void)nex_json_locate(r->from->doc, r->pointer, &v->offset, &v->line, &v->column);
        }
        nex_buf_free(&pointer);
    }
}

nex_status nexlet_schema(const char *text, nex_schema **out, nex_error *err) {
    nex_status status = nex_schema_compile(out, text, strlen(text), NULL, err);
    return status == NEX_OK
               ? NEX_OK
               : nex_error_prefix(err, status, "the nexlet's schema for start requests");
}

nex_status start_request_report(const start_request *r, const nex_schema *schema,
                                nex_report *report, nex_error *err) {
    nex_status status = nex_schema_validate_text(schema, r->text.data ? r->text.data : "",
                                                 r->text.len, report, err);
    place_violations(r, report);
    return status;
}

nex_status start_request_problems(const start_request *r, const nex_report *report, problems *out,
                                  nex_error *err) {
    nex_status status = NEX_OK;
    for (size_t i = 0; i < report->count && status == NEX_OK; i++) {
        const nex_violation *v = &report->violations[i];
        nex_buf pointer = NEX_BUF_INIT;
        status = nex_buf_printf(&pointer, "%s%s", r->pointer, v->pointer);
        if (status == NEX_OK) {
            status = problems_add(out, r->from->file, v->line, v->column, pointer.data, v->message);
        }
        nex_buf_free(&pointer);
    }
    return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "out of memory");
}

nex_status start_request_validate(const start_request *r, const char *schema, problems *out,
                                  nex_error *err) {
    nex_schema *compiled = NULL;
    nex_report report = {.valid = false};
    nex_status status = nexlet_schema(schema, &compiled, err);
    if (status == NEX_OK) {
        status = start_request_report(r, compiled, &report, err);
    }
    if (status == NEX_EINVAL && start_request_problems(r, &report, out, err) != NEX_OK) {
        status = NEX_ENOMEM;
    }
    nex_report_free(&report);
    nex_schema_free(compiled);
    return status;
}
