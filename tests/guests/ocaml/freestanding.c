/* SPDX-License-Identifier: ISC */
/*
 * freestanding.c -- starts an OCaml program as an application of solo5.h alone, and is the C library under it
 *
 * What a C library computes (strings, numbers as text, mathematics) comes from musl's archive, which is
 * linked after this; what it would ask a kernel for is here. musl and OCaml's runtime find the
 * stack protector's guard and errno by the thread pointer, so there has to be one.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "solo5.h"

enum { CLASSES = 48, THREAD = 1024 };

/* ahead of each block that malloc returns */
union header {
	union header *next;             /* while it is free */
	unsigned class;                 /* its bytes are 1 << class, with the header */
	max_align_t align;
};

const char *command_line;

static uintptr_t heap, heap_end;
static union header *unused[CLASSES];
static uintptr_t thread[THREAD];

/* OCaml's stderr; nothing looks into it */
struct file {
	char dummy;
} console, *stderr = &console;

void caml_startup(char **argv);
int vsnprintf(char *text, size_t size, const char *format, va_list arguments);
int vsscanf(const char *text, const char *format, va_list arguments);

_Noreturn void abort(void);
_Noreturn void exit(int status);
void *malloc(size_t size);
void free(void *block);
void *realloc(void *block, size_t size);
long write(int descriptor, const void *data, size_t size);
size_t console_fwrite(const void *data, size_t size, size_t count, struct file *file);
int fputs(const char *text, struct file *file);
int fputc(int character, struct file *file);
int fflush(struct file *file);
int gettimeofday(long *time, void *zone);
long sysconf(int name);
int __fprintf_chk(struct file *file, int flag, const char *format, ...);
int __vfprintf_chk(struct file *file, int flag, const char *format, va_list arguments);
int __snprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, ...);
int __vsnprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, va_list arguments);
int __isoc99_sscanf(const char *text, const char *format, ...);

_Noreturn void abort(void)
{
	solo5_abort();
}

_Noreturn void exit(int status)
{
	solo5_exit(status);
}

void *malloc(size_t size)
{
	union header *block;
	unsigned class = 5;

	if (size > SIZE_MAX / 4)
		return NULL;
	while ((size_t)1 << class < size + sizeof(union header))
		class++;
	block = unused[class];
	if (block)
		unused[class] = block->next;
	else if (heap_end - heap >= (size_t)1 << class) {
		block = (union header *)heap;
		heap += (size_t)1 << class;
	} else
		return NULL;
	block->class = class;
	return block + 1;
}

void free(void *block)
{
	union header *header = block;
	unsigned class;

	if (!header--)
		return;
	class = header->class;
	header->next = unused[class];
	unused[class] = header;
}

void *realloc(void *block, size_t size)
{
	void *larger = malloc(size);
	size_t old;

	if (!larger || !block)
		return larger;
	old = ((size_t)1 << ((union header *)block - 1)->class) - sizeof(union header);
	memcpy(larger, block, old < size ? old : size);
	free(block);
	return larger;
}

long write(int descriptor, const void *data, size_t size)
{
	(void)descriptor;
	solo5_console_write(data, size);
	return (long)size;
}

size_t console_fwrite(const void *data, size_t size, size_t count, struct file *file)
{
	(void)file;
	solo5_console_write(data, size * count);
	return count;
}

int fputs(const char *text, struct file *file)
{
	return (int)console_fwrite(text, 1, strlen(text), file);
}

int fputc(int character, struct file *file)
{
	char byte = (char)character;

	console_fwrite(&byte, 1, 1, file);
	return character;
}

int fflush(struct file *file)
{
	(void)file;
	return 0;
}

int gettimeofday(long *time, void *zone)
{
	solo5_time_t wall = solo5_clock_wall();

	(void)zone;
	time[0] = (long)(wall / 1000000000);
	time[1] = (long)(wall % 1000000000 / 1000);
	return 0;
}

long sysconf(int name)
{
	(void)name;
	return 8192;                    /* OCaml asks how large a signal's stack has to be */
}

int __vfprintf_chk(struct file *file, int flag, const char *format, va_list arguments)
{
	char line[512];

	(void)flag;
	vsnprintf(line, sizeof line, format, arguments);
	return fputs(line, file);
}

int __fprintf_chk(struct file *file, int flag, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = __vfprintf_chk(file, flag, format, arguments);
	va_end(arguments);
	return length;
}

int __vsnprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, va_list arguments)
{
	(void)flag, (void)room;
	return vsnprintf(text, size, format, arguments);
}

int __snprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = __vsnprintf_chk(text, size, flag, room, format, arguments);
	va_end(arguments);
	return length;
}

int __isoc99_sscanf(const char *text, const char *format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vsscanf(text, format, arguments);
	va_end(arguments);
	return count;
}

/* files, signals, programs: there are none */
static __attribute__((used)) long fails(void)
{
	return -1;
}

/* where 0 means that there is nothing, or that it worked */
static __attribute__((used)) long nothing(void)
{
	return 0;
}

#define FAILS(name) long name(void) __attribute__((alias("fails")))
#define NOTHING(name) long name(void) __attribute__((alias("nothing")))
FAILS(chdir);
FAILS(close);
FAILS(closedir);
FAILS(dlclose);
FAILS(getcwd);
FAILS(getrusage);
FAILS(ioctl);
FAILS(lseek64);
FAILS(mkdir);
FAILS(mmap64);
FAILS(munmap);
FAILS(open64);
FAILS(read);
FAILS(readlink);
FAILS(rename);
FAILS(rmdir);
FAILS(sigaction);
FAILS(sigaltstack);
FAILS(stat64);
FAILS(system);
FAILS(unlink);
NOTHING(dlerror);
NOTHING(dlopen);
NOTHING(dlsym);
NOTHING(freelocale);
NOTHING(getenv);
NOTHING(getpid);
NOTHING(getppid);
NOTHING(isatty);
NOTHING(newlocale);
NOTHING(opendir);
NOTHING(readdir64);
NOTHING(secure_getenv);
NOTHING(sigprocmask);
NOTHING(__sigsetjmp);
NOTHING(uselocale);

int solo5_app_main(const struct solo5_start_info *info)
{
	static char name[] = "ocaml", *argv[] = {name, NULL};
	uintptr_t *pointer = thread + THREAD / 2;

	/* as the processor's ABI has it: the thread pointer's first word is its own address */
	*pointer = (uintptr_t)pointer;
	if (solo5_set_tls_base((uintptr_t)pointer) != SOLO5_R_OK)
		return 1;
	heap = info->heap_start;
	heap_end = info->heap_start + info->heap_size;
	command_line = info->cmdline;
	caml_startup(argv);
	return 0;
}
