/* SPDX-License-Identifier: ISC */
/* library.c -- finds guest libraries and reads their descriptions */
#include "input/library.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "input/licence.h"
#include "input/module_line.h"
#include "target/architecture.h"

/* the same for all libraries of one run */
struct search {
	const char *root;
	const struct architecture *architecture;
	struct strings places;
	struct strings seen;    /* names of libraries */
};

/* the words up to the line's end, one per call, then NULL; `what` describes the first, which is required */
static const char *words_next(struct line *line, const char **at, const char *what)
{
	bool first = !*at;
	const char *word;

	*at = line_skip(line);
	word = line_run(line, "");
	if (!word && first)
		line_error(line, *at, "found %s; accepted is %s", line_next(line), what);
	return word;
}

/* a folder in build/ here, or in root itself where ukgen is installed; NULL if it is in neither */
static const char *built_find(const char *root, const char *name)
{
	const char *path = path_join(root, str_format("build/%s", name));

	if (!path_exists(path))
		path = path_join(root, name);
	return path_exists(path) ? path : NULL;
}

/* finds a project's sources, and what was built from them */
static void read_tree(struct library *library, struct line *line, const struct search *search)
{
	const char *at = line_skip(line), *name = line_name(line, "name of a source tree");

	if (!name)
		return;
	line_skip(line);
	if (*line->at && *line->at != '#') {
		line_error(line, line->at, "found %s; a tree has one name, and is there in every configuration", line_next(line));
		return;
	}
	if (library->tree_name) {
		line_error(line, at, "the tree is \"%s\" already; a library has one", library->tree_name);
		return;
	}
	library->tree_name = name;
	library->tree = built_find(search->root, str_format("deps/%s", name));
	library->built = built_find(search->root, str_format("%s/%s", name, search->architecture->name));
	if (!library->tree)
		line_error(line, at, "the sources of \"%s\" are not there; ./configure --deps fetches them", name);
}

/* the rest of the line */
static void read_licence(struct library *library, struct line *line)
{
	const char *start = line_skip(line), *at = NULL, *word;
	struct strings words = {0};

	while ((word = words_next(line, &at, "a licence as SPDX writes it")))
		strings_add(&words, word);
	if (!words.count)
		return;
	if (library->licence)
		line_error(line, start, "the licence is \"%s\" already; a tree has one, which may have parts", library->licence);
	else if (!licence_is_usable(str_join(&words, " ")))
		line_error(line, start, "\"%s\" is not a licence; accepted is an SPDX expression of letters, digits, '.', '+', '-' and brackets",
			   str_join(&words, " "));
	else
		library->licence = str_join(&words, " ");
}

/* a kind of statement that adds files or folders to a list */
struct path_list {
	struct strings *paths;
	const char *what;               /* the statement's operand */
	const char *const *endings;     /* of file names; NULL: any */
	const char *kind, *accepted;    /* for messages: the kind of file, and the accepted ones */
	bool conditional;               /* "if SYMBOL" may follow */
};

static bool ends_well(const char *path, const char *const *endings)
{
	for (; endings && *endings; endings++)
		if (str_ends(path, *endings))
			return true;
	return !endings;
}

static void path_add(const struct path_list *list, struct line *line, const char *at, const char *path)
{
	if (!ends_well(path, list->endings))
		line_error(line, at, "\"%s\" is not %s; accepted are %s files", path_base(path), list->kind, list->accepted);
	else if (strings_contain(list->paths, path))
		line_error(line, at, "\"%s\" is listed twice; once is enough", path_base(path));
	else if (!path_exists(path))
		line_error(line, at, "\"%s\" doesn't exist; accepted are paths in the library's folder, "
			   "or after \"tree\" in that project's", path_base(path));
	else
		strings_add(list->paths, path);
}

/* the folder that a statement's paths are relative to; NULL after an error if it is missing */
static const char *read_place(const struct library *library, struct line *line, const struct search *search)
{
	const char *at = line_skip(line);
	bool tree = line_take_word(line, "tree"), built = !tree && line_take_word(line, "built");

	if (!tree && !built)
		return line_take_word(line, "arch") ? path_join(library->folder, search->architecture->name) : library->folder;
	if (!library->tree_name)
		line_error(line, at, "no tree is named before this line; add \"tree NAME\"");
	else if (built && library->tree && !library->built)
		line_error(line, at, "nothing is built of \"%s\" for %s; ninja does that", library->tree_name,
			   search->architecture->title);
	return tree ? library->tree : library->built;
}

/* if SYMBOL, for the sources from first on */
static void read_condition(struct library *library, struct line *line, const struct path_list *list, size_t first)
{
	const char *at = line_skip(line), *symbol;

	if (!line_take_word(line, "if"))
		return;
	if (!list->conditional) {
		line_error(line, at, "found \"if\"; a condition is for sources");
		return;
	}
	line_skip(line);
	symbol = line_capitals(line, "Kconfig symbol");
	if (!symbol)
		return;
	*LIST_ADD(library->conditions, library->condition_count) = (struct library_condition){
		symbol, line_position(line, line->at - strlen(symbol)), first, library->sources.count,
	};
	line_skip(line);
	if (*line->at && *line->at != '#')
		line_error(line, line->at, "found %s; a condition is one Kconfig symbol", line_next(line));
}

/* [PLACE] PATH... [if SYMBOL] */
static void read_paths(struct library *library, struct line *line, const struct search *search, const struct path_list *list)
{
	const char *place = read_place(library, line, search), *at = NULL, *word;
	size_t first = list->paths->count;

	while (!(at && line_done(line)) && (word = words_next(line, &at, list->what)))
		if (place)
			path_add(list, line, at, strcmp(word, ".") ? path_join(place, word) : place);
	read_condition(library, line, list, first);
}

static void read_sources(struct library *library, struct line *line, const struct search *search)
{
	static const char *const endings[] = {".c", ".S", NULL};

	read_paths(library, line, search,
		   &(struct path_list){&library->sources, "a source file", endings, "a source file", ".c and .S", true});
}

static void read_includes(struct library *library, struct line *line, const struct search *search)
{
	read_paths(library, line, search, &(struct path_list){.paths = &library->includes, .what = "a folder"});
}

static void read_archives(struct library *library, struct line *line, const struct search *search)
{
	static const char *const endings[] = {".a", NULL};

	read_paths(library, line, search,
		   &(struct path_list){&library->archives, "an archive", endings, "an archive", ".a", false});
}

/* one C identifier */
static void read_symbol(struct line *line, const char **symbol, const char *keyword)
{
	const char *at = line_skip(line), *name = line_name(line, "name");

	if (!name)
		return;
	line_skip(line);
	if (*line->at && *line->at != '#')
		line_error(line, line->at, "found %s; %s has one name", line_next(line), keyword);
	else if (*symbol)
		line_error(line, at, "\"%s\" is named already; a library has one %s", *symbol, keyword);
	else
		*symbol = name;
}

static void read_mounts_of(struct library *library, struct line *line)
{
	const char *type;

	line_skip(line);
	type = line_capitals(line, "type of device");
	if (type && library->mount_type)
		line_error(line, line->at, "\"%s\" is named already; a library mounts one type of device", library->mount_type);
	else if (type)
		read_symbol(line, &library->mount, "mounts");
	library->mount_type = type;
}

static void read_named(struct library *library, struct line *line)
{
	const char *at = NULL, *text = words_next(line, &at, "a text"), *function = NULL;

	if (!text)
		return;
	read_symbol(line, &function, "named");
	if (function)
		*LIST_ADD(library->names, library->name_count) = (struct library_name){text, function};
}

static void read_words(struct line *line, struct strings *words, const char *what)
{
	const char *at = NULL, *word;

	while ((word = words_next(line, &at, what)))
		strings_add(words, word);
}

static void read_needs(struct library *library, struct line *line)
{
	const char *at = NULL, *word;

	while ((word = words_next(line, &at, "the name of a library"))) {
		strings_add(&library->needs, word);
		*LIST_ADD(library->needs_where, library->needs_where_count) = line_position(line, at);
	}
}

static void read_statement(struct library *library, struct line *line, const struct search *search)
{
	static const char *const keywords[] = {"application", "archive", "calls", "cflags", "entry", "include", "licence", "mounts",
		"named", "needs", "source", "start", "tree"};
	const char *start = line_skip(line), *keyword;

	if (!*start || *start == '#')
		return;
	keyword = line_word(line);
	if (!strcmp(keyword, "application"))
		read_words(line, line_take_word(line, "cxx") ? &library->application_cxxflags : &library->application_cflags,
			   "a compiler option");
	else if (!strcmp(keyword, "archive"))
		read_archives(library, line, search);
	else if (!strcmp(keyword, "calls"))
		read_symbol(line, &library->calls, keyword);
	else if (!strcmp(keyword, "cflags"))
		read_words(line, &library->cflags, "a compiler option");
	else if (!strcmp(keyword, "entry"))
		read_symbol(line, &library->entry, keyword);
	else if (!strcmp(keyword, "include"))
		read_includes(library, line, search);
	else if (!strcmp(keyword, "licence"))
		read_licence(library, line);
	else if (!strcmp(keyword, "mounts"))
		read_mounts_of(library, line);
	else if (!strcmp(keyword, "named"))
		read_named(library, line);
	else if (!strcmp(keyword, "needs"))
		read_needs(library, line);
	else if (!strcmp(keyword, "source"))
		read_sources(library, line, search);
	else if (!strcmp(keyword, "start"))
		read_symbol(line, &library->start, keyword);
	else if (!strcmp(keyword, "tree"))
		read_tree(library, line, search);
	else
		line_unknown(line, start, "statement", keyword,
			     &(struct strings){(const char **)keywords, ARRAY_SIZE(keywords)});
}

/* NULL if there is none */
static const char *kconfig_find(const char *folder)
{
	const char *path = path_join(folder, "Kconfig");

	return path_exists(path) ? path : NULL;
}

static struct library *library_read(const char *folder, const char *name, const struct search *search)
{
	struct library *library = mem_zalloc(sizeof(*library));
	unsigned number = 0;
	char *text, *next;
	size_t length;

	library->name = name;
	library->folder = path_absolute(folder);
	library->path = path_join(folder, str_format("%s.lib", name));
	library->kconfig = kconfig_find(library->folder);
	text = file_read(library->path, &length);
	if (!text || strlen(text) < length) {
		error_at((struct position){.file = library->path}, "%s; accepted is a library's description",
			 text ? "found a zero byte" : strerror(errno));
		return library;
	}
	while ((next = strsep(&text, "\n"))) {
		struct line line = {.path = library->path, .number = ++number, .text = next, .at = next};

		read_statement(library, &line, search);
	}
	return library;
}

/* appends the names of all libraries in a folder */
static void names_list(struct strings *names, const char *place)
{
	DIR *stream = opendir(place);
	struct dirent *entry;

	if (!stream)
		fatal("read folder of libraries %s:", place);
	while ((entry = readdir(stream))) {
		const char *name = str_copy(entry->d_name, strlen(entry->d_name));

		if (word_is_name(name) && path_exists(str_format("%s/%s/%s.lib", place, name, name)))
			strings_add(names, name);
	}
	closedir(stream);
}

static void unknown_report(const struct strings *places, const char *name, struct position where)
{
	struct strings known = {0};
	const char *nearest;

	for (size_t i = 0; i < places->count; i++)
		names_list(&known, places->items[i]);
	strings_sort(&known);
	nearest = str_nearest(name, &known);
	if (nearest)
		error_at(where, "there is no guest library \"%s\"; did you mean \"%s\"?", name, nearest);
	else
		error_at(where, "there is no guest library \"%s\"; those there are: %s", name, str_join(&known, ", "));
}

static const char *library_folder(const struct strings *places, const char *name, struct position where)
{
	const char *found = NULL;

	for (size_t i = 0; i < places->count && word_is_name(name); i++) {
		const char *folder = path_join(places->items[i], name);

		if (!path_exists(str_format("%s/%s.lib", folder, name)))
			continue;
		if (found)
			error_at(where, "library \"%s\" is in %s and in %s; rename one of them", name, path_folder(found),
				 places->items[i]);
		found = folder;
	}
	if (!found)
		unknown_report(places, name, where);
	return found;
}

/* adds a library behind those that it needs */
static void library_add(struct libraries *libraries, struct search *search, const char *name, struct position where)
{
	const char *folder;
	struct library *library;

	if (strings_contain(&search->seen, name))
		return;
	strings_add(&search->seen, name);
	folder = library_folder(&search->places, name, where);
	if (!folder)
		return;
	library = library_read(folder, name, search);
	for (size_t i = 0; i < library->needs.count; i++)
		library_add(libraries, search, library->needs.items[i], library->needs_where[i]);
	*LIST_ADD(libraries->items, libraries->count) = library;
}

static struct strings library_places(const char *root, const struct strings *folders)
{
	struct strings places = {0};

	strings_add(&places, path_join(root, "guest/libraries"));
	for (size_t i = 0; i < folders->count; i++)
		strings_add(&places, folders->items[i]);
	return places;
}

void libraries_locate(struct libraries *libraries, const char *root, const struct strings *folders, const struct strings *names,
		      const char *appliance)
{
	const struct strings places = library_places(root, folders);

	for (size_t i = 0; i < names->count; i++) {
		const char *folder = library_folder(&places, names->items[i], (struct position){.file = appliance});
		struct library *library = mem_zalloc(sizeof(*library));

		if (!folder)
			continue;
		library->name = names->items[i];
		library->folder = path_absolute(folder);
		library->kconfig = kconfig_find(library->folder);
		*LIST_ADD(libraries->items, libraries->count) = library;
	}
}

void libraries_find(struct libraries *libraries, const char *root, const struct architecture *architecture,
		    const struct strings *folders, const struct strings *names, const char *manifest)
{
	struct search search = {root, architecture, library_places(root, folders), {0}};

	for (size_t i = 0; i < names->count; i++)
		library_add(libraries, &search, names->items[i], (struct position){.file = manifest});
}

void library_configure(struct library *library, bool (*is_set)(void *context, const char *symbol), void *context)
{
	struct strings *sources = &library->sources;

	/* from the last one backwards, so that places before it remain valid */
	for (size_t i = library->condition_count; i-- > 0;) {
		const struct library_condition *condition = &library->conditions[i];

		if (is_set(context, condition->symbol))
			continue;
		memmove(sources->items + condition->first, sources->items + condition->end,
			(sources->count - condition->end) * sizeof(*sources->items));
		sources->count -= condition->end - condition->first;
	}
	library->condition_count = 0;
}
