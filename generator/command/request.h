/* SPDX-License-Identifier: ISC */
/* request.h -- the command line of the commands that take a manifest */
#ifndef REQUEST_H
#define REQUEST_H

#include "command/command.h"
#include "compose/request.h"

/* what its options mean, for a command's usage */
#define REQUEST_OPTIONS \
	"  -o APPLIANCE    the file to make (BUILDDIR/NAME)\n" \
	"  -B BUILDDIR     where everything in between is kept (ukgen-build beside the manifest)\n" \
	"  -v              show the commands that are run\n" \
	"  --arch=ARCH     the processor: x86_64 or aarch64 (this machine's)\n" \
	"  --host=HOST     what runs the guest: kvm, or process where there is no KVM (kvm)\n" \
	"  --modules DIR   a folder of further modules; may be given several times\n" \
	"  --libraries DIR\n" \
	"                  a folder of further guest libraries; may be given several times\n"

/* Reads options, the manifest and the application's files; prints the command's usage and exits if --help is among them. */
struct request request_parse(const struct command *command, int count, char **words);

#endif
