/*
 * native/curl_library.h - what is used of libcurl.
 *
 * It is loaded when it is first needed: linked, it and what it needs would more than double the
 * memory of every node and the time of every command. It is loaded for good, since its threads
 * and handlers do not bear being unloaded.
 */
#ifndef NATIVE_CURL_LIBRARY_H
#define NATIVE_CURL_LIBRARY_H

#include <nex/core.h>

#include <curl/curl.h>

typedef struct native_curl {
    CURL *(*easy_init)(void);
    CURLcode (*easy_setopt)(CURL *curl, CURLoption option, ...);
    CURLcode (*easy_getinfo)(CURL *curl, CURLINFO info, ...);
    CURLcode (*easy_perform)(CURL *curl);
    const char *(*easy_strerror)(CURLcode code);
    void (*easy_cleanup)(CURL *curl);
    CURLM *(*multi_init)(void);
    CURLMcode (*multi_setopt)(CURLM *multi, CURLMoption option, ...);
    CURLMcode (*multi_add_handle)(CURLM *multi, CURL *curl);
    CURLMcode (*multi_remove_handle)(CURLM *multi, CURL *curl);
    CURLMcode (*multi_assign)(CURLM *multi, curl_socket_t fd, void *socket);
    CURLMcode (*multi_socket_action)(CURLM *multi, curl_socket_t fd, int events, int *running);
    CURLMsg *(*multi_info_read)(CURLM *multi, int *left);
    CURLMcode (*multi_cleanup)(CURLM *multi);
} native_curl;

/** Loads the library and sets it up; any thread may, and any number of times. */
nex_status native_curl_load(native_curl *out, nex_error *err);

#endif
