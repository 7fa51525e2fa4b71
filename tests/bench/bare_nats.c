/* What any NATS client costs: connect, two requests, disconnect. The measure for the program nex.
 */
#include <nats/nats.h>
#include <stdio.h>

int main(int argc, char **argv) {
    natsOptions *options = NULL;
    natsConnection *connection = NULL;
    natsStatus status = argc == 2 ? natsOptions_Create(&options) : NATS_INVALID_ARG;
    if (status == NATS_OK) {
        status = natsOptions_SetURL(options, argv[1]);
    }
    if (status == NATS_OK) {
        status = natsOptions_SetSendAsap(options, true);
    }
    if (status == NATS_OK) {
        status = natsConnection_Connect(&connection, options);
    }
    for (int i = 0; i < 2 && status == NATS_OK; i++) {
        natsMsg *reply = NULL;
        status = natsConnection_RequestString(&reply, connection, "$NEX.SVC.system.control.PING",
                                              "{\"filter\":{}}", 5000);
        natsMsg_Destroy(reply);
    }
    natsConnection_Destroy(connection);
    natsOptions_Destroy(options);
    if (status != NATS_OK) {
        fprintf(stderr, "%s\n", natsStatus_GetText(status));
    }
    return status == NATS_OK ? 0 : 1;
}
