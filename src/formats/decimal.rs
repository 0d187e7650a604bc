//! Decimal text to a number, correctly rounded.
//!
//! The standard library's reader and that of `serde_json` bring tables of some 17 kB
//! that no compression makes smaller, for the speed of reading millions of numbers.
//! A diary holds a few to an entry, nearly all of them short: those take one
//! multiplication or division, the others whole-number arithmetic of any length.

/// Longest text that is read, in characters: beyond it no number of a diary lies.
const MAX_CHARS: usize = 400;

/// A number as a person types it, with a point or a comma, from 0 to `most`; `None`
/// where nothing was typed.
///
/// # Errors
/// What was typed is no number, or out of range.
pub fn typed(text: &str, most: f64) -> Result<Option<f64>, NotTyped> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let read = parse(&text).filter(|n| (0.0..=most).contains(n));
    read.map(Some).ok_or(NotTyped)
}

/// What was typed is no number, or out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotTyped;

/// The finite number that the text spells, as JSON spells numbers (a `+` in front, a
/// `.` at either end and zeros in front are let pass); `None` for anything else. The
/// nearest number is given, of two as near the even one.
pub fn parse(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if text.len() > MAX_CHARS {
        return None;
    }
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at)?, power(text.get(at + 1..)?)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut short: u64 = 0;
    let mut count: i32 = 0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        short = short.wrapping_mul(10).wrapping_add(digit.into());
        count += i32::from(count > 0 || digit > 0);
    }
    let tens = exponent - i32::try_from(fraction.len()).ok()?;
    let size = match count + tens {
        _ if count == 0 => 0.0,
        // 10^309 or more.
        310.. => return None,
        -330..310 => {
            if count <= 15 && tens.unsigned_abs() <= 22 {
                // Both are whole and below 2^53: one operation, rounded once.
                let (digits, power) = (exact(short), ten_to(tens.unsigned_abs()));
                if tens.is_negative() {
                    digits / power
                } else {
                    digits * power
                }
            } else {
                let mut digits = Big::default();
                for byte in whole.bytes().chain(fraction.bytes()) {
                    digits.times(10, byte.wrapping_sub(b'0').into());
                }
                nearest(&digits, tens)?
            }
        }
        // Far below half of the least number.
        _ => 0.0,
    };
    Some(if negative { -size } else { size })
}

/// The exponent behind an `e`, cut to what no text of [`MAX_CHARS`] can bring back.
fn power(text: &str) -> Option<i32> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if text.is_empty() {
        return None;
    }
    let mut power = 0;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        power = (power * 10 + i32::from(digit)).min(10_000);
    }
    Some(if negative { -power } else { power })
}

#[expect(clippy::cast_precision_loss, reason = "below 2^53")]
fn exact(whole: u64) -> f64 {
    whole as f64
}

/// 10 to a power of at most 22, which is exact.
fn ten_to(power: u32) -> f64 {
    (0..power).fold(1.0, |product, _| product * 10.0)
}

/// The number nearest to `digits` · 10^`tens`, by halving the numbers between nothing
/// and the greatest: their bits are in the order of their size. `None` beyond the
/// greatest.
fn nearest(digits: &Big, tens: i32) -> Option<f64> {
    let (mut low, mut high) = (0, f64::INFINITY.to_bits());
    // The greatest number not above the value.
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let (mantissa, twos) = parts(middle);
        if compare(digits, tens, mantissa, twos).is_lt() {
            high = middle;
        } else {
            low = middle;
        }
    }
    // Half way to the next one lies half a step of the last bit.
    let (mantissa, twos) = parts(low);
    let up = match compare(digits, tens, mantissa * 2 + 1, twos - 1) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => mantissa % 2 == 1,
        std::cmp::Ordering::Greater => true,
    };
    let value = f64::from_bits(low + u64::from(up));
    value.is_finite().then_some(value)
}

/// A number's mantissa, and the power of two that it is multiplied with.
fn parts(bits: u64) -> (u64, i32) {
    let fraction = bits & ((1 << 52) - 1);
    match i32::try_from(bits >> 52).unwrap_or_default() {
        0 => (fraction, -1074),
        exponent => (fraction + (1 << 52), exponent - 1075),
    }
}

/// `digits` · 10^`tens` against `mantissa` · 2^`twos`.
fn compare(digits: &Big, tens: i32, mantissa: u64, twos: i32) -> std::cmp::Ordering {
    let (mut left, mut right) = (digits.clone(), Big::default());
    right.times(1, low(mantissa >> 32));
    right.shift(32);
    right.times(1, low(mantissa));
    let tenfold = if tens.is_negative() {
        &mut right
    } else {
        &mut left
    };
    for _ in 0..tens.unsigned_abs() {
        tenfold.times(10, 0);
    }
    let doubled = if twos.is_negative() {
        &mut left
    } else {
        &mut right
    };
    doubled.shift(twos.unsigned_abs());
    left.compare(&right)
}

/// A whole number of any length, its lowest 32 bits first, without zeros at the end.
#[derive(Clone, Default)]
struct Big(Vec<u32>);

impl Big {
    /// Multiplies, then adds.
    fn times(&mut self, factor: u32, more: u32) {
        let mut carry = u64::from(more);
        for word in &mut self.0 {
            carry += u64::from(*word) * u64::from(factor);
            *word = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    /// Doubles so many times.
    fn shift(&mut self, bits: u32) {
        if self.0.is_empty() {
            return;
        }
        self.times(1 << (bits % 32), 0);
        let zeros = std::iter::repeat_n(0, (bits / 32) as usize);
        self.0.splice(0..0, zeros);
    }

    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

fn low(word: u64) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// As the standard library writes and reads it, whatever the bits.
        #[test]
        fn every_number_comes_back(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            for text in [format!("{number:?}"), format!("{number:e}")] {
                prop_assert_eq!(parse(&text).map(f64::to_bits), Some(bits), "{}", text);
            }
        }

        /// Any digits at all, rounded as the standard library rounds them.
        #[test]
        fn any_digits_are_rounded_alike(text in "-?[0-9]{1,25}(\\.[0-9]{1,25})?(e-?[0-9]{1,3})?") {
            let theirs = text.parse::<f64>().ok().filter(|number| number.is_finite());
            prop_assert_eq!(parse(&text).map(f64::to_bits), theirs.map(f64::to_bits));
        }
    }

    #[test]
    fn reads_what_the_standard_library_reads() {
        for text in [
            "0",
            "-0",
            "1",
            "10",
            "0.1",
            "12.5",
            "20.016666666666666",
            "0.30000000000000004",
            "1e3",
            "1E-3",
            "1e+3",
            "123456789012345678",
            "9007199254740993",
            "5e-324",
            "2e-324",
            "2.4703282292062327208e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "0.000000000000000000000000001",
            "9007199254740992.5",
            "9007199254740993.0000000001",
            "1e22",
            "1e23",
            "8.5e-17",
            "4503599627370496.5",
            "1440.0000000000002",
            "1e-400",
            "0e999999999",
        ] {
            assert_eq!(
                parse(text).map(f64::to_bits),
                text.parse().ok().map(f64::to_bits),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "", "-", ".", "e3", "1e", "1e+", "1,5", "NaN", "inf", " 1", "1 ", "0x1", "1e309",
            "--1", "1.2.3", "1e5.5", "é",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"1".repeat(500)), None);
    }

    #[test]
    fn the_longest_text_that_is_read_has_four_hundred_characters() {
        let one = |zeros: usize| format!("1.{}", "0".repeat(zeros));
        assert_eq!(parse(&one(398)), Some(1.0));
        assert_eq!(parse(&one(399)), None);
        assert_eq!(parse(&one(400)), None);
    }
}
