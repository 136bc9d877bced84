extern "C" int solo5_app_main(const void *) { return 0; }
