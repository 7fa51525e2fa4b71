#include "cli.h"
#include "table.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

nex_status problems_add(problems *p, const char *file, unsigned line, unsigned column,
                        const char *pointer, const char *message) {
    problem *grown = realloc(p->items, (p->count + 1) * sizeof *grown);
    if (!grown) {
        return NEX_ENOMEM;
    }
    p->items = grown;
    problem made = {strdup(file), strdup(pointer), strdup(message), line, column};
    if (!made.file || !made.pointer || !made.message) {
        free(made.file);
        free(made.pointer);
        free(made.message);
        return NEX_ENOMEM;
    }
    grown[p->count++] = made;
    return NEX_OK;
}

void problems_free(problems *p) {
    for (size_t i = 0; i < p->count; i++) {
        free(p->items[i].file);
        free(p->items[i].pointer);
        free(p->items[i].message);
    }
    free(p->items);
    *p = (problems){NULL, 0};
}

static nex_status write_all(int fd, const char *data, size_t len) {
    while (len > 0) {
        ssize_t done = write(fd, data, len);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done < 0) {
            return NEX_EIO;
        }
        data += done;
        len -= (size_t)done;
    }
    return NEX_OK;
}

int print_result(const cli *c, const nex_buf *text) {
    if (write_all(STDOUT_FILENO, text->data, text->len) == NEX_OK) {
        return EXIT_DONE;
    }
    nex_error err;
    nex_error_set(&err, NEX_EIO, "cannot write to standard output: %s", strerror(errno));
    return fail(c, &err);
}

int print_made(const cli *c, nex_status status, nex_buf *text) {
    int result;
    if (status == NEX_OK) {
        result = print_result(c, text);
    } else {
        nex_error err;
        nex_error_set(&err, status, "cannot print the result: %s",
                      status == NEX_ENOMEM ? "out of memory" : nex_status_name(status));
        result = fail(c, &err);
    }
    nex_buf_free(text);
    return result;
}

static const char *code_of(const nex_error *err, bool not_placed) {
    if (not_placed) {
        return "not_placed";
    }
    switch (err->code) {
    case NEX_EINVAL:
    case NEX_ELIMIT:
        return "invalid";
    case NEX_ENOTFOUND:
        return "not_found";
    case NEX_ETIMEOUT:
        return "timeout";
    case NEX_EUNREACHABLE:
        return "unreachable";
    case NEX_EREFUSED:
    case NEX_EEXIST:
    case NEX_ESTATE:
        return "refused";
    default:
        return "internal";
    }
}

static json_t *declines_json(const nex_outcome *outcome) {
    json_t *list = json_array();
    for (size_t i = 0; i < outcome->decline_count; i++) {
        const nex_decline *d = &outcome->declines[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "detail", d->detail, "node_id",
                                              d->node_id, "reason", d->reason));
    }
    return list;
}

static json_t *problems_json(const problems *p) {
    json_t *list = json_array();
    for (size_t i = 0; i < p->count; i++) {
        const problem *one = &p->items[i];
        json_t *entry = json_pack("{s:s, s:s, s:s}", "file", one->file, "message", one->message,
                                  "pointer", one->pointer);
        if (one->line) {
            json_object_set_new(entry, "line", json_integer(one->line));
            json_object_set_new(entry, "column", json_integer(one->column));
        }
        json_array_append_new(list, entry);
    }
    return list;
}

static void print_json(const char *code, const char *message, const nex_outcome *outcome,
                       const problems *p) {
    json_t *error = json_pack("{s:s, s:s}", "code", code, "message", message);
    if (!error) {
        error = json_pack("{s:s, s:s}", "code", code, "message", "(a text that is not UTF-8)");
    }
    if (outcome && *outcome->error_id) {
        json_object_set_new(error, "error_id", json_string(outcome->error_id));
    }
    if (outcome && outcome->decline_count) {
        json_object_set_new(error, "declines", declines_json(outcome));
    }
    if (p && p->count) {
        json_object_set_new(error, "problems", problems_json(p));
    }
    json_t *whole = json_pack("{s:o}", "error", error);
    char *text = json_dumps(whole, JSON_COMPACT);
    fprintf(stderr, "%s\n", text ? text : "{\"error\":{\"code\":\"internal\"}}");
    free(text);
    json_decref(whole);
}

/* What nodes sent must not steer the terminal. */
static void print_line(const char *lead, const char *text) {
    nex_buf safe = NEX_BUF_INIT;
    if (text_append_safe(&safe, text) == NEX_OK) {
        fprintf(stderr, "%s%s\n", lead, safe.data ? safe.data : "");
    }
    nex_buf_free(&safe);
}

static void print_declines(const nex_outcome *outcome) {
    for (size_t i = 0; i < outcome->decline_count; i++) {
        const nex_decline *d = &outcome->declines[i];
        char lead[128];
        bool error = strcmp(d->reason, "error") == 0;
        if (error && outcome->decline_count == 1 && strstr(outcome->error->message, d->detail)) {
            return; /* it has been said */
        }
        snprintf(lead, sizeof lead, "  node %s: %s%s", *d->node_id ? d->node_id : "(unnamed)",
                 error ? "" : d->reason, *d->detail && !error ? ": " : "");
        print_line(lead, d->detail);
    }
}

int fail_usage(bool json, const nex_error *err) {
    if (json) {
        print_json("usage", err->message, NULL, NULL);
    } else {
        print_line("error: ", err->message);
    }
    return EXIT_USAGE;
}

int fail(const cli *c, const nex_error *err) {
    if (c->json) {
        print_json(code_of(err, false), err->message, NULL, NULL);
    } else {
        print_line("error: ", err->message);
    }
    return EXIT_FAILED;
}

int fail_outcome(const cli *c, const nex_outcome *outcome) {
    if (c->json) {
        print_json(code_of(outcome->error, outcome->not_placed), outcome->error->message, outcome,
                   NULL);
        return EXIT_FAILED;
    }
    print_line("error: ", outcome->error->message);
    if (*outcome->error_id) {
        print_line("  error id: ", outcome->error_id);
    }
    print_declines(outcome);
    return EXIT_FAILED;
}

static void problem_place(const problem *p, char *out, size_t size) {
    if (p->line) {
        snprintf(out, size, "%s:%u:%u: ", p->file, p->line, p->column);
    } else {
        snprintf(out, size, "%s: ", p->file);
    }
}

int fail_problems(const cli *c, const char *what, const problems *p) {
    char place[512];
    nex_buf text = NEX_BUF_INIT;
    const problem *first = p->count ? &p->items[0] : NULL;
    if (first) {
        problem_place(first, place, sizeof place);
        if (nex_buf_printf(&text, "%s%s%s%s", place, first->pointer, *first->pointer ? ": " : "",
                           first->message) != NEX_OK) {
            nex_buf_clear(&text);
        }
    }
    const char *message = text.data ? text.data : what;
    if (c->json) {
        print_json("invalid", message, NULL, p);
    } else {
        print_line("error: ", p->count == 1 ? message : what);
        for (size_t i = 0; p->count > 1 && i < p->count; i++) {
            char lead[1024];
            problem_place(&p->items[i], place, sizeof place);
            snprintf(lead, sizeof lead, "  %s%s%s", place, p->items[i].pointer,
                     *p->items[i].pointer ? ": " : "");
            print_line(lead, p->items[i].message);
        }
    }
    nex_buf_free(&text);
    return EXIT_FAILED;
}

void warn(const cli *c, const char *fmt, ...) {
    if (c->json) {
        return;
    }
    nex_buf text = NEX_BUF_INIT;
    va_list args;
    va_start(args, fmt);
    if (nex_buf_vprintf(&text, fmt, args) == NEX_OK) {
        print_line("warning: ", text.data ? text.data : "");
    }
    va_end(args);
    nex_buf_free(&text);
}

void friendly_duration(nex_duration d, char *out, size_t size) {
    static const struct {
        int64_t seconds;
        char unit;
    } units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
    int64_t left = d < 0 ? 0 : (d + NEX_SECOND / 2) / NEX_SECOND;
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < 4 && len < size; i++) {
        int64_t count = left / units[i].seconds;
        left %= units[i].seconds;
        if (count > 0 || (i == 3 && len == 0)) {
            int put = snprintf(out + len, size - len, "%s%lld%c", len ? " " : "", (long long)count,
                               units[i].unit);
            len += put > 0 ? (size_t)put : 0;
        }
    }
}
