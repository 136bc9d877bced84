/* SPDX-License-Identifier: ISC */
/* watch.c -- allocates the processor's watchpoints, and tests whether the host honours them */
#include "kvm/debug/watch.h"

#include <string.h>

#include "debug.h"
#include "kvm/kvm.h"
#include "vm.h"

struct watch watches[WATCHES_MAX];

bool watches_used(void)
{
	for (unsigned i = 0; i < watch_count; i++)
		if (watches[i].size)
			return true;
	return false;
}

bool watch_add(uint64_t address, uint64_t size, bool reads)
{
	struct watch before[WATCHES_MAX];

	if (!size || size > WATCH_SIZE_MAX * watch_count)
		return false;
	memcpy(before, watches, sizeof(before));
	for (unsigned i = 0; i < watch_count && size; i++) {
		if (watches[i].size)
			continue;
		watches[i] = (struct watch){address, watch_part(address, size), reads};
		address += watches[i].size;
		size -= watches[i].size;
	}
	if (size)
		memcpy(watches, before, sizeof(before));
	else
		watches_load();
	return !size;
}

void watch_remove(uint64_t address, uint64_t size, bool reads)
{
	while (size) {
		unsigned part = watch_part(address, size);

		for (unsigned i = 0; i < watch_count; i++)
			if (watches[i].size == part && watches[i].address == address && watches[i].reads == reads) {
				watches[i].size = 0;
				break;
			}
		address += part;
		size -= part;
	}
	watches_load();
}

static uint64_t stack_pointer(const struct registers *registers)
{
	uint64_t value;

	memcpy(&value, registers->bytes + register_places[register_keys[REGISTER_STACK]].offset, sizeof(value));
	return value;
}

bool watch_test(void)
{
	uint8_t code[16];
	struct registers registers;
	struct trap trap = {.kind = TRAP_FAULT};
	uint64_t program_counter, below;
	unsigned number;
	bool works;

	registers_get(&registers);
	program_counter = registers_program_counter(&registers);
	below = stack_pointer(&registers) - 8;          /* not in use yet */
	debug_read(program_counter, code, watch_probe_size);
	debug_write(program_counter, watch_probe, watch_probe_size);
	watch_add(below, 1, false);
	registers_set(&registers, true);
	while (vm_run(&number) == EXIT_AGAIN)
		;
	works = trap_read(&trap) && trap.kind == TRAP_WATCH;
	vcpu_settle();
	watch_remove(below, 1, false);
	debug_write(program_counter, code, watch_probe_size);
	registers_set(&registers, false);
	return works;
}
