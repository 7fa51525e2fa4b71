/* Every type of the protocol by its C name (without nex_), for tests that go through them all. */
#ifndef NEX_TESTS_PROTOCOL_TYPES_H
#define NEX_TESTS_PROTOCOL_TYPES_H

#include <nex/protocol.h>
#include <string.h>

typedef struct protocol_type {
    const char *name;
    const nex_type *type;
} protocol_type;

static const protocol_type protocol_types[] = {
#define PROTOCOL_TYPE(name_) {#name_, &nex_##name_##_type},
#include "protocol_types.inc"
#undef PROTOCOL_TYPE
};

enum { PROTOCOL_TYPE_COUNT = sizeof protocol_types / sizeof protocol_types[0] };

static inline const nex_type *protocol_type_named(const char *name) {
    for (size_t i = 0; i < PROTOCOL_TYPE_COUNT; i++) {
        if (strcmp(protocol_types[i].name, name) == 0) {
            return protocol_types[i].type;
        }
    }
    return NULL;
}

#endif
