#include "codec/pool.h"

#include <stdlib.h>
#include <string.h>

enum { MIN_BLOCK = 1024, MAX_BLOCK_STEP = 1024 * 1024 };

static const size_t block_header =
    (sizeof(nex_pool_block) + NEX_POOL_ALIGN - 1) & ~(size_t)(NEX_POOL_ALIGN - 1);

nex_pool *nex_pool_new(size_t message_size, size_t extra, size_t texts, char **text) {
    if (extra > PTRDIFF_MAX / 4 || texts > PTRDIFF_MAX / 4) {
        return NULL;
    }
    size_t message = (message_size + 7) & ~(size_t)7;
    size_t room = (extra + 7) & ~(size_t)7;
    size_t size = NEX_POOL_HEADER + message + room + texts;
    nex_pool *pool = malloc(size);
    if (pool == NULL) {
        return NULL;
    }
    char *at = nex_pool_message(pool);
    memset(at, 0, message);
    *pool = (nex_pool){.at = at + message, .end = at + message + room, .size = size};
    if (texts > 0) {
        *text = at + message + room;
    }
    return pool;
}

void nex_pool_free(nex_pool *pool) {
    if (pool == NULL) {
        return;
    }
    for (nex_pool_json *owned = pool->jsons; owned != NULL; owned = owned->next) {
        json_decref(owned->json);
    }
    nex_pool_block *block = pool->blocks;
    while (block != NULL) {
        nex_pool_block *next = block->next;
        if (pool->secret) {
            explicit_bzero(block, block->size);
        }
        free(block);
        block = next;
    }
    if (pool->secret) {
        explicit_bzero(pool, pool->size);
    }
    free(pool);
}

void *nex_pool_alloc_slow(nex_pool *pool, size_t size) {
    if (size > PTRDIFF_MAX / 2) {
        return NULL;
    }
    size_t rounded = (size + 7) & ~(size_t)7;
    /* Blocks grow with the message, so that a large one has few. */
    size_t step = pool->blocks != NULL ? pool->blocks->size : pool->size / 2;
    step = step > MAX_BLOCK_STEP / 2 ? MAX_BLOCK_STEP : step * 2;
    step = step < MIN_BLOCK ? MIN_BLOCK : step;
    size_t total = block_header + (rounded > step ? rounded : step);
    nex_pool_block *block = malloc(total);
    if (block == NULL) {
        return NULL;
    }
    block->next = pool->blocks;
    block->size = total;
    pool->blocks = block;
    char *memory = (char *)block + block_header;
    pool->at = memory + rounded;
    pool->end = (char *)block + total;
    return memory;
}

void *nex_pool_zalloc(nex_pool *pool, size_t size) {
    void *memory = nex_pool_alloc(pool, size);
    if (memory != NULL) {
        memset(memory, 0, size);
    }
    return memory;
}

void *nex_pool_grow(nex_pool *pool, void *old, size_t old_size, size_t new_size) {
    size_t old_rounded = (old_size + 7) & ~(size_t)7;
    size_t new_rounded = (new_size + 7) & ~(size_t)7;
    char *begin = old;
    if (begin != NULL && begin + old_rounded == pool->at && new_rounded >= new_size &&
        new_rounded - old_rounded <= (size_t)(pool->end - pool->at)) {
        pool->at += new_rounded - old_rounded;
        return old;
    }
    void *grown = nex_pool_alloc(pool, new_size);
    if (grown != NULL && old_size > 0) {
        memcpy(grown, old, old_size);
    }
    return grown;
}

char *nex_pool_copy(nex_pool *pool, const char *text, size_t len) {
    char *copy = nex_pool_alloc(pool, len + 1);
    if (copy != NULL) {
        memcpy(copy, text, len);
        copy[len] = '\0';
    }
    return copy;
}

nex_status nex_pool_own_json(nex_pool *pool, json_t *json) {
    nex_pool_json *owned = nex_pool_alloc(pool, sizeof *owned);
    if (owned == NULL) {
        json_decref(json);
        return NEX_ENOMEM;
    }
    owned->next = pool->jsons;
    owned->json = json;
    pool->jsons = owned;
    return NEX_OK;
}

void nex_message_free(void *message) {
    if (message != NULL) {
        nex_pool_free(nex_pool_of(message));
    }
}

void *nex_message_new(const nex_type *type) {
    nex_pool *pool = nex_pool_new(type->size, 256, 0, NULL);
    if (pool == NULL) {
        return NULL;
    }
    /* What will be put in is not known; better wiped in vain than left behind. */
    pool->secret = true;
    return nex_pool_message(pool);
}

void *nex_message_alloc(void *message, size_t size) {
    return nex_pool_zalloc(nex_pool_of(message), size);
}

char *nex_message_strdup(void *message, const char *text) {
    return text != NULL ? nex_pool_copy(nex_pool_of(message), text, strlen(text)) : NULL;
}

nex_status nex_message_own_json(void *message, json_t *json) {
    return nex_pool_own_json(nex_pool_of(message), json);
}
