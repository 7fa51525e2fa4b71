/* JWTs and creds files from strangers: whatever is accepted was signed, byte for byte. */
#include <nex/keys.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The JWTs of the corpus: nobody has signed any other, so nothing else may pass. */
static const char *const genuine[] = {
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.eyJleHAiOjQxMDI0NDQ4MDAsImp0aSI6I"
    "ktTM09ENjNRUzJUV1ZSNVZaRkdKT00ySERGTFVKNkpLQllPWVVGQlpRVkJGU1FERjRPSEEiLCJpYXQiO"
    "jE3OTUyNTQ4MDAsImlzcyI6IkFBWVpZWkkzNk5KUFVONVRJNUlIRUw0SllYSEY1REpBU1VUNENPNjNXN"
    "U1OQUxaTVRMWTQ0TFNQIiwibmFtZSI6IncxIiwic3ViIjoiVUEzUko1Vk1MRTI1RFYyMlRBVlVRQ0FIU"
    "E5aRUtaTkpERVVaVElYSklLSk1QR1RYWUJQVUhTV00iLCJuYXRzIjp7InB1YiI6eyJhbGxvdyI6WyJkZ"
    "WZhdWx0Llx1MDAzZSIsIl9JTkJPWC5cdTAwM2UiXX0sInN1YiI6eyJhbGxvdyI6WyJkZWZhdWx0Llx1M"
    "DAzZSIsIl9JTkJPWC5cdTAwM2UiXX0sInJlc3AiOnsibWF4IjoxLCJ0dGwiOjYwMDAwMDAwMDAwfSwic"
    "3VicyI6LTEsImRhdGEiOi0xLCJwYXlsb2FkIjotMSwiaXNzdWVyX2FjY291bnQiOiJBQjQ2UzdaWVRYV"
    "VRMUUpNNU1TNUczVTJPSEhMVDVPTUZaWDRYQUg3VTZZQ0pSN0dHU0tHV05CWCIsInR5cGUiOiJ1c2VyI"
    "iwidmVyc2lvbiI6Mn19.fqAtv1-QONePsV1szC9PVUPrOY-N5srkF0aPP3tFcc3Nfba7Q25MMFKLPJv-"
    "k0f23oUuaes88bQjTpih-mOVCA",
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.eyJqdGkiOiJBQ1lLS1pUMlFFRUZLVVFCV"
    "lJSWElTTTRaVzRQVjJIQ1M0RTVUWDNDNkdDWU5QWUJISFZRIiwiaWF0IjoxNzk1MjU0ODAwLCJpc3MiO"
    "iJPQTVBQzI0NlVRU05aVUFFUjdDSUpMN1FQS0NNUUEzQVNBRU5CN1dQRTZFUURFTEtIVFUzRzJUWCIsI"
    "m5hbWUiOiJhY2MiLCJzdWIiOiJBQjQ2UzdaWVRYVVRMUUpNNU1TNUczVTJPSEhMVDVPTUZaWDRYQUg3V"
    "TZZQ0pSN0dHU0tHV05CWCIsIm5hdHMiOnsibGltaXRzIjp7InN1YnMiOi0xLCJkYXRhIjotMSwicGF5b"
    "G9hZCI6LTEsImltcG9ydHMiOi0xLCJleHBvcnRzIjotMSwid2lsZGNhcmRzIjp0cnVlLCJjb25uIjotM"
    "SwibGVhZiI6LTF9LCJzaWduaW5nX2tleXMiOlsiQUFZWllaSTM2TkpQVU41VEk1SUhFTDRKWVhIRjVES"
    "kFTVVQ0Q082M1c1TU5BTFpNVExZNDRMU1AiXSwiZGVmYXVsdF9wZXJtaXNzaW9ucyI6eyJwdWIiOnt9L"
    "CJzdWIiOnt9fSwiYXV0aG9yaXphdGlvbiI6e30sInR5cGUiOiJhY2NvdW50IiwidmVyc2lvbiI6Mn19."
    "EyQN50TLgsMSpmYWIFUkJRUxDcVfTiGLpzFA7i2ftQ4q9hJOg5L617DQmm40_ZIoqEvUbSQwen_bVYV_"
    "zdJuBQ",
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.eyJqdGkiOiJaTkMyNlg1VUFFM1FIMkc2V"
    "VpHU01NTVNTTjVOWFdIUkI3RVNMVFU3UTJDSEU3NFdWTkJRIiwiaWF0IjoxNzk1MjU0ODAwLCJpc3MiO"
    "iJPQTVBQzI0NlVRU05aVUFFUjdDSUpMN1FQS0NNUUEzQVNBRU5CN1dQRTZFUURFTEtIVFUzRzJUWCIsI"
    "m5hbWUiOiJvcCIsInN1YiI6Ik9BNUFDMjQ2VVFTTlpVQUVSN0NJSkw3UVBLQ01RQTNBU0FFTkI3V1BFN"
    "kVRREVMS0hUVTNHMlRYIiwibmF0cyI6eyJ0eXBlIjoib3BlcmF0b3IiLCJ2ZXJzaW9uIjoyfX0.GZhVU"
    "XYZJQu5W0M3l0eudVJVyg2qSX4FmrRme1VlheZ7gwdXKAna_FfAWsMFavVNpy32R2i7jt0Kb-aUw2nmA"
    "Q",
};

static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

static bool is_genuine(const char *text, size_t len) {
    for (size_t i = 0; i < sizeof genuine / sizeof genuine[0]; i++) {
        if (strlen(genuine[i]) == len && memcmp(genuine[i], text, len) == 0) {
            return true;
        }
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    nex_error err;
    nex_jwt *jwt = NULL;
    nex_buf token = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;

    nex_status status = nex_jwt_decode(&jwt, text, size, &err);
    check((status == NEX_OK) == (jwt != NULL));
    check(jwt == NULL || is_genuine(text, size));
    check(jwt != NULL || err.message[0] != '\0');
    nex_jwt_free(jwt);

    status = nex_creds_parse(text, size, &token, &seed, &err);
    if (status == NEX_OK) {
        nex_key *key = NULL;
        check(nex_key_from_seed(&key, seed.data, NULL) == NEX_OK);
        nex_key_free(key);
    } else {
        check(token.len == 0 && seed.len == 0);
    }
    nex_buf_free(&token);
    nex_buf_wipe(&seed);
    return 0;
}
