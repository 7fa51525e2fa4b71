/*
 * What minted credentials allow and refuse, judged by a real nats-server in operator mode with
 * JetStream. Nothing here waits for a time: a flush tells when the server has judged.
 */
#ifndef NEX_TEST_CREDENTIALS_FIXTURE_H
#define NEX_TEST_CREDENTIALS_FIXTURE_H

#include "nats_server.h"
#include "node/credentials.h"
#include "operator_mode.h"

#include <cmocka.h>
#include <nats/nats.h>

#define NODE     "NBGAHRDP3ZCN5BM7XUEICTSCZUIRA7TPNKIP45REUWCPEXV63UGQK25V"
#define AGENT    "838XDi3tsaxm7znSn4HFA2"
#define WORKLOAD "838XDi3tsaxm7znSn4HFZb"

enum { WAIT_MS = 5000 };

typedef struct fixture {
    operator_mode mode;
    nats_server *server;
    nex_minter *minter;    /* by signing key, for nexus "nexus" */
    natsConnection *admin; /* may do anything */
} fixture;

extern fixture fx;

/* Server, minter, and a stream, a KV bucket and an object store for "alpha" and for "beta". */
int credentials_set_up(void **state);
int credentials_tear_down(void **state);

nex_time at(int64_t seconds_from_now);

/* The creds file of what a minter handed out, which is freed. */
nex_buf creds_of(nex_nats_connection_data *data);
/* Creds files of freshly minted credentials; nex_buf_wipe them. */
nex_buf workload_creds(const char *namespace_);
nex_buf agent_creds(const nex_string_list *namespaces);
nex_buf registration_creds(int64_t made);

natsStatus connect_with(natsConnection **nc, char *creds);
natsConnection *connect_ok(const nex_buf *creds);
jsCtx *jetstream(natsConnection *nc);
/* Whether the server has refused anything since the connection was made. */
bool was_refused(natsConnection *nc);

typedef void (*check)(const nex_buf *creds, const char *subject, bool wanted);
void check_publish(const nex_buf *creds, const char *subject, bool wanted);
void check_subscribe(const nex_buf *creds, const char *subject, bool wanted);
void each(check what, const nex_buf *creds, const char *const *subjects, bool wanted);

/* Takes the next message, which must say this. */
void take(natsSubscription *sub, const char *text, bool ack);
/* Requests, and looks for a part of the answer. */
void request_expect(natsConnection *nc, const char *subject, const char *body, const char *part);

#endif
