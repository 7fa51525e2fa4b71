#include "native/artifact_web.h"

#include "native/curl_library.h"

#include <stdlib.h>

enum {
    CONNECT_SECONDS = 15,
    SLOW_BYTES = 1, /* a second, for so many seconds: it hangs */
    SLOW_SECONDS = 30,
    REDIRECTS = 5
};

typedef struct transfer {
    native_incoming *to;
    native_counter *counter;
    const atomic_bool *canceled;
    nex_status status;
    nex_error *err;
} transfer;

static size_t on_data(char *data, size_t size, size_t count, void *arg) {
    transfer *t = arg;
    t->status = native_incoming_write(t->to, data, size * count, t->err);
    atomic_fetch_add(&t->counter->bytes, size * count);
    return t->status == NEX_OK ? size * count : 0;
}

static int on_progress(void *arg, curl_off_t total, curl_off_t now, curl_off_t up_total,
                       curl_off_t up_now) {
    const transfer *t = arg;
    atomic_store(&t->counter->total, total > 0 ? (uint64_t)total : 0);
    (void)now;
    (void)up_total;
    (void)up_now;
    return atomic_load(t->canceled) ? 1 : 0;
}

static void set_up(const native_curl *library, CURL *curl, const char *url, transfer *t,
                   char error[CURL_ERROR_SIZE]) {
    const char *authorities = getenv("SSL_CERT_FILE"); /* as OpenSSL itself has it */
    if (authorities != NULL && authorities[0] != '\0') {
        library->easy_setopt(curl, CURLOPT_CAINFO, authorities);
    }
    /* Also after a redirect nothing but https: what is fetched is executed. */
    library->easy_setopt(curl, CURLOPT_URL, url);
    library->easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    library->easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    library->easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    library->easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTS);
    library->easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    library->easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    library->easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    library->easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    library->easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
    library->easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
    library->easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
    library->easy_setopt(curl, CURLOPT_WRITEDATA, t);
    library->easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    library->easy_setopt(curl, CURLOPT_XFERINFODATA, t);
    library->easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

nex_status native_web_get(const char *url, native_incoming *to, native_counter *counter,
                          const atomic_bool *canceled, nex_error *err) {
    native_curl library = {0};
    char error[CURL_ERROR_SIZE] = "";
    transfer t = {.to = to, .counter = counter, .canceled = canceled, .err = err};
    nex_status status = native_curl_load(&library, err);
    if (status != NEX_OK) {
        return status;
    }
    CURL *curl = library.easy_init();
    if (curl == NULL) {
        return nex_error_set(err, NEX_EIO, "libcurl cannot be set up");
    }
    set_up(&library, curl, url, &t, error);
    CURLcode code = library.easy_perform(curl);
    if (code != CURLE_OK && t.status == NEX_OK) {
        t.status = nex_error_set(err, NEX_EUNREACHABLE, "%s",
                                 error[0] != '\0' ? error : library.easy_strerror(code));
    }
    library.easy_cleanup(curl);
    return t.status;
}
