/*
 * schema_validate SCHEMA.json INSTANCE - validates a JSON or YAML file against a JSON Schema and
 * says, line by line, what is wrong with it.
 *
 *     cc schema_validate.c $(pkg-config --cflags --libs nex) -o schema_validate
 */
#include <nex/schema.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_file(const char *path, nex_buf *out) {
    char chunk[4096];
    FILE *file = fopen(path, "rb");
    bool ok = file != NULL;
    for (size_t n; ok && (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
        ok = nex_buf_append(out, chunk, n) == NEX_OK;
    if (file)
        fclose(file);
    if (!ok)
        fprintf(stderr, "%s: cannot be read\n", path);
    return ok;
}

static bool is_yaml(const char *path) {
    size_t len = strlen(path);
    return (len > 5 && strcmp(path + len - 5, ".yaml") == 0) ||
           (len > 4 && strcmp(path + len - 4, ".yml") == 0);
}

int main(int argc, char **argv) {
    nex_buf schema_text = NEX_BUF_INIT, text = NEX_BUF_INIT, out = NEX_BUF_INIT;
    nex_schema *schema = NULL;
    nex_json *instance = NULL;
    nex_report report = {.valid = false};
    nex_error err;
    int status = 2;
    if (argc != 3) {
        fprintf(stderr, "usage: schema_validate SCHEMA.json INSTANCE\n");
        return 2;
    }
    if (!read_file(argv[1], &schema_text) || !read_file(argv[2], &text))
        goto done;
    /* Compile once, validate as often as you like, from as many threads as you like. */
    if (nex_schema_compile(&schema, schema_text.data, schema_text.len, NULL, &err) != NEX_OK) {
        fprintf(stderr, "%s:%u:%u: %s\n", argv[1], err.line, err.column, err.message);
        goto done;
    }
    status = 1;
    if ((is_yaml(argv[2]) ? nex_yaml_parse : nex_json_parse)(&instance, text.data, text.len,
                                                             &err) != NEX_OK) {
        fprintf(stderr, "%s:%u:%u: %s\n", argv[2], err.line, err.column, err.message);
        goto done;
    }
    switch (nex_schema_validate(schema, instance, &report, &err)) {
    case NEX_OK:
        printf("%s: valid\n", argv[2]);
        status = 0;
        break;
    case NEX_EINVAL:
        if (nex_report_write_text(&report, argv[2], &out) == NEX_OK)
            fputs(out.data, stdout);
        break;
    default: /* it could not be told: a limit, or memory */
        fprintf(stderr, "%s: %s\n", argv[2], err.message);
        break;
    }
done:
    nex_report_free(&report);
    nex_json_free(instance);
    nex_schema_free(schema);
    nex_buf_free(&schema_text);
    nex_buf_free(&text);
    nex_buf_free(&out);
    return status;
}
