/*
 * jansson-walk INSTANCES.jsonl - the baseline of nex-schema-bench: what start_request.json asks,
 * written by hand as a walk over jansson's values. Prints the nanoseconds of CPU time of one
 * validation.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static size_t characters(const json_t *text) {
    size_t count = 0;
    for (const char *s = json_string_value(text); *s; s++)
        count += ((unsigned char)*s & 0xC0) != 0x80;
    return count;
}

static bool text(const json_t *value, size_t min, size_t max) {
    return json_is_string(value) && characters(value) >= min && characters(value) <= max;
}

static bool name(const json_t *value) {
    if (!text(value, 1, 64))
        return false;
    for (const char *s = json_string_value(value); *s; s++)
        if (!((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') ||
              *s == '_' || *s == '-'))
            return false;
    return true;
}

static bool one_of(const json_t *value, const char *const *words) {
    for (; json_is_string(value) && *words; words++)
        if (strcmp(json_string_value(value), *words) == 0)
            return true;
    return false;
}

static bool integer(const json_t *value, json_int_t min, json_int_t max) {
    return json_is_integer(value) && json_integer_value(value) >= min &&
           json_integer_value(value) <= max;
}

static bool texts(json_t *map, size_t max) {
    const char *key;
    json_t *value;
    if (!json_is_object(map))
        return false;
    json_object_foreach(map, key, value) if (!text(value, 0, max)) return false;
    return true;
}

static bool limits(json_t *map) {
    const char *key;
    json_t *value;
    if (!json_is_object(map))
        return false;
    json_object_foreach(map, key, value) {
        bool ok = false;
        if (strcmp(key, "cpu") == 0)
            ok = json_is_number(value) && json_number_value(value) >= 0 &&
                 json_number_value(value) <= 64;
        else if (strcmp(key, "memory") == 0)
            ok = integer(value, 0, INT64_MAX);
        else if (strcmp(key, "pids") == 0)
            ok = integer(value, 1, INT64_MAX);
        if (!ok)
            return false;
    }
    return true;
}

static bool port(json_t *map) {
    static const char *const protocols[] = {"tcp", "udp", NULL};
    const char *key;
    json_t *value;
    if (!json_is_object(map) || !json_object_get(map, "port"))
        return false;
    json_object_foreach(map, key, value) {
        bool ok = false;
        if (strcmp(key, "port") == 0)
            ok = integer(value, 1, 65535);
        else if (strcmp(key, "name") == 0)
            ok = json_is_string(value);
        else if (strcmp(key, "protocol") == 0)
            ok = one_of(value, protocols);
        if (!ok)
            return false;
    }
    return true;
}

static bool items(json_t *list, bool (*item)(json_t *)) {
    size_t i;
    json_t *value;
    if (!json_is_array(list))
        return false;
    json_array_foreach(list, i, value) if (!item(value)) return false;
    return true;
}

static bool any_text(json_t *value) {
    return json_is_string(value);
}

static bool member(const char *key, json_t *value) {
    static const char *const types[] = {"native", "javascript", "wasm", "oci", NULL};
    static const char *const lifecycles[] = {"service", "job", "function", NULL};
    if (strcmp(key, "namespace") == 0)
        return name(value);
    if (strcmp(key, "name") == 0)
        return text(value, 1, 64);
    if (strcmp(key, "description") == 0)
        return text(value, 0, 400);
    if (strcmp(key, "type") == 0)
        return one_of(value, types);
    if (strcmp(key, "lifecycle") == 0)
        return one_of(value, lifecycles);
    if (strcmp(key, "uri") == 0)
        return text(value, 1, SIZE_MAX);
    if (strcmp(key, "argv") == 0)
        return items(value, any_text);
    if (strcmp(key, "environment") == 0)
        return texts(value, SIZE_MAX);
    if (strcmp(key, "tags") == 0)
        return texts(value, 100);
    if (strcmp(key, "limits") == 0)
        return limits(value);
    if (strcmp(key, "ports") == 0)
        return items(value, port);
    return strcmp(key, "replicas") == 0 && integer(value, 1, 100);
}

static bool start_request(json_t *map) {
    static const char *const required[] = {"namespace", "name", "type", "uri"};
    const char *key;
    json_t *value;
    if (!json_is_object(map))
        return false;
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
        if (!json_object_get(map, required[i]))
            return false;
    json_object_foreach(map, key, value) if (!member(key, value)) return false;
    return true;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int main(int argc, char **argv) {
    json_error_t err;
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    json_t *value = file ? json_loadf(file, JSON_DISABLE_EOF_CHECK, &err) : NULL;
    if (!value) {
        fprintf(stderr, "usage: jansson-walk INSTANCES.jsonl (of which it takes the first)\n");
        return 2;
    }
    double start = now();
    size_t rounds = 0, valid = 0;
    while (now() - start < 1e8)
        for (int i = 0; i < 1000; i++, rounds++)
            valid += start_request(value);
    printf("%.2f\n", (now() - start) / (double)rounds);
    fclose(file);
    json_decref(value);
    return valid == rounds ? 0 : 1;
}
