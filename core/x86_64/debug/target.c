/* SPDX-License-Identifier: ISC */
/* target.c -- describes the registers of x86-64 to GDB: its manual, appendix "Standard Target Features" */
#include "debug.h"

#define REGISTER(name, bits, type)      "<reg name=\"" name "\" bitsize=\"" bits "\" type=\"" type "\"/>"
#define GENERAL(name)                   REGISTER(name, "64", "int64")
#define SEGMENT(name)                   REGISTER(name, "32", "int32")
#define FLOAT(name)                     REGISTER(name, "80", "i387_ext")
#define CONTROL(name)                   "<reg name=\"" name "\" bitsize=\"32\" type=\"int\" group=\"float\"/>"
#define VECTOR(name)                    REGISTER(name, "128", "vec128")
#define UPPER(name)                     REGISTER(name, "128", "uint128")
#define FLAG(name, bit)                 "<field name=\"" name "\" start=\"" bit "\" end=\"" bit "\"/>"
#define LANES(id, type, count)          "<vector id=\"" id "\" type=\"" type "\" count=\"" count "\"/>"
#define VIEW(name, type)                "<field name=\"" name "\" type=\"" type "\"/>"

const char register_description[] =
	"<?xml version=\"1.0\"?>"
	"<target><architecture>i386:x86-64</architecture><osabi>none</osabi>"
	"<feature name=\"org.gnu.gdb.i386.core\">"
	"<flags id=\"i386_eflags\" size=\"4\">"
	FLAG("CF", "0") FLAG("", "1") FLAG("PF", "2") FLAG("AF", "4") FLAG("ZF", "6") FLAG("SF", "7") FLAG("TF", "8")
	FLAG("IF", "9") FLAG("DF", "10") FLAG("OF", "11") FLAG("NT", "14") FLAG("RF", "16") FLAG("VM", "17")
	FLAG("AC", "18") FLAG("VIF", "19") FLAG("VIP", "20") FLAG("ID", "21")
	"</flags>"
	GENERAL("rax") GENERAL("rbx") GENERAL("rcx") GENERAL("rdx") GENERAL("rsi") GENERAL("rdi")
	REGISTER("rbp", "64", "data_ptr") REGISTER("rsp", "64", "data_ptr")
	GENERAL("r8") GENERAL("r9") GENERAL("r10") GENERAL("r11") GENERAL("r12") GENERAL("r13") GENERAL("r14") GENERAL("r15")
	REGISTER("rip", "64", "code_ptr") REGISTER("eflags", "32", "i386_eflags")
	SEGMENT("cs") SEGMENT("ss") SEGMENT("ds") SEGMENT("es") SEGMENT("fs") SEGMENT("gs")
	FLOAT("st0") FLOAT("st1") FLOAT("st2") FLOAT("st3") FLOAT("st4") FLOAT("st5") FLOAT("st6") FLOAT("st7")
	CONTROL("fctrl") CONTROL("fstat") CONTROL("ftag") CONTROL("fiseg") CONTROL("fioff") CONTROL("foseg")
	CONTROL("fooff") CONTROL("fop")
	"</feature>"
	"<feature name=\"org.gnu.gdb.i386.sse\">"
	LANES("v4f", "ieee_single", "4") LANES("v2d", "ieee_double", "2") LANES("v16i8", "int8", "16")
	LANES("v8i16", "int16", "8") LANES("v4i32", "int32", "4") LANES("v2i64", "int64", "2")
	"<union id=\"vec128\">"
	VIEW("v4_float", "v4f") VIEW("v2_double", "v2d") VIEW("v16_int8", "v16i8") VIEW("v8_int16", "v8i16")
	VIEW("v4_int32", "v4i32") VIEW("v2_int64", "v2i64") VIEW("uint128", "uint128")
	"</union>"
	"<flags id=\"i386_mxcsr\" size=\"4\">"
	FLAG("IE", "0") FLAG("DE", "1") FLAG("ZE", "2") FLAG("OE", "3") FLAG("UE", "4") FLAG("PE", "5") FLAG("DAZ", "6")
	FLAG("IM", "7") FLAG("DM", "8") FLAG("ZM", "9") FLAG("OM", "10") FLAG("UM", "11") FLAG("PM", "12") FLAG("FZ", "15")
	"</flags>"
	VECTOR("xmm0") VECTOR("xmm1") VECTOR("xmm2") VECTOR("xmm3") VECTOR("xmm4") VECTOR("xmm5") VECTOR("xmm6")
	VECTOR("xmm7") VECTOR("xmm8") VECTOR("xmm9") VECTOR("xmm10") VECTOR("xmm11") VECTOR("xmm12") VECTOR("xmm13")
	VECTOR("xmm14") VECTOR("xmm15")
	"<reg name=\"mxcsr\" bitsize=\"32\" type=\"i386_mxcsr\" group=\"vector\"/>"
	"</feature>"
	"<feature name=\"org.gnu.gdb.i386.segments\">" GENERAL("fs_base") GENERAL("gs_base") "</feature>"
	"<feature name=\"org.gnu.gdb.i386.avx\">"
	UPPER("ymm0h") UPPER("ymm1h") UPPER("ymm2h") UPPER("ymm3h") UPPER("ymm4h") UPPER("ymm5h") UPPER("ymm6h")
	UPPER("ymm7h") UPPER("ymm8h") UPPER("ymm9h") UPPER("ymm10h") UPPER("ymm11h") UPPER("ymm12h") UPPER("ymm13h")
	UPPER("ymm14h") UPPER("ymm15h")
	"</feature>"
	"</target>";
