/* SPDX-License-Identifier: ISC */
/*
 * hidden.h -- comes before every source of the monitor: all its names are its own
 *
 * -fvisibility=hidden says so of definitions alone. What a declaration names
 * is then found from where the code is, not by a table that must be relocated.
 */
#pragma GCC visibility push(hidden)
