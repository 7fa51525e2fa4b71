/* libnats asks OpenSSL for random numbers before it connects, and OpenSSL then sets up its own
 * generator: it reads its configuration and fetches a provider's algorithms, a fifth of what a
 * short command takes in all. The kernel's generator, which seeds that one anyway, is ready. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "cli.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/random.h>

static int kernel_bytes(unsigned char *out, int count) {
    for (int done = 0; done < count;) {
        ssize_t got = getrandom(out + done, (size_t)(count - done), 0);
        if (got < 0 && errno != EINTR) {
            return 0;
        }
        done += got > 0 ? (int)got : 0;
    }
    return 1;
}

static int kernel_status(void) {
    return 1;
}

void entropy_from_kernel(void) {
    static const RAND_METHOD kernel = {
        .bytes = kernel_bytes, .pseudorand = kernel_bytes, .status = kernel_status};
    /* What the system's policy or an operator's OPENSSL_CONF demands of random numbers comes first:
     * a generator of another provider (FIPS) is chosen there. */
    if (secure_getenv("OPENSSL_CONF") == NULL) {
        (void)RAND_set_rand_method(&kernel);
    }
}
