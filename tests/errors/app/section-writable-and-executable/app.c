#include "solo5.h"

void patch(void);

int solo5_app_main(const struct solo5_start_info *info)
{
	(void)info;
	patch();
	return 0;
}
