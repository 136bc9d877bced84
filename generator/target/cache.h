/* SPDX-License-Identifier: ISC */
/*
 * cache.h -- shares compiled sources between appliances
 *
 * Most objects are the same in all appliances: bindings, the monitor's core,
 * modules, libraries. ccache keeps them, keyed by the content of all their inputs.
 */
#ifndef CACHE_H
#define CACHE_H

/*
 * The cache folder: $UKGEN_CACHE, or ukgen in the user's cache folder. NULL if that
 * is "none", if there is no ccache, or if the folder isn't writable.
 */
const char *cache_folder(void);

#endif
