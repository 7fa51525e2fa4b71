#include "settings.h"

#include <string.h>

enum { WORD_MAX = 48 };

size_t edit_distance(const char *a, const char *b) {
    size_t la = strlen(a), lb = strlen(b);
    if (la > WORD_MAX || lb > WORD_MAX) {
        return SIZE_MAX;
    }
    /* Three rows are enough for neighbours swapped (optimal string alignment). */
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= lb; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= la; i++) {
        size_t *now = rows[i % 3];
        const size_t *last = rows[(i - 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < best) {
                best = last[j] + 1;
            }
            if (now[j - 1] + 1 < best) {
                best = now[j - 1] + 1;
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                size_t swapped = rows[(i - 2) % 3][j - 2] + 1;
                best = swapped < best ? swapped : best;
            }
            now[j] = best;
        }
    }
    return rows[la % 3][lb];
}

const char *suggest(const char *word, const char *const *candidates) {
    const char *best = NULL;
    size_t len = strlen(word);
    size_t best_distance = len / 3 + 1; /* more edits than that make another word */
    for (; *candidates; candidates++) {
        size_t distance = edit_distance(word, *candidates);
        if (len >= 3 && strncmp(word, *candidates, len) == 0) {
            distance = 1;
        }
        if (distance < best_distance || (distance == best_distance && !best)) {
            best = *candidates;
            best_distance = distance;
        }
    }
    return best;
}
