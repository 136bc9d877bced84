int pad_read(int pad);

int solo5_app_main(void)
{
	return pad_read(0);
}
