#include "solo5.h"

int x(void);

int x(void)
{
	return (int)solo5_block_read(1, 0, 0, 0);
}
