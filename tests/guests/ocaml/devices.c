/* SPDX-License-Identifier: ISC */
/*
 * devices.c -- what threads.ml calls of solo5.h
 */
#define CAML_NAME_SPACE
#include <caml/alloc.h>
#include <caml/bigarray.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>

#include "solo5.h"

extern const char *command_line;

value words(value unit);
value now(value unit);
value yield(value deadline);
value block_acquire(value name);
value block_transfer(value write, value handle, value sector, value buffer, value from);
value net_acquire(value name);
value net_read(value handle, value buffer);
value net_write(value handle, value buffer, value size);

static size_t sector_size;

value words(value unit)
{
	(void)unit;
	return caml_copy_string(command_line);
}

value now(value unit)
{
	(void)unit;
	return caml_copy_int64((int64_t)solo5_clock_monotonic());
}

value yield(value deadline)
{
	solo5_handle_set_t ready;

	solo5_yield((solo5_time_t)Int64_val(deadline), &ready);
	return caml_copy_int64((int64_t)ready);
}

value block_acquire(value name)
{
	CAMLparam1(name);
	CAMLlocal1(result);
	struct solo5_block_info info = {0};
	solo5_handle_t handle = 0;

	if (solo5_block_acquire(String_val(name), &handle, &info) != SOLO5_R_OK)
		solo5_abort();
	sector_size = (size_t)info.block_size;
	result = caml_alloc_tuple(3);
	Store_field(result, 0, caml_copy_int64((int64_t)handle));
	Store_field(result, 1, Val_long((long)info.block_size));
	Store_field(result, 2, Val_long((long)(info.capacity / info.block_size)));
	CAMLreturn(result);
}

value block_transfer(value write, value handle, value sector, value buffer, value from)
{
	uint8_t *data = (uint8_t *)Caml_ba_data_val(buffer) + Long_val(from);
	solo5_handle_t device = (solo5_handle_t)Int64_val(handle);
	solo5_off_t offset = (solo5_off_t)Long_val(sector) * sector_size;

	return Val_bool((Bool_val(write) ? solo5_block_write(device, offset, data, sector_size)
	                                 : solo5_block_read(device, offset, data, sector_size)) == SOLO5_R_OK);
}

value net_acquire(value name)
{
	CAMLparam1(name);
	CAMLlocal1(result);
	struct solo5_net_info info = {0};
	solo5_handle_t handle = 0;

	if (solo5_net_acquire(String_val(name), &handle, &info) != SOLO5_R_OK)
		solo5_abort();
	result = caml_alloc_tuple(2);
	Store_field(result, 0, caml_copy_int64((int64_t)handle));
	Store_field(result, 1, Val_long((long)info.mtu));
	CAMLreturn(result);
}

/* the frame's size; 0 if there is none */
value net_read(value handle, value buffer)
{
	size_t size = 0;

	if (solo5_net_read((solo5_handle_t)Int64_val(handle), Caml_ba_data_val(buffer),
	                   (size_t)Caml_ba_array_val(buffer)->dim[0], &size) != SOLO5_R_OK)
		size = 0;
	return Val_long((long)size);
}

value net_write(value handle, value buffer, value size)
{
	return Val_bool(solo5_net_write((solo5_handle_t)Int64_val(handle), Caml_ba_data_val(buffer),
	                                (size_t)Long_val(size)) == SOLO5_R_OK);
}
