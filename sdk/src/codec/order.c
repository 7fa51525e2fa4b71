#include "codec/order.h"

#include <stdlib.h>

bool nex_keys_ascend(const nex_type *map, const nex_sequence *sequence) {
    for (size_t i = 1; i < sequence->count; i++) {
        if (strcmp(nex_entry_key(map, sequence, i - 1), nex_entry_key(map, sequence, i)) >= 0) {
            return false;
        }
    }
    return true;
}

static int compare(const void *a, const void *b) {
    const nex_ordered_key *x = a;
    const nex_ordered_key *y = b;
    int order = strcmp(x->key, y->key);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

void nex_order_keys(const nex_type *map, const nex_sequence *sequence, nex_ordered_key *keys) {
    for (size_t i = 0; i < sequence->count; i++) {
        keys[i] = (nex_ordered_key){nex_entry_key(map, sequence, i), i};
    }
    qsort(keys, sequence->count, sizeof *keys, compare);
}
