/* SPDX-License-Identifier: ISC */
/* target.c -- describes the registers of 64-bit ARM to GDB: its manual, appendix "Standard Target Features" */
#include "debug.h"

#define REGISTER(name, bits, type)      "<reg name=\"" name "\" bitsize=\"" bits "\" type=\"" type "\"/>"
#define GENERAL(name)                   REGISTER(name, "64", "int64")
#define VECTOR(name)                    REGISTER(name, "128", "aarch64v")
#define FLAG(name, bit)                 "<field name=\"" name "\" start=\"" bit "\" end=\"" bit "\"/>"
#define LANES(id, type, count)          "<vector id=\"" id "\" type=\"" type "\" count=\"" count "\"/>"
#define VIEW(name, type)                "<field name=\"" name "\" type=\"" type "\"/>"

const char register_description[] =
	"<?xml version=\"1.0\"?>"
	"<target><architecture>aarch64</architecture><osabi>none</osabi>"
	"<feature name=\"org.gnu.gdb.aarch64.core\">"
	GENERAL("x0") GENERAL("x1") GENERAL("x2") GENERAL("x3") GENERAL("x4") GENERAL("x5") GENERAL("x6") GENERAL("x7")
	GENERAL("x8") GENERAL("x9") GENERAL("x10") GENERAL("x11") GENERAL("x12") GENERAL("x13") GENERAL("x14") GENERAL("x15")
	GENERAL("x16") GENERAL("x17") GENERAL("x18") GENERAL("x19") GENERAL("x20") GENERAL("x21") GENERAL("x22")
	GENERAL("x23") GENERAL("x24") GENERAL("x25") GENERAL("x26") GENERAL("x27") GENERAL("x28") GENERAL("x29") GENERAL("x30")
	REGISTER("sp", "64", "data_ptr") REGISTER("pc", "64", "code_ptr")
	"<flags id=\"cpsr_flags\" size=\"4\">"
	FLAG("SP", "0") FLAG("F", "6") FLAG("I", "7") FLAG("A", "8") FLAG("D", "9") FLAG("IL", "20") FLAG("SS", "21")
	FLAG("V", "28") FLAG("C", "29") FLAG("Z", "30") FLAG("N", "31")
	"</flags>"
	REGISTER("cpsr", "32", "cpsr_flags")
	"</feature>"
	"<feature name=\"org.gnu.gdb.aarch64.fpu\">"
	LANES("v2d", "ieee_double", "2") LANES("v2u", "uint64", "2") LANES("v4f", "ieee_single", "4")
	LANES("v4u", "uint32", "4") LANES("v8u", "uint16", "8") LANES("v16u", "uint8", "16")
	"<union id=\"aarch64v\">"
	VIEW("d", "v2d") VIEW("u", "v2u") VIEW("f", "v4f") VIEW("s", "v4u") VIEW("h", "v8u") VIEW("b", "v16u") VIEW("q", "uint128")
	"</union>"
	VECTOR("v0") VECTOR("v1") VECTOR("v2") VECTOR("v3") VECTOR("v4") VECTOR("v5") VECTOR("v6") VECTOR("v7")
	VECTOR("v8") VECTOR("v9") VECTOR("v10") VECTOR("v11") VECTOR("v12") VECTOR("v13") VECTOR("v14") VECTOR("v15")
	VECTOR("v16") VECTOR("v17") VECTOR("v18") VECTOR("v19") VECTOR("v20") VECTOR("v21") VECTOR("v22") VECTOR("v23")
	VECTOR("v24") VECTOR("v25") VECTOR("v26") VECTOR("v27") VECTOR("v28") VECTOR("v29") VECTOR("v30") VECTOR("v31")
	REGISTER("fpsr", "32", "int") REGISTER("fpcr", "32", "int")
	"</feature>"
	"<feature name=\"org.gnu.gdb.aarch64.tls\">" REGISTER("tpidr", "64", "data_ptr") "</feature>"
	/* the bits of a return address that are its signature; 0 without pointer authentication */
	"<feature name=\"org.gnu.gdb.aarch64.pauth\">" GENERAL("pauth_dmask") GENERAL("pauth_cmask") "</feature>"
	"</target>";
