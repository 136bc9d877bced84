/* SPDX-License-Identifier: ISC */
/*
 * calls.c -- guest_memory, guest_buffer and an appliance's generated unmarshallers, for all arguments of a small world
 *
 * The guest's memory has text, data, heap, guard page and stack of one or two
 * pages each. An argument is one of some sixty values: each border of these
 * regions, up to three bytes on either side, sizes that end there or wrap, small
 * numbers, powers of two. The appliance's handlers are replaced by ones that touch
 * their whole buffers (handlers.h, which tests/proofs/run makes): the address
 * sanitizer and page protection detect any byte that the guest itself may not read
 * (write).
 */
#include <sanitizer/asan_interface.h>
#include <setjmp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

#include "check.h"
#include "machine/image.h"
#include "machine/layout.h"
#include "memory.h"
#include "monitor.h"
#include "vm.h"

enum { PAGE = 4096 };

#define TEXT_SIZE       (2ul * PAGE)
#define DATA            (IMAGE_ADDRESS + TEXT_SIZE)
#define HEAP_END        (DATA + 2 * PAGE)
#define STACK           (HEAP_END + PAGE)
#define TOP             (STACK + 2 * PAGE)

const struct image image = {.text_size = TEXT_SIZE, .end = DATA + PAGE};
const char appliance_name[] = "calls";
const uint64_t memory_default = 1 << 20;

/* --- what memory.c takes from elsewhere; nothing of it is called here --- */

uint64_t vm_low_size(uint64_t memory_size) { return memory_size; }
void *vm_reserve(uint64_t start, uint64_t end) { return start < end ? NULL : NULL; }
bool vm_memory_reserve(void) { return false; }
void vm_memory_create(void) { }
bool vm_memory_add(uint64_t address, void *host, uint64_t size, bool writable) { return address && host && size && writable; }
_Noreturn void fail(const char *format, ...) { fprintf(stderr, "fail: %s\n", format); abort(); }
void message(const char *format, ...) { (void)format; }

static jmp_buf ended;

_Noreturn void guest_end(const char *format, ...)
{
	(void)format;
	longjmp(ended, 1);
}

/* --- the handlers --- */

static volatile uint8_t sum;

static void touch_read(const void *buffer, uint64_t count, uint64_t element)
{
	const uint8_t *bytes = buffer;

	CHECK(count <= TOP);            /* so that the product is one */
	for (uint64_t i = 0; i < count * element; i++)
		sum = (uint8_t)(sum + bytes[i]);
}

static void touch_write(void *buffer, uint64_t count, uint64_t element)
{
	CHECK(count <= TOP);
	memset(buffer, 1, count * element);
}

#include "touch.h"

/* --- the values --- */

static uint64_t values[80];
static unsigned value_count;

static void value_add(uint64_t value)
{
	for (unsigned i = 0; i < value_count; i++)
		if (values[i] == value)
			return;
	CHECK(value_count < COUNT(values));
	values[value_count++] = value;
}

static void values_make(void)
{
	static const uint64_t borders[] = {IMAGE_ADDRESS, DATA, HEAP_END, STACK, TOP};
	static const uint64_t others[] = {
		0, 1, 2, 3, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, 4 * PAGE, 4 * PAGE + 1, ARGUMENTS_ADDRESS, 1ul << 32, 1ul << 61,
		(1ul << 61) + 1, 1ul << 63, UINT64_MAX - PAGE, UINT64_MAX - 1, UINT64_MAX, -IMAGE_ADDRESS, -DATA, -STACK, -TOP,
	};

	for (unsigned i = 0; i < COUNT(borders); i++)
		for (uint64_t d = 0; d < 7; d++)
			value_add(borders[i] - 3 + d);
	for (unsigned i = 0; i < COUNT(others); i++)
		value_add(others[i]);
}

/* --- the proofs --- */

static bool plainly_within(uint64_t address, uint64_t size, bool write)
{
	unsigned __int128 end = (unsigned __int128)address + size;

	return (address >= (write ? DATA : IMAGE_ADDRESS) && end <= HEAP_END) || (address >= STACK && end <= TOP);
}

static void memory_prove(void)
{
	for (unsigned a = 0; a < value_count; a++)
		for (unsigned b = 0; b < value_count; b++)
			for (unsigned c = 0; c < value_count; c++)
				for (int write = 0; write < 2; write++) {
					/* sizes that end at a border are differences */
					uint64_t address = values[a], size = values[b] - values[c];
					uint8_t *host = guest_memory(address, size, write);

					CHECK((host != NULL) == plainly_within(address, size, write));
					CHECK(!host || host == memory.base + address);
					cases++;
				}
}

static void words_prove(unsigned number, unsigned words)
{
	struct hypercall_page *page = (void *)(memory.base + ARGUMENTS_ADDRESS);
	uint64_t *argument = (uint64_t *)(void *)&page->arguments;
	unsigned at[8] = {0};

	CHECK(words <= COUNT(at));
	for (;;) {
		unsigned word = 0;

		for (unsigned i = 0; i < words; i++)
			argument[i] = values[at[i]];
		cases++;
		if (!setjmp(ended))
			page->result = dispatch(number);
		while (word < words && ++at[word] == value_count)
			at[word++] = 0;
		if (word == words)
			return;
	}
}

static void memory_make(void)
{
	uint8_t *range = mmap(NULL, TOP + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	CHECK(range != MAP_FAILED);
	memory.base = range;
	memory.arrangement = (struct arrangement){.heap_end = HEAP_END, .stack_start = STACK, .stack_end = TOP, .top = TOP};
	CHECK(!mprotect(range + ARGUMENTS_ADDRESS, PAGE, PROT_READ | PROT_WRITE));
	CHECK(!mprotect(range + IMAGE_ADDRESS, TEXT_SIZE, PROT_READ));
	CHECK(!mprotect(range + DATA, HEAP_END - DATA, PROT_READ | PROT_WRITE));
	CHECK(!mprotect(range + STACK, TOP - STACK, PROT_READ | PROT_WRITE));
}

int main(void)
{
	memory_make();
	values_make();
	memory_prove();
	for (unsigned number = 0; number < COUNT(call_words) + 2; number++)
		words_prove(number, number < COUNT(call_words) ? call_words[number] : 1);
	return proved();
}
