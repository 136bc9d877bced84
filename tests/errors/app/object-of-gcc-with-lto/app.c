int solo5_app_main(const void *info) { (void)info; return 0; }
