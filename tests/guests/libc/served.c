/* SPDX-License-Identifier: ISC */
/*
 * served.c -- the calls of guests with the C library, printed with their results
 *
 * As a process it must print the same, so nothing that differs between runs is
 * printed. Checks what POSIX specifies for each call, errors above all.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "say.h"

static void program(int argc, char **argv)
{
	extern char **environ;

	printf("%d words\n", argc - 1);
	for (int i = 1; i < argc; i++)
		printf("[%s]\n", argv[i]);
	for (char **setting = environ; *setting; setting++)
		puts(*setting);
	SAY(setenv("ADDED", "later", 0));
	printf("%s\n", getenv("ADDED"));
	HOLDS(getenv("MISSING") == NULL);
	printf("%s\n", setlocale(LC_ALL, ""));
	HOLDS(getpid() > 0);
	HOLDS(!strcmp(program_invocation_short_name, strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0]));
}

/* who the process is, and what it may have none of */
static void process(void)
{
	siginfo_t info;
	uid_t user, effective, saved;

	SAY(setuid(getuid()));
	SAY(setgid(getgid()));
	SAY(setreuid(-1, geteuid()));
	SAY(setresgid(-1, -1, -1));
	SAY(getresuid(&user, &effective, &saved));
	HOLDS(user == getuid() && effective == geteuid() && saved == geteuid());
	SAY(setpgid(0, -1));
	SAY(setpriority(PRIO_PROCESS, 0, 100));
	SAY(getpriority(PRIO_PROCESS, getpid()));
	SAY(getpriority(PRIO_PROCESS, 0x7fffffff));
	SAY(setpriority(9, 0, 0));
	SAY(wait(NULL));
	SAY(waitpid(-1, NULL, WNOHANG));
	SAY(waitpid(1, NULL, 0x100));
	SAY(waitid(P_ALL, 0, &info, WEXITED));
	SAY(waitid(P_ALL, 0, &info, WNOHANG));
}

static void descriptors(void)
{
	struct iovec parts[] = {{"one ", 4}, {NULL, 0}, {"two\n", 4}};
	struct stat state;
	struct winsize size;
	char byte;

	fflush(stdout);
	SAY(writev(1, parts, 3));
	SAY(writev(1, parts, -1));
	fflush(stdout);
	SAY(write(1, "three\n", 6));
	SAY(write(77, "", 0));
	SAY(write(-1, "", 0));
	SAY(read(1, &byte, 1));
	SAY(read(0, &byte, 1));
	SAY(lseek(1, 0, SEEK_CUR));
	SAY(lseek(99, 0, SEEK_CUR));
	SAY(ioctl(1, TIOCGWINSZ, &size));
	SAY(ioctl(99, TIOCGWINSZ, &size));
	SAY(isatty(1));
	SAY(fstat(99, &state));
	SAY(fstat(1, &state));
	SAY(dup(55));
	SAY(dup2(1, 20));
	fflush(stdout);
	SAY(write(20, "twenty\n", 7));
	SAY(fcntl(20, F_DUPFD, 30));
	SAY(fcntl(20, F_DUPFD, -1));
	SAY(fcntl(20, F_GETFD));
	SAY(fcntl(20, F_SETFD, FD_CLOEXEC));
	SAY(fcntl(20, F_GETFD));
	SAY(write(20, "closed by exec\n", 15));
	SAY(fcntl(30, F_GETFD));
	SAY(fcntl(1, F_GETFD));
	SAY(dup(20) > 2);
	SAY(fcntl(3, F_GETFD));
	SAY(fcntl(20, F_DUPFD, 40));
	SAY(fcntl(40, F_GETFD));
	SAY(fcntl(40, F_DUPFD_CLOEXEC, 41));
	SAY(fcntl(41, F_GETFD));
	SAY(dup2(41, 42));
	SAY(fcntl(42, F_GETFD));
	SAY(dup2(41, 41));
	SAY(fcntl(41, F_GETFD));
	SAY(dup3(1, 42, O_CLOEXEC));
	SAY(fcntl(42, F_GETFD));
	SAY(fcntl(20, F_SETFD, ~FD_CLOEXEC));
	SAY(fcntl(20, F_GETFD));
	SAY(fcntl(88, F_GETFD));
	SAY(fcntl(88, F_SETFD, FD_CLOEXEC));
	SAY(fcntl(88, F_DUPFD_CLOEXEC, 0));
	SAY(fcntl(20, F_DUPFD_CLOEXEC, -1));
	SAY(close(41));
	SAY(fcntl(41, F_GETFD));
	SAY(dup2(1, 41));
	SAY(fcntl(41, F_GETFD));
	SAY(fcntl(20, F_GETFL) & O_ACCMODE);
	SAY(fcntl(88, F_GETFL));
	SAY(close(20));
	SAY(close(20));
	SAY(close(30));
	SAY(write(20, "", 1));
	SAY(dup3(1, 1, 0));
}

static void polls(void)
{
	struct pollfd two[] = {{.fd = 0, .events = POLLIN}, {.fd = 1, .events = POLLOUT}};
	struct pollfd bad = {.fd = 66, .events = POLLIN}, none = {.fd = -1, .events = POLLIN, .revents = 5};
	struct timeval zero = {0};
	fd_set in, out;

	SAY(poll(two, 2, 1000));
	printf("%d %d\n", two[0].revents & POLLIN, two[1].revents);
	SAY(poll(&bad, 1, 0));
	printf("%d\n", bad.revents);
	SAY(poll(&none, 1, 10));
	printf("%d\n", none.revents);
	SAY(poll(NULL, 0, 1));
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(0, &in);
	FD_SET(1, &out);
	SAY(select(2, &in, &out, NULL, &zero));
	printf("%d %d\n", FD_ISSET(0, &in) != 0, FD_ISSET(1, &out) != 0);
	FD_SET(60, &in);
	SAY(select(61, &in, NULL, NULL, &zero));
	SAY(select(-1, NULL, NULL, NULL, &zero));
}

static int is_zero(const unsigned char *bytes, size_t size)
{
	while (size && !*bytes) {
		bytes++;
		size--;
	}
	return !size;
}

static void memory(void)
{
	enum { PAGE = 4096, PAGES = 16, SIZE = PAGES * PAGE };
	unsigned char *area, *moved;

	area = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	HOLDS(area != MAP_FAILED && (uintptr_t)area % PAGE == 0 && is_zero(area, SIZE));
	memset(area, 1, SIZE);
	SAY(munmap(area + PAGE, 2 * PAGE));
	SAY(munmap(area + PAGE, 2 * PAGE));
	SAY(munmap(area + 1, PAGE));
	SAY(munmap(area, 0));
	HOLDS(area[0] == 1 && area[3 * PAGE] == 1);
	SAY(madvise(area, PAGE, MADV_DONTNEED));
	HOLDS(is_zero(area, PAGE));
	SAY(madvise(area + 1, PAGE, MADV_DONTNEED));
	area[PAGE - 1] = 7;
	moved = mremap(area, PAGE, SIZE, MREMAP_MAYMOVE);
	HOLDS(moved != MAP_FAILED && moved[PAGE - 1] == 7 && is_zero(moved + PAGE, SIZE - PAGE));
	HOLDS(mremap(moved, SIZE, PAGE, 0) == moved);
	HOLDS(mremap(moved, PAGE, 0, 0) == MAP_FAILED && errno == EINVAL);
	SAY(mprotect(moved, PAGE, PROT_READ | PROT_WRITE));
	SAY(mprotect(moved + 1, PAGE, PROT_READ));
	HOLDS(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EINVAL);
	HOLDS(mmap(NULL, (size_t)1 << 46, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
	printf("%s\n", strerror(errno));
	HOLDS(malloc((size_t)1 << 46) == NULL);
	printf("%s\n", strerror(errno));
}

/* every block keeps what was written to it, however blocks come and go */
static void allocation(void)
{
	enum { BLOCKS = 300, ROUNDS = 30000 };
	static struct {
		unsigned char *bytes;
		size_t size;
	} blocks[BLOCKS];
	unsigned long random = 1, wrong = 0;

	for (int round = 0; round < ROUNDS; round++) {
		unsigned i = (unsigned)(random >> 33) % BLOCKS;
		size_t size = (random >> 45) % (round % 50 ? 700 : 200000) + 1;

		random = random * 6364136223846793005 + 1442695040888963407;
		for (size_t at = 0; at < blocks[i].size; at += 61)
			wrong += blocks[i].bytes[at] != (unsigned char)i;
		blocks[i].bytes = round % 3 ? realloc(blocks[i].bytes, size) : (free(blocks[i].bytes), calloc(1, size));
		if (!blocks[i].bytes || (round % 3 == 0 && !is_zero(blocks[i].bytes, size)))
			wrong++;
		blocks[i].size = size;
		memset(blocks[i].bytes, (int)i, size);
	}
	printf("%lu wrong\n", wrong);
	for (unsigned i = 0; i < BLOCKS; i++)
		free(blocks[i].bytes);
}

static double seconds_since(const struct timespec *begin)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - begin->tv_sec) + (double)(now.tv_nsec - begin->tv_nsec) / 1e9;
}

static void clocks(void)
{
	struct timespec begin, pause = {.tv_nsec = 200000000}, bad = {.tv_nsec = 1000000000}, past = {.tv_sec = 1};
	struct timespec resolution;
	clock_t ran;
	struct tm tm;
	char text[64];

	SAY(clock_gettime(CLOCK_MONOTONIC, &begin));
	SAY(clock_gettime(1234, &pause));
	SAY(clock_getres(CLOCK_REALTIME, &resolution));
	HOLDS(resolution.tv_sec == 0 && resolution.tv_nsec == 1);
	ran = clock();
	SAY(nanosleep(&pause, NULL));
	HOLDS(seconds_since(&begin) >= 0.2);
	HOLDS(clock() - ran < CLOCKS_PER_SEC / 10);
	SAY(nanosleep(&bad, NULL));
	SAY(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &past, NULL));
	clock_gettime(CLOCK_MONOTONIC, &pause);
	pause.tv_sec++;
	SAY(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &pause, NULL));
	HOLDS(seconds_since(&begin) >= 1);
	HOLDS(time(NULL) > 1700000000);
	for (clock_t until = clock() + CLOCKS_PER_SEC / 20; clock() < until; )
		;
	gmtime_r(&(time_t){951827696}, &tm);
	strftime(text, sizeof(text), "%a %d %b %Y %T %j", &tm);
	puts(text);
	localtime_r(&(time_t){951827696}, &tm);
	strftime(text, sizeof(text), "%F %T %Z", &tm);
	puts(text);
}

static int order[16], orders;

static void handler(int number)
{
	order[orders++] = number;
}

static void informed(int number, siginfo_t *info, void *context)
{
	(void)context;
	order[orders++] = info->si_signo == number ? 1000 + number : -1;
}

static void signals(void)
{
	struct sigaction action = {.sa_handler = handler}, old;
	sigset_t set, before, pending;
	sigjmp_buf place;

	SAY(sigaction(SIGUSR1, &action, NULL));
	SAY(sigaction(SIGUSR1, NULL, &old));
	HOLDS(old.sa_handler == handler);
	SAY(sigaction(SIGKILL, &action, NULL));
	SAY(sigaction(0, &action, NULL));
	SAY(raise(SIGUSR1));
	SAY(raise(0));
	SAY(raise(77));
	SAY(kill(getpid(), SIGUSR1));
	SAY(kill(getpid(), 0));
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGUSR2);
	SAY(sigprocmask(SIG_BLOCK, &set, &before));
	SAY(sigprocmask(99, &set, NULL));
	action = (struct sigaction){.sa_sigaction = informed, .sa_flags = SA_SIGINFO | SA_RESETHAND};
	SAY(sigaction(SIGUSR2, &action, NULL));
	SAY(raise(SIGUSR2));
	SAY(raise(SIGUSR1));
	SAY(sigpending(&pending));
	HOLDS(sigismember(&pending, SIGUSR1) && sigismember(&pending, SIGUSR2) && orders == 2);
	SAY(sigprocmask(SIG_SETMASK, &before, NULL));
	sigaction(SIGUSR2, NULL, &old);
	HOLDS(old.sa_handler == SIG_DFL);
	HOLDS(signal(SIGUSR2, SIG_IGN) == SIG_DFL);
	SAY(raise(SIGUSR2));
	SAY(raise(SIGCHLD));
	if (!sigsetjmp(place, 1)) {
		sigprocmask(SIG_BLOCK, &set, NULL);
		siglongjmp(place, 1);
	}
	sigprocmask(SIG_SETMASK, NULL, &before);
	HOLDS(!sigismember(&before, SIGUSR1));
	for (int i = 0; i < orders; i++)
		printf("signal %d\n", order[i]);
}

static pthread_key_t key;
static int once_count;

static void once(void)
{
	once_count++;
}

static void threads(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER, recursive;
	pthread_mutexattr_t attributes;
	pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
	pthread_once_t only = PTHREAD_ONCE_INIT;
	struct timespec soon;

	clock_gettime(CLOCK_REALTIME, &soon);
	soon.tv_nsec = 0;
	soon.tv_sec++;
	SAY(pthread_mutex_lock(&mutex));
	SAY(pthread_mutex_trylock(&mutex) == EBUSY);
	SAY(pthread_cond_timedwait(&condition, &mutex, &soon) == ETIMEDOUT);
	SAY(pthread_mutex_timedlock(&mutex, &soon) == ETIMEDOUT);
	SAY(pthread_mutex_unlock(&mutex));
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&recursive, &attributes);
	SAY(pthread_mutex_lock(&recursive) + pthread_mutex_lock(&recursive));
	SAY(pthread_once(&only, once) + pthread_once(&only, once));
	printf("%d\n", once_count);
	SAY(pthread_key_create(&key, NULL));
	SAY(pthread_setspecific(key, &key));
	HOLDS(pthread_getspecific(key) == &key);
	HOLDS(pthread_equal(pthread_self(), pthread_self()));
	SAY(pthread_cond_signal(&condition));
}

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static _Thread_local int counted = 40;
static _Thread_local char wide_aligned[3] __attribute__((aligned(256)));

static void library(void)
{
	int numbers[] = {5, 3, 9, -2, 7};
	wchar_t wide[16];
	jmp_buf place;
	char *end, random[8];
	FILE *memory;
	volatile int jumped = 0;

	qsort(numbers, 5, sizeof(*numbers), compare);
	printf("%d %d %d\n", numbers[0], numbers[2], numbers[4]);
	printf("%a %.17g %Lg %zu %#x %-5d|%5s|\n", 0.1, 0.1, 1.5L, sizeof(int), 255, 42, "ab");
	HOLDS(strtod("1e-3xyz", &end) == 0.001 && !strcmp(end, "xyz"));
	printf("%zu %d\n", mbstowcs(wide, "h\303\251", 16), (int)wide[1]);
	if (!setjmp(place)) {
		jumped = 1;
		longjmp(place, 1);
	}
	printf("%d\n", jumped);
	counted++;
	HOLDS(counted == 41 && (uintptr_t)wide_aligned % 256 == 0 && is_zero((void *)wide_aligned, 3));
	SAY(getrandom(random, sizeof(random), 0));
	SAY(getrandom(random, sizeof(random), 99));
	memory = open_memstream(&end, &(size_t){0});
	fprintf(memory, "%s in memory", "text");
	fclose(memory);
	puts(end);
	memory = fmemopen("12 13", 5, "r");
	HOLDS(fscanf(memory, "%d %d", &numbers[0], &numbers[1]) == 2 && numbers[1] == 13);
	HOLDS(getchar() == EOF && feof(stdin));
	HOLDS(sysconf(_SC_PAGESIZE) == 4096);
	SAY(getrlimit(RLIMIT_STACK, &(struct rlimit){0}));
	SAY(getrlimit((int)99, &(struct rlimit){0}));
}

static void first(void)
{
	puts("registered first");
}

static void second(void)
{
	puts("registered second");
}

__attribute__((constructor)) static void constructor(void)
{
	puts("constructor");
}

__attribute__((destructor)) static void destructor(void)
{
	puts("destructor");
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	program(argc, argv);
	process();
	descriptors();
	polls();
	memory();
	allocation();
	clocks();
	signals();
	threads();
	library();
	atexit(first);
	atexit(second);
	printf("the last line has no newline, and comes out all the same");
	return 43;
}
