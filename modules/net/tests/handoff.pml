/* SPDX-License-Identifier: ISC */
/*
 * handoff.pml -- which thread moves frames when: modules/net's two threads, a guest that may do anything, and a host, for spin
 *
 * Frames are only counted. The guest may send, poll, yield until there is a frame or
 * room for one, and at last run on for ever without any of these, or stay in a
 * yield for ever. The host has room for HOST_ROOM frames of a device until it takes
 * them, and may lose a device LOSSES times. The buckets of a device with a rate
 * run out HOLDS times, and fill again as time passes. A wait that has an end ends
 * when nothing else happens, and a few times before that. The names are those of handoff.h,
 * host_move.c, host_pace.c, host_yield.c and host_io.c.
 *
 * What must hold when both threads wait until something comes: every frame has
 * moved on for which there is room, a device that was lost is up again, and a guest
 * that is idle has neither a frame to take nor the room that it waits for.
 */
#ifndef DEVICES
#define DEVICES 1               /* or 2 */
#endif
#ifndef SENDS
#define SENDS 2                 /* frames of the guest, to the devices in turn */
#endif
#ifndef COMES
#define COMES 2                 /* frames for the guest, from the last device first */
#endif
#ifndef RING
#define RING 2                  /* frames that fit into one */
#endif
#ifndef HOST_ROOM
#define HOST_ROOM 2
#endif
#ifndef YIELDS
#define YIELDS 1                /* of the guest */
#endif
#ifndef LOSSES
#define LOSSES 0
#endif
#ifndef HOLDS
#define HOLDS 0
#endif
#define EARLY 1                 /* ends of waits while other things happen */

/* an inline for each device; in it, D is the device that its parameter n names */
#if DEVICES == 1
#define each(do_it) do_it(0)
#else
#define each(do_it) do_it(0); do_it(1)
#endif
#define D device[n]

/* struct handoff */
bool locked;
bool owned_by_guest, idle, parked;
byte wakeups;                   /* modulo 4 here */

typedef device_state {
	byte tap, taken;        /* frames that wait at the host, in either direction */
	byte received, sending; /* frames in the rings */
	bool armed, receive_armed;      /* the guest kicks when it adds to that ring */
	bool awaited, room_awaited;     /* the guest waits for a frame, for room to send */
	bool readable = true, writable = true, up = true;
	bool waited;            /* in ppoll */
	bool bare, sending_held, receive_held;  /* its buckets; what host_pace.c found */
	bool gone, event        /* at the host, and of epoll */
}
device_state device[DEVICES];

bool watched = true, kick, wake;        /* of epoll, and the two eventfds */
bool timer, timer_over, timer_event;    /* it runs; it is readable; it is an event of epoll */
bool reopening;                         /* reopen_at */
bool io_waits, asleep, runs_on; /* the I/O thread until something comes; the guest in ppoll, and for ever without yielding */
byte early, lost;

#define has_room (D.received < RING)
#define host_has_room (D.taken < HOST_ROOM)

#define LAST (DEVICES - 1)
#define any_event (kick || timer_event || device[0].event || device[LAST].event)

inline lock()
{
	atomic { !locked -> locked = true }
}

inline device_lost(n)
{
	D.up = false;
	D.readable = false;
	D.writable = false;
	reopening = true;
	kick = kick || owned_by_guest
}

#define least(a, b) ((a) < (b) -> (a) : (b))

inline sent(n, count)
{
	moved = moved || count > 0;
	signal = signal || (count > 0 && D.room_awaited);
	D.armed = D.armed && count == 0;
	D.room_awaited = D.room_awaited && count == 0;
	D.sending = D.sending - count
}

/* pace_allows; a timer that is set is readable no longer */
#define allows(held) \
	held = D.bare; \
	if \
	:: D.bare && !timer -> timer = true; timer_over = false \
	:: else \
	fi

inline move_one(n)
{
	D.sending_held = false;
	D.receive_held = false;
	if                              /* transmit */
	:: D.sending > 0 && D.up -> allows(D.sending_held)
	:: else
	fi;
	if
	:: D.sending > 0 && D.up && !D.sending_held && D.writable && D.gone -> device_lost(n)
	:: else
	fi;
	if
	:: D.sending > 0 && !D.up -> sent(n, D.sending)
	:: D.sending > 0 && D.up && !D.sending_held && D.writable ->
		count = least(D.sending, HOST_ROOM - D.taken);
		D.taken = D.taken + count;
		sent(n, count);
		D.writable = D.sending == 0
	:: else
	fi;
	if                              /* receive */
	:: D.up && D.readable && has_room -> allows(D.receive_held)
	:: else
	fi;
	if
	:: D.up && D.readable && has_room && !D.receive_held ->
		count = least(D.tap, RING - D.received);
		D.tap = D.tap - count;
		D.received = D.received + count;
		moved = moved || count > 0;
		signal = signal || (count > 0 && D.awaited);
		D.receive_armed = D.receive_armed && count == 0;
		D.awaited = D.awaited && count == 0;
		if
		:: has_room && D.gone -> device_lost(n)
		:: has_room && !D.gone -> D.readable = false
		:: else
		fi
	:: else
	fi
}

/* frames_move: one pass over the devices */
inline move()
{
	d_step {
		moved = false;
		each(move_one);
		count = 0
	}
}

/* --- the I/O thread ----------------------------------------------------------- */

#define AT_ONCE 0
#define FOR_A_WHILE 1
#define FOR_EVER 2

inline reopen_one(n)
{
	if
	:: !D.up ->
		D.gone = false;
		D.up = true;
		D.readable = true;
		D.writable = true;
		D.event = watched && D.tap > 0;
		wake = true
	:: else
	fi
}

/* with the lock; a try succeeds or not */
inline reopen()
{
	if
	:: reopening ->
		d_step {
			reopening = false;
			each(reopen_one)
		}
	:: true
	fi
}

inline event_take(n)
{
	D.readable = D.readable || (D.event && D.up);
	D.writable = D.writable || (D.event && D.up);
	D.event = false
}

inline events_take(how)
{
	io_waits = how == FOR_EVER;
	if
	:: any_event
	:: how == AT_ONCE
	:: atomic { how == FOR_A_WHILE && early < EARLY -> early++ }
	:: how == FOR_A_WHILE && timeout
	fi;
	io_waits = false;
	events_came = any_event;
	if
	:: events_came || reopening ->
		lock();
		d_step {
			kick = false;
			timer_event = false;
			each(event_take)
		}
		reopen();
		locked = false
	:: else
	fi
}

inline watch(n)
{
	D.event = (on -> D.event || (!watched && (D.tap > 0 || host_has_room)) : D.event && D.gone)
}

inline devices_watch(how_now)
{
	d_step {
		on = how_now;
		each(watch);
		timer_event = on && (timer_event || (!watched && timer_over));
		watched = on
	}
}

inline timeout_of(n)
{
	how = (!owned_by_guest && D.up && !D.writable -> FOR_A_WHILE : how)
}

/* with the lock */
inline timeout_choose()
{
	d_step {
		how = (reopening -> FOR_A_WHILE : FOR_EVER);
		each(timeout_of)
	}
}

inline look_one(n)
{
	D.armed = (arms -> D.sending == 0 : D.armed);
	D.receive_armed = (arms -> !has_room : D.receive_armed);
	work = work || (D.sending > 0 && ((D.writable && !D.sending_held) || !D.up)) ||
		(has_room && D.readable && D.up && !D.receive_held)
}

/* with the lock: guest_has_news, by queue_arm or queue_has_news */
inline look(how_now)
{
	d_step {
		arms = how_now;
		each(look_one)
	}
}

inline look_anew(n)
{
	D.readable = D.up;
	D.writable = D.up
}

inline disarm(n)
{
	D.armed = false;
	D.receive_armed = false
}

active proctype io()
{
	bool moved, signal, work, events_came, on, arms;
	byte seen, how, count;
	do
	:: !owned_by_guest ->                           /* serve */
		devices_watch(true);
		signal = false;
		moved = false;
		lock();
		if
		:: !owned_by_guest -> move()
		:: else
		fi;
		locked = false;
		if
		:: signal -> wake = true
		:: else
		fi;
		if
		:: moved -> events_take(AT_ONCE)
		:: else ->
			work = false;
			if                              /* answer_await, one round of it or none */
			:: true ->
				events_take(AT_ONCE);
				work = events_came;
				if
				:: !work ->
					lock();
					work = owned_by_guest;
					look(false);
					locked = false
				:: else
				fi
			:: true
			fi;
			if
			:: !work ->                     /* wait */
				how = AT_ONCE;
				lock();
				if
				:: !owned_by_guest ->
					look(true);
					if
					:: !work -> timeout_choose()
					:: else
					fi
				:: else
				fi;
				locked = false;
				events_take(how)
			:: else
			fi
		fi
	:: owned_by_guest ->                            /* stand_by */
		how = FOR_A_WHILE;
		devices_watch(false);
		if
		:: atomic { !locked -> locked = true }
			if                              /* handoff_activity */
			:: wakeups != seen ->
				seen = wakeups;
				d_step { each(disarm) }
			:: wakeups == seen && idle ->
				parked = true;
				if
				:: idle -> timeout_choose()
				:: else
				fi
			:: wakeups == seen && !idle ->
				owned_by_guest = false;
				d_step { each(look_anew) }
			fi;
			locked = false
		:: atomic { locked -> skip }
		fi;
		if
		:: owned_by_guest -> events_take(how)
		:: else
		fi;
		parked = false
	od
}

/* --- the guest, and the thread that runs it ------------------------------------- */

inline handoff_wake()
{
	wakeups = (wakeups + 1) % 4;
	idle = false;
	if
	:: parked -> kick = true
	:: else
	fi
}

/* what ppoll tells the guest's thread of, by the descriptors that there were when it began */
#define comes_of(n) (device[n].waited && \
	((device[n].received < RING && !device[n].receive_held && (device[n].tap > 0 || device[n].gone)) || \
	 (device[n].sending > 0 && !device[n].sending_held && (device[n].taken < HOST_ROOM || device[n].gone))))
#define any_comes (comes_of(0) || comes_of(LAST))
#define held_of(n) (device[n].sending_held || device[n].receive_held)
#define timer_wakes (timer_over && (held_of(0) || held_of(LAST)))

/* how a yield ends for the guest: there is a frame, or room */
inline look_for(n)
{
	goes_on = goes_on || (for_room -> D.sending < RING : D.received > 0)
}

inline ask_for(n)
{
	D.awaited = !for_room;
	D.room_awaited = for_room
}

inline came_take(n)
{
	D.readable = D.readable || (came && D.up);
	D.writable = D.writable || (came && D.up)
}

inline wait_choose(n)
{
	D.waited = D.up
}

inline spin(n)
{
	D.readable = D.up
}

inline yield(what)
{
	for_room = what;
	d_step { goes_on = false; each(look_for) }
	if
	:: !goes_on ->
		d_step { each(ask_for) }
		d_step { each(look_for) }
	:: else
	fi;
	do
	:: goes_on -> break
	:: else ->
		idle = true;                            /* handoff_idle */
		owned_by_guest = true;
		lock();
		owned_by_guest = true;
		d_step { each(came_take) }
		signal = false;
		move();
		if                                      /* spins once, or not */
		:: !signal ->
			d_step { each(spin) }
			move()
		:: true
		fi;
		locked = false;
		goes_on = signal;
		if
		:: goes_on
		:: else ->
			d_step {
				each(wait_choose);
				asleep = true
			}
			if
			:: any_comes || wake || timer_wakes -> came = any_comes
			:: atomic { early < EARLY && !wake && !any_comes && !timer_wakes -> early++; came = false; goes_on = true }
			fi;
			asleep = false;
			if
			:: atomic { wake -> wake = false } goes_on = true
			:: else
			fi
		fi
	od;
	if
	:: idle -> handoff_wake()
	:: else
	fi
}

/* one frame, whose place goes back into the ring */
inline take(n)
{
	d_step {
		device[n].received--;
		kick = kick || device[n].receive_armed
	}
}

active proctype guest()
{
	bool moved, signal, came, goes_on, for_room;
	byte sends, yields, count;

	do
	:: sends < SENDS && device[sends % DEVICES].sending < RING ->
		d_step {
			kick = kick || device[sends % DEVICES].armed;
			device[sends % DEVICES].sending++;
			sends++
		}
	:: atomic { device[0].received > 0 -> take(0) }
	:: atomic { LAST > 0 && device[LAST].received > 0 -> take(LAST) }
	:: yields < YIELDS -> yields++; yield(false)
	:: yields < YIELDS && sends > 0 -> yields++; yield(true)
	:: true -> break                                /* computes for ever, or polls */
	od;
	runs_on = true;
	do
	:: atomic { device[0].received > 0 -> take(0) }
	:: atomic { LAST > 0 && device[LAST].received > 0 -> take(LAST) }
	od
}

/* --- the host, and what must hold ----------------------------------------------- */

inline fill(n)
{
	D.bare = false
}

active proctype host()
{
	byte came, holds;

	do
	:: holds < HOLDS -> d_step { device[holds % DEVICES].bare = true; holds++ }
	:: d_step {                                     /* time passes */
			device[0].bare || device[LAST].bare || timer ->
			timer_over = timer_over || timer;
			timer_event = timer_event || (timer && watched);
			timer = false;
			each(fill)
		}
	:: came < COMES ->
		d_step {
			device[LAST - came % DEVICES].tap++;
			device[LAST - came % DEVICES].event = device[LAST - came % DEVICES].event || watched;
			came++
		}
	:: d_step { device[0].taken > 0 -> device[0].taken--; device[0].event = device[0].event || watched }
	:: d_step { LAST > 0 && device[LAST].taken > 0 -> device[LAST].taken--; device[LAST].event = device[LAST].event || watched }
	:: lost < LOSSES && device[0].up && !device[0].gone ->
		d_step {
			lost++;
			device[0].gone = true;
			device[0].tap = 0;
			device[0].event = true          /* EPOLLHUP is always told */
		}
	od
}

#define asleep_for_good (asleep && !wake && !any_comes && !timer_wakes)
#define time_passes (timer || device[0].bare || device[LAST].bare)

inline judge_one(n)
{
	assert(D.up);
	assert(!has_room || (D.tap == 0 && !D.gone));
	assert(D.sending == 0 || (!host_has_room && !D.gone));
	assert(!(asleep && D.awaited && D.received > 0));
	assert(!(asleep && D.room_awaited && D.sending < RING))
}

active proctype judge()
{
	do
	:: atomic { io_waits && !any_event && !time_passes && (runs_on || asleep_for_good) -> each(judge_one) }
	od
}
