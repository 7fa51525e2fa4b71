#include "table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct column {
    char *header;
    size_t width;
    bool right;
} column;

struct table {
    char *title;
    column *columns;
    size_t column_count;
    char **cells; /**< row by row */
    size_t cell_count, cell_cap;
};

table *table_new(const char *title) {
    table *t = calloc(1, sizeof *t);
    if (t && title) {
        t->title = strdup(title);
        if (!t->title) {
            free(t);
            return NULL;
        }
    }
    return t;
}

void table_free(table *t) {
    if (!t) {
        return;
    }
    for (size_t i = 0; i < t->column_count; i++) {
        free(t->columns[i].header);
    }
    for (size_t i = 0; i < t->cell_count; i++) {
        free(t->cells[i]);
    }
    free(t->columns);
    free(t->cells);
    free(t->title);
    free(t);
}

static char *safe_copy(const char *text) {
    nex_buf buf = NEX_BUF_INIT;
    if (text_append_safe(&buf, text ? text : "") != NEX_OK ||
        nex_buf_append(&buf, "", 0) != NEX_OK) {
        nex_buf_free(&buf);
        return NULL;
    }
    char *copy = nex_buf_take(&buf);
    return copy ? copy : strdup("");
}

nex_status table_column(table *t, const char *header, bool right) {
    column *grown = realloc(t->columns, (t->column_count + 1) * sizeof *grown);
    if (!grown) {
        return NEX_ENOMEM;
    }
    t->columns = grown;
    char *copy = strdup(header);
    if (!copy) {
        return NEX_ENOMEM;
    }
    grown[t->column_count++] = (column){copy, text_width(header), right};
    return NEX_OK;
}

nex_status table_cell(table *t, const char *text) {
    if (t->cell_count == t->cell_cap) {
        size_t cap = t->cell_cap ? t->cell_cap * 2 : 64;
        char **grown = realloc(t->cells, cap * sizeof *grown);
        if (!grown) {
            return NEX_ENOMEM;
        }
        t->cells = grown;
        t->cell_cap = cap;
    }
    char *copy = safe_copy(text);
    if (!copy) {
        return NEX_ENOMEM;
    }
    column *c = &t->columns[t->cell_count % t->column_count];
    size_t width = text_width(copy);
    if (width > c->width) {
        c->width = width;
    }
    t->cells[t->cell_count++] = copy;
    return NEX_OK;
}

nex_status table_cell_int(table *t, int64_t number) {
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, number);
    return table_cell(t, text);
}

/* qsort has no argument for the comparison, so each row carries its keys. */
typedef struct row {
    char **cells;
    const char *first, *then;
    size_t index;
} row;

static int compare_rows(const void *a, const void *b) {
    const row *x = a, *y = b;
    int order = strcmp(x->first, y->first);
    if (order == 0) {
        order = strcmp(x->then, y->then);
    }
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

nex_status table_sort(table *t, size_t first, size_t then) {
    size_t width = t->column_count;
    size_t count = width ? t->cell_count / width : 0;
    if (count < 2) {
        return NEX_OK;
    }
    row *rows = malloc(count * sizeof *rows);
    char **cells = malloc(t->cell_cap * sizeof *cells);
    if (!rows || !cells) {
        free(rows);
        free(cells);
        return NEX_ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        char **at = &t->cells[i * width];
        rows[i] = (row){at, at[first], at[then], i};
    }
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++) {
        memcpy(&cells[i * width], rows[i].cells, width * sizeof *cells);
    }
    free(rows);
    free(t->cells);
    t->cells = cells;
    return NEX_OK;
}

static nex_status repeat(nex_buf *out, const char *text, size_t count) {
    nex_status status = NEX_OK;
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        status = nex_buf_append_str(out, text);
    }
    return status;
}

static nex_status rule(const table *t, nex_buf *out, const char *left, const char *cross,
                       const char *right) {
    nex_status status = nex_buf_append_str(out, left);
    for (size_t i = 0; i < t->column_count && status == NEX_OK; i++) {
        status = repeat(out, "─", t->columns[i].width + 2);
        if (status == NEX_OK) {
            status = nex_buf_append_str(out, i + 1 < t->column_count ? cross : right);
        }
    }
    return status == NEX_OK ? nex_buf_append_str(out, "\n") : status;
}

static nex_status line(const table *t, nex_buf *out, char *const *cells) {
    nex_status status = nex_buf_append_str(out, "│");
    for (size_t i = 0; i < t->column_count && status == NEX_OK; i++) {
        const column *c = &t->columns[i];
        const char *text = cells ? cells[i] : c->header;
        size_t pad = c->width - text_width(text);
        status = repeat(out, " ", 1 + (c->right ? pad : 0));
        if (status == NEX_OK) {
            status = nex_buf_append_str(out, text);
        }
        if (status == NEX_OK) {
            status = repeat(out, " ", 1 + (c->right ? 0 : pad));
        }
        if (status == NEX_OK) {
            status = nex_buf_append_str(out, "│");
        }
    }
    return status == NEX_OK ? nex_buf_append_str(out, "\n") : status;
}

static nex_status title(table *t, nex_buf *out) {
    size_t inner = t->column_count - 1;
    for (size_t i = 0; i < t->column_count; i++) {
        inner += t->columns[i].width + 2;
    }
    size_t width = text_width(t->title);
    if (width > inner) {
        t->columns[t->column_count - 1].width += width - inner;
        inner = width;
    }
    size_t pad = inner - width;
    nex_status status = rule(t, out, "╭", "─", "╮");
    if (status == NEX_OK) {
        status = nex_buf_append_str(out, "│");
    }
    if (status == NEX_OK) {
        status = repeat(out, " ", (pad + 1) / 2);
    }
    if (status == NEX_OK) {
        status = nex_buf_append_str(out, t->title);
    }
    if (status == NEX_OK) {
        status = repeat(out, " ", pad / 2);
    }
    if (status == NEX_OK) {
        status = nex_buf_append_str(out, "│\n");
    }
    return status == NEX_OK ? rule(t, out, "├", "┬", "┤") : status;
}

nex_status table_render(table *t, nex_buf *out) {
    nex_status status = t->title ? title(t, out) : rule(t, out, "╭", "┬", "╮");
    if (status == NEX_OK) {
        status = line(t, out, NULL);
    }
    if (status == NEX_OK) {
        status = rule(t, out, "├", "┼", "┤");
    }
    for (size_t i = 0; i + t->column_count <= t->cell_count && status == NEX_OK;
         i += t->column_count) {
        status = line(t, out, &t->cells[i]);
    }
    return status == NEX_OK ? rule(t, out, "╰", "┴", "╯") : status;
}
