/*
 * common
 *
 * Written by nexgen 0.1.0 from common.json (sha256 f3da5e4a2e7fd404); do not edit.
 */
#ifndef COMMON_H
#define COMMON_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct common_address common_address;

struct common_address {
    char *street;
};

extern const nex_type common_address_type;
extern const nex_type common_zip_type;

#ifdef __cplusplus
}
#endif

#endif
