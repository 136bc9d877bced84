/* SPDX-License-Identifier: ISC */
/* block/mapped.h -- what mapped mode keeps of each device besides struct disk */
#ifndef MAPPED_H
#define MAPPED_H

#include <stdbool.h>
#include <stdint.h>

enum mode { MODE_NOT_CHOSEN, MODE_FILE, MODE_MAPPED };

struct mapped {
	enum mode mode;         /* chosen on the command line */
	bool allocate;          /* --block-allocate was given */
	bool populate;          /* --block-populate was given */
	void *memory;           /* the image, in the monitor; NULL in file mode */
};

extern struct mapped mapped[];

/* gives each block of a file a place on the disk; false and errno if that can't be */
bool file_allocate(int file, uint64_t size);

/* fails unless no write to the file's size bytes can ever need space on the disk */
void file_check_allocated(unsigned device, int file, uint64_t size);

#endif
