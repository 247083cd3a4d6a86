//! What is read, and what is not: tables of texts and their values.

use super::{DateOrder, DateSet, Reader, Reading, Value, tokens};
use crate::corpus::Dateline;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

fn reader(language: &str, published: Option<&str>, order: DateOrder) -> Reader {
    let dateline = published.map(|date| Dateline::parse(date).expect("the tests give dates"));
    Reader::new(Some(language), Reading { dateline, order })
}

/// Every value as `text=normal form`.
fn read(reader: &Reader, text: &str) -> String {
    let tokens = tokens(text, 0);
    let found = reader.values(&tokens, &mut None);
    let show = |found: &super::Found<Value>| {
        let (first, last) = (&tokens[found.tokens.start], &tokens[found.tokens.end - 1]);
        format!("{}={}", first.span.join(last.span).of(text), found.value)
    };
    found.iter().map(show).collect::<Vec<_>>().join("; ")
}

fn check(reader: &Reader, table: &[(&str, &str)]) {
    let differs = |(text, expected): &&(&str, &str)| read(reader, text) != *expected;
    let wrong: Vec<String> = table
        .iter()
        .filter(differs)
        .map(|(text, expected)| format!("{text}\n  read     {}\n  expected {expected}", read(reader, text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn dates_that_stand_for_themselves() {
    check(
        &reader("en", None, DateOrder::Auto),
        &[
            ("They met in 2019.", "2019=2019"),
            ("the 2019 summit", "2019=2019"),
            ("on 25 April 2019 in", "25 April 2019=2019-04-25"),
            ("on April 25th, 2019, they", "April 25th, 2019=2019-04-25"),
            ("on the 25th of April 2019", "the 25th of April 2019=2019-04-25"),
            ("in April 2019", "April 2019=2019-04"),
            ("2019-04-25", "2019-04-25=2019-04-25"),
            ("Thursday, April 25, 2019", "Thursday, April 25, 2019=2019-04-25"),
            ("25-Apr-2019 and 25/Apr/19", "25-Apr-2019=2019-04-25; 25/Apr/19=2019-04-25"),
            ("on Apr. 25, 2019", "Apr. 25, 2019=2019-04-25"),
            ("in Sept. 2019", "Sept. 2019=2019-09"),
            ("in the 1990s", "the 1990s=199X"),
            ("the nineties", "the nineties=199X"),
            ("in the '90s", "the '90s=199X"),
            ("the 19th century", "the 19th century=18XX"),
            ("in nineteen ninety-one", "nineteen ninety-one=1991"),
            ("the third quarter of 2019", "the third quarter of 2019=2019-35"),
            ("Q3 2019 and 2019-Q1", "Q3 2019=2019-35; 2019-Q1=2019-33"),
            ("the first half of 2019", "the first half of 2019=2019-40"),
            ("fiscal 2019", "fiscal 2019=2019"),
            ("the 2018/19 school year", "the 2018/19 school year=2018/2019"),
            ("Easter 2019", "Easter 2019=2019-04-21"),
            ("the last Monday of May 2019", "the last Monday of May 2019=2019-05-27"),
            ("the second week of 2021", "the second week of 2021=2021-01-11/2021-01-17"),
            ("31 April 2019", ""),
            ("29 February 2023", ""),
        ],
    );
}

#[test]
fn ranges_and_bounds() {
    check(
        &reader("en", None, DateOrder::Auto),
        &[
            ("the Korean War of 1950–53, with", "1950–53=1950/1953"),
            ("from 1950 to 1953", "from 1950 to 1953=1950/1953"),
            ("between 2010 and 2012", "between 2010 and 2012=2010/2012"),
            ("March to May 1965", "March to May 1965=1965-03/1965-05"),
            ("from November to February 1965", "from November to February 1965=1964-11/1965-02"),
            ("10 to 22 August 2012", "10 to 22 August 2012=2012-08-10/2012-08-22"),
            ("August 10 - 22, 2012", "August 10 - 22, 2012=2012-08-10/2012-08-22"),
            ("28 May to 3 June 2012", "28 May to 3 June 2012=2012-05-28/2012-06-03"),
            ("in early 2019", "early 2019=early 2019"),
            ("mid-November 2019", "mid-November 2019=mid 2019-11"),
            ("at the end of 2019", "at the end of 2019=late 2019"),
            ("since 2019", "since 2019=2019/.."),
            ("after 2019", "after 2019=2020/.."),
            ("before 2019", "before 2019=../2018"),
            ("until April 2019", "until April 2019=../2019-04"),
            ("by 2030", "by 2030=../2030"),
            ("before the end of 2019", "before the end of 2019=../2019"),
            ("in about 2019", "about 2019=2019~"),
            ("in 2019 or 2018", "2019 or 2018=[2019,2018]"),
            ("1953-50", "1953=1,953; 50=50"),
        ],
    );
}

#[test]
fn dates_told_from_the_dateline() {
    // A Wednesday.
    check(
        &reader("en", Some("2024-06-19"), DateOrder::Auto),
        &[
            ("He spoke on Wednesday.", "Wednesday=2024-06-19"),
            ("He spoke on Tuesday.", "Tuesday=2024-06-18"),
            ("It is scheduled for Friday.", "Friday=2024-06-21"),
            ("They will meet on Tuesday.", "Tuesday=2024-06-25"),
            ("Friday", "Friday=[2024-06-14,2024-06-21]"),
            ("last Friday", "last Friday=2024-06-14"),
            ("this coming Friday", "this coming Friday=2024-06-21"),
            ("yesterday and tomorrow", "yesterday=2024-06-18; tomorrow=2024-06-20"),
            ("the day before yesterday", "the day before yesterday=2024-06-17"),
            ("last year", "last year=2023"),
            ("this month", "this month=2024-06"),
            ("last week", "last week=2024-06-10/2024-06-16"),
            ("the third quarter was weak", "the third quarter=2023-35"),
            ("two years ago", "two years ago=2022~"),
            ("ten days ago", "ten days ago=2024-06-09"),
            ("It opened on April 25.", "April 25=2024-04-25"),
            ("It will open on March 25.", "March 25=2025-03-25"),
            ("It will open on April 25.", "April 25=[2024-04-25,2025-04-25]"),
            ("It will open in July.", "July=2024-07"),
            ("the past three years", "the past three years=2021-06-19/2024-06-18~"),
            ("Christmas was cold.", "Christmas=2023-12-25"),
            ("They won in June last year.", "June last year=2023-06"),
            ("the fastest rise in two years", "two years=P2Y"),
            ("It will end in two weeks.", "in two weeks=2024-07-03~"),
            ("Up until today", "Up until today=../2024-06-19"),
            ("earlier this year", "earlier this year=early 2024"),
            (
                "On Friday, June 7, 2024, it rained. Three days earlier it did not.",
                "Friday, June 7, 2024=2024-06-07; Three days earlier=2024-06-04",
            ),
            ("It opened in 1998. The following year it closed.", "1998=1998; The following year=1999"),
            (
                "Sales in the third quarter of 2023 rose from a year earlier.",
                "the third quarter of 2023=2023-35; a year earlier=2022-35",
            ),
            ("They met in 2019. On April 25 they dined.", "2019=2019; April 25=[2024-04-25,2019-04-25]"),
            (
                "They met on 7 October 2022. On Friday they left.",
                "7 October 2022=2022-10-07; Friday=[2024-06-14,2022-10-07]",
            ),
            ("every Friday", "every Friday=again and again"),
            ("It recently closed.", "recently=past"),
        ],
    );
    check(
        &reader("en", None, DateOrder::Auto),
        &[
            ("on Wednesday", "Wednesday=Wed"),
            ("(October 7)", "October 7=XXXX-10-07"),
            ("Friday (October 7)", "Friday=Fri; October 7=XXXX-10-07"),
            ("on Friday, October 7", "Friday, October 7=XXXX-10-07 Fri"),
            ("last year", "last year=XXXX"),
        ],
    );
}

#[test]
fn a_weekday_and_a_date_leave_few_years() {
    let both = |text: &str| {
        let tokens = tokens(text, 0);
        match reader("en", None, DateOrder::Auto).values(&tokens, &mut None).remove(0).value {
            Value::Date(date) => date,
            other => panic!("{other}"),
        }
    };
    let friday = both("on Friday, October 7");
    for (year, agrees) in [("2011", true), ("2016", true), ("2022", true), ("2019", false), ("2023", false)] {
        assert_eq!(!friday.is_disjoint(&both(&format!("in {year}"))), agrees, "{year}");
    }
    assert!(friday.is_disjoint(&both("October 8")) && !friday.is_disjoint(&both("in October")));
}

#[test]
fn dates_in_figures() {
    for (language, order, expected) in [
        ("en", DateOrder::Auto, "03/04/2019=[2019-03-04,2019-04-03]"),
        ("en-GB", DateOrder::Auto, "03/04/2019=[2019-04-03,2019-03-04]"),
        ("en", DateOrder::DayMonthYear, "03/04/2019=2019-04-03"),
        ("en-GB", DateOrder::MonthDayYear, "03/04/2019=2019-03-04"),
    ] {
        assert_eq!(read(&reader(language, None, order), "03/04/2019"), expected);
    }
    check(
        &reader("en", None, DateOrder::Auto),
        &[
            ("25/04/2019 and 04/25/19", "25/04/2019=2019-04-25; 04/25/19=2019-04-25"),
            ("25.4.2019", "25.4.2019=2019-04-25"),
            ("12-2015", "12-2015=2015-12"),
            ("20190425", "20190425=2019-04-25"),
            ("2019-13-45", ""),
        ],
    );
}

#[test]
fn amounts() {
    check(
        &reader("en", None, DateOrder::Auto),
        &[
            ("at least 10,000 soldiers", "at least 10,000=at least 10,000"),
            ("more than 12,000 men", "more than 12,000=more than 12,000"),
            ("fewer than 3,000 troops", "fewer than 3,000=fewer than 3,000"),
            ("nearly 300 men", "300=270 to 300"),
            ("about 100 men", "100=90 to 110"),
            ("up to 40 men", "up to 40=at most 40"),
            ("no fewer than six men", "no fewer than six=at least 6"),
            ("10,000 to 12,000 troops", "10,000 to 12,000=10,000 to 12,000"),
            ("between 10,000 and 12,000", "between 10,000 and 12,000=10,000 to 12,000"),
            ("10 to 12 thousand", "10 to 12 thousand=10,000 to 12,000"),
            ("dozens of soldiers", "dozens of=24 to 100"),
            ("a handful of men", "a handful of=3 to 6"),
            (
                "two hundred and fifty thousand men and twenty-three women",
                "two hundred and fifty thousand=250,000; twenty-three=23",
            ),
            ("1.5 million people", "1.5 million=1,500,000"),
            ("two-thirds of the voters", "two-thirds=0.6666666666666666666666666667"),
            ("half of the voters", "half=0.5"),
            ("five and a half million", "five and a half million=5,500,000"),
            ("one in three voters", "one in three=1 in 3"),
            ("no soldiers, none, zero", "zero=0"),
            ("the third attempt", "third=no. 3"),
            ("2 to 3 percent", "2 to 3 percent=2 to 3 %"),
            ("by 0.5 percentage points", "0.5 percentage points=0.5 points"),
            ("$1.2bn", "$1.2bn=1,200,000,000 USD"),
            ("US$ 3.5 million and €20", "US$ 3.5 million=3,500,000 USD; €20=20 EUR"),
            ("£5m", "£5m=5,000,000 GBP"),
            ("$10-$20", "$10-$20=10 to 20 USD"),
            ("more than $20", "$20=more than 20 USD"),
            ("13 dollars and 45 cents", "13 dollars and 45 cents=13.45 USD"),
            ("CHF 300 and 50 Swiss francs", "CHF 300=300 CHF; 50 Swiss francs=50 CHF"),
            ("a three-hour film", "three-hour=PT3H"),
            ("two and a half hours", "two and a half hours=PT2H30M"),
            ("2 years and 3 months", "2 years and 3 months=P2Y3M"),
            ("two to three weeks", "two to three weeks=P14D ([1209600,1814400] s)"),
            ("a 70-year-old man", "70-year-old=70 year"),
            ("aged 70", "aged 70=70 year"),
            ("a man in his 70s", "in his 70s=70 to 80 year"),
            ("his 70th birthday", "70th birthday=70 year"),
            (
                "5 km, 3-inch and 660 square meters",
                "5 km=5 kilometer; 3-inch=3 inch; 660 square meters=660 square meter",
            ),
            ("24 degrees Celsius", "24 degrees Celsius=24 degree celsius"),
            ("188 miles an hour", "188 miles an hour=188 mile per hour"),
            ("100 MB", "100 MB=100 megabyte"),
            ("They voted 218-210.", "218-210=218–210"),
            ("10-7/8 pct", "10-7/8 pct=10.875 %"),
            ("3 pct higher than 400 dollars", "3 pct=3 %; 400 dollars=400 USD"),
        ],
    );
}

/// Idioms, codes, addresses and words that are spelled like values.
#[test]
fn what_is_no_value() {
    let table = [
        "open 24/7",
        "since 9/11",
        "the G7 and the G20",
        "one of the men",
        "the first lady",
        "Fifty Cent sang",
        "second to none",
        "He may go.",
        "You may not!",
        "May I ask?",
        "They march on.",
        "no one",
        "one another",
        "this one is good",
        "the one we know",
        "https://example.org/2019/04/25/story-12",
        "mail 12@example.org",
        "call 123-12-1234",
        "ABC-12345-A1B2C3",
        "a Boeing 747-400",
        "room 2019b",
        "at 10:30",
        "5 p.m.",
        "the A4 and the A5",
        "up to date equipment",
        "day after day",
        "per second",
    ];
    let reader = reader("en", Some("2024-06-19"), DateOrder::Auto);
    for text in table {
        assert_eq!(read(&reader, text), "", "{text}");
    }
}

#[test]
fn german_is_a_table_more() {
    check(
        &reader("de", Some("2024-06-19"), DateOrder::Auto),
        &[
            ("am 25. April 2019", "25. April 2019=2019-04-25"),
            ("am Donnerstag, dem 25. April 2019", "Donnerstag, dem 25. April 2019=2019-04-25"),
            ("am 25.4.2019", "25.4.2019=2019-04-25"),
            ("im April 2019", "April 2019=2019-04"),
            ("seit 2019", "seit 2019=2019/.."),
            ("zwischen 2010 und 2012", "zwischen 2010 und 2012=2010/2012"),
            ("Anfang 2019", "Anfang 2019=early 2019"),
            ("in den 1990er Jahren", "1990er Jahren=199X"),
            ("gestern", "gestern=2024-06-18"),
            ("vor zwei Jahren", "vor zwei Jahren=2022~"),
            ("letzte Woche", "letzte Woche=2024-06-10/2024-06-16"),
            ("Ostern 2019", "Ostern 2019=2019-04-21"),
            ("mindestens 10.000 Soldaten", "mindestens 10.000=at least 10,000"),
            ("1.234,5 Euro", "1.234,5 Euro=1,234.5 EUR"),
            ("2,5 Millionen Euro", "2,5 Millionen Euro=2,500,000 EUR"),
            ("drei Milliarden Dollar", "drei Milliarden Dollar=3,000,000,000 USD"),
            ("dreiundzwanzig Männer und zweihundert Frauen", "dreiundzwanzig=23; zweihundert=200"),
            ("5,5 Prozent", "5,5 Prozent=5.5 %"),
            ("rund 300 Kilometer", "300 Kilometer=270 to 330 kilometer"),
            ("das 19. Jahrhundert", "19. Jahrhundert=18XX"),
        ],
    );
    assert_eq!(read(&reader("fr", None, DateOrder::Auto), "le 25 avril 2019"), "");
}

/// What is spelled alike and means something else beside other words.
#[test]
fn words_around_a_value_tell_what_it_is() {
    check(
        &reader("en", Some("2024-06-19"), DateOrder::Auto),
        &[
            ("The vote will be held on Sunday.", "Sunday=2024-06-23"),
            ("The ruling is to be announced on Monday.", "Monday=2024-06-24"),
            ("Shares closed at 8,191.29.", "8,191.29=8,191.29"),
            ("She will turn 80 next month.", "80=80; next month=2024-07"),
            ("The strike will last 48 hours.", "48 hours=P2D"),
            ("1.2m people and 3m cars", "1.2m=1,200,000; 3m=3,000,000"),
            ("a 100m race", "100m=100 meter"),
            ("founded in 300 BC, in the 5th century BC", ""),
            ("He scored twice in the second half.", "second=no. 2"),
            ("Profit fell in the second half.", "the second half=2023-41"),
            ("the first half of June 2023", "the first half of June 2023=early 2023-06"),
            ("She lives on the third floor.", "third=no. 3"),
            ("It was signed on the third.", "the third=2024-06-03"),
            ("A second man was held.", "second=no. 2"),
            ("The boy was found in the early hours of Tuesday.", "Tuesday=2024-06-18"),
            ("Theresa Berg met April Jones in May.", "May=2024-05"),
            ("Brian May sang.", ""),
            ("It grew in the past decade.", "the past decade=2014-06-19/2024-06-18~"),
            ("Half a century ago it opened.", "Half a century ago=197X~"),
            ("Two days later, he was arrested.", "Two days later=XXXX"),
            ("in the 1800s", "the 1800s=[180X,18XX]"),
            ("He is in his late twenties.", "in his late twenties=20 to 30 year"),
            ("a 5G network and a 4K screen", ""),
            ("a €50-million fund", "€50-million=50,000,000 EUR"),
            ("Prices rose from 3% to 4%.", "3%=3 %; 4%=4 %"),
            ("prices from 3% to 4%", "from 3% to 4%=3 to 4 %"),
            (
                "hundreds of millions of dollars",
                "hundreds of millions of dollars=200,000,000 to 1,000,000,000 USD",
            ),
            ("It was 42C at 1900 GMT.", "42C=42 degree celsius"),
            ("They march 20 miles.", "20 miles=20 mile"),
            ("the late 1980s", "the late 1980s=late 198X"),
            ("version 2.0.1 at 192.168.1.1", ""),
        ],
    );
}

#[test]
fn values_that_agree_and_differ() {
    let value = |text: &str| {
        let tokens = tokens(text, 0);
        reader("en", None, DateOrder::Auto).values(&tokens, &mut None).remove(0).value
    };
    for (one, other, is_disjoint) in [
        ("10 miles", "16 km", false),
        ("10 miles", "26 km", true),
        ("10 miles", "26 kg", false),
        ("$20", "€30", false),
        ("$20", "$30", true),
        ("more than $20", "$30", false),
        ("three months", "90 days", false),
        ("three months", "100 days", true),
        ("5 percent", "5 percentage points", false),
        ("aged 70", "aged 71", true),
        ("one in three", "two in six", false),
        ("early 2019", "late 2019", false),
        ("the second attempt", "the third attempt", true),
    ] {
        assert_eq!(value(one).is_disjoint(&value(other)), is_disjoint, "{one} | {other}");
        assert_eq!(value(other).is_disjoint(&value(one)), is_disjoint, "{other} | {one}");
    }
}

const VALUE_LIKE: &str = "((in|early|mid|the|between|about|since|last|next|9999|0000|1000|12|29 February|-|year|years|ago|s|Friday|,|\
    from|to|and|a|half|million|dozen|\\$|%|dollars|9{1,60}|1/3|twenty|third|of|quarter|more than|Easter|century|two|old|\\.|week|every) ?){1,12}";

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), day in "[0-9]{4}-[01][0-9]-[0-3][0-9]") {
        for language in ["en", "de"] {
            let dateline = Dateline::parse(&day).ok();
            Reader::new(Some(language), Reading { dateline, order: DateOrder::Auto }).values(&tokens(&text, 0), &mut None);
        }
    }

    #[test]
    fn values_stand_apart_on_character_boundaries(text in VALUE_LIKE) {
        for day in ["9999-12-30", "0000-01-01", "2024-02-29"] {
            let reader = Reader::new(None, Reading { dateline: Dateline::parse(day).ok(), order: DateOrder::Auto });
            let tokens = tokens(&text, 0);
            let mut last = 0;
            for found in reader.values(&tokens, &mut None) {
                prop_assert!(found.tokens.start >= last && found.tokens.start < found.tokens.end);
                last = found.tokens.end;
                let span = tokens[found.tokens.start].span.join(tokens[found.tokens.end - 1].span);
                prop_assert!(text.get(span.range()).is_some());
                prop_assert!(!found.value.is_disjoint(&found.value), "{}", found.value);
            }
        }
    }

    /// Without a context a sentence says the same alone and behind another.
    #[test]
    fn a_sentence_means_the_same_alone(text in "(In 2019|On 3 May 2012|About 300 men|\\$5 million|Two-thirds of them|The 1990s|3 km)( and (two weeks|aged 40|5 percent|1950–53))?") {
        let reader = Reader::new(None, Reading::default());
        let values = |text: &str| {
            let found = reader.values(&tokens(text, 0), &mut None);
            found.into_iter().map(|found| found.value).collect::<Vec<_>>()
        };
        let alone = values(&format!("{text} came."));
        let first = values("It rained in 1901.");
        let both = values(&format!("It rained in 1901. {text} came."));
        prop_assert_eq!(both, [first, alone].concat());
    }

    #[test]
    fn dates_are_written_and_read(text in VALUE_LIKE) {
        let reader = Reader::new(None, Reading { dateline: Dateline::parse("2024-06-19").ok(), order: DateOrder::Auto });
        for found in reader.values(&tokens(&text, 0), &mut None) {
            if let Value::Date(date) = found.value {
                let written = date.edtf();
                let read = DateSet::from_edtf(&written);
                prop_assert_eq!(read.map(|read| (read.edtf(), read.readings)), Some((written, date.readings)));
            }
        }
    }
}
