//! What holds for every input, however hostile: for each part of the core a function that takes any bytes and panics
//! where a promise is broken. The tests here feed them, and so do the fuzzers in `fuzz/`.

pub mod envelope;
pub mod schedule;
pub mod task;
pub mod time;
pub mod url;
