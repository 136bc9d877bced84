/* SPDX-License-Identifier: ISC */
/* c.c -- C that several emitters write in the same way */
#include "emit/c.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "base/text.h"

void emit_line(struct emit *emit, struct position where)
{
	fprintf(emit->stream, "#line %u ", where.line);
	emit_string(emit->stream, where.file);
	fputc('\n', emit->stream);
}

void emit_line_here(struct emit *emit)
{
	unsigned line = 1;

	fflush(emit->stream);
	for (size_t i = 0; i < emit->length; i++)
		line += emit->text[i] == '\n';
	fprintf(emit->stream, "#line %u ", line + 1);
	/* as the compiler finds it, which works in BUILDDIR: the text is the same wherever that is */
	emit_string(emit->stream, str_format("gen/%s", path_base(emit->path)));
	fputc('\n', emit->stream);
}

void emit_parameters(FILE *out, const struct hypercall *call)
{
	if (!call->parameter_count)
		fputs("void", out);
	for (size_t i = 0; i < call->parameter_count; i++) {
		const struct parameter *parameter = &call->parameters[i];

		bool constant = parameter->kind == PARAMETER_BUFFER && parameter->direction == IN;
		bool pointer = parameter->kind == PARAMETER_BUFFER || parameter->kind == PARAMETER_RESULT;

		fprintf(out, "%s%s%s %s%s", i ? ", " : "", constant ? "const " : "", parameter->type, pointer ? "*" : "",
			parameter->name);
	}
}

char *hook_prototype(enum hook hook, const char *function)
{
	return str_format("%s %s(%s)", hook_kinds[hook].answers ? "bool" : "void", function,
			  hook_kinds[hook].status ? "int status" : "void");
}

void emit_string(FILE *out, const char *string)
{
	fputc('"', out);
	for (const char *c = string; *c; c++) {
		unsigned char byte = (unsigned char)*c;

		if (byte == '"' || byte == '\\')
			fprintf(out, "\\%c", byte);
		else if (byte == '\n')
			fputs("\\n", out);
		else if (byte == '?' || !isprint(byte))
			fprintf(out, "\\%03o", byte);   /* '?': no trigraphs */
		else
			fputc(byte, out);
	}
	fputc('"', out);
}

void emit_comment(FILE *out, const char *text)
{
	for (; *text; text++) {
		fputc(*text, out);
		/* neither the end of a comment nor the beginning of another, of which compilers warn */
		if ((*text == '*' && text[1] == '/') || (*text == '/' && text[1] == '*'))
			fputc(' ', out);
	}
}

char *syscall_text(const struct syscall *call)
{
	char *text = str_format("%s%s", call->name, call->check_count ? "(" : "");

	for (size_t i = 0; i < call->check_count; i++) {
		const struct check *check = &call->checks[i];
		const char *comma = i ? ", " : "";

		if (check->kind == CHECK_ANY)
			text = str_format("%s%s_", text, comma);
		else if (check->kind == CHECK_DESCRIPTOR)
			text = str_format("%s%sfd %s", text, comma, check->descriptor);
		else
			text = str_format("%s%s%s%s%s", text, comma, check->names ? check->names : "",
					  check->names ? "=" : "", check->number);
	}
	return call->check_count ? str_format("%s)", text) : text;
}

void emit_include(FILE *out, const char *path)
{
	if (strchr(path, '"'))
		fatal("%s: has a '\"' in its path, which no #include line can; move it to a folder without", path);
	fprintf(out, "#include \"%s\"\n", path);
}

char *option_function(const struct option *option)
{
	char *name = str_format("option_%s", option->name);

	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	return name;
}
