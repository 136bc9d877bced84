# SPDX-License-Identifier: ISC
# solo5_configure.bats -- a configure script made by autoconf works with the tools, and runs no program
bats_require_minimum_version 1.5.0
load common
load solo5

CC=$SOLO5-cc

setup_file()
{
	solo5_tools
	export PATH
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

@test "a program linked without an ABI can't be run: status 127, at once" {
	echo 'int main(void) { return 0; }' >c.c
	local options
	for options in "" -O2 -Wl,--gc-sections "-Wl,--gc-sections -Wl,-s" -static; do
		$CC $options c.c -o c
		run -127 timeout 10 bash -c ./c
	done
	# for any processor: what asks its interpreter to run it finds none
	need aarch64-linux-gnu-gcc readelf
	ln -sf "$UKGEN" aarch64-solo5-none-static-cc
	./aarch64-solo5-none-static-cc -Wl,--gc-sections c.c -o arm
	readelf -lW arm | grep -F '[Requesting program interpreter: /nonexistent/solo5/]'
}

@test "configure detects cross compilation" {
	need autoconf
	mkdir include
	# the C library that such projects bring: enough for autoconf's own programs to be linked
	cat >include/stdio.h <<-'END'
		typedef struct file FILE;
		static inline FILE *fopen(const char *path, const char *mode) { (void)path, (void)mode; return 0; }
		static inline int ferror(FILE *file) { (void)file; return 0; }
		static inline int fclose(FILE *file) { (void)file; return 0; }
	END
	cat >configure.ac <<-'END'
		AC_INIT([probe], [1])
		AC_PROG_CC
		AC_CHECK_FUNCS([solo5_yield missing])
		AC_CHECK_SIZEOF([long])
		AC_RUN_IFELSE([AC_LANG_PROGRAM([], [return 0])], [ran=yes], [ran=no], [ran=cross])
		AC_SUBST([cross_compiling])
		AC_SUBST([ran])
		AC_SUBST([ac_cv_sizeof_long])
		AC_SUBST([ac_cv_func_solo5_yield])
		AC_SUBST([ac_cv_func_missing])
		AC_CONFIG_FILES([result])
		AC_OUTPUT
	END
	echo '@cross_compiling@ @ran@ @ac_cv_sizeof_long@ @ac_cv_func_solo5_yield@ @ac_cv_func_missing@' >result.in
	autoconf
	timeout 120 ./configure --host=x86_64-solo5-none CC=$CC CFLAGS="-I$PWD/include"
	[ "$(cat result)" = "yes cross 8 yes no" ]
	# a project that was not told says so, instead of hanging
	run -77 timeout 120 ./configure CC=$CC CFLAGS="-I$PWD/include"
	[[ $output == *"cannot run C compiled programs"* ]]
}
