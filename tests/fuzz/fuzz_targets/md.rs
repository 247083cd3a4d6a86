//! Bytes as a file of this format.
#![no_main]

#[path = "../check.rs"]
mod fuzz;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("fuzz.md", bytes));
