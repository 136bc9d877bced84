/* SPDX-License-Identifier: ISC */
/* dso_handle.c -- which program registers a destructor: there is one */
__attribute__((visibility("hidden"))) void *__dso_handle = 0;
