/* SPDX-License-Identifier: ISC */
/*
 * heap.h -- frees, after each input, what the generator allocated for it
 *
 * The generator never frees what lives until it exits; a fuzzer runs millions
 * of times in one process. The allocation functions are wrapped here: a program
 * that includes this file has in its head
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf
 */
#ifndef HEAP_H
#define HEAP_H

#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
int __real_vasprintf(char **string, const char *format, va_list args);

void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);
int __wrap_vasprintf(char **string, const char *format, va_list args);

/* what is allocated, oldest first */
static void **notes;
static size_t note_count, note_room;

static void note(void *memory)
{
	if (note_count == note_room) {
		note_room = note_room ? note_room * 2 : 1024;
		notes = __real_realloc(notes, note_room * sizeof(*notes));
		if (!notes)
			abort();
	}
	notes[note_count++] = memory;
}

/* most of what is freed at all is young; some was never noted, since a library allocated it */
static void forget(const void *memory)
{
	for (size_t i = note_count; i-- > 0;)
		if (notes[i] == memory) {
			notes[i] = notes[--note_count];
			return;
		}
}

void *__wrap_calloc(size_t count, size_t size)
{
	void *memory = __real_calloc(count, size);

	note(memory);
	return memory;
}

void *__wrap_realloc(void *memory, size_t size)
{
	forget(memory);
	memory = __real_realloc(memory, size);
	note(memory);
	return memory;
}

void __wrap_free(void *memory)
{
	forget(memory);
	__real_free(memory);
}

int __wrap_vasprintf(char **string, const char *format, va_list args)
{
	int length = __real_vasprintf(string, format, args);

	if (length >= 0)
		note(*string);
	return length;
}

static void heap_clear(void)
{
	while (note_count)
		__real_free(notes[--note_count]);
}

#endif
