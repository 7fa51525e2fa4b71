/* As much of JetStream as nex/kv.h and nex/objectstore.h use. */
#include "world.h"

#include <nex/micro.h>

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { SUBJECTS_MAX = 4 };

typedef struct stored {
    struct stored *next;
    uint64_t sequence;
    uint64_t time;
    nex_buf headers; /* the raw block, "" without headers */
    nex_header *list;
    size_t header_count;
    char *subject;
    char *data;
    size_t len;
} stored;

typedef struct stream {
    struct stream *next;
    char *name;
    char *subjects[SUBJECTS_MAX];
    size_t subject_count;
    uint64_t per_subject; /* messages kept, 0: all */
    uint64_t max_size;    /* of a message, 0: any */
    bool direct;          /* answers direct gets */
    uint64_t last;
    stored *first; /* oldest first */
} stream;

struct sim_jetstream {
    sim *world;
    stream *streams;
    uint64_t consumers;
};

static char *copy(const char *text) {
    char *out = sim_alloc(strlen(text) + 1);
    strcpy(out, text);
    return out;
}

/* ---- Stored messages ---------------------------------------------------------------------- */

static void free_stored(stored *m) {
    for (size_t i = 0; i < m->header_count; i++) {
        free((char *)(uintptr_t)m->list[i].name);
        free((char *)(uintptr_t)m->list[i].value);
    }
    free(m->list);
    nex_buf_free(&m->headers);
    free(m->subject);
    free(m->data);
    free(m);
}

static void free_stream(stream *s) {
    while (s->first != NULL) {
        stored *m = s->first;
        s->first = m->next;
        free_stored(m);
    }
    for (size_t i = 0; i < s->subject_count; i++) {
        free(s->subjects[i]);
    }
    free(s->name);
    free(s);
}

static stored *new_stored(const nex_msg *msg) {
    stored *m = sim_alloc(sizeof *m);
    m->subject = copy(msg->subject);
    m->data = sim_alloc(msg->len + 1);
    if (msg->len > 0) {
        memcpy(m->data, msg->data, msg->len);
    }
    m->len = msg->len;
    if (msg->header_count > 0) {
        m->list = sim_alloc(msg->header_count * sizeof *m->list);
        m->header_count = msg->header_count;
        nex_status status = nex_buf_append_str(&m->headers, "NATS/1.0\r\n");
        for (size_t i = 0; i < msg->header_count; i++) {
            m->list[i] = (nex_header){copy(msg->headers[i].name), copy(msg->headers[i].value)};
            status = status == NEX_OK ? nex_buf_printf(&m->headers, "%s: %s\r\n", m->list[i].name,
                                                       m->list[i].value)
                                      : status;
        }
        if (status != NEX_OK || nex_buf_append_str(&m->headers, "\r\n") != NEX_OK) {
            abort();
        }
    }
    return m;
}

/* Removes the messages that match, but for the `keep` youngest. */
static void remove_matching(stream *s, const char *pattern, uint64_t keep) {
    uint64_t count = 0;
    for (stored *m = s->first; m != NULL; m = m->next) {
        count += nex_subject_matches(pattern, m->subject) ? 1 : 0;
    }
    for (stored **link = &s->first; *link != NULL && count > keep;) {
        stored *m = *link;
        if (nex_subject_matches(pattern, m->subject)) {
            *link = m->next;
            free_stored(m);
            count--;
        } else {
            link = &m->next;
        }
    }
}

static stream *find_stream(const sim_jetstream *js, const char *name) {
    stream *s = js->streams;
    while (s != NULL && strcmp(s->name, name) != 0) {
        s = s->next;
    }
    return s;
}

static bool has_subject(const stream *s, const char *subject) {
    for (size_t i = 0; i < s->subject_count; i++) {
        if (nex_subject_matches(s->subjects[i], subject)) {
            return true;
        }
    }
    return false;
}

static stored *last_of(const stream *s, const char *subject) {
    stored *last = NULL;
    for (stored *m = s->first; m != NULL; m = m->next) {
        last = strcmp(m->subject, subject) == 0 ? m : last;
    }
    return last;
}

/* ---- Answers ------------------------------------------------------------------------------ */

static void answer(sim_jetstream *js, const char *to, json_t *json) {
    char *text = json != NULL ? json_dumps(json, JSON_COMPACT) : NULL;
    if (text == NULL) {
        abort();
    }
    if (to != NULL) {
        nex_msg msg = {.subject = to, .data = text, .len = strlen(text)};
        sim_server_deliver(js->world->server, to, &msg);
    }
    free(text);
    json_decref(json);
}

static void answer_error(sim_jetstream *js, const char *to, int code, int err_code,
                         const char *text) {
    answer(js, to,
           json_pack("{s:{s:i, s:i, s:s}}", "error", "code", code, "err_code", err_code,
                     "description", text));
}

/* ---- Publishing to a stream --------------------------------------------------------------- */

static void store(sim_jetstream *js, stream *s, const nex_msg *msg) {
    if (s->max_size > 0 && msg->len > s->max_size) {
        answer_error(js, msg->reply, 400, 10054, "message size exceeds maximum allowed");
        return;
    }
    const char *rollup = nex_msg_header(msg, "Nats-Rollup");
    if (rollup != NULL && strcmp(rollup, "sub") == 0) {
        remove_matching(s, msg->subject, 0);
    }
    stored *m = new_stored(msg);
    m->sequence = ++s->last;
    m->time = js->world->now;
    stored **link = &s->first;
    while (*link != NULL) {
        link = &(*link)->next;
    }
    *link = m;
    if (s->per_subject > 0) {
        remove_matching(s, msg->subject, s->per_subject);
    }
    sim_record(js->world, NULL, "store", m->subject, m->data, m->len);
    answer(js, msg->reply,
           json_pack("{s:s, s:I}", "stream", s->name, "seq", (json_int_t)m->sequence));
}

/* ---- The API ------------------------------------------------------------------------------ */

static uint64_t limit(const json_t *config, const char *key) {
    json_int_t value = json_integer_value(json_object_get(config, key));
    return value > 0 ? (uint64_t)value : 0;
}

static void create_stream(sim_jetstream *js, const char *name, const nex_msg *msg,
                          const json_t *config) {
    stream *s = find_stream(js, name);
    if (s == NULL) {
        s = sim_alloc(sizeof *s);
        s->name = copy(name);
        const json_t *subjects = json_object_get(config, "subjects");
        size_t i;
        const json_t *subject;
        json_array_foreach(subjects, i, subject) {
            if (s->subject_count < SUBJECTS_MAX) {
                s->subjects[s->subject_count++] = copy(json_string_value(subject));
            }
        }
        s->per_subject = limit(config, "max_msgs_per_subject");
        s->max_size = limit(config, "max_msg_size");
        s->direct = json_is_true(json_object_get(config, "allow_direct"));
        s->next = js->streams;
        js->streams = s;
    }
    answer(js, msg->reply, json_pack("{s:O}", "config", config));
}

static nex_time time_of(const stored *m) {
    return (nex_time){1767225600 + (int64_t)(m->time / NEX_SECOND), (int32_t)(m->time % NEX_SECOND),
                      0};
}

static void get_message(sim_jetstream *js, const stream *s, const nex_msg *msg,
                        const json_t *body) {
    const char *subject = json_string_value(json_object_get(body, "last_by_subj"));
    const stored *m = subject != NULL ? last_of(s, subject) : NULL;
    if (m == NULL) {
        answer_error(js, msg->reply, 404, 10037, "no message found");
        return;
    }
    nex_buf data = NEX_BUF_INIT;
    nex_buf headers = NEX_BUF_INIT;
    char time[NEX_TIME_TEXT_SIZE];
    nex_time_format(time_of(m), time);
    if (nex_base64_encode(m->data, m->len, &data) != NEX_OK ||
        nex_base64_encode(m->headers.data != NULL ? m->headers.data : "", m->headers.len,
                          &headers) != NEX_OK) {
        abort();
    }
    json_t *message = json_pack("{s:s, s:I, s:s}", "subject", m->subject, "seq",
                                (json_int_t)m->sequence, "time", time);
    if (m->len > 0) {
        json_object_set_new(message, "data", json_string(data.data));
    }
    if (m->header_count > 0) {
        json_object_set_new(message, "hdrs", json_string(headers.data));
    }
    nex_buf_free(&data);
    nex_buf_free(&headers);
    answer(js, msg->reply, json_pack("{s:o}", "message", message));
}

/* "DIRECT.GET.<stream>.<subject>"; false when there is nobody to answer. */
static bool get_direct(sim_jetstream *js, const char *name, const nex_msg *msg) {
    char stream_name[256];
    const stream *s = NULL;
    if (nex_subject_token(name, 0, stream_name, sizeof stream_name) == NEX_OK) {
        s = find_stream(js, stream_name);
    }
    const char *subject = strchr(name, '.');
    if (s == NULL || !s->direct || subject == NULL || msg->reply == NULL) {
        return false;
    }
    const stored *m = last_of(s, subject + 1);
    if (m == NULL) {
        nex_header none[] = {{"Status", "404"}, {"Description", "Message Not Found"}};
        nex_msg out = {.subject = msg->reply, .headers = none, .header_count = 2};
        sim_server_deliver(js->world->server, msg->reply, &out);
        return true;
    }
    char sequence[32];
    char time[NEX_TIME_TEXT_SIZE];
    snprintf(sequence, sizeof sequence, "%" PRIu64, m->sequence);
    nex_time_format(time_of(m), time);
    nex_header *headers = sim_alloc((m->header_count + 2) * sizeof *headers);
    for (size_t i = 0; i < m->header_count; i++) {
        headers[i] = m->list[i];
    }
    headers[m->header_count] = (nex_header){"Nats-Sequence", sequence};
    headers[m->header_count + 1] = (nex_header){"Nats-Time-Stamp", time};
    nex_msg out = {.subject = msg->reply,
                   .data = m->data,
                   .len = m->len,
                   .headers = headers,
                   .header_count = m->header_count + 2};
    sim_server_deliver(js->world->server, msg->reply, &out);
    free(headers);
    return true;
}

static bool selected(const stream *s, const stored *m, const char *filter, bool last) {
    return nex_subject_matches(filter, m->subject) && (!last || last_of(s, m->subject) == m);
}

static void create_consumer(sim_jetstream *js, const stream *s, const nex_msg *msg,
                            const json_t *body) {
    const json_t *config = json_object_get(body, "config");
    const char *filter = json_string_value(json_object_get(config, "filter_subject"));
    const char *to = json_string_value(json_object_get(config, "deliver_subject"));
    const char *policy = json_string_value(json_object_get(config, "deliver_policy"));
    if (filter == NULL || to == NULL || policy == NULL) {
        answer_error(js, msg->reply, 400, 10025, "bad request");
        return;
    }
    bool last = strcmp(policy, "last_per_subject") == 0;
    uint64_t pending = 0;
    for (const stored *m = s->first; m != NULL; m = m->next) {
        pending += selected(s, m, filter, last) ? 1 : 0;
    }
    char any[32];
    const char *name = json_string_value(json_object_get(config, "name"));
    if (name == NULL) {
        snprintf(any, sizeof any, "c%" PRIu64, ++js->consumers);
        name = any;
    }
    answer(js, msg->reply,
           json_pack("{s:s, s:I}", "name", name, "num_pending", (json_int_t)pending));
    uint64_t number = 0;
    for (const stored *m = s->first; m != NULL; m = m->next) {
        if (!selected(s, m, filter, last)) {
            continue;
        }
        char reply[512];
        snprintf(reply, sizeof reply,
                 "$JS.ACK.%s.%s.1.%" PRIu64 ".%" PRIu64 ".%" PRIu64 ".%" PRIu64, s->name, name,
                 m->sequence, number + 1, 1767225600 * (uint64_t)NEX_SECOND + m->time,
                 pending - number - 1);
        number++;
        nex_msg out = {.subject = m->subject,
                       .reply = reply,
                       .data = m->data,
                       .len = m->len,
                       .headers = m->list,
                       .header_count = m->header_count};
        sim_server_deliver(js->world->server, to, &out);
    }
}

static void describe_stream(sim_jetstream *js, const stream *s, const nex_msg *msg) {
    answer(js, msg->reply,
           json_pack("{s:{s:s, s:b}, s:{s:I, s:I}}", "config", "name", s->name, "allow_direct",
                     (int)s->direct, "state", "messages",
                     (json_int_t)sim_jetstream_count(js->world, s->name), "last_seq",
                     (json_int_t)s->last));
}

static void purge_stream(sim_jetstream *js, stream *s, const nex_msg *msg, const json_t *body) {
    const char *filter = json_string_value(json_object_get(body, "filter"));
    remove_matching(s, filter != NULL ? filter : ">", 0);
    answer(js, msg->reply, json_pack("{s:b}", "success", 1));
}

/* "<verb>.<stream>[.<more>]" after "$JS.API." or "$JS.<domain>.API.". */
static void call_api(sim_jetstream *js, const char *request, const nex_msg *msg) {
    static const char *const verbs[] = {"STREAM.CREATE.", "STREAM.MSG.GET.",  "CONSUMER.CREATE.",
                                        "STREAM.PURGE.",  "CONSUMER.DELETE.", "STREAM.INFO."};
    size_t verb = 0;
    size_t count = sizeof verbs / sizeof verbs[0];
    while (verb < count && strncmp(request, verbs[verb], strlen(verbs[verb])) != 0) {
        verb++;
    }
    json_error_t error;
    json_t *body = msg->len > 0 ? json_loadb(msg->data, msg->len, 0, &error) : NULL;
    char name[256];
    stream *s = NULL;
    if (verb < count &&
        nex_subject_token(request + strlen(verbs[verb]), 0, name, sizeof name) == NEX_OK) {
        s = find_stream(js, name);
    }
    if (verb == count) {
        answer_error(js, msg->reply, 400, 10025, "bad request");
    } else if (verb == 0) {
        create_stream(js, name, msg, body);
    } else if (s == NULL) {
        answer_error(js, msg->reply, 404, 10059, "stream not found");
    } else if (verb == 1) {
        get_message(js, s, msg, body);
    } else if (verb == 2) {
        create_consumer(js, s, msg, body);
    } else if (verb == 3) {
        purge_stream(js, s, msg, body);
    } else if (verb == 4) {
        answer(js, msg->reply, json_pack("{s:b}", "success", 1));
    } else {
        describe_stream(js, s, msg);
    }
    json_decref(body);
}

/* ---- The seam to the server --------------------------------------------------------------- */

static const char *after_api(const char *subject) {
    if (strncmp(subject, "$JS.API.", 8) == 0) {
        return subject + 8;
    }
    const char *api = strncmp(subject, "$JS.", 4) == 0 ? strstr(subject + 4, ".API.") : NULL;
    return api != NULL ? api + 5 : NULL;
}

bool sim_jetstream_take(sim_jetstream *js, const nex_msg *msg) {
    const char *request = after_api(msg->subject);
    nex_msg own = *msg;
    if (request != NULL && strncmp(request, "$KV.", 4) != 0 && strncmp(request, "$O.", 3) != 0) {
        static const char direct[] = "DIRECT.GET.";
        if (strncmp(request, direct, sizeof direct - 1) == 0) {
            return get_direct(js, request + sizeof direct - 1, msg);
        }
        call_api(js, request, msg);
        return true;
    }
    if (request != NULL) {
        own.subject = request; /* a domain's name for a subject of a stream */
    }
    for (stream *s = js->streams; s != NULL; s = s->next) {
        if (has_subject(s, own.subject)) {
            store(js, s, &own);
            return true;
        }
    }
    return false;
}

size_t sim_jetstream_count(const sim *world, const char *name) {
    const stream *s = find_stream(world->jetstream, name);
    size_t count = 0;
    for (const stored *m = s != NULL ? s->first : NULL; m != NULL; m = m->next) {
        count++;
    }
    return count;
}

static stored **youngest(sim_jetstream *js) {
    stored **found = NULL;
    for (stream *s = js->streams; s != NULL; s = s->next) {
        for (stored **link = &s->first; *link != NULL; link = &(*link)->next) {
            found = found == NULL || (*link)->time >= (*found)->time ? link : found;
        }
    }
    return found;
}

void sim_jetstream_lose(sim *world, size_t count) {
    for (stored **link; count > 0 && (link = youngest(world->jetstream)) != NULL; count--) {
        stored *m = *link;
        sim_record(world, NULL, "unstore", m->subject, NULL, 0);
        *link = m->next;
        free_stored(m);
    }
}

sim_jetstream *sim_jetstream_new(sim *world) {
    sim_jetstream *js = sim_alloc(sizeof *js);
    js->world = world;
    return js;
}

void sim_jetstream_free(sim_jetstream *js) {
    while (js->streams != NULL) {
        stream *s = js->streams;
        js->streams = s->next;
        free_stream(s);
    }
    free(js);
}
