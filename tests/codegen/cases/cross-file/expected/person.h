/*
 * Person
 *
 * Written by nexgen 0.1.0 from person.json (sha256 9a892fe794c4cf04); do not edit.
 */
#ifndef PERSON_H
#define PERSON_H

#include <nex/codec.h>
#include <common.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct person person;
typedef struct person_list person_list;

struct person_list {
    person *items;
    size_t count;
};

/** Person */
struct person {
    char *name;
    /** Optional. */
    common_address *address;
    /** Optional. */
    person_list friends;
    bool has_friends;
};

extern const nex_type person_type;

/** A zeroed message; NULL when out of memory. */
person *person_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status person_decode(person **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status person_decode_strict(person **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status person_encode(const person *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status person_validate(const person *message, nex_error *err);
nex_status person_clone(const person *message, person **out);
bool person_equal(const person *a, const person *b);
nex_status person_to_json(const person *message, json_t **out);
nex_status person_from_json(person **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void person_free(person *message);

#ifdef __cplusplus
}
#endif

#endif
