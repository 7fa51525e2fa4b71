#include "native/advice.h"

#include <errno.h>

const char *native_advice(int error) {
    switch (error) {
    case ENOSPC:
        return "; make room on that disk";
    case EDQUOT:
        return "; make room within the quota of the node's user";
    case EROFS:
        return "; mount that disk writable, or give the node another --resource-directory";
    case EMFILE:
        return "; let the node open more files (LimitNOFILE= of its unit, ulimit -n)";
    case ENFILE:
        return "; let the machine open more files (sysctl fs.file-max)";
    case EAGAIN:
        return "; let the node's user and control group have more processes (LimitNPROC= and "
               "TasksMax= of its unit, ulimit -u, pids.max)";
    case ENOMEM:
        return "; the machine is out of memory";
    default:
        return "";
    }
}
