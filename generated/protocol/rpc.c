/*
 * Typed requests of the Nex protocol.
 *
 * Written by nexgen 0.1.0 from asyncapi.json (sha256 ff0253b9349c1117); do not edit.
 */
#include <nex/protocol/rpc.h>
#include <nex/protocol/subjects.h>

nex_status nex_rpc_check(const nex_msg *msg, nex_error *err) {
    const char *code = nex_msg_header(msg, NEX_RPC_ERROR_CODE);
    if (code == NULL) {
        return NEX_OK;
    }
    const char *text = nex_msg_header(msg, NEX_RPC_ERROR);
    return nex_error_set(err, NEX_EREFUSED, "%s %s", code, text != NULL ? text : "");
}

nex_status nex_rpc_ping_placement_tags(nex_bus *bus, const nex_header *headers, size_t header_count,
                                       const nex_many_options *options, nex_many_cb on_reply,
                                       nex_end_cb on_end, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_ping_placement_tags(subject);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    return nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
}

nex_status nex_rpc_ping_placement_tags_reply(const nex_msg *msg, nex_tag_map **out,
                                             nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_tag_map_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_ping_nexus(nex_bus *bus, const nex_node_ping_request *request,
                              const nex_header *headers, size_t header_count,
                              const nex_many_options *options, nex_many_cb on_reply,
                              nex_end_cb on_end, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_ping_nexus(subject);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_node_ping_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_ping_nexus_reply(const nex_msg *msg, nex_node_ping_response **out,
                                    nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_node_ping_response_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_ping_node(nex_bus *bus, const char *node, const nex_node_ping_request *request,
                             const nex_header *headers, size_t header_count, nex_duration timeout,
                             nex_reply_cb cb, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_ping_node(subject, node);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_node_ping_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_ping_node_reply(const nex_msg *msg, nex_node_ping_response **out,
                                   nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_node_ping_response_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_get_node_info(nex_bus *bus, const char *node, const nex_header *headers,
                                 size_t header_count, nex_duration timeout, nex_reply_cb cb,
                                 void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_get_node_info(subject, node);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    return nex_bus_request(bus, &msg, timeout, cb, arg, out);
}

nex_status nex_rpc_get_node_info_reply(const nex_msg *msg, nex_node_info_response **out,
                                       nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_node_info_response_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_set_lameduck(nex_bus *bus, const char *node, const nex_lameduck_request *request,
                                const nex_header *headers, size_t header_count,
                                nex_duration timeout, nex_reply_cb cb, void *arg,
                                nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_set_lameduck(subject, node);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_lameduck_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_set_lameduck_reply(const nex_msg *msg, nex_lameduck_response **out,
                                      nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_lameduck_response_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_get_agent_id_by_name(nex_bus *bus, const char *node, const void *data,
                                        size_t len, const nex_header *headers, size_t header_count,
                                        nex_duration timeout, nex_reply_cb cb, void *arg,
                                        nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_get_agent_id_by_name(subject, node);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    msg.data = data;
    msg.len = len;
    return nex_bus_request(bus, &msg, timeout, cb, arg, out);
}

nex_status nex_rpc_register_remote_agent(nex_bus *bus, const char *nexus,
                                         const nex_register_remote_agent_request *request,
                                         const nex_header *headers, size_t header_count,
                                         nex_duration timeout, nex_reply_cb cb, void *arg,
                                         nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_register_remote_agent(subject, nexus);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_register_remote_agent_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_register_remote_agent_reply(const nex_msg *msg,
                                               nex_register_remote_agent_response **out,
                                               nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_register_remote_agent_response_decode(out, msg->data != NULL ? msg->data : "",
                                                     msg->len, err);
}

nex_status nex_rpc_register_agent(nex_bus *bus, const char *node, const char *agent,
                                  const nex_register_agent_request *request,
                                  const nex_header *headers, size_t header_count,
                                  nex_duration timeout, nex_reply_cb cb, void *arg,
                                  nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_register_agent(subject, node, agent);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_register_agent_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_register_agent_reply(const nex_msg *msg, nex_register_agent_response **out,
                                        nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_register_agent_response_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                              err);
}

nex_status nex_rpc_get_secret(nex_bus *bus, const char *node, const char *agent,
                              const nex_get_secret_request *request, const nex_header *headers,
                              size_t header_count, nex_duration timeout, nex_reply_cb cb, void *arg,
                              nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_get_secret(subject, node, agent);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_get_secret_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_get_secret_reply(const nex_msg *msg, nex_get_secret_response **out,
                                    nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_get_secret_response_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_auction_request(nex_bus *bus, const char *namespace_,
                                   const nex_auction_request *request, const nex_header *headers,
                                   size_t header_count, const nex_many_options *options,
                                   nex_many_cb on_reply, nex_end_cb on_end, void *arg,
                                   nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_auction_request(subject, namespace_);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_auction_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_auction_request_reply(const nex_msg *msg, nex_auction_response **out,
                                         nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_auction_response_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_stop_workload(nex_bus *bus, const char *namespace_, const char *workload,
                                 const nex_stop_workload_request *request,
                                 const nex_header *headers, size_t header_count,
                                 const nex_many_options *options, nex_many_cb on_reply,
                                 nex_end_cb on_end, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_stop_workload(subject, namespace_, workload);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_stop_workload_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_stop_workload_reply(const nex_msg *msg, nex_stop_workload_response **out,
                                       nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_stop_workload_response_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                             err);
}

nex_status nex_rpc_auction_deploy_workload(nex_bus *bus, const char *namespace_, const char *bidder,
                                           const nex_start_workload_request *request,
                                           const nex_header *headers, size_t header_count,
                                           nex_duration timeout, nex_reply_cb cb, void *arg,
                                           nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_auction_deploy_workload(subject, namespace_, bidder);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_start_workload_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_auction_deploy_workload_reply(const nex_msg *msg,
                                                 nex_start_workload_response **out,
                                                 nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_start_workload_response_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                              err);
}

nex_status nex_rpc_clone_workload(nex_bus *bus, const char *namespace_, const char *workload,
                                  const nex_clone_workload_request *request,
                                  const nex_header *headers, size_t header_count,
                                  const nex_many_options *options, nex_many_cb on_reply,
                                  nex_end_cb on_end, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_clone_workload(subject, namespace_, workload);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_clone_workload_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_clone_workload_reply(const nex_msg *msg, nex_start_workload_request **out,
                                        nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_start_workload_request_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                             err);
}

nex_status nex_rpc_namespace_ping_request(nex_bus *bus, const char *namespace_,
                                          const nex_agent_list_workloads_request *request,
                                          const nex_header *headers, size_t header_count,
                                          const nex_many_options *options, nex_many_cb on_reply,
                                          nex_end_cb on_end, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_namespace_ping_request(subject, namespace_);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_agent_list_workloads_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_namespace_ping_request_reply(const nex_msg *msg,
                                                nex_agent_list_workloads_response **out,
                                                nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_agent_list_workloads_response_decode(out, msg->data != NULL ? msg->data : "",
                                                    msg->len, err);
}

nex_status nex_rpc_workload_logs(nex_bus *bus, const char *namespace_, const char *node,
                                 const char *workload, const nex_workload_logs_request *request,
                                 const nex_header *headers, size_t header_count,
                                 nex_duration timeout, nex_reply_cb cb, void *arg,
                                 nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_workload_logs(subject, namespace_, node, workload);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_workload_logs_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_workload_logs_reply(const nex_msg *msg, nex_workload_logs_response **out,
                                       nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_workload_logs_response_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                             err);
}

nex_status nex_rpc_workload_info(nex_bus *bus, const char *namespace_, const char *node,
                                 const char *workload, const nex_workload_info_request *request,
                                 const nex_header *headers, size_t header_count,
                                 nex_duration timeout, nex_reply_cb cb, void *arg,
                                 nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_workload_info(subject, namespace_, node, workload);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_workload_info_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_workload_info_reply(const nex_msg *msg, nex_workload_info_response **out,
                                       nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_workload_info_response_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                             err);
}

nex_status nex_rpc_agent_start_workload(nex_bus *bus, const char *node, const char *agent,
                                        const char *workload,
                                        const nex_agent_start_workload_request *request,
                                        const nex_header *headers, size_t header_count,
                                        nex_duration timeout, nex_reply_cb cb, void *arg,
                                        nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_agent_start_workload(subject, node, agent, workload);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_agent_start_workload_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_agent_start_workload_reply(const nex_msg *msg, nex_start_workload_response **out,
                                              nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_start_workload_response_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                              err);
}

nex_status nex_rpc_agent_stop_workload(nex_bus *bus, const char *node, const char *workload,
                                       const nex_stop_workload_request *request,
                                       const nex_header *headers, size_t header_count,
                                       const nex_many_options *options, nex_many_cb on_reply,
                                       nex_end_cb on_end, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_agent_stop_workload(subject, node, workload);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_stop_workload_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_agent_stop_workload_reply(const nex_msg *msg, nex_stop_workload_response **out,
                                             nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_stop_workload_response_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                             err);
}

nex_status nex_rpc_agent_get_workload(nex_bus *bus, const char *node, const char *workload,
                                      const void *data, size_t len, const nex_header *headers,
                                      size_t header_count, const nex_many_options *options,
                                      nex_many_cb on_reply, nex_end_cb on_end, void *arg,
                                      nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_agent_get_workload(subject, node, workload);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    msg.data = data;
    msg.len = len;
    return nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
}

nex_status nex_rpc_agent_get_workload_reply(const nex_msg *msg, nex_start_workload_request **out,
                                            nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_start_workload_request_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                             err);
}

nex_status nex_rpc_agent_query_workloads(nex_bus *bus, const char *node,
                                         const nex_agent_list_workloads_request *request,
                                         const nex_header *headers, size_t header_count,
                                         const nex_many_options *options, nex_many_cb on_reply,
                                         nex_end_cb on_end, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_agent_query_workloads(subject, node);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_agent_list_workloads_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_agent_query_workloads_reply(const nex_msg *msg,
                                               nex_agent_list_workloads_response **out,
                                               nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_agent_list_workloads_response_decode(out, msg->data != NULL ? msg->data : "",
                                                    msg->len, err);
}

nex_status nex_rpc_ping_agent(nex_bus *bus, const char *node, const char *agent,
                              const nex_header *headers, size_t header_count, nex_duration timeout,
                              nex_reply_cb cb, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_ping_agent(subject, node, agent);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    return nex_bus_request(bus, &msg, timeout, cb, arg, out);
}

nex_status nex_rpc_ping_agent_reply(const nex_msg *msg, nex_agent_summary **out, nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_agent_summary_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_ping_all_agents(nex_bus *bus, const char *node, const nex_header *headers,
                                   size_t header_count, const nex_many_options *options,
                                   nex_many_cb on_reply, nex_end_cb on_end, void *arg,
                                   nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_ping_all_agents(subject, node);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    return nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
}

nex_status nex_rpc_ping_all_agents_reply(const nex_msg *msg, nex_agent_summary **out,
                                         nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_agent_summary_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_agent_set_lameduck(nex_bus *bus, const char *node,
                                      const nex_lameduck_request *request,
                                      const nex_header *headers, size_t header_count,
                                      const nex_many_options *options, nex_many_cb on_reply,
                                      nex_end_cb on_end, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_agent_set_lameduck(subject, node);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_lameduck_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_agent_set_lameduck_reply(const nex_msg *msg, nex_lameduck_response **out,
                                            nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_lameduck_response_decode(out, msg->data != NULL ? msg->data : "", msg->len, err);
}

nex_status nex_rpc_workload_discovery(nex_bus *bus, const char *nexus, const char *workload,
                                      const nex_header *headers, size_t header_count,
                                      const nex_many_options *options, nex_many_cb on_reply,
                                      nex_end_cb on_end, void *arg, nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_workload_discovery(subject, nexus, workload);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    return nex_bus_request_many(bus, &msg, options, on_reply, on_end, arg, out);
}

nex_status nex_rpc_workload_discovery_reply(const nex_msg *msg, nex_ping_workload_response **out,
                                            nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_ping_workload_response_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                             err);
}

nex_status nex_rpc_agent_workload_logs(nex_bus *bus, const char *node, const char *agent,
                                       const char *workload,
                                       const nex_workload_logs_request *request,
                                       const nex_header *headers, size_t header_count,
                                       nex_duration timeout, nex_reply_cb cb, void *arg,
                                       nex_request **out) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_agent_workload_logs(subject, node, agent, workload);
    if (status != NEX_OK) {
        return status;
    }
    nex_msg msg = {.subject = subject, .headers = headers, .header_count = header_count};
    nex_buf body = NEX_BUF_INIT;
    status = nex_workload_logs_request_encode(request, &body);
    if (status == NEX_OK) {
        msg.data = body.data;
        msg.len = body.len;
        status = nex_bus_request(bus, &msg, timeout, cb, arg, out);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_rpc_agent_workload_logs_reply(const nex_msg *msg, nex_workload_logs_response **out,
                                             nex_error *err) {
    *out = NULL;
    nex_status status = nex_rpc_check(msg, err);
    if (status != NEX_OK) {
        return status;
    }
    return nex_workload_logs_response_decode(out, msg->data != NULL ? msg->data : "", msg->len,
                                             err);
}
