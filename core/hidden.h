/* SPDX-License-Identifier: ISC */
/*
 * hidden.h -- included before every source of the monitor: gives all its symbols hidden visibility
 *
 * -fvisibility=hidden covers definitions alone. With hidden declarations, too,
 * code finds symbols relative to itself, without a table that must be relocated.
 */
#pragma GCC visibility push(hidden)
