/* SPDX-License-Identifier: ISC */
/*
 * console_input/guest.c -- uk.h's console input
 *
 * The host reports new input while the guest sleeps. A guest that never sleeps asks
 * once per interval: one exit in 10 ms.
 */
#include "guest.h"
#include "input.h"
#include "uk.h"

struct console_input shared_console_input;

static volatile uint32_t *const state = &shared_console_input.state;
static uint64_t looked;                 /* the counter's value when the guest last asked */

solo5_result_t uk_console_read(char *buf, size_t size, size_t *read_size)
{
	int64_t length = hypercall_console_read((uint8_t *)buf, size);

	looked = counter_read();
	*state = length == CONSOLE_INPUT_AGAIN ? INPUT_WANTED : INPUT_IDLE;
	*read_size = length < 0 ? 0 : (size_t)length;
	return length < 0 ? SOLO5_R_AGAIN : SOLO5_R_OK;
}

uint64_t console_input_poll(void)
{
	size_t none;

	if (*state == INPUT_IDLE)
		return 0;
	if (*state == INPUT_WANTED && (counter_read() - looked < boot_info->console_input.interval ||
	    uk_console_read(NULL, 0, &none) == SOLO5_R_AGAIN))
		return 0;
	*state = INPUT_IDLE;
	return UK_READY_EVENT;
}
