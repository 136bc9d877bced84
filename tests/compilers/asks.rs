// SPDX-License-Identifier: ISC
// asks.rs -- what rustc asks for: its core library, checked arithmetic, statics, a panic handler
#![no_std]
#![no_main]

use core::fmt::Write;
use core::sync::atomic::{AtomicU64, Ordering};

extern "C" {
    fn solo5_console_write(text: *const u8, size: usize);
}

struct Console;

impl Write for Console {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        unsafe { solo5_console_write(text.as_ptr(), text.len()) };
        Ok(())
    }
}

static COUNT: AtomicU64 = AtomicU64::new(40);

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

// the core library's unwind tables name it
#[no_mangle]
extern "C" fn rust_eh_personality() {}

trait Value {
    fn value(&self) -> u128;
}

impl Value for u64 {
    fn value(&self) -> u128 {
        (*self as u128) << 70
    }
}

#[no_mangle]
pub extern "C" fn solo5_app_main(_info: *const u8) -> i32 {
    let numbers = [3u64, 1, 2];
    let mut sorted = numbers;
    sorted.sort_unstable();
    let value: &dyn Value = &numbers[0];
    COUNT.fetch_add(2, Ordering::SeqCst);
    let _ = writeln!(Console, "{:?} {} {:.3} {}", sorted, value.value() / 1_000_000_007, 2.0f64 / 3.0,
                     COUNT.load(Ordering::SeqCst));
    9
}
