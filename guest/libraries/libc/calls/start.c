/* SPDX-License-Identifier: ISC */
/*
 * start.c -- prepares musl before the first constructor, and calls main
 *
 * Parts that only some programs have (an environment, a heap) are prepared by
 * functions in their own files, which are called if they are linked.
 */
#include <elf.h>
#include <solo5.h>
#include <string.h>
#include <uk.h>

#include "libc.h"
#include "pthread_impl.h"

/* from the linker script: the initial values of thread-local variables, their size with zeroes, and their alignment */
extern const char tls_start[], tls_data_end[], tls_end[], tls_alignment[];

hidden volatile int __thread_list_lock;

/* from guest/start.c */
extern uintptr_t __stack_chk_guard;

extern hidden weak void guest_environment_start(void);
extern hidden weak void guest_descriptors_start(void);
extern hidden weak void guest_memory_start(struct solo5_start_info *);
extern hidden weak void guest_mounts_start(void);

static struct tls_module variables;

static void variables_find(void)
{
	variables.image = (void *)tls_start;
	variables.len = (size_t)(tls_data_end - tls_start);
	variables.size = (size_t)(tls_end - tls_start);
	variables.align = (size_t)tls_alignment;
#ifdef TLS_ABOVE_TP
	/* two words for the thread, then the variables at their alignment */
	variables.offset = variables.align;
#else
	variables.offset = variables.size;
#endif
	libc.tls_cnt = 1;
	libc.tls_head = &variables;
	libc.tls_align = variables.align;
	libc.tls_size = variables.offset + variables.size + variables.align + sizeof(struct pthread) + 2 * sizeof(uintptr_t);
	libc.tls_size = (libc.tls_size + variables.align - 1) & -variables.align;
}

void *__copy_tls(unsigned char *area)
{
	uintptr_t *table;
	unsigned char *at;
	pthread_t thread;

#ifdef TLS_ABOVE_TP
	table = (uintptr_t *)(area + libc.tls_size) - 2;
	area += -((uintptr_t)area + sizeof(struct pthread)) & (variables.align - 1);
	thread = (pthread_t)area;
	at = area + sizeof(struct pthread) + variables.offset;
#else
	table = (uintptr_t *)area;
	area += libc.tls_size - sizeof(struct pthread);
	area -= (uintptr_t)area & (variables.align - 1);
	thread = (pthread_t)area;
	at = area - variables.offset;
#endif
	table[0] = 1;
	table[1] = (uintptr_t)at + DTP_OFFSET;
	memcpy(at, variables.image, variables.len);
	thread->dtv = table;
	return thread;
}

int __init_tp(void *area)
{
	pthread_t thread = area;

	thread->self = thread->next = thread->prev = thread;
	thread->detach_state = DT_JOINABLE;
	thread->tid = 1;
	thread->locale = &libc.global_locale;
	thread->robust_list.head = &thread->robust_list.head;
	return solo5_set_tls_base((uintptr_t)TP_ADJ(area)) == SOLO5_R_OK ? 0 : -1;
}

/*
 * The secret of musl's allocator, at AT_RANDOM + 8. It is derived from the stack
 * protector's random guard, but reveals at most half of it.
 */
static void secret_make(void)
{
	static uint64_t random[2];
	static size_t auxiliary[3];

	random[1] = (__stack_chk_guard * 0x9e3779b97f4a7c15) >> 32;
	auxiliary[0] = AT_RANDOM;
	auxiliary[1] = (size_t)random;
	libc.auxv = auxiliary;
}

/* called before constructors; memory is zero, and what is taken from the heap's start stays musl's */
void guest_libc_start(struct solo5_start_info *info)
{
	size_t size;

	libc.page_size = 4096;
	secret_make();
	variables_find();
	size = libc.tls_size;
	if (size > info->heap_size || __init_tp(__copy_tls((unsigned char *)info->heap_start)))
		solo5_abort();
	info->heap_start += size;
	info->heap_size -= size;
	if (guest_environment_start)
		guest_environment_start();
	if (guest_descriptors_start)
		guest_descriptors_start();
	if (guest_memory_start)
		guest_memory_start(info);
	if (guest_mounts_start)
		guest_mounts_start();
}
