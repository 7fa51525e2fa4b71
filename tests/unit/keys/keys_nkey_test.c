/* nkeys: texts, seeds, signatures, against keys made by the reference's own library. */
#include "vectors.h"

static nex_key_kind kind_named(const char *name) {
    for (int kind = NEX_KEY_OPERATOR; kind <= NEX_KEY_CURVE; kind++) {
        if (strcmp(nex_key_kind_name((nex_key_kind)kind), name) == 0) {
            return (nex_key_kind)kind;
        }
    }
    fail_msg("unknown kind \"%s\"", name);
    return NEX_KEY_UNKNOWN;
}

static void check_signature(const json_t *vector, const nex_key *key, const nex_key *known) {
    uint8_t signature[NEX_SIGNATURE_SIZE];
    nex_error err;
    nex_buf message = bytes_of(vector, "message_b64");
    nex_buf wanted = bytes_of(vector, "signature_b64");
    assert_int_equal(wanted.len, NEX_SIGNATURE_SIZE);
    assert_int_equal(nex_key_sign(key, message.data, message.len, signature, &err), NEX_OK);
    assert_memory_equal(signature, wanted.data, sizeof signature);
    assert_int_equal(
        nex_key_verify(known, message.data, message.len, signature, sizeof signature, &err),
        NEX_OK);
    signature[5] ^= 1;
    assert_int_equal(
        nex_key_verify(known, message.data, message.len, signature, sizeof signature, &err),
        NEX_EREFUSED);
    assert_int_equal(nex_key_verify(known, message.data, message.len, signature, 63, &err),
                     NEX_EREFUSED);
    nex_buf_free(&message);
    nex_buf_free(&wanted);
}

static void every_vector_key_reads_signs_and_verifies(void **state) {
    (void)state;
    json_t *root = load_vectors("vectors/keys-and-formats.json");
    json_t *keys = json_object_get(root, "keys");
    json_t *vector;
    size_t i;
    assert_true(json_array_size(keys) >= 24);
    json_array_foreach(keys, i, vector) {
        nex_error err;
        nex_key *key;
        nex_key *known;
        char seed[NEX_KEY_TEXT_SIZE];
        nex_key_kind kind = kind_named(text_of(vector, "kind"));
        assert_int_equal(nex_key_from_seed(&key, text_of(vector, "seed"), &err), NEX_OK);
        assert_int_equal(nex_key_get_kind(key), kind);
        assert_string_equal(nex_key_public(key), text_of(vector, "public"));
        assert_int_equal(nex_key_seed(key, seed), NEX_OK);
        assert_string_equal(seed, text_of(vector, "seed"));
        assert_int_equal(nex_key_public_kind(text_of(vector, "public")), kind);
        assert_int_equal(nex_key_from_public(&known, text_of(vector, "public"), &err), NEX_OK);
        assert_int_equal(nex_key_get_kind(known), kind);
        assert_string_equal(nex_key_public(known), text_of(vector, "public"));
        assert_int_equal(nex_key_seed(known, seed), NEX_ESTATE);
        assert_string_equal(seed, "");
        if (kind != NEX_KEY_CURVE) {
            check_signature(vector, key, known);
        }
        nex_key_free(key);
        nex_key_free(known);
    }
    json_decref(root);
}

static void private_keys_are_refused_without_being_repeated(void **state) {
    (void)state;
    json_t *root = load_vectors("vectors/keys-and-formats.json");
    json_t *vector;
    size_t i;
    size_t seen = 0;
    json_array_foreach(json_object_get(root, "keys"), i, vector) {
        const char *text = json_string_value(json_object_get(vector, "private"));
        nex_error err;
        nex_key *key;
        if (text == NULL) {
            continue;
        }
        seen++;
        assert_int_equal(nex_key_from_seed(&key, text, &err), NEX_EINVAL);
        assert_null(key);
        assert_non_null(strstr(err.message, "private key"));
        assert_null(strstr(err.message, text));
        assert_int_equal(nex_key_from_public(&key, text, &err), NEX_EINVAL);
        assert_null(strstr(err.message, text));
        assert_int_equal(nex_key_public_kind(text), NEX_KEY_UNKNOWN);
    }
    assert_true(seen >= 20);
    json_decref(root);
}

static void bad_seeds_are_refused_without_being_repeated(void **state) {
    (void)state;
    json_t *root = load_vectors("vectors/keys-and-formats.json");
    json_t *vector;
    size_t i;
    json_array_foreach(json_object_get(root, "bad_seeds"), i, vector) {
        const char *text = text_of(vector, "text");
        nex_error err;
        nex_key *key = (nex_key *)&err;
        assert_int_equal(nex_key_from_seed(&key, text, &err), NEX_EINVAL);
        assert_null(key);
        assert_non_null(strstr(err.message, "reading an nkey seed"));
        if (strlen(text) > 4) {
            assert_null(strstr(err.message, text));
        }
    }
    assert_true(i >= 6);
    json_decref(root);
}

static void a_seed_is_no_public_key_nor_the_reverse(void **state) {
    (void)state;
    nex_error err;
    nex_key *key;
    nex_key *other;
    char seed[NEX_KEY_TEXT_SIZE];
    assert_int_equal(nex_key_generate(&key, NEX_KEY_USER, &err), NEX_OK);
    assert_int_equal(nex_key_seed(key, seed), NEX_OK);
    assert_int_equal(nex_key_from_public(&other, seed, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "it is a seed"));
    assert_null(strstr(err.message, seed));
    assert_int_equal(nex_key_from_seed(&other, nex_key_public(key), &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "it is a public key"));
    nex_key_free(key);
}

/* The 58th character carries two unused bits; a second spelling of a seed is not accepted. */
static void unused_bits_must_be_zero(void **state) {
    (void)state;
    nex_error err;
    nex_key *key;
    char seed[NEX_KEY_TEXT_SIZE];
    uint8_t raw[32] = {7};
    assert_int_equal(nex_key_from_raw(&key, NEX_KEY_SERVER, raw, &err), NEX_OK);
    assert_int_equal(nex_key_seed(key, seed), NEX_OK);
    nex_key_free(key);
    assert_int_equal(nex_key_from_seed(&key, seed, &err), NEX_OK);
    nex_key_free(key);
    seed[57] = (char)(seed[57] + 1);
    assert_int_equal(nex_key_from_seed(&key, seed, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "not base32"));
}

static void generated_keys_round_trip_and_differ(void **state) {
    (void)state;
    for (int kind = NEX_KEY_OPERATOR; kind <= NEX_KEY_CURVE; kind++) {
        nex_error err;
        nex_key *a;
        nex_key *b;
        nex_key *again;
        char seed[NEX_KEY_TEXT_SIZE];
        assert_int_equal(nex_key_generate(&a, (nex_key_kind)kind, &err), NEX_OK);
        assert_int_equal(nex_key_generate(&b, (nex_key_kind)kind, &err), NEX_OK);
        assert_string_not_equal(nex_key_public(a), nex_key_public(b));
        assert_int_equal(nex_key_seed(a, seed), NEX_OK);
        assert_int_equal(nex_key_from_seed(&again, seed, &err), NEX_OK);
        assert_int_equal(nex_key_get_kind(again), kind);
        assert_string_equal(nex_key_public(again), nex_key_public(a));
        nex_key_free(a);
        nex_key_free(b);
        nex_key_free(again);
    }
}

static void keys_refuse_what_they_cannot_do(void **state) {
    (void)state;
    nex_error err;
    nex_key *curve;
    nex_key *user;
    nex_key *known;
    uint8_t signature[NEX_SIGNATURE_SIZE] = {0};
    uint8_t raw[32] = {1};
    assert_int_equal(nex_key_generate(&curve, NEX_KEY_CURVE, &err), NEX_OK);
    assert_int_equal(nex_key_sign(curve, "x", 1, signature, &err), NEX_ESTATE);
    assert_int_equal(nex_key_verify(curve, "x", 1, signature, sizeof signature, &err), NEX_ESTATE);
    assert_int_equal(nex_key_generate(&user, NEX_KEY_USER, &err), NEX_OK);
    assert_int_equal(nex_key_from_public(&known, nex_key_public(user), &err), NEX_OK);
    assert_int_equal(nex_key_sign(known, "x", 1, signature, &err), NEX_ESTATE);
    assert_non_null(strstr(err.message, "only the public key is known"));
    nex_key *none;
    assert_int_equal(nex_key_from_raw(&none, NEX_KEY_UNKNOWN, raw, &err), NEX_EINVAL);
    assert_null(none);
    assert_string_equal(nex_key_kind_name((nex_key_kind)99), "unknown");
    nex_key_free(curve);
    nex_key_free(user);
    nex_key_free(known);
    nex_key_free(NULL);
}

/* One text in 256 has a signature that begins with zero; such a text is looked for first. */
static void a_signed_nonce_never_begins_with_zero(void **state) {
    (void)state;
    nex_error err;
    nex_key *key;
    uint8_t signature[NEX_SIGNATURE_SIZE];
    uint8_t raw[32] = {42};
    unsigned found = 0;
    assert_int_equal(nex_key_from_raw(&key, NEX_KEY_USER, raw, &err), NEX_OK);
    for (uint32_t nonce = 0; found < 3; nonce++) {
        assert_true(nonce < 100000);
        assert_int_equal(nex_key_sign(key, &nonce, sizeof nonce, signature, &err), NEX_OK);
        bool zero = signature[0] == 0;
        found += zero;
        if (!zero && nonce % 64 != 0) {
            continue;
        }
        assert_int_equal(nex_key_sign_nonce(key, &nonce, sizeof nonce, signature, &err), NEX_OK);
        assert_int_not_equal(signature[0], 0);
        assert_int_equal(
            nex_key_verify(key, &nonce, sizeof nonce, signature, sizeof signature, &err), NEX_OK);
        nonce++;
        assert_int_equal(
            nex_key_verify(key, &nonce, sizeof nonce, signature, sizeof signature, &err),
            NEX_EREFUSED);
        nonce--;
    }
    nex_key_free(key);
}

static void every_single_changed_character_is_noticed(void **state) {
    (void)state;
    static const char good[] = "SUAOXQ6ECRMY7QWC6EE3N4RS3LFVDXFCTMZA6XVA7A424F43GESE6NF66M";
    nex_error err;
    nex_key *key;
    assert_int_equal(nex_key_from_seed(&key, good, &err), NEX_OK);
    nex_key_free(key);
    for (size_t i = 0; i < sizeof good - 1; i++) {
        for (int c = 1; c < 256; c++) {
            char text[sizeof good];
            memcpy(text, good, sizeof good);
            text[i] = (char)c;
            if (text[i] == good[i]) {
                continue;
            }
            assert_int_equal(nex_key_from_seed(&key, text, &err), NEX_EINVAL);
        }
    }
}

static void wiping_overwrites_all_of_a_buffer(void **state) {
    (void)state;
    char text[8] = "secret";
    nex_buf buf = NEX_BUF_INIT;
    nex_wipe(text, sizeof text);
    for (size_t i = 0; i < sizeof text; i++) {
        assert_int_equal(text[i], 0);
    }
    nex_wipe(NULL, 0);
    assert_int_equal(nex_buf_append_str(&buf, "secret"), NEX_OK);
    nex_buf_wipe(&buf);
    assert_null(buf.data);
    nex_buf_wipe(&buf);
    nex_buf_wipe(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_key_reads_signs_and_verifies),
        cmocka_unit_test(private_keys_are_refused_without_being_repeated),
        cmocka_unit_test(bad_seeds_are_refused_without_being_repeated),
        cmocka_unit_test(a_seed_is_no_public_key_nor_the_reverse),
        cmocka_unit_test(unused_bits_must_be_zero),
        cmocka_unit_test(generated_keys_round_trip_and_differ),
        cmocka_unit_test(keys_refuse_what_they_cannot_do),
        cmocka_unit_test(a_signed_nonce_never_begins_with_zero),
        cmocka_unit_test(every_single_changed_character_is_noticed),
        cmocka_unit_test(wiping_overwrites_all_of_a_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
