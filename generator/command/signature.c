/* SPDX-License-Identifier: ISC */
/*
 * signature.c -- signatures of appliances, made and checked by minisign
 *
 * A signature is a file beside the appliance, whose bytes stay what they are. Its
 * comment, which is signed, too, names the application and the build id.
 */
#include "command/signature.h"

#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/process.h"
#include "base/text.h"
#include "input/package.h"

static char *signature_path(const char *appliance)
{
	return str_format("%s.minisig", appliance);
}

/* minisign takes what begins with '-' for an option */
static const char *file_word(const char *path)
{
	return path_absolute(path);
}

/* on this process's terminal, since minisign may ask for a password; its exit status */
static int minisign(const char *const *words)
{
	pid_t child;
	int error;

	fflush(NULL);
	error = posix_spawnp(&child, words[0], NULL, NULL, (char **)words, environ);
	if (error)
		fatal("run minisign (Debian package minisign): %s", strerror(error));
	return process_wait(child);
}

static void readable_check(const char *path, const char *what)
{
	if (access(path, R_OK))
		fatal("%s %s:", what, printable(path));
}

static const char *comment_make(const char *appliance)
{
	size_t size, offset;
	uint8_t *file = (uint8_t *)file_read(appliance, &size);

	if (!file)
		fatal("%s:", printable(appliance));
	if (!build_id_find(file, size, &offset))
		fatal("%s: has no build id; sign takes an appliance made by ukgen", printable(appliance));
	if (!build_id_fits(file, size, offset))
		fatal("%s: was changed after it was made: its build id does not fit what it holds; sign what ukgen wrote",
		      printable(appliance));
	return str_format("appliance, build id %s", build_id_text(file + offset));
}

void signature_make(const char *appliance, const char *key)
{
	const char *comment = comment_make(appliance);

	readable_check(key, "secret key");
	if (minisign((const char *[]){"minisign", "-S", "-s", file_word(key), "-x", file_word(signature_path(appliance)),
				      "-t", comment, "-m", file_word(appliance), NULL}))
		fatal("%s was not signed; see above", printable(appliance));
}

bool signature_check(const char *appliance, const char *key)
{
	readable_check(appliance, "appliance");
	readable_check(key, "public key");
	readable_check(signature_path(appliance), "signature");
	if (minisign((const char *[]){"minisign", "-V", "-Q", "-H", "-p", file_word(key), "-x", file_word(signature_path(appliance)),
				      "-m", file_word(appliance), NULL})) {
		printf("%s: not signed with the key %s\n", printable(appliance), printable(key));
		return false;
	}
	printf("%s: signed with the key %s\n", printable(appliance), printable(key));
	return true;
}
