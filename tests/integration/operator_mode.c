#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "operator_mode.h"

#include <cmocka.h>
#include <stdio.h>
#include <time.h>

static void append_base64url(nex_buf *out, const void *data, size_t len) {
    nex_buf text = NEX_BUF_INIT;
    nex_base64_encode(data, len, &text);
    for (char *c = text.data; *c != '\0'; c++) {
        *c = (char)(*c == '+' ? '-' : *c == '/' ? '_' : *c == '=' ? '\0' : *c);
    }
    nex_buf_append_str(out, text.data);
    nex_buf_free(&text);
}

/* The library mints users only; operators and accounts are an operator's tools' business. */
static nex_buf sign_jwt(const nex_key *issuer, const nex_key *subject, const char *nats) {
    static const char header[] = "{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}";
    uint8_t signature[NEX_SIGNATURE_SIZE];
    nex_buf claims = NEX_BUF_INIT;
    nex_buf text = NEX_BUF_INIT;
    nex_buf_printf(&claims,
                   "{\"jti\":\"x\",\"iat\":1700000000,\"iss\":\"%s\",\"name\":\"test\","
                   "\"sub\":\"%s\",\"nats\":{%s,\"version\":2}}",
                   nex_key_public(issuer), nex_key_public(subject), nats);
    append_base64url(&text, header, sizeof header - 1);
    nex_buf_append_str(&text, ".");
    append_base64url(&text, claims.data, claims.len);
    nex_key_sign(issuer, text.data, text.len, signature, NULL);
    nex_buf_append_str(&text, ".");
    append_base64url(&text, signature, sizeof signature);
    nex_buf_free(&claims);
    return text;
}

static nex_buf account_jwt(const nex_key *issuer, const nex_key *account, const nex_key *signing,
                           bool jetstream, const char *revoked) {
    char nats[1024];
    char revocations[160] = "";
    if (revoked != NULL) {
        snprintf(revocations, sizeof revocations, "\"revocations\":{\"%s\":%lld},", revoked,
                 (long long)time(NULL));
    }
    snprintf(
        nats, sizeof nats,
        "\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,"
        "\"wildcards\":true,\"conn\":-1,\"leaf\":-1%s},%s%s%s%s"
        "\"default_permissions\":{\"pub\":{},\"sub\":{}},\"type\":\"account\"",
        jetstream ? ",\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1" : "",
        signing != NULL ? "\"signing_keys\":[\"" : "",
        signing != NULL ? nex_key_public(signing) : "", signing != NULL ? "\"]," : "", revocations);
    return sign_jwt(issuer, account, nats);
}

static nex_status make_admin(operator_mode *mode) {
    static const char *const all[] = {">"};
    nex_key *user = NULL;
    char seed[NEX_KEY_TEXT_SIZE];
    nex_buf jwt = NEX_BUF_INIT;
    nex_status status = nex_key_generate(&user, NEX_KEY_USER, NULL);
    if (status != NEX_OK) {
        return status;
    }
    nex_user_claims claims = {.subject = nex_key_public(user),
                              .name = "admin",
                              .issued_at = time(NULL),
                              .publish = {.allow = all, .allow_count = 1},
                              .subscribe = {.allow = all, .allow_count = 1}};
    status = nex_jwt_mint_user(&claims, mode->account, &jwt, NULL);
    if (status == NEX_OK) {
        nex_key_seed(user, seed);
        status = nex_creds_format(jwt.data, seed, &mode->admin_creds);
    }
    nex_buf_free(&jwt);
    nex_key_free(user);
    return status;
}

static void make_config(operator_mode *mode, const char *revoked) {
    nex_buf op = sign_jwt(mode->operator_key, mode->operator_key, "\"type\":\"operator\"");
    nex_buf account =
        account_jwt(mode->operator_key, mode->account, mode->signing_key, true, revoked);
    nex_buf sys = account_jwt(mode->operator_key, mode->system_account, NULL, false, NULL);
    const char *system = nex_key_public(mode->system_account);
    mode->config.len = 0;
    assert_int_equal(nex_buf_printf(&mode->config,
                                    "operator: %s\nsystem_account: %s\nresolver: MEMORY\n"
                                    "resolver_preload: {\n  %s: %s\n  %s: %s\n}\n",
                                    op.data, system, nex_key_public(mode->account), account.data,
                                    system, sys.data),
                     NEX_OK);
    nex_buf_free(&op);
    nex_buf_free(&account);
    nex_buf_free(&sys);
}

void operator_mode_init(operator_mode *mode) {
    *mode = (operator_mode){0};
    assert_int_equal(nex_key_generate(&mode->account, NEX_KEY_ACCOUNT, NULL), NEX_OK);
    assert_int_equal(nex_key_generate(&mode->signing_key, NEX_KEY_ACCOUNT, NULL), NEX_OK);
    assert_int_equal(nex_key_generate(&mode->operator_key, NEX_KEY_OPERATOR, NULL), NEX_OK);
    assert_int_equal(nex_key_generate(&mode->system_account, NEX_KEY_ACCOUNT, NULL), NEX_OK);
    assert_int_equal(make_admin(mode), NEX_OK);
    make_config(mode, NULL);
}

void operator_mode_revoke(operator_mode *mode, const char *user) {
    make_config(mode, user);
}

void operator_mode_free(operator_mode *mode) {
    nex_key_free(mode->account);
    nex_key_free(mode->signing_key);
    nex_key_free(mode->operator_key);
    nex_key_free(mode->system_account);
    nex_buf_wipe(&mode->admin_creds);
    nex_buf_wipe(&mode->config);
}
