//! Where the rules come from, and how strong that is.

/// How strong the evidence behind a rule is (docs/evidence.md). The combination of all these
/// rules was tested by nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceGrade {
    /// Our own synthesis, or a cautious choice: no source states it in this form.
    Synthesis,
    /// What published programmes and clinicians do.
    Practice,
    /// A guideline, a consensus, or a scoping review.
    Consensus,
    /// A cohort study.
    Cohort,
    /// A randomised trial.
    Trial,
}

impl EvidenceGrade {
    /// Every grade, the weakest first.
    pub const ALL: [Self; 5] = [
        Self::Synthesis,
        Self::Practice,
        Self::Consensus,
        Self::Cohort,
        Self::Trial,
    ];

    /// The key that the words know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Synthesis => "synthesis",
            Self::Practice => "practice",
            Self::Consensus => "consensus",
            Self::Cohort => "cohort",
            Self::Trial => "trial",
        }
    }
}

/// What stands behind a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Ids of [`SOURCES`].
    pub sources: &'static [&'static str],
    /// How strong it is; no row claims more than holds for each of its columns.
    pub grade: EvidenceGrade,
}

impl Evidence {
    /// Our own synthesis.
    pub const OURS: Self = Self::new(&[], EvidenceGrade::Synthesis);
    /// Pain during: a trial of tendons alone, less for bone and joint.
    pub const PAIN_DURING: Self = Self::practice(&["thomee", "silbernagel", "esculier", "george"]);
    /// Pain and its course after a session and in the morning.
    pub const PAIN_COURSE: Self = Self::practice(&["silbernagel", "adams", "chop"]);
    /// Swelling and limp.
    pub const SWELLING_AND_LIMP: Self = Self::practice(&["adams", "osu"]);
    /// A result that comes again.
    pub const AGAIN: Self = Self::practice(&["herring"]);
    /// Emergency signs.
    pub const EMERGENCY: Self = Self::new(&["ggc", "dvt", "septic"], EvidenceGrade::Consensus);
    /// Urgent signs.
    pub const URGENT: Self = Self::new(&["newcastle", "ggc"], EvidenceGrade::Consensus);

    /// Evidence of a grade.
    pub const fn new(sources: &'static [&'static str], grade: EvidenceGrade) -> Self {
        Self { sources, grade }
    }

    /// What published programmes and clinicians do.
    pub const fn practice(sources: &'static [&'static str]) -> Self {
        Self::new(sources, EvidenceGrade::Practice)
    }
}

/// A source: who, when, and where to find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: &'static str,
    /// The authors, or who publishes it.
    pub author: &'static str,
    /// The year; 0 where the page names none.
    pub year: u16,
    /// A DOI, a `PubMed` number or an address.
    pub find: &'static str,
}

const fn source(id: &'static str, author: &'static str, year: u16, find: &'static str) -> Source {
    Source {
        id,
        author,
        year,
        find,
    }
}

/// The sources, each with its line in docs/evidence.md.
pub const SOURCES: &[Source] = &[
    source("thomee", "Thomeé", 1997, "Phys Ther 77:1690"),
    source(
        "silbernagel",
        "Silbernagel et al.",
        2007,
        "Am J Sports Med 35:897",
    ),
    source("esculier", "Esculier et al. (protocol)", 2016, "PMC4702381"),
    source("george", "George, Sheerin, Reid", 2024, "Sports Med 54(9)"),
    source("adams", "Adams et al.", 2012, "PMC6044585, table 5"),
    source(
        "udel",
        "University of Delaware, in Ann Jt 3:40",
        2018,
        "PMC6693858, table 4",
    ),
    source(
        "frandsen",
        "Frandsen et al.",
        2025,
        "doi:10.1136/bjsports-2024-109380",
    ),
    source("acwr", "Impellizzeri et al.", 2020, "PMC7534938"),
    source(
        "goom",
        "Goom, Donnelly, Brockwell",
        2019,
        "researchgate.net/publication/335928424",
    ),
    source(
        "rambaud",
        "Rambaud et al.",
        2018,
        "bjsm.bmj.com/content/52/22/1437",
    ),
    source(
        "heel-rise",
        "Hébert-Losier et al.",
        2017,
        "Physiotherapy 103:446",
    ),
    source(
        "oxsport",
        "OxSport, Oxford University Hospitals NHS",
        0,
        "scribd.com/document/616015042",
    ),
    source(
        "herring",
        "Herring, Green (Advanced Orthopaedics)",
        0,
        "paperzz.com/doc/7833418",
    ),
    source(
        "running-clinic",
        "The Running Clinic",
        0,
        "therunningclinic.com",
    ),
    source(
        "osu",
        "Ohio State Wexner Medical Center",
        2012,
        "scribd.com/doc/288525516",
    ),
    source(
        "swansea",
        "Swansea Bay NHS physiotherapy",
        0,
        "swanseabay.nhs.wales, return to running",
    ),
    source(
        "chop",
        "Children's Hospital of Philadelphia",
        2023,
        "chopib.staywellsolutionsonline.com, 22,37235",
    ),
    source(
        "sportmedbc",
        "SportMedBC",
        0,
        "sportmedbc.com, rehabilitation rules for runners",
    ),
    source(
        "newcastle",
        "Newcastle Hospitals NHS",
        0,
        "newcastle-hospitals.nhs.uk, injury prevention advice for runners",
    ),
    source(
        "ggc",
        "NHS Greater Glasgow and Clyde",
        0,
        "rightdecisions.scot.nhs.uk/ggc-msk-index",
    ),
    source(
        "dvt",
        "Gloucestershire Hospitals NHS",
        0,
        "gloshospitals.nhs.uk, deep vein thrombosis",
    ),
    source(
        "septic",
        "Versus Arthritis",
        0,
        "versusarthritis.org, septic arthritis",
    ),
    source("nielsen", "Nielsen et al.", 2014, "PMC4059311"),
];
