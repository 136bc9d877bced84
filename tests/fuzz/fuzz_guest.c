/* SPDX-License-Identifier: ISC */
/*
 * fuzz_guest.c -- hands random bytes to the reader of linked guests, and does with what it accepts what emit/image.c does
 *
 * fatal() ends the run of one input only: exit is wrapped. Messages, of no use
 * here, go to /dev/null: pass -close_fd_mask=2.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf,--wrap=exit,--wrap=elf_begin
 */
#include <libelf.h>
#include <setjmp.h>
#include <string.h>

#include "heap.h"
#include "input/guest_elf.h"
#include "machine/layout.h"
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
_Noreturn void __real_exit(int status);
_Noreturn void __wrap_exit(int status);
Elf *__real_elf_begin(int file, Elf_Cmd command, Elf *archive);
Elf *__wrap_elf_begin(int file, Elf_Cmd command, Elf *archive);

static jmp_buf refused;
static volatile bool running;
static Elf *open_elf;
static int open_file;

void __wrap_exit(int status)
{
	if (running)
		longjmp(refused, 1);
	__real_exit(status);
}

/* the reader leaves it open for as long as the generator runs */
Elf *__wrap_elf_begin(int file, Elf_Cmd command, Elf *archive)
{
	open_file = file;
	open_elf = __real_elf_begin(file, command, archive);
	return open_elf;
}

/* what the layout of the image relies on */
static void check(const struct guest *guest)
{
	uint64_t end = VM_IMAGE_ADDRESS;
	unsigned sum = 0;

	if (guest->data < VM_IMAGE_ADDRESS || guest->data_end < guest->data || guest->end < guest->data_end ||
	    (guest->data | guest->data_end | guest->end) % GUEST_PAGE)
		abort();
	for (size_t i = 0; i < guest->segment_count; i++) {
		const struct segment *segment = &guest->segments[i];

		if (segment->address < end || segment->address % GUEST_PAGE || segment->file_size > segment->size ||
		    (segment->writable && (segment->executable || segment->address < guest->data)) ||
		    (!segment->writable && segment->address + segment->size > guest->data))
			abort();
		end = segment->address + segment->size;
		for (uint64_t at = 0; at < segment->file_size; at++)
			sum += segment->bytes[at];
	}
	__asm__ volatile("" : : "r"(sum));
	if (end > guest->end)
		abort();
	for (size_t i = 0; i < guest->function_count; i++)
		if (!*guest->functions[i].name || (i && guest->functions[i - 1].address > guest->functions[i].address))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = memory_file(data, size);

	running = true;
	if (!setjmp(refused))
		check(guest_read(path, VM_IMAGE_ADDRESS, true));
	else
		close(open_file);
	running = false;
	elf_end(open_elf);
	open_elf = NULL;
	heap_clear();
	return 0;
}
