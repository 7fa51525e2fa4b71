#include "native/settings.h"

#include <string.h>

nex_status native_put(nex_buf *out, mon_tag tag, const void *data, size_t len) {
    static const char zeros[8] = {0};
    mon_tlv head = {.tag = (uint16_t)tag, .size = (uint32_t)len};
    size_t padding = (8 - len % 8) % 8;
    if (len > UINT32_MAX - 8) {
        return NEX_ELIMIT;
    }
    nex_status status = nex_buf_reserve(out, sizeof head + len + padding);
    if (status != NEX_OK) {
        return status;
    }
    (void)nex_buf_append(out, &head, sizeof head);
    (void)nex_buf_append(out, data, len);
    return nex_buf_append(out, zeros, padding);
}

nex_status native_put_text(nex_buf *out, mon_tag tag, const char *text) {
    return native_put(out, tag, text, strlen(text) + 1);
}

nex_status native_put_u32(nex_buf *out, mon_tag tag, uint32_t value) {
    return native_put(out, tag, &value, sizeof value);
}
