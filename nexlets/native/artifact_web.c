#include "native/artifact_web.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <string.h>

#define LIBRARY "libcurl.so.4"

enum {
    CONNECT_SECONDS = 15,
    SLOW_BYTES = 1, /* a second, for so many seconds: it hangs */
    SLOW_SECONDS = 30,
    REDIRECTS = 5
};

/* What is used of libcurl. */
typedef struct curl_library {
    void *handle;
    CURLcode (*global_init)(long flags);
    CURL *(*easy_init)(void);
    CURLcode (*easy_setopt)(CURL *curl, CURLoption option, ...);
    CURLcode (*easy_perform)(CURL *curl);
    const char *(*easy_strerror)(CURLcode code);
    void (*easy_cleanup)(CURL *curl);
} curl_library;

typedef struct transfer {
    native_incoming *to;
    const atomic_bool *canceled;
    nex_status status;
    nex_error *err;
} transfer;

/* POSIX has function pointers and object pointers alike; C does not know. */
static bool load_symbol(void *handle, const char *name, void *out, size_t size) {
    void *symbol = dlsym(handle, name);
    if (symbol == NULL || size != sizeof symbol) {
        return false;
    }
    memcpy(out, &symbol, size);
    return true;
}

static nex_status load(curl_library *library, nex_error *err) {
    library->handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library->handle == NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED, "https needs " LIBRARY ": %s", dlerror());
    }
#define LOAD(field, name)                                                                          \
    load_symbol(library->handle, name, (void *)&library->field, sizeof library->field)
    if (!LOAD(global_init, "curl_global_init") || !LOAD(easy_init, "curl_easy_init") ||
        !LOAD(easy_setopt, "curl_easy_setopt") || !LOAD(easy_perform, "curl_easy_perform") ||
        !LOAD(easy_strerror, "curl_easy_strerror") || !LOAD(easy_cleanup, "curl_easy_cleanup")) {
        dlclose(library->handle);
        return nex_error_set(err, NEX_EUNSUPPORTED, LIBRARY " lacks what is needed of it");
    }
#undef LOAD
    return NEX_OK;
}

static size_t on_data(char *data, size_t size, size_t count, void *arg) {
    transfer *t = arg;
    t->status = native_incoming_write(t->to, data, size * count, t->err);
    return t->status == NEX_OK ? size * count : 0;
}

static int on_progress(void *arg, curl_off_t total, curl_off_t now, curl_off_t up_total,
                       curl_off_t up_now) {
    const transfer *t = arg;
    (void)total;
    (void)now;
    (void)up_total;
    (void)up_now;
    return atomic_load(t->canceled) ? 1 : 0;
}

static void set_up(const curl_library *library, CURL *curl, const char *url, transfer *t,
                   char error[CURL_ERROR_SIZE]) {
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

nex_status native_web_get(const char *url, native_incoming *to, const atomic_bool *canceled,
                          nex_error *err) {
    curl_library library = {0};
    char error[CURL_ERROR_SIZE] = "";
    transfer t = {.to = to, .canceled = canceled, .err = err};
    nex_status status = load(&library, err);
    if (status != NEX_OK) {
        return status;
    }
    /* Loaded for good: its threads and handlers do not bear being unloaded. */
    CURL *curl = library.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? library.easy_init() : NULL;
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
