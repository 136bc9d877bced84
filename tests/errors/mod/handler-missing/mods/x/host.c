#include "core.h"

int64_t host_bep(uint64_t times);

int64_t host_bep(uint64_t times)
{
	return (int64_t)times;
}
