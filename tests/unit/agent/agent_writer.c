/* Writers: whatever bytes come, whole lines go. */
#include "scripted_node.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE_MAX = 64 * 1024 };

typedef struct listener {
    scripted_node *node;
    nex_writer *writer;
    nex_subscription *sub;
    nex_buf all;
    size_t messages;
    size_t longest;
    size_t unfinished; /* messages without a newline at their end */
    char last[128];
} listener;

static void on_output(void *arg, const nex_msg *msg) {
    listener *l = arg;
    const char *data = msg->data;
    assert_true(msg->len > 0);
    l->messages++;
    l->longest = msg->len > l->longest ? msg->len : l->longest;
    l->unfinished += data[msg->len - 1] != '\n';
    assert_int_equal(nex_buf_append(&l->all, data, msg->len), NEX_OK);
    size_t len = msg->len < sizeof l->last - 1 ? msg->len : sizeof l->last - 1;
    memcpy(l->last, data, len);
    l->last[len] = '\0';
}

static int setup(void **state) {
    listener *l = calloc(1, sizeof *l);
    assert_non_null(l);
    l->node = scripted_node_new();
    scripted_start_embedded(l->node);
    nex_subscription_free(l->node->feed); /* the node keeps so many messages only */
    l->node->feed = NULL;
    assert_int_equal(
        nex_bus_subscribe(l->node->bus, "$NEX.FEED.default.*.>", NULL, on_output, l, &l->sub),
        NEX_OK);
    scripted_run(l->node, NEX_SECOND);
    *state = l;
    return 0;
}

static int teardown(void **state) {
    listener *l = *state;
    nex_writer_free(l->writer);
    nex_subscription_free(l->sub);
    scripted_node_free(l->node);
    nex_buf_free(&l->all);
    free(l);
    return 0;
}

static void open_writer(listener *l, nex_output output) {
    assert_int_equal(nex_writer_new(&l->writer, l->node->runner, "w1", "default", output), NEX_OK);
}

/* Lets what was sent arrive, which takes less than a pause. */
static void arrive(listener *l) {
    scripted_run(l->node, 20 * NEX_MILLISECOND);
}

static void put(listener *l, const char *text) {
    nex_writer_write(l->writer, text, strlen(text));
    arrive(l);
}

static void test_lines_stay_whole(void **state) {
    listener *l = *state;
    open_writer(l, NEX_STDOUT);
    put(l, "one\ntwo\nthr");
    assert_int_equal(l->messages, 1);
    assert_string_equal(l->last, "one\ntwo\n");
    put(l, "e");
    assert_int_equal(l->messages, 1);
    put(l, "e\nfour\nf");
    assert_string_equal(l->all.data, "one\ntwo\nthree\nfour\n");
    put(l, "\n");
    assert_string_equal(l->last, "f\n");
    assert_int_equal(l->unfinished, 0);
}

static void test_a_pause_or_the_end_sends_the_rest(void **state) {
    listener *l = *state;
    open_writer(l, NEX_STDERR);
    put(l, "user? ");
    assert_int_equal(l->messages, 0);
    scripted_run(l->node, 50 * NEX_MILLISECOND);
    assert_string_equal(l->last, "user? ");
    put(l, "name? ");
    nex_writer_flush(l->writer);
    arrive(l);
    assert_string_equal(l->last, "name? ");
    nex_writer_write(l->writer, "bye", 3);
    nex_writer_free(l->writer);
    l->writer = NULL;
    arrive(l);
    assert_string_equal(l->last, "bye");
    assert_int_equal(l->messages, 3);
}

static void test_long_lines_are_cut_between_characters(void **state) {
    listener *l = *state;
    size_t len = 200001;
    char *text = malloc(len);
    assert_non_null(text);
    for (size_t i = 0; i < len; i += 3) {
        memcpy(text + i, "\xe2\x82\xac", 3);
    }
    open_writer(l, NEX_STDOUT);
    nex_writer_write(l->writer, text, len);
    nex_writer_flush(l->writer);
    arrive(l);
    assert_int_equal(l->all.len, len);
    assert_memory_equal(l->all.data, text, len);
    assert_int_equal(l->messages, 4);
    assert_in_range(l->longest, PIECE_MAX - 3, PIECE_MAX);
    assert_int_equal(l->longest % 3, 0);
    free(text);
}

/* Any text, in any portions: all of it comes, in order, and no line is broken. */
static void test_any_portions(void **state) {
    listener *l = *state;
    nex_buf text = NEX_BUF_INIT;
    unsigned seed = 7;
    open_writer(l, NEX_STDOUT);
    while (text.len < 3000000) {
        seed = seed * 1103515245u + 12345u;
        unsigned portion = (seed >> 8) % ((seed >> 28) == 0 ? 30000 : 50) + 1;
        size_t before = text.len;
        for (unsigned i = 0; i < portion; i++) {
            seed = seed * 1103515245u + 12345u;
            char c = (seed >> 16) % 40 == 0 ? '\n' : (char)('a' + (seed >> 16) % 26);
            assert_int_equal(nex_buf_append(&text, &c, 1), NEX_OK);
        }
        nex_writer_write(l->writer, text.data + before, portion);
        if ((seed >> 20) % 64 == 0) {
            scripted_run(l->node, NEX_MILLISECOND);
        }
    }
    nex_writer_write(l->writer, "\n", 1);
    assert_int_equal(nex_buf_append(&text, "\n", 1), NEX_OK);
    arrive(l);
    assert_int_equal(l->all.len, text.len);
    assert_memory_equal(l->all.data, text.data, text.len);
    assert_int_equal(l->unfinished, 0);
    assert_in_range(l->longest, 1, PIECE_MAX);
    assert_int_equal(nex_writer_lost(l->writer), 0);
    nex_buf_free(&text);
}

static void test_records_of_metrics(void **state) {
    listener *l = *state;
    open_writer(l, NEX_METRICS);
    put(l, "{\"a\":1}\n\n{\"a\":2}\n{\"a\"");
    assert_int_equal(l->messages, 2);
    assert_string_equal(l->last, "{\"a\":2}");
    put(l, ":3}\n{\"a\":4}");
    assert_string_equal(l->last, "{\"a\":3}");
    scripted_run(l->node, 50 * NEX_MILLISECOND); /* a record need not end with a newline */
    assert_string_equal(l->last, "{\"a\":4}");
    /* What is too long for a message is lost as a whole. */
    char *big = malloc(PIECE_MAX);
    assert_non_null(big);
    memset(big, '1', PIECE_MAX);
    nex_writer_write(l->writer, big, PIECE_MAX);
    nex_writer_write(l->writer, big, PIECE_MAX);
    put(l, "1\n{\"a\":5}\n");
    assert_string_equal(l->last, "{\"a\":5}");
    assert_int_equal(l->messages, 5);
    assert_int_equal(nex_writer_lost(l->writer), 2 * PIECE_MAX + 1);
    free(big);
}

static void test_what_cannot_be_sent_is_counted(void **state) {
    listener *l = *state;
    nex_writer *other;
    assert_int_equal(nex_writer_new(&other, l->node->runner, "two words", "default", NEX_STDOUT),
                     NEX_EINVAL);
    scripted_node *n = scripted_node_new();
    nex_agent_options options = {.mode = NEX_AGENT_REMOTE};
    scripted_start(n, options);
    assert_int_equal(nex_writer_new(&other, n->runner, "w1", "default", NEX_STDOUT), NEX_OK);
    nex_agent_stop(n->runner, "test"); /* no bus any more */
    nex_writer_write(other, "line\nrest", 9);
    assert_int_equal(nex_writer_lost(other), 5);
    nex_writer_flush(other);
    assert_int_equal(nex_writer_lost(other), 9);
    nex_writer_free(other);
    scripted_node_free(n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lines_stay_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_pause_or_the_end_sends_the_rest, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_lines_are_cut_between_characters, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_any_portions, setup, teardown),
        cmocka_unit_test_setup_teardown(test_records_of_metrics, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_sent_is_counted, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
