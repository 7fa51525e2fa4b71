/*
 * json_locate POINTER < FILE - tells where in a JSON or YAML text the value at a JSON pointer
 * stands, and what it is.
 *
 *     echo '{"a": [1, 2]}' | json_locate /a/1
 *
 *     cc json_locate.c $(pkg-config --cflags --libs nex) -o json_locate
 */
#include <nex/json.h>
#include <stdio.h>

int main(int argc, char **argv) {
    nex_buf text = NEX_BUF_INIT, value = NEX_BUF_INIT;
    nex_json *doc = NULL;
    nex_error err;
    char chunk[4096];
    size_t offset;
    unsigned line, column;
    int status = 1;
    if (argc != 2) {
        fprintf(stderr, "usage: json_locate POINTER < FILE\n");
        return 2;
    }
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, stdin)) > 0;)
        if (nex_buf_append(&text, chunk, n) != NEX_OK)
            goto done;
    /* Every JSON text is YAML too; but nex_json_parse holds a text to JSON's own rules. */
    if (nex_yaml_parse(&doc, text.data, text.len, &err) != NEX_OK)
        fprintf(stderr, "%u:%u: %s\n", err.line, err.column, err.message);
    else if (!nex_json_locate(doc, argv[1], &offset, &line, &column))
        fprintf(stderr, "%s: there is no such value\n", argv[1]);
    else if (nex_json_write(doc, argv[1], &value) == NEX_OK)
        status = printf("%u:%u (byte %zu): %s\n", line, column, offset, value.data) < 0;
done:
    nex_json_free(doc);
    nex_buf_free(&value);
    nex_buf_free(&text);
    return status;
}
