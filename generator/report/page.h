/* SPDX-License-Identifier: ISC */
/*
 * page.h -- a page that shows what an appliance is made of
 *
 * One file of HTML without scripts that refers to nothing outside of it. The same
 * appliance and the same ukgen give the same bytes.
 */
#ifndef PAGE_H
#define PAGE_H

#include <stdio.h>

#include "input/holdings.h"
#include "input/module.h"

struct launch;

struct page {
	FILE *out;
	const struct holdings *holdings;
	const struct modules *known;    /* modules of this ukgen */
	const struct launch *launch;    /* NULL: not measured */
};

void page_print(const struct page *page);

/* its sections, in this order */
void file_print(const struct page *page);
void modules_print(const struct page *page);
void memory_print(const struct page *page);
void calls_print(const struct page *page);
void launch_print(const struct page *page);
void origins_print(const struct page *page);
void settings_print(const struct page *page);

/* the style sheet */
extern const char page_style[];

/* how many different system calls the monitor's filters let through: all of them, or those of the guest's thread */
size_t syscalls_count(const struct page *page, bool guest_thread);

#endif
