/* SPDX-License-Identifier: ISC */
/* block/mapped.h -- the state of each device in mapped mode, beside struct disk */
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

/* allocates every block of a file on the disk; false and errno on failure */
bool file_allocate(int file, uint64_t size);

/* fails if any write within the file's size could need space on the disk */
void file_check_allocated(unsigned device, int file, uint64_t size);

#endif
