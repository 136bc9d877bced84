#include "guest.h"

int x_first(void);

/* a variable that says of itself to end below its beginning */
extern uint64_t shared_numbers[];
__asm__(".data\n.globl shared_numbers\n.type shared_numbers, @object\n.size shared_numbers, 0xffffffffffffff00\n"
	"shared_numbers: .quad 1\n.text");

int x_first(void)
{
	return (int)shared_numbers[0];
}
