/* SPDX-License-Identifier: ISC */
/* debian.h -- versions of Debian packages, as dpkg's list has them */
#ifndef DEBIAN_H
#define DEBIAN_H

/* The installed version of a package; NULL without dpkg, if it is not installed, or if path, one of its files, is outside of /usr. */
const char *debian_version(const char *package, const char *path);

#endif
