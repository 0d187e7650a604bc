//! Sounds: how a session calls, each way tried and switched by itself; and the pocket
//! check, by which a runner finds out what this phone does with its screen locked.

use crate::app::Event;
use crate::app::event::{PrefsEvent, SoundEvent};
use crate::app::prefs::{CueChoice, Pocket, Prefs};
use crate::session::cue::{Cue, OPTIONAL};
use crate::shell;
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, card, tap, tick};
use crate::ui::widgets::cues;
use leptos::prelude::*;

/// How long a phone may take to find its voices, milliseconds.
const VOICES_MS: u32 = 800;

/// The screen.
pub fn view(app: App) -> AnyView {
    view! {
        {crate::ui::widgets::controls::plain_head("sounds.eyebrow", "sounds.title")}
        <p>{t("settings.cues_body")}</p>
        {card(t("sounds.ways"), ways(app))}
        {card(t("sounds.try"), tries(app))}
        {card(t("pocket.title"), check(app))}
        <div class="edge" class:flash=cues::flashes aria-hidden="true"></div>
    }
    .into_any()
}

fn switch(
    app: App,
    key: &str,
    id: &str,
    read: fn(&Prefs) -> bool,
    choice: fn(bool) -> CueChoice,
) -> AnyView {
    let on = app.memo(move |s| read(&s.prefs));
    tick(
        t(key),
        id.into(),
        on.into(),
        Box::new(move |on| app.send(Event::Prefs(PrefsEvent::Cue(choice(on))))),
    )
}

/// How loud, 0 to 10; it is heard when it is let go.
fn volume(
    app: App,
    key: &str,
    id: &'static str,
    read: fn(&Prefs) -> u8,
    choice: fn(u8) -> CueChoice,
    heard: Cue,
) -> AnyView {
    let value = app.memo(move |s| read(&s.prefs));
    view! {
        <div class="field">
            <label for=id>{t(key)}</label>
            <input
                id=id
                data-t=id
                type="range"
                min="1"
                max="10"
                prop:value=move || value.get().to_string()
                on:input=move |e| {
                    let to = event_target_value(&e).parse().unwrap_or(8);
                    app.send(Event::Prefs(PrefsEvent::Cue(choice(to))));
                }
                on:change=move |_| app.send(Event::Sound(SoundEvent::TryCue(heard)))
            />
        </div>
    }
    .into_any()
}

fn ways(app: App) -> AnyView {
    // Some engines know their voices only a moment after they were first asked.
    let voice = RwSignal::new(shell::speech::can());
    shell::clock::after(VOICES_MS, move || {
        let _ = voice.try_set(shell::speech::can());
    });
    view! {
        {switch(app, "settings.tones", "cue-tones", |p| p.tones, CueChoice::Tones)}
        {volume(app, "sounds.volume", "cue-volume", |p| p.volume, CueChoice::Volume, Cue::HalfWay)}
        {switch(app, "sounds.voice", "cue-voice", |p| p.voice, CueChoice::Voice)}
        {volume(app, "sounds.voice_volume", "cue-voice-volume", |p| p.voice_volume, CueChoice::VoiceVolume, Cue::HalfWay)}
        <p class="small">{t("sounds.voice_pocket")}</p>
        {move || (!voice.get()).then(|| view! { <p class="small">{t("sounds.no_voice")}</p> })}
        {switch(app, "settings.vibration", "cue-vibration", |p| p.vibration, CueChoice::Vibration)}
        <p class="small">{t("settings.vibration_note")}</p>
        {switch(app, "sounds.flash", "cue-flash", |p| p.flash, CueChoice::Flash)}
    }
    .into_any()
}

fn tries(app: App) -> AnyView {
    let rows = Cue::ALL
        .into_iter()
        .map(|cue| {
            let words = tk("cue.", cue.key());
            let left_out = app.memo(|s| s.prefs.left_out);
            let optional = OPTIONAL.contains(&cue).then(|| {
                tick(
                    tf("sounds.give", &[("cue", &words)]),
                    ["give-", cue.key()].concat(),
                    derive(move || left_out.get() & cue.bit() == 0),
                    Box::new(move |on| app.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Give(cue, on))))),
                )
            });
            view! {
                <div class="row">
                    {button(words, &["try-", cue.key()].concat(), "ghost", tap(move || app.send(Event::Sound(SoundEvent::TryCue(cue)))))}
                    {optional}
                </div>
            }
        })
        .collect_view();
    view! { <p class="small">{t("sounds.try_about")}</p>{rows} }.into_any()
}

/// A minute, and fifteen with long silences; then: was all of it heard?
fn check(app: App) -> AnyView {
    let playing = RwSignal::new(None::<bool>);
    let found = app.memo(|s| s.prefs.pocket_found());
    let fails = app.memo(|s| s.track_failed);
    let begin = move |long: bool| {
        tap(move || {
            playing.set(Some(long));
            app.send(Event::Sound(SoundEvent::PlayCheck(Some(long))));
        })
    };
    let heard = move |long: bool, heard: bool| {
        tap(move || {
            playing.set(None);
            app.send(Event::Sound(SoundEvent::PlayCheck(None)));
            app.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Checked {
                long,
                heard,
            })));
        })
    };
    on_cleanup(move || {
        if playing.try_get_untracked().flatten().is_some() {
            app.send(Event::Sound(SoundEvent::PlayCheck(None)));
        }
    });
    view! {
        <p>{t("pocket.about")}</p>
        <p data-t="check-found">{move || t(match found.get() {
            Pocket::Untried => "pocket.untried",
            Pocket::Failed => "pocket.failed",
            Pocket::Minute => "pocket.minute_heard",
            Pocket::Long => "pocket.long_heard",
        })}</p>
        {move || fails.get().then(|| view! {
            <p class="why caution" role="alert" data-t="check-fails">{t("live.pocket_failed")}</p>
        })}
        {move || match playing.get() {
            None => view! {
                {button(t("pocket.minute"), "check-minute", "ghost", begin(false))}
                {button(t("pocket.long"), "check-long", "ghost", begin(true))}
            }.into_any(),
            Some(long) => view! {
                <p role="status" data-t="check-playing">{t(if long { "pocket.listen_long" } else { "pocket.listen" })}</p>
                <div class="row">
                    {button(t("pocket.heard"), "check-heard", "primary", heard(long, true))}
                    {button(t("pocket.not_heard"), "check-not-heard", "ghost", heard(long, false))}
                </div>
            }.into_any(),
        }}
    }
    .into_any()
}
