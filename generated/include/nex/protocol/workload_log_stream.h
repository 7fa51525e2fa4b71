/*
 * One of the streams a workload writes to.
 *
 * Written by nexgen 0.1.0 from workload-log-stream.json (sha256 f29ada664b16bb8b); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_LOG_STREAM_H
#define NEX_PROTOCOL_WORKLOAD_LOG_STREAM_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** One of the streams a workload writes to. */
typedef enum nex_workload_log_stream {
    NEX_WORKLOAD_LOG_STREAM_UNSET = 0,
    NEX_WORKLOAD_LOG_STREAM_STDOUT = 1,
    NEX_WORKLOAD_LOG_STREAM_STDERR = 2
} nex_workload_log_stream;

extern NEX_API const nex_type nex_workload_log_stream_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
NEX_API const char *nex_workload_log_stream_text(nex_workload_log_stream value);
NEX_API nex_workload_log_stream nex_workload_log_stream_parse(const char *text);

#ifdef __cplusplus
}
#endif

#endif
