#include "monitor/lines.h"

#include <string.h>

char *mon_lines_room(mon_lines *lines, size_t *room) {
    if (lines->start > 0) {
        memmove(lines->data, lines->data + lines->start, lines->end - lines->start);
        lines->end -= lines->start;
        lines->start = 0;
    }
    *room = sizeof lines->data - lines->end;
    return lines->data + lines->end;
}

void mon_lines_added(mon_lines *lines, size_t count) {
    size_t room = sizeof lines->data - lines->end;
    lines->end += count < room ? count : room;
}

/* The length of text that does not end within a UTF-8 character, or len if it is no UTF-8. */
static size_t whole_characters(const char *text, size_t len) {
    size_t back = 0;
    while (back < 3 && back + 1 < len) {
        unsigned char c = (unsigned char)text[len - 1 - back];
        if (c < 0x80) {
            return len;
        }
        if (c >= 0xC0) {
            size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
            return back + 1 < need ? len - 1 - back : len;
        }
        back++;
    }
    return len;
}

bool mon_lines_take(mon_lines *lines, bool flush, const char **piece, size_t *len) {
    const char *begin = lines->data + lines->start;
    size_t have = lines->end - lines->start;
    if (have == 0) {
        return false;
    }
    const char *newline = memrchr(begin, '\n', have);
    if (newline != NULL) {
        *len = (size_t)(newline - begin) + 1;
    } else if (flush) {
        *len = have;
    } else if (have == sizeof lines->data) {
        *len = whole_characters(begin, have);
    } else {
        return false;
    }
    *piece = begin;
    lines->start += *len;
    return true;
}

bool mon_lines_pending(const mon_lines *lines) {
    return lines->end > lines->start;
}
