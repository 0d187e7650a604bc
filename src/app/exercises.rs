//! The exercises, once their files were fetched.

use crate::strength::library::Library;
use serde_json::{Map, Value};
use std::fmt;
use std::sync::Arc;

/// What the exercise files hold: the data, and its words in the runner's language.
#[derive(PartialEq)]
pub struct Exercises {
    /// The exercises.
    pub library: Library,
    words: Map<String, Value>,
}

impl fmt::Debug for Exercises {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Exercises")
    }
}

impl Exercises {
    /// From the data and the words; `None` when one is not what it should be.
    pub fn parse(data: &str, words: &str) -> Option<Self> {
        let Ok(Value::Object(words)) = serde_json::from_str(words) else {
            return None;
        };
        let library = Library::parse(data)?;
        Some(Self { library, words })
    }

    /// The words of a key; a key that nobody wrote shows itself.
    pub fn words<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).and_then(Value::as_str).unwrap_or(key)
    }
}

/// Where the exercise files are.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Files {
    /// Not asked for yet.
    #[default]
    None,
    /// On their way.
    Asked,
    /// Here.
    Here(Arc<Exercises>),
    /// They could not be read.
    Failed,
}
