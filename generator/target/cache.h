/* SPDX-License-Identifier: ISC */
/*
 * cache.h -- compiled sources that one appliance has from another
 *
 * Most of what is compiled is the same from one appliance to the next: the
 * bindings, the monitor's core, modules, libraries. ccache keeps it, with the
 * content of all that went in as its key.
 */
#ifndef CACHE_H
#define CACHE_H

/*
 * The folder where it is kept: $UKGEN_CACHE, or ukgen in the user's cache
 * folder. NULL if that is "none", if there is no ccache, or if nothing can be
 * written there.
 */
const char *cache_folder(void);

#endif
