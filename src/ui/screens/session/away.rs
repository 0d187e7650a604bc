//! Time in which nobody looked: it is said, and the runner says what becomes of it.

use crate::app::Event;
use crate::app::event::{AwayChoice, SessionEvent};
use crate::shell;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::{button, tap};
use crate::ui::widgets::cues::spoken;
use leptos::prelude::*;

/// Time went by without anybody looking: it counted, and can be taken out.
pub fn away_note(app: App) -> AnyView {
    let away = app.memo(|s| s.run().and_then(|run| run.away).filter(|a| !a.asks));
    view! {
        {move || away.get().map(|a| {
            let long = spoken((a.to - a.from) / 1000 * 1000);
            view! {
                <div class="away" role="status" data-t="away">
                    <p>{tf("away.note", &[("time", &long)])}</p>
                    <div class="row">
                        {button(t("away.keep"), "away-keep", "ghost", tap(move || app.send(Event::Session(SessionEvent::Away(AwayChoice::Counts)))))}
                        {button(t("away.take_out"), "away-out", "ghost", tap(move || app.send(Event::Session(SessionEvent::Away(AwayChoice::StoodStill)))))}
                    </div>
                </div>
            }
        })}
    }
    .into_any()
}

/// The app was closed in the middle of it: what becomes of the session?
pub fn found_again(app: App) -> AnyView {
    let (seen, done, still) = app.peek(|s| {
        let run = s.run();
        let away = run.and_then(|run| run.away);
        let away = away.map_or((s.now.ms, s.now.ms), |a| (a.from, a.to));
        let live = run.map(|run| &run.record);
        let was = live.map(|l| l.at(away.0).done_s());
        let still = live.is_some_and(|l| !l.at(s.now.ms).over());
        (s.now.instant(away.0), was.unwrap_or_default(), still)
    });
    let choose = move |choice| tap(move || app.send(Event::Session(SessionEvent::Away(choice))));
    view! {
        <div class="screen" data-screen="live">
            <main id="main" tabindex="-1" data-t="found-again">
                {crate::ui::widgets::controls::plain_head("found.eyebrow", "found.title")}
                <p>{tf("found.body", &[
                    ("time", &shell::format::time(seen)),
                    ("run", &minutes(done.0)),
                    ("walk", &minutes(done.1)),
                ])}</p>
                <div class="acts">
                    {button(t("found.go_on"), "found-on", "primary", choose(AwayChoice::StoodStill))}
                    {button(t("found.log"), "found-log", "ghost", choose(AwayChoice::LogIt))}
                    {button(t(if still { "found.counted" } else { "found.counted_done" }), "found-counted", "ghost", choose(AwayChoice::Counts))}
                    {button(t("live.discard"), "discard", "quiet", tap(move || app.send(Event::Session(SessionEvent::Discard))))}
                </div>
            </main>
        </div>
    }
    .into_any()
}

/// Minutes of so many seconds, to a tenth.
pub fn minutes(seconds: f64) -> String {
    shell::format::number((seconds / 6.0).round() / 10.0)
}
