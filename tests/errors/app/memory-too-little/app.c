#include "solo5.h"

static volatile char large[2 << 20];

int solo5_app_main(const struct solo5_start_info *info)
{
	(void)info;
	return large[1];
}
