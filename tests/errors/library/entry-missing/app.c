int nothing(void) { return 1; }
