/* SPDX-License-Identifier: ISC */
/* stub.c -- answers the debugger while the guest is stopped */
#include "stub.h"

#include "breakpoint.h"
#include "core.h"
#include "link.h"
#include "watchpoint.h"

struct stub stub;

static void reply_send(void)
{
	reply_end(&stub.reply);
	link_write(stub.reply.text, stub.reply.length);
}

void stub_attach(bool launched)
{
	stub = (struct stub){.attached = true, .launched = launched};
}

void stub_detach(void)
{
	breakpoints_clear();
	watchpoints_clear();
	link_close();
	stub.attached = false;
}

/* ends the guest, unless guest_exit is already running */
static void stub_kill(void)
{
	stub_detach();
	guest_exit(255);
}

/* waits for the next complete packet; false if the debugger disconnected */
static bool packet_receive(void)
{
	for (;;) {
		int byte = link_read();

		if (byte < 0)
			return false;
		switch (packet_take(&stub.packet, (uint8_t)byte)) {
		case PACKET_WHOLE:
			if (!stub.silent)
				link_write("+", 1);
			return true;
		case PACKET_DAMAGED:
			if (!stub.silent)
				link_write("-", 1);
			break;
		case PACKET_REPEAT:
			if (!stub.silent)
				link_write(stub.reply.text, stub.reply.length);
			break;
		case PACKET_INTERRUPT:  /* already stopped */
		case PACKET_NOTHING:
			break;
		}
	}
}

static void lost(void)
{
	/* gdb started this appliance, so nothing else will end it */
	if (link_is_only())
		stub_kill();
	stub_detach();
}

/* tells the user that software watchpoints make the guest slow */
static void steps_tell(void)
{
	static const char text[] = "watching by single steps, which is slow: this host ignores the processor's watchpoints, "
		"or there are too few\n";

	if (stub.told_of_steps || !watchpoints_step())
		return;
	stub.told_of_steps = true;
	reply_start(&stub.reply);
	reply_text(&stub.reply, "O");
	reply_hex(&stub.reply, text, sizeof(text) - 1);
	reply_send();
}

static void serve(void)
{
	for (;;) {
		enum verdict verdict;

		if (!packet_receive()) {
			lost();
			return;
		}
		reply_start(&stub.reply);
		verdict = command_run();
		if (verdict == VERDICT_RESUME) {
			steps_tell();
			return;
		}
		if (stub.reply.overflow) {
			reply_start(&stub.reply);
			reply_text(&stub.reply, "E07");         /* E2BIG: longer than a packet */
		}
		reply_send();
		if (verdict == VERDICT_DETACH) {
			stub_detach();
			return;
		}
		if (verdict == VERDICT_KILL)
			stub_kill();
	}
}

static void serve_stopped(void)
{
	stub.step = false;
	stub.signal = 0;
	serve();
	registers_set(&stub.registers, stub.attached && (stub.step || watchpoints_step()));
}

bool stub_stop(const struct stop *stop)
{
	stub.stop = *stop;
	reply_start(&stub.reply);
	stop_describe(&stub.reply, stop);
	reply_send();
	serve_stopped();
	return !stub.signal || stub.signal != stop->signal;
}

void stub_greet(void)
{
	stub.stop = (struct stop){.signal = SIGNAL_TRAP};
	registers_get(&stub.registers);
	serve_stopped();
}

void stub_end(char kind, int number)
{
	const uint8_t byte = (uint8_t)number;

	reply_start(&stub.reply);
	reply_text(&stub.reply, (const char[]){kind, 0});
	reply_hex(&stub.reply, &byte, 1);
	reply_send();
	stub_detach();
}
