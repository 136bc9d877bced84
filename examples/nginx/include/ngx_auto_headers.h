/* SPDX-License-Identifier: ISC */
/* ngx_auto_headers.h -- the headers of a guest's C library, as nginx's configure would find them */
#define NGX_LINUX 1
#define NGX_HAVE_UNISTD_H 1
#define NGX_HAVE_INTTYPES_H 1
#define NGX_HAVE_LIMITS_H 1
#define NGX_HAVE_SYS_PARAM_H 1
#define NGX_HAVE_SYS_MOUNT_H 1
#define NGX_HAVE_SYS_STATVFS_H 1
#define NGX_HAVE_SYS_VFS_H 1
#define NGX_HAVE_SYS_PRCTL_H 1
