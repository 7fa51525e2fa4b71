/*
 * Big
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 85e0f83430f6fb53); do not edit.
 */
#ifndef BIG_H
#define BIG_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct big big;

/** Big */
struct big {
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_0;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_1;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_2;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_3;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_4;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_5;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_6;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_7;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_8;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_9;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_10;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_11;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_12;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_13;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_14;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_15;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_16;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_17;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_18;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_19;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_20;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_21;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_22;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_23;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_24;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_25;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_26;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_27;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_28;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_29;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_30;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_31;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_32;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_33;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_34;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_35;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_36;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_37;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_38;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_39;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_40;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_41;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_42;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_43;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_44;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_45;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_46;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_47;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_48;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_49;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_50;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_51;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_52;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_53;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_54;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_55;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_56;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_57;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_58;
    /** Optional. Pattern: ^xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|y$ */
    char *member_59;
};

extern const nex_type big_type;

/** A zeroed message; NULL when out of memory. */
big *big_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status big_decode(big **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status big_decode_strict(big **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status big_encode(const big *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status big_validate(const big *message, nex_error *err);
nex_status big_clone(const big *message, big **out);
bool big_equal(const big *a, const big *b);
nex_status big_to_json(const big *message, json_t **out);
nex_status big_from_json(big **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void big_free(big *message);

#ifdef __cplusplus
}
#endif

#endif
