/*
 * native/settings.h - writing the values of a monitor's spec.
 */
#ifndef NATIVE_SETTINGS_H
#define NATIVE_SETTINGS_H

#include "monitor/protocol.h"

#include <nex/core.h>

nex_status native_put(nex_buf *out, mon_tag tag, const void *data, size_t len);
/** A text, with its NUL. */
nex_status native_put_text(nex_buf *out, mon_tag tag, const char *text);
nex_status native_put_u32(nex_buf *out, mon_tag tag, uint32_t value);
/** Copies the first value of a tag, if there is one of that size. */
bool native_find(const nex_buf *settings, mon_tag tag, void *out, size_t size);

#endif
