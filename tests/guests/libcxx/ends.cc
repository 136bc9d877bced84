// SPDX-License-Identifier: ISC
// ends.cc -- ends in the way that its argument names, or uses what no guest has
#include <atomic>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <thread>

static void no_throw() noexcept
{
	throw 1;
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";

	if (!std::strcmp(word, "uncaught"))
		throw std::runtime_error("nobody catches this");
	if (!std::strcmp(word, "noexcept"))
		no_throw();
	if (!std::strcmp(word, "wait"))
		std::atomic<int>(3).wait(3);
	if (!std::strcmp(word, "thread")) {
		try {
			std::thread([] { }).join();
		} catch (const std::system_error &error) {
			std::printf("no thread: %d\n", error.code() == std::errc::function_not_supported);
		}
	}
	return 3;
}
