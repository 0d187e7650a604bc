//! How hard the English texts read: `cargo run --example reading_grade` prints the
//! Flesch-Kincaid grade of the sentences of eight words and more, terms of the glossary in
//! docs/words.md left out.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Map, Value};
use std::fs;

/// Words that a sentence needs to be graded.
const LEAST_WORDS: usize = 8;
/// The hardest sentences that are printed.
const HARDEST: usize = 25;

fn main() {
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |path: &str| fs::read_to_string(format!("{root}/{path}")).unwrap_or_default();
    let terms = terms(&read("docs/words.md"));
    let mut graded = Vec::new();
    for file in ["en.json", "en/exercises.json"] {
        let text = read(&format!("public/locales/{file}"));
        let words: Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
        for (key, text) in &words {
            let text = text.as_str().unwrap_or_default();
            for sentence in text.split_inclusive(['.', '?', '!', ':', ';']) {
                if let Some(grade) = grade(sentence, &terms) {
                    graded.push((grade, key.clone(), sentence.trim().to_owned()));
                }
            }
        }
    }
    graded.sort_by(|a, b| b.0.total_cmp(&a.0));
    let median = graded.get(graded.len() / 2).map_or(0.0, |found| found.0);
    println!("{} sentences, median grade {median:.1}", graded.len());
    for (grade, key, sentence) in graded.iter().take(HARDEST) {
        println!("{grade:5.1}  {key}: {sentence}");
    }
}

/// The English terms of the glossary.
fn terms(page: &str) -> Vec<String> {
    let table = page.split("## Glossary").nth(1).unwrap_or_default();
    let table = table.split("\n## ").next().unwrap_or_default();
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .filter_map(|row| row.split('|').nth(1));
    rows.flat_map(|cell| cell.split(','))
        .map(|term| term.trim().to_lowercase())
        .collect()
}

/// The grade of a sentence; `None` when it is short.
#[allow(clippy::cast_precision_loss)] // a few dozen words
fn grade(sentence: &str, terms: &[String]) -> Option<f64> {
    let mut plain = sentence.to_lowercase();
    for term in terms {
        plain = plain.replace(term, "term");
    }
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    let words: Vec<&str> = plain.split_whitespace().filter(is_word).collect();
    if words.len() < LEAST_WORDS {
        return None;
    }
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let count = words.len() as f64;
    Some(0.39 * count + 11.8 * syllables as f64 / count - 15.59)
}

/// Groups of vowels, the silent e at the end left out.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let is_vowel = |c: &char| "aeiouy".contains(*c);
    let mut groups = 0;
    let mut in_group = false;
    for letter in &letters {
        groups += usize::from(is_vowel(letter) && !in_group);
        in_group = is_vowel(letter);
    }
    let silent = letters.ends_with(&['e']) && !letters.ends_with(&['l', 'e']);
    groups.saturating_sub(usize::from(silent)).max(1)
}
