/*
 * nex-bowtie - drives the schema engine by Bowtie's protocol (IHOP 1): one JSON object a line on
 * standard input, one answer a line on standard output.
 *
 * --assert-format makes "format" an assertion; without it, it is an annotation.
 */
#include "json/doc.h"
#include "json/pointer.h"

#include <nex/schema.h>
#include <stdio.h>
#include <stdlib.h>

#define DRAFT_07   "http://json-schema.org/draft-07/schema#"
#define DRAFT_2020 "https://json-schema.org/draft/2020-12/schema"
#define HOME       "https://github.com/synadia-io/nex"

typedef struct harness {
    bool assert_format, stop;
    nex_dialect dialect;
    nex_buf out;
} harness;

static void die(const char *what) {
    fprintf(stderr, "nex-bowtie: %s\n", what);
    exit(1);
}

static void need(nex_status status) {
    if (status != NEX_OK)
        die(nex_status_name(status));
}

static void put(harness *h, const char *text) {
    need(nex_buf_append_str(&h->out, text));
}

static void put_quoted(harness *h, const char *text) {
    need(nex_json_quote(&h->out, text, strlen(text)));
}

static void put_seq(harness *h, const nex_json *line, const nex_node *seq) {
    put(h, "{\"seq\":");
    if (seq)
        need(nex_node_write(line, seq, &h->out));
    else
        put(h, "null");
}

/* The rest of an answer that says why there is none. */
static void put_errored(harness *h, const char *message) {
    put(h, "\"errored\":true,\"context\":{\"message\":");
    put_quoted(h, message);
    put(h, "}}");
}

static const nex_node *member(const nex_json *doc, const nex_node *object, const char *key) {
    return object ? nex_node_member(doc, object, key, strlen(key)) : NULL;
}

static bool is_text(const nex_json *doc, const nex_node *node, const char *text) {
    return node && node->type == NEX_JSON_TYPE_STRING && node->size == strlen(text) &&
           memcmp(nex_node_string(doc, node), text, node->size) == 0;
}

static void start(harness *h, const nex_json *line) {
    const nex_node *version = member(line, line->nodes, "version");
    if (!version || version->type != NEX_JSON_TYPE_INT || version->as.integer != 1) {
        put(h, "{\"seq\":null,");
        put_errored(h, "start: expected version 1");
        return;
    }
    put(h, "{\"version\":1,\"implementation\":{\"name\":\"nex-schema\",\"language\":\"c\","
           "\"version\":");
    put_quoted(h, nex_version());
    put(h, ",\"homepage\":\"" HOME "\",\"issues\":\"" HOME "/issues\",\"source\":\"" HOME
           "\",\"dialects\":[\"" DRAFT_2020 "\",\"" DRAFT_07 "\"]}}");
}

static void set_dialect(harness *h, const nex_json *line) {
    const nex_node *dialect = member(line, line->nodes, "dialect");
    if (is_text(line, dialect, DRAFT_2020))
        h->dialect = NEX_DIALECT_2020_12;
    else if (is_text(line, dialect, DRAFT_07))
        h->dialect = NEX_DIALECT_DRAFT_07;
    put(h, is_text(line, dialect, DRAFT_2020) || is_text(line, dialect, DRAFT_07)
               ? "{\"ok\":true}"
               : "{\"ok\":false}");
}

/* A value of the line as text of its own, ended by a NUL. */
static nex_buf text_of(const nex_json *line, const nex_node *node) {
    nex_buf text = NEX_BUF_INIT;
    need(nex_node_write(line, node, &text));
    return text;
}

static void put_result(harness *h, const nex_json *line, const nex_schema *schema,
                       const nex_node *test) {
    const nex_node *instance = member(line, test, "instance");
    nex_error err;
    if (!instance) {
        put(h, "{");
        put_errored(h, "the test has no instance");
        return;
    }
    nex_buf text = text_of(line, instance);
    nex_status status = nex_schema_validate_text(schema, text.data, text.len, NULL, &err);
    nex_buf_free(&text);
    if (status == NEX_OK) {
        put(h, "{\"valid\":true}");
    } else if (status == NEX_EINVAL) {
        put(h, "{\"valid\":false}");
    } else {
        put(h, "{");
        put_errored(h, err.message);
    }
}

/* The registry's documents; the caller frees the texts. */
static nex_schema_resource *registry(const nex_json *line, const nex_node *map, size_t *count) {
    nex_schema_resource *list = calloc(map->size + 1u, sizeof *list);
    const nex_node *node = map + 1;
    if (!list)
        die("out of memory");
    for (uint32_t i = 0; i < map->size; i++, node = nex_node_next(line, node)) {
        nex_buf uri = NEX_BUF_INIT, text = text_of(line, node);
        need(nex_buf_append(&uri, nex_node_key(line, node), node->key_len));
        list[i].uri = nex_buf_take(&uri);
        list[i].len = text.len;
        list[i].text = nex_buf_take(&text);
    }
    *count = map->size;
    return list;
}

static void put_results(harness *h, const nex_json *line, const nex_schema *schema,
                        const nex_node *tests) {
    const nex_node *test = tests + 1;
    put(h, "\"results\":[");
    for (uint32_t i = 0; i < tests->size; i++, test = nex_node_next(line, test)) {
        if (i > 0)
            put(h, ",");
        put_result(h, line, schema, test);
    }
    put(h, "]}");
}

static void put_skipped(harness *h, const nex_node *tests) {
    put(h, "\"results\":[");
    for (uint32_t i = 0; i < tests->size; i++)
        put(h, i > 0 ? ",{\"skipped\":true,\"message\":\"annotations are not collected\"}"
                     : "{\"skipped\":true,\"message\":\"annotations are not collected\"}");
    put(h, "]}");
}

static void run(harness *h, const nex_json *line, const nex_node *seq) {
    const nex_node *one = member(line, line->nodes, "case");
    const nex_node *schema = member(line, one, "schema"), *tests = member(line, one, "tests");
    const nex_node *map = member(line, one, "registry");
    nex_schema_options options = {.dialect = h->dialect, .annotate_format = !h->assert_format};
    nex_schema_resource *resources = NULL;
    nex_schema *compiled = NULL;
    nex_error err;
    put_seq(h, line, seq);
    put(h, ",");
    if (!schema || !tests || tests->type != NEX_JSON_TYPE_ARRAY) {
        put_errored(h, "run: expected a case with a schema and a list of tests");
        return;
    }
    if (is_text(line, member(line, line->nodes, "output"), "annotations")) {
        put_skipped(h, tests);
        return;
    }
    if (map && map->type == NEX_JSON_TYPE_OBJECT)
        resources = registry(line, map, &options.resource_count);
    options.resources = resources;
    nex_buf text = text_of(line, schema);
    if (nex_schema_compile(&compiled, text.data, text.len, &options, &err) == NEX_OK)
        put_results(h, line, compiled, tests);
    else
        put_errored(h, err.message);
    nex_schema_free(compiled);
    nex_buf_free(&text);
    for (size_t i = 0; i < options.resource_count; i++) {
        free((void *)(uintptr_t)resources[i].uri);
        free((void *)(uintptr_t)resources[i].text);
    }
    free(resources);
}

static void answer(harness *h, const char *text, size_t len) {
    /* schemas and instances stand a few levels down in the line, and are to be as deep as ever */
    const nex_json_options options = {.max_depth = 512 + 8};
    nex_json *line = NULL;
    nex_error err;
    if (nex_json_parse_with(&line, text, len, &options, &err) != NEX_OK) {
        put(h, "{\"seq\":null,");
        put_errored(h, err.message);
        return;
    }
    const nex_node *cmd = member(line, line->nodes, "cmd"), *seq = member(line, line->nodes, "seq");
    if (is_text(line, cmd, "start")) {
        start(h, line);
    } else if (is_text(line, cmd, "dialect")) {
        set_dialect(h, line);
    } else if (is_text(line, cmd, "run")) {
        run(h, line, seq);
    } else if (is_text(line, cmd, "stop")) {
        h->stop = true;
    } else {
        put_seq(h, line, seq);
        put(h, ",");
        put_errored(h, "expected a command: start, dialect, run or stop");
    }
    nex_json_free(line);
}

int main(int argc, char **argv) {
    harness h = {.out = NEX_BUF_INIT};
    char *line = NULL;
    size_t cap = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--assert-format") != 0) {
            fprintf(stderr, "usage: nex-bowtie [--assert-format]\n");
            return 2;
        }
        h.assert_format = true;
    }
    for (ssize_t len; !h.stop && (len = getline(&line, &cap, stdin)) >= 0;) {
        nex_buf_clear(&h.out);
        answer(&h, line, (size_t)len);
        if (h.out.len > 0 && (printf("%s\n", h.out.data) < 0 || fflush(stdout) != 0))
            die("cannot write the answer");
    }
    free(line);
    nex_buf_free(&h.out);
    return 0;
}
