#include "solo5.h"

int printf(const char *format, ...);

int solo5_app_main(const struct solo5_start_info *info)
{
	(void)info;
	return printf("hello\n");
}
