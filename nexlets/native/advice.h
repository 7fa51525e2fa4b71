/*
 * native/advice.h - what an operator can do when the machine gives out.
 */
#ifndef NATIVE_ADVICE_H
#define NATIVE_ADVICE_H

/** For an errno: "; make room on that disk", say; "" when there is nothing to advise. */
const char *native_advice(int error);

#endif
