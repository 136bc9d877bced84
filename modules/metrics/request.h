/* SPDX-License-Identifier: ISC */
/* metrics/request.h -- what a client asks for, by HTTP/1.1; anything but one plain request is refused */
#ifndef REQUEST_H
#define REQUEST_H

#include <stddef.h>

enum { REQUEST_MOST = 4096 };           /* bytes; those of Prometheus have some 300 */

/* the status of the answer; 0: there is more to come. A zero byte follows the text. */
unsigned request_judge(const char *text, size_t length);

#endif
