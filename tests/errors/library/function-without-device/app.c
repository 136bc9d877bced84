int x(void);

int solo5_app_main(const void *info) { return x() + (info == 0); }
