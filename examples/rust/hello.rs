// SPDX-License-Identifier: ISC
// hello.rs -- counts its arguments, in order: Rust's core and alloc, whose memory is the C library's
#![no_std]
#![cfg_attr(default_alloc_error_handler, feature(default_alloc_error_handler))]

extern crate alloc;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;
use core::slice;

extern "C" {
    fn aligned_alloc(alignment: usize, size: usize) -> *mut u8;
    fn free(memory: *mut u8);
    fn strlen(text: *const u8) -> usize;
    fn write(descriptor: i32, bytes: *const u8, size: usize) -> isize;
    fn abort() -> !;
}

struct Heap;

unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        aligned_alloc(layout.align().max(8), layout.size())
    }

    unsafe fn dealloc(&self, memory: *mut u8, _: Layout) {
        free(memory)
    }
}

#[global_allocator]
static HEAP: Heap = Heap;

fn print(descriptor: i32, text: &str) {
    unsafe { write(descriptor, text.as_ptr(), text.len()) };
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    print(2, &format!("{}\n", info));
    unsafe { abort() }
}

// Debian's alloc was compiled to unwind at a panic, which nothing does here
#[no_mangle]
pub extern "C" fn rust_eh_personality() {}

#[no_mangle]
pub extern "C" fn _Unwind_Resume() -> ! {
    unsafe { abort() }
}

#[no_mangle]
pub extern "C" fn main(count: i32, words: *const *const u8) -> i32 {
    let mut counts = BTreeMap::new();

    for i in 1..count as usize {
        let word = unsafe { slice::from_raw_parts(*words.add(i), strlen(*words.add(i))) };
        *counts.entry(String::from_utf8_lossy(word)).or_insert(0) += 1;
    }
    if counts.contains_key("panic") {
        panic!("as asked");
    }
    let lines: String = counts.iter().map(|(word, count)| format!("{word} {count}\n")).collect();
    print(1, &lines);
    0
}
