/* SPDX-License-Identifier: ISC */
/* families.h -- what the parts of this program have in common */
#ifndef FAMILIES_H
#define FAMILIES_H

#include <stdbool.h>
#include <sys/types.h>

#include "../internet.h"

enum { PORT = 2370 };

extern char bytes[1 << 20];
extern int family, listener;    /* AF_INET or AF_INET6; at PORT */
extern volatile int pipes;      /* how often SIGPIPE came */

/* this host's address on the loopback interface; the size of the name that it is in */
socklen_t here(struct sockaddr_storage *name, int port);
int bind_here(int socket, int port);
int connect_here(int socket, int port);
long send_here(int socket, int port, const char *text);

int new(int type);
int listener_new(int port, int backlog);

/* both ends of a connection to the listener */
void pair(int ends[2]);
void unpair(int ends[2]);

long milliseconds(void);

/* sets SO_RCVTIMEO or SO_SNDTIMEO */
void limited(int socket, int option, int ms);

void say_received(const char *what, int socket, int flags, size_t most);

/* each prints the results of its calls */
void names(void);
void messages(void);
void shutdowns(void);
void ends_of_connections(void);
void ports(void);
void connects(void);
void limits(void);
void counts(void);
void epolls(void);
void nested(void);
void many(void);
void options(void);
void datagrams(void);
void unsent(void);
void corks(void);
void ancillary(void);
void inherited(void);

#endif
