/*
 * table.h - tables for people: boxes of Unicode lines, cells measured as a terminal shows them.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <nex/core.h>

typedef struct table table;

/** A table with a title (may be NULL). NULL when out of memory. */
table *table_new(const char *title);
void table_free(table *t);
/** Adds a column. right: numbers, aligned on the right. */
nex_status table_column(table *t, const char *header, bool right);
/** Adds the next cell, row by row, copying the text (NULL: ""). */
nex_status table_cell(table *t, const char *text);
nex_status table_cell_int(table *t, int64_t number);
/** Sorts the rows by one column, then by another, bytewise. */
nex_status table_sort(table *t, size_t first, size_t then);
/** Appends the table, lines ending in a newline. */
nex_status table_render(table *t, nex_buf *out);

/** Columns a terminal uses for a UTF-8 text; control characters and broken bytes count 1. */
size_t text_width(const char *text);
/** Appends a text with control characters, which could steer a terminal, as \xNN. */
nex_status text_append_safe(nex_buf *out, const char *text);

#endif
