//! Copies that differ in a fact are found with the right type, and copies that differ in style are not.

use super::{check_json, folder, root, run_in, stdout};
use serde_json::Value;
use std::collections::BTreeMap;

/// A small generator of numbers (Knuth's MMIX constants), so that the texts are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

/// Findings about facts by code.
fn facts(report: &Value) -> BTreeMap<String, usize> {
    let mut codes = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let code = finding["code"].as_str().unwrap();
        if code.starts_with("TT11") || code >= "TT2" {
            *codes.entry(code.to_owned()).or_default() += 1;
        }
    }
    codes
}

/// Words that are exchanged in a copy, by the code that tells of it. Each is looked for inside sentences.
const EXCHANGES: [(&str, &[(&str, &str)]); 5] = [
    (
        "TT110",
        &[
            ("three hour", "nine hour"),
            ("two countries", "five countries"),
            ("two nations", "five nations"),
            ("10,000", "14,000"),
            ("70th", "75th"),
            ("two leaders", "three leaders"),
            ("24 years", "34 years"),
            ("two men", "four men"),
            ("70 percent", "50 percent"),
            ("two hours", "six hours"),
        ],
    ),
    (
        "TT111",
        &[
            ("2019", "2016"),
            ("1948", "1945"),
            ("Tuesday", "Thursday"),
            ("Friday", "Sunday"),
            ("Wednesday", "Monday"),
            ("2000", "2005"),
            ("2022", "2020"),
            ("2018", "2017"),
            ("Thursday", "Saturday"),
            ("2011", "2013"),
        ],
    ),
    (
        "TT112",
        &[
            (" Pyongyang", " Hanoi"),
            (" Moscow", " Minsk"),
            (" Ukraine", " Georgia"),
            (" Vladivostok", " Irkutsk"),
            (" Washington", " Ottawa"),
            (" Russia ", " Turkey "),
            (" Kyiv", " Tbilisi"),
            (" Alaska", " Hawaii"),
            (" China", " Brazil"),
        ],
    ),
    (
        "TT113",
        &[
            (" has ", " has not "),
            (" have ", " have not "),
            (" is ", " is not "),
            (" was ", " was not "),
            (" did not ", " did "),
            (" had ", " had not "),
            (" were ", " were not "),
            (" will ", " will not "),
            (" are ", " are not "),
        ],
    ),
    (
        "TT114",
        &[
            (" first ", " last "),
            (" after ", " before "),
            (" before ", " after "),
            (" backed ", " opposed "),
            (" support ", " opposition "),
            (" increased ", " decreased "),
            (" started ", " ended "),
            (" closer ", " further "),
            (" strengthening ", " weakening "),
            (" deepening ", " weakening "),
            (" supported ", " opposed "),
            (" began ", " ended "),
            (" rising ", " falling "),
        ],
    ),
];

/// Changed copies of each article.
const MUTANTS_OF_ARTICLE: usize = 10;

/// Where a word stands in a sentence of an article, away from headlines and page furniture.
fn places(text: &str, word: &str) -> Vec<usize> {
    let is_prose = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        start > 0 && end - start > 120 && !text[start..end].contains('…')
    };
    text.match_indices(word).map(|(at, _)| at).filter(|at| is_prose(*at)).collect()
}

#[test]
fn one_changed_fact_in_a_copy_of_a_seed_is_found_with_its_type() {
    let mut dice = Dice(7);
    let (mut mutants, mut missed) = (0, Vec::new());
    let mut seeds: Vec<_> =
        std::fs::read_dir(root().join("seeds")).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    for seed in &seeds {
        let text = std::fs::read_to_string(seed).unwrap();
        let copy = folder(&[("a.txt", text.as_bytes()), ("b.txt", text.as_bytes())]);
        let before = facts(&check_json(copy.path(), &[".", "--isolated"]));
        let mut sites: Vec<Vec<(usize, &str, &str)>> = EXCHANGES
            .iter()
            .map(|(_, exchanges)| {
                let found = exchanges.iter().flat_map(|(word, other)| {
                    places(&text, word).into_iter().map(move |at| (at, *word, *other))
                });
                found.collect()
            })
            .collect();
        // Ten for each article: the types take turns.
        for turn in 0..MUTANTS_OF_ARTICLE {
            let kind = (turn..turn + EXCHANGES.len())
                .map(|at| at % EXCHANGES.len())
                .find(|at| !sites[*at].is_empty());
            let Some(kind) = kind else { break };
            let code = EXCHANGES[kind].0;
            let chosen = dice.below(sites[kind].len());
            let (at, word, other) = sites[kind].swap_remove(chosen);
            let changed = format!("{}{other}{}", &text[..at], &text[at + word.len()..]);
            let pair = folder(&[("a.txt", text.as_bytes()), ("b.txt", changed.as_bytes())]);
            let mut found = facts(&check_json(pair.path(), &[".", "--isolated"]));
            let drifted: Vec<String> =
                found.keys().filter(|found| found.starts_with("TT11")).cloned().collect();
            found.retain(|code, count| {
                !code.starts_with("TT11") && *count > before.get(code).copied().unwrap_or(0)
            });
            mutants += 1;
            // A wrong year can contradict the facts besides: that is another thing to say of it.
            found.remove("TT250");
            if drifted != [code] || !found.is_empty() {
                let around = &text[text.floor_char_boundary(at.saturating_sub(40))..at];
                missed.push(format!("{code} {around}[{word}->{other}]: {drifted:?} {found:?}"));
            }
        }
    }
    assert_eq!(mutants, 50);
    assert!(missed.len() * 10 <= mutants, "{} of {mutants}:\n{}", missed.len(), missed.join("\n"));
}

/// Paragraphs with choices that say the same in other words, another order, another way to write it.
const STYLES: [&str; 20] = [
    "The {town council|council of the town} {approved|passed} a budget of {$12 million|12 million dollars} on Monday, {Mayor|the mayor,} Ilse Brandt {said|announced}. It {includes|contains} money for {two|2} new schools {and|as well as} a {library|public library} in the {north|northern part} of Lowick.",
    "{Police|Officers} arrested {four|4} men {after|following} a {robbery|raid} at a jeweller's in Ossel on {12 March|March 12}. {Nobody|No one} was {hurt|injured}, a {spokeswoman|police spokeswoman} {said|told reporters}, but {goods|jewels} worth about {90,000|ninety thousand} euros {are|were} still missing.",
    "{The storm|Storm Vera} {damaged|wrecked} {around|about} 1,200 {homes|houses} {on the coast|along the coast} of Norvik {on Tuesday night|in the night to Wednesday}, the {weather service|meteorological office} {said|reported}. Gusts {reached|hit} {140 km/h|140 kilometres per hour}.",
    "{Helios Grid|Energy company Helios Grid} {said|announced} it {would buy|will buy} its {smaller|lesser} rival Tarn Power for {3.1 billion|3,100 million} euros in {cash|cash payments}. The {deal|transaction} is {expected|set} to close in {September|Sept.}, {the companies said|according to the companies}.",
    "{The hospital in Tarn|Tarn's hospital} {treated|cared for} {17|seventeen} {people|patients} {after|following} the {crash|accident} on the {A4 motorway|A4}, and {three|3} of them {remain|are still} in {intensive care|the intensive care unit}, {doctors|medical staff} {said|told the paper} on {Thursday|Thursday morning}.",
    "The {museum|museum of Ossel} will {reopen|open again} on {1 May 2024|May 1, 2024} after {repairs|renovation} that {took|lasted} {two years|24 months}. {Director|Its director,} Karl Weber {says|said} {entry|admission} will be free {for children|to children} under {12|twelve}.",
    "{Scientists|Researchers} at the {University of Norvik|Norvik University} {found|discovered} {traces|signs} of lead in {40 percent|40 %} of the wells they {tested|examined}. {They advise|The team advises} {residents|people} {not to drink|against drinking} the water {until|before} new filters {arrive|are delivered}.",
    "{Around|Some} {2,000|two thousand} {workers|employees} of the {port|harbour} {went on strike|walked out} on Monday, {demanding|asking for} 8 percent more {pay|money}. {Management|The employers} {offered|proposed} {three|3} percent, {a union spokesman|the union's spokesman} said.",
    "{Ilse Brandt|Mrs Brandt}, {who is 61|aged 61}, has {led|headed} the {orchestra|city orchestra} {since 2009|from 2009 on}. She {plans|intends} to {retire|step down} at the end of {next|the coming} season and to {move|return} to {her home town|the town of her birth}, Lowick.",
    "{The fire|A fire} {destroyed|burnt down} {a warehouse|a storage hall} {in the port|at the port} of Lowick {early on Sunday|in the early hours of Sunday}. {Firefighters|The fire brigade} needed {six hours|6 hours} to {put it out|extinguish it}; the {damage|loss} is {estimated|put} at {$5m|5 million dollars}.",
    "{The court|A court in Ossel} {sentenced|condemned} the former {banker|bank manager} Paul Maron to {four years|4 years} in {prison|jail} for {fraud|defrauding clients}. He had {taken|diverted} {1.4 million|1,400,000} euros from {elderly|old} {clients|customers}, the {judge|presiding judge} said.",
    "{A bus|A coach} with {38 passengers|38 people} on board {slid|skidded} into a {ditch|roadside ditch} near Tarn on {Friday|Friday afternoon}. {Two|2} of them {broke|fractured} bones, {police said|according to police}. The {driver|man at the wheel} {was unhurt|escaped unhurt}.",
    "{Norvik Rovers|The Rovers} {beat|defeated} Ossel Town {2-1|2:1} in the {cup final|final of the cup} {before|in front of} {41,000 spectators|a crowd of 41,000}. {Both|The two} {goals|strikes} of the {winners|winning side} {came|fell} {in the second half|after the break}.",
    "{The river|The river Lune} {rose|climbed} to {7.2 metres|7.2 m} on {Wednesday evening|the evening of Wednesday}, its highest {level|mark} since {1987|the year 1987}. {About|Roughly} {600|six hundred} people {had to leave|were told to leave} their {homes|houses}, {the mayor said|said the mayor}.",
    "{The European Union|The EU} will {pay|give} {Ossel|the city of Ossel} {30 million|thirty million} euros for {a tram line|a new tram line} to the {airport|city's airport}. {Work|Construction} {begins|starts} {in autumn|in the autumn} and {is to take|should take} {three years|36 months}.",
    "{Farmers|Growers} around Tarn {expect|forecast} a {harvest|crop} of {12,000 tonnes|12,000 tons} of {apples|fruit} this year, {a fifth|20 percent} more than {last year|in 2023}. {Mild|Warm} {weather|conditions} in {April|the month of April} {helped|was of help}, they said.",
    "{The airline|Carrier Air Norvik} {cancelled|scrapped} {56|fifty-six} flights {on Saturday|Saturday} {because of|owing to} {fog|thick fog} at Lowick airport. {Some|About} {7,000|seven thousand} {travellers|passengers} were {affected|hit}, and {many|a great many} {spent|passed} the night {in the terminal|at the airport}.",
    "{Doctor|Dr} Anna Holm {won|was awarded} the {science prize|prize for science} of the {academy|Norvik academy} {for her work|in recognition of her work} on {malaria|the treatment of malaria}. The {award|prize} {comes with|carries} {50,000 euros|€50,000}.",
    "{Voters|Citizens} in Lowick {rejected|turned down} {the plan|a plan} for a {new stadium|stadium} {by 58 percent|with 58 percent of the votes} {on Sunday|this Sunday}. {Turnout|Participation} {was|stood at} {49 percent|49 %}, {the election office said|said the election office}.",
    "{The bank|Ossel Bank} {reported|posted} a {profit|net profit} of {250 million|a quarter of a billion} euros for {2023|the year 2023}, {up from|compared with} {210 million|210m} {the year before|a year earlier}. {It|The bank} {employs|has} {4,300|some 4,300} {people|staff} in {nine|9} countries.",
];

/// One of the texts that a paragraph with choices stands for.
fn written(choices: &str, dice: &mut Dice) -> String {
    let mut out = String::new();
    let mut rest = choices;
    while let Some((before, behind)) = rest.split_once('{') {
        let (inside, after) = behind.split_once('}').unwrap();
        let options: Vec<&str> = inside.split('|').collect();
        out.push_str(before);
        out.push_str(options[dice.below(options.len())]);
        rest = after;
    }
    out + rest
}

#[test]
fn copies_in_another_style_are_silent() {
    let mut dice = Dice(11);
    let mut noisy = Vec::new();
    for round in 0..10 {
        for choices in STYLES {
            let (one, two) = (written(choices, &mut dice), written(choices, &mut dice));
            let day = |text: &str| format!("---\npublished: 2024-03-14\n---\n\n{text}\n");
            let pair = folder(&[("a.md", day(&one).as_bytes()), ("b.md", day(&two).as_bytes())]);
            let found = facts(&check_json(pair.path(), &[".", "--isolated"]));
            if !found.is_empty() {
                noisy.push(format!("{round}: {found:?}\n  {one}\n  {two}"));
            }
        }
    }
    assert!(noisy.is_empty(), "{} of 200:\n{}", noisy.len(), noisy.join("\n"));
}

#[test]
fn checks_are_listed_explained_and_switched_off() {
    let text = "The council of Ossel meets on Monday, 12 March 2024, at the town hall.\n";
    let off =
        folder(&[("a.txt", text.as_bytes()), ("twicetold.toml", b"[rules]\nwrong-weekday = \"off\"\n")]);
    assert_eq!(facts(&check_json(off.path(), &["a.txt"])), BTreeMap::new());
    let on = folder(&[("a.txt", text.as_bytes())]);
    assert_eq!(facts(&check_json(on.path(), &["a.txt"])), BTreeMap::from([("TT300".to_owned(), 1)]));
    let plain = stdout(&run_in(on.path(), &["rule"]));
    let all = stdout(&run_in(on.path(), &["rule", "--all"]));
    assert!(!plain.contains("TT300") && all.contains("TT300") && all.contains("TT110"));
    for name in ["wrong-weekday", "TT300"] {
        let told = stdout(&run_in(on.path(), &["rule", name]));
        assert!(told.contains("Does not catch") && told.contains("Flagged:"), "{told}");
    }
    assert_eq!(run_in(on.path(), &["rule", "wrong-weekdays"]).status.code(), Some(2));
}

#[test]
fn one_pair_is_one_finding_and_no_copy_besides() {
    let body = |hurt: u32| {
        format!(
            "A regional train from Lowick hit a fallen tree near Tarn early on Tuesday, and {hurt} passengers were treated in \
             the hospital of Ossel, the railway said.\n\nThe line between Lowick and Tarn will stay closed until Thursday, \
             and buses run every half hour from the market square.\n"
        )
    };
    let pair = folder(&[("a.txt", body(12).as_bytes()), ("b.txt", body(31).as_bytes())]);
    let report = check_json(pair.path(), &[".", "--isolated"]);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{findings:?}");
    let change = &findings[0]["evidence"]["changes"][0];
    assert_eq!(
        (&change["kind"], &change["original"], &change["copy"]),
        (&"figure".into(), &"12".into(), &"31".into())
    );
}

#[test]
fn texts_that_nobody_wrote_are_compared_too() {
    // Figures without end, a million dashes, dates of many digits, marks alone: no panic, and an answer in time.
    let long = format!("From {} to {}. ", "9".repeat(400), "-".repeat(5_000));
    let texts = [
        long.repeat(20),
        "Monday, 31 February 99999999999999999999999 (10 miles (".repeat(200),
        "2019–2011–2003 at 99:99 ".repeat(500),
        "Ilse Brandt Ilse Brant ".repeat(2_000),
        "It is 7900000000000000000000000000 miles (7900000000000000000000000001 km) and kills \
         79000000000000000000000000000 people, including 79000000000000000000000000000 men and \
         70000000000000000000000000000 women. It was 1900000000000000000000000000 tonnes. "
            .to_owned(),
        "\u{202e}not no never \u{0301}\u{0301} 12% 13% 14% of the vote for : , and ".repeat(300),
        "Two a: ".repeat(20_000),
    ];
    for text in &texts {
        let other = text.replacen('1', "2", 3).replacen("not", "", 1);
        let pair = folder(&[("a.txt", text.as_bytes()), ("b.txt", other.as_bytes())]);
        let output = run_in(pair.path(), &["check", ".", "--isolated", "-q"]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    }
}

/// In other languages nouns have capitals, and a "not" is another word: only figures and dates are told.
#[test]
fn other_languages_are_told_by_their_figures() {
    let text = |animal: &str, many: &str| {
        format!(
            "Der Stadtrat von Lemden hat am Montag beschlossen, dass der {animal} im alten Hafen bleiben darf, obwohl {many} Menschen dagegen unterschrieben hatten und die Verwaltung es anders wollte.\n"
        )
    };
    let codes = |one: String, two: String| {
        let at = folder(&[("a.txt", one.as_bytes()), ("b.txt", two.as_bytes())]);
        let report = check_json(at.path(), &[".", "--isolated"]);
        report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(text("Hund", "830"), text("Schwan", "830")), ["TT102"]);
    assert_eq!(codes(text("Hund", "830"), text("Hund", "850")), ["TT110"]);
}
