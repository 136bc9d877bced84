/* SPDX-License-Identifier: ISC: what ukgen new adds for devices, behind this line */

static void say_number(uint64_t number)
{
	char digits[21], *at = digits + sizeof(digits);

	*--at = 0;
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	say(at);
}
