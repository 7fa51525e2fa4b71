#include "schema/assert.h"
#include "schema/regex_simple.h"
#include "json/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_PATTERN = 64 * 1024, /* bytes, before and after translation */
    MAX_JIT = 16 * 1024,     /* bytes of compiled pattern that are worth machine code */
    JIT_AFTER = 32,          /* matches: compiling machine code costs as much as many of them */
    MAX_MATCH = 1000 * 1000, /* PCRE2's match limit at most */
    MAX_DEPTH = 5000,        /* nested backtracking points, without machine code */
    MAX_HEAP_KIB = 4096,
    MATCH_STEPS = 2 * 1000 * 1000,
    SEARCH_STEPS = 24 /* of any search, however short */
};

/* What one match needs and PCRE2 writes to. */
typedef struct scratch {
    pcre2_match_data *data;
    pcre2_match_context *context;
} scratch;

struct nex_regex {
    nex_regex_simple *simple; /* NULL: code is used */
    pcre2_code *code;
    _Atomic(pcre2_code *) jit; /* a copy with machine code, once it is worth it */
    atomic_uint matches;
    atomic_flag busy; /* own is in use by a thread; others make theirs */
    scratch own;
};

static bool scratch_init(scratch *s, const pcre2_code *code) {
    s->data = pcre2_match_data_create_from_pattern(code, NULL);
    s->context = pcre2_match_context_create(NULL);
    if (!s->data || !s->context)
        return false;
    pcre2_set_depth_limit(s->context, MAX_DEPTH);
    pcre2_set_heap_limit(s->context, MAX_HEAP_KIB);
    return true;
}

static void scratch_free(scratch *s) {
    pcre2_match_data_free(s->data);
    pcre2_match_context_free(s->context);
}

void nex_regex_free(nex_regex *regex) {
    if (!regex)
        return;
    free(regex->simple);
    pcre2_code_free(atomic_load(&regex->jit));
    pcre2_code_free(regex->code);
    scratch_free(&regex->own);
    free(regex);
}

size_t nex_regex_size(const nex_regex *regex) {
    size_t size = sizeof *regex->simple;
    if (!regex->simple)
        pcre2_pattern_info(regex->code, PCRE2_INFO_SIZE, &size);
    return size;
}

static pcre2_code *compile(const nex_buf *text, int *code, size_t *offset) {
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_code *re = NULL;
    *code = PCRE2_ERROR_NOMEMORY;
    if (!context)
        return NULL;
    pcre2_set_max_pattern_length(context, MAX_PATTERN);
    re = pcre2_compile((PCRE2_SPTR)(text->data ? text->data : ""), text->len,
                       PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY |
                           PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C,
                       code, offset, context);
    pcre2_compile_context_free(context);
    return re;
}

nex_status nex_regex_compile(nex_regex **out, const char *pattern, size_t len, nex_error *err) {
    nex_buf text = NEX_BUF_INIT;
    nex_regex *regex = NULL;
    int code = 0;
    size_t offset = 0;
    int shown = len > 100 ? 100 : (int)len;
    *out = NULL;
    if (len > MAX_PATTERN)
        return nex_error_set(err, NEX_EINVAL, "pattern of %zu bytes: at most %d are taken", len,
                             MAX_PATTERN);
    nex_status status = nex_regex_translate(pattern, len, &text, err);
    if (status != NEX_OK)
        goto done;
    regex = calloc(1, sizeof *regex);
    if (!regex)
        goto no_memory;
    atomic_flag_clear(&regex->busy);
    nex_regex_simple simple;
    if (nex_regex_simple_read(&simple, pattern, len)) {
        regex->simple = malloc(sizeof simple);
        if (!regex->simple)
            goto no_memory;
        *regex->simple = simple;
        *out = regex;
        regex = NULL;
        goto done;
    }
    regex->code = compile(&text, &code, &offset);
    if (!regex->code) {
        PCRE2_UCHAR why[160] = "";
        if (code == PCRE2_ERROR_NOMEMORY)
            goto no_memory;
        pcre2_get_error_message(code, why, sizeof why);
        status = code == PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH ? NEX_EUNSUPPORTED : NEX_EINVAL;
        status = nex_error_set(err, status, "pattern \"%.*s%s\": %s", shown, pattern,
                               (size_t)shown < len ? "..." : "", (const char *)why);
        goto done;
    }
    if (!scratch_init(&regex->own, regex->code))
        goto no_memory;
    *out = regex;
    regex = NULL;
    goto done;
no_memory:
    status = nex_error_set(err, NEX_ENOMEM, "pattern: out of memory");
done:
    nex_buf_free(&text);
    nex_regex_free(regex);
    return status;
}

/*
 * Machine code is made once an expression is used often. The copy is published whole, so that
 * threads matching meanwhile go on with the code they have.
 */
static const pcre2_code *best_code(nex_regex *regex) {
    pcre2_code *jit = atomic_load_explicit(&regex->jit, memory_order_acquire), *none = NULL;
    size_t size = 0;
    if (jit)
        return jit;
    if (atomic_fetch_add_explicit(&regex->matches, 1, memory_order_relaxed) != JIT_AFTER)
        return regex->code;
    pcre2_pattern_info(regex->code, PCRE2_INFO_SIZE, &size);
    if (size > MAX_JIT || !(jit = pcre2_code_copy(regex->code)))
        return regex->code;
    if (pcre2_jit_compile(jit, PCRE2_JIT_COMPLETE) != 0 ||
        !atomic_compare_exchange_strong(&regex->jit, &none, jit)) {
        pcre2_code_free(jit);
        return regex->code;
    }
    return jit;
}

/* One search with a limit; a search that outgrows the JIT's stack is done again without. */
static int search(const pcre2_code *code, scratch *s, const char *text, size_t len,
                  uint32_t limit) {
    pcre2_set_match_limit(s->context, limit);
    int rc = pcre2_match(code, (PCRE2_SPTR)text, len, 0, PCRE2_NO_UTF_CHECK, s->data, s->context);
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
        rc = pcre2_match(code, (PCRE2_SPTR)text, len, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, s->data,
                         s->context);
    return rc;
}

static bool pay(uint64_t *steps, uint64_t cost) {
    if (*steps < cost) {
        *steps = 0;
        return false;
    }
    *steps -= cost;
    return true;
}

/*
 * PCRE2 does not say how much work a search was. So it starts with a small limit, which nearly
 * every search keeps; one that does not is paid for by the limit it is given, eight times more
 * each time. One count of PCRE2's may walk over the whole text, hence the text's part in it.
 */
static nex_status search_within(const pcre2_code *code, scratch *s, const char *text, size_t len,
                                uint64_t *steps) {
    uint64_t weight = 1 + len / 32;
    if (!pay(steps, SEARCH_STEPS + weight))
        return NEX_ELIMIT;
    for (uint32_t limit = 64;; limit *= 8) {
        int rc = search(code, s, text, len, limit < MAX_MATCH ? limit : MAX_MATCH);
        if (rc >= 0)
            return NEX_OK;
        if (rc == PCRE2_ERROR_NOMATCH)
            return NEX_ENOTFOUND;
        if (rc == PCRE2_ERROR_NOMEMORY)
            return NEX_ENOMEM;
        if (rc != PCRE2_ERROR_MATCHLIMIT || limit >= MAX_MATCH || !pay(steps, limit * 8 * weight))
            return NEX_ELIMIT;
    }
}

nex_status nex_regex_match_within(const nex_regex *shared, const char *text, size_t len,
                                  uint64_t *steps) {
    nex_regex *regex = (nex_regex *)(uintptr_t)shared; /* its caches are its own business */
    nex_status status = NEX_ENOMEM;
    if (!text)
        text = "";
    if (regex->simple) {
        if (!pay(steps, 1 + len / 16))
            return NEX_ELIMIT;
        return nex_regex_simple_match(regex->simple, text, len) ? NEX_OK : NEX_ENOTFOUND;
    }
    const pcre2_code *code = best_code(regex);
    if (!atomic_flag_test_and_set_explicit(&regex->busy, memory_order_acquire)) {
        status = search_within(code, &regex->own, text, len, steps);
        atomic_flag_clear_explicit(&regex->busy, memory_order_release);
        return status;
    }
    scratch other = {NULL, NULL};
    if (scratch_init(&other, code))
        status = search_within(code, &other, text, len, steps);
    scratch_free(&other);
    return status;
}

nex_status nex_regex_match(const nex_regex *regex, const char *text, size_t len) {
    uint64_t steps = MATCH_STEPS;
    if (len > 0 && !nex_utf8_valid(text, len))
        return NEX_EINVAL;
    return nex_regex_match_within(regex, text, len, &steps);
}
