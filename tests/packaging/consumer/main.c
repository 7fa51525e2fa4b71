/* Somebody else's program: calls libnex and tells by its exit status whether that worked. */
#include <nex/core.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    nex_error err = {0};
    nex_status status = nex_error_set(&err, NEX_ENOTFOUND, "no workload %s", "abc");
    if (status != NEX_ENOTFOUND || strstr(err.message, "no workload abc") == NULL) {
        fprintf(stderr, "unexpected: %s: %s\n", nex_status_name(status), err.message);
        return 1;
    }
    printf("%s\n", err.message);
    return 0;
}
