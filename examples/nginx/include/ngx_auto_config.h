/* SPDX-License-Identifier: ISC */
/*
 * ngx_auto_config.h -- the results of nginx's configure for a guest, and the paths of nginx's files
 *
 * The same on every processor that ukgen supports: 64 bits, little-endian, musl.
 * Left out is what a single process doesn't need (locks between processes, shared
 * memory) and what no guest library serves.
 */
#define NGX_CONFIGURE ""
#define NGX_COMPILER __VERSION__

#define NGX_PTR_SIZE 8
#define NGX_SIG_ATOMIC_T_SIZE 4
#define NGX_HAVE_LITTLE_ENDIAN 1
#define NGX_MAX_SIZE_T_VALUE 9223372036854775807LL
#define NGX_SIZE_T_LEN (sizeof("-9223372036854775808") - 1)
#define NGX_MAX_OFF_T_VALUE 9223372036854775807LL
#define NGX_OFF_T_LEN (sizeof("-9223372036854775808") - 1)
#define NGX_TIME_T_SIZE 8
#define NGX_TIME_T_LEN (sizeof("-9223372036854775808") - 1)
#define NGX_MAX_TIME_T_VALUE 9223372036854775807LL
#define NGX_CPU_CACHE_LINE 64
#define NGX_HAVE_NONALIGNED 1

#define NGX_HAVE_GCC_ATOMIC 1
#define NGX_HAVE_GCC_VARIADIC_MACROS 1
#define NGX_HAVE_C99_VARIADIC_MACROS 1
#define NGX_HAVE_GCC_BSWAP64 1

#define NGX_HAVE_EPOLL 1
/* nginx would try EPOLLRDHUP on a Unix socket, which guests haven't got; without it, the name is nginx's own */
#include <sys/epoll.h>
#undef EPOLLRDHUP
#define NGX_HAVE_CLEAR_EVENT 1
#define NGX_KQUEUE_UDATA_T (void *)
#define NGX_HAVE_SENDFILE 1
#define NGX_HAVE_SENDFILE64 1
#define NGX_HAVE_ACCEPT4 1
#define NGX_HAVE_KEEPALIVE_TUNABLE 1
#define NGX_HAVE_FIONBIO 1
#define NGX_HAVE_FIONREAD 1
#define NGX_HAVE_MSGHDR_MSG_CONTROL 1
#define NGX_HAVE_GETADDRINFO 1

#define NGX_HAVE_PREAD 1
#define NGX_HAVE_PWRITE 1
#define NGX_HAVE_PWRITEV 1
#define NGX_HAVE_OPENAT 1
#define NGX_HAVE_D_TYPE 1
#define NGX_HAVE_POSIX_MEMALIGN 1
#define NGX_HAVE_MEMALIGN 1
#define NGX_HAVE_MAP_ANON 1
#define NGX_HAVE_LOCALTIME_R 1
#define NGX_HAVE_CLOCK_MONOTONIC 1
#define NGX_HAVE_GMTOFF 1
#define NGX_HAVE_SCHED_YIELD 1
#define NGX_HAVE_SC_NPROCESSORS_ONLN 1

#define NGX_PREFIX "/"
#define NGX_CONF_PREFIX "/etc/nginx/"
#define NGX_SBIN_PATH "/nginx"
#define NGX_CONF_PATH "/etc/nginx/nginx.conf"
#define NGX_PID_PATH "/tmp/nginx.pid"
#define NGX_LOCK_PATH "/tmp/nginx.lock"
#define NGX_ERROR_LOG_PATH "stderr"
#define NGX_HTTP_LOG_PATH "/tmp/access.log"
#define NGX_HTTP_CLIENT_TEMP_PATH "/tmp/client_body"
#define NGX_HTTP_PROXY_TEMP_PATH "/tmp/proxy"
#define NGX_HTTP_FASTCGI_TEMP_PATH "/tmp/fastcgi"
#define NGX_HTTP_UWSGI_TEMP_PATH "/tmp/uwsgi"
#define NGX_HTTP_SCGI_TEMP_PATH "/tmp/scgi"
/* /etc/passwd and /etc/group have these alone */
#define NGX_USER "root"
#define NGX_GROUP "root"
