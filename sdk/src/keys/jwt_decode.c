#include "keys/jwt.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Far above any real JWT (an account with hundreds of exports), far below what would hurt. */
enum { MAX_JWT_SIZE = 1024 * 1024 };

struct nex_jwt {
    nex_buf text; /* the claims as JSON */
    json_t *claims;
    const char *type;
    const char *issuer;
    const char *subject;
    const char *name;
    const char *issuer_account;
    int64_t issued_at;
    int64_t expires;
};

typedef struct jwt_parts {
    const char *header, *payload, *signature;
    size_t header_len, payload_len, signature_len;
} jwt_parts;

static bool split(jwt_parts *parts, const char *text, size_t len) {
    const char *end = text + len;
    const char *first = memchr(text, '.', len);
    if (first == NULL) {
        return false;
    }
    const char *second = memchr(first + 1, '.', (size_t)(end - first - 1));
    if (second == NULL || memchr(second + 1, '.', (size_t)(end - second - 1)) != NULL) {
        return false;
    }
    *parts = (jwt_parts){.header = text,
                         .header_len = (size_t)(first - text),
                         .payload = first + 1,
                         .payload_len = (size_t)(second - first - 1),
                         .signature = second + 1,
                         .signature_len = (size_t)(end - second - 1)};
    return true;
}

static nex_status decode_json(const char *what, const char *text, size_t len, nex_buf *bytes,
                              json_t **out, nex_error *err) {
    nex_status status = nex_jwt_base64_decode(text, len, bytes);
    if (status == NEX_ENOMEM) {
        return nex_error_set(err, status, "reading a JWT: out of memory");
    }
    if (status != NEX_OK) {
        return nex_error_set(err, status, "reading a JWT: its %s is not base64url", what);
    }
    json_error_t why;
    *out = json_loadb(bytes->data, bytes->len, JSON_REJECT_DUPLICATES, &why);
    if (*out == NULL && json_error_code(&why) == json_error_out_of_memory) {
        return nex_error_set(err, NEX_ENOMEM, "reading a JWT: out of memory");
    }
    if (!json_is_object(*out)) {
        json_decref(*out);
        *out = NULL;
        return nex_error_set(err, NEX_EINVAL, "reading a JWT: its %s is not a JSON object", what);
    }
    return NEX_OK;
}

static nex_status check_header(const jwt_parts *parts, nex_error *err) {
    nex_buf bytes = NEX_BUF_INIT;
    json_t *header = NULL;
    nex_status status =
        decode_json("header", parts->header, parts->header_len, &bytes, &header, err);
    if (status == NEX_OK) {
        const char *typ = json_string_value(json_object_get(header, "typ"));
        const char *alg = json_string_value(json_object_get(header, "alg"));
        if (typ == NULL || strcmp(typ, "JWT") != 0) {
            status = nex_error_set(err, NEX_EINVAL,
                                   "reading a JWT: its header's typ is \"%.32s\"; expected \"JWT\"",
                                   typ == NULL ? "" : typ);
        } else if (alg == NULL || strcmp(alg, NEX_JWT_ALGORITHM) != 0) {
            status = nex_error_set(err, NEX_EUNSUPPORTED,
                                   "reading a JWT: its algorithm is \"%.32s\"; expected \"%s\"",
                                   alg == NULL ? "" : alg, NEX_JWT_ALGORITHM);
        }
    }
    json_decref(header);
    nex_buf_free(&bytes);
    return status;
}

/* The text of a member, "" when it is absent, NULL when it is something else. */
static const char *text_member(const json_t *object, const char *name) {
    json_t *value = json_object_get(object, name);
    return value == NULL ? "" : json_string_value(value);
}

static nex_status read_claims(nex_jwt *jwt, nex_error *err) {
    json_t *nats = json_object_get(jwt->claims, "nats");
    json_t *expires = json_object_get(jwt->claims, "exp");
    jwt->issuer = text_member(jwt->claims, "iss");
    jwt->subject = text_member(jwt->claims, "sub");
    jwt->name = text_member(jwt->claims, "name");
    jwt->type = text_member(nats, "type");
    jwt->issuer_account = text_member(nats, "issuer_account");
    if (jwt->issuer == NULL || jwt->subject == NULL || jwt->name == NULL || jwt->type == NULL ||
        jwt->issuer_account == NULL || (expires != NULL && !json_is_integer(expires))) {
        return nex_error_set(err, NEX_EINVAL,
                             "reading a JWT: expected texts as iss, sub, name, nats.type and "
                             "nats.issuer_account, and a whole number as exp");
    }
    if (jwt->type[0] == '\0') {
        return nex_error_set(err, NEX_EINVAL,
                             "reading a JWT: nats.type is missing; expected a version 2 NATS JWT");
    }
    jwt->issued_at = json_integer_value(json_object_get(jwt->claims, "iat"));
    jwt->expires = json_integer_value(expires);
    return NEX_OK;
}

/* Whose signature counts for what: an operator vouches for itself and for accounts, an account
   for itself and for users. Without this a user could sign itself a JWT. */
static bool may_issue(nex_key_kind issuer, const nex_jwt *jwt) {
    if (strcmp(jwt->type, "user") == 0) {
        return issuer == NEX_KEY_ACCOUNT;
    }
    if (strcmp(jwt->type, "account") == 0) {
        return issuer == NEX_KEY_OPERATOR || issuer == NEX_KEY_ACCOUNT;
    }
    if (strcmp(jwt->type, "operator") == 0) {
        return issuer == NEX_KEY_OPERATOR;
    }
    return issuer != NEX_KEY_UNKNOWN && issuer != NEX_KEY_CURVE;
}

static bool subject_fits(const nex_jwt *jwt) {
    static const struct {
        const char *type;
        nex_key_kind kind;
    } wanted[] = {
        {"user", NEX_KEY_USER}, {"account", NEX_KEY_ACCOUNT}, {"operator", NEX_KEY_OPERATOR}};
    nex_key_kind kind = nex_key_public_kind(jwt->subject);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        if (strcmp(jwt->type, wanted[i].type) == 0) {
            return kind == wanted[i].kind;
        }
    }
    return true;
}

static nex_status check_signature(const nex_jwt *jwt, const jwt_parts *parts, nex_error *err) {
    nex_key *issuer = NULL;
    nex_buf signature = NEX_BUF_INIT;
    nex_status status = nex_key_from_public(&issuer, jwt->issuer, err);
    if (status != NEX_OK) {
        return nex_error_prefix(err, status, "reading a JWT: its issuer");
    }
    if (!may_issue(nex_key_get_kind(issuer), jwt) || !subject_fits(jwt)) {
        status = nex_error_set(err, NEX_EREFUSED,
                               "reading a JWT: a key of kind %s may not sign this \"%.32s\" for "
                               "its subject",
                               nex_key_kind_name(nex_key_get_kind(issuer)), jwt->type);
    }
    if (status == NEX_OK) {
        status = nex_jwt_base64_decode(parts->signature, parts->signature_len, &signature);
        if (status != NEX_OK) {
            nex_error_set(err, status, "reading a JWT: its signature %s",
                          status == NEX_ENOMEM ? "does not fit into memory" : "is not base64url");
        }
    }
    if (status == NEX_OK) {
        size_t signed_len = parts->header_len + 1 + parts->payload_len;
        status = nex_key_verify(issuer, parts->header, signed_len, (uint8_t *)signature.data,
                                signature.len, err);
        if (status != NEX_OK) {
            nex_error_prefix(err, status, "reading a JWT");
        }
    }
    nex_buf_free(&signature);
    nex_key_free(issuer);
    return status;
}

nex_status nex_jwt_decode(nex_jwt **out, const char *text, size_t len, nex_error *err) {
    jwt_parts parts;
    *out = NULL;
    if (len > MAX_JWT_SIZE) {
        return nex_error_set(err, NEX_ELIMIT, "reading a JWT: %zu bytes; at most %d are read", len,
                             MAX_JWT_SIZE);
    }
    if (!split(&parts, text, len)) {
        return nex_error_set(err, NEX_EINVAL,
                             "reading a JWT: expected three parts with dots between them");
    }
    nex_status status = check_header(&parts, err);
    if (status != NEX_OK) {
        return status;
    }
    nex_jwt *jwt = calloc(1, sizeof *jwt);
    if (jwt == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "reading a JWT: out of memory");
    }
    status =
        decode_json("payload", parts.payload, parts.payload_len, &jwt->text, &jwt->claims, err);
    if (status == NEX_OK) {
        status = read_claims(jwt, err);
    }
    if (status == NEX_OK) {
        status = check_signature(jwt, &parts, err);
    }
    if (status != NEX_OK) {
        nex_jwt_free(jwt);
        return status;
    }
    *out = jwt;
    return NEX_OK;
}

void nex_jwt_free(nex_jwt *jwt) {
    if (jwt == NULL) {
        return;
    }
    json_decref(jwt->claims);
    nex_buf_free(&jwt->text);
    free(jwt);
}

const char *nex_jwt_type(const nex_jwt *jwt) {
    return jwt->type;
}

const char *nex_jwt_issuer(const nex_jwt *jwt) {
    return jwt->issuer;
}

const char *nex_jwt_subject(const nex_jwt *jwt) {
    return jwt->subject;
}

const char *nex_jwt_name(const nex_jwt *jwt) {
    return jwt->name;
}

const char *nex_jwt_issuer_account(const nex_jwt *jwt) {
    return jwt->issuer_account;
}

int64_t nex_jwt_issued_at(const nex_jwt *jwt) {
    return jwt->issued_at;
}

int64_t nex_jwt_expires(const nex_jwt *jwt) {
    return jwt->expires;
}

const char *nex_jwt_claims(const nex_jwt *jwt) {
    return jwt->text.data;
}

bool nex_jwt_may_subscribe(const nex_jwt *jwt, const char *subject) {
    json_t *sub = json_object_get(json_object_get(jwt->claims, "nats"), "sub");
    json_t *allow = json_object_get(sub, "allow");
    json_t *entry;
    size_t i;
    json_array_foreach(allow, i, entry) {
        const char *text = json_string_value(entry);
        if (text != NULL && strcmp(text, subject) == 0) {
            return true;
        }
    }
    return false;
}
