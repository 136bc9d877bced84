#include "guest.h"

int x_first(void);

int x_first(void)
{
	return (int)hypercall_beep(1);
}
