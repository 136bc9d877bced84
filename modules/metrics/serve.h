/* SPDX-License-Identifier: ISC */
/* metrics/serve.h -- the thread that answers */
#ifndef SERVE_H
#define SERVE_H

/* serves at FD_METRICS_LISTENER for ever, with a descriptor table of its own */
void serve(void);

#endif
