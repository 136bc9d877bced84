/* SPDX-License-Identifier: ISC */
/* debian.h -- versions of Debian packages, as dpkg's list has them */
#ifndef DEBIAN_H
#define DEBIAN_H

/* The version of an installed package; NULL if it isn't, if there is no dpkg, or if path isn't below /usr, where packages are. */
const char *debian_version(const char *package, const char *path);

#endif
