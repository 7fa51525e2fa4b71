/* Writing to a reader that is slow, absent or gone. */
#include "loop_wait.h"

#include <fcntl.h>
#include <native/pipe_writer.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum { MOST = 1024 * 1024, PIECE = 1000 };

typedef struct rig {
    nex_loop *loop;
    native_pipe_writer *writer;
    int reader;
} rig;

static int set_up(void **state) {
    rig *r = calloc(1, sizeof *r);
    nex_error err;
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(nex_loop_new(&r->loop, &err), NEX_OK);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    r->reader = ends[0];
    assert_int_equal(fcntl(r->reader, F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(native_pipe_writer_new(&r->writer, r->loop, ends[1], &err), NEX_OK);
    *state = r;
    return 0;
}

static int tear_down(void **state) {
    rig *r = *state;
    native_pipe_writer_free(r->writer);
    if (r->reader >= 0) {
        close(r->reader);
    }
    nex_loop_free(r->loop);
    free(r);
    return 0;
}

/* Every piece is full of its own number. */
static void make_piece(unsigned number, unsigned char piece[PIECE]) {
    memset(piece, (int)(number % 251), PIECE);
}

static void nothing_is_lost_or_mixed_up(void **state) {
    rig *r = *state;
    unsigned char piece[PIECE];
    unsigned char got[PIECE];
    unsigned written = 0;
    nex_status status;
    for (;; written++) {
        make_piece(written, piece);
        status = native_pipe_write(r->writer, piece, PIECE, MOST);
        if (status != NEX_OK) {
            break;
        }
    }
    /* What waits is bounded, and what had no room is not there at all. */
    assert_int_equal(status, NEX_ELIMIT);
    assert_true(written >= MOST / PIECE && written <= (MOST + 1024 * 1024) / PIECE);
    unsigned read_pieces = 0;
    size_t have = 0;
    while (read_pieces < written + 10) {
        ssize_t n = read(r->reader, got + have, PIECE - have);
        if (n < 0) {
            uv_run(nex_loop_uv(r->loop), UV_RUN_ONCE);
            continue;
        }
        have += (size_t)n;
        if (have == PIECE) {
            make_piece(read_pieces++, piece);
            assert_memory_equal(got, piece, PIECE);
            have = 0;
            if (read_pieces <= 10) { /* there is room again, behind what waits */
                make_piece(written + read_pieces - 1, piece);
                assert_int_equal(native_pipe_write(r->writer, piece, PIECE, MOST * 2), NEX_OK);
            }
        }
    }
    assert_int_equal(read(r->reader, got, PIECE), -1);
}

static void a_reader_that_is_gone_is_told(void **state) {
    rig *r = *state;
    close(r->reader);
    r->reader = -1;
    assert_int_equal(native_pipe_write(r->writer, "x", 1, MOST), NEX_EIO);
    assert_int_equal(native_pipe_write(r->writer, "x", 1, MOST), NEX_EIO);
}

static void what_waits_goes_with_the_writer(void **state) {
    rig *r = *state;
    char *large = calloc(1, MOST);
    assert_int_equal(native_pipe_write(r->writer, large, MOST, MOST), NEX_OK);
    free(large);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(nothing_is_lost_or_mixed_up),
        T(a_reader_that_is_gone_is_told),
        T(what_waits_goes_with_the_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
