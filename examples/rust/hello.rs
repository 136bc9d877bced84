// SPDX-License-Identifier: ISC
// hello.rs -- greets from Rust, without its standard library: a formatter on the console, and a panic that aborts
#![no_std]

use core::fmt::{self, Write};
use core::panic::PanicInfo;
use core::{slice, str};

#[repr(C)]
pub struct StartInfo {
    cmdline: *const u8,
    heap_start: usize,
    heap_size: usize,
}

impl StartInfo {
    fn words(&self) -> &[u8] {
        let mut length = 0;
        unsafe {
            while *self.cmdline.add(length) != 0 {
                length += 1;
            }
            slice::from_raw_parts(self.cmdline, length)
        }
    }
}

extern "C" {
    fn solo5_console_write(text: *const u8, size: usize);
    fn solo5_clock_monotonic() -> u64;
    fn solo5_abort() -> !;
}

struct Console;

impl Write for Console {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        unsafe { solo5_console_write(text.as_ptr(), text.len()) };
        Ok(())
    }
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    let _ = writeln!(Console, "{}", info);
    unsafe { solo5_abort() }
}

#[no_mangle]
pub extern "C" fn solo5_app_main(info: &StartInfo) -> i32 {
    let words = str::from_utf8(info.words()).unwrap_or("whoever you are");
    let name = if words.is_empty() { "world" } else { words };

    if name == "panic" {
        panic!("as asked");
    }
    let start = unsafe { solo5_clock_monotonic() };
    let _ = writeln!(Console, "Hello, {}! The heap has {} KiB.", name, info.heap_size / 1024);
    let end = unsafe { solo5_clock_monotonic() };
    if end >= start { 0 } else { 1 }
}
