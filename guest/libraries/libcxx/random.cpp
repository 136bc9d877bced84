// SPDX-License-Identifier: ISC
// random.cpp -- std::random_device: the host's generator; libc++'s own file wants /dev/urandom
#include <cerrno>
#include <limits>
#include <random>
#include <string>
#include <system_error>

#include <unistd.h>

_LIBCPP_BEGIN_NAMESPACE_STD

random_device::random_device(const string &) : __f_(-1)
{
}

random_device::~random_device()
{
}

unsigned random_device::operator()()
{
	unsigned number;

	if (getentropy(&number, sizeof(number)))
		__throw_system_error(errno, "random_device");
	return number;
}

double random_device::entropy() const _NOEXCEPT
{
	return numeric_limits<unsigned>::digits;
}

_LIBCPP_END_NAMESPACE_STD
