/*
 * A function for the native nexlet that stays in memory: it answers each message with its payload
 * in capitals, and says how many it has answered. Start it with
 *
 *   {"uri": "file:///path/to/warm_function", "function": {"warm": 2}}
 *
 * The protocol is described in docs/native-nexlet.md.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads so many bytes, with a NUL behind them. */
static char *read_bytes(size_t len) {
    char *bytes = malloc(len + 1);
    if (bytes == NULL || fread(bytes, 1, len, stdin) != len) {
        exit(EXIT_FAILURE);
    }
    bytes[len] = '\0';
    return bytes;
}

/* The value of NAME in lines of NAME=value, or NULL. */
static const char *find(char *head, const char *name) {
    size_t len = strlen(name);
    for (char *line = strtok(head, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (strncmp(line, name, len) == 0 && line[len] == '=') {
            return line + len + 1;
        }
    }
    return NULL;
}

int main(void) {
    size_t head_len;
    size_t body_len;
    unsigned long count = 0;
    /* The nexlet closes standard input when this process is to end. */
    while (scanf("run %zu %zu", &head_len, &body_len) == 2 && getchar() == '\n') {
        char *head = read_bytes(head_len);
        char *body = read_bytes(body_len);
        const char *fail = find(head, "NEX_HEADER_FAIL");
        if (fail != NULL) {
            printf("error %zu\n%s", strlen(fail), fail);
        } else {
            char tail[32];
            int tail_len = snprintf(tail, sizeof tail, " (%lu)", ++count);
            printf("ok %zu\n", body_len + (size_t)tail_len);
            for (size_t i = 0; i < body_len; i++) {
                putchar(toupper((unsigned char)body[i]));
            }
            fputs(tail, stdout);
        }
        fflush(stdout);
        free(head);
        free(body);
    }
    return EXIT_SUCCESS;
}
