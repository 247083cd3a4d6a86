//! Any text under any dateline, in every language that values are read in.
#![no_main]

use twicetold::corpus::Dateline;
use twicetold::value::{DateOrder, DateSet, Reader, Reading, Value, tokens};

libfuzzer_sys::fuzz_target!(|input: (u16, u8, u8, u8, &str)| {
    let (year, month, day, order, text) = input;
    let dateline = Dateline::parse(&format!("{:04}-{:02}-{:02}", year % 10_000, month % 12 + 1, day % 31 + 1)).ok();
    let order = [DateOrder::Auto, DateOrder::DayMonthYear, DateOrder::MonthDayYear][usize::from(order % 3)];
    let tokens = tokens(text, 0);
    for language in ["en", "de"] {
        let mut last = 0;
        let mut before: Option<Value> = None;
        for found in Reader::new(Some(language), Reading { dateline, order }).values(&tokens, &mut None) {
            assert!(found.tokens.start >= last && !found.tokens.is_empty());
            last = found.tokens.end;
            if let Value::Date(date) = &found.value {
                let written = date.edtf();
                assert_eq!(DateSet::from_edtf(&written).map(|read| read.edtf()), Some(written));
            }
            if let Some(before) = before.replace(found.value.clone()) {
                assert_eq!(before.is_disjoint(&found.value), found.value.is_disjoint(&before));
            }
        }
    }
});
