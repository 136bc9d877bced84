/* SPDX-License-Identifier: ISC */
/* main.c -- runs the attack that the arguments name: NAME HYPERCALLS */
#include "hostile.h"

enum { UNKNOWN = 99 };

/* attacks.def, made from the sources by attacks.bash: X(NAME) for each attack */
#define X(name) int attack_##name(const struct solo5_start_info *info, unsigned hypercalls);
#include "attacks.def"
#undef X

static const struct {
	const char *name;
	int (*attack)(const struct solo5_start_info *info, unsigned hypercalls);
} attacks[] = {
#define X(name) {#name, attack_##name},
#include "attacks.def"
#undef X
};

int solo5_app_main(const struct solo5_start_info *info)
{
	size_t length = strcspn(info->cmdline, " ");
	const char *digit = info->cmdline + length;
	unsigned hypercalls = 0;

	for (digit += *digit == ' '; *digit; digit++)
		hypercalls = hypercalls * 10 + (unsigned)(*digit - '0');
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++)
		if (strlen(attacks[i].name) == length && !strncmp(attacks[i].name, info->cmdline, length))
			return attacks[i].attack(info, hypercalls);
	return UNKNOWN;
}
