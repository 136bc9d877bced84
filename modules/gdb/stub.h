/* SPDX-License-Identifier: ISC */
/*
 * stub.h -- one session with a debugger
 *
 * host.c gets the guest's traps and calls stub.c, which answers the debugger until
 * the guest resumes; command.c and query.c handle the packets.
 */
#ifndef STUB_H
#define STUB_H

#include "debug.h"
#include "packet.h"

/* why the guest stopped */
struct stop {
	enum { STOP_PLAIN, STOP_BREAKPOINT, STOP_WATCHPOINT } kind;
	int signal;
	uint64_t address;               /* of the access that hit a watchpoint */
};

/* the result of a packet */
enum verdict {
	VERDICT_STAY,           /* stub.reply is the answer; wait for the next packet */
	VERDICT_RESUME,         /* the guest resumes; the answer is sent when it stops again */
	VERDICT_DETACH,         /* stub.reply, then the guest resumes without the debugger */
	VERDICT_KILL,           /* stub.reply, if there is one, then the guest ends */
};

struct stub {
	bool attached;
	bool launched;                  /* the debugger was connected before the guest's first instruction */
	bool silent;                    /* packets are not acknowledged */
	bool names_stops;               /* the debugger knows swbreak */
	bool told_of_steps;             /* the user was told that watchpoints are slow */
	bool shown;                     /* the trap that ends the guest was reported */
	struct registers registers;     /* of the stopped guest; written back when it resumes */
	struct stop stop;
	bool step;                      /* how it resumes: by one instruction, */
	int signal;                     /* with a signal, 0 for none */
	struct packet packet;
	struct reply reply;
};

extern struct stub stub;

/* a debugger has connected */
void stub_attach(bool launched);

/*
 * Reports a stop to the debugger, answers it and writes the registers back. False
 * if the debugger resumed the guest with the signal that stopped it.
 */
bool stub_stop(const struct stop *stop);

/* the same for a debugger that has just connected, which asks for the reason itself */
void stub_greet(void);

/* the final packet: W or X and a number */
void stub_end(char kind, int number);

/* removes all breakpoints and watchpoints; the connection is closed */
void stub_detach(void);

/* one packet: stub.packet is its text, stub.reply is started */
enum verdict command_run(void);

/* those that begin with q and Q */
enum verdict query_run(const char *text);

/* fills in the answer that reports a stop */
void stop_describe(struct reply *reply, const struct stop *stop);

#endif
