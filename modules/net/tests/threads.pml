/* SPDX-License-Identifier: ISC */
/*
 * threads.pml -- who moves frames when: modules/net's two threads, a guest that may do anything, and a host, for spin
 *
 * Frames are only counted, and the rings always have room. The guest may send,
 * poll, rest, and at last run on for ever without any of these, or rest for ever. A
 * wait that has an end ends when nothing else happens, and a few times before that.
 * The names are those of move.c, rest.c and io.c.
 *
 * What must hold when both threads wait until something comes: every frame has
 * moved on, and a guest that rests has none to take.
 */
#define FRAMES 2                /* in each direction */
#define RESTS 2                 /* of the guest */
#define EARLY 1                 /* ends of waits while other things happen */

bool taken;                     /* devices_try, devices_give */
bool by_guest;                  /* who has the charge: the guest's thread, or else the I/O thread */
bool guest_rests, io_sleeps;
byte rests;                     /* modulo 4 here */

byte tap, received, sending;    /* frames that wait at the host, in the receive ring, in the transmit ring */
bool armed;                     /* the event index in the transmit ring is where the next frame goes */
bool waits_for_frame;           /* the guest's, in the receive ring */
bool readable = true;

bool watched = true, device_event, kick, wake;  /* of epoll, and the two eventfds */
bool io_waits, asleep, runs_on; /* the I/O thread until something comes; the guest in ppoll, and for ever without resting */
byte early;

/* frames_move */
inline move(moved, signal)
{
	d_step {
		moved = sending > 0 || (readable && tap > 0);
		signal = signal || (readable && tap > 0 && waits_for_frame);
		if
		:: sending > 0 -> sending = 0; armed = false
		:: else
		fi;
		if
		:: readable && tap > 0 -> received = received + tap; tap = 0; waits_for_frame = false
		:: else
		fi;
		readable = false
	}
}

/* --- the I/O thread ----------------------------------------------------------- */

#define AT_ONCE 0
#define FOR_A_WHILE 1
#define FOR_EVER 2

inline events_take(how)
{
	io_waits = how == FOR_EVER;
	if
	:: device_event || kick
	:: how == AT_ONCE
	:: atomic { how == FOR_A_WHILE && early < EARLY -> early++ }
	:: how == FOR_A_WHILE && timeout
	fi;
	d_step {
		frames_came = device_event;
		events_came = device_event || kick;
		device_event = false;
		kick = false;
		io_waits = false
	}
	if
	:: events_came ->
		atomic { !taken -> taken = true }
		readable = readable || frames_came;
		taken = false
	:: else
	fi
}

inline devices_watch(on)
{
	d_step {
		if
		:: on && !watched && tap > 0 -> device_event = true
		:: !on -> device_event = false
		:: else
		fi;
		watched = on
	}
}

inline has_work(arms)
{
	atomic { !taken -> taken = true }
	if
	:: arms -> armed = sending == 0
	:: else
	fi;
	work = by_guest || sending > 0 || readable;
	taken = false
}

active proctype io()
{
	bool moved, signal, work, events_came, frames_came;
	byte seen, now;

	do
	:: !by_guest ->                                 /* in_charge */
		devices_watch(true);
		signal = false;
		moved = false;
		atomic { !taken -> taken = true }
		if
		:: !by_guest -> move(moved, signal)
		:: else
		fi;
		taken = false;
		if
		:: signal -> wake = true
		:: else
		fi;
		if
		:: moved -> events_take(AT_ONCE)
		:: else ->
			events_came = false;
			work = false;
			if                              /* answer_await, one round of it or none */
			:: events_take(AT_ONCE);
				if
				:: !events_came -> has_work(false)
				:: else
				fi
			:: true
			fi;
			if
			:: !events_came && !work -> has_work(true)
			:: else
			fi;
			if
			:: !events_came && !work -> events_take(FOR_EVER)
			:: else
			fi
		fi
	:: by_guest ->                                  /* stand_by */
		now = rests;
		devices_watch(false);
		if
		:: atomic { !taken -> taken = true }
			if
			:: now != seen ->
				armed = false;
				taken = false;
				seen = now;
				events_take(FOR_A_WHILE)
			:: now == seen && guest_rests ->
				io_sleeps = true;
				if
				:: guest_rests -> taken = false; events_take(FOR_EVER)
				:: else -> taken = false; events_take(FOR_A_WHILE)
				fi;
				io_sleeps = false
			:: now == seen && !guest_rests ->
				by_guest = false;
				readable = true;
				taken = false
			fi
		:: atomic { taken -> skip }
			events_take(FOR_A_WHILE)
		fi
	od
}

/* --- the guest, and the thread that runs it ------------------------------------- */

inline resume()
{
	if
	:: guest_rests ->
		rests = (rests + 1) % 4;
		guest_rests = false;
		if
		:: io_sleeps -> kick = true
		:: else
		fi
	:: else
	fi
}

active proctype guest()
{
	bool moved, signal, came, goes_on;
	byte sent, rested;

	do
	:: sent < FRAMES ->
		d_step {
			sent++;
			kick = kick || (armed && sending == 0);
			sending++
		}
	:: atomic { received > 0 -> received-- }
	:: true -> break                                /* computes for ever, or polls */
	:: rested < RESTS ->                            /* net_poll, and if there is nothing, yield */
		rested++;
		if
		:: received > 0 -> goes_on = true
		:: else -> waits_for_frame = true; goes_on = received > 0
		fi;
		do
		:: goes_on -> break
		:: else ->
			atomic { !taken -> taken = true }       /* net_rest */
			by_guest = true;
			guest_rests = true;
			readable = readable || came;
			signal = false;
			move(moved, signal);
			if                              /* looks once more, or not */
			:: !signal -> readable = true; move(moved, signal)
			:: true
			fi;
			taken = false;
			goes_on = signal;
			if
			:: goes_on
			:: else ->
				asleep = true;
				if
				:: wake || tap > 0 -> came = tap > 0
				:: atomic { early < EARLY && !wake && tap == 0 -> early++; came = false; goes_on = true }
				fi;
				asleep = false;
				if
				:: atomic { wake -> wake = false } goes_on = true
				:: else
				fi
			fi
		od;
		resume()
	od;
	runs_on = true;
	do
	:: atomic { received > 0 -> received-- }
	od
}

/* --- the host, and what must hold ----------------------------------------------- */

active proctype host()
{
	byte came;

	do
	:: came < FRAMES ->
		d_step {
			came++;
			tap++;
			device_event = device_event || watched
		}
	:: true -> break
	od
}

active proctype judge()
{
	do
	:: atomic {
			io_waits && !device_event && !kick && (runs_on || (asleep && !wake && tap == 0)) ->
			assert(tap == 0 && sending == 0 && !(asleep && received > 0))
		}
	od
}
