//! The moment an event happens, handed in so that the core has no clock.

use crate::diary::entry::day_of;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use uuid::{Builder, Uuid};

/// Instant, offset and randomness that come in with every event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Wall clock, milliseconds since 1970 (UTC).
    pub ms: i64,
    /// The phone's offset from UTC, seconds east.
    pub offset_s: i32,
    /// Random bytes from which ids are made.
    pub seed: [u8; 10],
}

impl Now {
    /// The instant with the phone's own offset.
    pub fn at(&self) -> DateTime<FixedOffset> {
        self.instant(self.ms)
    }

    /// Another instant (milliseconds since 1970) in the phone's offset.
    pub fn instant(&self, ms: i64) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(self.offset_s)
            .or_else(|| FixedOffset::east_opt(0))
            .unwrap_or_else(|| DateTime::<FixedOffset>::default().timezone());
        let utc = Utc.timestamp_millis_opt(ms).single().unwrap_or_default();
        utc.with_timezone(&offset)
    }

    /// Today, by the phone's own offset: a night belongs to the day before.
    pub fn day(&self) -> NaiveDate {
        day_of(&self.at())
    }

    /// The `n`th id of this event, a UUID v7.
    pub fn id(&self, n: u8) -> Uuid {
        let mut bytes = self.seed;
        bytes[9] = bytes[9].wrapping_add(n);
        let millis = u64::try_from(self.ms).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}
