/*
 * Order
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 bed62142afe2dbf9); do not edit.
 */
#ifndef ORDER_H
#define ORDER_H

#include <nex/codec.h>
#include <common.h>
#include <person.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct order order;

/** Order */
struct order {
    /** Person. */
    person *buyer;
    /** Optional. */
    common_address *home;
    /** Optional. Pattern: ^\d{5}$ */
    char *zip;
    /** Optional. */
    person_list people;
    bool has_people;
};

extern const nex_type order_type;

/** A zeroed message; NULL when out of memory. */
order *order_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status order_decode(order **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status order_decode_strict(order **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status order_encode(const order *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status order_validate(const order *message, nex_error *err);
nex_status order_clone(const order *message, order **out);
bool order_equal(const order *a, const order *b);
nex_status order_to_json(const order *message, json_t **out);
nex_status order_from_json(order **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void order_free(order *message);

#ifdef __cplusplus
}
#endif

#endif
