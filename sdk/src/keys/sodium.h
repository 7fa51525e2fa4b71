/* keys/sodium.h - making libsodium ready, for every entry point that uses it. */
#ifndef NEX_KEYS_SODIUM_H
#define NEX_KEYS_SODIUM_H

#include <nex/core.h>
#include <sodium.h>

/** Starts libsodium if nobody has yet; cheap and safe from any thread, so called everywhere. */
nex_status nex_sodium_ready(nex_error *err);

#endif
