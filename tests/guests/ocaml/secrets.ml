(* SPDX-License-Identifier: ISC *)
(*
 * secrets.ml -- MirageOS's cryptography: random numbers from the processor and its counter, a hash, key exchange
 *)
open Mirage_crypto

module Entropy = Mirage_crypto_rng.Entropy

let hash text = Printf.sprintf "%08lx" (Cstruct.BE.get_uint32 (Hash.SHA256.digest (Cstruct.of_string text)) 0)

(* as its package for MirageOS seeds the generator: from what the processor offers, else from the time that code takes *)
let seed time =
  let generator = Mirage_crypto_rng.create ~time (module Mirage_crypto_rng.Fortuna) in
  Mirage_crypto_rng.set_default_generator generator;
  Mirage_crypto_rng.reseed ~g:generator (Cstruct.concat [ Entropy.bootstrap 0; Entropy.whirlwind_bootstrap 1 ]);
  Mirage_crypto_rng.seeded None

let differ () = not (Cstruct.equal (Mirage_crypto_rng.generate 32) (Mirage_crypto_rng.generate 32))

let agree () =
  let open Mirage_crypto_ec in
  let secret, share = X25519.gen_key () and other_secret, other_share = X25519.gen_key () in
  match X25519.key_exchange secret other_share, X25519.key_exchange other_secret share with
  | Ok one, Ok other -> Cstruct.equal one other
  | _ -> false

let signs () =
  let key, public = Mirage_crypto_ec.P256.Dsa.generate () in
  let message = Hash.SHA256.digest (Cstruct.of_string "abc") and other = Hash.SHA256.digest (Cstruct.of_string "abd") in
  let signature = Mirage_crypto_ec.P256.Dsa.sign ~key message in
  Mirage_crypto_ec.P256.Dsa.(verify ~key:public signature message && not (verify ~key:public signature other))
