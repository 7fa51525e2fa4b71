/*
 * Tags of a node or a workload, or tags asked of a node: name to value. Tags that begin with
 * "nex." are set by nodes alone.
 *
 * Written by nexgen 0.1.0 from tag-map.json (sha256 e18230c96c351195); do not edit.
 */
#ifndef NEX_PROTOCOL_TAG_MAP_H
#define NEX_PROTOCOL_TAG_MAP_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Tags of a node or a workload, or tags asked of a node: name to value. Tags that begin with "nex."
 * are set by nodes alone.
 */
typedef nex_string_map nex_tag_map;

extern NEX_API const nex_type nex_tag_map_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_tag_map *nex_tag_map_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_tag_map_decode(nex_tag_map **out, const char *json, size_t len,
                                      nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_tag_map_decode_strict(nex_tag_map **out, const char *json, size_t len,
                                             nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_tag_map_encode(const nex_tag_map *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_tag_map_validate(const nex_tag_map *message, nex_error *err);
NEX_API nex_status nex_tag_map_clone(const nex_tag_map *message, nex_tag_map **out);
NEX_API bool nex_tag_map_equal(const nex_tag_map *a, const nex_tag_map *b);
NEX_API nex_status nex_tag_map_to_json(const nex_tag_map *message, json_t **out);
NEX_API nex_status nex_tag_map_from_json(nex_tag_map **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_tag_map_free(nex_tag_map *message);

#ifdef __cplusplus
}
#endif

#endif
