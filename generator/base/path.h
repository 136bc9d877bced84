/* SPDX-License-Identifier: ISC */
/* path.h -- names of files and folders */
#ifndef PATH_H
#define PATH_H

#include <stdbool.h>

char *path_join(const char *folder, const char *name);   /* name itself if absolute */
char *path_folder(const char *path);
const char *path_base(const char *path);

/* the rest of a path below a folder, comparing both as written; NULL if it isn't below, or leads out again */
const char *path_below(const char *path, const char *folder);

char *path_absolute(const char *path);                   /* need not exist */
/* the files that match a pattern of glob(3) in a folder, whose name may contain any characters */
char *path_pattern(const char *folder, const char *pattern);

bool path_exists(const char *path);

#endif
