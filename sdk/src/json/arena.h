/*
 * Memory that is given back all at once.
 */
#ifndef JSON_ARENA_H
#define JSON_ARENA_H

#include <stddef.h>

typedef struct nex_arena_block nex_arena_block;

/** Zero-initialise it; free with nex_arena_free. `max` bounds the sum (0: none). */
typedef struct nex_arena {
    nex_arena_block *blocks;
    size_t used, cap, total, max;
} nex_arena;

/** Zeroed memory, aligned for any type; NULL when there is none or max is reached. */
void *nex_arena_alloc(nex_arena *arena, size_t size);
/** A copy of bytes with a NUL behind them. */
char *nex_arena_copy(nex_arena *arena, const void *data, size_t len);
void nex_arena_free(nex_arena *arena);

#endif
