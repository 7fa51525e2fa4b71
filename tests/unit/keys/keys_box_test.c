/* Curve key boxes, against boxes made by the reference's own library. */
#include "vectors.h"

static void every_vector_box_opens(void **state) {
    (void)state;
    json_t *root = load_vectors("vectors/keys-and-formats.json");
    json_t *vector;
    size_t i;
    json_array_foreach(json_object_get(root, "boxes"), i, vector) {
        nex_error err;
        nex_key *receiver;
        nex_buf box = bytes_of(vector, "box_b64");
        nex_buf message = bytes_of(vector, "message_b64");
        nex_buf out = NEX_BUF_INIT;
        assert_int_equal(nex_key_from_seed(&receiver, text_of(vector, "receiver_seed"), &err),
                         NEX_OK);
        assert_int_equal(
            nex_box_open(receiver, text_of(vector, "sender_public"), box.data, box.len, &out, &err),
            NEX_OK);
        assert_int_equal(out.len, message.len);
        assert_memory_equal(out.data, message.data == NULL ? "" : message.data, message.len);
        nex_buf_wipe(&out);
        nex_buf_free(&box);
        nex_buf_free(&message);
        nex_key_free(receiver);
    }
    assert_true(i >= 5);
    json_decref(root);
}

typedef struct pair {
    nex_key *sender;
    nex_key *receiver;
} pair;

static int make_pair(void **state) {
    static pair keys;
    assert_int_equal(nex_key_generate(&keys.sender, NEX_KEY_CURVE, NULL), NEX_OK);
    assert_int_equal(nex_key_generate(&keys.receiver, NEX_KEY_CURVE, NULL), NEX_OK);
    *state = &keys;
    return 0;
}

static int free_pair(void **state) {
    pair *keys = *state;
    nex_key_free(keys->sender);
    nex_key_free(keys->receiver);
    return 0;
}

static void boxes_round_trip_at_every_size(void **state) {
    pair *keys = *state;
    char data[300];
    memset(data, 'd', sizeof data);
    for (size_t len = 0; len <= sizeof data; len += len < 70 ? 1 : 23) {
        nex_error err;
        nex_buf box = NEX_BUF_INIT;
        nex_buf out = NEX_BUF_INIT;
        assert_int_equal(nex_buf_append_str(&box, "before"), NEX_OK);
        assert_int_equal(
            nex_box_seal(keys->sender, nex_key_public(keys->receiver), data, len, &box, &err),
            NEX_OK);
        assert_int_equal(box.len, 6 + 4 + 24 + 16 + len);
        assert_memory_equal(box.data, "beforexkv1", 10);
        assert_int_equal(nex_box_open(keys->receiver, nex_key_public(keys->sender), box.data + 6,
                                      box.len - 6, &out, &err),
                         NEX_OK);
        assert_int_equal(out.len, len);
        assert_memory_equal(out.data, data, len);
        nex_buf_free(&box);
        nex_buf_wipe(&out);
    }
}

static void two_boxes_of_one_text_differ(void **state) {
    pair *keys = *state;
    nex_buf a = NEX_BUF_INIT;
    nex_buf b = NEX_BUF_INIT;
    const char *to = nex_key_public(keys->receiver);
    assert_int_equal(nex_box_seal(keys->sender, to, "same", 4, &a, NULL), NEX_OK);
    assert_int_equal(nex_box_seal(keys->sender, to, "same", 4, &b, NULL), NEX_OK);
    assert_memory_not_equal(a.data, b.data, a.len);
    nex_buf_free(&a);
    nex_buf_free(&b);
}

static void altered_and_cut_boxes_stay_shut(void **state) {
    pair *keys = *state;
    nex_error err;
    nex_buf box = NEX_BUF_INIT;
    nex_buf out = NEX_BUF_INIT;
    const char *from = nex_key_public(keys->sender);
    assert_int_equal(
        nex_box_seal(keys->sender, nex_key_public(keys->receiver), "secret", 6, &box, &err),
        NEX_OK);
    for (size_t i = 0; i < box.len; i++) {
        box.data[i] ^= 1;
        assert_int_equal(nex_box_open(keys->receiver, from, box.data, box.len, &out, &err),
                         i < 4 ? NEX_EINVAL : NEX_EREFUSED);
        assert_int_equal(out.len, 0);
        box.data[i] ^= 1;
    }
    for (size_t len = 0; len < box.len; len++) {
        assert_int_not_equal(nex_box_open(keys->receiver, from, box.data, len, &out, &err), NEX_OK);
        assert_int_equal(out.len, 0);
    }
    nex_buf_wipe(&out);
    nex_buf_free(&box);
}

static void boxes_open_for_the_right_keys_only(void **state) {
    pair *keys = *state;
    nex_error err;
    nex_key *stranger;
    nex_buf box = NEX_BUF_INIT;
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_key_generate(&stranger, NEX_KEY_CURVE, &err), NEX_OK);
    assert_int_equal(
        nex_box_seal(keys->sender, nex_key_public(keys->receiver), "secret", 6, &box, &err),
        NEX_OK);
    assert_int_equal(
        nex_box_open(stranger, nex_key_public(keys->sender), box.data, box.len, &out, &err),
        NEX_EREFUSED);
    assert_int_equal(
        nex_box_open(keys->receiver, nex_key_public(stranger), box.data, box.len, &out, &err),
        NEX_EREFUSED);
    nex_key_free(stranger);
    nex_buf_free(&box);
    nex_buf_wipe(&out);
}

static void other_kinds_of_keys_are_refused(void **state) {
    pair *keys = *state;
    nex_error err;
    nex_key *user;
    nex_key *known;
    char seed[NEX_KEY_TEXT_SIZE];
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_key_generate(&user, NEX_KEY_USER, &err), NEX_OK);
    assert_int_equal(nex_key_from_public(&known, nex_key_public(keys->sender), &err), NEX_OK);
    assert_int_equal(nex_box_seal(user, nex_key_public(keys->receiver), "x", 1, &out, &err),
                     NEX_ESTATE);
    assert_int_equal(nex_box_seal(known, nex_key_public(keys->receiver), "x", 1, &out, &err),
                     NEX_ESTATE);
    assert_int_equal(nex_box_seal(keys->sender, nex_key_public(user), "x", 1, &out, &err),
                     NEX_EINVAL);
    assert_non_null(strstr(err.message, "user key"));
    assert_int_equal(nex_key_seed(keys->receiver, seed), NEX_OK);
    assert_int_equal(nex_box_seal(keys->sender, seed, "x", 1, &out, &err), NEX_EINVAL);
    assert_null(strstr(err.message, seed));
    assert_int_equal(out.len, 0);
    nex_key_free(user);
    nex_key_free(known);
    nex_buf_free(&out);
}

/* The point of order one makes a shared secret that everybody knows. */
static void a_degenerate_key_is_refused(void **state) {
    pair *keys = *state;
    nex_error err;
    nex_buf out = NEX_BUF_INIT;
    /* 32 zero bytes as a curve key: prefix B8, zeros, checksum */
    static const char zero[] = "XAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPQN";
    assert_int_equal(nex_key_public_kind(zero), NEX_KEY_CURVE);
    assert_int_equal(nex_box_seal(keys->sender, zero, "x", 1, &out, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "unusable"));
    assert_int_equal(out.len, 0);
    nex_buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_box_opens),
        cmocka_unit_test(boxes_round_trip_at_every_size),
        cmocka_unit_test(two_boxes_of_one_text_differ),
        cmocka_unit_test(altered_and_cut_boxes_stay_shut),
        cmocka_unit_test(boxes_open_for_the_right_keys_only),
        cmocka_unit_test(other_kinds_of_keys_are_refused),
        cmocka_unit_test(a_degenerate_key_is_refused),
    };
    return cmocka_run_group_tests(tests, make_pair, free_pair);
}
