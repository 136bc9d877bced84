/* what -ftrapv may make of an addition */
long __addvdi3(long one, long other);

int solo5_app_main(const void *info)
{
	return (int)__addvdi3((long)info, 1);
}
