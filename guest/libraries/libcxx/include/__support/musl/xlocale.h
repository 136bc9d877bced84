/* SPDX-License-Identifier: ISC */
/* xlocale.h -- conversions in a locale, which musl lacks: all its locales have the same digits; g++ rejects libc++'s own file */
#ifndef _LIBCPP_SUPPORT_MUSL_XLOCALE_H
#define _LIBCPP_SUPPORT_MUSL_XLOCALE_H

#include <cstdlib>
#include <cwchar>

static inline long long strtoll_l(const char *text, char **end, int base, locale_t)
{
	return strtoll(text, end, base);
}

static inline unsigned long long strtoull_l(const char *text, char **end, int base, locale_t)
{
	return strtoull(text, end, base);
}

static inline long long wcstoll_l(const wchar_t *text, wchar_t **end, int base, locale_t)
{
	return wcstoll(text, end, base);
}

static inline unsigned long long wcstoull_l(const wchar_t *text, wchar_t **end, int base, locale_t)
{
	return wcstoull(text, end, base);
}

static inline long double wcstold_l(const wchar_t *text, wchar_t **end, locale_t)
{
	return wcstold(text, end);
}

#endif
