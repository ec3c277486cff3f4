#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kenshu_fuzz::claims(bytes));
