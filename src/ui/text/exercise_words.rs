//! The words of the exercises: they come in a file of their own, after those of the page.

use crate::app::exercises::Exercises;
use std::sync::Arc;

/// The exercises with their words, for a view.
#[derive(Clone)]
pub struct ExerciseWords(pub Arc<Exercises>);

impl ExerciseWords {
    /// The words of a key.
    pub fn t(&self, key: &str) -> String {
        self.0.words(key).to_owned()
    }

    /// The words of a key with values put in for `{{name}}`.
    pub fn tf(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.t(key);
        for (name, value) in values {
            let slot = ["{{", name, "}}"].concat();
            text = text.replace(&slot, value);
        }
        text
    }

    /// The words of a key that ends in a stored key.
    pub fn tk(&self, prefix: &str, key: &str) -> String {
        self.t(&[prefix, key].concat())
    }

    /// One of the texts of an exercise: `name`, `do`, `cue_1`, `picture`, ...
    pub fn of(&self, id: &str, what: &str) -> String {
        self.t(&[id, ".", what].concat())
    }
}

impl PartialEq for ExerciseWords {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
