/* SPDX-License-Identifier: ISC */
/*
 * modules.c -- the modules of nginx that the example has: those that serve files
 *
 * The order is nginx's own: filters are called from the last to the first.
 */
#include <ngx_config.h>
#include <ngx_core.h>

#define MODULES(with) \
	with(ngx_core_module) \
	with(ngx_errlog_module) \
	with(ngx_conf_module) \
	with(ngx_events_module) \
	with(ngx_event_core_module) \
	with(ngx_epoll_module) \
	with(ngx_http_module) \
	with(ngx_http_core_module) \
	with(ngx_http_log_module) \
	with(ngx_http_upstream_module) \
	with(ngx_http_static_module) \
	with(ngx_http_autoindex_module) \
	with(ngx_http_index_module) \
	with(ngx_http_try_files_module) \
	with(ngx_http_access_module) \
	with(ngx_http_map_module) \
	with(ngx_http_write_filter_module) \
	with(ngx_http_header_filter_module) \
	with(ngx_http_chunked_filter_module) \
	with(ngx_http_range_header_filter_module) \
	with(ngx_http_postpone_filter_module) \
	with(ngx_http_headers_filter_module) \
	with(ngx_http_copy_filter_module) \
	with(ngx_http_range_body_filter_module) \
	with(ngx_http_not_modified_filter_module)

#define DECLARE(module) extern ngx_module_t module;
#define ADDRESS(module) &module,
#define NAME(module) #module,

MODULES(DECLARE)

ngx_module_t *ngx_modules[] = {MODULES(ADDRESS) NULL};
char *ngx_module_names[] = {MODULES(NAME) NULL};
