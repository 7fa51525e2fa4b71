#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DRAW_EVERY (100 * NEX_MILLISECOND)
#define MEGABYTE   1e6

enum { BAR_MAX = 40, REST = 44 /* columns beside bar and name */ };

void progress_begin(progress *p, const char *what, uint64_t total, uint64_t now, bool quiet) {
    *p = (progress){
        .shown = !quiet && isatty(STDERR_FILENO) == 1, .what = what, .total = total, .began = now};
}

static int columns(void) {
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

void progress_update(progress *p, uint64_t done, uint64_t now) {
    if (!p->shown || (p->drawn > 0 && now - p->drawn < (uint64_t)DRAW_EVERY && done < p->total)) {
        return;
    }
    p->drawn = now > 0 ? now : 1;
    double part = p->total > 0 ? (double)done / (double)p->total : 1;
    double seconds = (double)(now - p->began) / (double)NEX_SECOND;
    int room = columns() - REST - (int)strlen(p->what);
    int width = room > BAR_MAX ? BAR_MAX : room > 0 ? room : 0;
    int full = (int)(part * width);
    char bar[BAR_MAX + 1];
    memset(bar, ' ', (size_t)width);
    memset(bar, '=', (size_t)(full < width ? full : width));
    bar[width] = '\0';
    fprintf(stderr, "\r%s [%s] %3d %%  %.1f of %.1f MB  %.1f MB/s\033[K", p->what, bar,
            (int)(part * 100), (double)done / MEGABYTE, (double)p->total / MEGABYTE,
            seconds > 0 ? (double)done / MEGABYTE / seconds : 0);
    fflush(stderr);
}

void progress_end(progress *p) {
    if (p->shown && p->drawn > 0) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    p->shown = false;
}
