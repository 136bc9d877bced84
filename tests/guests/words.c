/* SPDX-License-Identifier: ISC */
/* words.c -- prints its command line, its arguments and its environment, each word in brackets; then once more after changes */
#include <string.h>
#include <uk.h>

static void print(const char *text)
{
	solo5_console_write(text, strlen(text));
}

static void print_words(const char *what, char **words)
{
	print(what);
	for (; *words; words++) {
		print(" [");
		print(*words);
		print("]");
	}
	print("\n");
}

/* the words are the application's own memory */
static void words_upset(char **words)
{
	for (; *words; words++) {
		size_t length = strlen(*words);

		for (size_t i = 0; i < length / 2; i++) {
			char c = (*words)[i];

			(*words)[i] = (*words)[length - 1 - i];
			(*words)[length - 1 - i] = c;
		}
	}
}

int solo5_app_main(const struct solo5_start_info *info)
{
	char **words, **environment = uk_environment();
	int count, counted = 0;

	uk_arguments(&count, &words);
	while (words[counted])
		counted++;
	print_words("arguments", words);
	print_words("environment", environment);
	words_upset(words);
	words_upset(environment);
	words_upset(environment);
	print("line [");
	print(info->cmdline);
	print("]\n");
	print_words("environment", environment);
	return counted == count ? 0 : 1;
}
