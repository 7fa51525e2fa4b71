#include "environment/environment.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Forward slashes and non-ASCII text go as they are: the node hands the text on unchanged. */
#define DUMP_FLAGS (JSON_COMPACT | JSON_ENCODE_ANY)

static nex_status parse(const char *run_request, json_t **out, nex_error *err) {
    json_error_t where;
    *out = json_loads(run_request, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &where);
    if (!*out) {
        return nex_error_set(err, NEX_EINVAL, "the start request is not JSON: %s at line %d",
                             where.text, where.line);
    }
    return NEX_OK;
}

static bool is_sealed(const json_t *environment) {
    return json_is_string(json_object_get(environment, "encrypted_by")) &&
           json_is_string(json_object_get(environment, "base64_encrypted_env")) &&
           json_object_size(environment) == 2;
}

static nex_status dump(const json_t *json, nex_buf *out, nex_error *err) {
    char *text = json_dumps(json, DUMP_FLAGS);
    nex_status status = text ? nex_buf_append_str(out, text) : NEX_ENOMEM;
    if (text) {
        nex_wipe(text, strlen(text));
        free(text);
    }
    return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "out of memory");
}

static nex_status seal_map(const json_t *environment, const char *receiver, json_t **out,
                           nex_error *err) {
    nex_buf plain = NEX_BUF_INIT;
    nex_buf box = NEX_BUF_INIT;
    nex_buf text = NEX_BUF_INIT;
    nex_key *key = NULL;
    nex_status status = dump(environment, &plain, err);
    if (status == NEX_OK) {
        status = nex_key_generate(&key, NEX_KEY_CURVE, err);
    }
    if (status == NEX_OK) {
        status = nex_box_seal(key, receiver, plain.data, plain.len, &box, err);
    }
    if (status == NEX_OK) {
        status = nex_base64_encode(box.data, box.len, &text);
        *out = status == NEX_OK ? json_pack("{s:s, s:s}", "base64_encrypted_env", text.data,
                                            "encrypted_by", nex_key_public(key))
                                : NULL;
        if (!*out) {
            status = nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    nex_key_free(key);
    nex_buf_wipe(&plain);
    nex_buf_free(&box);
    nex_buf_free(&text);
    return status;
}

static nex_status open_map(const json_t *sealed, const nex_key *key, json_t **out, nex_error *err) {
    const char *sender = json_string_value(json_object_get(sealed, "encrypted_by"));
    const json_t *text = json_object_get(sealed, "base64_encrypted_env");
    nex_buf box = NEX_BUF_INIT;
    nex_buf plain = NEX_BUF_INIT;
    nex_status status =
        nex_base64_decode(json_string_value(text), json_string_length(text), &box, err);
    if (status == NEX_OK) {
        status = nex_box_open(key, sender, box.data, box.len, &plain, err);
    }
    if (status == NEX_OK) {
        *out = json_loadb(plain.data ? plain.data : "", plain.len, 0, NULL);
        if (!*out) {
            status = nex_error_set(err, NEX_EINVAL, "what the box holds is no JSON");
        }
    }
    if (status != NEX_OK) {
        nex_error_prefix(err, status, "cannot open the sealed environment");
    }
    nex_buf_free(&box);
    nex_buf_wipe(&plain);
    return status;
}

nex_status environment_seal(const char *run_request, const char *receiver, nex_buf *out,
                            nex_error *err) {
    json_t *request;
    nex_status status = parse(run_request, &request, err);
    if (status != NEX_OK) {
        return status;
    }
    const json_t *environment = json_object_get(request, "environment");
    if (json_object_size(environment) == 0 || is_sealed(environment)) {
        json_decref(request);
        status = nex_buf_append_str(out, run_request);
        return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "out of memory");
    }
    json_t *sealed = NULL;
    status = seal_map(environment, receiver, &sealed, err);
    if (status == NEX_OK && json_object_set_new(request, "environment", sealed) != 0) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (status == NEX_OK) {
        status = dump(request, out, err);
    }
    json_decref(request);
    return status;
}

nex_status environment_open(const char *run_request, const nex_key *key, nex_buf *out,
                            nex_error *err) {
    json_t *request;
    nex_status status = parse(run_request, &request, err);
    if (status != NEX_OK) {
        return status;
    }
    const json_t *environment = json_object_get(request, "environment");
    if (!is_sealed(environment)) {
        json_decref(request);
        status = nex_buf_append_str(out, run_request);
        return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "out of memory");
    }
    json_t *opened = NULL;
    status = open_map(environment, key, &opened, err);
    if (status == NEX_OK && json_object_set_new(request, "environment", opened) != 0) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (status == NEX_OK) {
        status = dump(request, out, err);
    }
    json_decref(request);
    return status;
}
