# x -- an example
header <fcntl.h>
