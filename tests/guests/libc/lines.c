/* SPDX-License-Identifier: ISC */
/* lines.c -- prints the lines of standard input, the last first */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
	char **lines = NULL, *line = NULL;
	size_t count = 0, size = 0;

	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = 0;
		lines = realloc(lines, (count + 1) * sizeof(*lines));
		lines[count++] = strdup(line);
	}
	for (; count; count--)
		printf("%zu: %s\n", count, lines[count - 1]);
}
