//! Criterion benches of the stages.

fn main() {}
