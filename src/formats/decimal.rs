//! Numbers as files spell them. As people type them: [`crate::formats::number`].

/// The finite number that the text spells; `None` for anything else.
pub fn parse(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

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
