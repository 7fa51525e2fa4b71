/*
 * A fuzzer for compilers without libFuzzer: runs a target on each seed, then on mutations of
 * them. A run's mutation depends on --seed and its number alone.
 */
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEED_LIMIT = 512, INPUT_SIZE = 8192 };

typedef struct input {
    uint8_t *data;
    size_t size;
} input;

static input seeds[SEED_LIMIT];
static size_t seed_count;
static volatile sig_atomic_t current_run = -1;

static uint64_t next_random(uint64_t *state) {
    *state += 0x9E3779B97F4A7C15u;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static size_t below(uint64_t *state, size_t limit) {
    return limit == 0 ? 0 : (size_t)(next_random(state) % limit);
}

static void on_abort(int number) {
    char text[64];
    int n = snprintf(text, sizeof text, "fuzz: failed in run %d (repeat: --only %d)\n",
                     (int)current_run, (int)current_run);
    ssize_t ignored = write(STDERR_FILENO, text, (size_t)n);
    (void)ignored;
    signal(number, SIG_DFL);
    raise(number);
}

static void read_seed(const char *path) {
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(INPUT_SIZE);
    if (file == NULL || data == NULL) {
        fprintf(stderr, "fuzz: cannot read %s\n", path);
        exit(2);
    }
    size_t size = fread(data, 1, INPUT_SIZE, file);
    fclose(file);
    seeds[seed_count++] = (input){data, size};
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In the order of their names, so that a run means the same everywhere. */
static void read_corpus(const char *folder) {
    char *names[SEED_LIMIT];
    size_t count = 0;
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        fprintf(stderr, "fuzz: cannot open %s\n", folder);
        exit(2);
    }
    for (struct dirent *entry = NULL; (entry = readdir(dir)) != NULL && count < SEED_LIMIT;) {
        if (entry->d_name[0] != '.') {
            names[count++] = strdup(entry->d_name);
        }
    }
    closedir(dir);
    qsort(names, count, sizeof names[0], compare_names);
    for (size_t i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        read_seed(path);
        free(names[i]);
    }
}

/* Puts bytes at a place, moving the rest away; what becomes too long is cut. */
static size_t insert(uint8_t *data, size_t size, size_t at, const void *bytes, size_t len) {
    len = len < INPUT_SIZE - size ? len : INPUT_SIZE - size;
    memmove(data + at + len, data + at, size - at);
    memcpy(data + at, bytes, len);
    return size + len;
}

static size_t mutate_once(uint8_t *data, size_t size, uint64_t *state) {
    static const char *const words[] = {"null",
                                        "true",
                                        "\"\"",
                                        "{}",
                                        "[]",
                                        "0",
                                        "-0",
                                        "1e999",
                                        "\\u0000",
                                        "\xFF",
                                        "\\ud800",
                                        "[[[[[[",
                                        "{\"a\":",
                                        ",",
                                        ":",
                                        "\"",
                                        "}",
                                        "]",
                                        "\\",
                                        "\n",
                                        "0.1",
                                        "1e-7",
                                        "99999999999999999999",
                                        "\x00",
                                        " ",
                                        "../",
                                        "%s",
                                        "https:",
                                        "<script>"};
    size_t at = below(state, size + 1);
    uint8_t piece[256];
    size_t len = 0;
    switch (below(state, 7)) {
    case 0: /* a bit */
        if (at < size) {
            data[at] ^= (uint8_t)(1u << below(state, 8));
        }
        return size;
    case 1: /* a byte */
        if (at < size) {
            data[at] = (uint8_t)next_random(state);
        }
        return size;
    case 2: /* less */
        len = below(state, size - at + 1);
        len = len < 64 ? len : 64;
        memmove(data + at, data + at + len, size - at - len);
        return size - len;
    case 3: /* a piece again, elsewhere */
        len = size - at < sizeof piece ? size - at : below(state, sizeof piece);
        memcpy(piece, data + at, len);
        return insert(data, size, below(state, size + 1), piece, len);
    case 4: { /* a piece of another seed */
        const input *other = &seeds[below(state, seed_count)];
        size_t from = below(state, other->size + 1);
        len = other->size - from < sizeof piece ? other->size - from : sizeof piece;
        len = below(state, len + 1);
        return insert(data, size, at, other->data + from, len);
    }
    case 5: /* an end too soon */
        return below(state, 4) == 0 ? at : size;
    default: {
        const char *word = words[below(state, sizeof words / sizeof words[0])];
        return insert(data, size, at, word, strlen(word));
    }
    }
}

static void run_once(uint64_t seed, long run) {
    current_run = (sig_atomic_t)run;
    uint64_t state = seed * 0x9E3779B97F4A7C15u + (uint64_t)run;
    size_t index = (size_t)run < seed_count ? (size_t)run : below(&state, seed_count);
    static uint8_t data[INPUT_SIZE];
    size_t size = seeds[index].size;
    memcpy(data, seeds[index].data, size);
    for (size_t i = (size_t)run < seed_count ? 0 : below(&state, 6) + 1; i > 0; i--) {
        size = mutate_once(data, size, &state);
    }
    /* In memory of its very size, so that reading past its end is found. */
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (exact == NULL) {
        exit(2);
    }
    memcpy(exact, data, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

int main(int argc, char **argv) {
    long runs = 20000;
    long only = -1;
    uint64_t seed = 1;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--runs") == 0) {
            runs = strtol(value, NULL, 10);
            i++;
        } else if (strcmp(argv[i], "--seed") == 0) {
            seed = strtoull(value, NULL, 10);
            i++;
        } else if (strcmp(argv[i], "--only") == 0) {
            only = strtol(value, NULL, 10);
            i++;
        } else {
            read_corpus(argv[i]);
        }
    }
    if (seed_count == 0) {
        fprintf(stderr, "usage: %s [--runs N] [--seed N] [--only RUN] CORPUS...\n", argv[0]);
        return 2;
    }
    signal(SIGABRT, on_abort);
    signal(SIGSEGV, on_abort);
    for (long run = only >= 0 ? only : 0; run < (only >= 0 ? only + 1 : runs); run++) {
        run_once(seed, run);
    }
    for (size_t i = 0; i < seed_count; i++) {
        free(seeds[i].data);
    }
    return 0;
}
