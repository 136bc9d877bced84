/* SPDX-License-Identifier: ISC */
/*
 * pthread_create.c -- fails: a guest has one thread
 *
 * Functions that musl's other files need of this one are here, too.
 */
#include <stdlib.h>

#include "pthread_impl.h"

guest_call guest_sys_pthread_create;

int __pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes,
		     void *(*function)(void *), void *restrict argument)
{
	(void)thread;
	(void)attributes;
	(void)function;
	(void)argument;
	return (int)-guest_sys_pthread_create(0, 0, 0, 0, 0, 0);
}

/* when the only thread ends, so does the program */
_Noreturn void __pthread_exit(void *result)
{
	(void)result;
	exit(0);
}

weak_alias(__pthread_create, pthread_create);
weak_alias(__pthread_exit, pthread_exit);
