/*
 * A hash table from text to a number.
 */
#ifndef SCHEMA_TABLE_H
#define SCHEMA_TABLE_H

#include <nex/core.h>

typedef struct nex_table_entry {
    char *key; /**< NULL: free */
    size_t len;
    uint32_t hash, value;
} nex_table_entry;

/** Zero-initialise it; free with nex_table_free. */
typedef struct nex_table {
    nex_table_entry *entries;
    uint32_t cap, count;
} nex_table;

/** The entry's value, NULL when there is none. */
uint32_t *nex_table_get(const nex_table *table, const char *key, size_t len);
/** Adds a key that is not there yet, copying it. */
nex_status nex_table_add(nex_table *table, const char *key, size_t len, uint32_t value);
void nex_table_free(nex_table *table);

#endif
