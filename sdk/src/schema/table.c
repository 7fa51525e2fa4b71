#include "schema/table.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash(const char *key, size_t len) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)key[i]) * 16777619u;
    return h ^ (h >> 15);
}

static nex_table_entry *find(const nex_table *table, const char *key, size_t len, uint32_t h) {
    for (uint32_t i = h;; i++) {
        nex_table_entry *e = &table->entries[i & (table->cap - 1)];
        if (!e->key || (e->hash == h && e->len == len && memcmp(e->key, key, len) == 0))
            return e;
    }
}

uint32_t *nex_table_get(const nex_table *table, const char *key, size_t len) {
    if (table->count == 0)
        return NULL;
    nex_table_entry *e = find(table, key, len, hash(key, len));
    return e->key ? &e->value : NULL;
}

static nex_status grow(nex_table *table) {
    nex_table bigger = {.cap = table->cap ? table->cap * 2 : 16, .count = table->count};
    bigger.entries = calloc(bigger.cap, sizeof *bigger.entries);
    if (!bigger.entries)
        return NEX_ENOMEM;
    for (uint32_t i = 0; i < table->cap; i++) {
        const nex_table_entry *e = &table->entries[i];
        if (e->key)
            *find(&bigger, e->key, e->len, e->hash) = *e;
    }
    free(table->entries);
    *table = bigger;
    return NEX_OK;
}

nex_status nex_table_add(nex_table *table, const char *key, size_t len, uint32_t value) {
    if (table->count * 2 >= table->cap && grow(table) != NEX_OK)
        return NEX_ENOMEM;
    char *copy = malloc(len + 1);
    if (!copy)
        return NEX_ENOMEM;
    if (len > 0)
        memcpy(copy, key, len);
    copy[len] = '\0';
    uint32_t h = hash(key, len);
    *find(table, key, len, h) = (nex_table_entry){copy, len, h, value};
    table->count++;
    return NEX_OK;
}

void nex_table_free(nex_table *table) {
    for (uint32_t i = 0; i < table->cap; i++)
        free(table->entries[i].key);
    free(table->entries);
    *table = (nex_table){NULL, 0, 0};
}
