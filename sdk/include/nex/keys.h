/*
 * nex/keys.h - nkeys, curve key boxes (xkeys), and NATS user JWTs, on libsodium.
 *
 * nkeys are base32 texts of a prefix, a key and a CRC-16 (github.com/nats-io/nkeys). Secret
 * parts live in guarded, locked memory and are wiped when freed. Private key
 * texts (P...) are refused everywhere: a secret is written as its seed only.
 */
#ifndef NEX_KEYS_H
#define NEX_KEYS_H

#include <nex/core.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nex_key_kind {
    NEX_KEY_UNKNOWN = 0,
    NEX_KEY_OPERATOR, /**< O, SO */
    NEX_KEY_ACCOUNT,  /**< A, SA */
    NEX_KEY_USER,     /**< U, SU */
    NEX_KEY_SERVER,   /**< N, SN: also a node's identity */
    NEX_KEY_CLUSTER,  /**< C, SC */
    NEX_KEY_CURVE     /**< X, SX: boxes only, cannot sign */
} nex_key_kind;

enum {
    NEX_KEY_TEXT_SIZE = 64, /**< room for the text of a public key or seed and its NUL */
    NEX_SIGNATURE_SIZE = 64
};

typedef struct nex_key nex_key;

/** "server", "user", ... Never NULL. */
NEX_API const char *nex_key_kind_name(nex_key_kind kind);

NEX_API nex_status nex_key_generate(nex_key **out, nex_key_kind kind, nex_error *err);
/** From 32 raw secret bytes (a seed's contents), for keys that must be derived. */
NEX_API nex_status nex_key_from_raw(nex_key **out, nex_key_kind kind, const uint8_t secret[32],
                                    nex_error *err);
/** Reads a seed ("SU..."). The error never repeats the text. */
NEX_API nex_status nex_key_from_seed(nex_key **out, const char *seed, nex_error *err);
/** Reads a public key: good for verify and kind only. */
NEX_API nex_status nex_key_from_public(nex_key **out, const char *public_key, nex_error *err);
/** Wipes and frees; NULL is fine. */
NEX_API void nex_key_free(nex_key *key);

NEX_API nex_key_kind nex_key_get_kind(const nex_key *key);
/** The public key's text, valid as long as the key. */
NEX_API const char *nex_key_public(const nex_key *key);
/** The seed's text; wipe it (nex_wipe) after use. NEX_ESTATE for a public key. */
NEX_API nex_status nex_key_seed(const nex_key *key, char out[NEX_KEY_TEXT_SIZE]);
/** Whether a text is a well-formed public key, and of what kind (NEX_KEY_UNKNOWN if not). */
NEX_API nex_key_kind nex_key_public_kind(const char *text);

NEX_API nex_status nex_key_sign(const nex_key *key, const void *data, size_t len,
                                uint8_t out[NEX_SIGNATURE_SIZE], nex_error *err);
/**
 * Signs what a NATS server challenges with, for nats.c: as nex_key_sign, but the signature never
 * begins with a zero byte, which nats.c before 3.8 takes for no signature at all (one connection
 * in 256 was refused). Good for every verifier; two calls may give different signatures.
 */
NEX_API nex_status nex_key_sign_nonce(const nex_key *key, const void *nonce, size_t len,
                                      uint8_t out[NEX_SIGNATURE_SIZE], nex_error *err);
/** NEX_EREFUSED when the signature does not fit. */
NEX_API nex_status nex_key_verify(const nex_key *key, const void *data, size_t len,
                                  const uint8_t *signature, size_t signature_len, nex_error *err);

/** Appends a box ("xkv1", nonce, NaCl box) from sender to the receiver's public curve key. */
NEX_API nex_status nex_box_seal(const nex_key *sender, const char *receiver_public,
                                const void *data, size_t len, nex_buf *out, nex_error *err);
/** Opens a box made by sender_public for receiver. The buffer holds a secret: nex_buf_wipe. */
NEX_API nex_status nex_box_open(const nex_key *receiver, const char *sender_public, const void *box,
                                size_t len, nex_buf *out, nex_error *err);

/** Overwrites memory so that no compiler drops it. */
NEX_API void nex_wipe(void *data, size_t len);
NEX_API void nex_buf_wipe(nex_buf *buf); /**< wipes the contents, then frees */

/* ---- User JWTs ---------------------------------------------------------------------------- */

typedef struct nex_permission {
    const char *const *allow;
    size_t allow_count;
    const char *const *deny;
    size_t deny_count;
} nex_permission;

/** What a user JWT says. Limits are always "none" (-1). */
typedef struct nex_user_claims {
    const char *subject;        /**< the user's public key */
    const char *name;           /**< an agent or workload id */
    const char *issuer_account; /**< the root account's public key; NULL: the signer is it */
    int64_t issued_at;          /**< seconds since 1970 */
    int64_t expires;            /**< seconds since 1970; 0: never */
    nex_permission publish;
    nex_permission subscribe;
    bool has_responses; /**< may answer requests */
    int64_t max_responses;
    nex_duration response_ttl;
} nex_user_claims;

/** Appends a signed user JWT (ed25519-nkey). The signer is an account (signing) key. */
NEX_API nex_status nex_jwt_mint_user(const nex_user_claims *claims, const nex_key *signer,
                                     nex_buf *out, nex_error *err);

/** A verified JWT: any kind nkeys sign (operator, account, user). */
typedef struct nex_jwt nex_jwt;
/** Decodes and verifies the signature against the issuer the JWT names. Times are not judged. */
NEX_API nex_status nex_jwt_decode(nex_jwt **out, const char *text, size_t len, nex_error *err);
NEX_API void nex_jwt_free(nex_jwt *jwt);
NEX_API const char *nex_jwt_type(const nex_jwt *jwt);    /**< "user", "account", "operator" */
NEX_API const char *nex_jwt_issuer(const nex_jwt *jwt);  /**< public key */
NEX_API const char *nex_jwt_subject(const nex_jwt *jwt); /**< public key */
NEX_API const char *nex_jwt_name(const nex_jwt *jwt);    /**< or "" */
NEX_API const char *nex_jwt_issuer_account(const nex_jwt *jwt); /**< or "" */
NEX_API int64_t nex_jwt_issued_at(const nex_jwt *jwt); /**< seconds since 1970; 0: not said */
NEX_API int64_t nex_jwt_expires(const nex_jwt *jwt);            /**< seconds since 1970; 0: never */
NEX_API const char *nex_jwt_claims(const nex_jwt *jwt);         /**< the claims as JSON text */
/** Whether exactly this text stands among the subjects a user JWT allows to subscribe. */
NEX_API bool nex_jwt_may_subscribe(const nex_jwt *jwt, const char *subject);

/** Appends a creds file (user JWT and seed) as nats tools read it. Wipe the buffer after use. */
NEX_API nex_status nex_creds_format(const char *jwt, const char *seed, nex_buf *out);
/**
 * Finds the JWT and the seed in a creds file; both appended, NUL-terminated by nex_buf. Neither
 * is verified. The error repeats no part of the text. Wipe the seed's buffer after use.
 */
NEX_API nex_status nex_creds_parse(const char *text, size_t len, nex_buf *jwt, nex_buf *seed,
                                   nex_error *err);

#ifdef __cplusplus
}
#endif

#endif
