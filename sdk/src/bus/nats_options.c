#include "bus/nats_options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const default_server = "nats://127.0.0.1:4222";

enum {
    PEM_FILE_MAX = 1024 * 1024,
    CREDS_FILE_MAX = 64 * 1024,
    IO_BUFFER = 8192 /* two of them a connection; longer messages pass around them */
};

void nats_identity_clear(nats_identity *identity) {
    nex_key_free(identity->key);
    free(identity->jwt);
    free(identity->creds_file);
    identity->key = NULL;
    identity->jwt = NULL;
    identity->creds_file = NULL;
}

nex_status nats_status_map(natsStatus status) {
    switch (status) {
    case NATS_OK:
        return NEX_OK;
    case NATS_NO_MEMORY:
        return NEX_ENOMEM;
    case NATS_TIMEOUT:
        return NEX_ETIMEOUT;
    case NATS_CONNECTION_AUTH_FAILED:
    case NATS_NOT_PERMITTED:
    case NATS_SSL_ERROR:
    case NATS_SECURE_CONNECTION_WANTED:
    case NATS_SECURE_CONNECTION_REQUIRED:
        return NEX_EREFUSED;
    case NATS_NO_SERVER:
    case NATS_IO_ERROR:
    case NATS_ADDRESS_MISSING:
    case NATS_CONNECTION_DISCONNECTED:
    case NATS_NO_RESPONDERS:
        return NEX_EUNREACHABLE;
    case NATS_CONNECTION_CLOSED:
    case NATS_DRAINING:
        return NEX_ESTATE;
    case NATS_MAX_PAYLOAD:
    case NATS_INSUFFICIENT_BUFFER:
        return NEX_ELIMIT;
    case NATS_INVALID_ARG:
    case NATS_INVALID_SUBJECT:
    case NATS_INVALID_QUEUE_NAME:
        return NEX_EINVAL;
    default:
        return NEX_EIO;
    }
}

/* ---- Servers ------------------------------------------------------------------------------ */

nex_status nats_url_mask(const char *url, nex_buf *out) {
    const char *scheme_end = strstr(url, "://");
    const char *host = scheme_end != NULL ? scheme_end + 3 : url;
    const char *at = strrchr(host, '@');
    if (at == NULL) {
        return nex_buf_append_str(out, url);
    }
    const char *colon = memchr(host, ':', (size_t)(at - host));
    /* "user:password@" keeps the user; "token@" keeps nothing. */
    size_t shown = colon != NULL ? (size_t)(colon + 1 - url) : (size_t)(host - url);
    nex_status status = nex_buf_append(out, url, shown);
    if (status == NEX_OK) {
        status = nex_buf_append_str(out, "***");
    }
    return status == NEX_OK ? nex_buf_append_str(out, at) : status;
}

static nex_status set_servers(natsOptions *opts, nex_buf *names, const nex_bus_options *options,
                              nex_error *err) {
    const char *const *servers = options->server_count > 0 ? options->servers : &default_server;
    size_t count = options->server_count > 0 ? options->server_count : 1;
    if (count > 1024) {
        return nex_error_set(err, NEX_ELIMIT, "connect to NATS: %zu servers given, at most 1024",
                             count);
    }
    bool secure = false;
    for (size_t i = 0; i < count; i++) {
        const char *end = strstr(servers[i], "://");
        size_t scheme = end != NULL ? (size_t)(end - servers[i]) : 0;
        bool tls = scheme == 3 && strncmp(servers[i], "tls", 3) == 0;
        bool nats = end == NULL || (scheme == 4 && strncmp(servers[i], "nats", 4) == 0);
        if ((i > 0 && nex_buf_append_str(names, ", ") != NEX_OK) ||
            nats_url_mask(servers[i], names) != NEX_OK) {
            return nex_error_set(err, NEX_ENOMEM, "connect to NATS: out of memory");
        }
        if (!tls && !nats) {
            return nex_error_set(err, NEX_EUNSUPPORTED,
                                 "connect to NATS: server %s: scheme \"%.*s\" is not supported, "
                                 "wanted nats or tls",
                                 names->data, (int)scheme, servers[i]);
        }
        secure = secure || tls;
    }
    const char **list = malloc(count * sizeof *list);
    if (list == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "connect to NATS: out of memory");
    }
    memcpy(list, servers, count * sizeof *list);
    natsStatus s = natsOptions_SetServers(opts, list, (int)count);
    free(list);
    if (s == NATS_OK && secure) {
        s = natsOptions_SetSecure(opts, true);
    }
    if (s != NATS_OK) {
        return nex_error_set(err, nats_status_map(s), "connect to NATS: servers %s: %s",
                             names->data, natsStatus_GetText(s));
    }
    return NEX_OK;
}

/* ---- Credentials -------------------------------------------------------------------------- */

/* A server that asks for no credentials sends no nonce (NULL), and looks at no signature. */
static natsStatus sign_nonce(char **error_text, unsigned char **signature, int *len,
                             const char *nonce, void *closure) {
    const nats_identity *identity = closure;
    const char *text = nonce != NULL ? nonce : "";
    unsigned char *out = malloc(NEX_SIGNATURE_SIZE);
    if (out == NULL) {
        return NATS_NO_MEMORY;
    }
    nex_error err;
    if (nex_key_sign_nonce(identity->key, text, strlen(text), out, &err) != NEX_OK) {
        free(out);
        *error_text = strdup(err.message);
        return NATS_ERR;
    }
    *signature = out;
    *len = NEX_SIGNATURE_SIZE;
    return NATS_OK;
}

static natsStatus give_jwt(char **jwt, char **error_text, void *closure) {
    (void)error_text;
    *jwt = strdup(((const nats_identity *)closure)->jwt);
    return *jwt != NULL ? NATS_OK : NATS_NO_MEMORY;
}

/* Both texts of a credentials file; the caller wipes them. */
static nex_status read_creds_file(const char *name, nex_buf *jwt, nex_buf *seed, nex_error *err) {
    FILE *file = fopen(name, "re");
    if (file == NULL) {
        nex_status status = errno == ENOENT ? NEX_ENOTFOUND : NEX_EIO;
        return nex_error_set(err, status, "connect to NATS: credentials file %s: %s", name,
                             strerror(errno));
    }
    nex_buf text = NEX_BUF_INIT;
    nex_status status = nex_buf_reserve(&text, CREDS_FILE_MAX);
    if (status == NEX_OK) {
        text.len = fread(text.data, 1, CREDS_FILE_MAX, file);
        status = ferror(file) != 0 ? nex_error_set(err, NEX_EIO, "cannot be read")
                                   : nex_creds_parse(text.data, text.len, jwt, seed, err);
    } else {
        nex_error_set(err, status, "out of memory");
    }
    fclose(file);
    nex_buf_wipe(&text);
    return status == NEX_OK
               ? NEX_OK
               : nex_error_prefix(err, status, "connect to NATS: credentials file %s", name);
}

/* The file is read at each connection, so that renewed credentials are taken up. */
static natsStatus give_file_jwt(char **jwt, char **error_text, void *closure) {
    const nats_identity *identity = closure;
    nex_buf jwt_text = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;
    nex_error err;
    nex_status status = read_creds_file(identity->creds_file, &jwt_text, &seed, &err);
    nex_buf_wipe(&seed);
    if (status != NEX_OK) {
        nex_buf_free(&jwt_text);
        *error_text = strdup(err.message);
        return NATS_ERR;
    }
    *jwt = nex_buf_take(&jwt_text);
    return NATS_OK;
}

static natsStatus sign_with_file(char **error_text, unsigned char **signature, int *len,
                                 const char *nonce, void *closure) {
    const nats_identity *identity = closure;
    nats_identity signer = {0};
    nex_buf jwt = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;
    nex_error err;
    nex_status status = read_creds_file(identity->creds_file, &jwt, &seed, &err);
    if (status == NEX_OK) {
        status = nex_key_from_seed(&signer.key, seed.data, &err);
    }
    nex_buf_free(&jwt);
    nex_buf_wipe(&seed);
    if (status != NEX_OK) {
        *error_text = strdup(err.message);
        return NATS_ERR;
    }
    natsStatus s = sign_nonce(error_text, signature, len, nonce, &signer);
    nex_key_free(signer.key);
    return s;
}

static nex_status set_creds_file(natsOptions *opts, nats_identity *identity, const char *name,
                                 nex_error *err) {
    nex_buf jwt = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;
    nex_status status = read_creds_file(name, &jwt, &seed, err);
    nex_buf_free(&jwt);
    nex_buf_wipe(&seed);
    if (status != NEX_OK) {
        return status;
    }
    identity->creds_file = strdup(name);
    natsStatus s = identity->creds_file == NULL
                       ? NATS_NO_MEMORY
                       : natsOptions_SetUserCredentialsCallbacks(opts, give_file_jwt, identity,
                                                                 sign_with_file, identity);
    if (s != NATS_OK) {
        return nex_error_set(err, nats_status_map(s), "connect to NATS: credentials file %s: %s",
                             name, natsStatus_GetText(s));
    }
    return NEX_OK;
}

static bool given(const char *text) {
    return text != NULL && *text != '\0';
}

static nex_status set_credentials(natsOptions *opts, nats_identity *identity,
                                  const nex_bus_options *options, nex_error *err) {
    natsStatus s = NATS_OK;
    if (given(options->creds_file)) {
        return set_creds_file(opts, identity, options->creds_file, err);
    }
    if (given(options->jwt) && !given(options->nkey_seed)) {
        return nex_error_set(err, NEX_EINVAL,
                             "connect to NATS: a user JWT needs the seed of its user nkey");
    }
    if (given(options->nkey_seed)) {
        nex_status status = nex_key_from_seed(&identity->key, options->nkey_seed, err);
        if (status != NEX_OK) {
            return nex_error_prefix(err, status, "connect to NATS: user nkey seed");
        }
        if (nex_key_get_kind(identity->key) == NEX_KEY_CURVE) {
            return nex_error_set(err, NEX_EINVAL,
                                 "connect to NATS: the nkey seed is of a curve key, which cannot "
                                 "sign; wanted a user nkey seed (SU...)");
        }
        if (given(options->jwt)) {
            identity->jwt = strdup(options->jwt);
            s = identity->jwt == NULL ? NATS_NO_MEMORY
                                      : natsOptions_SetUserCredentialsCallbacks(
                                            opts, give_jwt, identity, sign_nonce, identity);
        } else {
            s = natsOptions_SetNKey(opts, nex_key_public(identity->key), sign_nonce, identity);
        }
    } else if (given(options->user)) {
        s = natsOptions_SetUserInfo(opts, options->user,
                                    options->password != NULL ? options->password : "");
    }
    if (s != NATS_OK) {
        return nex_error_set(err, nats_status_map(s), "connect to NATS: credentials: %s",
                             natsStatus_GetText(s));
    }
    return NEX_OK;
}

/* ---- TLS ---------------------------------------------------------------------------------- */

/* PEM text as it is, or the contents of a file. Wiped by the caller: it may hold a key. */
static nex_status load_pem(const char *what, const char *text_or_file, nex_buf *out,
                           nex_error *err) {
    if (strstr(text_or_file, "-----BEGIN") != NULL) {
        if (nex_buf_append_str(out, text_or_file) != NEX_OK) {
            return nex_error_set(err, NEX_ENOMEM, "connect to NATS: out of memory");
        }
        return NEX_OK;
    }
    FILE *file = fopen(text_or_file, "re");
    if (file == NULL) {
        nex_status status = errno == ENOENT ? NEX_ENOTFOUND : NEX_EIO;
        return nex_error_set(err, status, "connect to NATS: %s file %s: %s", what, text_or_file,
                             strerror(errno));
    }
    nex_status status = nex_buf_reserve(out, PEM_FILE_MAX);
    if (status == NEX_OK) {
        out->len = fread(out->data, 1, PEM_FILE_MAX, file);
        out->data[out->len] = '\0';
        bool too_long = out->len == PEM_FILE_MAX;
        if (ferror(file) != 0) {
            status = nex_error_set(err, NEX_EIO, "connect to NATS: %s file %s: cannot be read",
                                   what, text_or_file);
        } else if (too_long || strstr(out->data, "-----BEGIN") == NULL) {
            status = nex_error_set(err, NEX_EINVAL, "connect to NATS: %s file %s: not a PEM file",
                                   what, text_or_file);
        }
    } else {
        nex_error_set(err, status, "connect to NATS: out of memory");
    }
    fclose(file);
    return status;
}

static nex_status tls_error(natsStatus s, const char *what, nex_error *err) {
    const char *detail = nats_GetLastError(NULL);
    return nex_error_set(err, NEX_EINVAL, "connect to NATS: %s: %s", what,
                         detail != NULL && *detail != '\0' ? detail : natsStatus_GetText(s));
}

static nex_status set_tls(natsOptions *opts, const nex_bus_options *options, nex_error *err) {
    nex_status status = NEX_OK;
    if (options->tls_first) {
#if NATS_VERSION_NUMBER >= 0x030900
        if (natsOptions_TLSHandshakeFirst(opts) != NATS_OK) {
            return nex_error_set(err, NEX_EUNSUPPORTED,
                                 "connect to NATS: libnats refused a TLS handshake first");
        }
#else
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "connect to NATS: a TLS handshake before the server's INFO needs "
                             "libnats 3.9 or newer, this is %s",
                             nats_GetVersion());
#endif
    }
    if (given(options->tls_ca)) {
        nex_buf ca = NEX_BUF_INIT;
        status = load_pem("CA certificate", options->tls_ca, &ca, err);
        natsStatus s =
            status == NEX_OK ? natsOptions_SetCATrustedCertificates(opts, ca.data) : NATS_OK;
        nex_buf_free(&ca);
        if (s != NATS_OK) {
            status = tls_error(s, "CA certificate", err);
        }
    }
    if (status == NEX_OK && given(options->tls_cert) != given(options->tls_key)) {
        return nex_error_set(err, NEX_EINVAL,
                             "connect to NATS: a TLS client certificate and its key go together, "
                             "only the %s was given",
                             given(options->tls_cert) ? "certificate" : "key");
    }
    if (status == NEX_OK && given(options->tls_cert)) {
        nex_buf cert = NEX_BUF_INIT;
        nex_buf key = NEX_BUF_INIT;
        status = load_pem("client certificate", options->tls_cert, &cert, err);
        if (status == NEX_OK) {
            status = load_pem("client key", options->tls_key, &key, err);
        }
        natsStatus s = status == NEX_OK
                           ? natsOptions_SetCertificatesChain(opts, cert.data, key.data)
                           : NATS_OK;
        nex_buf_free(&cert);
        nex_buf_wipe(&key);
        if (s != NATS_OK) {
            status = tls_error(s, "client certificate and key", err);
        }
    }
    if (status == NEX_OK && (given(options->tls_ca) || given(options->tls_cert)) &&
        natsOptions_SetSecure(opts, true) != NATS_OK) {
        status = nex_error_set(err, NEX_EUNSUPPORTED, "connect to NATS: libnats has no TLS");
    }
    return status;
}

/* ---- All together ------------------------------------------------------------------------- */

nex_status nats_options_make(natsOptions **out, nats_identity *identity, nex_buf *servers,
                             const nex_bus_options *options, nex_error *err) {
    natsOptions *opts = NULL;
    *out = NULL;
    natsStatus s = natsOptions_Create(&opts);
    if (s == NATS_OK && given(options->name)) {
        s = natsOptions_SetName(opts, options->name);
    }
    if (s == NATS_OK) {
        s = natsOptions_SetIOBufSize(opts, IO_BUFFER);
    }
    nex_status status = NEX_OK;
    if (s != NATS_OK) {
        status =
            nex_error_set(err, nats_status_map(s), "connect to NATS: %s", natsStatus_GetText(s));
    }
    if (status == NEX_OK) {
        status = set_servers(opts, servers, options, err);
    }
    if (status == NEX_OK) {
        status = set_credentials(opts, identity, options, err);
    }
    if (status == NEX_OK) {
        status = set_tls(opts, options, err);
    }
    if (status != NEX_OK) {
        natsOptions_Destroy(opts);
        return status;
    }
    *out = opts;
    return NEX_OK;
}
