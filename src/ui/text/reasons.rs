//! Why, in words: one sentence for each fact, with its numbers.

use crate::diary::vocabulary::Swelling;
use crate::rules::guidance::{Advice, DoneOf, Fact, Guidance, Missing, Reason, Rule};
use crate::rules::why::Why;
use crate::shell::format;
use crate::ui::text::days::when;
use crate::ui::text::words::{t, tf, tk, tn};
use crate::ui::widgets::controls::minutes;
use chrono::NaiveDate;

/// The key that tests and styles know an advice by.
pub fn advice_key(advice: Advice) -> &'static str {
    advice.key()
}

/// Why, in one sentence: the reason that fits the day's answer.
pub fn why(g: &Guidance, today: NaiveDate) -> String {
    let moved = |key, from: &str, to: &str| tf(key, &[("from", from), ("to", to)]);
    match g.why() {
        Why::Reason(reason) => sentence(reason, today),
        Why::DoneToday => t("why.done_today"),
        Why::Missing(missing) => gate_sentence(missing, today),
        Why::MovedDown(from, to) => moved("why.moved_down", from, to),
        Why::MovedUp(from, to) => moved("why.moved_up", from, to),
        Why::SetUp => t("why.set_up"),
        Why::First => t("why.first"),
        Why::Go => t("why.go"),
        Why::SelfTest => t("why.self_test"),
        Why::Rest => t("why.rest"),
    }
}

/// What a gate still misses.
pub fn gate_sentence(missing: &Missing, today: NaiveDate) -> String {
    match missing {
        Missing::QuietMornings { have, need } => tf(
            "gate.quiet_mornings",
            &[("have", &have.to_string()), ("need", &need.to_string())],
        ),
        Missing::Walk => t("gate.walk"),
        Missing::SelfTest => t("gate.self_test"),
        Missing::Benchmark { name, stage } => tf(
            "gate.benchmark",
            &[("name", name), ("stage", &tk("stage.", stage.key()))],
        ),
        Missing::Days { until } => tf("gate.days", &[("day", &when(*until, today))]),
    }
}

/// A day of the past: today, yesterday, else its date.
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => t("day.today"),
        1 => t("day.yesterday"),
        _ => format::weekday_date(day),
    }
}

/// The fact, then what it does to the plan.
pub fn sentence(reason: &Reason, today: NaiveDate) -> String {
    let fact = fact(&reason.fact, today);
    match reason.severity {
        Some(s @ 1..=5) => [fact, tk("reason.effect_", &s.to_string())].join(" "),
        _ => fact,
    }
}

fn fact(fact: &Fact, today: NaiveDate) -> String {
    match fact {
        Fact::RedFlag(flag) => tf("reason.flag", &[("flag", &tk("flag.", flag.key()))]),
        Fact::PainDuring { pain } => tf("reason.pain_during", &[("pain", &pain.to_string())]),
        Fact::PainPattern { pattern, pain } => tf(
            &["reason.pattern_", pattern.key()].concat(),
            &[("pain", &pain.to_string())],
        ),
        Fact::Hurt => t("reason.hurt"),
        Fact::OtherSite { site, pain, again } => {
            let key = match (*again, site.is_bony()) {
                (true, _) => "reason.bony_again",
                (false, true) => "reason.bony",
                (false, false) => "reason.other_site",
            };
            tf(
                key,
                &[
                    ("pain", &pain.to_string()),
                    ("site", &tk("site.", site.key())),
                ],
            )
        }
        Fact::PainBefore { pain, baseline } => two("reason.pain_before", *pain, *baseline),
        Fact::PainAfter {
            pain,
            baseline,
            settled,
        } => {
            let key = match settled {
                Some(true) => "reason.pain_after_settled",
                Some(false) => "reason.pain_after_stayed",
                None => "reason.pain_after",
            };
            two(key, *pain, *baseline)
        }
        Fact::MorningPain {
            pain,
            baseline,
            second,
        } => {
            let key = if *second {
                "reason.second_morning"
            } else {
                "reason.morning"
            };
            two(key, *pain, *baseline)
        }
        Fact::MorningMissing => t("reason.morning_missing"),
        Fact::Stiffness {
            minutes: min,
            baseline,
        } => tf(
            "reason.stiffness",
            &[("time", &minutes(*min)), ("usual", &minutes(*baseline))],
        ),
        Fact::Swelling {
            swelling,
            morning,
            again,
        } => swelling_words(*swelling, *morning, *again),
        Fact::Limp { morning } => t(if *morning {
            "reason.limp_morning"
        } else {
            "reason.limp_running"
        }),
        Fact::Done { percent, of, pain } => {
            let key = match (of, *pain, *percent > 100) {
                (DoneOf::Level, _, _) => "reason.done_more_level",
                (DoneOf::Longest, _, _) => "reason.done_more_longest",
                (DoneOf::Asked, _, true) => "reason.done_more",
                (DoneOf::Asked, true, _) => "reason.done_pain",
                (DoneOf::Asked, false, _) => "reason.done_less",
            };
            tf(key, &[("percent", &percent.to_string())])
        }
        Fact::Effort { effort } => tf("reason.effort", &[("effort", &effort.to_string())]),
        Fact::Fear { fear } => tf("reason.fear", &[("fear", &fear.to_string())]),
        Fact::Painkiller => t("reason.painkiller"),
        Fact::MedianRise { by, weeks } => {
            let key = if *weeks > 1 {
                "reason.median_weeks"
            } else {
                "reason.median"
            };
            tf(key, &[("by", &format::number(*by))])
        }
        Fact::RestDayRun { in_week, .. } => {
            tf("reason.rest_day", &[("count", &in_week.to_string())])
        }
        Fact::Repeated {
            earlier,
            third_or_worse,
        } => {
            let key = if *third_or_worse {
                "reason.repeated_third"
            } else {
                "reason.repeated"
            };
            let last = earlier.last().map(|day| format::weekday_date(*day));
            tf(key, &[("day", &last.unwrap_or_default())])
        }
        _ => plan_fact(fact, today),
    }
}

/// Facts about when and how much, rather than about one session.
fn plan_fact(fact: &Fact, today: NaiveDate) -> String {
    match fact {
        Fact::Review { count: 0 } => t("reason.review_flag"),
        Fact::Review { count } => tn("reason.review", i64::from(*count)),
        Fact::HeldBack { count, by } => {
            let key = if by.contains(&Rule::O) {
                "reason.held_back_rest_days"
            } else {
                "reason.held_back"
            };
            tf(key, &[("count", &count.to_string())])
        }
        Fact::MorningsInTheWay { count } => counted("reason.mornings_in_the_way", *count),
        Fact::MorningsAbove { count } => counted("reason.mornings_above", *count),
        Fact::PainfulStrength { count } => counted("reason.painful_strength", *count),
        Fact::NotExamined { since } => tf("reason.not_examined", &[("day", &day(*since, today))]),
        Fact::PelvicFloor => t("reason.pelvic_floor"),
        Fact::LongStiffness { minutes: min } => {
            tf("reason.long_stiffness", &[("time", &minutes(*min))])
        }
        Fact::UsualAlone { entered, counts_as } => two("reason.usual_alone", *entered, *counts_as),
        Fact::SelfRelease { quiet_mornings } => tf(
            "reason.self_release",
            &[("have", &quiet_mornings.to_string())],
        ),
        Fact::Illness { until: None } => t("reason.ill"),
        Fact::Flare => t("reason.flare"),
        Fact::Illness { until: Some(until) } => {
            tf("reason.was_ill", &[("day", &day(*until, today))])
        }
        Fact::Gap { days, with_reason } => tn(
            if *with_reason {
                "reason.gap_reason"
            } else {
                "reason.gap"
            },
            *days,
        ),
        Fact::Gate(what) => gate_sentence(what, today),
        Fact::Clearance => t("reason.clearance"),
        Fact::Spacing { last } => tf("reason.spacing", &[("day", &day(*last, today))]),
        Fact::Cap { runs, per_week } => tf(
            "reason.cap",
            &[("runs", &runs.to_string()), ("most", &per_week.to_string())],
        ),
        Fact::Baseline {
            pain: Some(pain),
            baseline,
        } => two("reason.baseline", *pain, *baseline),
        Fact::Baseline { pain: None, .. } => t("reason.baseline_missing"),
        Fact::LevelUps { free_on } => tf("reason.level_ups", &[("day", &when(*free_on, today))]),
        Fact::Longest { longest_min } => tf("reason.longest", &[("time", &minutes(*longest_min))]),
        _ => String::new(),
    }
}

fn counted(key: &str, count: u32) -> String {
    tf(key, &[("count", &count.to_string())])
}

fn two(key: &str, pain: u8, usual: u8) -> String {
    tf(
        key,
        &[("pain", &pain.to_string()), ("usual", &usual.to_string())],
    )
}

fn swelling_words(swelling: Swelling, morning: bool, again: bool) -> String {
    let when = t(if morning {
        "reason.next_morning"
    } else {
        "reason.after_session"
    });
    let key = match (swelling, again) {
        (Swelling::Clear, _) => "reason.swelling_clear",
        (_, true) => "reason.swelling_again",
        _ => "reason.swelling_more",
    };
    tf(key, &[("when", &when)])
}
