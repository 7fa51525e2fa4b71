/*
 * Fails each allocation in turn. The codec asks for memory in pool.c (messages), buf.c (text)
 * and jansson; the first two are compiled into this program once more, with a malloc that can
 * be told to fail, and jansson is handed the same one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shapes.h"

static long until_failure; /* allocations that still succeed; negative: all */
static long live;

static bool allowed(void) {
    if (until_failure == 0) {
        return false;
    }
    if (until_failure > 0) {
        until_failure--;
    }
    return true;
}

static void *counted_malloc(size_t size) {
    void *memory = allowed() ? malloc(size) : NULL;
    live += memory != NULL;
    return memory;
}

static void *counted_realloc(void *old, size_t size) {
    void *memory = allowed() ? realloc(old, size) : NULL;
    live += memory != NULL && old == NULL;
    return memory;
}

static void counted_free(void *memory) {
    live -= memory != NULL;
    free(memory);
}

#define malloc  counted_malloc
#define realloc counted_realloc
#define free    counted_free
#include "codec/pool.c"
#include "core/buf.c"
#undef malloc
#undef realloc
#undef free

static const char *const json =
    "{\"any\":{\"a\":[1,2.5,null,true,\"x\"],\"b\":{\"c\":{}}},\"bytes\":\"AAEC\","
    "\"color\":\"blue\",\"d\":0.30000000000000004,\"figures\":[{\"kind\":\"circle\",\"radius\":2},"
    "{\"side\":3,\"kind\":\"square\"},{\"kind\":\"circle\",\"radius\":2}],\"grid\":[[],[1,2,3,4,5,"
    "6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,"
    "38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63,64,65,66,67]],"
    "\"i\":1,\"loose\":[\"p\",\"q\"],\"map\":{\"b\":\"v\",\"a\":\"w\",\"b\":\"u\"},\"maybe\":7,"
    "\"pair\":[\"one\",2],\"point\":{\"x\":1,\"y\":2,\"label\":\"p\"},\"points\":[{\"x\":3,"
    "\"y\":4},{\"x\":5,\"y\":6},{\"x\":5,\"y\":6},{\"x\":5,\"y\":6},{\"x\":5,\"y\":6}],"
    "\"raw\":[1, {\"z\" : 0}],\"text\":\"t\",\"where\":{\"home\":{\"x\":7,\"y\":8}},"
    "\"zebra\":{\"kept\": 1},\"yak\":[\"enough to fill more than a block of the message's memory\","
    "\"once more: enough to fill more than a block of the message's memory, which is a while\"]}";

static all *decoded(void) {
    all *m = NULL;
    assert_int_equal(nex_message_decode(&all_type, json, strlen(json), NULL, (void **)&m, NULL),
                     NEX_OK);
    return m;
}

/* One call that is tried with its first, second, ... allocation failing. */
typedef nex_status (*attempt)(const void *input, void **out, nex_error *err);

static void fail_each_allocation(attempt call, const void *input, void (*release)(void *)) {
    long failures = 0;
    for (;;) {
        long before = live;
        void *out = NULL;
        nex_error err;
        nex_error_clear(&err);
        until_failure = failures;
        nex_status status = call(input, &out, &err);
        until_failure = -1;
        if (status == NEX_OK) {
            assert_non_null(out);
            release(out);
            assert_int_equal(live, before);
            break;
        }
        assert_int_equal(status, NEX_ENOMEM);
        assert_null(out);
        if (err.code != NEX_OK) {
            assert_int_equal(err.code, NEX_ENOMEM);
            assert_non_null(strstr(err.message, "out of memory"));
        }
        assert_int_equal(live, before);
        failures++;
    }
    assert_true(failures > 0);
}

static nex_status try_decode(const void *input, void **out, nex_error *err) {
    return nex_message_decode(&all_type, input, strlen(input), NULL, out, err);
}

static void decode_survives(void **state) {
    (void)state;
    fail_each_allocation(try_decode, json, nex_message_free);
}

static nex_status try_clone(const void *input, void **out, nex_error *err) {
    (void)err;
    return nex_message_clone(&all_type, input, out);
}

static void clone_survives(void **state) {
    (void)state;
    all *m = decoded();
    fail_each_allocation(try_clone, m, nex_message_free);
    nex_message_free(m);
}

static nex_status try_from_json(const void *input, void **out, nex_error *err) {
    return nex_message_from_json(&all_type, input, NULL, out, err);
}

static void from_json_survives(void **state) {
    (void)state;
    json_t *value = json_loads(json, 0, NULL);
    assert_non_null(value);
    fail_each_allocation(try_from_json, value, nex_message_free);
    json_decref(value);
}

static nex_status try_to_json(const void *input, void **out, nex_error *err) {
    (void)err;
    return nex_message_to_json(&all_type, input, (json_t **)out);
}

static void release_json(void *value) {
    json_decref(value);
}

static void to_json_survives(void **state) {
    (void)state;
    all *m = decoded();
    fail_each_allocation(try_to_json, m, release_json);
    nex_message_free(m);
}

static nex_status try_encode(const void *input, void **out, nex_error *err) {
    (void)err;
    nex_buf buf = NEX_BUF_INIT;
    nex_status status = nex_message_encode(&all_type, input, &buf);
    if (status != NEX_OK) {
        assert_int_equal(buf.len, 0);
        nex_buf_free(&buf);
        return status;
    }
    *out = nex_buf_take(&buf);
    return NEX_OK;
}

static void encode_survives(void **state) {
    (void)state;
    all *m = decoded();
    fail_each_allocation(try_encode, m, counted_free);
    nex_message_free(m);
}

static nex_status try_by_hand(const void *input, void **out, nex_error *err) {
    (void)input;
    (void)err;
    all *m = nex_message_new(&all_type);
    if (m == NULL) {
        return NEX_ENOMEM;
    }
    m->text = nex_message_strdup(m, "text");
    m->point = nex_message_alloc(m, 4096);
    json_t *any = json_integer(1);
    if (m->text == NULL || m->point == NULL || any == NULL) {
        json_decref(any);
        nex_message_free(m);
        return NEX_ENOMEM;
    }
    for (int i = 0; i < 500; i++) {
        if (nex_message_own_json(m, json_incref(any)) != NEX_OK) {
            json_decref(any);
            nex_message_free(m);
            return NEX_ENOMEM;
        }
    }
    json_decref(any);
    *out = m;
    return NEX_OK;
}

static void messages_by_hand_survive(void **state) {
    (void)state;
    fail_each_allocation(try_by_hand, NULL, nex_message_free);
}

static int begin(void **state) {
    (void)state;
    until_failure = -1;
    json_set_alloc_funcs(counted_malloc, counted_free);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decode_survives),    cmocka_unit_test(clone_survives),
        cmocka_unit_test(from_json_survives), cmocka_unit_test(to_json_survives),
        cmocka_unit_test(encode_survives),    cmocka_unit_test(messages_by_hand_survive),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
