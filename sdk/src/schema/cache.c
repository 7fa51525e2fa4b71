/*
 * Compiled schemas by content. Few are kept, so the least used is found by looking at all.
 */
#include <nex/schema.h>
#include <stdlib.h>
#include <string.h>

typedef struct entry {
    char *text;
    size_t len;
    uint64_t hash, used;
    nex_schema *schema;
} entry;

struct nex_schema_cache {
    size_t max, count;
    uint64_t clock;
    entry *entries;
};

static uint64_t hash(const char *text, size_t len) {
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    return h;
}

nex_status nex_schema_cache_new(nex_schema_cache **out, size_t max) {
    *out = NULL;
    if (max == 0 || max > 1000 * 1000)
        return NEX_EINVAL;
    nex_schema_cache *cache = calloc(1, sizeof *cache);
    if (!cache)
        return NEX_ENOMEM;
    cache->max = max;
    cache->entries = calloc(max, sizeof *cache->entries);
    if (!cache->entries) {
        free(cache);
        return NEX_ENOMEM;
    }
    *out = cache;
    return NEX_OK;
}

static void drop(entry *e) {
    nex_schema_free(e->schema);
    free(e->text);
    *e = (entry){NULL, 0, 0, 0, NULL};
}

void nex_schema_cache_free(nex_schema_cache *cache) {
    if (!cache)
        return;
    for (size_t i = 0; i < cache->count; i++)
        drop(&cache->entries[i]);
    free(cache->entries);
    free(cache);
}

/* The place for a new schema: a free one, or that of the least used. */
static entry *place(nex_schema_cache *cache) {
    if (cache->count < cache->max)
        return &cache->entries[cache->count++];
    entry *least = cache->entries;
    for (size_t i = 1; i < cache->count; i++)
        if (cache->entries[i].used < least->used)
            least = &cache->entries[i];
    drop(least);
    return least;
}

nex_status nex_schema_cache_get(nex_schema_cache *cache, const char *text, size_t len,
                                const nex_schema **out, nex_error *err) {
    uint64_t h = hash(text, len);
    *out = NULL;
    for (size_t i = 0; i < cache->count; i++) {
        entry *e = &cache->entries[i];
        if (e->hash == h && e->len == len && memcmp(e->text, text, len) == 0) {
            e->used = ++cache->clock;
            *out = e->schema;
            return NEX_OK;
        }
    }
    nex_schema *schema = NULL;
    nex_status status = nex_schema_compile(&schema, text, len, NULL, err);
    if (status != NEX_OK)
        return status;
    char *copy = malloc(len + 1);
    if (!copy) {
        nex_schema_free(schema);
        return nex_error_set(err, NEX_ENOMEM, "schema: out of memory");
    }
    memcpy(copy, text, len);
    *place(cache) = (entry){copy, len, h, ++cache->clock, schema};
    *out = schema;
    return NEX_OK;
}
