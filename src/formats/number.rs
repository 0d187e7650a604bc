//! Numbers as people type them: read by the language in use, and written into a field in
//! the very form in which they are read again.
//!
//! "1.200" is a thousand and two hundred to a German, one and a fifth to an English reader.
//! So a field is read by its language alone, and a text that the language reads in neither
//! way (a French "1.200") is asked about, never guessed.

use crate::formats::decimal;

/// How a language spells numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberForm {
    /// What stands before the decimals: a point or a comma.
    pub decimal: char,
    /// What stands between thousands: a point, a comma, or a space of some kind.
    pub group: char,
}

impl Default for NumberForm {
    /// The English form.
    fn default() -> Self {
        Self {
            decimal: '.',
            group: ',',
        }
    }
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unread {
    /// Letters, or separators where none can stand.
    NotANumber,
    /// It can be read in two ways.
    Ambiguous {
        /// With its separator before the decimals.
        smaller: f64,
        /// With its separator between thousands.
        greater: f64,
    },
}

impl NumberForm {
    /// A form by the separators that a language writes; whatever is none of the signs
    /// known here is read as the English one.
    pub fn new(decimal: char, group: char) -> Self {
        let decimal = if sign(decimal) == Sign::Comma {
            ','
        } else {
            '.'
        };
        let group = match sign(group) {
            Sign::Space => ' ',
            Sign::Point | Sign::Comma | Sign::None if decimal == ',' => '.',
            Sign::Point | Sign::Comma | Sign::None => ',',
        };
        Self { decimal, group }
    }

    /// The number that was typed; `None` where nothing was.
    ///
    /// # Errors
    /// It is none, or could be two.
    pub fn read(self, text: &str) -> Result<Option<f64>, Unread> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let typed = Typed::of(text).ok_or(Unread::NotANumber)?;
        let size = self.read_typed(&typed)?;
        Ok(Some(if negative { -size } else { size }))
    }

    fn read_typed(self, typed: &Typed) -> Result<f64, Unread> {
        let commas = typed.count(Sign::Comma);
        let points = typed.count(Sign::Point);
        let (own, other) = if self.decimal == ',' {
            (commas, points)
        } else {
            (points, commas)
        };
        let (own_sign, other_sign) = if self.decimal == ',' {
            (Sign::Comma, Sign::Point)
        } else {
            (Sign::Point, Sign::Comma)
        };
        match (own, other) {
            // Both: whichever comes last, once, stands before the decimals.
            (1.., 1..) => typed.with_decimals(typed.last()),
            // The language's own decimal sign, once.
            (1, 0) => typed.with_decimals(Some(own_sign)),
            // None, or more than one, which can only stand between thousands.
            (0 | 2.., 0) | (0, 2..) => typed.with_decimals(None),
            (0, 1) => {
                let greater = typed.with_decimals(None);
                let smaller = typed.with_decimals(Some(other_sign));
                match (greater, smaller) {
                    (Ok(greater), _) if sign(self.group) == other_sign => Ok(greater),
                    (Ok(greater), Ok(smaller)) => Err(Unread::Ambiguous { smaller, greater }),
                    (Err(_), smaller) => smaller,
                    (greater, Err(_)) => greater,
                }
            }
        }
    }

    /// A number for a field: without signs between thousands, so that every reader of this
    /// language takes it for the same, and with all of its decimals.
    pub fn write(self, value: f64) -> String {
        let plain = plain(value);
        if self.decimal == ',' {
            plain.replace('.', ",")
        } else {
            plain
        }
    }
}

/// A number as drafts and forms hold it, whatever the language: a point before the
/// decimals and nothing between thousands.
pub fn plain(value: f64) -> String {
    // Adding 0 turns -0 into 0.
    (value + 0.0).to_string()
}

/// A number as drafts hold it, rounded to so many decimals (6 at most).
pub fn rounded(value: f64, decimals: u8) -> String {
    let scale = 10_f64.powi(i32::from(decimals.min(6)));
    plain((value * scale).round() / scale)
}

/// What a number field takes, bounds included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NumberLimits {
    /// Lowest.
    pub least: f64,
    /// Highest.
    pub most: f64,
    /// Whole numbers alone.
    pub whole: bool,
}

/// What is wrong with what stands in a number field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WrongNumber {
    /// It is none.
    NotANumber,
    /// It can be read in two ways.
    Ambiguous {
        /// One of them.
        smaller: f64,
        /// The other.
        greater: f64,
    },
    /// It lies outside the field's limits.
    OutOfRange,
    /// It is not whole where it has to be.
    NotWhole,
}

/// Stands behind a text of a draft that is no number: nothing reads it as one by chance.
const UNREAD: char = '?';

impl NumberLimits {
    /// The number that a draft holds; `None` where it holds nothing.
    ///
    /// # Errors
    /// It holds what is no number, or one that the field does not take.
    pub fn read(self, draft: &str) -> Result<Option<f64>, WrongNumber> {
        let draft = draft.trim();
        if draft.is_empty() {
            return Ok(None);
        }
        let number = held(draft).ok_or(WrongNumber::NotANumber)?;
        self.takes(number).map(Some)
    }

    fn takes(self, number: f64) -> Result<f64, WrongNumber> {
        if !(self.least..=self.most).contains(&number) {
            Err(WrongNumber::OutOfRange)
        } else if self.whole && number.fract() != 0.0 {
            Err(WrongNumber::NotWhole)
        } else {
            Ok(number + 0.0)
        }
    }

    /// What a draft holds of what was typed, and what is wrong with it.
    pub fn enter(self, form: NumberForm, typed: &str) -> (String, Option<WrongNumber>) {
        let unread = |wrong| {
            let mut text = typed.trim().to_owned();
            text.push(UNREAD);
            (text, Some(wrong))
        };
        match form.read(typed) {
            Ok(None) => (String::new(), None),
            Ok(Some(number)) => (plain(number), self.takes(number).err()),
            Err(Unread::NotANumber) => unread(WrongNumber::NotANumber),
            Err(Unread::Ambiguous { smaller, greater }) => {
                unread(WrongNumber::Ambiguous { smaller, greater })
            }
        }
    }
}

/// The number that a draft holds. Drafts stored by earlier releases hold what was typed,
/// with a comma at times.
fn held(draft: &str) -> Option<f64> {
    decimal::parse(&draft.replace(',', "."))
}

/// What a field shows of what its draft holds.
pub fn shown(form: NumberForm, draft: &str) -> String {
    match held(draft) {
        Some(number) => form.write(number),
        None => draft.strip_suffix(UNREAD).unwrap_or(draft).to_owned(),
    }
}

/// What stands between digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Point,
    Comma,
    /// A space or an apostrophe: between thousands everywhere, before decimals nowhere.
    Space,
    None,
}

fn sign(c: char) -> Sign {
    match c {
        '.' | '\u{FF0E}' | '\u{B7}' => Sign::Point,
        // Comma, the Arabic decimal sign and comma, the full-width one.
        ',' | '\u{66B}' | '\u{60C}' | '\u{FF0C}' => Sign::Comma,
        // Spaces, the Arabic sign for thousands, apostrophes of Switzerland.
        _ if c.is_whitespace() => Sign::Space,
        '\u{66C}' | '\'' | '\u{2019}' | '\u{60F}' => Sign::Space,
        _ => Sign::None,
    }
}

/// The zeros of the scripts whose digits phones' keyboards type.
const ZEROS: [u32; 12] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xE50, 0xFF10,
];

fn digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// The same text with the digits of every keyboard as 0 to 9.
pub fn plain_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// Digits with what stands between them: the first has nothing before it.
struct Typed(Vec<(Sign, String)>);

impl Typed {
    fn of(text: &str) -> Option<Self> {
        let mut parts = vec![(Sign::None, String::new())];
        for c in text.chars() {
            if let Some(digit) = digit(c) {
                parts.last_mut()?.1.push(digit);
            } else if sign(c) == Sign::None {
                return None;
            } else {
                parts.push((sign(c), String::new()));
            }
        }
        let any = parts.iter().any(|(_, digits)| !digits.is_empty());
        any.then_some(Self(parts))
    }

    fn count(&self, sign: Sign) -> usize {
        self.0.iter().filter(|(s, _)| *s == sign).count()
    }

    fn last(&self) -> Option<Sign> {
        let mut signs = self.0.iter().map(|(sign, _)| *sign);
        signs.rfind(|sign| matches!(sign, Sign::Comma | Sign::Point))
    }

    /// The number with its last part as decimals, where `decimal` stands before it, and
    /// every other sign between thousands.
    fn with_decimals(&self, decimal: Option<Sign>) -> Result<f64, Unread> {
        let (whole, decimals) = match (decimal, self.0.as_slice()) {
            (Some(sign), [whole @ .., (last, decimals)]) if *last == sign => {
                (whole, decimals.as_str())
            }
            (None, whole) => (whole, ""),
            (Some(_), _) => return Err(Unread::NotANumber),
        };
        let thousands = whole.split_first().is_none_or(|((_, first), rest)| {
            let same = rest.windows(2).all(|pair| pair[0].0 == pair[1].0);
            let other = rest.iter().all(|(sign, _)| Some(*sign) != decimal);
            let threes = rest.iter().all(|(_, digits)| digits.len() == 3);
            let begun = (1..=3).contains(&first.len()) && !first.starts_with('0');
            rest.is_empty() || (same && other && threes && begun)
        });
        if !thousands {
            return Err(Unread::NotANumber);
        }
        let whole: String = whole.iter().map(|(_, digits)| digits.as_str()).collect();
        let text = [whole.as_str(), ".", decimals].concat();
        decimal::parse(&text).ok_or(Unread::NotANumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ENGLISH: NumberForm = NumberForm {
        decimal: '.',
        group: ',',
    };
    const GERMAN: NumberForm = NumberForm {
        decimal: ',',
        group: '.',
    };
    const FRENCH: NumberForm = NumberForm {
        decimal: ',',
        group: ' ',
    };
    const FORMS: [NumberForm; 3] = [ENGLISH, GERMAN, FRENCH];

    fn ambiguous(smaller: f64, greater: f64) -> Result<Option<f64>, Unread> {
        Err(Unread::Ambiguous { smaller, greater })
    }

    /// What is typed, and what English, German (Spanish alike) and French make of it.
    #[test]
    fn each_language_reads_its_own_numbers() {
        let ok = |n: f64| Ok(Some(n));
        let no = Err(Unread::NotANumber);
        let rows = [
            ("", [Ok(None); 3]),
            (" \u{a0}", [Ok(None); 3]),
            ("0", [ok(0.0); 3]),
            ("0.5", [ok(0.5); 3]),
            ("0,5", [ok(0.5); 3]),
            (".5", [ok(0.5); 3]),
            ("5.", [ok(5.0); 3]),
            ("2.5", [ok(2.5); 3]),
            ("2,5", [ok(2.5); 3]),
            ("2,50", [ok(2.5); 3]),
            ("1200", [ok(1200.0); 3]),
            ("1,200", [ok(1200.0), ok(1.2), ok(1.2)]),
            ("1.200", [ok(1.2), ok(1200.0), ambiguous(1.2, 1200.0)]),
            ("12,500", [ok(12_500.0), ok(12.5), ok(12.5)]),
            (
                "12.500",
                [ok(12.5), ok(12_500.0), ambiguous(12.5, 12_500.0)],
            ),
            ("0,500", [ok(0.5); 3]),
            ("0.500", [ok(0.5); 3]),
            ("1,200.5", [ok(1200.5); 3]),
            ("1.200,5", [ok(1200.5); 3]),
            ("1,234,567", [ok(1_234_567.0); 3]),
            ("1.234.567", [ok(1_234_567.0); 3]),
            ("1 200", [ok(1200.0); 3]),
            ("1\u{202f}200,5", [ok(1200.5); 3]),
            ("1'200.5", [ok(1200.5); 3]),
            ("1\u{2019}200", [ok(1200.0); 3]),
            ("1234,5", [ok(1234.5); 3]),
            ("1234,567", [ok(1234.567); 3]),
            ("٢٥", [ok(25.0); 3]),
            ("۲۵", [ok(25.0); 3]),
            ("٢٫٥", [ok(2.5); 3]),
            ("١٬٢٠٠", [ok(1200.0); 3]),
            ("２５", [ok(25.0); 3]),
            ("२५", [ok(25.0); 3]),
            ("-3", [ok(-3.0); 3]),
            ("\u{2212}3,5", [ok(-3.5); 3]),
            ("+3", [ok(3.0); 3]),
            ("1 2", [no; 3]),
            ("1,2,3", [no; 3]),
            ("1.2.3", [no; 3]),
            ("1,2.3,4", [no; 3]),
            ("12 34", [no; 3]),
            ("1234 567", [no; 3]),
            ("abc", [no; 3]),
            ("25 min", [no; 3]),
            ("1e3", [no; 3]),
            ("NaN", [no; 3]),
            ("--1", [no; 3]),
            (".", [no; 3]),
            (",", [no; 3]),
            ("-", [no; 3]),
        ];
        for (text, expected) in rows {
            let read = FORMS.map(|form| form.read(text));
            assert_eq!(read, expected, "{text:?}");
        }
    }

    #[test]
    fn a_form_is_made_of_the_signs_that_a_language_writes() {
        assert_eq!(NumberForm::new('.', ','), ENGLISH);
        assert_eq!(NumberForm::new(',', '.'), GERMAN);
        assert_eq!(NumberForm::new(',', '\u{202f}'), FRENCH);
        assert_eq!(NumberForm::new(',', '\u{a0}'), FRENCH);
        assert_eq!(NumberForm::new('.', '\u{2019}').group, ' ');
        assert_eq!(NumberForm::new('\u{66b}', '\u{66c}'), FRENCH);
        assert_eq!(NumberForm::new('?', '?'), ENGLISH);
    }

    #[test]
    fn a_draft_holds_plain_numbers() {
        assert_eq!(plain(1200.0), "1200");
        assert_eq!(plain(-0.0), "0");
        assert_eq!(rounded(20.016_666, 1), "20");
        assert_eq!(rounded(2.255, 2), "2.26");
        let minutes = NumberLimits {
            least: 0.0,
            most: 1440.0,
            whole: false,
        };
        assert_eq!(minutes.read("1200"), Ok(Some(1200.0)));
        assert_eq!(minutes.read(" "), Ok(None));
        for text in ["1441", "-1"] {
            assert_eq!(minutes.read(text), Err(WrongNumber::OutOfRange), "{text}");
        }
        assert_eq!(minutes.read("6,5"), Ok(Some(6.5)), "of an earlier release");
        for text in ["1,2,3", "1,200.5", "x", "1.200?", "1e3?", "abc?"] {
            assert_eq!(minutes.read(text), Err(WrongNumber::NotANumber), "{text}");
        }
        let times = NumberLimits {
            least: 0.0,
            most: 10.0,
            whole: true,
        };
        assert_eq!(times.read("2"), Ok(Some(2.0)));
        assert_eq!(times.read("2.5"), Err(WrongNumber::NotWhole));
    }

    #[test]
    fn what_is_entered_is_held_plainly_and_shown_as_it_was_typed() {
        let minutes = NumberLimits {
            least: 0.0,
            most: 1440.0,
            whole: false,
        };
        let rows = [
            (GERMAN, "1.200", "1200", None, "1200"),
            (GERMAN, "1,5", "1.5", None, "1,5"),
            (ENGLISH, "1,200", "1200", None, "1200"),
            (ENGLISH, "1,5", "1.5", None, "1.5"),
            (FRENCH, " ", "", None, ""),
            (
                GERMAN,
                "12.500",
                "12500",
                Some(WrongNumber::OutOfRange),
                "12500",
            ),
            (ENGLISH, "abc", "abc?", Some(WrongNumber::NotANumber), "abc"),
            (ENGLISH, "1e3", "1e3?", Some(WrongNumber::NotANumber), "1e3"),
            (
                FRENCH,
                "1.200",
                "1.200?",
                Some(WrongNumber::Ambiguous {
                    smaller: 1.2,
                    greater: 1200.0,
                }),
                "1.200",
            ),
        ];
        for (form, typed, held, wrong, again) in rows {
            let (draft, found) = minutes.enter(form, typed);
            assert_eq!((draft.as_str(), found), (held, wrong), "{typed}");
            assert_eq!(shown(form, &draft), again);
            let read = minutes.read(&draft);
            assert_eq!(read.is_err(), wrong.is_some(), "{typed}");
        }
    }

    proptest! {
        /// What a field is filled with, it reads as the same number, in every language.
        #[test]
        fn what_is_written_is_read(any in -1e12..1e12_f64, thousandths in -2_000_000_000_i32..2_000_000_000) {
            for value in [any, any / 1e12, f64::from(thousandths) / 1000.0] {
                for form in FORMS {
                    prop_assert_eq!(form.read(&form.write(value)), Ok(Some(value)));
                }
            }
        }

        /// No text at all makes it fall over.
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}", form in 0..3_usize) {
            let _ = FORMS[form].read(&text);
        }
    }
}
