//! The fields of a rule that name its slots or measure something: its key, its value, how far and how long claims agree.

use super::compile::Compiler;
use super::file::{ImpliesEntry, KeyEntry, RuleEntry};
use super::rule::{Bound, KeyPart, ValueSpec};
use super::text_or::TextOr;
use crate::corpus::{Fault, nearest};
use rust_decimal::Decimal;
use std::ops::Range;
use toml::Spanned;

impl Compiler<'_> {
    pub(super) fn value(&self, entry: &RuleEntry, slots: &[String]) -> Result<ValueSpec, Fault> {
        let count = usize::from(entry.value.is_some())
            + usize::from(entry.polarity.is_some())
            + usize::from(entry.roles.is_some());
        if count != 1 {
            let message = format!(
                "rule `{}` has {} of `value`, `polarity` and `roles`",
                entry.id.get_ref(),
                if count == 0 { "none" } else { "several" }
            );
            return Err(self.fault(&entry.id.span(), message).with_help(
                "write one: value = \"{when}\", polarity = \"yes/no\" or roles = [\"{from}\", \"{to}\"]",
            ));
        }
        if let Some(roles) = &entry.roles {
            let slot = |text: &String| {
                let name =
                    braced(text).ok_or_else(|| self.fault(&roles.span(), "a slot stands in braces"))?;
                self.slot(name, slots, &roles.span())
            };
            return match roles.get_ref().as_slice() {
                [from, to] => Ok(ValueSpec::Roles(slot(from)?, slot(to)?)),
                _ => Err(self
                    .fault(&roles.span(), "roles are two slots")
                    .with_help("write [\"{from}\", \"{to}\"]")),
            };
        }
        let Some(value) = &entry.value else { return Ok(ValueSpec::YesNo) };
        let name = braced(value.get_ref()).ok_or_else(|| {
            self.fault(&value.span(), "a value is a slot in braces").with_help("write \"{when}\"")
        })?;
        let (name, part) = name.split_once('.').unwrap_or((name, ""));
        let slot = self.slot(name, slots, &value.span())?;
        match part {
            "" => Ok(ValueSpec::Slot(slot)),
            "start" => Ok(ValueSpec::Start(slot)),
            "end" => Ok(ValueSpec::End(slot)),
            other => Err(self
                .fault(&value.span(), format!("`{other}` is no part of a value"))
                .with_help("the parts are .start and .end")),
        }
    }

    pub(super) fn braced_slot(&self, text: &Spanned<String>, slots: &[String]) -> Result<usize, Fault> {
        let name = braced(text.get_ref()).ok_or_else(|| {
            self.fault(&text.span(), "a slot stands in braces").with_help("write \"{who}\"")
        })?;
        self.slot(name, slots, &text.span())
    }

    /// `2%`
    pub(super) fn tolerance(&self, text: &Spanned<String>) -> Result<Decimal, Fault> {
        let number =
            text.get_ref().strip_suffix('%').and_then(|number| number.trim().parse::<Decimal>().ok());
        number
            .filter(|number| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(number))
            .map(|number| number / Decimal::ONE_HUNDRED)
            .ok_or_else(|| {
                self.fault(&text.span(), format!("`{}` is no tolerance", text.get_ref()))
                    .with_help("write a percentage from 0% to 100%, such as 2%")
            })
    }

    fn slot(&self, name: &str, slots: &[String], span: &Range<usize>) -> Result<usize, Fault> {
        slots.iter().position(|slot| slot == name).ok_or_else(|| {
            let fault = self.fault(span, format!("unknown slot `{name}`"));
            match nearest(name, slots.iter().map(String::as_str)) {
                Some(near) => fault.with_help(format!("did you mean `{near}`?")),
                None => fault.with_help("a slot stands in a pattern as {name:type}"),
            }
        })
    }

    pub(super) fn key_part(
        &self,
        part: &Spanned<TextOr<KeyEntry>>,
        slots: &[String],
    ) -> Result<KeyPart, Fault> {
        let span = part.span();
        let table = match part.get_ref() {
            TextOr::Text(text) if text == "{story}" => return Ok(KeyPart::Story),
            TextOr::Text(text) if text == "{story?}" => return Ok(KeyPart::StoryUnlessKnown),
            TextOr::Text(text) => {
                return match braced(text) {
                    Some(name) => Ok(KeyPart::Slot(self.slot(name, slots, &span)?)),
                    None => Ok(KeyPart::Literal(text.clone())),
                };
            }
            TextOr::Table(table) => table,
        };
        let slot = |text: &String| {
            let name = braced(text)
                .ok_or_else(|| self.fault(&span, "a slot stands in braces").with_help("write \"{a}\""))?;
            self.slot(name, slots, &span)
        };
        if let (Some(head), None, None) = (&table.head, &table.set, &table.date) {
            return Ok(KeyPart::Head(slot(head)?));
        }
        match (&table.set, &table.date, table.same) {
            (Some(names), None, None) => Ok(KeyPart::Set(names.iter().map(slot).collect::<Result<_, _>>()?)),
            (None, Some(name), Some(grain)) => Ok(KeyPart::Date(slot(name)?, grain)),
            _ => Err(self.fault(&span, "a key has `set`, `head`, or `date` and `same`")),
        }
    }

    pub(super) fn check_message(&self, message: &Spanned<String>, slots: &[String]) -> Result<(), Fault> {
        for piece in message.get_ref().split('{').skip(1) {
            let name = piece.split('}').next().unwrap_or("");
            if !["sides", "key"].contains(&name) {
                self.slot(name, slots, &message.span())?;
            }
        }
        Ok(())
    }

    pub(super) fn bounds(
        &self,
        implies: &ImpliesEntry,
        slots: &[String],
    ) -> Result<Vec<(Bound, usize)>, Fault> {
        let implied =
            [(Bound::During, &implies.exists), (Bound::Start, &implies.starts), (Bound::End, &implies.ends)];
        let told = implied.into_iter().filter_map(|(bound, slot)| Some((bound, slot.as_ref()?)));
        told.map(|(bound, slot)| Ok((bound, self.braced_slot(slot, slots)?))).collect()
    }

    pub(super) fn fresh_days(&self, fresh: &Spanned<String>) -> Result<i64, Fault> {
        days(fresh.get_ref()).ok_or_else(|| {
            self.fault(&fresh.span(), format!("`{}` is no duration", fresh.get_ref()))
                .with_help("write a number of days or weeks, such as 30d or 4w")
        })
    }
}

/// The name between braces, where the text is nothing else.
fn braced(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}').filter(|name| !name.contains(['{', '}']))
}

/// `30d`, `4w`
fn days(text: &str) -> Option<i64> {
    let unit = match text.chars().last()? {
        'd' => 1,
        'w' => 7,
        _ => return None,
    };
    text[..text.len() - 1].parse::<u16>().ok().map(|count| i64::from(count) * unit)
}
