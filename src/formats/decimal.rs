//! Numbers as people type them and as files spell them.

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

/// The finite number that the text spells; `None` for anything else.
pub fn parse(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_typed_with_a_point_or_a_comma() {
        assert_eq!(typed(" 2,5 ", 10.0), Ok(Some(2.5)));
        assert_eq!(typed("2.5", 10.0), Ok(Some(2.5)));
        assert_eq!(typed("  ", 10.0), Ok(None));
        for text in ["-1", "10.1", "1e9", "inf", "NaN", "1,2,3", "ten", "-"] {
            assert_eq!(typed(text, 10.0), Err(NotTyped), "{text}");
        }
    }

    #[test]
    fn what_is_not_finite_is_no_number() {
        for text in [
            "NaN", "inf", "-inf", "infinity", "1e309", "", "0x1", "1 ", "é",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("-1.5e3"), Some(-1500.0));
    }
}
