//! Lines to read that name where they come from: "My injury" and "Running well". The
//! content files list keys of texts and keys of sources; the texts stand in
//! `public/locales/<language>/`, and what each source found in `docs/evidence.md`. So a
//! physio corrects both without Rust.

use crate::diary::vocabulary::Site;
use serde::Deserialize;

/// Where a line comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TextSource {
    /// Its key in `docs/evidence.md`.
    pub key: String,
    /// How strong it is, one of that page's five words.
    pub grade: String,
    /// Who wrote it; empty for common advice and for what is Footing's own.
    #[serde(default)]
    pub who: String,
    /// The year; 0 where the page names none.
    #[serde(default)]
    pub year: u16,
}

/// When a line helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HelpStage {
    /// While it is fresh or sore.
    Now,
    /// While walking and strength are built up.
    Walk,
    /// Once the runner runs again.
    Run,
}

impl HelpStage {
    /// In the order in which a runner meets them.
    pub const ALL: [Self; 3] = [Self::Now, Self::Walk, Self::Run];

    /// The key that its words end in.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Walk => "walk",
            Self::Run => "run",
        }
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Line {
    /// The key of its text.
    pub text: String,
    /// Keys of its sources; a question has none.
    #[serde(default)]
    pub sources: Vec<String>,
    /// When it helps, where it is about that.
    #[serde(default)]
    pub stage: Option<HelpStage>,
    /// Sites that it is for; empty: for every site of its group.
    #[serde(default)]
    pub only: Vec<Site>,
}

impl Line {
    /// Whether it is for an injury at this site.
    pub fn concerns(&self, site: Site) -> bool {
        self.only.is_empty() || self.only.contains(&site)
    }
}
