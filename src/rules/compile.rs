//! From a rule file to rules: every name is looked up, every pattern is read, once.

use super::entity::{Alias, AliasKind, Entity, EntityId};
use super::file::{EntityEntry, KeyEntry, PatternEntry, RuleEntry, RuleFile};
use super::inflect::Inflector;
use super::pattern::{Element, Pattern, PatternError};
use super::rule::{KeyPart, Rule, ValueSpec};
use super::set::RuleSet;
use super::text_or::TextOr;
use crate::corpus::{Fault, nearest};
use rustc_hash::FxHashMap;
use std::ops::Range;
use toml::Spanned;

/// The one version of the format.
const FORMAT: u32 = 1;
/// How long a claim that may change stays comparable, where the rule does not say.
const DEFAULT_FRESH_DAYS: i64 = 30;

/// A set under construction.
#[derive(Default)]
pub(super) struct Draft {
    set: RuleSet,
    entity_ids: FxHashMap<String, EntityId>,
    rule_files: FxHashMap<String, String>,
}

impl Draft {
    pub(super) fn finish(mut self) -> RuleSet {
        self.set.aliases.sort();
        self.set.aliases.dedup();
        self.set
    }
}

/// Adds a rule file to the set.
///
/// # Errors
///
/// The first thing that is wrong with it.
pub(super) fn compile(path: &str, text: &str, draft: &mut Draft) -> Result<(), Fault> {
    let file: RuleFile = toml::from_str(text).map_err(|error| Fault::from_toml(path, text, &error))?;
    if file.format != FORMAT {
        let message = format!("format {} is not known to this version", file.format);
        return Err(Fault::of_file(path, message).with_help(format!("write format = {FORMAT}")));
    }
    let mut compiler = Compiler { path, text, language: &file.language, draft, inflector: Inflector::new() };
    compiler.entities(&file.entity)?;
    file.rule.into_iter().try_for_each(|rule| compiler.rule(rule))?;
    draft.set.packs.push(file.pack);
    Ok(())
}

struct Compiler<'a> {
    path: &'a str,
    text: &'a str,
    language: &'a str,
    draft: &'a mut Draft,
    inflector: Inflector,
}

impl Compiler<'_> {
    fn fault(&self, span: &Range<usize>, message: impl Into<String>) -> Fault {
        Fault::at(self.path, self.text, span.start, message)
    }

    /// A fault inside a pattern, whose text starts somewhere in `span`.
    fn pattern_fault(&self, span: &Range<usize>, pattern: &str, error: PatternError) -> Fault {
        let start = self.text[span.clone()].find(pattern).map_or(span.start, |at| span.start + at);
        let fault = Fault::at(self.path, self.text, start + error.offset, error.message);
        Fault { help: error.help, ..fault }
    }

    fn entities(&mut self, entries: &[EntityEntry]) -> Result<(), Fault> {
        for entry in entries {
            let id = EntityId(self.draft.set.entities.len());
            let name = entry
                .names
                .first()
                .ok_or_else(|| self.fault(&entry.id.span(), "an entity has at least one name"))?;
            let entity = Entity {
                id: entry.id.get_ref().clone(),
                kind: entry.kind,
                name: name.get_ref().clone(),
                within: None,
            };
            // An entity that an earlier pack knows gains names here.
            let id = *self.draft.entity_ids.entry(entity.id.clone()).or_insert(id);
            match self.draft.set.entities.get(id.0) {
                None => self.draft.set.entities.push(entity),
                Some(known) if known.kind != entity.kind => {
                    let message = format!("the id `{}` is taken by {}", entity.id, known.name);
                    let fault = self.fault(&entry.id.span(), message);
                    return Err(fault.with_help("an entity may gain names here, but not another type"));
                }
                Some(_) => {}
            }
            self.aliases(id, &entry.names, AliasKind::Full)?;
            self.aliases(id, &entry.short, AliasKind::Short)?;
            self.aliases(id, &entry.roles, AliasKind::Role)?;
        }
        for entry in entries {
            let Some(within) = &entry.within else { continue };
            let larger = self.entity(within.get_ref(), &within.span())?;
            let id = self.draft.entity_ids[entry.id.get_ref()];
            self.draft.set.entities[id.0].within = Some(larger);
        }
        Ok(())
    }

    fn entity(&self, id: &str, span: &Range<usize>) -> Result<EntityId, Fault> {
        self.draft.entity_ids.get(id).copied().ok_or_else(|| {
            let mut known: Vec<&str> = self.draft.entity_ids.keys().map(String::as_str).collect();
            known.sort_unstable();
            let fault = self.fault(span, format!("unknown entity `{id}`"));
            match nearest(id, known.into_iter()) {
                Some(name) => fault.with_help(format!("did you mean `{name}`?")),
                None => fault,
            }
        })
    }

    /// Names are patterns of exact words, so that `North Korean (supreme)? leader` is two names.
    fn aliases(&mut self, entity: EntityId, names: &[Spanned<String>], kind: AliasKind) -> Result<(), Fault> {
        for name in names {
            let mut slots = Vec::new();
            let pattern = Pattern::parse(name.get_ref(), &mut slots, None)
                .map_err(|error| self.pattern_fault(&name.span(), name.get_ref(), error))?;
            let runs = expand(&pattern.elements).ok_or_else(|| {
                let message =
                    format!("a name has neither slots nor gaps, and stands for at most {MOST_RUNS}");
                self.fault(&name.span(), message)
            })?;
            let is_acronym = name.get_ref().chars().all(|c| !c.is_lowercase());
            self.draft.set.aliases.extend(runs.into_iter().map(|words| Alias {
                words,
                entity,
                kind,
                is_acronym,
            }));
        }
        Ok(())
    }

    fn rule(&mut self, entry: RuleEntry) -> Result<(), Fault> {
        let id = entry.id.get_ref().clone();
        if !is_kebab(&id) {
            return Err(self
                .fault(&entry.id.span(), format!("`{id}` is no rule id"))
                .with_help("ids are kebab-case: first-meeting"));
        }
        if let Some(file) = self.draft.rule_files.get(&id) {
            let message = format!("the id `{id}` is taken by a rule of {file}");
            return Err(self.fault(&entry.id.span(), message).with_help("ids are unique over all packs"));
        }
        let mut slots = Vec::new();
        let mut patterns = Vec::new();
        let mut defaults = Vec::new();
        for pattern in &entry.patterns {
            let (pattern, default) = self.pattern(pattern, &mut slots)?;
            patterns.push(pattern);
            defaults.push(default);
        }
        let deny = entry.deny.iter().map(|deny| self.deny(deny)).collect::<Result<_, _>>()?;
        let value = self.value(&entry, &slots)?;
        let key = entry.key.iter().map(|part| self.key_part(part, &slots)).collect::<Result<_, _>>()?;
        if let Some(message) = &entry.message {
            self.check_message(message, &slots)?;
        }
        let fresh_days = entry.fresh.as_ref().map_or(Ok(DEFAULT_FRESH_DAYS), |fresh| {
            days(fresh.get_ref()).ok_or_else(|| {
                self.fault(&fresh.span(), format!("`{}` is no duration", fresh.get_ref()))
                    .with_help("write a number of days or weeks, such as 30d or 4w")
            })
        })?;
        self.draft.rule_files.insert(id.clone(), self.path.to_owned());
        self.draft.set.rules.push(Rule {
            id,
            file: self.path.to_owned(),
            language: self.language.to_owned(),
            summary: entry.summary,
            slots,
            patterns,
            deny,
            require_any: entry.require_any.iter().map(|word| word.to_lowercase()).collect(),
            key,
            value,
            as_of: entry.as_of,
            fresh_days,
            rounding: entry.rounding,
            scope: entry.scope,
            guards: entry.guard,
            severity: entry.severity,
            message: entry.message.map(Spanned::into_inner),
            tests: entry.test,
            extracts: entry.extract,
            defaults,
        });
        Ok(())
    }

    fn pattern(
        &self,
        entry: &Spanned<TextOr<PatternEntry>>,
        slots: &mut Vec<String>,
    ) -> Result<(Pattern, Vec<(usize, EntityId)>), Fault> {
        let span = entry.span();
        let (text, default) = match entry.get_ref() {
            TextOr::Text(text) => (text, None),
            TextOr::Table(table) => (&table.text, Some(&table.default)),
        };
        let pattern = Pattern::parse(text, slots, Some(&self.inflector))
            .map_err(|error| self.pattern_fault(&span, text, error))?;
        let mut defaults = Vec::new();
        for (slot, id) in default.into_iter().flatten() {
            let index = slots.iter().position(|known| known == slot).unwrap_or_else(|| {
                slots.push(slot.clone());
                slots.len() - 1
            });
            defaults.push((index, self.entity(id, &span)?));
        }
        Ok((pattern, defaults))
    }

    fn deny(&self, text: &Spanned<String>) -> Result<Pattern, Fault> {
        let mut slots = Vec::new();
        Pattern::parse(text.get_ref(), &mut slots, Some(&self.inflector))
            .map_err(|error| self.pattern_fault(&text.span(), text.get_ref(), error))
    }

    fn value(&self, entry: &RuleEntry, slots: &[String]) -> Result<ValueSpec, Fault> {
        let value = match (&entry.value, entry.polarity) {
            (None, Some(_)) => return Ok(ValueSpec::YesNo),
            (Some(value), None) => value,
            (None, None) => {
                return Err(self.fault(
                    &entry.id.span(),
                    format!("rule `{}` has neither `value` nor `polarity`", entry.id.get_ref()),
                ));
            }
            (Some(value), Some(_)) => {
                return Err(self.fault(&value.span(), "a rule has `value` or `polarity`, not both"));
            }
        };
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

    fn slot(&self, name: &str, slots: &[String], span: &Range<usize>) -> Result<usize, Fault> {
        slots.iter().position(|slot| slot == name).ok_or_else(|| {
            let fault = self.fault(span, format!("unknown slot `{name}`"));
            match nearest(name, slots.iter().map(String::as_str)) {
                Some(near) => fault.with_help(format!("did you mean `{near}`?")),
                None => fault.with_help("a slot stands in a pattern as {name:type}"),
            }
        })
    }

    fn key_part(&self, part: &Spanned<TextOr<KeyEntry>>, slots: &[String]) -> Result<KeyPart, Fault> {
        let span = part.span();
        let table = match part.get_ref() {
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
        match (&table.set, &table.date, table.same) {
            (Some(names), None, None) => Ok(KeyPart::Set(names.iter().map(slot).collect::<Result<_, _>>()?)),
            (None, Some(name), Some(grain)) => Ok(KeyPart::Date(slot(name)?, grain)),
            _ => Err(self.fault(&span, "a key has `set`, or `date` and `same`")),
        }
    }

    fn check_message(&self, message: &Spanned<String>, slots: &[String]) -> Result<(), Fault> {
        for piece in message.get_ref().split('{').skip(1) {
            let name = piece.split('}').next().unwrap_or("");
            if !["sides", "key"].contains(&name) {
                self.slot(name, slots, &message.span())?;
            }
        }
        Ok(())
    }
}

/// The name between braces, where the text is nothing else.
fn braced(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}').filter(|name| !name.contains(['{', '}']))
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
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

/// The most runs of words that one name may stand for.
const MOST_RUNS: usize = 256;

/// Every run of words the steps stand for; the words are exact, so each has one form. `None` where there
/// are too many, or a slot or a gap is among the steps.
fn expand(elements: &[Element]) -> Option<Vec<Vec<String>>> {
    let mut runs = vec![Vec::new()];
    for element in elements {
        let tails: Vec<Vec<String>> = match element {
            Element::Word(forms) => vec![forms.clone()],
            Element::Optional(inner) => expand(inner)?.into_iter().chain([Vec::new()]).collect(),
            Element::Either(either) => {
                either.iter().map(|run| expand(run)).collect::<Option<Vec<_>>>()?.concat()
            }
            Element::Gap(_) | Element::Slot(_) => return None,
        };
        if runs.len() * tails.len() > MOST_RUNS {
            return None;
        }
        runs = runs
            .iter()
            .flat_map(|run| tails.iter().map(move |tail| [run.as_slice(), tail].concat()))
            .collect();
    }
    Some(runs)
}
