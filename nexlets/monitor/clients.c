#include "monitor/monitor.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PUMP_ROUNDS = 16 }; /* messages to one client before others have their turn */

static void client_closed(mon_monitor *monitor, mon_client *client) {
    close(client->fd);
    mon_log_reader_close(&client->reader);
    client->fd = -1;
    client->greeted = false;
    client->blocked = false;
    if (monitor->attached && !monitor->abandoned) {
        monitor->abandoned = true;
        mon_stop now = {.signal = SIGKILL, .grace_ms = 0};
        mon_stop_begin(monitor, &now, true);
    }
}

/*
 * True when the message went out. Else the client takes nothing now, or is gone: then what it
 * said before is still to be read, after which mon_client_read finds its end.
 */
static bool client_send(mon_client *client, mon_type type, const void *body, size_t size) {
    mon_frame frame = {.version = MON_VERSION, .type = (uint8_t)type, .size = (uint32_t)size};
    struct iovec parts[2] = {{&frame, sizeof frame}, {(void *)(uintptr_t)body, size}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t put;
    do {
        put = sendmsg(client->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (put < 0 && errno == EINTR);
    client->blocked = put < 0;
    return put >= 0;
}

void mon_client_add(mon_monitor *monitor, int fd) {
    for (int i = 0; i < MON_CLIENTS; i++) {
        mon_client *client = &monitor->clients[i];
        if (client->fd < 0) {
            *client = (mon_client){.fd = fd};
            mon_log_reader_init(&client->reader, 0);
            return;
        }
    }
    close(fd);
}

void mon_clients_accept(mon_monitor *monitor) {
    int fd = accept4(monitor->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) {
        return;
    }
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 ||
        (peer.uid != geteuid() && peer.uid != 0)) {
        close(fd);
        return;
    }
    /* What the last nexlet acknowledged counts before the next one says hello. */
    for (int i = 0; i < MON_CLIENTS; i++) {
        mon_client_read(monitor, &monitor->clients[i]);
    }
    mon_client_add(monitor, fd);
}

static void greet(mon_monitor *monitor, mon_client *client, const mon_hello *hello) {
    uint64_t from = hello->from > 0 ? hello->from : monitor->run.state.log_acked + 1;
    mon_log_reader_close(&client->reader);
    mon_log_reader_init(&client->reader, from);
    client->greeted = true;
    client->state_due = true;
}

static void take_message(mon_monitor *monitor, mon_client *client, const mon_frame *frame,
                         const void *body, size_t size) {
    mon_hello hello;
    mon_ack ack;
    mon_stop stop;
    switch (frame->type) {
    case MON_HELLO:
        mon_hello_read(&hello, body, size);
        greet(monitor, client, &hello);
        break;
    case MON_ACK:
        mon_ack_read(&ack, body, size);
        if (ack.sequence < monitor->log.next && ack.sequence > monitor->run.state.log_acked) {
            monitor->run.state.log_acked = ack.sequence;
        }
        break;
    case MON_STOP:
        mon_stop_read(&stop, body, size);
        mon_stop_begin(monitor, &stop, true);
        break;
    case MON_BYE:
        monitor->noted = monitor->ended;
        break;
    default:
        break; /* a newer nexlet's: this monitor cannot do it */
    }
}

void mon_client_read(mon_monitor *monitor, mon_client *client) {
    _Alignas(8) char message[256];
    while (client->fd >= 0) {
        ssize_t got = recv(client->fd, message, sizeof message, MSG_DONTWAIT);
        if (got < 0 && (errno == EINTR || errno == ECONNRESET)) {
            continue; /* a reset is told once, ahead of what was sent before it */
        }
        if (got < 0 && errno == EAGAIN) {
            return;
        }
        if (got <= 0) {
            client_closed(monitor, client);
            return;
        }
        mon_frame frame;
        if ((size_t)got < sizeof frame) {
            continue;
        }
        mon_frame_read(&frame, message, (size_t)got);
        if (frame.version != MON_VERSION) {
            client_closed(monitor, client); /* it cannot be told so: it would not understand */
            return;
        }
        size_t size = (size_t)got - sizeof frame;
        take_message(monitor, client, &frame, message + sizeof frame,
                     size < frame.size ? size : frame.size);
    }
}

static bool send_state(mon_monitor *monitor, mon_client *client) {
    mon_state *state = &monitor->run.state;
    state->log_next = monitor->log.next;
    state->log_lost = monitor->log.lost;
    client->state_due = false;
    if (client_send(client, MON_STATE, state, sizeof *state)) {
        return true;
    }
    client->state_due = true;
    return false;
}

static void send_held(mon_monitor *monitor, mon_client *client) {
    if (client->fd < 0 || client_send(client, MON_LOG, monitor->message, monitor->held)) {
        monitor->held = 0;
    }
}

/* The end comes after the last of the output. */
void mon_client_pump(mon_monitor *monitor, mon_client *client) {
    if (client->fd < 0 || !client->greeted || client->blocked) {
        return;
    }
    bool end_due = client->state_due && monitor->ended;
    if (client->state_due && !end_due && !send_state(monitor, client)) {
        return;
    }
    if (monitor->attached) {
        if (monitor->held > 0) {
            send_held(monitor, client);
            mon_output_resume(monitor);
        }
        if (end_due && monitor->held == 0) {
            (void)send_state(monitor, client);
        }
        return;
    }
    for (int round = 0; round < PUMP_ROUNDS; round++) {
        size_t size =
            mon_log_read(&monitor->log, &client->reader, monitor->message, sizeof monitor->message);
        if (size == 0) {
            if (end_due) {
                (void)send_state(monitor, client);
            }
            return;
        }
        if (!client_send(client, MON_LOG, monitor->message, size)) {
            return;
        }
        mon_log_reader_keep(&client->reader, monitor->message, size);
    }
    client->blocked = true; /* goes on in its next turn */
}

void mon_clients_pump(mon_monitor *monitor) {
    for (int i = 0; i < MON_CLIENTS; i++) {
        mon_client_pump(monitor, &monitor->clients[i]);
    }
}

void mon_clients_state_due(mon_monitor *monitor) {
    for (int i = 0; i < MON_CLIENTS; i++) {
        monitor->clients[i].state_due = monitor->clients[i].fd >= 0;
    }
    mon_clients_pump(monitor);
}

void mon_clients_piece(mon_monitor *monitor, mon_stream stream, const char *piece, size_t len) {
    mon_log_header header = {.sequence = monitor->log.next++,
                             .time_ns = mon_time(),
                             .size = (uint32_t)len,
                             .stream = (uint8_t)stream};
    mon_log_seal(&header);
    memcpy(monitor->message, &header, sizeof header);
    memcpy(monitor->message + sizeof header, piece, len);
    monitor->held = sizeof header + len;
    send_held(monitor, &monitor->clients[0]);
}
