/* SPDX-License-Identifier: ISC */
/*
 * net/tests/race.c -- the threads of modules/net under ThreadSanitizer, with a guest that changes its rings all the time
 *
 * usage: race SECONDS
 *
 * The module's host half is compiled with the headers generated for an appliance
 * with two devices, of which the first has a rate; core/rate.c is linked with it, and the
 * other functions of the core are defined here. The first thread
 * stands for the one that runs the guest. The guest itself is a third one, which
 * the sanitizer doesn't watch: it sends, returns buffers, changes lengths and
 * addresses, and kicks at random. A fourth is the peer of both devices, a fifth
 * reads all figures again and again, as the metrics thread does.
 * ThreadSanitizer ends the program with status 66 after a race.
 */
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "monitor.h"
#include "machine/image.h"
#include "memory.h"
#include "move.h"
#include "samples.h"

#define UNWATCHED __attribute__((no_sanitize("thread"), noinline))

enum { PLACES = 8, WAITS_MAX = 8, FRAME = 1514 };

static struct net_rings rings[NET_DEVICES];
static uint8_t places[NET_DEVICES][2][PLACES][2048] __attribute__((aligned(64)));
static struct boot_info information;
static struct pollfd waits[WAITS_MAX];
static unsigned wait_count, wake;
static int peers[NET_DEVICES];
static bool over;

static bool is_over(void)
{
	return __atomic_load_n(&over, __ATOMIC_ACQUIRE);
}

/* --- what the module takes from the core ------------------------------------ */

const struct net_config net_config[NET_DEVICES] = {{.name = "one"}, {.name = "two"}};
const unsigned doorbell_net_kick = DOORBELL_NONE;
const struct shared shared_net_rings;
const struct filter io_filter;

struct boot_info *boot_info(void)
{
	return &information;
}

void *shared_memory(const struct shared *shared, size_t size)
{
	(void)shared;
	(void)size;
	return rings;
}

/* an address of the guest is one of this process, or NULL */
void *guest_memory(uint64_t address, uint64_t size, bool write)
{
	uint64_t start = (uintptr_t)places, end = start + sizeof(places);

	(void)write;
	return address < start || address > end || size > end - address ? NULL : (void *)(uintptr_t)address;
}

static void say(const char *format, va_list args)
{
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void message(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
}

#define ENDS(name) \
	void name(const char *format, ...) \
	{ \
		va_list args; \
		\
		va_start(args, format); \
		say(format, args); \
		_exit(1); \
	}
ENDS(fail)
ENDS(guest_end)
ENDS(thread_guest_end)

int descriptor_inherited(const char *option, const char *device, const char *value)
{
	(void)option;
	(void)device;
	return atoi(value + 1);
}

bool descriptor_is_inherited(int descriptor)
{
	return descriptor >= 0;
}

void descriptor_place(int descriptor, int number)
{
	if (dup2(descriptor, number) < 0)
		abort();
	close(descriptor);
}

void doorbell_bind(unsigned number, int event)
{
	(void)number;
	(void)event;
}

static void *thread_run(void *function)
{
	((void (*)(void))function)();
	return NULL;
}

void thread_start(void (*function)(void), const struct filter *filter)
{
	pthread_t thread;

	(void)filter;
	if (pthread_create(&thread, NULL, thread_run, (void *)function))
		abort();
}

uint64_t time_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void spin_pause(void)
{
	__builtin_ia32_pause();
}

struct pollfd *wait_place(void)
{
	waits[wait_count].fd = -1;
	return &waits[wait_count++];
}

void wait_add(int event)
{
	wake = wait_count++;
	waits[wake] = (struct pollfd){.fd = event, .events = POLLIN};
}

/* --- what the core's figures take from the rest of it --- */

const struct image image;
struct memory memory;
const char appliance_name[] = "race", appliance_version[] = "0", appliance_isolation[] = "none";
const unsigned call_count = 1;
uint64_t call_counts[1];
const char call_names[] = "yield\0";

void counter_start(void)
{
}

uint64_t counter_now(void)
{
	return time_now();
}

uint64_t counter_frequency(void)
{
	return 1000000000;
}

static struct durations durations;

static void figure_check(const char *text, size_t length)
{
	if (length && !*text)
		abort();
}

static void *reader(void *unused)
{
	while (!is_over()) {
		samples_write(figure_check);
		sample_durations(&durations, NO_LABELS);
		usleep(100);
	}
	return unused;
}

/* --- the guest and the peer ----------------------------------------------------- */

static UNWATCHED uint32_t random_next(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

static UNWATCHED void descriptor_change(unsigned d, int direction, unsigned i, uint32_t *state)
{
	struct net_queue *queue = direction ? &rings[d].receive : &rings[d].transmit;

	queue->descriptors[i].addr = (uintptr_t)places[d][direction][random_next(state) % PLACES];
	queue->descriptors[i].len = direction ? NET_ROOM(1500) + random_next(state) % 8 : NET_HEADER + random_next(state) % 1500;
	queue->descriptors[i].flags = direction ? VRING_DESC_F_WRITE : 0;
}

static UNWATCHED void kick(unsigned d)
{
	const uint64_t one = 1;

	if (write(FD_NET_KICK + (int)d, &one, sizeof(one)) < 0)
		abort();
}

static UNWATCHED void *guest(void *unused)
{
	uint16_t given[NET_DEVICES][2] = {{0}};
	uint32_t state = 1;

	while (!is_over()) {
		unsigned d = random_next(&state) % NET_DEVICES;
		int direction = random_next(&state) % 2;
		struct net_queue *queue = direction ? &rings[d].receive : &rings[d].transmit;
		unsigned i = random_next(&state) % PLACES;

		descriptor_change(d, direction, i, &state);
		queue->available.used_event = (uint16_t)random_next(&state);
		if ((uint16_t)(given[d][direction] - ring_load(&queue->used.index)) < PLACES) {
			queue->available.ring[given[d][direction] % NET_RING_SIZE] = (uint16_t)i;
			ring_store(&queue->available.index, ++given[d][direction]);
		}
		if (!(random_next(&state) % 64))
			kick(d);
	}
	return unused;
}

static void *peer(void *unused)
{
	uint8_t frame[FRAME] = {0};

	for (uint32_t i = 0; !is_over(); i++) {
		int file = peers[i % NET_DEVICES];

		send(file, frame, 10 + i % (FRAME - 10), MSG_DONTWAIT);
		while (recv(file, frame, sizeof(frame), MSG_DONTWAIT) > 0)
			;
	}
	return unused;
}

/* --- the thread that runs the guest --------------------------------------------- */

static void yield_once(uint32_t random)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	uint64_t count, start = counter_now();

	guest_samples_leave(random % 8 ? 0 : LEAVE_SIGNAL);
	if (!net_idle() && ppoll(waits, wait_count, &pause, NULL) > 0 && waits[wake].revents)
		(void)!read(FD_NET_WAKE, &count, sizeof(count));
	net_resume();
	durations_add(&durations, start);
	guest_samples_enter();
	/* now and then the guest runs on */
	if (!(random % 32))
		usleep(10000);
	if (!(random % 128))
		kill(getpid(), SIGUSR1);
}

int main(int argc, char **argv)
{
	static char values[NET_DEVICES][8];
	uint64_t end = time_now() + strtoul(argc > 1 ? argv[1] : "2", NULL, 10) * 1000000000;
	pthread_t threads[3];
	uint32_t state = 7;

	for (unsigned d = 0; d < NET_DEVICES; d++) {
		int ends[2];

		if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends))
			abort();
		peers[d] = ends[0];
		snprintf(values[d], sizeof(values[d]), "@%d", ends[1]);
		option_net(d, values[d]);
		for (unsigned i = 0; i < PLACES; i++) {
			descriptor_change(d, 0, i, &state);
			descriptor_change(d, 1, i, &state);
		}
	}
	option_net_rate(0, "8M:100K,20K:100");
	fd_setup();
	net_setup();
	pthread_create(&threads[0], NULL, guest, NULL);
	pthread_create(&threads[1], NULL, peer, NULL);
	pthread_create(&threads[2], NULL, reader, NULL);
	while (time_now() < end)
		yield_once(random_next(&state));
	__atomic_store_n(&over, true, __ATOMIC_RELEASE);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	pthread_join(threads[2], NULL);
	kill(getpid(), SIGUSR1);
	usleep(100000);
	/* ThreadSanitizer looks whether there was a race; the I/O thread waits for ever */
	exit(0);
}
