/* SPDX-License-Identifier: ISC */
/* entropy.c -- Mbed TLS's only source of random numbers: the host's generator */
#include <uk.h>

#include "mbedtls/entropy.h"
#include "mbedtls/entropy_poll.h"

int mbedtls_hardware_poll(void *unused, unsigned char *bytes, size_t size, size_t *done)
{
	(void)unused;
	uk_random(bytes, size);
	*done = size;
	return 0;
}
