/* SPDX-License-Identifier: ISC */
/*
 * gdb/host.c -- reports what happens to the guest to the debugger
 *
 * Without --gdb, or while no debugger is attached, nothing here has any effect.
 */
#include "core.h"

#include "breakpoint.h"
#include "link.h"
#include "stub.h"
#include "watchpoint.h"

void gdb_setup(void)
{
	if (!link_wanted())
		return;
	debug_text_unlock();
	link_setup();
}

void gdb_start(void)
{
	if (!link_wanted())
		return;
	watchpoints_test();
	link_wait();
	stub_attach(true);
	stub_greet();
}

/* a breakpoint of the debugger's, or a breakpoint instruction in the guest's own code */
static bool breakpoint_reached(void)
{
	uint64_t address = registers_program_counter(&stub.registers) - breakpoint_distance;

	if (!breakpoint_is_at(address))
		return false;
	registers_program_counter_set(&stub.registers, address);
	return true;
}

/* the step was only for watchpoints, and no value changed */
static bool step_is_silent(const struct trap *trap, struct stop *stop)
{
	if (trap->kind != TRAP_STEP || !watchpoints_step())
		return false;
	if (watchpoints_changed(&stop->address)) {
		stop->kind = STOP_WATCHPOINT;
		return false;
	}
	return !stub.step;
}

bool gdb_trap(void)
{
	struct trap trap;
	struct stop stop = {0};

	if (!stub.attached || !trap_read(&trap))
		return false;
	registers_get(&stub.registers);
	stop.signal = trap.signal;
	if (step_is_silent(&trap, &stop)) {
		registers_set(&stub.registers, true);
		return true;
	}
	if (trap.kind == TRAP_WATCH) {
		stop.kind = STOP_WATCHPOINT;
		stop.address = trap.address;
	} else if (trap.kind == TRAP_BREAKPOINT && breakpoint_reached()) {
		stop.kind = STOP_BREAKPOINT;
	}
	/* a fault that the debugger passes on to the guest ends it, as a signal ends a process */
	stub.shown = !stub_stop(&stop) && trap.kind == TRAP_FAULT;
	return !stub.shown;
}

/* while the guest runs, the debugger sends only Ctrl-C; true if it did or disconnected */
static bool interrupt_wanted(void)
{
	while (link_ready()) {
		int byte = link_read();

		if (byte < 0 || packet_take(&stub.packet, (uint8_t)byte) == PACKET_INTERRUPT)
			return true;
	}
	return false;
}

void gdb_interrupt(void)
{
	const struct stop stop = {.signal = SIGNAL_INTERRUPT};

	if (!link_wanted())
		return;
	if (stub.attached && interrupt_wanted()) {
		registers_get(&stub.registers);
		stub_stop(&stop);
	} else if (!stub.attached && link_accept()) {
		stub_attach(false);
		stub_greet();
	}
}

void gdb_end(int status)
{
	const struct stop aborted = {.signal = SIGNAL_ABORT};

	if (stub.attached && status < 0 && !stub.shown) {
		/* only once: if reading registers fails, this hook runs again */
		stub.shown = true;
		registers_get(&stub.registers);
		stub_stop(&aborted);
	}
	if (!stub.attached)
		return;
	if (status < 0)
		stub_end('X', stub.stop.signal);
	else
		stub_end('W', status);
}
