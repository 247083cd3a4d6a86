//! `twicetold why`: what is compared of two places, and what keeps it silent.

use crate::args::{InputArgs, Why};
use crate::trouble::Trouble;
use crate::{Outcome, input, settings};
use std::io::{self, Write};
use std::path::PathBuf;
use twicetold::corpus::{Corpus, LineIndex, Span, shown_path};
use twicetold::pipeline::{Comparison, Silent, Site, Told, Tools, compare, run as run_pipeline};
use twicetold::reconcile::Verdict;
use twicetold::rules::RuleSet;

/// A line of a file, as it is asked for.
struct Asked {
    path: String,
    line: usize,
}

/// Runs the verb.
pub(crate) fn run(args: &Why) -> Result<Outcome, Trouble> {
    let asked = [asked(&args.a)?, asked(&args.b)?];
    let mut paths: Vec<PathBuf> = asked.iter().map(|asked| PathBuf::from(file_of(&asked.path))).collect();
    paths.dedup();
    let inputs: InputArgs = args.input.for_paths(paths);
    let mut config = settings::with_rules(&inputs, &args.config, &args.date)?;
    config.settings.is_one_story |= args.one_story;
    let corpus = input::corpus(&inputs, &config.corpus.read)?;
    config.settings.severities.settle(&corpus);
    let tools = Tools::with(config.corpus.furniture.clone(), &config.rules).reading(config.corpus.date_order);
    let (surveys, _) = run_pipeline(&corpus, &tools, &config.settings, &Silent, None);
    let (a, b) = (site(&corpus, &asked[0])?, site(&corpus, &asked[1])?);
    let compared = compare(&corpus, &surveys, &config.rules, &config.settings, (a, b));
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (name, asked, told, site) in [("A", &asked[0], &compared.a, a), ("B", &asked[1], &compared.b, b)] {
        let block =
            told.block.map(|block| surveys[site.document].blocks[block].kind.name()).unwrap_or("no block");
        writeln!(out, "{name}  {}:{}  ({block})", asked.path, asked.line)?;
        side(told, &config.rules, &mut out)?;
    }
    claims(&compared, &config.rules, &mut out)?;
    words(&compared, &mut out)?;
    out.flush()?;
    Ok(Outcome::Clean)
}

/// `FILE:LINE`
fn asked(text: &str) -> Result<Asked, Trouble> {
    let split = text.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse::<usize>().ok()?)));
    match split.filter(|(path, line)| !path.is_empty() && *line > 0) {
        Some((path, line)) => Ok(Asked { path: path.to_owned(), line }),
        None => {
            Err(Trouble::Usage(format!("`{text}` is no place\nhelp: write FILE:LINE, such as wire/a.md:14")))
        }
    }
}

/// The file of a record: `feed.jsonl` of `feed.jsonl#7`.
fn file_of(path: &str) -> &str {
    path.split(['#', '!']).next().unwrap_or(path)
}

/// The line in the corpus.
fn site(corpus: &Corpus, asked: &Asked) -> Result<Site, Trouble> {
    let path = shown_path(&PathBuf::from(&asked.path));
    let is_asked =
        |known: &str| known == path || known.trim_start_matches("./") == path.trim_start_matches("./");
    let document =
        corpus.documents.iter().position(|document| is_asked(&document.path)).ok_or_else(|| {
            Trouble::Usage(format!(
                "{} is no article that was read\nhelp: `twicetold check --show-files` lists what is read",
                asked.path
            ))
        })?;
    let text = &corpus.documents[document].text;
    let index = LineIndex::new(&corpus.documents[document]);
    // Lines are those of the file; the article may be a part of it.
    let on_line: Vec<usize> =
        text.char_indices().map(|(at, _)| at).filter(|&at| index.line(at as u32) == asked.line).collect();
    match (on_line.first(), on_line.last()) {
        (Some(&first), Some(&last)) => Ok(Site { document, span: Span::new(first, last + 1) }),
        _ => Err(Trouble::Usage(format!(
            "nothing of the article stands on line {} of {}",
            asked.line, asked.path
        ))),
    }
}

fn side(told: &Told<'_>, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    for (_, claim) in &told.claims {
        let said = claim.speaker.as_ref().map(|speaker| format!(", said by {speaker}")).unwrap_or_default();
        let hedged = if claim.certainty.is_hedged { ", hedged" } else { "" };
        writeln!(
            out,
            "   read    {}: {} = {}{said}{hedged}",
            rules.rules[claim.rule].id, claim.key, claim.value
        )?;
    }
    for unread in &told.unread {
        writeln!(out, "   silent  {}: {}", rules.rules[unread.rule].id, unread.silence)?;
    }
    if told.claims.is_empty() && told.unread.is_empty() {
        writeln!(out, "   no rule knows a sentence there; `twicetold rule` lists them")?;
    }
    Ok(())
}

fn claims(compared: &Comparison<'_>, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nClaims")?;
    for (a, b, verdict) in &compared.pairs {
        let (one, two) = (compared.a.claims[*a].1, compared.b.claims[*b].1);
        writeln!(out, "   {}: {} and {}: {verdict}", rules.rules[one.rule].id, one.value, two.value)?;
        if *verdict == Verdict::OtherTimes {
            writeln!(out, "      `--published` or metadata give articles their day")?;
        }
    }
    if !compared.pairs.is_empty() {
        return Ok(());
    }
    let same_rule = compared
        .a
        .claims
        .iter()
        .flat_map(|(_, one)| compared.b.claims.iter().map(move |(_, two)| (one, two)));
    let mut others = same_rule.filter(|(one, two)| one.rule == two.rule).peekable();
    if others.peek().is_none() {
        writeln!(out, "   none of the two places are of one rule: nothing to compare")?;
    }
    for (one, two) in others {
        writeln!(out, "   {}: of two things: `{}` and `{}`", rules.rules[one.rule].id, one.key, two.key)?;
    }
    Ok(())
}

fn words(compared: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nCopies")?;
    let Some(overlap) = compared.overlap else {
        return writeln!(out, "   one of the two is furniture or code: not compared");
    };
    let union = overlap.a + overlap.b - overlap.shared;
    writeln!(
        out,
        "   the blocks share {} of {} and {} three-word shingles (Jaccard {}/{union})",
        overlap.shared, overlap.a, overlap.b, overlap.shared
    )?;
    let verdict = match (overlap.is_near, overlap.is_contained) {
        (true, _) => {
            "enough for a near copy; what `check` then tells depends on how rare the words are (README, What it finds)"
        }
        (false, true) => {
            "enough for an excerpt; what `check` then tells depends on how rare the words are (README, What it finds)"
        }
        (false, false) => "too few for a copy (--jaccard, --containment)",
    };
    writeln!(out, "   {verdict}")
}
