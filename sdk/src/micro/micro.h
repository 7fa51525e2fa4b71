/* micro/micro.h - the inside of a service. */
#ifndef NEX_MICRO_MICRO_H
#define NEX_MICRO_MICRO_H

#include <nex/micro.h>

enum { LAST_ERROR_SIZE = 256, DISCOVERY_SUBJECTS = 9 };

typedef struct micro_endpoint micro_endpoint;
typedef struct micro_call micro_call;

struct micro_endpoint {
    nex_micro *micro;
    micro_endpoint *next;
    char *name;
    char *subject;
    char *queue; /**< or NULL */
    nex_subscription *sub;
    nex_call_cb cb;
    void *arg;
    uint64_t requests;
    uint64_t errors;
    uint64_t nanoseconds; /**< from arrival to answer, all requests together */
    char last_error[LAST_ERROR_SIZE];
};

struct nex_micro {
    nex_bus *bus;
    char *name;
    char *version;
    char *description;
    char id[NEX_ID_SIZE];
    nex_time started;
    micro_endpoint *first; /**< in the order added, as INFO lists them */
    micro_endpoint **last;
    micro_call *open; /**< calls that wait for their answer */
    nex_subscription *discovery[DISCOVERY_SUBJECTS];
};

/** Subscribes $SRV.PING, INFO and STATS, alone, by name, by name and id. */
nex_status nex_micro_discovery(nex_micro *micro);
/** A message for an endpoint arrived; arg is the endpoint. */
void nex_micro_on_request(void *arg, const nex_msg *msg);
/** Makes all open calls answer nothing. */
void nex_micro_orphan_calls(nex_micro *micro);

#endif
