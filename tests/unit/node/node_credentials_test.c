/* The three credential strategies: how one is chosen, and who gets what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "node/credentials.h"
#include "node/credentials_permissions.h"

#include <cmocka.h>
#include <nex/keys.h>
#include <stdio.h>
#include <string.h>

#define NODE  "NBGAHRDP3ZCN5BM7XUEICTSCZUIRA7TPNKIP45REUWCPEXV63UGQK25V"
#define AGENT "838XDi3tsaxm7znSn4HFA2"
#define WORK  "838XDi3tsaxm7znSn4HFZb"

static const char user_seed[] = "SUAOXQ6ECRMY7QWC6EE3N4RS3LFVDXFCTMZA6XVA7A424F43GESE6NF66M";
static const char user_public[] = "UA3RJ5VMLE25DV22TAVUQCAHPNZEKZNJDEUZTIXJIKJMPGTXYBPUHSWM";
static const char signing_seed[] = "SAANM3HVTTY2GZC74ANB4ESHYXRZF56USYMIEICDE6ZJ7XFMNCJ6XVC56I";
static const char signing_public[] = "AAYZYZI36NJPUN5TI5IHEL4JYXHF5DJASUT4CO63W5MNALZMTLY44LSP";
static const char root_account[] = "AB46S7ZYTXUTLQJM5MS5G3U2OHHLT5OMFZX4XAH7U6YCJR7GGSKGWNBX";

static const char *const servers[] = {"nats://a:4222", "tls://b:4222"};
static const nex_time now = {.seconds = 1800000000};

static nex_minter_options base(void) {
    return (nex_minter_options){.servers = servers,
                                .server_count = 2,
                                .tls_ca = "/etc/nats/ca.pem",
                                .tls_first = true,
                                .nexus = "nexus"};
}

static nex_minter *make(const nex_minter_options *options) {
    nex_minter *minter;
    nex_error err;
    if (nex_minter_new(&minter, options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    return minter;
}

static nex_nats_connection_data *agent_of(const nex_minter *minter, bool is_remote) {
    nex_nats_connection_data *data;
    assert_int_equal(nex_minter_agent(minter, AGENT, NODE, NULL, is_remote, now, &data, NULL),
                     NEX_OK);
    return data;
}

static nex_nats_connection_data *registration_of(const nex_minter *minter, bool is_remote) {
    nex_nats_connection_data *data;
    assert_int_equal(nex_minter_registration(minter, AGENT, NODE, is_remote, now, &data, NULL),
                     NEX_OK);
    return data;
}

static nex_nats_connection_data *workload_of(const nex_minter *minter) {
    nex_nats_connection_data *data;
    assert_int_equal(nex_minter_workload(minter, WORK, "alpha", AGENT, now, &data, NULL), NEX_OK);
    return data;
}

/* Checks what is the same everywhere and the secret, then frees. */
static void expect_seed(nex_nats_connection_data *data, const char *seed) {
    assert_int_equal(data->nats_servers.count, 2);
    assert_string_equal(data->nats_servers.items[1], servers[1]);
    assert_string_equal(data->tls_ca, "/etc/nats/ca.pem");
    assert_string_equal(data->tls_cert, "");
    assert_string_equal(data->tls_key, "");
    assert_true(data->tls_first);
    assert_string_equal(data->nats_user_name, "");
    assert_string_equal(data->nats_user_password, "");
    assert_string_equal(data->nats_user_seed, seed);
    assert_string_equal(data->nats_user_nkey, seed[0] == '\0' ? "" : user_public);
    assert_string_equal(data->nats_user_jwt, "");
    nex_credentials_free(data);
}

static void full_access_hands_out_addresses_only(void **state) {
    (void)state;
    nex_minter_options options = base();
    nex_minter *minter = make(&options);
    assert_int_equal(nex_minter_get_strategy(minter), NEX_MINTER_FULL_ACCESS);
    assert_non_null(strstr(nex_minter_describe(minter), "full access"));
    assert_false(nex_minter_withholds(minter));
    expect_seed(registration_of(minter, true), "");
    expect_seed(agent_of(minter, false), "");
    expect_seed(workload_of(minter), "");
    nex_minter_free(minter);
}

static void empty_texts_are_not_given(void **state) {
    (void)state;
    nex_minter_options options = base();
    options.issuer_signing_key = options.issuer_root_account = "";
    options.issuer_nkey = options.issuer_nkey_seed = options.js_domain = "";
    nex_minter *minter = make(&options);
    assert_int_equal(nex_minter_get_strategy(minter), NEX_MINTER_FULL_ACCESS);
    nex_minter_free(minter);
}

static void the_nkey_stays_on_this_machine_unless_shared(void **state) {
    (void)state;
    nex_minter_options options = base();
    options.issuer_nkey = user_public;
    options.issuer_nkey_seed = user_seed;
    for (int share = 0; share < 2; share++) {
        options.issuer_nkey_share = share != 0;
        nex_minter *minter = make(&options);
        const char *elsewhere = share != 0 ? user_seed : "";
        assert_int_equal(nex_minter_get_strategy(minter), NEX_MINTER_NKEY);
        assert_int_equal(nex_minter_withholds(minter), share == 0);
        assert_non_null(strstr(nex_minter_describe(minter), user_public));
        assert_null(strstr(nex_minter_describe(minter), user_seed));
        expect_seed(registration_of(minter, false), user_seed);
        expect_seed(agent_of(minter, false), user_seed);
        expect_seed(registration_of(minter, true), elsewhere);
        expect_seed(agent_of(minter, true), elsewhere);
        expect_seed(workload_of(minter), elsewhere);
        nex_minter_free(minter);
    }
}

static void expect_jwt(nex_nats_connection_data *data, const char *name, int64_t lifetime) {
    nex_jwt *jwt;
    nex_key *key;
    nex_error err;
    if (nex_jwt_decode(&jwt, data->nats_user_jwt, strlen(data->nats_user_jwt), &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    assert_string_equal(nex_jwt_issuer(jwt), signing_public);
    assert_string_equal(nex_jwt_issuer_account(jwt), root_account);
    assert_string_equal(nex_jwt_name(jwt), name);
    assert_int_equal(nex_jwt_expires(jwt), now.seconds + lifetime);
    assert_int_equal(nex_key_from_seed(&key, data->nats_user_seed, &err), NEX_OK);
    assert_string_equal(nex_jwt_subject(jwt), nex_key_public(key));
    assert_string_equal(data->conn_name, name);
    assert_string_equal(data->nats_user_nkey, "");
    assert_null(strstr(data->nats_user_jwt, signing_seed));
    nex_key_free(key);
    nex_jwt_free(jwt);
    nex_credentials_free(data);
}

static nex_minter *signing_minter(void) {
    nex_minter_options options = base();
    options.issuer_signing_key = signing_seed;
    options.issuer_root_account = root_account;
    return make(&options);
}

static void the_signing_key_gives_each_its_own_jwt(void **state) {
    (void)state;
    nex_minter *minter = signing_minter();
    assert_int_equal(nex_minter_get_strategy(minter), NEX_MINTER_SIGNING_KEY);
    assert_null(strstr(nex_minter_describe(minter), signing_seed));
    expect_jwt(registration_of(minter, true), AGENT, 15 * 60);
    expect_jwt(agent_of(minter, true), AGENT, 365 * 86400);
    expect_jwt(workload_of(minter), WORK, 86400);
    nex_nats_connection_data *a = workload_of(minter);
    nex_nats_connection_data *b = workload_of(minter);
    assert_string_not_equal(a->nats_user_seed, b->nats_user_seed);
    nex_credentials_free(a);
    nex_credentials_free(b);
    nex_minter_free(minter);
}

typedef struct told {
    char users[4][NEX_KEY_TEXT_SIZE];
    size_t count;
} told;

static void on_log(void *arg, nex_log_level level, const char *message, const nex_log_field *fields,
                   size_t count) {
    told *t = arg;
    (void)level;
    assert_string_equal(message, "credentials minted");
    assert_int_equal(count, 3);
    assert_string_equal(fields[0].value, WORK);
    for (size_t i = 0; i < count; i++) {
        assert_int_not_equal(strncmp(fields[i].value, "SU", 2), 0);
    }
    snprintf(t->users[t->count++], NEX_KEY_TEXT_SIZE, "%s", fields[1].value);
}

/* Without it nobody could take one back. */
static void each_user_is_logged(void **state) {
    (void)state;
    told t = {0};
    nex_log log = {.write = on_log, .arg = &t, .level = NEX_LOG_INFO};
    nex_minter_options options = base();
    options.issuer_signing_key = signing_seed;
    options.issuer_root_account = root_account;
    options.workload_lifetime = NEX_HOUR;
    options.log = &log;
    nex_minter *minter = make(&options);
    nex_nats_connection_data *data = workload_of(minter);
    nex_jwt *jwt;
    assert_int_equal(nex_jwt_decode(&jwt, data->nats_user_jwt, strlen(data->nats_user_jwt), NULL),
                     NEX_OK);
    assert_int_equal(t.count, 1);
    assert_string_equal(t.users[0], nex_jwt_subject(jwt));
    assert_int_equal(nex_jwt_issued_at(jwt), now.seconds);
    assert_int_equal(nex_jwt_expires(jwt), now.seconds + 3600);
    nex_jwt_free(jwt);
    nex_credentials_free(data);
    nex_minter_free(minter);
}

static void agents_get_an_inbox_that_workloads_cannot_hear(void **state) {
    (void)state;
    nex_minter *minter = signing_minter();
    nex_nats_connection_data *all[] = {registration_of(minter, true), agent_of(minter, true),
                                       workload_of(minter)};
    for (size_t i = 0; i < 3; i++) {
        nex_jwt *jwt;
        const char *text = all[i]->nats_user_jwt;
        assert_int_equal(nex_jwt_decode(&jwt, text, strlen(text), NULL), NEX_OK);
        assert_int_equal(nex_jwt_may_subscribe(jwt, "_INBOX_" AGENT ".>"), i < 2);
        assert_true(nex_jwt_may_subscribe(jwt, "_INBOX.>"));
        nex_jwt_free(jwt);
        nex_credentials_free(all[i]);
    }
    nex_minter_free(minter);
}

static void a_jetstream_domain_is_allowed_as_well(void **state) {
    (void)state;
    nex_minter_options options = base();
    options.issuer_signing_key = signing_seed;
    options.issuer_root_account = root_account;
    options.js_domain = "edge";
    nex_minter *minter = make(&options);
    nex_nats_connection_data *data = workload_of(minter);
    nex_jwt *jwt;
    assert_int_equal(nex_jwt_decode(&jwt, data->nats_user_jwt, strlen(data->nats_user_jwt), NULL),
                     NEX_OK);
    assert_non_null(strstr(nex_jwt_claims(jwt), "\"$JS.edge.API.STREAM.INFO.KV_alpha\""));
    nex_jwt_free(jwt);
    nex_credentials_free(data);
    nex_minter_free(minter);
    options.js_domain = "edge.>";
    nex_error err;
    assert_int_equal(nex_minter_new(&minter, &options, &err), NEX_EINVAL);
    assert_null(minter);
}

static void refuse(nex_minter_options options, const char *because) {
    nex_minter *minter;
    nex_error err;
    assert_int_equal(nex_minter_new(&minter, &options, &err), NEX_EINVAL);
    assert_null(minter);
    if (strstr(err.message, because) == NULL) {
        fail_msg("expected \"%s\" in: %s", because, err.message);
    }
    assert_null(strstr(err.message, user_seed));
    assert_null(strstr(err.message, signing_seed));
}

static void half_strategies_and_wrong_keys_are_refused(void **state) {
    (void)state;
    nex_minter_options o = base();
    o.issuer_signing_key = signing_seed;
    refuse(o, "the root account is missing");
    o.issuer_root_account = user_public;
    refuse(o, "expected a public account nkey");
    o.issuer_root_account = root_account;
    o.nexus = "two.tokens";
    refuse(o, "nexus name");
    o.nexus = "nexus";
    o.issuer_signing_key = user_seed;
    refuse(o, "of kind account, got user");
    o.issuer_signing_key = signing_public;
    refuse(o, "it is a public key");
    o.issuer_signing_key = signing_seed;
    o.issuer_nkey = user_public;
    refuse(o, "both a signing key and an nkey");
    o = base();
    o.issuer_root_account = root_account;
    refuse(o, "the signing key is missing");
    o = base();
    o.issuer_nkey = user_public;
    refuse(o, "the seed is missing");
    o.issuer_nkey_seed = signing_seed;
    refuse(o, "of kind user, got account");
    o.issuer_nkey = "UDI4RBWG335R64ML7A3A3GFBQ6YWI47I3T4FJGGBJBCD2MGISJEBGPRZ";
    o.issuer_nkey_seed = user_seed;
    refuse(o, "do not belong together");
    o = base();
    o.issuer_nkey_share = true;
    refuse(o, "none is given");
    o = base();
    o.workload_lifetime = 10 * NEX_SECOND - 1;
    refuse(o, "expected 10s to 24h");
    o.workload_lifetime = 24 * NEX_HOUR + 1;
    refuse(o, "expected 10s to 24h");
}

static void namespaces_that_reach_beyond_themselves_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",       "a.b",     "*",        ">",
                                      "a b",    "$NEX",    "$SYS",     "$JS",
                                      "_INBOX", "KV_beta", "OBJ_beta", ("nex-" NODE)};
    static const char *const good[] = {"default", "system", "nex-demo", "KV", "a_b", "Ünï"};
    nex_minter *minter = signing_minter();
    nex_nats_connection_data *data;
    nex_error err;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(nex_minter_workload(minter, WORK, bad[i], AGENT, now, &data, &err),
                         NEX_EINVAL);
        assert_null(data);
        char *items[] = {(char *)bad[i]};
        nex_string_list list = {items, 1};
        assert_int_equal(nex_minter_agent(minter, AGENT, NODE, &list, true, now, &data, &err),
                         NEX_EINVAL);
    }
    assert_int_equal(nex_minter_workload(minter, WORK, NULL, AGENT, now, &data, &err), NEX_EINVAL);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_int_equal(nex_minter_workload(minter, WORK, good[i], AGENT, now, &data, &err),
                         NEX_OK);
        nex_credentials_free(data);
    }
    nex_minter_free(minter);
}

static void ids_that_are_no_token_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"", "*", ">", "a.b", "a b", NULL};
    nex_minter *minter = signing_minter();
    nex_nats_connection_data *data;
    nex_error err;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(nex_minter_registration(minter, bad[i], NODE, true, now, &data, &err),
                         NEX_EINVAL);
        assert_int_equal(nex_minter_registration(minter, AGENT, bad[i], true, now, &data, &err),
                         NEX_EINVAL);
        assert_int_equal(nex_minter_agent(minter, bad[i], NODE, NULL, true, now, &data, &err),
                         NEX_EINVAL);
        assert_int_equal(nex_minter_workload(minter, bad[i], "alpha", AGENT, now, &data, &err),
                         NEX_EINVAL);
        assert_null(data);
    }
    nex_minter_free(minter);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_access_hands_out_addresses_only),
        cmocka_unit_test(empty_texts_are_not_given),
        cmocka_unit_test(the_nkey_stays_on_this_machine_unless_shared),
        cmocka_unit_test(the_signing_key_gives_each_its_own_jwt),
        cmocka_unit_test(each_user_is_logged),
        cmocka_unit_test(agents_get_an_inbox_that_workloads_cannot_hear),
        cmocka_unit_test(a_jetstream_domain_is_allowed_as_well),
        cmocka_unit_test(half_strategies_and_wrong_keys_are_refused),
        cmocka_unit_test(namespaces_that_reach_beyond_themselves_are_refused),
        cmocka_unit_test(ids_that_are_no_token_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
