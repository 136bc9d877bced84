long x_sys_run(void); long x_run(void); long x_run(void) { return x_sys_run(); }
