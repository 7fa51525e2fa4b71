/* Keys and configuration of a nats-server in operator mode (MEMORY resolver, JetStream). */
#ifndef NEX_TEST_OPERATOR_MODE_H
#define NEX_TEST_OPERATOR_MODE_H

#include <nex/keys.h>

typedef struct operator_mode {
    nex_key *account;     /* the account everything happens in */
    nex_key *signing_key; /* one of its signing keys */
    nex_buf admin_creds;  /* of a user of the account who may do anything */
    nex_buf config;       /* for nats_server_start */
    nex_key *operator_key;
    nex_key *system_account;
} operator_mode;

/** Makes new keys and all that rests on them; fails the running test when it cannot. */
void operator_mode_init(operator_mode *mode);
/** Takes back what a user of the account was given until now: a new config, to be reloaded. */
void operator_mode_revoke(operator_mode *mode, const char *user);
void operator_mode_free(operator_mode *mode);

#endif
