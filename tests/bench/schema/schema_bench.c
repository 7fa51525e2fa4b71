/*
 * nex-schema-bench SCHEMA.json INSTANCES.jsonl BATCHES
 *
 * Prints {"valid":bool,"ns":[...],"compile_ns":[...],"parse_ns":[...]}: for each batch of at least
 * a tenth of a second the time of one validation of a parsed instance, of one compilation of the
 * schema, and of parsing one instance. "valid" says whether all instances are. Each instance is
 * validated many times in a row before the next one's turn, so it is in the caches. Time is CPU
 * time, which other work on the machine does not add to.
 */
#include <nex/schema.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_INSTANCES = 10000, MAX_BATCHES = 1000 };

#define BATCH_NS 1e8

typedef struct bench {
    nex_buf schema_text, text;
    nex_schema *schema;
    const char *lines[MAX_INSTANCES];
    size_t lengths[MAX_INSTANCES];
    nex_json *docs[MAX_INSTANCES];
    size_t count;
    bool valid;
} bench;

static void die(const char *what, const char *why) {
    fprintf(stderr, "nex-schema-bench: %s: %s\n", what, why);
    exit(2);
}

static void read_file(const char *path, nex_buf *out) {
    char chunk[65536];
    FILE *file = fopen(path, "rb");
    if (!file)
        die(path, "cannot be read");
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
        if (nex_buf_append(out, chunk, n) != NEX_OK)
            die(path, "out of memory");
    if (ferror(file) || out->len == 0)
        die(path, "cannot be read, or is empty");
    fclose(file);
}

static void read_instances(bench *b, const char *path) {
    nex_error err;
    read_file(path, &b->text);
    for (size_t start = 0, number = 1; start < b->text.len; number++) {
        const char *line = b->text.data + start;
        const char *end = memchr(line, '\n', b->text.len - start);
        size_t len = end ? (size_t)(end - line) : b->text.len - start;
        start += len + 1;
        if (len == 0)
            continue;
        if (b->count == MAX_INSTANCES)
            die(path, "more than 10000 instances");
        if (nex_json_parse(&b->docs[b->count], line, len, &err) != NEX_OK) {
            fprintf(stderr, "nex-schema-bench: %s:%zu:%u: %s (each line is an instance)\n", path,
                    number, err.column, err.message);
            exit(2);
        }
        b->lines[b->count] = line;
        b->lengths[b->count++] = len;
    }
    if (b->count == 0)
        die(path, "holds no instance");
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void validate_one(bench *b, size_t i) {
    b->valid &= nex_schema_validate(b->schema, b->docs[i], NULL, NULL) == NEX_OK;
}

static void parse_one(bench *b, size_t i) {
    nex_json *doc;
    if (nex_json_parse(&doc, b->lines[i], b->lengths[i], NULL) != NEX_OK)
        die("instance", "does not parse");
    nex_json_free(doc);
}

static void compile_one(bench *b, size_t i) {
    nex_schema *schema;
    (void)i;
    if (nex_schema_compile(&schema, b->schema_text.data, b->schema_text.len, NULL, NULL) != NEX_OK)
        die("schema", "does not compile");
    nex_schema_free(schema);
}

/* Does the work of each of `count` things, ever more often, until a batch is long enough. */
static double batch(bench *b, void (*work)(bench *, size_t), size_t count) {
    double start = now(), spent = 0;
    size_t done = 0;
    for (size_t more = 1; spent < BATCH_NS; more *= 2) {
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < more; k++)
                work(b, i);
        done += more * count;
        spent = now() - start;
    }
    return spent / (double)done;
}

static void print_batches(bench *b, const char *name, int batches, void (*work)(bench *, size_t),
                          size_t count) {
    printf(",\"%s\":[", name);
    for (int i = 0; i < batches; i++)
        printf("%s%.2f", i > 0 ? "," : "", batch(b, work, count));
    printf("]");
}

int main(int argc, char **argv) {
    static bench b = {.valid = true};
    nex_error err;
    int batches = argc == 4 ? atoi(argv[3]) : 0;
    if (batches < 1 || batches > MAX_BATCHES) {
        fprintf(stderr, "usage: nex-schema-bench SCHEMA.json INSTANCES.jsonl BATCHES\n");
        return 2;
    }
    read_file(argv[1], &b.schema_text);
    if (nex_schema_compile(&b.schema, b.schema_text.data, b.schema_text.len, NULL, &err) != NEX_OK)
        die(argv[1], err.message);
    read_instances(&b, argv[2]);
    for (size_t i = 0; i < b.count; i++)
        validate_one(&b, i);
    printf("{\"valid\":%s", b.valid ? "true" : "false");
    print_batches(&b, "ns", batches, validate_one, b.count);
    print_batches(&b, "compile_ns", batches, compile_one, 1);
    print_batches(&b, "parse_ns", batches, parse_one, b.count);
    printf("}\n");
    for (size_t i = 0; i < b.count; i++)
        nex_json_free(b.docs[i]);
    nex_schema_free(b.schema);
    nex_buf_free(&b.schema_text);
    nex_buf_free(&b.text);
    return 0;
}
