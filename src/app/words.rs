//! How words are kept: sorted lines of key, tab, text, and a language's texts beside them.

/// The text beside a key in sorted lines.
pub fn find<'a>(lines: &'a str, key: &str) -> Option<&'a str> {
    let (mut low, mut high) = (0, lines.len());
    while low < high {
        // The line that holds the middle.
        let middle = low + (high - low) / 2;
        let bytes = lines.as_bytes();
        let start = bytes[low..middle]
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(low, |at| low + at + 1);
        let end = bytes[middle..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(high, |at| middle + at);
        let (name, text) = lines.get(start..end)?.split_once('\t')?;
        match name.cmp(key) {
            std::cmp::Ordering::Equal => return Some(text),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// The keys of these lines with the texts of the others, and the texts that are left.
pub fn beside<'a>(keys: &str, mut texts: &'a str) -> (String, &'a str) {
    let mut lines = String::new();
    for line in keys.split('\n') {
        let (Some((key, _)), Some((text, left))) = (line.split_once('\t'), texts.split_once('\n'))
        else {
            break;
        };
        lines.extend([key, "\t", text, "\n"]);
        texts = left;
    }
    (lines, texts)
}

/// The ending of the key that a count takes: in French 0 is said as 1 is. The languages
/// that Footing speaks have no other forms for counts below a million (CLDR).
pub fn form(french: bool, count: i64) -> &'static str {
    if count == 1 || french && count == 0 {
        "_one"
    } else {
        "_other"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "a.b\tone\na.c\ttwo\nb\tthree\n";
    const REST: &str = "a.a\tfour\nz\tfive\n";

    #[test]
    fn every_key_is_found_and_no_other() {
        for (key, text) in [("a.b", "one"), ("a.c", "two"), ("b", "three")] {
            assert_eq!(find(FIRST, key), Some(text));
        }
        for key in ["", "a", "a.", "a.a", "a.bb", "c", "one"] {
            assert_eq!(find(FIRST, key), None, "{key}");
        }
        assert_eq!(find("", "a"), None);
    }

    #[test]
    fn texts_stand_beside_the_keys_of_both_parts() {
        let (first, left) = beside(FIRST, "eins\nzwei\ndrei\nvier\nf\u{fc}nf\n");
        assert_eq!(first, "a.b\teins\na.c\tzwei\nb\tdrei\n");
        let (rest, left) = beside(REST, left);
        assert_eq!((rest.as_str(), left), ("a.a\tvier\nz\tf\u{fc}nf\n", ""));
        // A file that is too short leaves holes, which English fills.
        assert_eq!(beside(REST, "vier\n").0, "a.a\tvier\n");
    }

    #[test]
    fn each_language_counts_its_own_way() {
        for (count, form_en, form_fr) in [
            (0, "_other", "_one"),
            (1, "_one", "_one"),
            (2, "_other", "_other"),
            (5, "_other", "_other"),
        ] {
            assert_eq!(form(false, count), form_en, "{count}");
            assert_eq!(form(true, count), form_fr, "{count}");
        }
    }
}
