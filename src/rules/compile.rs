//! From a rule file to rules: every name is looked up, every pattern is read, once.

use super::entity::{Alias, AliasKind, Entity, EntityId, EntityKind};
use super::file::{EntityEntry, OrderEntry, PatternEntry, RuleEntry, RuleFile, Says};
use super::inflect::Inflector;
use super::parser::{Grammar, PatternError};
use super::pattern::{Element, Pattern};
use super::rule::{AsOf, Cardinality, Guards, KeyPart, Phrase, Rule, Scope, Severity, Take, ValueSpec};
use super::set::RuleSet;
use super::text_or::TextOr;
use crate::corpus::{Fault, nearest};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// The one version of the format.
const FORMAT: u32 = 1;
/// How long a claim that may change stays comparable, where the rule does not say.
const DEFAULT_FRESH_DAYS: i64 = 30;
/// The most patterns a rule has, each voice of a marked verb counted.
const MOST_PATTERNS: usize = 500;

/// A set under construction.
pub(super) struct Draft {
    pub(super) set: RuleSet,
    pub(super) entity_ids: FxHashMap<String, EntityId>,
    /// Full names of entities, so that one of another id is known to be the same.
    pub(super) full_names: FxHashMap<(String, EntityKind), EntityId>,
    rule_files: FxHashMap<String, String>,
    /// What each file defines, for those that extend it.
    pub(super) defined: FxHashMap<String, BTreeMap<String, String>>,
    inflector: Inflector,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            set: RuleSet::default(),
            entity_ids: FxHashMap::default(),
            full_names: FxHashMap::default(),
            rule_files: FxHashMap::default(),
            defined: FxHashMap::default(),
            inflector: Inflector::new(),
        }
    }
}

impl Draft {
    pub(super) fn finish(mut self) -> RuleSet {
        let mut seen: FxHashSet<Alias> = FxHashSet::default();
        self.set.aliases.retain(|alias| seen.insert(alias.clone()));
        for larger in self.set.entities.iter().filter_map(|entity| entity.within).collect::<Vec<_>>() {
            self.set.entities[larger.0].is_region = true;
        }
        self.set.ids = self.entity_ids;
        self.set
    }

    /// Takes out the rules read so far; entities and facts stay.
    pub(super) fn forget_rules(&mut self) {
        self.set.rules.clear();
        self.set.packs.clear();
        self.rule_files.clear();
    }

    /// A name as it is looked up: its words.
    pub(super) fn name_key(name: &str) -> String {
        let words: Vec<String> =
            crate::value::tokens(name, 0).iter().map(|token| token.norm.to_string()).collect();
        words.join(" ")
    }

    /// Learns the full names of what was added without a file.
    pub(super) fn learn_names(&mut self) {
        for (index, entity) in self.set.entities.iter().enumerate() {
            self.full_names.entry((Self::name_key(&entity.name), entity.kind)).or_insert(EntityId(index));
        }
    }
}

/// Reads a rule file as it is written.
///
/// # Errors
///
/// What is wrong with its form.
pub(super) fn parse(path: &str, text: &str) -> Result<RuleFile, Fault> {
    let file: RuleFile = toml::from_str(text).map_err(|error| Fault::from_toml(path, text, &error))?;
    if file.format != FORMAT {
        let message = format!("format {} is not known to this version", file.format);
        return Err(Fault::of_file(path, message).with_help(format!("write format = {FORMAT}")));
    }
    Ok(file)
}

/// Adds a rule file to the set; `inherited` are the definitions of the files it extends.
///
/// # Errors
///
/// The first thing that is wrong with it.
pub(super) fn compile(
    path: &str,
    text: &str,
    file: RuleFile,
    inherited: BTreeMap<String, String>,
    draft: &mut Draft,
) -> Result<(), Fault> {
    let mut defined = inherited;
    defined.extend(file.define.clone());
    let inflector = std::mem::replace(&mut draft.inflector, Inflector::empty());
    let mut compiler = Compiler {
        path,
        text,
        pack: &file.pack,
        language: &file.language,
        draft,
        inflector: &inflector,
        defined: &defined,
    };
    let read = compiler
        .entities(&file.entity)
        .and_then(|()| file.fact.iter().try_for_each(|fact| compiler.fact(fact)))
        .and_then(|()| file.rule.into_iter().try_for_each(|rule| compiler.rule(rule)))
        .and_then(|()| file.order.into_iter().try_for_each(|order| compiler.order(order)));
    draft.inflector = inflector;
    read?;
    draft.defined.insert(path.to_owned(), defined);
    if !draft.set.packs.contains(&file.pack) {
        draft.set.packs.push(file.pack);
    }
    Ok(())
}

pub(super) struct Compiler<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) pack: &'a str,
    language: &'a str,
    pub(super) draft: &'a mut Draft,
    inflector: &'a Inflector,
    defined: &'a BTreeMap<String, String>,
}

impl Compiler<'_> {
    pub(super) fn fault(&self, span: &Range<usize>, message: impl Into<String>) -> Fault {
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
                is_region: false,
            };
            // An entity that an earlier pack knows gains names here, and another id where it has one.
            let same = self.draft.full_names.get(&(Draft::name_key(&entity.name), entity.kind)).copied();
            let id = *self.draft.entity_ids.entry(entity.id.clone()).or_insert(same.unwrap_or(id));
            self.draft.full_names.entry((Draft::name_key(&entity.name), entity.kind)).or_insert(id);
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

    pub(super) fn entity(&self, id: &str, span: &Range<usize>) -> Result<EntityId, Fault> {
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
    pub(super) fn aliases(
        &mut self,
        entity: EntityId,
        names: &[Spanned<String>],
        kind: AliasKind,
    ) -> Result<(), Fault> {
        for name in names {
            let mut slots = Vec::new();
            let grammar = Grammar { inflector: None, defined: self.defined };
            let patterns = Pattern::parse(name.get_ref(), &mut slots, &grammar)
                .map_err(|error| self.pattern_fault(&name.span(), name.get_ref(), error))?;
            let runs = patterns.first().and_then(|pattern| expand(&pattern.elements)).ok_or_else(|| {
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

    /// Checks that an id is well written and free.
    fn check_id(&self, id: &Spanned<String>) -> Result<(), Fault> {
        let name = id.get_ref();
        if !is_kebab(name) {
            return Err(self
                .fault(&id.span(), format!("`{name}` is no rule id"))
                .with_help("ids are kebab-case: first-meeting"));
        }
        if let Some(file) = self.draft.rule_files.get(name) {
            let message = format!("the id `{name}` is taken by a rule of {file}");
            return Err(self.fault(&id.span(), message).with_help("ids are unique over all packs"));
        }
        Ok(())
    }

    fn rule(&mut self, entry: RuleEntry) -> Result<(), Fault> {
        self.check_id(&entry.id)?;
        let mut slots = Vec::new();
        let phrases = self.phrases(&entry.id, &entry.patterns, entry.cardinality, &mut slots)?;
        let deny = self.denials(&entry.deny, &slots)?;
        let value = self.value(&entry, &slots)?;
        let key: Vec<KeyPart> =
            entry.key.iter().map(|part| self.key_part(part, &slots)).collect::<Result<_, _>>()?;
        let scope = if key.contains(&KeyPart::Story) { Scope::Across } else { Scope::Both };
        if let Some(message) = &entry.message {
            self.check_message(message, &slots)?;
        }
        let fresh_days =
            entry.fresh.as_ref().map_or(Ok(DEFAULT_FRESH_DAYS), |fresh| self.fresh_days(fresh))?;
        let tolerance =
            entry.tolerance.as_ref().map_or(Ok(Decimal::ZERO), |tolerance| self.tolerance(tolerance))?;
        let within = entry.within.as_ref().map(|slot| self.braced_slot(slot, &slots)).transpose()?;
        let bounds = self.bounds(&entry.implies, &slots)?;
        let plain = self.plain_rule(&entry.id, entry.summary);
        self.draft.set.rules.push(Rule {
            slots,
            phrases,
            deny,
            require_any: entry.require_any.iter().map(|word| word.to_lowercase()).collect(),
            key,
            value,
            as_of: entry.as_of,
            fresh_days,
            take: entry.take,
            rounding: entry.rounding,
            tolerance,
            within,
            bounds,
            onset: entry.onset,
            scope: entry.scope.unwrap_or(scope),
            guards: entry.guard,
            severity: entry.severity,
            message: entry.message.map(Spanned::into_inner),
            tests: entry.test,
            extracts: entry.extract,
            ..plain
        });
        Ok(())
    }

    /// A rule of order is a rule without a key: what it reads goes into the timeline.
    fn order(&mut self, entry: OrderEntry) -> Result<(), Fault> {
        self.check_id(&entry.id)?;
        let mut slots = Vec::new();
        let phrases = self.phrases(&entry.id, &entry.patterns, Cardinality::Many, &mut slots)?;
        let deny = self.denials(&entry.deny, &slots)?;
        let first = self.braced_slot(&entry.first, &slots)?;
        let then = self.braced_slot(&entry.then, &slots)?;
        let plain = self.plain_rule(&entry.id, entry.summary);
        self.draft.set.rules.push(Rule {
            slots,
            phrases,
            deny,
            key: vec![KeyPart::Story, KeyPart::Slot(first), KeyPart::Slot(then)],
            value: ValueSpec::Order(first, then),
            tests: entry.test,
            extracts: entry.extract,
            ..plain
        });
        Ok(())
    }

    /// Takes an id, and gives its rule as it is where a file says nothing more.
    fn plain_rule(&mut self, id: &Spanned<String>, summary: String) -> Rule {
        let id = id.get_ref().clone();
        self.draft.rule_files.insert(id.clone(), self.path.to_owned());
        Rule {
            summary: if summary.is_empty() { id.replace('-', " ") } else { summary },
            id,
            file: self.path.to_owned(),
            language: self.language.to_owned(),
            pack: self.pack.to_owned(),
            slots: Vec::new(),
            phrases: Vec::new(),
            deny: Vec::new(),
            require_any: Vec::new(),
            key: Vec::new(),
            value: ValueSpec::YesNo,
            as_of: AsOf::Event,
            fresh_days: DEFAULT_FRESH_DAYS,
            take: Take::All,
            rounding: false,
            tolerance: Decimal::ZERO,
            within: None,
            bounds: Vec::new(),
            onset: false,
            scope: Scope::Both,
            guards: Guards::default(),
            severity: Severity::Error,
            message: None,
            tests: Vec::new(),
            extracts: Vec::new(),
        }
    }

    fn phrases(
        &self,
        id: &Spanned<String>,
        entries: &[Spanned<TextOr<PatternEntry>>],
        cardinality: Cardinality,
        slots: &mut Vec<String>,
    ) -> Result<Vec<Phrase>, Fault> {
        let mut phrases = Vec::new();
        for entry in entries {
            phrases.extend(self.pattern(entry, cardinality, slots)?);
        }
        match phrases.len() {
            0 => Err(self
                .fault(&id.span(), format!("rule `{}` has no pattern", id.get_ref()))
                .with_help("write patterns = [\"…\"]")),
            n if n > MOST_PATTERNS => Err(self
                .fault(
                    &id.span(),
                    format!("rule `{}` has {n} patterns; at most {MOST_PATTERNS} are read", id.get_ref()),
                )
                .with_help("divide it into several rules of one key")),
            _ => Ok(phrases),
        }
    }

    fn pattern(
        &self,
        entry: &Spanned<TextOr<PatternEntry>>,
        cardinality: Cardinality,
        slots: &mut Vec<String>,
    ) -> Result<Vec<Phrase>, Fault> {
        let span = entry.span();
        let (text, table) = match entry.get_ref() {
            TextOr::Text(text) => (text, None),
            TextOr::Table(table) => (&table.text, Some(table)),
        };
        let grammar = Grammar { inflector: Some(self.inflector), defined: self.defined };
        let patterns =
            Pattern::parse(text, slots, &grammar).map_err(|error| self.pattern_fault(&span, text, error))?;
        let mut defaults = Vec::new();
        for (slot, id) in table.into_iter().flat_map(|table| &table.default) {
            let index = slots.iter().position(|known| known == slot).unwrap_or_else(|| {
                slots.push(slot.clone());
                slots.len() - 1
            });
            defaults.push((index, self.entity(id, &span)?));
        }
        let deny = table.map_or(Ok(Vec::new()), |table| self.denials(&table.deny, slots))?;
        let require_any: Vec<String> =
            table.iter().flat_map(|table| &table.require_any).map(|word| word.to_lowercase()).collect();
        let phrase = |pattern| Phrase {
            pattern,
            deny: deny.clone(),
            require_any: require_any.clone(),
            defaults: defaults.clone(),
            cardinality: table.and_then(|table| table.cardinality).unwrap_or(cardinality),
            says_no: table.is_some_and(|table| table.says == Says::No),
        };
        Ok(patterns.into_iter().map(phrase).collect())
    }

    /// Slots of a name that the rule has are those of the rule, and must hold the same words.
    fn denials(&self, texts: &[Spanned<String>], slots: &[String]) -> Result<Vec<Pattern>, Fault> {
        let grammar = Grammar { inflector: Some(self.inflector), defined: self.defined };
        let read = |text: &Spanned<String>| {
            Pattern::parse(text.get_ref(), &mut slots.to_vec(), &grammar)
                .map_err(|error| self.pattern_fault(&text.span(), text.get_ref(), error))
        };
        Ok(texts.iter().map(read).collect::<Result<Vec<_>, _>>()?.concat())
    }
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// The most runs of words that one name may stand for.
const MOST_RUNS: usize = 256;

/// Every run of words the steps stand for; the words are exact, so each has one form. `None` where there
/// are too many, or a slot or a gap is among the steps.
fn expand(elements: &[Element]) -> Option<Vec<Vec<String>>> {
    let mut runs = vec![Vec::new()];
    for element in elements {
        let tails: Vec<Vec<String>> = match element {
            Element::Word(forms) => vec![forms.words().to_vec()],
            Element::Optional(inner) => expand(inner)?.into_iter().chain([Vec::new()]).collect(),
            Element::Either(either) => {
                either.iter().map(|run| expand(run)).collect::<Option<Vec<_>>>()?.concat()
            }
            Element::Gap(_) | Element::Leap(_) | Element::Slot(_) | Element::Verb(..) => return None,
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
