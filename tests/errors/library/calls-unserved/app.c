long x_run(void); int solo5_app_main(const void *info) { return info && x_run(); }
