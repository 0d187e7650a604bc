//! Closed vocabularies of the data contract: each is an enum whose variants
//! carry the exact key that is stored, so that no string is compared by hand.

/// A closed vocabulary: each value has the key that stands for it in stored data.
pub trait Keyed: Copy + 'static {
    /// The key that stands for this value in stored data.
    fn key(self) -> &'static str;
    /// The value a stored key stands for; `None` when the key is unknown.
    fn from_key(key: &str) -> Option<Self>;
}

/// Declares an enum together with the keys that stand for it in stored data.
macro_rules! keyed {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* #[allow(missing_docs)] $variant),+ }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The key that stands for this value in stored data.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The value a stored key stands for; `None` when the key is unknown.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)+ _ => None }
            }
        }

        impl Keyed for $name {
            fn key(self) -> &'static str {
                self.key()
            }

            fn from_key(key: &str) -> Option<Self> {
                Self::from_key(key)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.key())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let key = <String as serde::Deserialize>::deserialize(from)?;
                Self::from_key(&key).ok_or_else(|| serde::de::Error::custom("unknown key"))
            }
        }
    };
}

keyed! {
    /// Injury profile (progression, section 1); orders from strictest to softest.
    Profile { Bone = "bone", Joint = "joint", Muscle = "muscle", Tendon = "tendon" }
}

keyed! {
    /// Body side of an injury or a pain.
    Side { None = "none", Left = "left", Right = "right", Both = "both" }
}

keyed! {
    /// Who named the injury.
    NamedBy { Nobody = "nobody", Clinician = "clinician", SelfNamed = "self" }
}

keyed! {
    /// How an injury began.
    Onset { Sudden = "sudden", Gradual = "gradual" }
}

keyed! {
    /// Why running needs a clinician's clearance first (progression, section 1).
    ClearanceReason { Under18 = "under-18", Pregnant = "pregnant", Birth = "birth", Heart = "heart" }
}

keyed! {
    /// Stages of the way back (progression, section 2), in order.
    Stage {
        Rest = "rest",
        Walking = "walking",
        SelfTest = "self-test",
        RunWalk = "run-walk",
        ShortRuns = "short-runs",
        Running = "running",
    }
}

keyed! {
    /// Body sites; see [`Site::is_bony`] for those read as bone.
    Site {
        Shin = "shin", Groin = "groin", Thigh = "thigh", DeepButtock = "deep-buttock",
        HeelBone = "heel-bone", Midfoot = "midfoot", Forefoot = "forefoot", Knee = "knee",
        Kneecap = "kneecap", ItBand = "it-band", Hip = "hip", Ankle = "ankle",
        Achilles = "achilles", PatellarTendon = "patellar-tendon", Plantar = "plantar",
        HamstringTendon = "hamstring-tendon", Calf = "calf", Hamstring = "hamstring",
        Quad = "quad", Adductor = "adductor", Back = "back", Other = "other",
    }
}

impl Site {
    /// Sites where pain that no clinician has examined is read as bone
    /// (progression, section 1).
    pub const fn is_bony(self) -> bool {
        matches!(
            self,
            Self::Shin
                | Self::Groin
                | Self::Thigh
                | Self::DeepButtock
                | Self::HeelBone
                | Self::Midfoot
                | Self::Forefoot
        )
    }
}

keyed! {
    /// What a session was.
    Movement { Walk = "walk", RunWalk = "run-walk", Run = "run" }
}

keyed! {
    /// Why a session ended early.
    StoppedFor { Pain = "pain", Time = "time", Tired = "tired", Other = "other" }
}

keyed! {
    /// How pain behaved during a session.
    PainBehaviour {
        None = "none", WarmUpOnly = "warm-up-only", Fleeting = "fleeting", Steady = "steady",
        Returned = "returned", Rising = "rising", Sudden = "sudden",
    }
}

keyed! {
    /// Swelling against the usual: none, a little more, clearly swollen.
    Swelling { None = "none", More = "more", Clear = "clear" }
}

keyed! {
    /// What an interval of a session asks for.
    IntervalKind { Run = "run", Walk = "walk", Hill = "hill", Stride = "stride", Free = "free" }
}

keyed! {
    /// The items of the readiness self-test (progression, section 2).
    TestItem {
        Balance = "balance", StepDown = "step-down", JogOnSpot = "jog-on-spot", Hop = "hop",
        CalfRaise = "calf-raise", FullMovement = "full-movement", NoSwelling = "no-swelling",
        NoGivingWay = "no-giving-way", PelvicFloor = "pelvic-floor",
    }
}

impl TestItem {
    /// The eight items that everybody is asked for; the pelvic floor belongs to the time
    /// after a birth.
    pub const READINESS: &'static [Self] = &[
        Self::Balance,
        Self::StepDown,
        Self::JogOnSpot,
        Self::Hop,
        Self::CalfRaise,
        Self::FullMovement,
        Self::NoSwelling,
        Self::NoGivingWay,
    ];
}

keyed! {
    /// Why a runner was away.
    AbsenceReason { Illness = "illness", Pain = "pain", Holiday = "holiday", Other = "other" }
}

keyed! {
    /// Days of the week that suit the runner.
    Weekday {
        Mon = "mon", Tue = "tue", Wed = "wed", Thu = "thu", Fri = "fri", Sat = "sat", Sun = "sun",
    }
}

keyed! {
    /// Freedoms after the return, in the order of section 8.
    FreedomName {
        Longer = "longer", FourthDay = "fourth-day", Hills = "hills", Strides = "strides",
        Tempo = "tempo", Intervals = "intervals", BackToBack = "back-to-back", Race = "race",
    }
}

keyed! {
    /// Warning signs (progression, section 7), in the order of its texts.
    RedFlag {
        ChestPain = "chest-pain", Fainting = "fainting", Palpitations = "palpitations",
        Breathless = "breathless", CoughingBlood = "coughing-blood",
        ClotWithBreathlessness = "clot-with-breathlessness", Compartment = "compartment",
        SaddleNumbness = "saddle-numbness", Deformity = "deformity",
        PopNoPushOff = "pop-no-push-off", HotJointFever = "hot-joint-fever",
        PregnancyWarning = "pregnancy-warning",
        CalfSwollenWarm = "calf-swollen-warm", CannotBearWeight = "cannot-bear-weight",
        SignificantSwelling = "significant-swelling", RestPain = "rest-pain",
        NightPain = "night-pain", BonePointPain = "bone-point-pain", GroinPain = "groin-pain",
        Numbness = "numbness", Locking = "locking", UnexplainedFever = "unexplained-fever",
        Wound = "wound", Leakage = "leakage", Heaviness = "heaviness",
        PostnatalBleeding = "postnatal-bleeding",
        PainOver4Days = "pain-over-4-days", MissedPeriods = "missed-periods",
        EarlierStressFractures = "earlier-stress-fractures", BloodThinners = "blood-thinners",
        UnderFuelling = "under-fuelling",
    }
}

/// How fast a warning sign needs checking (progression, section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Book a review: holds progress, does not pause.
    Review,
    /// Same-day or next-day check: pauses.
    Urgent,
    /// Emergency help now.
    Emergency,
}

impl RedFlag {
    /// The tier of this sign for an injury of the given profile: for bone,
    /// missed periods and earlier stress fractures are urgent (section 7).
    pub fn tier(self, profile: Profile) -> Tier {
        match self {
            Self::ChestPain
            | Self::Fainting
            | Self::Palpitations
            | Self::Breathless
            | Self::CoughingBlood
            | Self::ClotWithBreathlessness
            | Self::Compartment
            | Self::SaddleNumbness
            | Self::Deformity
            | Self::PopNoPushOff
            | Self::HotJointFever
            | Self::PregnancyWarning => Tier::Emergency,
            Self::CalfSwollenWarm
            | Self::CannotBearWeight
            | Self::SignificantSwelling
            | Self::RestPain
            | Self::NightPain
            | Self::BonePointPain
            | Self::GroinPain
            | Self::Numbness
            | Self::Locking
            | Self::UnexplainedFever
            | Self::Wound
            | Self::Leakage
            | Self::Heaviness
            | Self::PostnatalBleeding => Tier::Urgent,
            Self::MissedPeriods | Self::EarlierStressFractures if profile == Profile::Bone => {
                Tier::Urgent
            }
            Self::PainOver4Days
            | Self::MissedPeriods
            | Self::EarlierStressFractures
            | Self::BloodThinners
            | Self::UnderFuelling => Tier::Review,
        }
    }
}
