/*
 * environment/environment.h - the environment of a start request, sealed for one receiver.
 *
 * run_request is JSON text. Its member "environment" is a map of text, or, sealed, an EncEnv:
 * {"encrypted_by": public curve key, "base64_encrypted_env": box of the map's JSON text}.
 */
#ifndef NEX_ENVIRONMENT_H
#define NEX_ENVIRONMENT_H

#include <nex/core.h>
#include <nex/keys.h>

/**
 * Appends run_request with its environment sealed to the receiver's public curve key by a key
 * made for this one box. Without an environment, or with one that is sealed, it is appended as
 * it is. The buffer must be wiped.
 */
nex_status environment_seal(const char *run_request, const char *receiver, nex_buf *out,
                            nex_error *err);
/** Appends run_request with its environment opened, if it is sealed; to be wiped. */
nex_status environment_open(const char *run_request, const nex_key *key, nex_buf *out,
                            nex_error *err);

#endif
