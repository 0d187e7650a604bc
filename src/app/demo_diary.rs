//! The demo diary: a made-up runner's fourteen weeks, a file of its own that is part of
//! the release and of nobody's diary. Its days are moved so that they end today.

use crate::diary::Diary;
use crate::diary::codec;
use crate::diary::entry::Body;
use chrono::{FixedOffset, NaiveDate, TimeDelta};
use serde_json::Value;
use uuid::Uuid;

/// What the file calls itself: no backup, so that it is never taken for one.
pub const FORMAT: &str = "footing-demo";

/// The diary in the file, with its last day moved to `today`, in the phone's own offset.
/// `None` when the text is something else, or one of its entries is refused by the codec.
pub fn read(text: &str, today: NaiveDate, offset: FixedOffset) -> Option<Diary> {
    let Ok(Value::Object(mut file)) = serde_json::from_str(text) else {
        return None;
    };
    if file.get("format")?.as_str()? != FORMAT {
        return None;
    }
    let ends: NaiveDate = file.get("ends")?.as_str()?.parse().ok()?;
    let by = today - ends;
    let Value::Array(entries) = file.get_mut("entries").map(Value::take)? else {
        return None;
    };
    let mut diary = Diary::default();
    for (n, entry) in (1_u128..).zip(entries) {
        let mut entry = codec::entry_from_json(entry, Some(Uuid::from_u128(n))).ok()?;
        let at = entry.at.naive_local().checked_add_signed(by)?;
        entry.at = at.and_local_timezone(offset).single()?;
        shift(&mut entry.body, by);
        diary.insert(entry);
    }
    Some(diary)
}

/// Moves every day that an entry names.
fn shift(body: &mut Body, by: TimeDelta) {
    let moved = |day: &mut NaiveDate| *day = day.checked_add_signed(by).unwrap_or(*day);
    match body {
        Body::Plan(p) => {
            moved(&mut p.injury.since);
            p.birth_on
                .iter_mut()
                .chain(&mut p.valid_until)
                .for_each(moved);
        }
        Body::Clearance(c) => c.seen_on.iter_mut().for_each(moved),
        Body::Morning(m) => m.for_day.iter_mut().for_each(moved),
        Body::Appointment(a) => moved(&mut a.date),
        Body::Goal(g) => g.done_on.iter_mut().for_each(moved),
        Body::Absence(a) => {
            moved(&mut a.from);
            a.until.iter_mut().for_each(moved);
        }
        Body::Freedom(f) => moved(&mut f.from),
        Body::Session(_)
        | Body::SelfTest(_)
        | Body::Strength(_)
        | Body::Activity(_)
        | Body::Flag
        | Body::Benchmark(_)
        | Body::Mind(_)
        | Body::CheckIn(_)
        | Body::Unknown(_) => {}
    }
}
