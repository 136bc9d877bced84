(* SPDX-License-Identifier: ISC *)
(*
 * threads.ml -- Lwt's threads on solo5.h: they sleep until deadlines, read and write a disk, echo frames
 *
 * As a MirageOS unikernel does, one loop wakes up whoever is due, and yields to the monitor until
 * the next deadline or frame. Buffers are Cstructs, outside OCaml's heap. The word "grow" has
 * it allocate until there is no memory left. Device "service" echoes frames with addresses swapped,
 * until one whose payload begins with "end".
 *)
open Lwt.Infix

external words : unit -> string = "words"
external now : unit -> int64 = "now"
external yield : int64 -> int64 = "yield"
external block_acquire : string -> int64 * int * int = "block_acquire"
external block_transfer : bool -> int64 -> int -> Cstruct.buffer -> int -> bool = "block_transfer"
external net_acquire : string -> int64 * int = "net_acquire"
external net_read : int64 -> Cstruct.buffer -> int = "net_read"
external net_write : int64 -> Cstruct.buffer -> int -> bool = "net_write"

module Deadlines = Map.Make (struct type t = int64 * int let compare = compare end)

let sleepers = ref Deadlines.empty
let readers : (int, unit Lwt.u) Hashtbl.t = Hashtbl.create 3
let count = ref 0
let yields = ref 0

let sleep milliseconds =
  let thread, wake = Lwt.task () in
  incr count;
  let key = (Int64.add (now ()) (Int64.of_int (milliseconds * 1_000_000)), !count) in
  sleepers := Deadlines.add key wake !sleepers;
  Lwt.on_cancel thread (fun () -> sleepers := Deadlines.remove key !sleepers);
  thread

let readable handle =
  let thread, wake = Lwt.wait () in
  Hashtbl.add readers (Int64.to_int handle) wake;
  thread

let rec wake_sleepers () =
  match Deadlines.min_binding_opt !sleepers with
  | Some (((deadline, _) as key), wake) when deadline <= now () ->
    sleepers := Deadlines.remove key !sleepers;
    Lwt.wakeup wake ();
    wake_sleepers ()
  | _ -> ()

let wake_readers ready =
  for handle = 0 to 63 do
    if Int64.logand ready (Int64.shift_left 1L handle) <> 0L then begin
      let waiting = Hashtbl.find_all readers handle in
      List.iter (fun _ -> Hashtbl.remove readers handle) waiting;
      List.iter (fun wake -> Lwt.wakeup wake ()) waiting
    end
  done

let rec run main =
  Lwt.wakeup_paused ();
  wake_sleepers ();
  match Lwt.state main with
  | Lwt.Return result -> result
  | Lwt.Fail problem -> raise problem
  | Lwt.Sleep ->
    let deadline =
      if Lwt.paused_count () > 0 then 0L
      else match Deadlines.min_binding_opt !sleepers with
        | Some ((deadline, _), _) -> deadline
        | None -> Int64.add (now ()) 10_000_000_000L
    in
    incr yields;
    wake_readers (yield deadline);
    run main

let sleeps () =
  let start = now () and order = ref [] in
  let sleeper n = sleep n >>= fun () -> order := n :: !order; Lwt.pause () in
  let given_up = Lwt.pick [ (sleep 15 >|= fun () -> true); (sleep 10_000 >|= fun () -> false) ] in
  Lwt.join (List.map sleeper [ 30; 10; 20 ]) >>= fun () ->
  given_up >|= fun given_up ->
  let elapsed = Int64.div (Int64.sub (now ()) start) 1_000_000L in
  Printf.printf "woken up in order %s; given up: %b; 30 ms or more: %b; at most 20 yields: %b; still asleep: %d\n"
    (String.concat " " (List.rev_map string_of_int !order)) given_up (elapsed >= 30L) (!yields <= 20)
    (Deadlines.cardinal !sleepers)

let disk () =
  let handle, size, sectors = block_acquire "storage" in
  let rec each sector sum =
    if sector = sectors then Lwt.return sum
    else begin
      let buffer = Cstruct.create (2 * size) in
      Cstruct.memset buffer sector;
      Cstruct.BE.set_uint64 buffer (size - 8) (Int64.of_int (sector * sector));
      assert (block_transfer true handle sector buffer.Cstruct.buffer 0);
      assert (block_transfer false handle sector buffer.Cstruct.buffer size);
      assert (Cstruct.equal (Cstruct.sub buffer 0 size) (Cstruct.sub buffer size size));
      Lwt.pause () >>= fun () -> each (sector + 1) (sum + Int64.to_int (Cstruct.BE.get_uint64 buffer (2 * size - 8)))
    end
  in
  each 0 0 >|= fun sum ->
  let beyond = block_transfer false handle sectors (Cstruct.create size).Cstruct.buffer 0 in
  Printf.printf "%d sectors of %d bytes, sum %d; beyond the end: %b\n" sectors size sum beyond

let echo () =
  let handle, mtu = net_acquire "service" in
  let ticks = ref 0 in
  let rec tick () = sleep 1 >>= fun () -> incr ticks; tick () in
  let rec serve count =
    let frame = Cstruct.create (mtu + 14) in
    match net_read handle frame.Cstruct.buffer with
    | 0 -> readable handle >>= fun () -> serve count
    | size ->
      let answer = Cstruct.concat [ Cstruct.sub frame 6 6; Cstruct.sub frame 0 6; Cstruct.sub frame 12 (size - 12) ] in
      assert (net_write handle answer.Cstruct.buffer size);
      if size >= 17 && Cstruct.to_string ~off:14 ~len:3 frame = "end" then Lwt.return (count + 1) else serve (count + 1)
  in
  Lwt.pick [ serve 0; tick () ] >>= fun count ->
  (* a deadline that has passed still lets others run *)
  sleep 0 >|= fun () -> Printf.printf "echoed %d frames\n" count

let secrets () =
  let seeded = Secrets.seed now in
  Printf.printf "sha-256 %s; seeded: %b; random: %b; keys agree: %b; signatures hold: %b\n"
    (Secrets.hash "abc") seeded (Secrets.differ ()) (Secrets.agree ()) (Secrets.signs ())

let rec grow kept =
  match Bytes.create 1_000_000 with
  | block -> grow (block :: kept)
  | exception Out_of_memory -> List.length kept

let () =
  Printf.printf "words: %s; %.3f\n" (words ()) (float_of_string "2.5" ** 0.5);
  if words () = "grow" then Printf.printf "out of memory, after more than 8 MB: %b\n" (grow [] > 8)
  else run (sleeps () >>= disk >>= echo >|= secrets);
  flush stdout
