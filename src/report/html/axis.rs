//! The sides of a conflict on one line: days or amounts, drawn to scale.

use crate::report::model::MemberView;
use crate::report::stretch::shown;
use jiff::civil::Date;
use serde::Serialize;

/// A scale with the sides on it; places are hundredths of its length.
#[derive(Serialize)]
pub(super) struct Axis {
    /// `days` or `amounts`.
    kind: &'static str,
    bars: Vec<Bar>,
    /// Its two ends in words.
    from: String,
    to: String,
    /// The height of the drawing.
    height: usize,
}

/// What one side means.
#[derive(Serialize)]
struct Bar {
    side: usize,
    start: String,
    width: String,
    y: usize,
    label: String,
    is_open_start: bool,
    is_open_end: bool,
}

/// An interval; open where an end is missing.
type Interval = (Option<f64>, Option<f64>);

/// Part of the scale that stays free at either end.
const MARGIN: f64 = 0.08;
/// Units of the drawing between two bars.
const ROW: usize = 26;
/// The least width of a bar, in hundredths.
const THINNEST: f64 = 1.2;

/// Draws the sides, where all have days or all have amounts of one unit.
pub(super) fn axis(members: &[MemberView]) -> Option<Axis> {
    let mut sides: Vec<(usize, &str, Interval)> = Vec::new();
    let readings = || members.iter().filter_map(|member| member.reading.as_ref());
    let first = readings().next()?;
    let is_days = first.kind == "date";
    for reading in readings() {
        let ends = match is_days {
            true => (day(reading.from.as_deref()), day(reading.to.as_deref())),
            false => (amount(reading.min.as_deref()), amount(reading.max.as_deref())),
        };
        let is_alike = (&reading.kind, &reading.unit) == (&first.kind, &first.unit);
        if !is_alike || ends == (None, None) {
            return None;
        }
        let is_new = |known: &(usize, &str, Interval)| known.0 != reading.side;
        if sides.iter().all(is_new) {
            sides.push((reading.side, &reading.text, ends));
        }
    }
    let known = || sides.iter().flat_map(|(_, _, (start, end))| [*start, *end]).flatten();
    let (least, most) = known().fold((f64::MAX, f64::MIN), |(least, most), at| (least.min(at), most.max(at)));
    if sides.len() < 2 || least >= most {
        return None;
    }
    let margin = (most - least) * MARGIN;
    let scale = (least - margin, most + margin);
    let place = |at: f64| (at - scale.0) / (scale.1 - scale.0) * 100.0;
    let bar = |(row, (side, text, (start, end))): (usize, &(usize, &str, Interval))| {
        let (from, to) = (place(start.unwrap_or(scale.0)), place(end.unwrap_or(scale.1)));
        let width = (to - from).max(THINNEST);
        Bar {
            side: *side,
            start: format!("{:.2}", from.min(100.0 - width)),
            width: format!("{width:.2}"),
            y: row * ROW,
            label: shown(text),
            is_open_start: start.is_none(),
            is_open_end: end.is_none(),
        }
    };
    Some(Axis {
        kind: if is_days { "days" } else { "amounts" },
        bars: sides.iter().enumerate().map(bar).collect(),
        from: end_of_scale(least, is_days),
        to: end_of_scale(most, is_days),
        height: sides.len() * ROW,
    })
}

/// Days since the year 0.
pub(super) fn day(text: Option<&str>) -> Option<f64> {
    let date: Date = text?.parse().ok()?;
    Some(f64::from(Date::ZERO.until(date).ok()?.get_days()))
}

fn amount(text: Option<&str>) -> Option<f64> {
    text?.parse().ok().filter(|amount: &f64| amount.is_finite())
}

pub(super) fn end_of_scale(at: f64, is_days: bool) -> String {
    let date = || {
        let days = jiff::Span::new().try_days(at as i64).ok()?;
        Date::ZERO.checked_add(days).ok()
    };
    match is_days {
        true => date().map(|date| date.to_string()).unwrap_or_default(),
        false => at.to_string(),
    }
}
