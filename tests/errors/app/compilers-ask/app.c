/* what compilers ask for with options that a guest can't serve */
#define ASK(name) extern void name(void); name()
int solo5_app_main(const void *info)
{
	(void)info;
	ASK(__asan_init);
	ASK(__cxa_throw);
	ASK(__gcov_init);
	ASK(__memcpy_chk);
	ASK(__morestack);
	ASK(__tsan_init);
	ASK(__ubsan_handle_add_overflow);
	ASK(_Unwind_Resume);
	ASK(__start_no_such_section);
	ASK(__errno_location);
	ASK(mcount);
	return 0;
}
