//! Weights of a strength session, in tenths of a kilogram, as they are shown and stepped
//! through in kilograms or in pounds.

/// Tenths of a kilogram of a pound (international avoirdupois, 1959: 0.45359237 kg).
const POUND_HG: f64 = 4.535_923_7;
/// Half a kilogram.
const STEP_HG: u16 = 5;
/// Most that can be logged: half a tonne.
const MOST_HG: u16 = 5_000;

/// A weight as it is shown: kilograms to a tenth, pounds to a half.
pub fn shown(hg: u16, pounds: bool) -> f64 {
    if pounds {
        (f64::from(hg) / POUND_HG * 2.0).round() / 2.0
    } else {
        f64::from(hg) / 10.0
    }
}

/// The next weight, heavier or lighter: half a kilogram, or to the next whole pound.
pub fn step(hg: u16, pounds: bool, heavier: bool) -> u16 {
    let next = match (pounds, heavier) {
        (false, true) => hg.saturating_add(STEP_HG),
        (false, false) => hg.saturating_sub(STEP_HG),
        (true, true) => of_pounds(shown(hg, true).floor() + 1.0),
        (true, false) => of_pounds(shown(hg, true).ceil() - 1.0),
    };
    next.min(MOST_HG)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
fn of_pounds(pounds: f64) -> u16 {
    (pounds.max(0.0) * POUND_HG).round().clamp(0.0, 65_535.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_whole_pound_is_shown_as_it_was_chosen() {
        let mut hg = 0;
        for pounds in 1..=1000_u16 {
            hg = step(hg, true, true);
            assert!(
                (shown(hg, true) - f64::from(pounds)).abs() < 1e-9,
                "{pounds}: {hg}"
            );
        }
        for pounds in (0..1000_u16).rev() {
            hg = step(hg, true, false);
            assert!(
                (shown(hg, true) - f64::from(pounds)).abs() < 1e-9,
                "{pounds}: {hg}"
            );
        }
    }

    #[test]
    fn kilograms_go_by_halves_and_both_stay_within_half_a_tonne() {
        assert_eq!(step(68, false, true), 73);
        assert_eq!(step(3, false, false), 0);
        assert_eq!(step(5_000, false, true), 5_000);
        assert_eq!(step(4_999, true, true), 5_000);
        assert_eq!(step(0, true, false), 0);
        assert!((shown(68, false) - 6.8).abs() < 1e-9);
        assert!((shown(68, true) - 15.0).abs() < 1e-9);
    }

    #[test]
    fn from_between_two_pounds_it_goes_to_the_next_one() {
        // 5 kg are 11.02 lb, shown as 11; 5.2 kg are 11.46, shown as 11.5.
        assert!((shown(50, true) - 11.0).abs() < 1e-9);
        assert!((shown(step(52, true, true), true) - 12.0).abs() < 1e-9);
        assert!((shown(step(52, true, false), true) - 11.0).abs() < 1e-9);
    }
}
