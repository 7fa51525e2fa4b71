/*
 * Keys, signatures and boxes exchanged with the Go library, both ways. Without Go the
 * test is not built; without the Go modules it is skipped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>
#include <nex/keys.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static struct {
    pid_t pid;
    FILE *in;
    FILE *out;
    char line[16384];
} peer;

static int start_peer(void **state) {
    (void)state;
    int in[2];
    int out[2];
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    posix_spawn_file_actions_addclose(&actions, in[1]);
    posix_spawn_file_actions_addclose(&actions, out[0]);
    char *argv[] = {(char *)NEX_KEYS_PEER, NULL};
    assert_int_equal(posix_spawn(&peer.pid, NEX_KEYS_PEER, &actions, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    peer.in = fdopen(in[1], "w");
    peer.out = fdopen(out[0], "r");
    return peer.in == NULL || peer.out == NULL;
}

static int stop_peer(void **state) {
    (void)state;
    int status;
    fclose(peer.in);
    fclose(peer.out);
    waitpid(peer.pid, &status, 0);
    return status;
}

NEX_PRINTF(1, 2) static const char *ask(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    vfprintf(peer.in, fmt, args);
    va_end(args);
    fputc('\n', peer.in);
    fflush(peer.in);
    assert_non_null(fgets(peer.line, sizeof peer.line, peer.out));
    peer.line[strcspn(peer.line, "\n")] = '\0';
    return peer.line;
}

static nex_buf base64(const void *data, size_t len) {
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_base64_encode(data, len, &out), NEX_OK);
    assert_int_equal(nex_buf_append(&out, "", 0), NEX_OK); /* "" for nothing */
    return out;
}

static void seeds_mean_the_same_key(void **state) {
    (void)state;
    for (int kind = NEX_KEY_OPERATOR; kind <= NEX_KEY_CURVE; kind++) {
        nex_key *key;
        char seed[NEX_KEY_TEXT_SIZE];
        assert_int_equal(nex_key_generate(&key, (nex_key_kind)kind, NULL), NEX_OK);
        assert_int_equal(nex_key_seed(key, seed), NEX_OK);
        assert_string_equal(ask("public\t%s", seed), nex_key_public(key));
        nex_key_free(key);
    }
}

static void signatures_verify_on_the_other_side(void **state) {
    (void)state;
    nex_key *key;
    char seed[NEX_KEY_TEXT_SIZE];
    assert_int_equal(nex_key_generate(&key, NEX_KEY_USER, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, seed), NEX_OK);
    for (uint32_t i = 0; i < 600; i++) { /* enough for some that begin with a zero byte */
        uint8_t signature[NEX_SIGNATURE_SIZE];
        nex_buf text = base64(&i, sizeof i);
        assert_int_equal(nex_key_sign(key, &i, sizeof i, signature, NULL), NEX_OK);
        nex_buf own = base64(signature, sizeof signature);
        assert_string_equal(ask("sign\t%s\t%s", seed, text.data), own.data);
        assert_int_equal(nex_key_sign_nonce(key, &i, sizeof i, signature, NULL), NEX_OK);
        nex_buf nonce = base64(signature, sizeof signature);
        assert_string_equal(ask("verify\t%s\t%s\t%s", nex_key_public(key), text.data, nonce.data),
                            "ok");
        nex_buf_free(&text);
        nex_buf_free(&own);
        nex_buf_free(&nonce);
    }
    nex_key_free(key);
}

static void boxes_open_on_the_other_side(void **state) {
    (void)state;
    nex_key *ours;
    nex_key *theirs;
    char our_seed[NEX_KEY_TEXT_SIZE];
    char their_seed[NEX_KEY_TEXT_SIZE];
    char data[2000];
    memset(data, 'x', sizeof data);
    assert_int_equal(nex_key_generate(&ours, NEX_KEY_CURVE, NULL), NEX_OK);
    assert_int_equal(nex_key_generate(&theirs, NEX_KEY_CURVE, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(ours, our_seed), NEX_OK);
    assert_int_equal(nex_key_seed(theirs, their_seed), NEX_OK);
    for (size_t len = 0; len < sizeof data; len = len * 2 + 1) {
        nex_buf box = NEX_BUF_INIT;
        nex_buf opened = NEX_BUF_INIT;
        nex_buf made = NEX_BUF_INIT;
        nex_buf text = base64(data, len);
        assert_int_equal(nex_box_seal(ours, nex_key_public(theirs), data, len, &box, NULL), NEX_OK);
        nex_buf box_text = base64(box.data, box.len);
        assert_string_equal(
            ask("open\t%s\t%s\t%s", their_seed, nex_key_public(ours), box_text.data), text.data);
        const char *reply = ask("seal\t%s\t%s\t%s", their_seed, nex_key_public(ours), text.data);
        assert_int_equal(nex_base64_decode(reply, strlen(reply), &made, NULL), NEX_OK);
        assert_int_equal(
            nex_box_open(ours, nex_key_public(theirs), made.data, made.len, &opened, NULL), NEX_OK);
        assert_int_equal(opened.len, len);
        assert_memory_equal(opened.data, data, len);
        nex_buf_free(&box);
        nex_buf_free(&made);
        nex_buf_free(&text);
        nex_buf_free(&box_text);
        nex_buf_wipe(&opened);
    }
    nex_key_free(ours);
    nex_key_free(theirs);
}

int main(void) {
    if (access(NEX_KEYS_PEER, X_OK) != 0) {
        return 77; /* skipped: it could not be built */
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeds_mean_the_same_key),
        cmocka_unit_test(signatures_verify_on_the_other_side),
        cmocka_unit_test(boxes_open_on_the_other_side),
    };
    return cmocka_run_group_tests(tests, start_peer, stop_peer);
}
