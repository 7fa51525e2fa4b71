/* Descriptors of plain values, and the texts of enumerators. */
#include "codec/layout.h"

#define PLAIN(kind_, ctype, name_)                                                                 \
    { .kind = (kind_), .size = sizeof(ctype), .name = (name_), .rest_offset = NEX_NO_OFFSET }

const nex_type nex_type_bool = PLAIN(NEX_KIND_BOOL, bool, "boolean");
const nex_type nex_type_int = PLAIN(NEX_KIND_INT, int64_t, "integer");
const nex_type nex_type_double = PLAIN(NEX_KIND_DOUBLE, double, "number");
const nex_type nex_type_string = PLAIN(NEX_KIND_STRING, char *, "string");
const nex_type nex_type_time = PLAIN(NEX_KIND_TIME, nex_time, "date-time");
const nex_type nex_type_duration = PLAIN(NEX_KIND_DURATION, nex_duration, "duration");
const nex_type nex_type_iso_duration =
    PLAIN(NEX_KIND_ISO_DURATION, nex_iso_duration, "ISO 8601 duration");
const nex_type nex_type_bytes = PLAIN(NEX_KIND_BYTES, nex_bytes, "bytes");
const nex_type nex_type_json = PLAIN(NEX_KIND_JSON, json_t *, "value");
const nex_type nex_type_raw = PLAIN(NEX_KIND_RAW, char *, "value");

const nex_type nex_type_string_list = {.kind = NEX_KIND_ARRAY,
                                       .size = sizeof(nex_string_list),
                                       .name = "array of strings",
                                       .rest_offset = NEX_NO_OFFSET,
                                       .item = &nex_type_string};
const nex_type nex_type_string_map = {.kind = NEX_KIND_MAP,
                                      .size = sizeof(nex_string_map),
                                      .name = "map of strings",
                                      .rest_offset = NEX_NO_OFFSET,
                                      .item = &nex_type_string,
                                      .value_offset = offsetof(nex_string_entry, value)};

const char *nex_enum_text(const nex_type *type, int value) {
    for (uint32_t i = 0; i < type->enum_count && value != 0; i++) {
        if (type->enums[i].value == value) {
            return type->enums[i].text;
        }
    }
    return NULL;
}

int nex_enum_value_of(const nex_type *type, const char *text) {
    for (uint32_t i = 0; i < type->enum_count && text != NULL; i++) {
        if (type->enums[i].text != NULL && strcmp(type->enums[i].text, text) == 0) {
            return type->enums[i].value;
        }
    }
    return 0;
}
