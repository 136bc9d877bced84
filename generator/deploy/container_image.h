/* SPDX-License-Identifier: ISC */
/*
 * container_image.h -- an appliance as a container image of the Open Container Initiative's image format, 1.0
 *
 * One layer with one file, the appliance, which is the entry point. The same
 * appliance and options give the same bytes.
 */
#ifndef CONTAINER_IMAGE_H
#define CONTAINER_IMAGE_H

#include "deploy/deployable.h"

/* writes the image layout as a folder, which is made; fatal if there is anything in it */
void container_image_write_folder(const struct deployable *deployable, const char *folder);

/* the same layout in a tar file */
void container_image_write_archive(const struct deployable *deployable, const char *path);

#endif
