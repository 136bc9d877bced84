/* SPDX-License-Identifier: ISC */
/*
 * fuzz_monitor.c -- a hostile guest: a whole monitor with all modules, its generated code included, over a KVM that the fuzzer plays
 *
 * The monitor is linked as it is, but its sandbox stays open. Its main sets up once,
 * with memory files and sockets for what its options need. Then each input is
 * what one guest does between its start and its end: it writes its memory and
 * leaves by exits, proper ones and others, until the monitor ends it or the
 * input is used up. The functions wrapped here (FUZZ_WRAP) are where monitor
 * and host meet. What modules do in threads of their own is called from here,
 * from its begin until it would sleep.
 *
 * Watched, besides what the sanitizers see by themselves:
 * - guest_buffer agrees with a second computation in 128 bits;
 * - handlers touch no guest memory but the buffers that they were given: heap,
 *   stack, text, page tables and guard page are poisoned but for those;
 * - arguments are copied once: as soon as a handler's first buffer is checked,
 *   the page of arguments is changed, as a second writer would.
 *
 *   FUZZ_WRAP = -Wl,--wrap=_exit,--wrap=ioctl,--wrap=open,--wrap=ppoll,--wrap=epoll_pwait,--wrap=guest_buffer,--wrap=guest_memory,--wrap=thread_start,--wrap=thread_guest_end
 */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <sanitizer/asan_interface.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>

/* run is static there */
#define main monitor_main
#include "main.c"
#undef main

#include "kvm/kvm.h"
#include "machine/layout.h"
#include "machine/paging.h"
#include "machine/x86_64/layout.h"

static const char *option_device(const struct option *option, unsigned device)
{
	const char *name = option_text + option->devices;

	while (device--)
		name += strlen(name) + 1;
	return name;
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* the input, and what is left of it */
static const uint8_t *input, *input_end;

static jmp_buf set_up, ended;
static bool running;

static const uint64_t counter_khz = 1000000;
enum { DISK_SIZE = 1 << 20, EXITS_MAX = 256 };
static unsigned exits;

/* --- what the guest knows and tries ------------------------------------------- */

static unsigned byte(void)
{
	return input < input_end ? *input++ : 0;
}

static uint64_t number(unsigned bytes)
{
	uint64_t value = 0;

	while (bytes--)
		value = value << 8 | byte();
	return value;
}

/* SHARED is where what guest and monitor share begins; build finds it in gen/shared.c */

/* addresses near every border, sizes of every order */
static uint64_t word(void)
{
	const struct arrangement *at = &memory.arrangement;

	switch (byte() % 16) {
	case 0: return number(8);
	case 1: return number(4);
	case 2: return number(2);
	case 3: return number(1) * 512;
	case 4: return image.end + number(2);
	case 5: return at->heap_end - number(1);
	case 6: return at->stack_start + number(2);
	case 7: return at->stack_start - number(1);
	case 8: return at->top - number(1);
	case 9: return IMAGE_ADDRESS + number(2) % image.text_size;
	case 10: return SHARED + number(2) * 4;
	case 11: return ARGUMENTS_ADDRESS + number(1);
	case 12: return -number(1);
	case 13: return -number(1) * 512;
	case 14: return (1ul << number(1) % 64) - 1 + number(1);
	default: return number(1);
	}
}

/*
 * A call is chosen by its name's sum, not by its number, so that inputs mean
 * the same when modules come and go. What is left over stands for calls that
 * this guest lacks.
 */
enum { CALLS = 64, CALL_UNKNOWN = 200 };
static unsigned char calls[CALLS];

/* what follows a key in the description, which may be laid out for people or not */
static const char *value_behind(const char *text, const char *key)
{
	text = strstr(text, key);
	return text ? text + strlen(key) + strspn(text + strlen(key), ": ") : NULL;
}

static void calls_find(void)
{
	const char *at = description;
	unsigned count = 0;

	memset(calls, CALL_UNKNOWN, sizeof(calls));
	for (; (at = value_behind(at, "\"number\"")); count++) {
		unsigned slot = 0;

		for (const char *name = value_behind(at, "\"name\"") + 1; *name != '"'; name++)
			slot = slot * 31 + (unsigned char)*name;
		while (calls[slot % CALLS] != CALL_UNKNOWN)
			slot++;
		calls[slot % CALLS] = (unsigned char)atoi(at);
	}
	/* exit and abort are always there */
	if (count < 2)
		abort();
}

/* --- guest memory as the sanitizer is told of it -------------------------------- */

static struct range {
	uint64_t start, size;
} handed_out[16];
static unsigned handed_out_count;

static void forbid(uint64_t start, uint64_t end)
{
	ASAN_POISON_MEMORY_REGION(memory.base + start, end - start);
}

/* data and bss stay open: what monitor and guest share for longer than a call lies there */
static void memory_forbid(void)
{
	forbid(GDT_ADDRESS, SUPERVISOR_STACK_TOP - GUEST_PAGE);
	forbid(TABLES_ADDRESS, memory.arrangement.low_end);
	forbid(IMAGE_ADDRESS, IMAGE_ADDRESS + image.text_size);
	forbid(image.end, memory.arrangement.top);
}

static void buffers_take_back(void)
{
	while (handed_out_count) {
		const struct range *range = &handed_out[--handed_out_count];
		uint64_t start = range->start & ~7ul, end = (range->start + range->size + 7) & ~7ul;

		if (start < IMAGE_ADDRESS + image.text_size)
			forbid(start, end < IMAGE_ADDRESS + image.text_size ? end : IMAGE_ADDRESS + image.text_size);
		if (end > image.end)
			forbid(start > image.end ? start : image.end, end);
	}
}

static void hand_out(void *buffer, uint64_t address, uint64_t size)
{
	if (buffer != memory.base + address)
		abort();
	if (handed_out_count == sizeof(handed_out) / sizeof(handed_out[0]))
		buffers_take_back();
	handed_out[handed_out_count++] = (struct range){address, size};
	ASAN_UNPOISON_MEMORY_REGION(buffer, size);
}

/* what the guest itself may do with size bytes at start, by its page tables */
static bool allowed(unsigned __int128 start, unsigned __int128 size, enum guest_access access)
{
	const struct arrangement *at = &memory.arrangement;
	uint64_t first = IMAGE_ADDRESS + (access == GUEST_WRITE ? image.text_size : 0);

	return !size || (start >= first && start + size <= at->heap_end) ||
		(start >= at->stack_start && start + size <= at->top);
}

/* the second writer: other sizes and addresses, as good as the first ones */
static void arguments_change(void)
{
	volatile uint64_t *page = (void *)(memory.base + ARGUMENTS_ADDRESS);

	for (unsigned i = 1; i < 16; i++)
		page[i] += page[i] < 65536 ? page[i] : GUEST_PAGE;
}

void *__real_guest_buffer(const char *call, const char *parameter, uint64_t address,
			  uint64_t count, size_t element, enum guest_access access);
void *__wrap_guest_buffer(const char *call, const char *parameter, uint64_t address,
			  uint64_t count, size_t element, enum guest_access access);

static bool refusal_expected;

void *__wrap_guest_buffer(const char *call, const char *parameter, uint64_t address,
			  uint64_t count, size_t element, enum guest_access access)
{
	bool good = allowed(address, (unsigned __int128)count * element, access);
	void *buffer;

	arguments_change();
	refusal_expected = !good;
	buffer = __real_guest_buffer(call, parameter, address, count, element, access);
	if (!good)
		abort();
	refusal_expected = true;        /* of whatever is wrong next */
	if (count)
		hand_out(buffer, address, count * element);
	return buffer;
}

void *__real_guest_memory(uint64_t address, uint64_t size, bool write);
void *__wrap_guest_memory(uint64_t address, uint64_t size, bool write);

void *__wrap_guest_memory(uint64_t address, uint64_t size, bool write)
{
	void *buffer = __real_guest_memory(address, size, write);

	if (size && !buffer != !allowed(address, size, write ? GUEST_WRITE : GUEST_READ))
		abort();
	if (size && buffer)
		hand_out(buffer, address, size);
	return buffer;
}

/* --- the guest, seen from the monitor: an ioctl that returns with an exit --------- */

/* bytes as they come, or addresses and sizes */
__attribute__((no_sanitize("address"))) static void poke(uint64_t address, unsigned size, bool words)
{
	volatile uint8_t *to;

	if (!size || !allowed(address, size, GUEST_WRITE))
		return;
	to = memory.base + address;
	for (unsigned i = 0; i < size; ) {
		uint64_t value = words ? word() : byte();

		for (unsigned end = i + (words ? 8 : 1); i < end && i < size; i++, value >>= 8)
			to[i] = (uint8_t)value;
	}
}

static void arguments_fill(unsigned words)
{
	volatile uint64_t *page = (void *)(memory.base + ARGUMENTS_ADDRESS);

	page[0] = 0;
	for (unsigned i = 1; i <= words; i++)
		page[i] = word();
}

static int io_exit(unsigned port, unsigned direction, unsigned size, unsigned count)
{
	kvm_run->exit_reason = KVM_EXIT_IO;
	kvm_run->io.port = (uint16_t)port;
	kvm_run->io.direction = (uint8_t)direction;
	kvm_run->io.size = (uint8_t)size;
	kvm_run->io.count = count;
	kvm_run->io.data_offset = GUEST_PAGE;
	return 0;
}

static int other_exit(void)
{
	static const unsigned reasons[] = {
		KVM_EXIT_UNKNOWN, KVM_EXIT_HLT, KVM_EXIT_MMIO, KVM_EXIT_SHUTDOWN, KVM_EXIT_FAIL_ENTRY,
		KVM_EXIT_INTERNAL_ERROR, KVM_EXIT_INTR, KVM_EXIT_SYSTEM_EVENT, KVM_EXIT_DEBUG,
	};

	kvm_run->exit_reason = reasons[byte() % (sizeof(reasons) / sizeof(reasons[0]))];
	return 0;
}

static int refused_entry(void)
{
	static const int errors[] = {EINTR, EAGAIN, EFAULT, EINVAL, ENOMEM};

	errno = errors[byte() % (sizeof(errors) / sizeof(errors[0]))];
	return -1;
}

/* the trap stubs' page, in which the guest has no say but by its registers */
static void trap_fill(void)
{
	volatile uint64_t *top = (void *)(memory.base + SUPERVISOR_STACK_TOP);

	for (unsigned i = 1; i <= sizeof(struct trap_frame) / sizeof(uint64_t); i++)
		top[-(long)i] = word();
}

/* --- threads of modules, which are called instead of started ---------------------- */

static void (*threads[4])(void);
static unsigned thread_count;
static jmp_buf asleep;
static bool in_thread;

void __wrap_thread_start(void (*function)(void), const struct filter *filter);
_Noreturn void __wrap_thread_guest_end(const char *format, ...);
int __wrap_epoll_pwait(int file, struct epoll_event *events, int count, int timeout, const sigset_t *mask);

void __wrap_thread_start(void (*function)(void), const struct filter *filter)
{
	(void)filter;
	threads[thread_count++] = function;
}

void __wrap_thread_guest_end(const char *format, ...)
{
	(void)format;
	longjmp(ended, 1);
}

/* once it has what the host tells it now; then the thread would sleep */
int __wrap_epoll_pwait(int file, struct epoll_event *events, int count, int timeout, const sigset_t *mask)
{
	(void)timeout, (void)mask;
	if (!in_thread)
		longjmp(asleep, 1);
	in_thread = false;
	return epoll_wait(file, events, count, 0);
}

static void thread_run(void)
{
	if (!thread_count)
		return;
	in_thread = true;
	if (!setjmp(asleep))
		threads[byte() % thread_count]();
	buffers_take_back();
}

/* what a network brings to a descriptor of a device, and takes from it */
static int peers[8];
static unsigned peer_count;

static void peer_talk(void)
{
	uint8_t frame[64];
	unsigned size = byte() % sizeof(frame);

	if (!peer_count)
		return;
	for (unsigned i = 0; i < size; i++)
		frame[i] = (uint8_t)byte();
	send(peers[size % peer_count], frame, size, MSG_DONTWAIT);
	for (unsigned i = 0; i < peer_count; i++)
		while (recv(peers[i], frame, sizeof(frame), MSG_DONTWAIT) > 0)
			;
}

static int guest_run(void)
{
	buffers_take_back();
	refusal_expected = true;
	if (exits++ == EXITS_MAX)
		longjmp(ended, 1);
	for (;;) {
		unsigned what = byte(), port;
		uint64_t address;

		if (input == input_end)
			longjmp(ended, 1);
		switch (what % 8) {
		case 0:
			address = word();
			poke(address, byte(), what / 8 % 2);
			break;
		case 1:
			port = (unsigned)number(2);
			return io_exit(port, byte() % 2, 1u << byte() % 3, 1 + byte() % 4);
		case 2:
			if (what / 8 % 4 == 1)
				return refused_entry();
			if (what / 8 % 4 == 2)
				peer_talk();
			else if (what / 8 % 4 == 3)
				thread_run();
			else
				return other_exit();
			break;
		case 3:
			trap_fill();
			return io_exit(PORT_TRAP, KVM_EXIT_IO_OUT, 1, 1);
		default:
			arguments_fill(what / 8 % 8);
			return io_exit(PORT_HYPERCALL + calls[byte() % CALLS], KVM_EXIT_IO_OUT, 1, 1);
		}
	}
}

/* --- the host ------------------------------------------------------------------- */

int __real_ioctl(int descriptor, unsigned long request, ...);
int __wrap_ioctl(int descriptor, unsigned long request, ...);
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_ppoll(struct pollfd *waits, nfds_t count, const struct timespec *timeout, const sigset_t *mask);
int __wrap_ppoll(struct pollfd *waits, nfds_t count, const struct timespec *timeout, const sigset_t *mask);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

static int memory_file(size_t size)
{
	int file = memfd_create("fuzz", 0);

	if (file < 0 || ftruncate(file, (off_t)size))
		abort();
	return file;
}

int __wrap_ioctl(int descriptor, unsigned long request, ...)
{
	va_list args;
	void *argument;

	va_start(args, request);
	argument = va_arg(args, void *);
	va_end(args);
	if (request == SIOCGIFMTU)
		((struct ifreq *)argument)->ifr_mtu = 1500;
	if (_IOC_TYPE(request) == 'T' || _IOC_TYPE(request) == _IOC_TYPE(SIOCGIFMTU))
		return 0;
	if (_IOC_TYPE(request) != KVMIO)
		return __real_ioctl(descriptor, request, argument);
	switch (request) {
	case KVM_RUN:
		if (!running)
			longjmp(set_up, 1);
		return guest_run();
	case KVM_CREATE_VM:
	case KVM_CREATE_VCPU:
		return memory_file(3 * GUEST_PAGE);
	case KVM_GET_VCPU_MMAP_SIZE:
		return 3 * GUEST_PAGE;
	case KVM_CHECK_EXTENSION:
	case KVM_GET_MSRS:
		return 1;
	case KVM_GET_TSC_KHZ:
		return counter_khz;
	default:
		return 0;
	}
}

int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	if (!strcmp(path, "/dev/kvm"))
		return memory_file(0);
	if (!strcmp(path, "/dev/net/tun")) {
		int ends[2];

		if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends))
			abort();
		peers[peer_count++] = ends[1];
		return ends[0];
	}
	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	return __real_open(path, flags, mode);
}

/* nothing waits; a guest that yields again and again is interrupted */
int __wrap_ppoll(struct pollfd *waits, nfds_t count, const struct timespec *timeout, const sigset_t *mask)
{
	static const struct timespec none;
	static unsigned vain;
	int came;

	if (!timeout || timeout->tv_sec < 0 || timeout->tv_nsec < 0 || timeout->tv_nsec >= 1000000000)
		abort();
	came = __real_ppoll(waits, count, &none, mask);
	vain = came ? 0 : vain + 1;
	if (vain % 8 != 7)
		return came;
	errno = EINTR;
	return -1;
}

void __wrap__exit(int status)
{
	if (running) {
		if (!refusal_expected)
			abort();
		longjmp(ended, 1);
	}
	__real__exit(status);
}

/* what the appliance's linker script defines, for the sandbox */
char text_start[1], text_end[1], relro_start[1], relro_end[1];

void sandbox_close(void)
{
}

void sandbox_confine(const struct filter *filter)
{
	(void)filter;
}

/* --- a run ---------------------------------------------------------------------- */

/* a file of its own for what is a path; a name for what is an interface */
static void option_value(char *to, size_t size, const struct option *option, unsigned device)
{
	if (!strcmp(option_text + option->argument, "PATH"))
		snprintf(to, size, "/proc/self/fd/%d", memory_file(DISK_SIZE));
	else
		snprintf(to, size, "fuzz%u", device);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char words[64][256];
	static char *arguments[64] = {"fuzz"};
	int count = 1;

	(void)argc, (void)argv;
	if (dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO) < 0)
		abort();
	for (unsigned i = 0; i < option_count; i++)
		for (unsigned d = 0; options[i].required && d < (options[i].devices ? options[i].device_count : 1); d++) {
			char value[64];

			option_value(value, sizeof(value), &options[i], d);
			snprintf(words[count], sizeof(words[count]), "--%s%s%s=%s", option_text + options[i].name,
				 options[i].devices ? ":" : "", options[i].devices ? option_device(&options[i], d) : "", value);
			arguments[count] = words[count];
			count++;
		}
	if (!setjmp(set_up))
		monitor_main(count, arguments);
	running = true;
	calls_find();
	memory_forbid();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input = data;
	input_end = data + size;
	exits = 0;
	memset(memory.base + ARGUMENTS_ADDRESS, 0, GUEST_PAGE);
	if (!setjmp(ended))
		run();
	buffers_take_back();
	return 0;
}
