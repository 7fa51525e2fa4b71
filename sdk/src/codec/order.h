/* Entries of maps in the order of their keys, for writing, comparing and finding doubles. */
#ifndef NEX_CODEC_ORDER_H
#define NEX_CODEC_ORDER_H

#include "codec/layout.h"

typedef struct nex_ordered_key {
    const char *key;
    size_t index;
} nex_ordered_key;

/* Whether each key is greater than the one before. */
bool nex_keys_ascend(const nex_type *map, const nex_sequence *sequence);
/* Fills `keys` (sequence->count of them), sorted by key, then index. */
void nex_order_keys(const nex_type *map, const nex_sequence *sequence, nex_ordered_key *keys);

#endif
