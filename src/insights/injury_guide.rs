//! "My injury": what is known about an injury at each site, and what is not, as
//! `public/injuries/injuries.json` lists it. The file is part of the release and fetched
//! when the screen opens.

use super::sourced_text::{Line, TextSource};
use crate::diary::vocabulary::Site;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A section of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What it usually is, and is not.
    Is,
    /// What helps, at which stage.
    Helps,
    /// What coming back looked like for others.
    Way,
    /// What makes this one difficult.
    Hard,
    /// When imaging is asked for.
    Imaging,
    /// What to ask at the appointment.
    Ask,
    /// Which exercises matter most.
    Strength,
}

impl Section {
    /// In the order of the page.
    pub const ALL: [Self; 7] = [
        Self::Is,
        Self::Helps,
        Self::Way,
        Self::Hard,
        Self::Imaging,
        Self::Ask,
        Self::Strength,
    ];

    /// The key that its words end in.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::Helps => "helps",
            Self::Way => "way",
            Self::Hard => "hard",
            Self::Imaging => "imaging",
            Self::Ask => "ask",
            Self::Strength => "strength",
        }
    }
}

/// Sites whose injuries are alike, and what is known about them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Group {
    /// Its id, the stem of its texts.
    pub id: String,
    /// Its sites, each with the strength patterns that every session holds for it
    /// (progression, section 9); none: all take turns.
    pub sites: BTreeMap<Site, Vec<String>>,
    is: Vec<Line>,
    helps: Vec<Line>,
    way: Vec<Line>,
    hard: Vec<Line>,
    imaging: Vec<Line>,
    ask: Vec<Line>,
    strength: Vec<Line>,
}

impl Group {
    /// All lines of a section.
    pub fn section(&self, section: Section) -> &[Line] {
        match section {
            Section::Is => &self.is,
            Section::Helps => &self.helps,
            Section::Way => &self.way,
            Section::Hard => &self.hard,
            Section::Imaging => &self.imaging,
            Section::Ask => &self.ask,
            Section::Strength => &self.strength,
        }
    }

    /// The lines of a section that are for an injury at a site.
    pub fn lines(&self, section: Section, site: Site) -> impl Iterator<Item = &Line> {
        let all = self.section(section).iter();
        all.filter(move |line| line.concerns(site))
    }
}

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct InjuryGuide {
    sources: Vec<TextSource>,
    groups: Vec<Group>,
}

impl InjuryGuide {
    /// From the file's text; `None` when it is not the file it should be.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Every group.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Every source.
    pub fn sources(&self) -> &[TextSource] {
        &self.sources
    }

    /// The group that a site belongs to.
    pub fn group_of(&self, site: Site) -> Option<&Group> {
        self.groups.iter().find(|g| g.sites.contains_key(&site))
    }

    /// A source by its key.
    pub fn source(&self, key: &str) -> Option<&TextSource> {
        self.sources.iter().find(|s| s.key == key)
    }
}
