//! Sentences that are flagged and sentences that are not, for each check.

use super::{CHECKS, Sheet, Slip, slips};
use crate::corpus::Document;
use crate::extract::Extractor;
use crate::rules::RuleSet;
use crate::segment::{Furniture, segment};
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);

/// The slips of an article of 14 March 2024; a headline stands before `::`.
fn read(text: &str) -> Vec<Slip> {
    let (title, body) = text.split_once(" :: ").unwrap_or(("", text));
    let mut document = Document::plain("a.txt", body);
    document.metadata.set("published", "2024-03-14").expect("it is a date");
    if !title.is_empty() {
        document.metadata.set("title", title).expect("any text is a title");
    }
    let blocks = segment(&document, &Furniture::builtin());
    let extractor = Extractor::compile(&RULES);
    let (reading, paragraphs) = extractor.read(&document, &blocks);
    slips(&Sheet { document: &document, paragraphs: &paragraphs, claims: &reading.claims, rules: &RULES })
}

fn check(code: u16, wrong: &[&str], right: &[&str]) {
    assert!(wrong.len() >= 8 && right.len() >= 12, "{code}: {} and {}", wrong.len(), right.len());
    let codes = |text: &str| -> Vec<u16> { read(text).iter().map(|slip| slip.code).collect() };
    let silent: Vec<&&str> = wrong.iter().filter(|text| codes(text) != [code]).collect();
    let noisy: Vec<&&str> = right.iter().filter(|text| !codes(text).is_empty()).collect();
    assert!(silent.is_empty() && noisy.is_empty(), "{code}: not flagged {silent:#?}\nflagged {noisy:#?}");
}

#[test]
fn examples_are_as_they_say() {
    for check in &CHECKS {
        let text = |example: &str| match example.strip_prefix("Title: \"") {
            Some(rest) => rest.replacen("\". ", " :: ", 1),
            None => example.to_owned(),
        };
        assert_eq!(read(&text(check.wrong)).iter().map(|slip| slip.code).collect::<Vec<_>>(), [check.code]);
        assert_eq!(read(&text(check.right)), []);
    }
}

#[test]
fn weekdays_and_their_dates() {
    check(
        300,
        &[
            "The council meets on Monday, 12 March 2024.",
            "The trial opened on Friday, March 7, 2024, in Ossel.",
            "Voting begins on Sunday, 16 March.",
            "The match was moved to Wednesday (13 April 2023).",
            "On 1 January 2024, a Sunday, the harbour froze.",
            "The museum reopens on Tuesday the 21st of March 2024.",
            "She was born on Thursday, 4 July 1990.",
            "The ship left on 20 February 2024 (Monday) and came back a week later.",
            "The strike begins on Saturday, March 18.",
        ],
        &[
            "The council meets on Tuesday, 12 March 2024.",
            "The trial opened on Thursday, March 7, 2024, in Ossel.",
            "Voting begins on Saturday, 16 March.",
            "The council met on Monday, and 12 March 2024 is the last day to object.",
            "He arrived on Monday. March 12 was the day of the vote.",
            "Black Friday, 24 November 2023, was quiet in Ossel.",
            "They meet on Mondays and on 12 March 2024.",
            "From Monday 11 to Friday 15 March the road is closed.",
            "On Monday, 12 people were hurt in March.",
            "The game is on Sunday, 3 May 1850, in the novel.",
            "The fair runs from Friday, 15 March, to Sunday, 17 March 2024.",
            "The letter is dated Sunday, 10 March 2024.",
            "Good Friday is on 29 March 2024.",
            "It was 1 January 2024, a Monday.",
            "Trains run again from Friday, January 3 next year.",
            "Sheffield Wednesday, March 2 aside, have not lost.",
            "The season ends on Sunday, May 25.",
        ],
    );
}

#[test]
fn days_that_no_calendar_has() {
    check(
        301,
        &[
            "The exhibition closes on 31 April.",
            "The deadline is June 31, the office said.",
            "He was born on 30 February 1961.",
            "The law takes effect on 31 November 2024.",
            "The ferry stops on September 31.",
            "The festival begins on 29 February 2023.",
            "Payment is due by 31 June at the latest.",
            "The contract ends on February 30, 2025.",
        ],
        &[
            "The exhibition closes on 30 April.",
            "In April 31 people were hurt on the road.",
            "In June 31 ships called at the port.",
            "He was born on 29 February 1960.",
            "The law takes effect on 30 November 2024.",
            "The festival begins on 29 February 2024.",
            "May 31 is a Friday.",
            "The tram ran on 31 August and 31 October.",
            "Of 31 entries April Holm read all.",
            "The temperature in February 30 years ago was lower.",
            "On 31 December the bell rings at midnight.",
            "Mr March, 31, is a teacher.",
            "The 31 January storm felled 200 trees.",
        ],
    );
}

#[test]
fn times_that_no_clock_shows() {
    check(
        302,
        &[
            "The train leaves at 25:30.",
            "The match begins at 19:75.",
            "Doors open at 9:60 am.",
            "The quake struck at 26:10 GMT.",
            "The ceremony starts at 13 pm.",
            "The shop closes at 18:90 on Fridays.",
            "The flight lands at 31:05 CET.",
            "He called at 14 am, the court heard.",
        ],
        &[
            "The train leaves at 23:30.",
            "The match begins at 19:45.",
            "Doors open at 9 am.",
            "The quake struck at 06:10 GMT.",
            "The ceremony starts at 1 pm.",
            "The shop closes at 18:30 pm.",
            "Ossel won the handball final 31:28.",
            "The runner finished in 1:25:30.",
            "The score stood at 30:25 after half-time in the handball match, at least.",
            "The vote was 62:75 against the plan.",
            "The day ends at 24:00.",
            "The price rose to 25.75 pounds.",
            "Isaiah 40:31 was read at the funeral.",
            "Holm made it 3-2 at 89:47 by the stadium clock.",
            "A second tank, at 1:72, stands in the window.",
        ],
    );
}

#[test]
fn stretches_of_years_that_run_backwards() {
    check(
        303,
        &[
            "He led the orchestra from 2019 to 2011.",
            "She studied in Ossel between 1990 and 1986.",
            "The bridge was built from 1911 to 1908.",
            "Karl Weber (1961-1938) painted ships.",
            "The war lasted from 1950 until 1943.",
            "The archive covers the years between 1880 and 1870.",
            "She was mayor from 2012 to 2004 and then retired.",
            "The factory, in use 1999–1974, was torn down.",
        ],
        &[
            "He led the orchestra from 2011 to 2019.",
            "She studied in Ossel between 1986 and 1990.",
            "Output fell back from 2019 to 2011 levels.",
            "The number rose from 1950 to 2100.",
            "Karl Weber (1938-1961) painted ships.",
            "The number for tickets is 555-2019-1950.",
            "The temple was built from 1500 to 1200 BC.",
            "The clock was moved back from 2019 to 2011 in the film.",
            "It cost between 1200 and 1500 euros.",
            "Of the two, 2019 and 2011, the latter was wetter.",
            "The village had 1900 people in 2019 and 1850 in 2011.",
            "They met in 2019 to 2011's disappointment.",
            "From 2019 he lived in Ossel.",
            "Between 2000 and 1800 people lived in the valley.",
            "The index fell from 2030 to 1985 on Monday.",
            "Herds shrank from 1900 to 1700 cows.",
        ],
    );
}

#[test]
fn ages_that_do_not_fit_the_birth() {
    check(
        304,
        &[
            "Ilse Brandt was born in 1940. Ilse Brandt died in 2010 at the age of 85.",
            "Karl Weber was born in Ossel in 1950. Karl Weber, 62, is the mayor of the town.",
            "Anna Holm was born in 1980. Anna Holm, 30, won the race.",
            "Paul Maron was born on 3 May 1930. Paul Maron died in 1999 at the age of 80.",
            "Ilse Brandt was born in 1961 in Tarn. Ilse Brandt is 50 years old.",
            "Karl Weber was born in 1900. Karl Weber died in 1980 at the age of 60.",
            "Anna Holm was born in 1999. Anna Holm, 34, is a doctor.",
            "Paul Maron was born in 1945. Paul Maron is 90 years old.",
        ],
        &[
            "Ilse Brandt was born in 1940. Ilse Brandt died in 2010 at the age of 70.",
            "Ilse Brandt was born in 1940. Ilse Brandt died in 2010 at the age of 69.",
            "Karl Weber was born in Ossel in 1950. Karl Weber, 74, is the mayor of the town.",
            "Karl Weber was born in Ossel in 1950. Karl Weber, 73, is the mayor of the town.",
            "Anna Holm was born in 1980. Her brother, 30, won the race.",
            "Anna Holm was born in 1980. She married at 25.",
            "Paul Maron was born in the 1940s. Paul Maron is 80 years old.",
            "Paul Maron was born in 1945. Ilse Maron is 50 years old.",
            "Ilse Brandt, 61, was born in Tarn.",
            "Anna Holm died in 2010 at the age of 70.",
            "Karl Weber was born in 1950, the police said. Karl Weber, 74, was not hurt.",
            "Anna Holm was born in 1999 and won her first race at 16.",
            "Karl Weber was born in 1947. Karl Weber won the race at the age of 19.",
        ],
    );
}

#[test]
fn lengths_and_their_years() {
    check(
        305,
        &[
            "She was mayor for six years, from 2010 to 2013.",
            "He led the bank for ten years from 1990 to 1995.",
            "The war lasted eight years, from 1980 to 1984.",
            "The club was champion from 2001 to 2004, a total of seven years.",
            "He ruled for 20 years, from 1950 to 1965.",
            "The bridge was closed between 2010 and 2016 (three years).",
            "From 1970 to 1974, a period of nine years, the mine stood still.",
            "She sat in prison for two years, from 2011 to 2018.",
        ],
        &[
            "She was mayor for three years, from 2010 to 2013.",
            "She was mayor for four years, from 2010 to 2013.",
            "He led the bank for five years from 1990 to 1995.",
            "From 2010 to 2018 he spent three years in prison.",
            "The club won three times from 2001 to 2004.",
            "From 1990 to 2000 the town grew for six years and then shrank.",
            "He ruled for 15 years, from 1950 to 1965.",
            "Between 2010 and 2016 (and three years before) the bridge was closed.",
            "The bridge was closed between 2010 and 2016 (six years).",
            "Prices rose from 2010 to 2013, three years after the crash.",
            "For six years he waited; from 2010 to 2013 he worked.",
            "From 2010 to 2020, a period of growth, nothing changed.",
            "He was away for six months, from 2010 to 2011.",
            "He was mayor for eight years, from 1999 to 2003 and again from 2010 to 2014.",
            "For ten years, from 2000 to 2015 with gaps, she danced the role.",
        ],
    );
}

#[test]
fn parts_and_their_total() {
    check(
        306,
        &[
            "The crash killed 12 people, including eight women and seven children.",
            "Twenty passengers were hurt, among them 14 men and nine women.",
            "The council has 15 seats (eight Greens and nine Liberals).",
            "The team won 12 medals: five gold, four silver and two bronze.",
            "Police arrested nine people, including six men and five women.",
            "The farm has 30 animals: 12 cows and 20 sheep.",
            "The jury of ten members (six women and five men) withdrew.",
            "The museum bought eight works, including five paintings and four drawings.",
        ],
        &[
            "The crash killed 12 people, including four women and seven children.",
            "The crash killed 12 people, including four women.",
            "Twenty passengers were hurt, among them 11 men and nine women.",
            "The council has 17 seats (eight Greens and nine Liberals).",
            "The team won 11 medals: five gold, four silver and two bronze.",
            "The crash killed about 12 people, including eight women and seven children.",
            "Police arrested nine people, including six men, and five women were let go.",
            "The contract covers 13 exchanges including 68,000 lines.",
            "Twelve people died, including three women, two of them pregnant.",
            "The group has 12 hotels (eight in Norvik and nine abroad are planned).",
            "He wrote 12 books, including two in 2011 and one in 2014.",
            "The score was 12 points: a start.",
            "The crash killed 12 people, including eight women and seven teachers.",
            "The school has 300 pupils (some 160 girls and 150 boys).",
        ],
    );
}

#[test]
fn shares_of_one_vote() {
    check(
        307,
        &[
            "In the vote 48 percent were for Brandt, 43 percent for Weber and 21 percent for Maron.",
            "Of the voters 52 percent backed Brandt, 41 percent backed Weber and 12 percent abstained.",
            "In the ballot 60 percent were for the plan, 38 percent against and 9 percent abstained.",
            "In the poll 45 percent said yes, 40 percent said no and 30 percent were undecided.",
            "Of the respondents 70 percent said yes, 25 percent said no and 15 percent were undecided.",
            "In the vote 35 percent were for Brandt, 35 percent for Weber and 35 percent for Maron.",
            "Of those polled 55 percent said yes, 42 percent said no and 11 percent were undecided.",
            "In the ballot 51 percent were for the merger, 47 percent against and 6 percent abstained.",
        ],
        &[
            "In the vote 48 percent were for Brandt, 31 percent for Weber and 21 percent for Maron.",
            "In the vote 48 percent were for Brandt, 31 percent for Weber and 15 percent for Maron.",
            "Of the voters 47 percent backed Brandt, 41 percent backed Weber and 12 percent abstained.",
            "Sales rose 48 percent in Ossel, 43 percent in Tarn and 21 percent in Norvik.",
            "Among women 48 percent voted for Brandt, among men 43 percent and among students 60 percent.",
            "Turnout was 70 percent, and 48 percent were for Brandt and 43 percent for Weber.",
            "In the vote 48.3 percent were for Brandt, 31.4 percent for Weber and 20.9 percent for Maron.",
            "Of the respondents 70 percent like tea and 60 percent coffee.",
            "In the poll 60 percent trust Brandt, 55 percent Weber and 40 percent Maron.",
            "Brandt won 48 percent of the vote, up from 43 percent, and Weber 21 percent.",
            "In the vote 48 percent were for Brandt and 61 percent of her voters were men.",
            "With 80 percent of the votes counted, 48 percent were for Brandt, 43 percent for Weber and 9 percent for Maron.",
        ],
    );
}

#[test]
fn announced_and_listed() {
    check(
        308,
        &[
            "The three winners are: Anna Holm, Karl Weber, Paul Maron and Ilse Brandt.",
            "Two towns are cut off: Ossel, Tarn and Lowick.",
            "Four countries signed: Norway, Sweden and Denmark.",
            "The five members were named: Brandt, Weber, Maron and Holm.",
            "There are two candidates: Anna Holm, Karl Weber and Paul Maron.",
            "The train stops at four stations: Ossel, Tarn and Lowick.",
            "Six clubs remain: Ossel, Tarn, Lowick, Norvik and Podu.",
            "Three judges sat there: Brandt, Weber, Maron and Holm.",
        ],
        &[
            "The four winners are: Anna Holm, Karl Weber, Paul Maron and Ilse Brandt.",
            "Three towns are cut off: Ossel, Tarn and Lowick.",
            "Three countries signed: Norway, Sweden and Denmark.",
            "He made two points: the road is too narrow, too old and too steep.",
            "Two of the winners are known: Anna Holm, Karl Weber and Paul Maron.",
            "Three winners, at least: Anna Holm, Karl Weber, Paul Maron and Ilse Brandt.",
            "The three winners are from Ossel: nobody expected that.",
            "The two sides: Ossel of Norvik, and Tarn of Lowick, met on Sunday.",
            "Two things matter: Ossel needs a road, and Tarn needs a bridge.",
            "There are three parties: the Greens, the Liberals and the Centre.",
            "It is 12 o'clock: Ossel, Tarn and Lowick sleep.",
            "Three were named: Anna Holm, Karl Weber and Paul Maron.",
            "The vote was clear, two to one: Brandt won.",
            "Three firms bid: Holm and Holm, Weber and Brandt, and Lindqvist.",
        ],
    );
}

#[test]
fn names_spelled_in_two_ways() {
    check(
        309,
        &[
            "Ilse Brandt opened the meeting. Later Ilse Brant thanked the guests.",
            "The painter Karl Lindqvist lives in Ossel. Karl Lindquist was born there.",
            "Anna Petersen won. The trophy went to Anna Pedersen.",
            "Mayor Paul Schmitt spoke first. Then Paul Schmidt left.",
            "Maria Gonzalez is the coach. Maria Gonzales signed in May.",
            "Peter Hofmann wrote the book. Peter Hoffmann lives in Tarn.",
            "The judge is Thomas Meyers. Judge Thomas Myers has two sons.",
            "John Stevens scored twice. John Stevenz was sent off.",
            "David Andersen runs the shop. David Anderson owns it.",
        ],
        &[
            "Ilse Brandt opened the meeting. Later Ilse Brandt thanked the guests.",
            "Ilse Brandt opened the meeting. Her brother Karl Brant thanked the guests.",
            "Ilse Brandt opened the meeting. The Brandts live in Ossel.",
            "Anna Petersen won. Karl Pedersen came second.",
            "José Martínez won. José Martinez is 24.",
            "Karl Weber spoke. Karl Meber did not exist.",
            "Anna Holm won. Anna Hola came second.",
            "Ilse Brandt spoke. Ilse Brandt-Holm listened.",
            "Mayor Paul Schmitt spoke first. Paula Schmidt left.",
            "Peter Hofmann wrote the book. Petra Hoffmann read it.",
            "Maria Gonzalez is the coach of Ossel United. Ossel Unites the region.",
            "Thomas Mann is read everywhere. Thomas Manns are rare.",
            "John Stevens Park is open. John Stephens is the gardener.",
            "Anna Petersen of Tarn beat Anna Pedersen of Ossel in two sets.",
            "Ilse Brandt opened the meeting. Her sister-in-law, Ilse Brant, thanked the guests.",
        ],
    );
}

#[test]
fn figures_of_the_headline() {
    check(
        310,
        &[
            "Flood kills 17 people in Ossel :: The flood in Ossel killed 71 people on Sunday, the mayor said.",
            "Norvik Steel cuts 400 jobs in Ossel :: Norvik Steel will cut 140 jobs in Ossel, it said.",
            "Storm leaves 5,000 homes in Tarn without power :: The storm left 3,000 homes in Tarn without power.",
            "Ossel Bank earns $90 million :: Ossel Bank earned $19 million last year.",
            "Brandt wins 62 percent of Ossel vote :: Brandt won 26 percent of the vote in Ossel.",
            "Ferry with 120 passengers aground off Tarn :: A ferry with 210 passengers ran aground off Tarn.",
            "Museum in Ossel buys 30 paintings :: The museum in Ossel has bought 13 paintings.",
            "Fire destroys 14 houses in Lowick :: A fire destroyed 41 houses in Lowick on Friday.",
        ],
        &[
            "Flood kills 17 people in Ossel :: The flood in Ossel killed 17 people on Sunday, the mayor said.",
            "Flood kills 17 people in Ossel :: The flood in Ossel killed seventeen people, the mayor said.",
            "Norvik Steel cuts 400 jobs in Ossel :: Norvik Steel will cut about 390 jobs in Ossel, it said.",
            "Storm leaves 5,000 homes in Tarn without power :: The storm left 4,950 homes in Tarn without power.",
            "Ossel Bank earns $90 million :: Ossel Bank did well last year.",
            "FLOOD KILLS 17 PEOPLE IN OSSEL :: The flood in Ossel killed 71 people on Sunday.",
            "What 2024 brings to Ossel :: The plan for Ossel names 2025 projects.",
            "Five-year-old finds gold in Ossel :: A boy of six found gold in Ossel.",
            "Ossel beats Tarn 3-1 :: Ossel beat Tarn in the final and scored two goals.",
            "Fire destroys 14 houses in Lowick :: A fire destroyed many houses in Lowick. It hit 14 houses and 3 barns.",
            "Museum in Ossel buys 30 paintings :: The museum has 300 rooms.",
            "Ferry with 120 passengers aground off Tarn :: A ferry ran aground off Tarn. Twenty were hurt.",
        ],
    );
}

#[test]
fn measures_in_brackets() {
    check(
        311,
        &[
            "The road is 10 miles (25 km) long.",
            "The tower is 100 metres (250 feet) high.",
            "He weighs 80 kg (120 pounds).",
            "The wind reached 100 mph (130 km/h).",
            "The field is five hectares (20 acres) large.",
            "The pipe is 12 inches (50 cm) wide.",
            "The hole is 30 feet (15 metres) deep.",
            "The ship carried 2,000 tonnes (4 million kg) of rice.",
        ],
        &[
            "The road is 10 miles (16 km) long.",
            "The road is 10 miles (16.1 kilometres) long.",
            "The tower is 100 metres (328 feet) high.",
            "The tower is 100 metres (330 feet) high.",
            "He weighs 80 kg (176 pounds).",
            "The wind reached 100 mph (160 km/h).",
            "The road is one mile (2 km) long.",
            "The road is 10 miles (in the north) long.",
            "The road is 10 miles (40 acres) away.",
            "It was 30C (86F) in Ossel.",
            "The pipe is 12 inches (30 cm) wide.",
            "The hole is 30 feet (about 9 metres) deep.",
            "The tour is 10 miles (or 25 km with the detour) long.",
            "At 6ft 3in (1.91m) he is the tallest.",
            "The calf weighed 8lb 4oz (3.74kg).",
            "The tank holds 12 gallons (54.6 litres).",
        ],
    );
}
