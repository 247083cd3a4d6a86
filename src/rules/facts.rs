//! From `[[fact]]` entries to what is known: each has a subject and days, and none contradicts another.

use super::compile::{Compiler, Draft};
use super::entity::{Alias, AliasKind, Entity, EntityId, EntityKind};
use super::file::FactEntry;
use super::rule::Fact;
use crate::corpus::{Document, Fault, Span};
use jiff::civil::Date;
use std::ops::Range;
use toml::Spanned;

impl Compiler<'_> {
    pub(super) fn fact(&mut self, entry: &Spanned<FactEntry>) -> Result<(), Fault> {
        let span = entry.span();
        let fact = entry.get_ref();
        let (subject, office) = match (&fact.event, &fact.state, &fact.person, &fact.holder) {
            (Some(event), None, None, None) => (self.named(event, EntityKind::Event, &fact.names)?, None),
            (None, Some(state), None, None) => (self.entity(state.get_ref(), &state.span())?, None),
            (None, None, Some(person), None) => (self.named(person, EntityKind::Person, &fact.names)?, None),
            (None, None, None, Some(holder)) => {
                let (Some(office), Some(of)) = (&fact.office, &fact.of) else {
                    return Err(self.fault(&span, "a holder has an `office` and what it is `of`"));
                };
                let of = self.entity(of.get_ref(), &of.span())?;
                (self.named(holder, EntityKind::Person, &fact.names)?, Some((office.clone(), of)))
            }
            _ => {
                return Err(self
                    .fault(&span, "a fact is about one `event`, `state`, `person` or `holder`")
                    .with_help("write event = \"…\" with from and to"));
            }
        };
        let from = self.day(fact.from.as_ref().or(fact.born.as_ref()))?;
        let to = self.day(fact.to.as_ref().or(fact.died.as_ref()))?;
        if from.is_none() && to.is_none() {
            return Err(self.fault(&span, "a fact has a day").with_help("write from = 1939-09-01"));
        }
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(self
                .fault(&span, "it ends before it begins")
                .with_help("exchange the two days, or mend one"));
        }
        let new = Fact {
            subject,
            office,
            from,
            to,
            source: fact.source.clone(),
            pack: self.pack.to_owned(),
            file: self.draft.set.fact_files.len(),
            span: self.whole_table(span.start),
        };
        self.check_fact(&new, &span)?;
        let is_new_file = self.draft.set.fact_files.last().is_none_or(|file| file.path != self.path);
        if is_new_file {
            self.draft.set.fact_files.push(Document::plain(self.path, self.text));
        }
        self.draft.set.facts.push(Fact { file: self.draft.set.fact_files.len() - 1, ..new });
        Ok(())
    }

    /// A table from its header to its last line: up to the blank line or the header behind it.
    fn whole_table(&self, start: usize) -> Span {
        let text = &self.text[start..];
        let end = ["\n\n", "\n[["]
            .iter()
            .filter_map(|mark| text[1..].find(mark))
            .min()
            .map_or(text.trim_end().len(), |at| at + 1);
        Span::new(start, start + end)
    }

    /// A fact that another fact rules out is a fault.
    fn check_fact(&self, new: &Fact, span: &Range<usize>) -> Result<(), Fault> {
        let same =
            |old: &&Fact| old.subject == new.subject && old.office == new.office && new.office.is_none();
        let differ = |a: Option<Date>, b: Option<Date>| a.zip(b).is_some_and(|(a, b)| a != b);
        let against = self.draft.set.facts.iter().filter(same).find(|old| {
            differ(old.from, new.from)
                || differ(old.to, new.to)
                || old.from.zip(new.to).is_some_and(|(from, to)| from > to)
                || new.from.zip(old.to).is_some_and(|(from, to)| from > to)
        });
        let Some(old) = against else { return Ok(()) };
        let name = &self.draft.set.entities[new.subject.0].name;
        let file = &self.draft.set.fact_files[old.file];
        let line = file.text[..old.span.start as usize].matches('\n').count() + 1;
        Err(self
            .fault(span, format!("the days of {name} contradict those of {}:{line}", file.path))
            .with_help("keep the one whose source you trust"))
    }

    /// The entity of a name and kind, new where nobody knows it.
    fn named(&mut self, name: &str, kind: EntityKind, names: &[Spanned<String>]) -> Result<EntityId, Fault> {
        let next = EntityId(self.draft.set.entities.len());
        let id = *self.draft.full_names.entry((Draft::name_key(name), kind)).or_insert(next);
        if id == next {
            let words: Vec<String> =
                crate::value::tokens(name, 0).iter().map(|token| token.norm.to_string()).collect();
            let mut text_id = words.join("-");
            if self.draft.entity_ids.contains_key(&text_id) {
                text_id = format!("{text_id}-{}", next.0);
            }
            self.draft.entity_ids.insert(text_id.clone(), next);
            self.draft.set.entities.push(Entity {
                id: text_id,
                kind,
                name: name.to_owned(),
                within: None,
                is_region: false,
            });
            self.draft.set.aliases.push(Alias {
                words,
                entity: id,
                kind: AliasKind::Full,
                is_acronym: false,
            });
        }
        self.aliases(id, names, AliasKind::Full)?;
        Ok(id)
    }

    fn day(&self, value: Option<&Spanned<toml::Value>>) -> Result<Option<Date>, Fault> {
        let Some(value) = value else { return Ok(None) };
        let text = value.get_ref().to_string();
        let day = text.trim_matches('"').parse::<Date>();
        day.map(Some)
            .map_err(|_| self.fault(&value.span(), format!("{text} is no day")).with_help("write 1939-09-01"))
    }
}
