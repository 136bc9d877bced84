/* SPDX-License-Identifier: ISC */
/* tls.c -- thread-local storage as the linker laid it out; the architecture says where the thread pointer is */
#include <string.h>

#include "guest.h"
#include "thread.h"

/* from the linker script: initial values, the same with zeroes behind, and the strictest alignment */
extern const char tls_start[], tls_data_end[], tls_end[];

size_t solo5_tls_size(void)
{
	return thread_block_size((size_t)(tls_end - tls_start));
}

uintptr_t solo5_tls_tp_offset(uintptr_t tls)
{
	return thread_pointer(tls, (size_t)(tls_end - tls_start));
}

solo5_result_t solo5_tls_init(uintptr_t tls)
{
	size_t data = (size_t)(tls_data_end - tls_start), size = (size_t)(tls_end - tls_start);
	char *variables;

	if (!tls)
		return SOLO5_R_EINVAL;
	variables = thread_variables(tls, size);
	*(uintptr_t *)thread_pointer(tls, size) = thread_pointer(tls, size);
	memcpy(variables, tls_start, data);
	memset(variables + data, 0, size - data);
	return SOLO5_R_OK;
}

solo5_result_t solo5_set_tls_base(uintptr_t base)
{
	return thread_pointer_set(base) ? SOLO5_R_OK : SOLO5_R_EINVAL;
}
