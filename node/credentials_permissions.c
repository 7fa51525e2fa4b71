#include "node/credentials_permissions.h"

#include <nex/keys.h>
#include <nex/micro.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void nex_permissions_free(nex_permissions *permissions) {
    nex_string_list_free(&permissions->publish);
    nex_string_list_free(&permissions->publish_deny);
    nex_string_list_free(&permissions->subscribe);
    *permissions = (nex_permissions){0};
}

nex_status nex_namespace_check(const char *namespace_, nex_error *err) {
    static const char state_bucket[] = "nex-";
    const char *why = NULL;
    if (namespace_ == NULL || !nex_subject_token_valid(namespace_)) {
        /* Not repeated: it may hold anything. */
        return nex_error_set(err, NEX_EINVAL,
                             "a namespace that is no single subject token (empty, or with a dot, "
                             "*, > or blank) cannot be given credentials");
    }
    if (namespace_[0] == '$' || namespace_[0] == '_') {
        why = "names that begin with $ or _ belong to NATS";
    } else if (strncmp(namespace_, "KV_", 3) == 0 || strncmp(namespace_, "OBJ_", 4) == 0) {
        why = "its stream would be another namespace's bucket";
    } else if (strncmp(namespace_, state_bucket, sizeof state_bucket - 1) == 0 &&
               nex_key_public_kind(namespace_ + sizeof state_bucket - 1) == NEX_KEY_SERVER) {
        why = "its bucket would be a node's state";
    }
    if (why != NULL) {
        return nex_error_set(err, NEX_EINVAL, "namespace \"%.64s\" cannot be given credentials: %s",
                             namespace_, why);
    }
    return NEX_OK;
}

/* Adds formatted subjects to a list and remembers the first failure, so that a permission table
   below reads as one. */
typedef struct subject_writer {
    nex_string_list *list;
    nex_status status;
} subject_writer;

NEX_PRINTF(2, 3) static void allow(subject_writer *writer, const char *fmt, ...) {
    nex_buf subject = NEX_BUF_INIT;
    va_list args;
    if (writer->status != NEX_OK) {
        return;
    }
    va_start(args, fmt);
    writer->status = nex_buf_vprintf(&subject, fmt, args);
    va_end(args);
    if (writer->status == NEX_OK) {
        writer->status = nex_string_list_add(writer->list, subject.data);
    }
    nex_buf_free(&subject);
}

nex_status nex_permissions_registration(nex_permissions *out, const char *agent_id,
                                        const char *node_id) {
    *out = (nex_permissions){0};
    subject_writer pub = {.list = &out->publish};
    subject_writer sub = {.list = &out->subscribe};
    allow(&pub, "$NEX.SVC.%s.agent.REGISTER.%s", node_id, agent_id);
    allow(&sub, "_INBOX.>");
    allow(&sub, "_INBOX_%s.>", agent_id);
    return pub.status != NEX_OK ? pub.status : sub.status;
}

/* Reading any object store, for artifacts, but no other stream: the subject that is read stands
   in the request's own subject, where the server checks it. */
static void allow_artifacts(subject_writer *pub, const char *api) {
    allow(pub, "%s.STREAM.INFO.*", api);
    allow(pub, "%s.DIRECT.GET.*.$O.>", api);
    allow(pub, "%s.CONSUMER.CREATE.*.*.$O.>", api);
}

static void agent_feeds(subject_writer *pub, const char *namespace_) {
    allow(pub, "$NEX.FEED.%s.logs.*.*", namespace_);
    allow(pub, "$NEX.FEED.%s.metrics.*", namespace_);
    allow(pub, "$NEX.FEED.%s.event.*", namespace_);
    allow(pub, "$NEX.FEED.%s.events.*", namespace_);
}

static void agent_publish(subject_writer *pub, const char *agent_id, const char *node_id,
                          const nex_string_list *namespaces, const char *domain) {
    char api[160];
    allow(pub, "$NEX.SVC.%s.agent.HEARTBEAT.%s", node_id, agent_id);
    allow(pub, "$NEX.SVC.%s.agent.REGISTER.%s", node_id, agent_id);
    allow(pub, "$NEX.SVC.%s.agent.SECRET.%s", node_id, agent_id);
    if (namespaces == NULL || namespaces->count == 0) {
        agent_feeds(pub, "*");
    } else {
        allow(pub, "$NEX.FEED.%s.event.*", agent_id);
        allow(pub, "$NEX.FEED.%s.events.*", agent_id);
        for (size_t i = 0; i < namespaces->count; i++) {
            agent_feeds(pub, namespaces->items[i]);
        }
    }
    allow(pub, "_INBOX.>");
    allow_artifacts(pub, "$JS.API");
    allow(pub, "$JS.FC.>"); /* or a read stops at 2 MiB for want of flow control */
    if (domain != NULL) {
        snprintf(api, sizeof api, "$JS.%s.API", domain);
        allow_artifacts(pub, api);
    }
}

static void hear_events(subject_writer *sub, const char *from) {
    allow(sub, "$NEX.FEED.%s.event.*", from);
    allow(sub, "$NEX.FEED.%s.events.*", from);
}

static void agent_subscribe(subject_writer *sub, const char *agent_id, const char *node_id,
                            const char *nexus, const nex_string_list *namespaces) {
    allow(sub, "$NEX.SVC.%s.agent.%s.STARTWORKLOAD.*", node_id, agent_id);
    allow(sub, "$NEX.SVC.%s.agent.%s.LOGS.*", node_id, agent_id);
    allow(sub, "$NEX.SVC.%s.agent.%s.PING", node_id, agent_id);
    allow(sub, "$NEX.SVC.%s.agent.STOPWORKLOAD.*", node_id);
    allow(sub, "$NEX.SVC.%s.agent.GETWORKLOAD.*", node_id);
    allow(sub, "$NEX.SVC.%s.agent.QUERYWORKLOADS", node_id);
    allow(sub, "$NEX.SVC.%s.agent.PING", node_id);
    allow(sub, "$NEX.SVC.%s.agent.SETLAMEDUCK", node_id);
    allow(sub, "$NEX.SVC.%s.agent.PINGWORKLOAD.*", nexus);
    allow(sub, "$NEX.FEED.%s.events", agent_id);
    if (namespaces == NULL || namespaces->count == 0) {
        allow(sub, "$NEX.FEED.*.event.*");
        allow(sub, "$NEX.FEED.*.events.*");
        allow(sub, "*.function.>");
    } else {
        allow(sub, "$NEX.FEED.*.event.NODESTARTED");
        allow(sub, "$NEX.FEED.*.events.NODESTARTED");
        hear_events(sub, node_id);
        hear_events(sub, agent_id);
        for (size_t i = 0; i < namespaces->count; i++) {
            hear_events(sub, namespaces->items[i]);
            allow(sub, "%s.>", namespaces->items[i]);
        }
    }
    allow(sub, "$SRV.>");
    allow(sub, "_INBOX.>");
    allow(sub, "_INBOX_%s.>", agent_id);
}

nex_status nex_permissions_agent(nex_permissions *out, const char *agent_id, const char *node_id,
                                 const char *nexus, const nex_string_list *namespaces,
                                 const char *domain) {
    *out = (nex_permissions){.responses = true};
    subject_writer pub = {.list = &out->publish};
    subject_writer deny = {.list = &out->publish_deny};
    subject_writer sub = {.list = &out->subscribe};
    agent_publish(&pub, agent_id, node_id, namespaces, domain);
    /* An agent speaks for workloads and for itself, never for a node. */
    allow(&deny, "$NEX.FEED.system.logs.>");
    allow(&deny, "$NEX.FEED.*.*.NODESTARTED");
    allow(&deny, "$NEX.FEED.*.*.NODESTOPPED");
    allow(&deny, "$NEX.FEED.*.*.NODELAMEDUCKSET");
    agent_subscribe(&sub, agent_id, node_id, nexus, namespaces);
    if (pub.status != NEX_OK) {
        return pub.status;
    }
    return deny.status != NEX_OK ? deny.status : sub.status;
}

/*
 * Using one stream: look at it, read it, purge it, and consume it. Not creating, changing or
 * deleting it: a stream's configuration may name any subject or other stream of the account, so
 * whoever writes it reads everything.
 */
static void allow_stream(subject_writer *pub, const char *api, const char *stream) {
    allow(pub, "%s.STREAM.INFO.%s", api, stream);
    allow(pub, "%s.STREAM.PURGE.%s", api, stream);
    allow(pub, "%s.STREAM.MSG.*.%s", api, stream);
    allow(pub, "%s.DIRECT.GET.%s", api, stream);
    allow(pub, "%s.DIRECT.GET.%s.>", api, stream);
    allow(pub, "%s.CONSUMER.MSG.NEXT.%s.*", api, stream);
    allow(pub, "$JS.FC.%s.>", stream);
}

/* The namespace chooses this name, so each verb is spelt out: with "CONSUMER.*.<stream>.>" a
   namespace "CREATE" could make durable consumers anywhere. No wildcard ever stands where a
   stream's name belongs: "CONSUMER.*.*.<stream>.>" is also a consumer <stream> of another. */
static void allow_own_stream(subject_writer *pub, const char *api, const char *stream) {
    allow_stream(pub, api, stream);
    allow(pub, "%s.CONSUMER.CREATE.%s", api, stream);
    allow(pub, "%s.CONSUMER.CREATE.%s.>", api, stream);
    allow(pub, "%s.CONSUMER.DURABLE.CREATE.%s.*", api, stream);
    allow(pub, "%s.CONSUMER.INFO.%s.*", api, stream);
    allow(pub, "%s.CONSUMER.DELETE.%s.*", api, stream);
    allow(pub, "$JS.ACK.%s.>", stream);
}

/* "KV_<namespace>" and "OBJ_<namespace>" are no verb of the API, so the short form is safe; it
   matters, because all of this has to fit into one line of the protocol. */
static void allow_bucket(subject_writer *pub, const char *api, const char *prefix,
                         const char *namespace_) {
    nex_buf stream = NEX_BUF_INIT;
    if (pub->status == NEX_OK) {
        pub->status = nex_buf_printf(&stream, "%s%s", prefix, namespace_);
    }
    if (pub->status == NEX_OK) {
        allow_stream(pub, api, stream.data);
        allow(pub, "%s.CONSUMER.*.%s", api, stream.data);
        allow(pub, "%s.CONSUMER.*.%s.>", api, stream.data);
    }
    nex_buf_free(&stream);
}

static void allow_jetstream(subject_writer *pub, const char *api, const char *namespace_) {
    allow_own_stream(pub, api, namespace_);
    allow_bucket(pub, api, "KV_", namespace_);
    allow_bucket(pub, api, "OBJ_", namespace_);
}

nex_status nex_permissions_workload(nex_permissions *out, const char *namespace_,
                                    const char *domain) {
    *out = (nex_permissions){.responses = true};
    char api[160];
    subject_writer pub = {.list = &out->publish};
    subject_writer sub = {.list = &out->subscribe};
    allow(&pub, "%s.>", namespace_);
    allow(&pub, "$KV.%s.>", namespace_);
    allow(&pub, "$O.%s.>", namespace_);
    if (domain == NULL) {
        allow_jetstream(&pub, "$JS.API", namespace_);
    } else {
        snprintf(api, sizeof api, "$JS.%s.API", domain);
        allow_jetstream(&pub, api, namespace_);
    }
    allow(&sub, "%s.>", namespace_);
    allow(&sub, "$NEX.FEED.%s.>", namespace_);
    allow(&sub, "_INBOX.>");
    return pub.status != NEX_OK ? pub.status : sub.status;
}
