/*
 * A nexlet without an event loop: each of its workloads is a thread that says something every
 * so often.
 *
 *     cc agent_blocking.c $(pkg-config --cflags --libs nex) -lpthread -o nexlet-say
 *     ./nexlet-say                     remote: asks a node of the nexus for a place
 *     nex node up --agents ./nexlet-say    local: the node starts it
 *     nex workload start say --name hello --type say --run-request
 * '{"text":"hello","every_ms":500}'
 */
#include <nex/run.h>

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char schema[] = "{\"type\":\"object\",\"properties\":{"
                             "\"text\":{\"type\":\"string\"},"
                             "\"every_ms\":{\"type\":\"integer\",\"minimum\":1},"
                             "\"times\":{\"type\":\"integer\",\"minimum\":1}},"
                             "\"required\":[\"text\"],\"additionalProperties\":false}";

typedef struct speaker {
    nex_run *run;
    char *id;
    char *text;
    long every_ms;
    long times; /* 0: for ever */
    bool stop;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stopped;
    struct speaker *next;
} speaker;

typedef struct say {
    pthread_mutex_t lock; /* start and stop of different workloads run side by side */
    speaker *speakers;
} say;

static nex_status describe(void *self, nex_register_agent_request *out, nex_error *err) {
    static const nex_workload_lifecycle lifecycles[] = {NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                                        NEX_WORKLOAD_LIFECYCLE_JOB};
    (void)self;
    out->name = nex_message_strdup(out, "nexlet-say");
    out->register_type = nex_message_strdup(out, "say");
    out->version = nex_message_strdup(out, "0.1.0");
    out->start_request_schema = nex_message_strdup(out, schema);
    out->supported_lifecycles.items = nex_message_alloc(out, sizeof lifecycles);
    if (out->name == NULL || out->register_type == NULL || out->version == NULL ||
        out->start_request_schema == NULL || out->supported_lifecycles.items == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    memcpy(out->supported_lifecycles.items, lifecycles, sizeof lifecycles);
    out->supported_lifecycles.count = 2;
    out->has_supported_lifecycles = true;
    return NEX_OK;
}

/* Waits for the next time to speak; false when it is to stop. */
static bool wait_or_stop(speaker *s) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += s->every_ms / 1000;
    until.tv_nsec += s->every_ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_mutex_lock(&s->lock);
    while (!s->stop && pthread_cond_timedwait(&s->stopped, &s->lock, &until) == 0) {
    }
    bool stop = s->stop;
    pthread_mutex_unlock(&s->lock);
    return !stop;
}

static void *speak(void *arg) {
    speaker *s = arg;
    for (long i = 0; s->times == 0 || i < s->times; i++) {
        if (nex_run_output(s->run, s->id, NEX_STDOUT, s->text, strlen(s->text)) != NEX_OK) {
            fprintf(stderr, "nexlet-say: %s is not heard\n", s->id);
        }
        if (!wait_or_stop(s)) {
            return NULL;
        }
    }
    nex_run_ended(s->run, s->id, NULL);
    return NULL;
}

static void speaker_free(speaker *s) {
    pthread_cond_destroy(&s->stopped);
    pthread_mutex_destroy(&s->lock);
    free(s->text);
    free(s->id);
    free(s);
}

static speaker *speaker_new(nex_run *run, const char *id, const char *request) {
    speaker *s = calloc(1, sizeof *s);
    json_t *root = json_loads(request, 0, NULL);
    const char *text = json_string_value(json_object_get(root, "text"));
    size_t size = text != NULL ? strlen(text) + 2 : 0;
    if (s != NULL && text != NULL && (s->text = malloc(size)) != NULL &&
        (s->id = strdup(id)) != NULL) {
        json_int_t every = json_integer_value(json_object_get(root, "every_ms"));
        snprintf(s->text, size, "%s\n", text);
        s->run = run;
        s->every_ms = every > 0 ? (long)every : 1000;
        s->times = (long)json_integer_value(json_object_get(root, "times"));
        pthread_mutex_init(&s->lock, NULL);
        pthread_cond_init(&s->stopped, NULL);
    } else if (s != NULL) {
        free(s->text);
        free(s);
        s = NULL;
    }
    json_decref(root);
    return s;
}

static nex_status start(void *self, nex_run *run, const char *workload_id,
                        const nex_agent_start_workload_request *request, bool existing,
                        nex_error *err) {
    say *all = self;
    (void)existing; /* a thread does not outlive the nexlet: it is started anew */
    speaker *s = speaker_new(run, workload_id, request->request->run_request);
    if (s == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (pthread_create(&s->thread, NULL, speak, s) != 0) {
        speaker_free(s);
        return nex_error_set(err, NEX_EIO, "no thread for the workload");
    }
    pthread_mutex_lock(&all->lock);
    s->next = all->speakers;
    all->speakers = s;
    pthread_mutex_unlock(&all->lock);
    return NEX_OK;
}

static void end(speaker *s) {
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_cond_signal(&s->stopped);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    speaker_free(s);
}

static void stop(void *self, nex_run *run, const char *workload_id) {
    say *all = self;
    speaker *found = NULL;
    (void)run;
    pthread_mutex_lock(&all->lock);
    for (speaker **at = &all->speakers; *at != NULL && found == NULL;) {
        if (strcmp((*at)->id, workload_id) == 0) {
            found = *at;
            *at = found->next;
        } else {
            at = &(*at)->next;
        }
    }
    pthread_mutex_unlock(&all->lock);
    if (found != NULL) {
        end(found);
    }
}

static void write_log(void *arg, nex_log_level level, const char *message,
                      const nex_log_field *fields, size_t count) {
    (void)arg;
    fprintf(stderr, "%s: %s", nex_log_level_name(level), message);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].value != NULL) {
            fprintf(stderr, " %s=%s", fields[i].key, fields[i].value);
        }
    }
    fputc('\n', stderr);
}

int main(int argc, char **argv) {
    static const nex_run_ops ops = {.describe = describe, .start = start, .stop = stop};
    const nex_log log = {.write = write_log, .level = NEX_LOG_INFO};
    const char *servers[] = {argc > 1 ? argv[1] : "nats://127.0.0.1:4222"};
    nex_run_options options = {
        .agent = {.log = &log, .connection = {.servers = servers, .server_count = 1}}};
    say all = {.lock = PTHREAD_MUTEX_INITIALIZER};
    nex_error err;
    nex_status status = nex_agent_run(&ops, &all, &options, &err);
    if (status != NEX_OK) {
        fprintf(stderr, "nexlet-say: %s\n", err.message);
    }
    while (all.speakers != NULL) { /* those that ended by themselves */
        speaker *s = all.speakers;
        all.speakers = s->next;
        end(s);
    }
    return status == NEX_OK ? 0 : 1;
}
