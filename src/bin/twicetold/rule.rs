//! `twicetold rule`: what a rule reads, with examples, and how to silence it.

use crate::args::RuleArgs;
use crate::trouble::Trouble;
use crate::{Outcome, screen, settings};
use std::io::{self, Write};
use twicetold::checks::{CHECKS, Check};
use twicetold::corpus::nearest;
use twicetold::findings::{CODES, Code};
use twicetold::reconcile::MOST_DAYS;
use twicetold::rules::{AsOf, Cardinality, Guard, Rule, RuleSet, TestArticle, ValueSpec};

/// Runs the verb.
pub(crate) fn run(args: &RuleArgs) -> Result<Outcome, Trouble> {
    let config = settings::rules_only(&args.config)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match &args.id {
        None => list(&config.rules, args.all, &mut out)?,
        Some(id) => match (config.rules.rule(id), check(id)) {
            (Some(rule), _) => explain(rule, &mut out)?,
            (None, Some(check)) => explain_check(check, &mut out)?,
            (None, None) => {
                let rules = config.rules.rules.iter().map(|rule| rule.id.as_str());
                let near = nearest(id, rules.chain(CHECKS.iter().map(|check| check.name)));
                let way_out = near.map_or_else(
                    || "`twicetold rule` lists them all".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                return Err(Trouble::Usage(format!("no rule has the id `{id}`\nhelp: {way_out}")));
            }
        },
    }
    out.flush()?;
    if args.id.is_none() {
        let more = if args.all { "" } else { "; --all adds the checks that need no rule" };
        screen::tell(&format!("{} rules; `twicetold rule ID` explains one{more}", config.rules.rules.len()));
    }
    Ok(Outcome::Clean)
}

/// The check of a name or a code.
fn check(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.name == id || format!("TT{}", check.code) == id)
}

fn list(rules: &RuleSet, with_checks: bool, out: &mut dyn Write) -> io::Result<()> {
    let checks = CODES.iter().filter(|_| with_checks).map(|code| code.name.len());
    let width = rules.rules.iter().map(|rule| rule.id.len()).chain(checks).max().unwrap_or(0);
    for rule in &rules.rules {
        writeln!(
            out,
            "{:<width$}  {:<10}  {:<7}  {}",
            rule.id,
            rule.pack,
            rule.severity.name(),
            rule.summary
        )?;
    }
    // Copies that drifted and slips inside one article are found without any rule.
    let is_listed = |code: &&Code| {
        with_checks && ((110..200).contains(&code.number) || (300..400).contains(&code.number))
    };
    for code in CODES.iter().filter(is_listed) {
        let number = code.to_string();
        writeln!(out, "{:<width$}  {number:<10}  {:<7}  {}", code.name, code.severity.name(), code.title)?;
    }
    Ok(())
}

fn explain_check(check: &Check, out: &mut dyn Write) -> io::Result<()> {
    let severity = Code::of_number(check.code).map_or("", |code| code.severity.name());
    writeln!(out, "{} (TT{}, {severity})\n", check.name, check.code)?;
    writeln!(out, "Compares {}.", check.reads)?;
    writeln!(out, "Does not catch {}.", check.misses)?;
    writeln!(out, "\nFlagged:\n  {}\n\nNot flagged:\n  {}", check.wrong, check.right)?;
    writeln!(out, "\nTo silence it, write into twicetold.toml:\n\n[rules]\n{} = \"off\"", check.name)
}

fn explain(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}, {})\n", rule.id, rule.pack, rule.severity.name())?;
    writeln!(out, "Reads {}.", rule.summary.trim_end_matches('.'))?;
    for line in judging(rule) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "\nSentences it knows:")?;
    let mut seen = Vec::new();
    for phrase in &rule.phrases {
        // A marked verb makes several patterns of one text.
        if !seen.contains(&&phrase.pattern.text) {
            seen.push(&phrase.pattern.text);
            writeln!(out, "  {}", phrase.pattern.text)?;
        }
    }
    examples("Flagged together", rule.tests.iter().map(|test| &test.invalid), out)?;
    examples("Not flagged", rule.tests.iter().map(|test| &test.valid), out)?;
    writeln!(out, "\nTo silence it, write into twicetold.toml:\n")?;
    writeln!(out, "[rules]\n{} = \"off\"", rule.id)?;
    writeln!(out, "\nor for one pair of articles:\n")?;
    writeln!(
        out,
        "[[allow]]\nrule = \"{}\"\nbetween = [\"wire/a.md\", \"local/b.md\"]\nreason = \"two ceremonies\"\nuntil = 2027-01-31",
        rule.id
    )?;
    writeln!(out, "\nIt stands in {}.", rule.file)
}

/// How claims of a rule are held against each other, in sentences.
fn judging(rule: &Rule) -> Vec<String> {
    let mut lines = Vec::new();
    let slot = |index: usize| rule.slots.get(index).map_or("?", String::as_str);
    lines.push(match rule.value {
        ValueSpec::YesNo => "Two claims conflict where one says yes and the other no.".to_owned(),
        ValueSpec::Roles(from, to) => {
            format!("Two claims conflict where {{{}}} and {{{}}} are exchanged.", slot(from), slot(to))
        }
        ValueSpec::Order(first, then) => {
            format!(
                "{{{}}} comes before {{{}}}; an order that cannot be is told step by step.",
                slot(first),
                slot(then)
            )
        }
        ValueSpec::Slot(at) | ValueSpec::Start(at) | ValueSpec::End(at) => {
            format!("Two claims conflict where no value of {{{}}} can be both.", slot(at))
        }
    });
    if rule.key.contains(&twicetold::rules::KeyPart::Story) {
        lines.push(format!(
            "They are compared between articles on one story: those that share names and are at most {MOST_DAYS} days apart."
        ));
    }
    if rule.as_of == AsOf::Dateline {
        lines.push(match rule.fresh_days {
            0 => "The answer may change: only articles of one day are compared.".to_owned(),
            1 => "The answer may change: articles more than a day apart are not compared.".to_owned(),
            days => {
                format!("The answer may change: articles more than {days} days apart are not compared.")
            }
        });
    }
    if rule.rounding {
        lines.push("Round figures agree with what rounds to them.".to_owned());
    }
    if rule.phrases.iter().all(|phrase| phrase.cardinality == Cardinality::Many) {
        lines.push("Several answers can be right at once.".to_owned());
    }
    let guards = &rule.guards;
    let named = [
        ("hedged", guards.hedged),
        ("reported", guards.reported),
        ("planned", guards.future),
        ("supposed", guards.hypothetical),
    ];
    let skipped: Vec<&str> =
        named.iter().filter(|(_, guard)| *guard == Guard::Skip).map(|(name, _)| *name).collect();
    if !skipped.is_empty() {
        lines.push(format!("What is {} is passed over.", skipped.join(" or ")));
    }
    lines
}

fn examples<'a>(
    title: &str,
    tests: impl Iterator<Item = &'a Vec<TestArticle>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut tests = tests.filter(|articles| !articles.is_empty()).take(3).peekable();
    if tests.peek().is_some() {
        writeln!(out, "\n{title}:")?;
    }
    for articles in tests {
        for (number, article) in articles.iter().take(4).enumerate() {
            let mark = if number == 0 { "-" } else { " " };
            let day = article.published.map(|day| format!("({day}) ")).unwrap_or_default();
            writeln!(out, "  {mark} {day}{}", article.text)?;
        }
    }
    Ok(())
}
