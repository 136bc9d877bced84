#include "guest.h"

int x_first(void);

int x_first(void)
{
	return 0;
}
