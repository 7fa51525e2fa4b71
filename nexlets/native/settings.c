#include "native/settings.h"

#include <string.h>

static size_t padding_of(size_t len) {
    return (8 - len % 8) % 8;
}

nex_status native_put(nex_buf *out, mon_tag tag, const void *data, size_t len) {
    static const char zeros[8] = {0};
    mon_tlv head = {.tag = (uint16_t)tag, .size = (uint32_t)len};
    size_t padding = padding_of(len);
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

bool native_find(const nex_buf *settings, mon_tag tag, void *out, size_t size) {
    mon_tlv head;
    for (size_t at = 0; settings->len - at >= sizeof head;) {
        memcpy(&head, settings->data + at, sizeof head);
        at += sizeof head;
        if (head.tag == tag && head.size == size && settings->len - at >= size) {
            memcpy(out, settings->data + at, size);
            return true;
        }
        size_t step = head.size + padding_of(head.size);
        if (step > settings->len - at) {
            return false;
        }
        at += step;
    }
    return false;
}
