/* SPDX-License-Identifier: ISC */
/* lua5.4-deb-multiarch.h -- what Debian's build of Lua writes: where modules in C would be; a guest loads none */
#define DEB_HOST_MULTIARCH "guest"
