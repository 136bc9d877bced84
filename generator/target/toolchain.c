/* SPDX-License-Identifier: ISC */
/*
 * toolchain.c -- finds the compiler and the C library for an architecture
 *
 * musl is the system's (Debian's musl-dev, also of a foreign architecture) or else
 * the one that ./configure --deps fetched into build/sysroot and ninja install put
 * beside modules/ and core/. The compiler's default folders have the headers of
 * glibc, and of every library that is installed: of these only Linux's are for
 * guests and monitors.
 */
#include "target/toolchain.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/process.h"
#include "base/text.h"
#include "target/cache.h"

const struct architecture *architecture_native(void)
{
	const struct architecture *architecture;
	struct utsname machine;

	if (uname(&machine))
		fatal("uname:");
	architecture = architecture_find(machine.machine);
	if (!architecture)
		fatal("this machine's processor \"%s\" is none that appliances are made for; accepted is --arch=%s",
		      machine.machine, architecture_names());
	return architecture;
}

static bool is_native(const struct architecture *architecture)
{
	struct utsname machine;

	return !uname(&machine) && !strcmp(machine.machine, architecture->name);
}

/* package names have no underscore */
const char *toolchain_package(const struct toolchain *toolchain, const char *package)
{
	const char *prefix = toolchain->prefix;
	char *name = *prefix ? str_format("%s-%.*s", package, (int)strlen(prefix) - 1, prefix) : str_format("%s", package);

	for (char *c = name; *c; c++)
		if (*c == '_')
			*c = '-';
	return name;
}

const char *toolchain_program(const struct toolchain *toolchain, const char *tool)
{
	return program_find(str_format("%s%s", toolchain->prefix, tool));
}

static void tools_check(const struct toolchain *toolchain)
{
	static const char *const tools[][2] = {{"gcc", "gcc"}, {"as", "binutils"}, {"ld", "binutils"}, {"objcopy", "binutils"}};

	for (size_t i = 0; i < ARRAY_SIZE(tools); i++)
		if (!toolchain_program(toolchain, tools[i][0]))
			fatal("%s%s is not in PATH; Debian has it in the package %s", toolchain->prefix, tools[i][0],
			      toolchain_package(toolchain, tools[i][1]));
}

static void linux_headers_find(struct toolchain *toolchain, const char *architecture)
{
	static const char *const names[] = {"asm", "asm-generic", "linux"};
	const char *const folders[] = {str_format("/usr/%s-linux-gnu/include", architecture),
		str_format("/usr/include/%s-linux-gnu", architecture), "/usr/include"};

	for (size_t n = 0; n < ARRAY_SIZE(names); n++)
		/* the first is a cross compiler's */
		for (size_t i = *toolchain->prefix ? 0 : 1; i < ARRAY_SIZE(folders); i++) {
			const char *folder = path_join(folders[i], names[n]);

			if (path_exists(folder)) {
				strings_add(&toolchain->linux_headers, folder);
				break;
			}
		}
}

void toolchain_find(struct toolchain *toolchain, const struct architecture *architecture, const char *root)
{
	const char *const roots[] = {"", path_join(root, str_format("sysroot/%s", architecture->name)),
		path_join(root, str_format("build/sysroot/%s", architecture->name))};

	toolchain->cache = cache_folder();
	toolchain->prefix = is_native(architecture) ? "" : architecture->toolchain;
	tools_check(toolchain);
	toolchain->headers = program_says((const char *[]){str_format("%sgcc", toolchain->prefix), "-print-file-name=include", NULL});
	toolchain->linux_headers = (struct strings){0};
	linux_headers_find(toolchain, architecture->name);
	for (size_t i = 0; i < ARRAY_SIZE(roots); i++) {
		toolchain->includes = path_join(roots[i], str_format("usr/include/%s-linux-musl", architecture->name));
		toolchain->library = path_join(roots[i], str_format("usr/lib/%s-linux-musl", architecture->name));
		if (path_exists(path_join(toolchain->library, "libc.a")))
			return;
	}
	fatal("there is no musl for %s; ./configure --deps gets it, and ninja install brings it along", architecture->title);
}

/* of the folders that g++ -v lists */
static void cxx_folder_add(void *context, char *line)
{
	const char *folder = str_starts(line, " /") && strstr(line, "/c++/") ? realpath(line + 1, NULL) : NULL;

	if (folder)
		strings_add(context, folder);
}

struct strings toolchain_cxx_headers(const struct toolchain *toolchain)
{
	const char *const words[] = {str_format("%sg++", toolchain->prefix), "-E", "-v", "-x", "c++", "/dev/null", NULL};
	struct program program = program_start(words, true, NULL);
	struct strings folders = {0};

	program_end(&program, cxx_folder_add, &folders);
	return folders;
}

const char *toolchain_libgcc(const struct toolchain *toolchain)
{
	return program_says((const char *[]){str_format("%sgcc", toolchain->prefix), "-print-libgcc-file-name", NULL});
}

const char *toolchain_compiler_version(const struct toolchain *toolchain)
{
	return program_says((const char *[]){str_format("%sgcc", toolchain->prefix), "-dumpfullversion", NULL});
}
