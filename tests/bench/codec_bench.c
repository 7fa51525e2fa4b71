/* The codec against the jansson path, message by message, in turns within one run. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "codec_jansson.h"
#include "protocol_types.h"

enum { ROUNDS = 21, ROUND_NS = 400000, WANTED_BYTES = 924 };

typedef struct sample {
    char name[96];
    const nex_type *type;
    char *json;
    size_t len;
    void *message;
} sample;

typedef void (*work)(const sample *s);

static _Noreturn void give_up(const sample *s, const char *what, const char *why) {
    fprintf(stderr, "nex-bench: cannot %s %s: %s\n", what, s->name, why);
    exit(1);
}

static void decode_ours(const sample *s) {
    void *message = NULL;
    nex_error err;
    if (nex_message_decode(s->type, s->json, s->len, NULL, &message, &err) != NEX_OK ||
        nex_message_validate(s->type, message, &err) != NEX_OK) {
        give_up(s, "decode", err.message);
    }
    nex_message_free(message);
}

static void decode_jansson(const sample *s) {
    void *message = jansson_decode(s->type, s->json, s->len);
    if (message == NULL) {
        give_up(s, "decode", "jansson refuses it");
    }
    jansson_free(s->type, message);
}

static void encode_ours(const sample *s) {
    nex_buf out = NEX_BUF_INIT;
    nex_status status = nex_message_encode(s->type, s->message, &out);
    if (status != NEX_OK) {
        give_up(s, "encode", nex_status_name(status));
    }
    nex_buf_free(&out);
}

static void encode_jansson(const sample *s) {
    free(jansson_encode(s->type, s->message));
}

static double time_of(const sample *s, work w, unsigned times) {
    uint64_t begin = bench_now();
    for (unsigned i = 0; i < times; i++) {
        w(s);
    }
    return (double)(bench_now() - begin) / times;
}

/* How often it must run for a round. */
static unsigned calibrate(const sample *s, work w) {
    time_of(s, w, 50);
    double ns = time_of(s, w, 200);
    return (unsigned)(ROUND_NS / (ns > 1 ? ns : 1)) + 1;
}

/* Runs both in turns; the figures are medians over the rounds. */
static void compare(const sample *s, work ours, work theirs, double *ns, double *ratio) {
    double times[ROUNDS];
    double ratios[ROUNDS];
    unsigned our_times = calibrate(s, ours);
    unsigned their_times = calibrate(s, theirs);
    for (size_t i = 0; i < ROUNDS; i++) {
        double a = time_of(s, ours, our_times);
        double b = time_of(s, theirs, their_times);
        times[i] = a;
        ratios[i] = b / a;
    }
    *ns = bench_median(times, ROUNDS);
    *ratio = bench_median(ratios, ROUNDS);
}

/* ---- Samples ------------------------------------------------------------------------------- */

/* Decodes a text and keeps it as our encoder writes it. */
static bool make_sample(sample *s, const char *name, const nex_type *type, const char *json) {
    nex_error err;
    nex_buf text = NEX_BUF_INIT;
    snprintf(s->name, sizeof s->name, "%s", name);
    s->type = type;
    if (nex_message_decode(type, json, strlen(json), NULL, &s->message, &err) != NEX_OK ||
        nex_message_encode(type, s->message, &text) != NEX_OK) {
        fprintf(stderr, "nex-bench: %s: %s\n", name, err.message);
        nex_message_free(s->message);
        return false;
    }
    s->len = text.len;
    s->json = nex_buf_take(&text);
    return true;
}

static void free_sample(sample *s) {
    nex_message_free(s->message);
    free(s->json);
}

/* The first example of a type's schema; NULL when it has none. */
static char *schema_example(const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/protocol/%s.json", NEX_SCHEMA_DIR, name);
    for (char *c = path + strlen(NEX_SCHEMA_DIR); *c != '\0'; c++) {
        *c = *c == '_' ? '-' : *c;
    }
    json_t *schema = json_load_file(path, 0, NULL);
    json_t *example = json_array_get(json_object_get(schema, "examples"), 0);
    char *text = example != NULL ? json_dumps(example, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    json_decref(schema);
    return text;
}

#define CREDENTIALS                                                                                \
    "{\"conn_name\":\"\",\"nats_servers\":[\"nats://127.0.0.1:4222\"],\"nats_user_jwt\":\"\","     \
    "\"nats_user_name\":\"\",\"nats_user_nkey\":\"\",\"nats_user_password\":\"\","                 \
    "\"nats_user_seed\":\"\",\"tls_ca\":\"\",\"tls_cert\":\"\",\"tls_first\":false,"               \
    "\"tls_key\":\"\"}"

#define WORKLOAD_BEGIN "{\"request\":{\"description\":\""
#define WORKLOAD_END                                                                               \
    "\",\"name\":\"ticker\",\"namespace\":\"default\",\"run_request\":\"{\\\"uri\\\":"             \
    "\\\"file:///bin/sh\\\",\\\"argv\\\":[\\\"-c\\\",\\\"echo started; sleep 1000\\\"]}\","        \
    "\"tags\":{\"nex.os\":\"linux\",\"region\":\"lab\"},\"workload_lifecycle\":\"service\","       \
    "\"workload_type\":\"native\"},\"workload_creds\":" CREDENTIALS "}"

/* A message of WANTED_BYTES: as it is, but for a description as long as that takes. */
static bool make_sized(sample *s, const char *name, const nex_type *type, const char *before,
                       const char *after) {
    char text[2 * WANTED_BYTES];
    int padding = WANTED_BYTES - (int)strlen(before) - (int)strlen(after);
    char description[WANTED_BYTES];
    for (size_t i = 0; i < sizeof description; i++) {
        description[i] = "a plain text "[i % 13];
    }
    snprintf(text, sizeof text, "%s%.*s%s", before, padding > 0 ? padding : 0, description, after);
    return make_sample(s, name, type, text);
}

static size_t make_samples(sample *samples) {
    size_t count = 0;
    count += make_sized(&samples[count], "agent_start_workload_request (924 bytes)",
                        &nex_agent_start_workload_request_type, WORKLOAD_BEGIN, WORKLOAD_END);
    count += make_sized(&samples[count], "register_agent_response (924 bytes)",
                        &nex_register_agent_response_type,
                        "{\"connection_data\":" CREDENTIALS
                        ",\"existing_state\":{\"Pm5rXazS7tYLcc1RZldA5q\":" WORKLOAD_BEGIN,
                        WORKLOAD_END "},\"message\":\"\",\"node_id\":\"NADYLQ7JGERP26YXZ2G27FS"
                                     "MF72H3PRMWQC7G6ZCRRQTRMKPT4SMSMDQ\",\"success\":true}");
    for (size_t i = 0; i < PROTOCOL_TYPE_COUNT; i++) {
        char *json = schema_example(protocol_types[i].name);
        if (json != NULL) {
            count +=
                make_sample(&samples[count], protocol_types[i].name, protocol_types[i].type, json);
        }
        free(json);
    }
    return count;
}

/* ---- Output -------------------------------------------------------------------------------- */

typedef struct figures {
    double decode_ns, decode_ratio, encode_ns, encode_ratio;
} figures;

static void print_row(const sample *s, const figures *f) {
    printf("%-44s %6zu %10.0f %8.1fx %10.0f %8.1fx\n", s->name, s->len, f->decode_ns,
           f->decode_ratio, f->encode_ns, f->encode_ratio);
}

static json_t *json_row(const sample *s, const figures *f) {
    return json_pack("{s:s,s:I,s:f,s:f,s:f,s:f}", "message", s->name, "bytes", (json_int_t)s->len,
                     "decode_ratio", f->decode_ratio, "encode_ratio", f->encode_ratio, "decode_ns",
                     f->decode_ns, "encode_ns", f->encode_ns);
}

int bench_codec(int argc, char **argv) {
    bool as_json = bench_has_flag(argc, argv, "--json");
    sample samples[PROTOCOL_TYPE_COUNT + 2] = {0};
    size_t count = make_samples(samples);
    json_t *rows = json_array();
    if (!as_json) {
        printf("%-44s %6s %10s %9s %10s %9s\n", "message", "bytes", "decode ns", "ratio",
               "encode ns", "ratio");
    }
    for (size_t i = 0; i < count; i++) {
        figures f;
        compare(&samples[i], decode_ours, decode_jansson, &f.decode_ns, &f.decode_ratio);
        compare(&samples[i], encode_ours, encode_jansson, &f.encode_ns, &f.encode_ratio);
        if (as_json) {
            json_array_append_new(rows, json_row(&samples[i], &f));
        } else {
            print_row(&samples[i], &f);
        }
        free_sample(&samples[i]);
    }
    if (as_json) {
        json_t *document = json_pack("{s:o}", "results", rows);
        json_dumpf(document, stdout, JSON_REAL_PRECISION(5) | JSON_INDENT(2));
        printf("\n");
        json_decref(document);
    } else {
        json_decref(rows);
    }
    return count > 0 ? 0 : 1;
}
