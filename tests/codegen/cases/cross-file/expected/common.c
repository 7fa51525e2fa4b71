/*
 * common
 *
 * Written by nexgen 0.1.0 from common.json (sha256 f3da5e4a2e7fd404); do not edit.
 */
#include <common.h>

/* clang-format off */
static const nex_field fields_of_common_address[] = {
    {
        .name = "street", .name_len = 6, .type = &nex_type_string,
        .offset = offsetof(common_address, street), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type common_address_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(common_address), .name = "common_address",
    .fields = fields_of_common_address, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/address",
};

static const nex_limits limits_of_common_zip = {
    .has = 0, .pattern = "^\\d{5}$",
};
const nex_type common_zip_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "common_zip",
    .limits = &limits_of_common_zip, .rest_offset = NEX_NO_OFFSET, .pointer = "/$defs/zip",
};

/* clang-format on */
