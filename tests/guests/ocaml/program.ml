(* SPDX-License-Identifier: ISC *)
(* program.ml -- OCaml as compiled for Linux: its collector, exceptions, floating point, Printf *)
module Names = Map.Make (String)

exception Odd of int

let rec fibonacci n = if n < 2 then n else fibonacci (n - 1) + fibonacci (n - 2)

let () =
  let names = List.fold_left (fun all (name, value) -> Names.add name value all) Names.empty [ "a", 1; "b", 2; "c", 3 ] in
  Printf.printf "fibonacci %d, sum %d\n" (fibonacci 25) (Names.fold (fun _ value sum -> value + sum) names 0);
  (* far more than the minor heap holds, some of it kept *)
  let kept = ref [] in
  for i = 1 to 1_000_000 do
    let block = Array.make 10 i in
    if i mod 1000 = 0 then kept := block :: !kept
  done;
  Gc.compact ();
  Printf.printf "kept %d of 1000000\n" (List.fold_left (fun sum block -> sum + block.(9) / block.(0)) 0 !kept);
  (try raise (Odd 3) with Odd n -> Printf.printf "caught %d\n" n);
  (try ignore (Array.get [| 1 |] (List.length !kept)) with Invalid_argument text -> print_endline text);
  Printf.printf "%.6f %s\n" (sqrt 2.0) (Digest.to_hex (Digest.string (String.make 100_000 'x')));
  Printf.printf "%s\n" (String.concat " " (List.tl (Array.to_list Sys.argv)));
  flush stdout
