extern const char uk_files[]; int solo5_app_main(const void *info) { return info == uk_files; }
