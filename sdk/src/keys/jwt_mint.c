#include "keys/jwt.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

static bool is_utf8(const char *text) {
    const unsigned char *s = (const unsigned char *)text;
    while (*s != '\0') {
        unsigned more = *s < 0x80 ? 0 : *s < 0xE0 ? 1 : *s < 0xF0 ? 2 : 3;
        bool first = *s < 0x80 || (*s >= 0xC2 && *s <= 0xF4);
        bool second = more == 0 || ((*s != 0xE0 || s[1] >= 0xA0) && (*s != 0xED || s[1] < 0xA0) &&
                                    (*s != 0xF0 || s[1] >= 0x90) && (*s != 0xF4 || s[1] < 0x90));
        if (!first || !second) {
            return false;
        }
        s++;
        for (; more > 0; more--, s++) {
            if ((*s & 0xC0) != 0x80) {
                return false;
            }
        }
    }
    return true;
}

/* A blank would turn a subject into a subject and a queue group, so none passes. */
static bool is_subject(const char *text) {
    if (text == NULL || text[0] == '\0' || !is_utf8(text)) {
        return false;
    }
    for (const char *c = text; *c != '\0'; c++) {
        if (isspace((unsigned char)*c) || iscntrl((unsigned char)*c)) {
            return false;
        }
    }
    return true;
}

static nex_status check_subjects(const char *what, const char *const *subjects, size_t count,
                                 nex_error *err) {
    for (size_t i = 0; i < count; i++) {
        if (!is_subject(subjects[i])) {
            return nex_error_set(err, NEX_EINVAL,
                                 "minting a user JWT: %s[%zu] is no NATS subject (empty, or with "
                                 "blanks or control characters)",
                                 what, i);
        }
    }
    return NEX_OK;
}

static nex_status check_permissions(const nex_user_claims *claims, nex_error *err) {
    const nex_permission *pub = &claims->publish;
    const nex_permission *sub = &claims->subscribe;
    nex_status status = check_subjects("publish.allow", pub->allow, pub->allow_count, err);
    if (status == NEX_OK) {
        status = check_subjects("publish.deny", pub->deny, pub->deny_count, err);
    }
    if (status == NEX_OK) {
        status = check_subjects("subscribe.allow", sub->allow, sub->allow_count, err);
    }
    if (status == NEX_OK) {
        status = check_subjects("subscribe.deny", sub->deny, sub->deny_count, err);
    }
    return status;
}

static nex_status check_claims(const nex_user_claims *claims, const nex_key *signer,
                               nex_error *err) {
    if (nex_key_get_kind(signer) != NEX_KEY_ACCOUNT) {
        return nex_error_set(err, NEX_EINVAL,
                             "minting a user JWT: the signer is the %s key %s; expected an account "
                             "key (SA...)",
                             nex_key_kind_name(nex_key_get_kind(signer)), nex_key_public(signer));
    }
    if (claims->subject == NULL || nex_key_public_kind(claims->subject) != NEX_KEY_USER) {
        return nex_error_set(err, NEX_EINVAL,
                             "minting a user JWT: the subject is no public user key (U...)");
    }
    if (claims->issuer_account != NULL &&
        nex_key_public_kind(claims->issuer_account) != NEX_KEY_ACCOUNT) {
        return nex_error_set(err, NEX_EINVAL,
                             "minting a user JWT: the issuer account is no public account key "
                             "(A...)");
    }
    if (claims->name != NULL && !is_utf8(claims->name)) {
        return nex_error_set(err, NEX_EINVAL, "minting a user JWT: the name is not UTF-8");
    }
    return check_permissions(claims, err);
}

static nex_status append_member(nex_buf *out, const char *name, const char *value) {
    nex_status status = nex_buf_printf(out, ",\"%s\":", name);
    return status == NEX_OK ? nex_jwt_append_string(out, value) : status;
}

/* The registered claims without braces. jti NULL: as they are hashed for it. */
static nex_status append_registered(nex_buf *out, const nex_user_claims *claims, const char *issuer,
                                    const char *jti) {
    nex_status status = NEX_OK;
    if (claims->expires != 0) {
        status = nex_buf_printf(out, "\"exp\":%" PRId64 ",", claims->expires);
    }
    if (status == NEX_OK && jti != NULL) {
        status = nex_buf_printf(out, "\"jti\":\"%s\",", jti);
    }
    if (status == NEX_OK) {
        status = nex_buf_printf(out, "\"iat\":%" PRId64, claims->issued_at);
    }
    if (status == NEX_OK) {
        status = append_member(out, "iss", issuer);
    }
    if (status == NEX_OK && claims->name != NULL && claims->name[0] != '\0') {
        status = append_member(out, "name", claims->name);
    }
    return status == NEX_OK ? append_member(out, "sub", claims->subject) : status;
}

static nex_status append_list(nex_buf *out, const char *name, const char *const *subjects,
                              size_t count) {
    nex_status status = nex_buf_printf(out, "\"%s\":[", name);
    for (size_t i = 0; status == NEX_OK && i < count; i++) {
        status = i == 0 ? NEX_OK : nex_buf_append(out, ",", 1);
        if (status == NEX_OK) {
            status = nex_jwt_append_string(out, subjects[i]);
        }
    }
    return status == NEX_OK ? nex_buf_append(out, "]", 1) : status;
}

static nex_status append_permission(nex_buf *out, const char *name,
                                    const nex_permission *permission) {
    nex_status status = nex_buf_printf(out, "\"%s\":{", name);
    if (status == NEX_OK && permission->allow_count > 0) {
        status = append_list(out, "allow", permission->allow, permission->allow_count);
    }
    if (status == NEX_OK && permission->allow_count > 0 && permission->deny_count > 0) {
        status = nex_buf_append(out, ",", 1);
    }
    if (status == NEX_OK && permission->deny_count > 0) {
        status = append_list(out, "deny", permission->deny, permission->deny_count);
    }
    return status == NEX_OK ? nex_buf_append_str(out, "},") : status;
}

static nex_status append_nats(nex_buf *out, const nex_user_claims *claims) {
    nex_status status = nex_buf_append_str(out, ",\"nats\":{");
    if (status == NEX_OK) {
        status = append_permission(out, "pub", &claims->publish);
    }
    if (status == NEX_OK) {
        status = append_permission(out, "sub", &claims->subscribe);
    }
    if (status == NEX_OK && claims->has_responses) {
        status = nex_buf_printf(out, "\"resp\":{\"max\":%" PRId64 ",\"ttl\":%" PRId64 "},",
                                claims->max_responses, claims->response_ttl);
    }
    if (status == NEX_OK) {
        status = nex_buf_append_str(out, "\"subs\":-1,\"data\":-1,\"payload\":-1");
    }
    if (status == NEX_OK && claims->issuer_account != NULL) {
        status = append_member(out, "issuer_account", claims->issuer_account);
    }
    return status == NEX_OK ? nex_buf_append_str(out, ",\"type\":\"user\",\"version\":2}") : status;
}

static nex_status build_claims(nex_buf *out, const nex_user_claims *claims, const char *issuer) {
    char jti[NEX_JWT_ID_SIZE];
    nex_status status = nex_buf_append(out, "{", 1);
    if (status == NEX_OK) {
        status = append_registered(out, claims, issuer, NULL);
    }
    if (status == NEX_OK) {
        status = nex_buf_append(out, "}", 1);
    }
    if (status != NEX_OK) {
        return status;
    }
    nex_jwt_id(jti, out->data, out->len);
    nex_buf_clear(out);
    status = nex_buf_append(out, "{", 1);
    if (status == NEX_OK) {
        status = append_registered(out, claims, issuer, jti);
    }
    if (status == NEX_OK) {
        status = append_nats(out, claims);
    }
    return status == NEX_OK ? nex_buf_append(out, "}", 1) : status;
}

/* Header, payload and signature after each other in `text`. */
static nex_status build_text(nex_buf *text, const nex_buf *claims, const nex_key *signer,
                             nex_error *err) {
    static const char header[] = "{\"typ\":\"JWT\",\"alg\":\"" NEX_JWT_ALGORITHM "\"}";
    uint8_t signature[NEX_SIGNATURE_SIZE];
    nex_status status = nex_jwt_base64_encode(header, sizeof header - 1, text);
    if (status == NEX_OK) {
        status = nex_buf_append(text, ".", 1);
    }
    if (status == NEX_OK) {
        status = nex_jwt_base64_encode(claims->data, claims->len, text);
    }
    if (status == NEX_OK) {
        status = nex_key_sign(signer, text->data, text->len, signature, err);
    }
    if (status == NEX_OK) {
        status = nex_buf_append(text, ".", 1);
    }
    return status == NEX_OK ? nex_jwt_base64_encode(signature, sizeof signature, text) : status;
}

nex_status nex_jwt_mint_user(const nex_user_claims *claims, const nex_key *signer, nex_buf *out,
                             nex_error *err) {
    nex_buf json = NEX_BUF_INIT;
    nex_buf text = NEX_BUF_INIT;
    nex_error_clear(err);
    nex_status status = nex_sodium_ready(err);
    if (status == NEX_OK) {
        status = check_claims(claims, signer, err);
    }
    if (status == NEX_OK) {
        status = build_claims(&json, claims, nex_key_public(signer));
    }
    if (status == NEX_OK) {
        status = build_text(&text, &json, signer, err);
    }
    if (status == NEX_OK) {
        status = nex_buf_append(out, text.data, text.len);
    }
    nex_buf_free(&json);
    nex_buf_free(&text);
    if (status == NEX_ENOMEM) {
        return nex_error_set(err, status, "minting a user JWT: out of memory");
    }
    return status;
}
