/*
 * node_agents.h - the local agents that node up is told to run, read from JSON.
 */
#ifndef CLI_NODE_AGENTS_H
#define CLI_NODE_AGENTS_H

#include "settings.h"

#include <node/node.h>

typedef struct node_agents {
    nex_node_agent *items;
    size_t count;
    nex_string_list *argv; /**< what the items point to, one each */
    nex_string_map *env;
    json_t *json;
} node_agents;

/** From the setting node.up.agents: an array, or JSON text, or @FILE. */
nex_status node_agents_make(node_agents *out, const settings *s, nex_error *err);
void node_agents_free(node_agents *agents);

#endif
