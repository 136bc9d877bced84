/* SPDX-License-Identifier: ISC */
/*
 * dumpcore/host.c -- guest memory and registers as an ELF core file
 *
 * The file is created before the sandbox closes, without a name, so that nothing
 * is left of it if the monitor is killed. In the sandbox the monitor can't create
 * names and may run as another user. A helper process, started earlier, names
 * the file once it is complete, and can do nothing else.
 */
#include "core.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/procfs.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "debug.h"
#include "machine/paging.h"

enum { PAGE = 4096, RANGES_MAX = 32 };

/* notes are aligned to 4 bytes, which no type here reflects */
struct note {
	Elf64_Nhdr header;
	char owner[8];                  /* "CORE" or "LINUX", padded */
};

static struct core {
	Elf64_Ehdr header;
	Elf64_Phdr segments[1 + RANGES_MAX];    /* the notes, then memory */
	struct {
		struct note status_note;
		uint8_t status[sizeof(struct elf_prstatus)];
		struct note floating_note;
		uint8_t floating[sizeof(elf_fpregset_t)];
		uint8_t more[REGISTER_NOTES_MAX * (sizeof(struct note) + sizeof(((struct register_note *)0)->words))];
	} notes;
} core;

static const char *folder;
static char file_path[32];              /* the file, by its descriptor */
static char name[NAME_MAX + 1];         /* of the complete file */

void option_dumpcore(unsigned device, const char *value)
{
	(void)device;
	folder = value;
}

static char *append(char *to, const char *text)
{
	strcpy(to, text);
	return to + strlen(text);
}

static char *append_number(char *to, uint64_t number)
{
	char digits[21], *at = digits + sizeof(digits) - 1;

	*at = 0;
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	return append(to, at);
}

/* NAME.core.TIME.PROCESS: in a container the process has the same number each time */
static void names_make(void)
{
	char *at;

	append_number(append(file_path, "/proc/self/fd/"), FD_CORE_FILE);
	if (strlen(appliance_name) > sizeof(name) - 64)
		fail("--dumpcore: the appliance's name is too long for a file's");
	at = append(append(name, appliance_name), ".core.");
	at = append_number(at, (uint64_t)time(NULL));
	append_number(append(at, "."), (uint64_t)getpid());
}

static void file_make(void)
{
	int directory = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC), file;

	if (directory < 0)
		fail("--dumpcore=%s:", folder);
	descriptor_place(directory, FD_CORE_FOLDER);
	file = openat(FD_CORE_FOLDER, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (file < 0 && (errno == EOPNOTSUPP || errno == EISDIR))
		fail("--dumpcore=%s: its file system has no files without a name (O_TMPFILE); choose another folder", folder);
	if (file < 0)
		fail("--dumpcore=%s:", folder);
	descriptor_place(file, FD_CORE_FILE);
	if (access("/proc/self/fd", X_OK))
		fail("--dumpcore: /proc is needed:");
}

/*
 * Names the file on request, reports the result, and exits with the monitor. Users
 * may only link files of their own (fs.protected_hardlinks), so the file belongs to
 * the folder's owner. Earlier failures are printed on standard error.
 */
static _Noreturn void namer_run(void)
{
	uint8_t error = 0;

	for (int descriptor = 0; descriptor < FD_END; descriptor++)
		if (descriptor != FD_CORE_FILE && descriptor != FD_CORE_FOLDER && descriptor != FD_CORE_NAMER &&
		    descriptor != STDERR_FILENO)
			close(descriptor);
	if (!sandbox_own_folder(FD_CORE_FOLDER, FD_CORE_FILE))
		fail("--dumpcore=%s: its owner can't create files there:", folder);
	sandbox_confine_to_folder(FD_CORE_FOLDER, &core_namer_filter);
	write(FD_CORE_NAMER, &error, 1);
	if (read(FD_CORE_NAMER, &error, 1) == 1) {
		error = linkat(FD_CORE_FOLDER, file_path, FD_CORE_FOLDER, name, AT_SYMLINK_FOLLOW) ? (uint8_t)errno : 0;
		write(FD_CORE_NAMER, &error, 1);
	}
	_exit(0);
}

static void namer_start(void)
{
	int ends[2];
	pid_t child;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) || (child = fork()) < 0)
		fail("--dumpcore: start a process:");
	close(ends[child ? 1 : 0]);
	descriptor_place(ends[child ? 0 : 1], FD_CORE_NAMER);
	if (!child)
		namer_run();
	/* it has printed the reason */
	if (read(FD_CORE_NAMER, &(uint8_t){0}, 1) != 1)
		_exit(1);
}

void dumpcore_setup(void)
{
	if (!folder)
		return;
	names_make();
	file_make();
	namer_start();
}

/* false and errno on failure */
static bool file_name(void)
{
	uint8_t error = 0;
	ssize_t length;

	if (write(FD_CORE_NAMER, &error, 1) != 1)
		return false;
	do
		length = read(FD_CORE_NAMER, &error, 1);
	while (length < 0 && errno == EINTR);
	errno = length == 1 ? error : EPIPE;
	return !errno;
}

static bool file_write(const void *bytes, size_t size, uint64_t offset)
{
	const uint8_t *at = bytes;

	while (size) {
		ssize_t written = pwrite(FD_CORE_FILE, at, size, (off_t)offset);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		at += written;
		offset += (uint64_t)written;
		size -= (size_t)written;
	}
	return true;
}

static void note_fill(struct note *note, const char *owner, uint32_t type, void *to, const void *description, uint32_t size)
{
	note->header = (Elf64_Nhdr){.n_namesz = (Elf64_Word)strlen(owner) + 1, .n_descsz = size, .n_type = type};
	strcpy(note->owner, owner);
	memcpy(to, description, size);
}

/* returns where the notes end */
static uint8_t *notes_fill(void)
{
	struct elf_prstatus status = {.pr_pid = 1, .pr_fpvalid = 1};      /* the guest counts as one process */
	elf_fpregset_t floating;
	struct registers registers;
	struct register_note more[REGISTER_NOTES_MAX];
	uint8_t *at = core.notes.more;
	struct trap trap;
	unsigned count;

	registers_get(&registers);
	registers_dump(&registers, &status, &floating);
	status.pr_cursig = (short)(trap_read(&trap) ? trap.signal : SIGNAL_ABORT);
	status.pr_info.si_signo = status.pr_cursig;
	note_fill(&core.notes.status_note, "CORE", NT_PRSTATUS, core.notes.status, &status, sizeof(status));
	note_fill(&core.notes.floating_note, "CORE", NT_FPREGSET, core.notes.floating, &floating, sizeof(floating));
	count = registers_notes(&registers, more);
	for (unsigned i = 0; i < count; i++) {
		note_fill((void *)at, more[i].owner, more[i].type, at + sizeof(struct note), more[i].words, more[i].size);
		at += sizeof(struct note) + more[i].size;
	}
	return at;
}

/* sets the segments' offsets in the file; returns its size */
static uint64_t segments_fill(const uint8_t *notes_end)
{
	struct debug_range range = {.end = 0};
	uint64_t offset = (sizeof(core) + PAGE - 1) / PAGE * PAGE;
	unsigned count = 1;

	core.segments[0] = (Elf64_Phdr){
		.p_type = PT_NOTE, .p_offset = offsetof(struct core, notes), .p_align = 4,
		.p_filesz = (Elf64_Xword)(notes_end - (uint8_t *)&core.notes),
	};
	for (; count <= RANGES_MAX && debug_range(range.end, &range); count++) {
		uint64_t size = range.end - range.start;

		core.segments[count] = (Elf64_Phdr){
			.p_type = PT_LOAD, .p_offset = offset, .p_vaddr = range.start, .p_paddr = range.start,
			.p_filesz = size, .p_memsz = size, .p_align = PAGE,
			.p_flags = PF_R | (range.access & ACCESS_WRITE ? PF_W : 0) | (range.access & ACCESS_EXECUTE ? PF_X : 0),
		};
		offset += size;
	}
	core.header = (Elf64_Ehdr){
		.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
		.e_type = ET_CORE, .e_machine = registers_machine, .e_version = EV_CURRENT,
		.e_phoff = offsetof(struct core, segments), .e_ehsize = sizeof(Elf64_Ehdr),
		.e_phentsize = sizeof(Elf64_Phdr), .e_phnum = (Elf64_Half)count,
	};
	return offset;
}

static bool page_is_zero(const uint64_t *words)
{
	for (unsigned i = 0; i < PAGE / sizeof(*words); i++)
		if (words[i])
			return false;
	return true;
}

/* pages of zeroes stay holes */
static bool segment_write(const Elf64_Phdr *segment)
{
	const uint8_t *memory = debug_memory(segment->p_vaddr);
	uint64_t start = 0, end;

	while (start < segment->p_filesz) {
		if (page_is_zero((const void *)(memory + start))) {
			start += PAGE;
			continue;
		}
		for (end = start + PAGE; end < segment->p_filesz && !page_is_zero((const void *)(memory + end)); end += PAGE)
			;
		if (!file_write(memory + start, end - start, segment->p_offset + start))
			return false;
		start = end;
	}
	return true;
}

static bool core_write(void)
{
	const uint8_t *notes_end = notes_fill();

	if (ftruncate(FD_CORE_FILE, (off_t)segments_fill(notes_end)) || !file_write(&core, sizeof(core), 0))
		return false;
	for (unsigned i = 1; i < core.header.e_phnum; i++)
		if (!segment_write(&core.segments[i]))
			return false;
	return file_name();
}

void dumpcore_end(int status)
{
	const char *to = folder;

	/* only once: if reading registers fails, this hook runs again */
	folder = NULL;
	if (!to || status >= 0)
		return;
	if (core_write())
		message("core file: %s/%s", to, name);
	else
		message("no core file in %s: %m", to);
}
