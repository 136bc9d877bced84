/* SPDX-License-Identifier: ISC */
/*
 * keeper.c -- counts on a block device, and prints each number once it is synced
 *
 * One file has all numbers so far, in order; another one, which is replaced each
 * time, every tenth. Continues from there; if numbers that were printed are
 * missing, it ends with 1.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

/* the last number of the log, all before which must be there */
static long log_read(void)
{
	FILE *file = fopen("/data/log", "a+");
	char line[32];
	long last = 0;

	if (!file)
		fail("log");
	rewind(file);
	while (fgets(line, sizeof(line), file)) {
		/* what was not said yet may be there in part */
		if (!strchr(line, '\n') || !line[0])
			break;
		if (atol(line) != last + 1)
			fail("a number is missing");
		last++;
	}
	fclose(file);
	return last;
}

static void state_write(long number)
{
	int file = open("/data/state.new", O_WRONLY | O_CREAT | O_TRUNC, 0644);
	char text[8192];

	snprintf(text, sizeof(text), "%8191ld", number);
	if (file < 0 || write(file, text, sizeof(text)) != sizeof(text) || fsync(file) || close(file) ||
	    rename("/data/state.new", "/data/state"))
		fail("state");
}

static long state_read(void)
{
	FILE *file = fopen("/data/state", "r");
	char text[8193] = "";

	if (!file)
		return 0;
	if (fread(text, 1, 8192, file) != 8192 || fgetc(file) != EOF)
		fail("half of a state");
	fclose(file);
	return atol(text);
}

int main(int argc, char **argv)
{
	long said = argc > 1 ? atol(argv[1]) : 0, last = log_read(), state = state_read();
	int file;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (last < said || state < said - said % 10 || state > last) {
		printf("said %ld, but there are %ld, and %ld\n", said, last, state);
		return 1;
	}
	/* it was killed between the two */
	if (state < last - last % 10)
		state_write(last - last % 10);
	printf("found %ld\n", last);
	file = open("/data/log", O_WRONLY | O_APPEND);
	for (;;) {
		char line[32];
		int length = snprintf(line, sizeof(line), "%ld\n", ++last);

		if (write(file, line, (size_t)length) != length || fdatasync(file))
			fail("write");
		if (last % 10 == 0)
			state_write(last);
		printf("%ld\n", last);
		/* so that the device never gets full */
		if (argc > 2 && last == atol(argv[2]))
			return 0;
	}
}
