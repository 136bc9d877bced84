/* SPDX-License-Identifier: ISC */
/* recorded_image.h -- the part of reading an appliance that is about its image */
#ifndef RECORDED_IMAGE_H
#define RECORDED_IMAGE_H

#include "input/guest_elf.h"

/* Gives a guest's segments their bytes, which the appliance must have, and it its functions: symbols of them. */
void image_take(struct guest *guest, uint64_t symbols);

#endif
