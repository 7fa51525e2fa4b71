#include "native/artifact_cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INCOMING "incoming-"

static nex_status open_cache(const char *cache, int *out, nex_error *err) {
    if (mkdir(cache, 0711) != 0 && errno != EEXIST) {
        return nex_error_set(err, NEX_EIO, "cannot make the artifact cache %s: %s", cache,
                             strerror(errno));
    }
    *out = open(cache, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *out >= 0 ? NEX_OK
                     : nex_error_set(err, NEX_EIO, "cannot open the artifact cache %s: %s", cache,
                                     strerror(errno));
}

nex_status native_incoming_open(native_incoming *in, const char *cache, nex_error *err) {
    *in = (native_incoming){.cache = -1, .fd = -1};
    nex_status status = open_cache(cache, &in->cache, err);
    if (status != NEX_OK) {
        return status;
    }
    uint64_t random;
    randombytes_buf(&random, sizeof random);
    snprintf(in->name, sizeof in->name, INCOMING "%016llx", (unsigned long long)random);
    in->fd = openat(in->cache, in->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
    if (in->fd < 0) {
        status = nex_error_set(err, NEX_EIO, "cannot write into the artifact cache %s: %s", cache,
                               strerror(errno));
        native_incoming_close(in);
        return status;
    }
    (void)fchmod(in->fd, 0755); /* whatever the umask is: others may have to run it */
    crypto_hash_sha256_init(&in->hash);
    return NEX_OK;
}

static nex_status write_all(int fd, const char *at, size_t len, nex_error *err) {
    while (len > 0) {
        ssize_t put = write(fd, at, len);
        if (put < 0 && errno != EINTR) {
            return nex_error_set(err, NEX_EIO, "cannot store the artifact: %s", strerror(errno));
        }
        at += put > 0 ? put : 0;
        len -= put > 0 ? (size_t)put : 0;
    }
    return NEX_OK;
}

nex_status native_incoming_write(native_incoming *in, const void *data, size_t len,
                                 nex_error *err) {
    crypto_hash_sha256_update(&in->hash, data, len);
    return write_all(in->fd, data, len, err);
}

static void digest_text(crypto_hash_sha256_state *hash, char hex[NATIVE_SHA256_HEX_SIZE]) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(hash, digest);
    sodium_bin2hex(hex, NATIVE_SHA256_HEX_SIZE, digest, sizeof digest);
}

nex_status native_incoming_finish(native_incoming *in, const char *sha256,
                                  char hex[NATIVE_SHA256_HEX_SIZE], nex_error *err) {
    digest_text(&in->hash, hex);
    if (sha256 != NULL && strcmp(sha256, hex) != 0) {
        return nex_error_set(err, NEX_EREFUSED, "its SHA-256 is %s, expected %s", hex, sha256);
    }
    int closed = close(in->fd);
    in->fd = -1;
    if (closed != 0 || renameat(in->cache, in->name, in->cache, hex) != 0) {
        return nex_error_set(err, NEX_EIO, "cannot store the artifact: %s", strerror(errno));
    }
    in->name[0] = '\0';
    return NEX_OK;
}

void native_incoming_close(native_incoming *in) {
    if (in->fd >= 0) {
        close(in->fd);
        in->fd = -1;
    }
    if (in->cache >= 0) {
        if (in->name[0] != '\0') {
            (void)unlinkat(in->cache, in->name, 0);
        }
        close(in->cache);
        in->cache = -1;
    }
}

/* Copies and hashes; the digest of what was copied is in hex. */
static nex_status copy_hashed(int from, int to, char hex[NATIVE_SHA256_HEX_SIZE], nex_error *err) {
    enum { BLOCK = 64 * 1024 };
    crypto_hash_sha256_state hash;
    char *block = malloc(BLOCK);
    nex_status status =
        block != NULL ? NEX_OK : nex_error_set(err, NEX_ENOMEM, "artifact: out of memory");
    ssize_t got = 1;
    crypto_hash_sha256_init(&hash);
    while (status == NEX_OK && got > 0) {
        got = read(from, block, BLOCK);
        if (got < 0) {
            status = nex_error_set(err, NEX_EIO, "cannot read the artifact: %s", strerror(errno));
        } else if (got > 0) {
            crypto_hash_sha256_update(&hash, (unsigned char *)block, (size_t)got);
            status = write_all(to, block, (size_t)got, err);
        }
    }
    free(block);
    digest_text(&hash, hex);
    return status;
}

static nex_status copy_to(int from, const char *sha256, const char *target, nex_error *err) {
    char hex[NATIVE_SHA256_HEX_SIZE];
    nex_buf beside = NEX_BUF_INIT;
    if (nex_buf_printf(&beside, "%s.new", target) != NEX_OK) {
        nex_buf_free(&beside);
        return nex_error_set(err, NEX_ENOMEM, "artifact: out of memory");
    }
    int to = open(beside.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0755);
    nex_status status = NEX_OK;
    if (to < 0) {
        status = nex_error_set(err, NEX_EIO, "cannot write %s: %s", target, strerror(errno));
    } else {
        (void)fchmod(to, 0755);
        status = copy_hashed(from, to, hex, err);
        if (close(to) != 0 && status == NEX_OK) { /* an open file cannot be executed */
            status = nex_error_set(err, NEX_EIO, "cannot write %s: %s", target, strerror(errno));
        }
    }
    if (status == NEX_OK && strcmp(hex, sha256) != 0) {
        status = nex_error_set(err, NEX_ENOTFOUND, "the cached artifact was changed");
    }
    if (status == NEX_OK && rename(beside.data, target) != 0) {
        status = nex_error_set(err, NEX_EIO, "cannot write %s: %s", target, strerror(errno));
    }
    if (status != NEX_OK) {
        (void)unlink(beside.data);
    }
    nex_buf_free(&beside);
    return status;
}

nex_status native_cache_copy(const char *cache, const char *sha256, const char *target,
                             nex_error *err) {
    int directory;
    nex_status status = open_cache(cache, &directory, err);
    if (status != NEX_OK) {
        return status;
    }
    int from = openat(directory, sha256, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (from < 0) {
        status = nex_error_set(err, NEX_ENOTFOUND, "%s is not in the artifact cache", sha256);
    } else {
        (void)utimensat(directory, sha256, NULL, 0); /* it was used */
        status = copy_to(from, sha256, target, err);
        if (status == NEX_ENOTFOUND) {
            (void)unlinkat(directory, sha256, 0);
        }
        close(from);
    }
    close(directory);
    return status;
}

typedef struct cached {
    char name[NATIVE_SHA256_HEX_SIZE];
    struct timespec used;
    uint64_t size;
} cached;

static int by_use(const void *a, const void *b) {
    const cached *x = a;
    const cached *y = b;
    if (x->used.tv_sec != y->used.tv_sec) {
        return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
    }
    return (x->used.tv_nsec > y->used.tv_nsec) - (x->used.tv_nsec < y->used.tv_nsec);
}

/* Lists the files that are whole. */
static cached *list_files(DIR *entries, size_t *count, uint64_t *total) {
    cached *files = NULL;
    size_t room = 0;
    struct dirent *entry;
    *count = 0;
    *total = 0;
    while ((entry = readdir(entries)) != NULL) {
        struct stat info;
        if (fstatat(dirfd(entries), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(info.st_mode)) {
            continue;
        }
        if (strncmp(entry->d_name, INCOMING, strlen(INCOMING)) == 0) {
            continue;
        }
        if (*count == room) {
            room = room > 0 ? room * 2 : 64;
            cached *more = realloc(files, room * sizeof *files);
            if (more == NULL) {
                break;
            }
            files = more;
        }
        snprintf(files[*count].name, sizeof files->name, "%.64s", entry->d_name);
        files[*count].used = info.st_mtim;
        files[*count].size = (uint64_t)info.st_size;
        *total += (uint64_t)info.st_size;
        ++*count;
    }
    return files;
}

void native_cache_sweep(const char *cache) {
    DIR *entries = opendir(cache);
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        if (strncmp(entry->d_name, INCOMING, strlen(INCOMING)) == 0) {
            (void)unlinkat(dirfd(entries), entry->d_name, 0);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}

void native_cache_clean(const char *cache, uint64_t bytes) {
    DIR *entries = opendir(cache);
    if (entries == NULL) {
        return;
    }
    size_t count;
    uint64_t total;
    cached *files = list_files(entries, &count, &total);
    if (count > 0) {
        qsort(files, count, sizeof *files, by_use);
    }
    for (size_t i = 0; i < count && total > bytes; i++) {
        if (unlinkat(dirfd(entries), files[i].name, 0) == 0) {
            total -= files[i].size;
        }
    }
    free(files);
    closedir(entries);
}

bool native_digest_hex(const char *digest, char out[NATIVE_SHA256_HEX_SIZE]) {
    static const char prefix[] = "SHA-256=";
    unsigned char bytes[crypto_hash_sha256_BYTES];
    size_t len = 0;
    if (digest == NULL || strncmp(digest, prefix, strlen(prefix)) != 0) {
        return false;
    }
    const char *text = digest + strlen(prefix);
    size_t text_len = strcspn(text, "=");
    if (sodium_base642bin(bytes, sizeof bytes, text, text_len, NULL, &len, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        len != sizeof bytes) {
        return false;
    }
    sodium_bin2hex(out, NATIVE_SHA256_HEX_SIZE, bytes, sizeof bytes);
    return true;
}
