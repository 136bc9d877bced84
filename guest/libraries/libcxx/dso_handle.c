/* SPDX-License-Identifier: ISC */
/* dso_handle.c -- identifies the program that registers a destructor: there is only one */
__attribute__((visibility("hidden"))) void *__dso_handle = 0;
