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
#include "input/module_line.h"

/* takes the words up to the line's end: word after word, then NULL; what describes the first, which must be there */
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

/* where a project's sources are, here or where an installed ukgen has them */
static void read_tree(struct library *library, struct line *line, const char *root)
{
	const char *at = line_skip(line), *name = line_name(line, "name of a source tree"), *path;

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
	path = path_join(root, str_format("build/deps/%s", name));
	if (!path_exists(path))
		path = path_join(root, str_format("deps/%s", name));
	if (path_exists(path))
		library->tree = path;
	else
		line_error(line, at, "the sources of \"%s\" are not there; ./configure --deps fetches them", name);
}

static void path_add(struct library *library, struct line *line, const char *at, const char *path, bool source)
{
	struct strings *list = source ? &library->sources : &library->includes;

	if (source && !str_ends(path, ".c") && !str_ends(path, ".S"))
		line_error(line, at, "\"%s\" is no source file; accepted are .c and .S files", path_base(path));
	else if (strings_contain(list, path))
		line_error(line, at, "\"%s\" is there twice; once is enough", path_base(path));
	else if (!path_exists(path))
		line_error(line, at, "\"%s\" doesn't exist; accepted are paths in the library's folder, "
			   "or after \"tree\" in that project's", path_base(path));
	else
		strings_add(list, path);
}

/* [tree] PATH... */
static void read_paths(struct library *library, struct line *line, bool source)
{
	const char *at = line_skip(line), *word, *place = library->folder;

	if (line_take_word(line, "tree")) {
		place = library->tree;
		if (!library->tree_name)
			line_error(line, at, "no tree is named before this line; add \"tree NAME\"");
	}
	at = NULL;
	while ((word = words_next(line, &at, source ? "a source file" : "a folder")))
		/* of a tree that is missing nothing more can be said */
		if (place)
			path_add(library, line, at, strcmp(word, ".") ? path_join(place, word) : place, source);
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

static void read_statement(struct library *library, struct line *line, const char *root)
{
	static const char *const keywords[] = {"cflags", "include", "needs", "source", "tree"};
	const char *start = line_skip(line), *keyword;

	if (!*start || *start == '#')
		return;
	keyword = line_word(line);
	if (!strcmp(keyword, "cflags"))
		read_words(line, &library->cflags, "a compiler option");
	else if (!strcmp(keyword, "include") || !strcmp(keyword, "source"))
		read_paths(library, line, !strcmp(keyword, "source"));
	else if (!strcmp(keyword, "needs"))
		read_needs(library, line);
	else if (!strcmp(keyword, "tree"))
		read_tree(library, line, root);
	else
		line_unknown(line, start, "statement", keyword,
			     &(struct strings){(const char **)keywords, ARRAY_SIZE(keywords)});
}

static struct library *library_read(const char *folder, const char *name, const char *root)
{
	struct library *library = mem_zalloc(sizeof(*library));
	unsigned number = 0;
	char *text, *next;
	size_t length;

	library->name = name;
	library->folder = path_absolute(folder);
	library->path = path_join(folder, str_format("%s.lib", name));
	text = file_read(library->path, &length);
	if (!text || strlen(text) < length) {
		error_at((struct position){.file = library->path}, "%s; accepted is a library's description",
			 text ? "found a zero byte" : strerror(errno));
		return library;
	}
	while ((next = strsep(&text, "\n"))) {
		struct line line = {.path = library->path, .number = ++number, .text = next, .at = next};

		read_statement(library, &line, root);
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

static void library_add(struct libraries *libraries, const char *root, const struct strings *places, const char *name,
			struct position where)
{
	const char *folder;
	struct library *library;

	for (size_t i = 0; i < libraries->count; i++)
		if (!strcmp(libraries->items[i]->name, name))
			return;
	folder = library_folder(places, name, where);
	if (!folder)
		return;
	library = library_read(folder, name, root);
	*LIST_ADD(libraries->items, libraries->count) = library;
	for (size_t i = 0; i < library->needs.count; i++)
		library_add(libraries, root, places, library->needs.items[i], library->needs_where[i]);
}

void libraries_find(struct libraries *libraries, const char *root, const struct strings *folders,
		    const struct strings *names, const char *manifest)
{
	struct strings places = {0};

	strings_add(&places, path_join(root, "guest/libraries"));
	for (size_t i = 0; i < folders->count; i++)
		strings_add(&places, folders->items[i]);
	for (size_t i = 0; i < names->count; i++)
		library_add(libraries, root, &places, names->items[i], (struct position){.file = manifest});
}
