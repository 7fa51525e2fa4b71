/*
 * The memory of one message: a block that holds the message, its texts and most of what it
 * points to, and further blocks where that was too small. It goes with one free.
 */
#ifndef NEX_CODEC_POOL_H
#define NEX_CODEC_POOL_H

#include <nex/codec.h>

typedef struct nex_pool_block {
    struct nex_pool_block *next;
    size_t size;
} nex_pool_block;

typedef struct nex_pool_json {
    struct nex_pool_json *next;
    json_t *json;
} nex_pool_json;

/* Stands right before the message, so that a message leads back to its pool. */
typedef struct nex_pool {
    char *at;
    char *end;
    nex_pool_block *blocks;
    nex_pool_json *jsons;
    size_t size; /* of the block this header begins */
    bool secret; /* wiped when freed */
    char empty[1];
} nex_pool;

enum {
    NEX_POOL_ALIGN = 16,
    NEX_POOL_HEADER = (sizeof(nex_pool) + NEX_POOL_ALIGN - 1) / NEX_POOL_ALIGN * NEX_POOL_ALIGN
};

static inline void *nex_pool_message(nex_pool *pool) {
    return (char *)pool + NEX_POOL_HEADER;
}

static inline nex_pool *nex_pool_of(void *message) {
    return (nex_pool *)(void *)((char *)message - NEX_POOL_HEADER);
}

/*
 * A pool with a zeroed message of `message_size`, room for `extra` bytes more, and `texts`
 * bytes at *text that nothing else uses (if texts > 0). NULL when out of memory.
 */
nex_pool *nex_pool_new(size_t message_size, size_t extra, size_t texts, char **text);
void nex_pool_free(nex_pool *pool);

void *nex_pool_alloc_slow(nex_pool *pool, size_t size);

/* Memory aligned for any field, not zeroed. NULL when out of memory. */
static inline void *nex_pool_alloc(nex_pool *pool, size_t size) {
    size_t rounded = (size + 7) & ~(size_t)7;
    if (rounded >= size && rounded <= (size_t)(pool->end - pool->at)) {
        void *memory = pool->at;
        pool->at += rounded;
        return memory;
    }
    return nex_pool_alloc_slow(pool, size);
}

void *nex_pool_zalloc(nex_pool *pool, size_t size);
/* Grows the newest allocation in place where it can, else copies it. */
void *nex_pool_grow(nex_pool *pool, void *old, size_t old_size, size_t new_size);
char *nex_pool_copy(nex_pool *pool, const char *text, size_t len);
/* Takes over the reference, whether it succeeds or not. */
nex_status nex_pool_own_json(nex_pool *pool, json_t *json);

#endif
