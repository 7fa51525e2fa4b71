#include <nex/core.h>

#include <stdlib.h>
#include <string.h>

/* A copy of a text; the copy of NULL is NULL, which is not a failure. */
static bool copy_text(char **out, const char *text) {
    *out = NULL;
    if (text == NULL) {
        return true;
    }
    *out = strdup(text);
    return *out != NULL;
}

static nex_string_entry *find(const nex_string_map *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        nex_string_entry *entry = &map->items[i - 1];
        if (entry->key != NULL && strcmp(entry->key, key) == 0) {
            return entry;
        }
    }
    return NULL;
}

const char *nex_string_map_get(const nex_string_map *map, const char *key) {
    if (map == NULL || key == NULL) {
        return NULL;
    }
    const nex_string_entry *entry = find(map, key);
    return entry != NULL ? entry->value : NULL;
}

nex_status nex_string_map_set(nex_string_map *map, const char *key, const char *value) {
    if (key == NULL || value == NULL) {
        return NEX_EINVAL;
    }
    char *value_copy = strdup(value);
    if (value_copy == NULL) {
        return NEX_ENOMEM;
    }
    nex_string_entry *entry = find(map, key);
    if (entry != NULL) {
        free(entry->value);
        entry->value = value_copy;
        return NEX_OK;
    }
    char *key_copy = strdup(key);
    nex_string_entry *items = NULL;
    if (key_copy != NULL && map->count < SIZE_MAX / sizeof *items - 1) {
        items = realloc(map->items, (map->count + 1) * sizeof *items);
    }
    if (items == NULL) {
        free(key_copy);
        free(value_copy);
        return NEX_ENOMEM;
    }
    map->items = items;
    map->items[map->count++] = (nex_string_entry){key_copy, value_copy};
    return NEX_OK;
}

nex_status nex_string_map_copy(nex_string_map *out, const nex_string_map *map) {
    *out = (nex_string_map){NULL, 0};
    if (map == NULL || map->count == 0) {
        return NEX_OK;
    }
    nex_string_map copy = {calloc(map->count, sizeof *copy.items), 0};
    if (copy.items == NULL) {
        return NEX_ENOMEM;
    }
    for (size_t i = 0; i < map->count; i++) {
        nex_string_entry *entry = &copy.items[copy.count++];
        if (!copy_text(&entry->key, map->items[i].key) ||
            !copy_text(&entry->value, map->items[i].value)) {
            nex_string_map_free(&copy);
            return NEX_ENOMEM;
        }
    }
    *out = copy;
    return NEX_OK;
}

void nex_string_map_free(nex_string_map *map) {
    if (map == NULL) {
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        free(map->items[i].key);
        free(map->items[i].value);
    }
    free(map->items);
    *map = (nex_string_map){NULL, 0};
}

nex_status nex_string_list_add(nex_string_list *list, const char *text) {
    if (text == NULL) {
        return NEX_EINVAL;
    }
    char *copy = strdup(text);
    char **items = NULL;
    if (copy != NULL && list->count < SIZE_MAX / sizeof *items - 1) {
        items = realloc(list->items, (list->count + 1) * sizeof *items);
    }
    if (items == NULL) {
        free(copy);
        return NEX_ENOMEM;
    }
    list->items = items;
    list->items[list->count++] = copy;
    return NEX_OK;
}

nex_status nex_string_list_copy(nex_string_list *out, const nex_string_list *list) {
    *out = (nex_string_list){NULL, 0};
    if (list == NULL || list->count == 0) {
        return NEX_OK;
    }
    nex_string_list copy = {calloc(list->count, sizeof *copy.items), 0};
    if (copy.items == NULL) {
        return NEX_ENOMEM;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (!copy_text(&copy.items[copy.count++], list->items[i])) {
            nex_string_list_free(&copy);
            return NEX_ENOMEM;
        }
    }
    *out = copy;
    return NEX_OK;
}

void nex_string_list_free(nex_string_list *list) {
    if (list == NULL) {
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i]);
    }
    free(list->items);
    *list = (nex_string_list){NULL, 0};
}
