#include "json/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, MAX_BLOCK = 1 << 20, ALIGN = 16 };

struct nex_arena_block {
    nex_arena_block *next;
    _Alignas(16) char data[];
};

void *nex_arena_alloc(nex_arena *arena, size_t size) {
    if (size > SIZE_MAX / 4)
        return NULL;
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (!arena->blocks || arena->cap - arena->used < size) {
        size_t cap = arena->cap ? arena->cap * 2 : FIRST_BLOCK;
        if (cap > MAX_BLOCK)
            cap = MAX_BLOCK;
        if (cap < size)
            cap = size;
        if (arena->max && arena->total + cap > arena->max)
            return NULL;
        nex_arena_block *block = calloc(1, sizeof *block + cap);
        if (!block)
            return NULL;
        block->next = arena->blocks;
        arena->blocks = block;
        arena->cap = cap;
        arena->used = 0;
        arena->total += cap;
    }
    void *p = arena->blocks->data + arena->used;
    arena->used += size;
    return p;
}

char *nex_arena_copy(nex_arena *arena, const void *data, size_t len) {
    char *p = nex_arena_alloc(arena, len + 1);
    if (p && len > 0)
        memcpy(p, data, len);
    return p;
}

void nex_arena_free(nex_arena *arena) {
    while (arena->blocks) {
        nex_arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
    *arena = (nex_arena){NULL, 0, 0, 0, arena->max};
}
