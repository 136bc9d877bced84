// SPDX-License-Identifier: ISC
// hello.cc -- greets from C++: a constructor runs before solo5_app_main; exceptions and RTTI need a library that isn't there
#include <solo5.h>

namespace {

class Console {
public:
	Console() : lines(0) { write("C++ says:\n"); }

	void write(const char *text)
	{
		size_t length = 0;

		while (text[length])
			length++;
		solo5_console_write(text, length);
		lines++;
	}

	int lines;
};

Console console;

template <typename T> T largest(T a, T b)
{
	return a > b ? a : b;
}

}

extern "C" int solo5_app_main(const solo5_start_info *info)
{
	console.write("Hello, ");
	console.write(*info->cmdline ? info->cmdline : "world");
	console.write("!\n");
	return largest(console.lines, 4) == 4 ? SOLO5_EXIT_SUCCESS : SOLO5_EXIT_FAILURE;
}
