/*
 * native/web_probe.h - asks URLs and ports, on the loop, any number at a time.
 */
#ifndef NATIVE_WEB_PROBE_H
#define NATIVE_WEB_PROBE_H

#include <nex/core.h>
#include <nex/loop.h>

typedef struct native_web native_web;
typedef struct native_web_question native_web_question;

/** problem NULL: it is well. Runs once, later. */
typedef void (*native_web_cb)(void *arg, const char *problem);

/** Loads libcurl. NEX_EUNSUPPORTED: it is not there, or this is not a loop of libuv's. */
nex_status native_web_new(native_web **out, nex_loop *loop, nex_error *err);
/** Ends all questions without an answer. NULL is fine. */
void native_web_free(native_web *web);

/**
 * Asks for a URL, http:// or https://; 200 to 399 is well. Certificates are not checked: the
 * question is whether the workload answers, and it is asked by its own machine. With
 * connect_only no more than the connection is made.
 */
nex_status native_web_ask(native_web *web, const char *url, bool connect_only, nex_duration timeout,
                          native_web_cb cb, void *arg, native_web_question **out, nex_error *err);
/** Its callback runs no more. NULL is fine. */
void native_web_cancel(native_web_question *question);

#endif
