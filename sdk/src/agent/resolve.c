/* secret://NAME in texts: all that are named are fetched, then put in their places. */
#include "agent/runner.h"

#include <stdlib.h>
#include <string.h>

#define PREFIX "secret://"

typedef struct resolution {
    size_t open; /* secrets not yet known, and the function that asks for them */
    nex_status status;
    nex_error err;
    nex_resolved_cb cb;
    void *arg;
} resolution;

typedef struct place {
    resolution *of;
    char **text;
} place;

bool nex_is_secret(const char *text) {
    return text != NULL && strncmp(text, PREFIX, strlen(PREFIX)) == 0;
}

static void one_less(resolution *r) {
    if (--r->open == 0) {
        r->cb(r->arg, r->status, &r->err);
        free(r);
    }
}

static void fail(resolution *r, const nex_error *err) {
    if (r->status == NEX_OK) {
        r->status = err->code;
        r->err = *err;
    }
}

static void put(place *p, const void *value, size_t len) {
    nex_error err;
    char *copy = NULL;
    if (memchr(value, '\0', len) != NULL) {
        nex_error_set(&err, NEX_EINVAL, "%s: the secret holds a NUL byte, which no text can",
                      *p->text);
    } else if ((copy = malloc(len + 1)) == NULL) {
        nex_error_set(&err, NEX_ENOMEM, "%s: out of memory", *p->text);
    }
    if (copy == NULL) {
        fail(p->of, &err);
        return;
    }
    memcpy(copy, value, len);
    copy[len] = '\0';
    free(*p->text);
    *p->text = copy;
}

static void on_value(void *arg, nex_status status, const void *value, size_t len,
                     const nex_error *err) {
    place *p = arg;
    resolution *r = p->of;
    if (status != NEX_OK) {
        fail(r, err);
    } else if (r->status == NEX_OK) {
        put(p, value, len);
    }
    free(p);
    one_less(r);
}

static void resolve(resolution *r, nex_agent *agent, const char *namespace_, char **text) {
    if (!nex_is_secret(*text) || r->status != NEX_OK) {
        return;
    }
    nex_error err;
    place *p = malloc(sizeof *p);
    nex_status status = NEX_ENOMEM;
    if (p != NULL) {
        *p = (place){.of = r, .text = text};
        status = nex_agent_get_secret(agent, namespace_, *text + strlen(PREFIX), on_value, p);
    }
    if (status == NEX_OK) {
        r->open++;
    } else {
        free(p);
        nex_error_set(&err, status, "%s: cannot ask for it: %s", *text, nex_status_name(status));
        fail(r, &err);
    }
}

nex_status nex_agent_resolve_secrets(nex_agent *agent, const char *namespace_,
                                     nex_string_map *environment, nex_string_list *argv,
                                     nex_resolved_cb cb, void *arg) {
    resolution *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return NEX_ENOMEM;
    }
    r->cb = cb;
    r->arg = arg;
    r->open = 1;
    for (size_t i = 0; environment != NULL && i < environment->count; i++) {
        resolve(r, agent, namespace_, &environment->items[i].value);
    }
    for (size_t i = 0; argv != NULL && i < argv->count; i++) {
        resolve(r, agent, namespace_, &argv->items[i]);
    }
    one_less(r);
    return NEX_OK;
}
