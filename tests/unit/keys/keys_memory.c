/* Each allocation of keys, JWTs, creds files and boxes fails once: it is said, and nothing leaks.
 */
#include "failing_memory.h"

#include <nex/keys.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static nex_status use_keys(nex_error *err) {
    nex_key *key = NULL;
    nex_key *read = NULL;
    nex_key *public_part = NULL;
    char seed[NEX_KEY_TEXT_SIZE];
    nex_status status = nex_key_generate(&key, NEX_KEY_USER, err);
    if (status == NEX_OK) {
        status = nex_key_seed(key, seed);
    }
    if (status == NEX_OK) {
        status = nex_key_from_seed(&read, seed, err);
    }
    if (status == NEX_OK) {
        status = nex_key_from_public(&public_part, nex_key_public(read), err);
    }
    nex_key_free(key);
    nex_key_free(read);
    nex_key_free(public_part);
    return status;
}

static nex_status use_boxes(nex_error *err) {
    nex_key *sender = NULL;
    nex_key *receiver = NULL;
    nex_buf box = NEX_BUF_INIT;
    nex_buf text = NEX_BUF_INIT;
    nex_status status = nex_key_generate(&sender, NEX_KEY_CURVE, err);
    if (status == NEX_OK) {
        status = nex_key_generate(&receiver, NEX_KEY_CURVE, err);
    }
    if (status == NEX_OK) {
        status = nex_box_seal(sender, nex_key_public(receiver), "secret", 6, &box, err);
    }
    if (status == NEX_OK) {
        status = nex_box_open(receiver, nex_key_public(sender), box.data, box.len, &text, err);
    }
    nex_buf_wipe(&box);
    nex_buf_wipe(&text);
    nex_key_free(sender);
    nex_key_free(receiver);
    return status;
}

static nex_status use_jwts(nex_error *err) {
    static const char *const subjects[] = {"a.>", "b"};
    nex_key *account = NULL;
    nex_key *user = NULL;
    nex_jwt *jwt = NULL;
    nex_buf token = NEX_BUF_INIT;
    nex_buf creds = NEX_BUF_INIT;
    nex_buf token_again = NEX_BUF_INIT;
    nex_buf seed_again = NEX_BUF_INIT;
    char seed[NEX_KEY_TEXT_SIZE];
    nex_status status = nex_key_generate(&account, NEX_KEY_ACCOUNT, err);
    if (status == NEX_OK) {
        status = nex_key_generate(&user, NEX_KEY_USER, err);
    }
    if (status == NEX_OK) {
        nex_user_claims claims = {.subject = nex_key_public(user),
                                  .name = "x",
                                  .issued_at = 1,
                                  .expires = 2,
                                  .publish = {.allow = subjects, .allow_count = 2},
                                  .has_responses = true};
        status = nex_jwt_mint_user(&claims, account, &token, err);
    }
    if (status == NEX_OK) {
        status = nex_jwt_decode(&jwt, token.data, token.len, err);
    }
    if (status == NEX_OK) {
        status = nex_key_seed(user, seed);
    }
    if (status == NEX_OK) {
        status = nex_creds_format(token.data, seed, &creds);
    }
    if (status == NEX_OK) {
        status = nex_creds_parse(creds.data, creds.len, &token_again, &seed_again, err);
    }
    nex_buf_wipe(&token);
    nex_buf_wipe(&creds);
    nex_buf_wipe(&token_again);
    nex_buf_wipe(&seed_again);
    nex_jwt_free(jwt);
    nex_key_free(account);
    nex_key_free(user);
    return status;
}

static void each_allocation_may_fail(nex_status (*use)(nex_error *err)) {
    long which = 0;
    bool failed = true;
    while (failed) {
        nex_error err;
        nex_error_clear(&err);
        failing_memory_arm(which++);
        nex_status status = use(&err);
        failed = failing_memory_disarm();
        assert_int_equal(status, failed ? NEX_ENOMEM : NEX_OK);
    }
    assert_true(which > 2);
}

static void keys_without_memory(void **state) {
    (void)state;
    each_allocation_may_fail(use_keys);
}

static void boxes_without_memory(void **state) {
    (void)state;
    each_allocation_may_fail(use_boxes);
}

static void jwts_without_memory(void **state) {
    (void)state;
    each_allocation_may_fail(use_jwts);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(keys_without_memory),
                                       cmocka_unit_test(boxes_without_memory),
                                       cmocka_unit_test(jwts_without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
