/* SPDX-License-Identifier: ISC */
/*
 * received.c -- received frames as packets of lwIP
 *
 * What was received stays in its ring while lwIP has it, which isn't long unless a segment before it
 * is missing. While more than half of a ring's buffers are held, what comes is copied out of it at once, to
 * frames that lwIP owns until it, or the application, frees them: so no peer can take all of a ring's
 * buffers. Frames that were never used have never been touched.
 */
#include "received.h"

#include <string.h>
#include <uk.h>

#include "lwip_config.h"

enum {
	HOLDERS = 256,          /* buffers of rings that lwIP may have at once */
	DEVICES_MOST = 64,      /* their handles are below */
};

struct frame {
	struct pbuf_custom pbuf;        /* first: lwIP hands back a pointer to it */
	struct frame *next;             /* while it is free */
	uint8_t bytes[FRAME_MOST];
};

static struct frame frames[CONFIG_LWIP_FRAMES];
static struct frame *frames_free;
static unsigned frames_used;            /* those beyond were never used */

static void frame_free(struct pbuf *pbuf)
{
	struct frame *frame = (struct frame *)pbuf;

	frame->next = frames_free;
	frames_free = frame;
}

/* NULL while lwIP and the application hold all of them */
static struct frame *frame_get(void)
{
	struct frame *frame;

	if (!frames_free && frames_used < CONFIG_LWIP_FRAMES)
		return &frames[frames_used++];
	/* what one connection got out of order is the first that can be done without */
	if (!frames_free)
		pbuf_free_ooseq();
	frame = frames_free;
	if (frame)
		frames_free = frame->next;
	return frame;
}

/* a buffer of a ring that lwIP has */
struct holder {
	struct pbuf_custom pbuf;        /* first */
	struct holder *next;            /* while it is free */
	solo5_handle_t handle;
	const uint8_t *bytes;
};

static struct holder holders[HOLDERS];
static struct holder *holders_free;
static unsigned holders_used;           /* those beyond were never used */

static void holder_free(struct pbuf *pbuf)
{
	struct holder *holder = (struct holder *)pbuf;

	uk_net_release(holder->handle, holder->bytes);
	holder->next = holders_free;
	holders_free = holder;
}

/* hands the ring's buffer to lwIP without copying it; NULL if no holder is free */
static struct pbuf *part_hold(solo5_handle_t handle, const uint8_t *bytes, size_t size)
{
	struct holder *holder = holders_free;

	if (holder)
		holders_free = holder->next;
	else if (holders_used < HOLDERS)
		holder = &holders[holders_used++];
	else
		return NULL;
	holder->pbuf.custom_free_function = holder_free;
	holder->handle = handle;
	holder->bytes = bytes;
	return pbuf_alloced_custom(PBUF_RAW, (u16_t)size, PBUF_REF, &holder->pbuf, (void *)bytes, (u16_t)size);
}

/* copies the ring's buffer and releases it; NULL if there are too few frames: then nothing has happened */
static struct pbuf *part_copy(solo5_handle_t handle, const uint8_t *bytes, size_t size)
{
	struct pbuf *first = NULL;
	size_t part;

	for (size_t at = 0; at < size; at += part) {
		struct frame *frame = frame_get();
		struct pbuf *pbuf;

		if (!frame) {
			if (first)
				pbuf_free(first);
			return NULL;
		}
		part = size - at < FRAME_MOST ? size - at : FRAME_MOST;
		memcpy(frame->bytes, bytes + at, part);
		frame->pbuf.custom_free_function = frame_free;
		pbuf = pbuf_alloced_custom(PBUF_RAW, (u16_t)part, PBUF_REF, &frame->pbuf, frame->bytes, FRAME_MOST);
		if (first)
			pbuf_cat(first, pbuf);
		else
			first = pbuf;
	}
	uk_net_release(handle, bytes);
	return first;
}

/* what has come of a device's frame, which may come in parts */
static struct coming {
	struct pbuf *first, *last;
	u32_t size;
	bool is_summed, drops;          /* its checksum is known to be right; there was no buffer for all of it */
} comings[DEVICES_MOST];

/* links the parts by hand: pbuf_cat walks over all that there are */
static void coming_add(struct coming *coming, struct pbuf *part)
{
	if (coming->first)
		coming->last->next = part;
	else
		coming->first = part;
	for (; part; part = part->next) {
		coming->last = part;
		coming->size += part->len;
	}
}

/* the whole frame; NULL if a part of it was dropped */
static struct pbuf *coming_finish(struct coming *coming)
{
	struct pbuf *first = coming->first;

	for (struct pbuf *pbuf = first; pbuf; pbuf = pbuf->next) {
		pbuf->tot_len = (u16_t)coming->size;
		coming->size -= pbuf->len;
	}
	if (first && coming->drops) {
		pbuf_free(first);
		first = NULL;
	}
	*coming = (struct coming){0};
	return first;
}

static void part_take(solo5_handle_t handle, const uint8_t *bytes, size_t size, unsigned flags)
{
	struct coming *coming = &comings[handle];
	struct pbuf *part = flags & UK_NET_SCARCE ? part_copy(handle, bytes, size) : NULL;

	if (!part)
		part = part_hold(handle, bytes, size);
	if (!part)
		part = part_copy(handle, bytes, size);
	if (!coming->first)
		coming->is_summed = flags & UK_NET_SUMMED;
	if (part) {
		coming_add(coming, part);
	} else {
		uk_net_release(handle, bytes);
		coming->drops = true;
	}
}

static bool is_room(void)
{
	return holders_free || holders_used < HOLDERS || frames_free || frames_used < CONFIG_LWIP_FRAMES;
}

bool received_take(solo5_handle_t handle, struct pbuf **packet, bool *is_summed)
{
	const uint8_t *bytes;
	unsigned flags;
	size_t size;

	if (!is_room())
		pbuf_free_ooseq();
	if (!is_room() || uk_net_take_large(handle, &bytes, &size, &flags) != SOLO5_R_OK)
		return false;
	part_take(handle, bytes, size, flags);
	*is_summed = comings[handle].is_summed;
	*packet = flags & UK_NET_CONTINUES ? NULL : coming_finish(&comings[handle]);
	return true;
}
