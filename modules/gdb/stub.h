/* SPDX-License-Identifier: ISC */
/*
 * stub.h -- one session with a debugger
 *
 * host.c hears of the guest's traps and tells stub.c, which answers the
 * debugger until the guest is to go on; command.c and query.c know the packets.
 */
#ifndef STUB_H
#define STUB_H

#include "debug.h"
#include "packet.h"

/* why the guest stands still */
struct stop {
	enum { STOP_PLAIN, STOP_BREAKPOINT, STOP_WATCHPOINT } kind;
	int signal;
	uint64_t address;               /* of what was written or read at a watchpoint */
};

/* what a packet leads to */
enum verdict {
	VERDICT_STAY,           /* stub.reply is the answer; wait for the next packet */
	VERDICT_RESUME,         /* the guest goes on; the answer is sent when it stops again */
	VERDICT_DETACH,         /* stub.reply, then the guest goes on alone */
	VERDICT_KILL,           /* stub.reply, if there is one, then the guest ends */
};

struct stub {
	bool attached;
	bool launched;                  /* the debugger was there before the guest's first instruction */
	bool silent;                    /* packets are not acknowledged */
	bool names_stops;               /* the debugger knows swbreak */
	bool told_of_steps;             /* that watchpoints are slow */
	bool shown;                     /* the trap that ends the guest */
	struct registers registers;     /* of the stopped guest; put back when it goes on */
	struct stop stop;
	bool step;                      /* how it goes on: by one instruction, */
	int signal;                     /* with a signal, 0 for none */
	struct packet packet;
	struct reply reply;
};

extern struct stub stub;

/* a debugger has connected */
void stub_attach(bool launched);

/*
 * The guest has stopped: tells the debugger, answers it and puts the registers
 * back. False if the guest went on with the signal that it stopped for.
 */
bool stub_stop(const struct stop *stop);

/* the same for a debugger that has just connected, and asks itself */
void stub_greet(void);

/* the last words: W or X and a number */
void stub_end(char kind, int number);

/* takes all breakpoints and watchpoints out; the connection is closed */
void stub_detach(void);

/* one packet: stub.packet is its text, stub.reply is started */
enum verdict command_run(void);

/* those that begin with q and Q */
enum verdict query_run(const char *text);

/* what the debugger is told of a stop */
void stop_describe(struct reply *reply, const struct stop *stop);

#endif
