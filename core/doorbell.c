/* SPDX-License-Identifier: ISC */
/* doorbell.c -- calls of the guest that signal an eventfd and don't stop the guest */
#include "monitor.h"
#include "vm.h"

void doorbell_bind(unsigned number, int event)
{
	if (number < DOORBELL_NONE)
		vm_doorbell(number, event);
}
