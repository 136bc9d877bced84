/* SPDX-License-Identifier: ISC */
/*
 * check.c -- proves that an appliance's seccomp programs allow exactly the system calls that its description lists
 *
 * usage: check NAME.monitor.elf DESCRIPTION.json
 *
 * The program of each thread and helper is read from the ELF file and run on every
 * input that it can distinguish. A program of loads and comparisons can only tell on
 * which side of its constants a word is. So each word that the program loads is tried
 * at each constant, just below and just above it; a word that was not loaded stands
 * for all its values. System call numbers from 0 to 1023 are tried, too, with and
 * without x32's bit.
 *
 * If the program returns "allow", a line of the description must match using loaded
 * words only. If it returns anything else, which must be "kill the process", every
 * line must contradict a loaded word.
 */
#include <elf.h>
#include <err.h>
#include <fcntl.h>
#include <gelf.h>
#include <jansson.h>
#include <libelf.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* struct seccomp_data as 32-bit words */
enum { WORDS = sizeof(struct seccomp_data) / 4, NUMBER = 0, ARCHITECTURE = 1, ADDRESS_LOW, ADDRESS_HIGH, ARGUMENTS };
enum { ARGUMENT_MAX = 6, LINES_MAX = 1024, VALUES_MAX = 8192, X32 = 0x40000000 };

struct line {
	const char *text;
	uint32_t number;
	bool checked[ARGUMENT_MAX];
	uint64_t value[ARGUMENT_MAX];
};

struct values {
	uint32_t items[VALUES_MAX];
	size_t count;
};

struct run {
	size_t at;
	uint32_t accumulator;
	uint32_t word[WORDS];
	bool loaded[WORDS];
};

static struct line lines[LINES_MAX];
static size_t line_count;
static struct values values[WORDS];
static const struct sock_filter *program;
static size_t program_length;
static uint32_t native;                         /* AUDIT_ARCH_... of the appliance */
static unsigned long inputs, allowed;

static void value_add(unsigned word, uint32_t value)
{
	struct values *of = &values[word];

	for (size_t i = 0; i < of->count; i++)
		if (of->items[i] == value)
			return;
	if (of->count == VALUES_MAX)
		errx(2, "more constants than VALUES_MAX");
	of->items[of->count++] = value;
}

static void value_add_around(unsigned word, uint32_t value)
{
	value_add(word, value - 1);
	value_add(word, value);
	value_add(word, value + 1);
}

/* --- the description's lines ------------------------------------------------- */

static json_t *get(const json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (!value)
		errx(2, "the description has no \"%s\"", key);
	return value;
}

/* "name(_, fd NAME, 0x2a)" as lines: one for each descriptor of a range */
static void line_parse(const char *text, const json_t *descriptors, int architecture)
{
	char *copy = strdup(text), *arguments = strchr(copy, '('), *save = NULL;
	struct line line = {.text = text};
	long long first = 0, count = 1;
	unsigned ranged = 0, i = 0;
	int number;

	if (arguments)
		*arguments++ = 0;
	number = seccomp_syscall_resolve_name_arch((uint32_t)architecture, copy);
	if (number < 0)
		errx(2, "%s: no such system call", text);
	line.number = (uint32_t)number;
	for (char *word = arguments ? strtok_r(arguments, ",)", &save) : NULL; word; word = strtok_r(NULL, ",)", &save), i++) {
		word += strspn(word, " ");
		if (i == ARGUMENT_MAX)
			errx(2, "%s: too many arguments", text);
		if (!strcmp(word, "_"))
			continue;
		line.checked[i] = true;
		if (!strncmp(word, "fd ", 3)) {
			const json_t *range = get(descriptors, word + 3);

			first = json_integer_value(json_array_get(range, 0));
			count = json_integer_value(json_array_get(range, 1));
			ranged = i;
			line.value[i] = (uint64_t)first;
		} else {
			/* NAME=0x2a or the number alone */
			line.value[i] = strtoull(strchr(word, '=') ? strchr(word, '=') + 1 : word, NULL, 0);
		}
	}
	for (long long n = 0; n < count; n++) {
		if (count > 1)
			line.value[ranged] = (uint64_t)(first + n);
		if (line_count == LINES_MAX)
			errx(2, "more lines than LINES_MAX");
		lines[line_count++] = line;
	}
	free(copy);
}

/* the name of the thread or helper whose line this is: no two have the same */
static const char *caller_of(const json_t *call)
{
	return json_string_value(get(call, json_object_get(call, "helper") ? "helper" : "thread"));
}

static void lines_read(const json_t *description, const char *caller, int architecture)
{
	size_t i;
	json_t *call;

	line_count = 0;
	json_array_foreach(get(description, "syscalls"), i, call)
		if (!strcmp(caller_of(call), caller))
			line_parse(json_string_value(get(call, "call")), get(description, "descriptors"), architecture);
}

/* --- the program ------------------------------------------------------------ */

static void values_collect(void)
{
	static const uint32_t architectures[] = {
		AUDIT_ARCH_X86_64, AUDIT_ARCH_I386, AUDIT_ARCH_AARCH64, AUDIT_ARCH_ARM, AUDIT_ARCH_RISCV64,
	};

	for (unsigned word = 0; word < WORDS; word++) {
		values[word].count = 0;
		value_add(word, 0);
		value_add(word, 0x7fffffff);
		value_add(word, 0x80000000);
		value_add(word, 0xffffffff);
	}
	for (uint32_t number = 0; number < 1024; number++) {
		value_add(NUMBER, number);
		value_add(NUMBER, number | X32);
	}
	for (size_t i = 0; i < sizeof(architectures) / sizeof(architectures[0]); i++)
		value_add(ARCHITECTURE, architectures[i]);
	for (size_t i = 0; i < line_count; i++) {
		value_add_around(NUMBER, lines[i].number);
		for (unsigned a = 0; a < ARGUMENT_MAX; a++)
			if (lines[i].checked[a]) {
				value_add_around(ARGUMENTS + 2 * a, (uint32_t)lines[i].value[a]);
				value_add_around(ARGUMENTS + 2 * a + 1, (uint32_t)(lines[i].value[a] >> 32));
			}
	}
	/* which word a comparison is about depends on the path to it: it counts for all words */
	for (size_t i = 0; i < program_length; i++)
		if (BPF_CLASS(program[i].code) == BPF_JMP && BPF_OP(program[i].code) != BPF_JA)
			for (unsigned word = 0; word < WORDS; word++)
				value_add_around(word, program[i].k);
}

static uint64_t argument_of(const struct run *run, unsigned a, bool *loaded_low, bool *loaded_high)
{
	*loaded_low = run->loaded[ARGUMENTS + 2 * a];
	*loaded_high = run->loaded[ARGUMENTS + 2 * a + 1];
	return (uint64_t)run->word[ARGUMENTS + 2 * a + 1] << 32 | run->word[ARGUMENTS + 2 * a];
}

/* *surely: matches for all values of the words not loaded; the result: for some value */
static bool line_matches(const struct line *line, const struct run *run, bool *surely)
{
	*surely = run->loaded[NUMBER] && run->loaded[ARCHITECTURE];
	if (run->loaded[ARCHITECTURE] && run->word[ARCHITECTURE] != native)
		return false;
	if (run->loaded[NUMBER] && run->word[NUMBER] != line->number)
		return false;
	for (unsigned a = 0; a < ARGUMENT_MAX; a++) {
		bool low, high;
		uint64_t value = argument_of(run, a, &low, &high), differs = value ^ line->value[a];

		if (!line->checked[a])
			continue;
		if ((low && (uint32_t)differs) || (high && differs >> 32))
			return false;
		if (!low || !high)
			*surely = false;
	}
	return true;
}

static _Noreturn void disagree(const struct run *run, const char *what, const char *line)
{
	printf("%s%s%s: system call %u (0x%x), architecture 0x%x", what, line ? ": " : "", line ? line : "",
	       run->word[NUMBER], run->word[NUMBER], run->word[ARCHITECTURE]);
	for (unsigned word = ADDRESS_LOW; word < WORDS; word++)
		if (run->loaded[word])
			printf(", word %u 0x%x", word, run->word[word]);
	printf("\n");
	exit(1);
}

static bool traps;              /* a stopped call may become a signal */

static void end_judge(const struct run *run, uint32_t action)
{
	bool matched = false, surely;

	inputs++;
	if (action != SECCOMP_RET_ALLOW && action != SECCOMP_RET_KILL_PROCESS && (action != SECCOMP_RET_TRAP || !traps))
		disagree(run, "neither allowed nor stopped", NULL);
	for (size_t i = 0; i < line_count; i++) {
		bool matches = line_matches(&lines[i], run, &surely);

		if (matches && action != SECCOMP_RET_ALLOW)
			disagree(run, "stopped, though a line lets it through", lines[i].text);
		matched |= matches && surely;
	}
	if (action == SECCOMP_RET_ALLOW && !matched)
		disagree(run, "let through, though no line does", NULL);
	allowed += action == SECCOMP_RET_ALLOW;
}

static void explore(struct run run)
{
	for (;;) {
		const struct sock_filter *step = &program[run.at++];

		if (run.at > program_length)
			disagree(&run, "the program runs past its end", NULL);
		switch (step->code) {
		case BPF_LD | BPF_W | BPF_ABS: {
			unsigned word = step->k / 4;

			if (step->k % 4 || word >= WORDS || word == ADDRESS_LOW || word == ADDRESS_HIGH)
				errx(2, "the program loads what it should not: offset %u", step->k);
			if (!run.loaded[word]) {
				run.loaded[word] = true;
				for (size_t i = 0; i < values[word].count; i++) {
					run.word[word] = run.accumulator = values[word].items[i];
					explore(run);
				}
				return;
			}
			run.accumulator = run.word[word];
			break;
		}
		case BPF_JMP | BPF_JA:
			run.at += step->k;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			run.at += run.accumulator == step->k ? step->jt : step->jf;
			break;
		case BPF_JMP | BPF_JGE | BPF_K:
			run.at += run.accumulator >= step->k ? step->jt : step->jf;
			break;
		case BPF_JMP | BPF_JGT | BPF_K:
			run.at += run.accumulator > step->k ? step->jt : step->jf;
			break;
		case BPF_RET | BPF_K:
			end_judge(&run, step->k);
			return;
		default:
			errx(2, "instruction 0x%x is neither a load nor a comparison", step->code);
		}
	}
}

static void program_check(const json_t *description, const char *caller, int architecture)
{
	/* the thread that runs the guest reports it before it ends; others are killed */
	traps = !strcmp(caller, "main");
	lines_read(description, caller, architecture);
	values_collect();
	inputs = allowed = 0;
	explore((struct run){0});
	printf("%s: %zu lines, %zu instructions, %lu kinds of calls, %lu let through\n", caller, line_count,
	       program_length, inputs, allowed);
	if (line_count && !allowed)
		errx(1, "%s: nothing is let through", caller);
}

/* --- the ELF file ------------------------------------------------------------ */

/* the data of a symbol, from the section that it is in */
static const void *symbol_data(Elf *elf, const GElf_Sym *symbol)
{
	Elf_Scn *section = elf_getscn(elf, symbol->st_shndx);
	GElf_Shdr header;
	Elf_Data *data = section ? elf_getdata(section, NULL) : NULL;

	if (!data || !gelf_getshdr(section, &header) || symbol->st_value - header.sh_addr + symbol->st_size > data->d_size)
		errx(2, "a symbol of the monitor has no data");
	return (const char *)data->d_buf + (symbol->st_value - header.sh_addr);
}

/* the length of name without this suffix; 0 if it has another, or is nothing but the suffix */
static size_t stem(const char *name, const char *end)
{
	size_t length = strlen(name), tail = strlen(end);

	return length > tail && !strcmp(name + length - tail, end) ? length - tail : 0;
}

/* checks the program of each symbol "filter_program" or "CALLER_filter_program"; returns how many there are */
static unsigned programs_check(Elf *elf, const json_t *description, int architecture)
{
	Elf_Scn *section = NULL;
	unsigned count = 0;

	while ((section = elf_nextscn(elf, section))) {
		Elf_Data *data;
		GElf_Shdr header;
		GElf_Sym symbol;

		if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB)
			continue;
		data = elf_getdata(section, NULL);
		for (int i = 0; gelf_getsym(data, i, &symbol); i++) {
			char *name = strdup(elf_strptr(elf, header.sh_link, symbol.st_name));
			size_t caller = stem(name, "_filter_program");

			if (GELF_ST_TYPE(symbol.st_info) == STT_OBJECT && (caller || !strcmp(name, "filter_program"))) {
				program = symbol_data(elf, &symbol);
				program_length = symbol.st_size / sizeof(*program);
				name[caller] = 0;
				program_check(description, caller ? name : "main", architecture);
				count++;
			}
			free(name);
		}
	}
	return count;
}

static unsigned callers_count(const json_t *description)
{
	json_t *callers = json_object(), *call;
	size_t i;

	json_array_foreach(get(description, "syscalls"), i, call)
		json_object_set_new(callers, caller_of(call), json_true());
	return (unsigned)json_object_size(callers);
}

int main(int argc, char **argv)
{
	json_error_t error;
	json_t *description;
	int file, architecture;
	GElf_Ehdr header;
	Elf *elf;

	if (argc != 3)
		errx(2, "usage: check NAME.monitor.elf DESCRIPTION.json");
	description = json_load_file(argv[2], 0, &error);
	if (!description)
		errx(2, "%s: %s", argv[2], error.text);
	file = open(argv[1], O_RDONLY | O_CLOEXEC);
	elf_version(EV_CURRENT);
	elf = file < 0 ? NULL : elf_begin(file, ELF_C_READ, NULL);
	if (!elf || !gelf_getehdr(elf, &header))
		errx(2, "%s: not an ELF file", argv[1]);
	switch (header.e_machine) {
	case EM_X86_64:
		native = AUDIT_ARCH_X86_64;
		architecture = (int)SCMP_ARCH_X86_64;
		break;
	case EM_AARCH64:
		native = AUDIT_ARCH_AARCH64;
		architecture = (int)SCMP_ARCH_AARCH64;
		break;
	default:
		errx(2, "%s: for another machine", argv[1]);
	}
	if (programs_check(elf, description, architecture) != callers_count(description))
		errx(1, "the threads and helpers of the description and the programs differ");
	return 0;
}
