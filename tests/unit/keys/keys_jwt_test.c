/* User JWTs and creds files, against those made by the reference and its libraries. */
#include "vectors.h"

static nex_jwt *decode(const char *text) {
    nex_error err;
    nex_jwt *jwt;
    if (nex_jwt_decode(&jwt, text, strlen(text), &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    return jwt;
}

static void every_captured_jwt_verifies(void **state) {
    (void)state;
    json_t *root = load_vectors("wire/jwt-claims.json");
    json_t *vector;
    size_t i;
    json_array_foreach(root, i, vector) {
        json_t *claims = json_object_get(vector, "claims");
        nex_jwt *jwt = decode(text_of(vector, "jwt"));
        json_t *decoded = json_loads(nex_jwt_claims(jwt), 0, NULL);
        assert_true(json_equal(decoded, claims));
        assert_string_equal(nex_jwt_type(jwt), "user");
        assert_string_equal(nex_jwt_issuer(jwt), text_of(claims, "iss"));
        assert_string_equal(nex_jwt_subject(jwt), text_of(claims, "sub"));
        assert_string_equal(nex_jwt_name(jwt), text_of(claims, "name"));
        assert_string_equal(nex_jwt_issuer_account(jwt),
                            text_of(json_object_get(claims, "nats"), "issuer_account"));
        assert_int_equal(nex_jwt_expires(jwt), json_integer_value(json_object_get(claims, "exp")));
        json_decref(decoded);
        nex_jwt_free(jwt);
    }
    assert_int_equal(i, 10);
    json_decref(root);
}

/* Every JWT anywhere in the captures, the ones inside payloads too. */
static void every_jwt_in_the_captures_verifies(void **state) {
    (void)state;
    static const char *const files[] = {"g-signing-key.jsonl", "messages.json"};
    size_t seen = 0;
    for (size_t f = 0; f < sizeof files / sizeof files[0]; f++) {
        char path[4096];
        char line[65536];
        snprintf(path, sizeof path, "%s/wire/%s", NEX_TEST_DATA, files[f]);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        while (fgets(line, sizeof line, file) != NULL) {
            for (char *at = line; (at = strstr(at, "eyJ0eX")) != NULL;) {
                size_t len = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                        "0123456789-_.");
                nex_jwt *jwt;
                nex_error err;
                if (nex_jwt_decode(&jwt, at, len, &err) != NEX_OK) {
                    fail_msg("%s: %s", path, err.message);
                }
                nex_jwt_free(jwt);
                seen++;
                at += len;
            }
        }
        fclose(file);
    }
    assert_true(seen >= 10);
}

static json_t *vector_jwts(json_t **root) {
    *root = load_vectors("vectors/keys-and-formats.json");
    return json_object_get(*root, "jwt");
}

static void operator_and_account_jwts_verify(void **state) {
    (void)state;
    json_t *root;
    json_t *v = vector_jwts(&root);
    nex_jwt *operator_jwt = decode(text_of(v, "operator_jwt"));
    nex_jwt *account = decode(text_of(v, "account_jwt"));
    assert_string_equal(nex_jwt_type(operator_jwt), "operator");
    assert_string_equal(nex_jwt_issuer(operator_jwt), nex_jwt_subject(operator_jwt));
    assert_string_equal(nex_jwt_type(account), "account");
    assert_string_equal(nex_jwt_issuer(account), nex_jwt_subject(operator_jwt));
    assert_string_equal(nex_jwt_subject(account), text_of(v, "account_public"));
    assert_string_equal(nex_jwt_issuer_account(account), "");
    assert_int_equal(nex_jwt_expires(account), 0);
    nex_jwt_free(operator_jwt);
    nex_jwt_free(account);
    json_decref(root);
}

static const char *const vector_subjects[] = {"default.>", "_INBOX.>"};

static nex_user_claims vector_claims(const json_t *v) {
    return (nex_user_claims){
        .subject = text_of(v, "user_public"),
        .name = "w1",
        .issuer_account = text_of(v, "account_public"),
        .issued_at = 1795254800,
        .expires = 4102444800,
        .publish = {.allow = vector_subjects, .allow_count = 2},
        .subscribe = {.allow = vector_subjects, .allow_count = 2},
        .has_responses = true,
        .max_responses = 1,
        .response_ttl = 60 * NEX_SECOND,
    };
}

static nex_key *key_of(const char *seed) {
    nex_key *key;
    assert_int_equal(nex_key_from_seed(&key, seed, NULL), NEX_OK);
    return key;
}

/* Ed25519 has one signature a text, so equal claims must give the very same bytes. */
static void a_minted_jwt_is_the_reference_libraries_own(void **state) {
    (void)state;
    json_t *root;
    json_t *v = vector_jwts(&root);
    nex_key *signer = key_of(text_of(v, "signing_seed"));
    nex_user_claims claims = vector_claims(v);
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    assert_int_equal(nex_jwt_mint_user(&claims, signer, &out, &err), NEX_OK);
    assert_string_equal(out.data, text_of(v, "user_jwt"));
    nex_buf_free(&out);
    nex_key_free(signer);
    json_decref(root);
}

/* The layout of each captured kind of JWT, its "jti" included, is reproduced from its claims. */
static void captured_layouts_are_reproduced(void **state) {
    (void)state;
    json_t *root = load_vectors("wire/jwt-claims.json");
    json_t *vector;
    size_t i;
    nex_key *signer;
    assert_int_equal(nex_key_generate(&signer, NEX_KEY_ACCOUNT, NULL), NEX_OK);
    json_array_foreach(root, i, vector) {
        json_t *wanted = json_deep_copy(json_object_get(vector, "claims"));
        json_t *nats = json_object_get(wanted, "nats");
        json_t *resp = json_object_get(nats, "resp");
        const char *subjects[2][32];
        nex_permission *lists[2];
        nex_user_claims claims = {
            .subject = text_of(wanted, "sub"),
            .name = text_of(wanted, "name"),
            .issuer_account = text_of(nats, "issuer_account"),
            .issued_at = json_integer_value(json_object_get(wanted, "iat")),
            .expires = json_integer_value(json_object_get(wanted, "exp")),
            .has_responses = true,
            .max_responses = json_integer_value(json_object_get(resp, "max")),
        };
        lists[0] = &claims.publish;
        lists[1] = &claims.subscribe;
        for (size_t l = 0; l < 2; l++) {
            json_t *allow = json_object_get(json_object_get(nats, l == 0 ? "pub" : "sub"), "allow");
            for (size_t k = 0; k < json_array_size(allow); k++) {
                subjects[l][k] = json_string_value(json_array_get(allow, k));
            }
            *lists[l] =
                (nex_permission){.allow = subjects[l], .allow_count = json_array_size(allow)};
        }
        nex_buf out = NEX_BUF_INIT;
        assert_int_equal(nex_jwt_mint_user(&claims, signer, &out, NULL), NEX_OK);
        nex_jwt *jwt = decode(out.data);
        json_t *minted = json_loads(nex_jwt_claims(jwt), 0, NULL);
        /* The issuer differs, so the id, which covers it, does too. */
        assert_int_equal(strlen(text_of(minted, "jti")), 52);
        json_object_set_new(wanted, "iss", json_string(nex_key_public(signer)));
        json_object_set(wanted, "jti", json_object_get(minted, "jti"));
        assert_true(json_equal(minted, wanted));
        json_decref(minted);
        json_decref(wanted);
        nex_jwt_free(jwt);
        nex_buf_free(&out);
    }
    nex_key_free(signer);
    json_decref(root);
}

static void minting_refuses_wrong_claims(void **state) {
    (void)state;
    json_t *root;
    json_t *v = vector_jwts(&root);
    nex_key *signer = key_of(text_of(v, "signing_seed"));
    nex_key *user = key_of(text_of(v, "user_seed"));
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    nex_user_claims claims = vector_claims(v);
    assert_int_equal(nex_jwt_mint_user(&claims, user, &out, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "expected an account key"));
    claims.subject = text_of(v, "account_public");
    assert_int_equal(nex_jwt_mint_user(&claims, signer, &out, &err), NEX_EINVAL);
    claims = vector_claims(v);
    claims.issuer_account = text_of(v, "user_public");
    assert_int_equal(nex_jwt_mint_user(&claims, signer, &out, &err), NEX_EINVAL);
    claims = vector_claims(v);
    claims.name = "\xff";
    assert_int_equal(nex_jwt_mint_user(&claims, signer, &out, &err), NEX_EINVAL);
    static const char *const bad[] = {"", "a b", "a\tb", "a\nb", "a\x01", "\xc0\xaf"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        claims = vector_claims(v);
        claims.subscribe = (nex_permission){.deny = &bad[i], .deny_count = 1};
        assert_int_equal(nex_jwt_mint_user(&claims, signer, &out, &err), NEX_EINVAL);
        assert_non_null(strstr(err.message, "subscribe.deny[0]"));
    }
    assert_int_equal(out.len, 0);
    nex_buf_free(&out);
    nex_key_free(signer);
    nex_key_free(user);
    json_decref(root);
}

static void names_are_escaped(void **state) {
    (void)state;
    json_t *root;
    json_t *v = vector_jwts(&root);
    nex_key *signer = key_of(text_of(v, "account_seed"));
    nex_user_claims claims = vector_claims(v);
    claims.name = "a\"b\\c<d>&\n\x01 \xc3\xa9 \xf0\x9f\x9f\xa2";
    claims.issuer_account = NULL;
    claims.expires = 0;
    claims.has_responses = false;
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_jwt_mint_user(&claims, signer, &out, NULL), NEX_OK);
    nex_jwt *jwt = decode(out.data);
    assert_string_equal(nex_jwt_name(jwt), claims.name);
    assert_string_equal(nex_jwt_issuer_account(jwt), "");
    assert_int_equal(nex_jwt_expires(jwt), 0);
    assert_null(strstr(nex_jwt_claims(jwt), "resp"));
    assert_true(nex_jwt_may_subscribe(jwt, "_INBOX.>"));
    assert_false(nex_jwt_may_subscribe(jwt, "_INBOX."));
    nex_jwt_free(jwt);
    nex_buf_free(&out);
    nex_key_free(signer);
    json_decref(root);
}

static void altered_jwts_are_refused(void **state) {
    (void)state;
    json_t *root;
    json_t *v = vector_jwts(&root);
    const char *good = text_of(v, "user_jwt");
    size_t len = strlen(good);
    char *text = strdup(good);
    nex_error err;
    nex_jwt *jwt;
    for (size_t i = 0; i < len; i++) {
        text[i] = good[i] == 'A' ? 'B' : 'A';
        assert_int_not_equal(nex_jwt_decode(&jwt, text, len, &err), NEX_OK);
        assert_null(jwt);
        assert_non_null(strstr(err.message, "reading a JWT"));
        text[i] = (char)(good[i] ^ 0x80); /* as libsodium's base64 is fond of */
        assert_int_not_equal(nex_jwt_decode(&jwt, text, len, &err), NEX_OK);
        text[i] = good[i];
    }
    for (size_t cut = 0; cut < len; cut++) {
        assert_int_not_equal(nex_jwt_decode(&jwt, good, cut, &err), NEX_OK);
    }
    free(text);
    json_decref(root);
}

/* Signs whatever it is given, as an attacker with a key of the wrong kind would. */
static nex_buf sign_text(const nex_key *key, const char *header, const char *payload) {
    nex_buf out = NEX_BUF_INIT;
    const char *parts[] = {header, payload};
    uint8_t signature[NEX_SIGNATURE_SIZE];
    for (size_t i = 0; i < 3; i++) {
        nex_buf part = NEX_BUF_INIT;
        if (i < 2) {
            assert_int_equal(nex_base64_encode(parts[i], strlen(parts[i]), &part), NEX_OK);
        } else {
            assert_int_equal(nex_key_sign(key, out.data, out.len - 1, signature, NULL), NEX_OK);
            assert_int_equal(nex_base64_encode(signature, sizeof signature, &part), NEX_OK);
        }
        for (char *c = part.data; *c != '\0'; c++) {
            *c = (char)(*c == '+' ? '-' : *c == '/' ? '_' : *c == '=' ? '\0' : *c);
        }
        assert_int_equal(nex_buf_printf(&out, "%s%s", part.data, i < 2 ? "." : ""), NEX_OK);
        nex_buf_free(&part);
    }
    return out;
}

static nex_status try_claims(const nex_key *key, const char *header, const char *claims) {
    nex_jwt *jwt;
    nex_buf text = sign_text(key, header, claims);
    nex_status status = nex_jwt_decode(&jwt, text.data, text.len, NULL);
    nex_jwt_free(jwt);
    nex_buf_free(&text);
    return status;
}

static void well_signed_nonsense_is_refused(void **state) {
    (void)state;
    static const char header[] = "{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}";
    static const char user[] = "UA3RJ5VMLE25DV22TAVUQCAHPNZEKZNJDEUZTIXJIKJMPGTXYBPUHSWM";
    nex_key *account;
    nex_key *selfmade;
    char claims[512];
    assert_int_equal(nex_key_generate(&account, NEX_KEY_ACCOUNT, NULL), NEX_OK);
    assert_int_equal(nex_key_generate(&selfmade, NEX_KEY_USER, NULL), NEX_OK);
    snprintf(claims, sizeof claims,
             "{\"iss\":\"%s\",\"sub\":\"%s\",\"nats\":{\"type\":\"user\",\"version\":2}}",
             nex_key_public(account), user);
    assert_int_equal(try_claims(account, header, claims), NEX_OK);
    assert_int_equal(try_claims(account, "{\"typ\":\"JWT\",\"alg\":\"none\"}", claims),
                     NEX_EUNSUPPORTED);
    assert_int_equal(try_claims(account, "{\"alg\":\"ed25519-nkey\"}", claims), NEX_EINVAL);
    assert_int_equal(try_claims(account, "[]", claims), NEX_EINVAL);
    assert_int_equal(try_claims(account, header, "{}"), NEX_EINVAL);
    assert_int_equal(try_claims(account, header, "7"), NEX_EINVAL);
    assert_int_equal(try_claims(account, header, "{\"nats\":7,\"iss\":{}}"), NEX_EINVAL);
    snprintf(claims, sizeof claims, "{\"iss\":\"%s\",\"sub\":\"%s\",\"nats\":{\"type\":\"user\"}}",
             nex_key_public(selfmade), nex_key_public(selfmade));
    assert_int_equal(try_claims(selfmade, header, claims), NEX_EREFUSED);
    snprintf(claims, sizeof claims,
             "{\"iss\":\"%s\",\"sub\":\"%s\",\"nats\":{\"type\":\"account\"}}",
             nex_key_public(account), user);
    assert_int_equal(try_claims(account, header, claims), NEX_EREFUSED);
    snprintf(claims, sizeof claims,
             "{\"exp\":\"soon\",\"iss\":\"%s\",\"sub\":\"%s\",\"nats\":{\"type\":\"user\"}}",
             nex_key_public(account), user);
    assert_int_equal(try_claims(account, header, claims), NEX_EINVAL);
    nex_key_free(account);
    nex_key_free(selfmade);
}

static void creds_files_read_and_write_as_the_tools_do(void **state) {
    (void)state;
    json_t *root;
    json_t *v = vector_jwts(&root);
    const char *file = text_of(v, "creds_file");
    nex_buf jwt = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;
    nex_buf again = NEX_BUF_INIT;
    nex_error err;
    assert_int_equal(nex_creds_parse(file, strlen(file), &jwt, &seed, &err), NEX_OK);
    assert_string_equal(jwt.data, text_of(v, "user_jwt"));
    assert_string_equal(seed.data, text_of(v, "user_seed"));
    assert_int_equal(nex_creds_format(jwt.data, seed.data, &again), NEX_OK);
    assert_string_equal(again.data, file);
    nex_buf_wipe(&again);
    nex_buf_wipe(&seed);
    nex_buf_free(&jwt);
    json_decref(root);
}

static void creds_files_from_other_systems_read_too(void **state) {
    (void)state;
    static const char text[] =
        "# made by hand\r\n---BEGIN---\r\n\r\n  eyJhbGciOiJ9.a.b \r\n---END---\r\n"
        "-----BEGIN X-----\r\nSUAOXQ6ECRMY7QWC6EE3N4RS3LFVDXFCTMZA6XVA7A424F43GESE6NF66M";
    nex_buf jwt = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;
    assert_int_equal(nex_creds_parse(text, sizeof text - 1, &jwt, &seed, NULL), NEX_OK);
    assert_string_equal(jwt.data, "eyJhbGciOiJ9.a.b");
    assert_int_equal(seed.len, 58);
    nex_buf_wipe(&seed);
    nex_buf_free(&jwt);
}

static void broken_creds_files_are_refused_without_repeating_them(void **state) {
    (void)state;
    static const char secret[] = "SUAOXQ6ECRMY7QWC6EE3N4RS3LFVDXFCTMZA6XVA7A424F43GESE6NF66M";
    char text[512];
    nex_error err;
    nex_buf jwt = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;
    assert_int_equal(nex_creds_parse("", 0, &jwt, &seed, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "no JWT"));
    snprintf(text, sizeof text, "-----BEGIN-----\neyJh.b.c\n-----END-----\n%s\n", secret);
    assert_int_equal(nex_creds_parse(text, strlen(text), &jwt, &seed, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "no nkey seed"));
    assert_null(strstr(err.message, secret));
    assert_int_equal(jwt.len, 0);
    assert_int_equal(seed.len, 0);
    nex_buf_wipe(&seed);
    nex_buf_free(&jwt);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_captured_jwt_verifies),
        cmocka_unit_test(every_jwt_in_the_captures_verifies),
        cmocka_unit_test(operator_and_account_jwts_verify),
        cmocka_unit_test(a_minted_jwt_is_the_reference_libraries_own),
        cmocka_unit_test(captured_layouts_are_reproduced),
        cmocka_unit_test(minting_refuses_wrong_claims),
        cmocka_unit_test(names_are_escaped),
        cmocka_unit_test(altered_jwts_are_refused),
        cmocka_unit_test(well_signed_nonsense_is_refused),
        cmocka_unit_test(creds_files_read_and_write_as_the_tools_do),
        cmocka_unit_test(creds_files_from_other_systems_read_too),
        cmocka_unit_test(broken_creds_files_are_refused_without_repeating_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
