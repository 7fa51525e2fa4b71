#include "native/curl_library.h"

#include <dlfcn.h>
#include <string.h>

#define LIBRARY "libcurl.so.4"

/* POSIX has function pointers and object pointers alike; C does not know. */
static bool load_symbol(void *handle, const char *name, void *out, size_t size) {
    void *symbol = dlsym(handle, name);
    if (symbol == NULL || size != sizeof symbol) {
        return false;
    }
    memcpy(out, &symbol, size);
    return true;
}

nex_status native_curl_load(native_curl *out, nex_error *err) {
    CURLcode (*global_init)(long flags);
    void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED, "this needs " LIBRARY ": %s", dlerror());
    }
#define LOAD(name) load_symbol(handle, "curl_" #name, (void *)&out->name, sizeof out->name)
    bool whole = LOAD(easy_init) && LOAD(easy_setopt) && LOAD(easy_getinfo) && LOAD(easy_perform) &&
                 LOAD(easy_strerror) && LOAD(easy_cleanup) && LOAD(multi_init) &&
                 LOAD(multi_setopt) && LOAD(multi_add_handle) && LOAD(multi_remove_handle) &&
                 LOAD(multi_assign) && LOAD(multi_socket_action) && LOAD(multi_info_read) &&
                 LOAD(multi_cleanup) &&
                 load_symbol(handle, "curl_global_init", (void *)&global_init, sizeof global_init);
#undef LOAD
    if (!whole) {
        dlclose(handle);
        return nex_error_set(err, NEX_EUNSUPPORTED, LIBRARY " lacks what is needed of it");
    }
    return global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK
               ? NEX_OK
               : nex_error_set(err, NEX_EIO, "libcurl cannot be set up");
}
