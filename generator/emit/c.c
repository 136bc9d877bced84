/* SPDX-License-Identifier: ISC */
/* c.c -- C that several emitters write in the same way */
#include "emit/c.h"

#include <ctype.h>
#include <stdio.h>

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
	emit_string(emit->stream, emit->path);
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

char *option_function(const struct option *option)
{
	char *name = str_format("option_%s", option->name);

	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	return name;
}
