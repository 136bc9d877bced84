/* SPDX-License-Identifier: ISC */
/* limits.h -- what GCC's own limits.h includes next: that has all already, and there is no other */
