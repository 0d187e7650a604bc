//! What a session holds on to when nobody steers it, and what leads back to it.

use crate::phone::Phone;
use footing::app::effect::SoundEffect;
use footing::app::event::{DeviceEvent, NavigationEvent, SessionEvent, SoundEvent, StrengthEvent};
use footing::app::{Effect, Event, Screen};
use footing::session::cue::Cue;

fn runner() -> Phone {
    let mut phone = Phone::new();
    phone.set_up();
    phone
}

fn running() -> Phone {
    let mut phone = runner();
    let start = SessionEvent::Start {
        level: None,
        pain: 0,
    };
    phone.send(Event::Session(start));
    assert!(phone.state.run().is_some());
    phone
}

fn lets_go(effects: &[Effect]) -> bool {
    effects.contains(&Effect::WakeLock(false))
}

#[test]
fn after_ten_minutes_of_pause_the_screen_may_go_off() {
    let mut phone = running();
    phone.pass(30);
    phone.send(Event::Session(SessionEvent::Pause));
    assert!(!lets_go(&phone.pass(599)));
    assert!(lets_go(&phone.pass(1)), "ten minutes");
    assert!(!lets_go(&phone.pass(60)), "once");
    let on = phone.send(Event::Session(SessionEvent::Resume));
    assert!(on.contains(&Effect::WakeLock(true)), "{on:?}");
}

/// The page may be looked at only now and then: the moment is not missed.
#[test]
fn a_pause_that_nobody_looked_at_is_found_long() {
    let mut phone = running();
    phone.send(Event::Session(SessionEvent::Pause));
    phone.ms += 3_600_000;
    assert!(lets_go(&phone.send(Event::Tick)));
}

#[test]
fn the_log_of_a_session_that_goes_on_leads_back_to_it() {
    let mut phone = running();
    phone.pass(30);
    phone.send(Event::Navigation(NavigationEvent::Arrived(Screen::Today)));
    let log = phone.send(Event::Navigation(NavigationEvent::Arrived(Screen::Log)));
    let back = Effect::Navigate {
        screen: Screen::Live,
        replace: true,
    };
    assert!(log.contains(&back), "to save it would end the session");
    phone.send(Event::Session(SessionEvent::Finish));
    let log = phone.send(Event::Navigation(NavigationEvent::Arrived(Screen::Log)));
    assert!(!log.contains(&back), "it is over");
}

/// Tones go out where they can be heard; where not, it is known.
#[test]
fn a_strength_session_that_is_found_again_asks_for_a_tap() {
    let mut phone = runner();
    phone.send(Event::Navigation(NavigationEvent::Arrived(
        Screen::Strength,
    )));
    let begun = phone.send(Event::Strength(StrengthEvent::Start { short: true }));
    assert!(
        begun.contains(&Effect::Sound(SoundEffect::Prime)),
        "{begun:?}"
    );
    assert!(!phone.state.sound_lost);
    phone.open();
    assert!(phone.state.book.session.strength().is_some());
    assert!(phone.state.sound_lost, "this page had no tap");
    let tapped = phone.send(Event::Sound(SoundEvent::Ready));
    assert_eq!(tapped, [Effect::Sound(SoundEffect::Prime)]);
    assert!(!phone.state.sound_lost);
    phone.send(Event::Device(DeviceEvent::SoundHeard(false)));
    assert!(phone.state.sound_lost, "a call took it");
    phone.send(Event::Device(DeviceEvent::SoundHeard(true)));
    assert!(!phone.state.sound_lost, "and gave it back");
}

#[test]
fn a_short_timer_is_heard_and_keeps_the_screen_on() {
    let mut phone = runner();
    let begun = phone.send(Event::Sound(SoundEvent::TimerBegins));
    assert!(begun.contains(&Effect::Sound(SoundEffect::Prime)));
    assert!(begun.contains(&Effect::WakeLock(true)));
    let over = phone.send(Event::Sound(SoundEvent::TimerOver));
    let done = |e: &Effect| matches!(e, Effect::Sound(SoundEffect::Cue(ways)) if ways.cue == Cue::Done && ways.tone > 0 && ways.vibrate);
    assert!(over.iter().any(done), "{over:?}");
    assert!(lets_go(&over));
    let mut phone = running();
    let stopped = phone.send(Event::Sound(SoundEvent::TimerStopped));
    assert_eq!(
        stopped,
        [Effect::WakeLock(true)],
        "the session still counts"
    );
}
