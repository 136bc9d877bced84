int solo5_app_main(const void *info) { return info == 0; } int main(void) { return 1; }
