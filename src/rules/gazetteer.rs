//! States, cities and regions (`rules/names/countries.toml`, `cities.toml`), which every rule file may name.

use super::compile::Draft;
use super::entity::{Alias, AliasKind, Entity, EntityId, EntityKind};
use crate::value::tokens;
use serde::Deserialize;

const COUNTRIES: &str = include_str!("../../rules/names/countries.toml");
const CITIES: &str = include_str!("../../rules/names/cities.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Countries {
    /// `id | names | adjectives and people | capital`
    countries: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cities {
    /// `name | id of what it lies in`
    cities: Vec<String>,
}

/// Adds the gazetteer to a set; linear in it.
pub(super) fn gazetteer(draft: &mut Draft) {
    let table: Countries = toml::from_str(COUNTRIES).expect("the built-in table is read by a test");
    let mut capitals = Vec::new();
    for line in &table.countries {
        let fields: Vec<Vec<&str>> = line.split('|').map(|field| list(field)).collect();
        let [id, names, adjectives, capital] = fields.as_slice() else { continue };
        let (Some(id), Some(name)) = (id.first(), names.first()) else { continue };
        let country = draft.entity(id, EntityKind::Country, name, None);
        names.iter().for_each(|name| draft.alias(country, name, AliasKind::Full));
        adjectives.iter().for_each(|name| draft.alias(country, name, AliasKind::Adjective));
        // The capital stands for its government too.
        capital.iter().filter(|capital| !names.contains(*capital)).for_each(|capital| {
            draft.alias(country, capital, AliasKind::Short);
            capitals.push(((*capital).to_owned(), country));
        });
    }
    for (name, country) in capitals {
        place(draft, &name, Some(country));
    }
    let table: Cities = toml::from_str(CITIES).expect("the built-in table is read by a test");
    let entries: Vec<(&str, &str)> = table.cities.iter().filter_map(|line| line.split_once('|')).collect();
    // A region stands in the same list as its cities, before or behind them.
    for (name, _) in &entries {
        place(draft, name.trim(), None);
    }
    for (name, within) in &entries {
        let larger = draft.known(within.trim());
        draft.set_within(&kebab(name.trim()), larger);
    }
}

fn list(field: &str) -> Vec<&str> {
    field.split(", ").map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// A place by its name; one of a country's own id gets another.
fn place(draft: &mut Draft, name: &str, within: Option<EntityId>) {
    let id = kebab(name);
    let place = draft.entity(&id, EntityKind::Place, name, within);
    draft.alias(place, name, AliasKind::Full);
}

/// `new-york`, without diacritics that the file's ids leave out.
fn kebab(name: &str) -> String {
    let plain = |c: char| match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' => 'n',
        'ł' => 'l',
        'ś' | 'š' | 'ș' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        c => c,
    };
    let letters: String = name.to_lowercase().chars().map(plain).collect();
    letters
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

impl Draft {
    /// The entity of this id and kind, new where there is none; another kind's id is left alone.
    fn entity(&mut self, id: &str, kind: EntityKind, name: &str, within: Option<EntityId>) -> EntityId {
        if let Some(known) = self.known(id).filter(|known| self.set.entities[known.0].kind == kind) {
            return known;
        }
        let next = EntityId(self.set.entities.len());
        let id = if self.known(id).is_some() { format!("place-{id}") } else { id.to_owned() };
        self.set.entities.push(Entity {
            id: id.clone(),
            kind,
            name: name.to_owned(),
            within,
            is_region: false,
        });
        self.entity_ids.insert(id, next);
        next
    }

    fn known(&self, id: &str) -> Option<EntityId> {
        self.entity_ids.get(id).copied()
    }

    fn set_within(&mut self, id: &str, within: Option<EntityId>) {
        let place = self.known(&format!("place-{id}")).or_else(|| self.known(id));
        if let Some(place) = place.filter(|place| Some(*place) != within) {
            self.set.entities[place.0].within = within;
        }
    }

    fn alias(&mut self, entity: EntityId, name: &str, kind: AliasKind) {
        let words: Vec<String> = tokens(name, 0).iter().map(|token| token.norm.to_string()).collect();
        let is_acronym = name.chars().all(|c| !c.is_lowercase());
        self.set.aliases.push(Alias { words, entity, kind, is_acronym });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{EntityKind, RuleSet};

    #[test]
    fn cities_lie_in_their_countries() {
        let rules = RuleSet::builtin();
        let entity =
            |id: &str| rules.entities.iter().find(|entity| entity.id == id).expect("it is in the table");
        assert_eq!(entity("north-korea").kind, EntityKind::Country);
        let within = |id: &str| entity(id).within.map(|larger| rules.entities[larger.0].id.clone());
        assert_eq!(within("vladivostok").as_deref(), Some("russia"));
        assert_eq!(within("pyongyang").as_deref(), Some("north-korea"));
        let without: Vec<&str> = rules
            .entities
            .iter()
            .filter(|entity| entity.kind == EntityKind::Place && entity.within.is_none())
            .map(|entity| entity.id.as_str())
            .collect();
        assert!(without.is_empty(), "nothing to lie in: {without:?}");
    }
}
