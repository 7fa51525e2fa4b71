/*
 * Messages that need not go through the server: those to subscriptions that only this bus can
 * have, its replies among them. They are handed over in the next turn of the loop.
 */
#include "bus/bus.h"
#include "loop/seam.h"

#include <stdlib.h>
#include <string.h>

struct near_prefix {
    near_prefix *next;
    size_t len;
    char text[];
};

nex_status nex_bus_near_add(nex_bus *bus, const char *prefix) {
    size_t len = strlen(prefix);
    near_prefix *near = malloc(sizeof *near + len + 1);
    if (near == NULL) {
        return NEX_ENOMEM;
    }
    near->len = len;
    memcpy(near->text, prefix, len + 1);
    near->next = bus->near_prefixes;
    bus->near_prefixes = near;
    return NEX_OK;
}

void nex_bus_near_remove(nex_bus *bus, const char *prefix) {
    for (near_prefix **at = &bus->near_prefixes; *at != NULL; at = &(*at)->next) {
        near_prefix *near = *at;
        if (strcmp(near->text, prefix) == 0) {
            *at = near->next;
            free(near);
            return;
        }
    }
}

static nex_subscription *find(const nex_bus *bus, const char *subject) {
    bool near = strncmp(subject, bus->inbox, bus->inbox_len) == 0;
    for (const near_prefix *at = bus->near_prefixes; at != NULL && !near; at = at->next) {
        near = strncmp(subject, at->text, at->len) == 0;
    }
    return near ? nex_bus_find_subscription(bus, subject) : NULL;
}

/* A message on its way. It may outlive the bus, which then leaves it without an addressee. */
struct near_msg {
    nex_post post; /* no timer: those have whole milliseconds */
    nex_bus *bus;
    near_msg *next;
    near_msg **link;
    held_msg *held;
};

static void on_turn(void *arg) {
    near_msg *near = arg;
    held_msg *held = near->held;
    nex_bus *bus = near->bus;
    nex_subscription *sub = NULL;
    if (bus != NULL) {
        *near->link = near->next;
        if (near->next != NULL) {
            near->next->link = near->link;
        }
        sub = find(bus, held->msg.subject);
    }
    free(near);
    if (sub != NULL) {
        nex_subscription_deliver(sub, &held->msg); /* may free the bus */
    }
    free(held);
}

nex_status nex_bus_send_near(nex_bus *bus, const nex_msg *msg) {
    if (find(bus, msg->subject) == NULL) {
        return NEX_ENOTFOUND;
    }
    near_msg *near = calloc(1, sizeof *near);
    held_msg *held = near != NULL ? held_msg_new(msg) : NULL;
    if (held == NULL) {
        free(near);
        return NEX_ENOMEM;
    }
    *near = (near_msg){.post = {.cb = on_turn, .arg = near},
                       .bus = bus,
                       .next = bus->near,
                       .link = &bus->near,
                       .held = held};
    if (near->next != NULL) {
        near->next->link = &near->next;
    }
    bus->near = near;
    nex_loop_post_node(bus->loop, &near->post);
    return NEX_OK;
}

void nex_bus_near_free(nex_bus *bus) {
    for (near_msg *near = bus->near; near != NULL; near = near->next) {
        near->bus = NULL;
    }
    while (bus->near_prefixes != NULL) {
        near_prefix *near = bus->near_prefixes;
        bus->near_prefixes = near->next;
        free(near);
    }
}
