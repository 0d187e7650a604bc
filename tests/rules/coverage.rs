//! For each row of the verdict table and each profile, both sides of its threshold. The
//! expected severities were written by hand from the page, never from the code.
#![allow(clippy::unwrap_used, clippy::pedantic)]

use crate::support;
use footing::diary::entry::{Body, Entry, Extra, Morning, Session, SiteMark};
use footing::diary::vocabulary::{
    PainBehaviour, Profile, RedFlag, Side, Site, Stage, StoppedFor, Swelling,
};
use footing::rules::guidance::Guidance;
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;
use support::diaries::{clearance, day, entry, morning, plan, score, session};

/// What is told of a run at R6 on day 20 and of its two mornings.
#[derive(Clone)]
struct Told {
    s: Session,
    next: Option<Morning>,
    second: Option<Morning>,
    /// Mornings before, by how many days before the run: pain.
    earlier: Vec<(usize, u8)>,
    /// A run or walk so many days before.
    before: Vec<(usize, Session)>,
    flag: Option<RedFlag>,
    usual: u8,
}

const RUN: usize = 20;

fn quiet() -> Told {
    Told {
        s: session(Ladder::builtin().level("R6").unwrap()),
        next: Some(morning(0)),
        second: None,
        earlier: Vec::new(),
        before: Vec::new(),
        flag: None,
        usual: 0,
    }
}

fn severity(profile: Profile, told: &Told) -> u8 {
    let mut list: Vec<Entry> = Vec::new();
    let mut p = plan(profile, Stage::RunWalk, Some("R6"));
    p.usual_pain = score(told.usual);
    p.injury.site = Site::Kneecap;
    let mut put = |on: usize, hour, body| {
        list.push(entry(&list, day(on), hour, body));
    };
    put(0, 6, Body::Plan(Box::new(p)));
    put(0, 7, Body::Clearance(clearance()));
    for (n, pain) in &told.earlier {
        put(RUN - n, 8, Body::Morning(morning(*pain)));
    }
    for (n, s) in &told.before {
        put(RUN - n, 18, Body::Session(Box::new(s.clone())));
        put(RUN - n + 1, 7, Body::Morning(morning(0)));
    }
    put(RUN, 18, Body::Session(Box::new(told.s.clone())));
    let mut on = RUN;
    if let Some(m) = &told.next {
        on = RUN + 1;
        put(on, 8, Body::Morning(m.clone()));
    }
    if let Some(m) = &told.second {
        on = RUN + 2;
        put(on, 8, Body::Morning(m.clone()));
    }
    if let (Some(flag), Some(e)) = (
        told.flag,
        list.iter_mut().find(|e| matches!(e.body, Body::Session(_))),
    ) {
        e.flags.push(flag);
    }
    let g: Guidance = guidance(&list.into_iter().collect(), day(on));
    g.severity.unwrap()
}

fn with(change: impl FnOnce(&mut Told)) -> Told {
    let mut told = quiet();
    change(&mut told);
    told
}

fn pained(s: &mut Session, pain: u8) {
    s.pain_during = score(pain);
}

#[test]
#[allow(clippy::too_many_lines, reason = "the table, row after row")]
fn both_sides_of_every_row_for_every_profile() {
    // Row, side, what is told, and bone, joint, muscle, tendon as the page says.
    let mut cases: Vec<(&str, &str, Told, [u8; 4])> = Vec::new();
    let mut case = |row: &'static str, side: &'static str, told: Told, page: [u8; 4]| {
        cases.push((row, side, told, page));
    };
    case("F1", "without", quiet(), [0, 0, 0, 0]);
    case(
        "F1",
        "with",
        with(|t| t.flag = Some(RedFlag::ChestPain)),
        [5, 5, 5, 5],
    );
    case(
        "F2",
        "without",
        with(|t| t.flag = Some(RedFlag::BloodThinners)),
        [0, 0, 0, 0],
    );
    case(
        "F2",
        "with",
        with(|t| t.flag = Some(RedFlag::NightPain)),
        [4, 4, 4, 4],
    );
    for (pain, page) in [
        (0, [0, 0, 0, 0]),
        (1, [3, 0, 0, 0]),
        (2, [3, 0, 0, 0]),
        (3, [4, 1, 1, 0]),
        (4, [4, 2, 2, 1]),
        (5, [4, 2, 2, 1]),
        (6, [4, 3, 3, 3]),
        (7, [4, 3, 3, 3]),
        (8, [4, 4, 4, 4]),
        (10, [4, 4, 4, 4]),
    ] {
        case("D", "pain during", with(|t| pained(&mut t.s, pain)), page);
    }
    let felt = |pattern, pain| {
        with(|t| {
            t.s.pattern = pattern;
            pained(&mut t.s, pain);
        })
    };
    case(
        "P",
        "returned at 2",
        felt(PainBehaviour::Returned, 2),
        [3, 0, 0, 0],
    );
    case(
        "P",
        "returned at 3",
        felt(PainBehaviour::Returned, 3),
        [4, 3, 3, 3],
    );
    case(
        "P",
        "rising at 0",
        felt(PainBehaviour::Rising, 0),
        [0, 0, 0, 0],
    );
    case(
        "P",
        "rising at 1",
        felt(PainBehaviour::Rising, 1),
        [3, 1, 1, 1],
    );
    case(
        "P",
        "rising at 2",
        felt(PainBehaviour::Rising, 2),
        [3, 1, 1, 1],
    );
    case(
        "P",
        "rising at 3",
        felt(PainBehaviour::Rising, 3),
        [4, 3, 3, 3],
    );
    case(
        "P",
        "sudden at 0",
        felt(PainBehaviour::Sudden, 0),
        [0, 0, 0, 0],
    );
    case(
        "P",
        "sudden at 1",
        felt(PainBehaviour::Sudden, 1),
        [4, 3, 3, 3],
    );
    case(
        "P",
        "steady at 2 is row D alone",
        felt(PainBehaviour::Steady, 2),
        [3, 0, 0, 0],
    );
    case(
        "P",
        "warm-up only at 3 is row D alone",
        felt(PainBehaviour::WarmUpOnly, 3),
        [4, 1, 1, 0],
    );
    case(
        "D",
        "fleeting at 2",
        felt(PainBehaviour::Fleeting, 2),
        [1, 0, 0, 0],
    );
    case(
        "D",
        "fleeting at 3",
        felt(PainBehaviour::Fleeting, 3),
        [4, 1, 1, 0],
    );
    case("H", "pressed", with(|t| t.s.hurt = true), [3, 1, 1, 1]);
    case(
        "H",
        "pressed, fleeting",
        with(|t| {
            t.s.hurt = true;
            t.s.pattern = PainBehaviour::Fleeting;
        }),
        [1, 1, 1, 1],
    );
    let bony = |site, pain| SiteMark {
        site,
        side: Side::Left,
        pain: score(pain),
        extra: Extra::new(),
    };
    let at = |site, pain| with(|t| t.s.sites = vec![bony(site, pain)]);
    case("Z", "no bone", at(Site::Calf, 2), [0, 0, 0, 0]);
    case("Z", "at 0", at(Site::Shin, 0), [0, 0, 0, 0]);
    case("Z", "at 1", at(Site::Shin, 1), [3, 3, 3, 3]);
    case("Z", "at 2", at(Site::Shin, 2), [3, 3, 3, 3]);
    case("Z", "at 3", at(Site::Shin, 3), [4, 4, 4, 4]);
    let shin_before = |n| {
        with(|t| {
            let mut s = t.s.clone();
            s.sites = vec![bony(Site::Shin, 1)];
            t.before = vec![(n, s.clone())];
            t.s.sites = vec![bony(Site::Groin, 1)];
        })
    };
    case("Z", "again after 14 days", shin_before(14), [4, 4, 4, 4]);
    case("Z", "again after 15 days", shin_before(15), [3, 3, 3, 3]);
    let before = |pain, usual| {
        with(|t| {
            t.s.pain_before = score(pain);
            t.usual = usual;
        })
    };
    case("B", "by 1", before(1, 0), [3, 0, 0, 0]);
    case("B", "by 2", before(2, 0), [3, 1, 1, 1]);
    case("B", "by 1 over a usual of 2", before(3, 2), [3, 0, 0, 0]);
    let after = |pain, settled| {
        with(|t| {
            t.s.pain_after = score(pain);
            t.next.as_mut().unwrap().settled_within_hour = settled;
        })
    };
    case("A", "by 1, settled", after(1, Some(true)), [3, 0, 0, 0]);
    case("A", "by 1", after(1, Some(false)), [3, 1, 1, 0]);
    case("A", "by 2", after(2, Some(false)), [3, 2, 2, 0]);
    case("A", "by 2, unanswered", after(2, None), [3, 2, 2, 0]);
    case("A", "by 3", after(3, Some(false)), [3, 2, 2, 1]);
    case("A", "at 5", after(5, Some(false)), [3, 2, 2, 1]);
    case("A", "above 5", after(6, Some(true)), [3, 3, 3, 3]);
    let woke = |pain, during| {
        with(|t| {
            t.next = Some(morning(pain));
            pained(&mut t.s, during);
        })
    };
    case("N", "at the usual", woke(0, 0), [0, 0, 0, 0]);
    case("N", "by 1 after zeros", woke(1, 0), [1, 1, 1, 1]);
    case("N", "by 1 after pain of 1", woke(1, 1), [3, 1, 1, 1]);
    case("N", "by 2", woke(2, 0), [3, 2, 2, 2]);
    case("N", "by 3", woke(3, 0), [3, 3, 3, 3]);
    let usual = |pain, usual| {
        with(|t| {
            t.next = Some(morning(pain));
            t.usual = usual;
        })
    };
    // Joint and muscle alone count up to 2.
    case("N", "5 over a usual of 3", usual(5, 3), [3, 3, 3, 2]);
    case("N", "above 5 over a usual of 3", usual(6, 3), [3, 3, 3, 3]);
    let second = |pain| with(|t| t.second = Some(morning(pain)));
    case("N", "second morning by 1", second(1), [3, 0, 0, 0]);
    case("N", "second morning by 2", second(2), [3, 0, 0, 0]);
    case("N", "second morning by 3", second(3), [3, 3, 3, 3]);
    let forgot = with(|t| t.next.as_mut().unwrap().remembered = false);
    case("N", "not remembered", forgot, [1, 1, 1, 1]);
    let stiff = |min| with(|t| t.next.as_mut().unwrap().stiffness_min = min);
    case("M", "14 minutes", stiff(14.0), [0, 0, 0, 0]);
    case("M", "15 minutes", stiff(15.0), [1, 1, 1, 1]);
    let swelling = |s, m| {
        with(|t| {
            t.s.swelling = s;
            t.next.as_mut().unwrap().swelling = m;
        })
    };
    use Swelling::{Clear, More, None as No};
    case("S", "none", swelling(No, No), [0, 0, 0, 0]);
    case("S", "more in the session", swelling(More, No), [1, 1, 1, 1]);
    case("S", "more in the morning", swelling(No, More), [1, 1, 1, 1]);
    case(
        "S",
        "clear in the session",
        swelling(Clear, No),
        [4, 4, 4, 4],
    );
    case(
        "S",
        "clear in the morning",
        swelling(No, Clear),
        [4, 4, 4, 4],
    );
    let twice = |ago, s| {
        with(|t| {
            let mut earlier = t.s.clone();
            earlier.swelling = s;
            t.before = vec![(ago, earlier)];
            t.s.swelling = More;
        })
    };
    case("S", "more, none before", twice(3, No), [1, 1, 1, 1]);
    case("S", "more twice running", twice(3, More), [3, 3, 3, 3]);
    let second_swelling = |s| {
        with(|t| {
            let m = morning(0);
            t.second = Some(Morning { swelling: s, ..m });
        })
    };
    case(
        "S",
        "more on the second morning",
        second_swelling(More),
        [0, 0, 0, 0],
    );
    case(
        "S",
        "clear on the second morning",
        second_swelling(Clear),
        [4, 4, 4, 4],
    );
    case(
        "L",
        "while running",
        with(|t| t.s.limp = true),
        [3, 3, 3, 3],
    );
    let limp = with(|t| t.next.as_mut().unwrap().limp = true);
    case("L", "next morning", limp, [4, 4, 4, 4]);
    let limp = with(|t| {
        t.second = Some(Morning {
            limp: true,
            ..morning(0)
        })
    });
    case("L", "second morning", limp, [4, 4, 4, 4]);
    let done = |share: f64, stopped| {
        with(|t| {
            t.s.run_min *= share;
            t.s.stopped_for = stopped;
        })
    };
    let (time, pain) = (Some(StoppedFor::Time), Some(StoppedFor::Pain));
    case("K", "95 % for time", done(0.95, time), [0, 0, 0, 0]);
    case("K", "94 % for time", done(0.94, time), [1, 1, 1, 1]);
    case("K", "50 % for time", done(0.5, time), [1, 1, 1, 1]);
    case("K", "95 % for pain", done(0.95, pain), [0, 0, 0, 0]);
    case("K", "94 % for pain", done(0.94, pain), [1, 1, 1, 1]);
    case("K", "80 % for pain", done(0.8, pain), [1, 1, 1, 1]);
    case("K", "79 % for pain", done(0.79, pain), [1, 1, 1, 1]);
    case("K", "110 %", done(1.1, None), [0, 0, 0, 0]);
    case("K", "111 %", done(1.11, None), [1, 1, 1, 1]);
    let mind = |effort, fear, hard| {
        with(|t| {
            t.s.effort = Some(score(effort));
            t.s.fear = Some(score(fear));
            t.s.hard = hard;
        })
    };
    case("E", "effort 6", mind(6, 0, false), [0, 0, 0, 0]);
    case("E", "effort 7", mind(7, 0, false), [1, 1, 1, 1]);
    // `hard` is read under its freedom alone.
    case("E", "effort 7, marked hard", mind(7, 0, true), [1, 1, 1, 1]);
    case("E", "fear 6", mind(0, 6, false), [0, 0, 0, 0]);
    case("E", "fear 7", mind(0, 7, false), [1, 1, 1, 1]);
    let afraid = |times: usize| {
        with(|t| {
            t.s.fear = Some(score(8));
            t.before = (1..=times).rev().map(|n| (n * 3, t.s.clone())).collect();
        })
    };
    case("E", "fear twice in a row", afraid(1), [1, 1, 1, 1]);
    case("E", "fear a third time", afraid(2), [1, 1, 1, 1]);
    case(
        "G",
        "painkiller",
        with(|t| t.s.painkiller = true),
        [1, 1, 1, 1],
    );
    let median = |pains: &[u8], next| {
        with(|t| {
            t.earlier = pains.iter().enumerate().map(|(n, p)| (n, *p)).collect();
            t.next = Some(morning(next));
            t.usual = 2;
        })
    };
    // The week before, newest first, over a usual of 2; bone reads it over 0.
    case(
        "T",
        "median at the usual",
        median(&[2, 2, 2, 2, 2, 2], 3),
        [3, 1, 1, 1],
    );
    case(
        "T",
        "median by 2",
        median(&[4, 4, 4, 4, 4, 4], 3),
        [3, 2, 2, 2],
    );
    let two_weeks = |second| {
        let mut week = vec![4; 6];
        week.extend([second; 7]);
        median(&week, 3)
    };
    case(
        "T",
        "by 2, the week before by 1",
        two_weeks(3),
        [4, 2, 2, 2],
    );
    case("T", "by 2 in both weeks", two_weeks(4), [4, 4, 4, 4]);
    let earlier = |ago: usize, pain| {
        with(|t| {
            let mut s = t.s.clone();
            pained(&mut s, pain);
            t.before = vec![(ago, s)];
            // A limp is 3 for everyone.
            t.s.limp = true;
        })
    };
    let walk_before = |ago: usize, limp: bool| {
        let mut told = earlier(ago, 0);
        told.before[0].1.limp = limp;
        told
    };
    case("X", "an earlier 0", walk_before(14, false), [3, 3, 3, 3]);
    case(
        "X",
        "an earlier 3, 14 days ago",
        walk_before(14, true),
        [4, 4, 4, 4],
    );
    case(
        "X",
        "an earlier 3, 15 days ago",
        walk_before(15, true),
        [3, 3, 3, 3],
    );

    let mut wrong = String::new();
    for (row, side, told, page) in &cases {
        let profiles = [
            Profile::Bone,
            Profile::Joint,
            Profile::Muscle,
            Profile::Tendon,
        ];
        for (profile, wanted) in profiles.iter().zip(page) {
            let got = severity(*profile, told);
            if got != *wanted {
                wrong.push_str(&format!(
                    "{row} {side} {profile:?}: page {wanted}, engine {got}\n"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let rows: std::collections::BTreeSet<&str> = cases.iter().map(|c| c.0).collect();
    let count = cases.len() * 4;
    println!("{count} sides of {} rows, four profiles each", rows.len());
    assert_eq!((rows.len(), count), (17, 376));
}
