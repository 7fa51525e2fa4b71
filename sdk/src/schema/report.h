#ifndef SCHEMA_REPORT_H
#define SCHEMA_REPORT_H

#include "schema/explain.h"

/**
 * Says why an instance is not valid: in report, if not NULL, and the first violation in err.
 * Returns NEX_EINVAL, or what kept it from saying so.
 */
nex_status nex_report_make(const nex_schema *schema, const nex_json *instance, nex_report *report,
                           nex_error *err);

#endif
