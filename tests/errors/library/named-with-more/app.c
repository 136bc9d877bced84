int solo5_app_main(const void *info) { return info == 0; }
