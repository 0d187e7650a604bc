//! What the runner sees when storage fails, and that nothing is lost by it.

use std::fs;

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::driver::{Engine, Habits, Scratch};
use crate::page::{one, t};
use crate::releases::copy;
use crate::stage::{Stage, dist, play, play_as, play_with};
use crate::story::{self, diary, entry, id};

crate::in_both!(
    a_full_local_storage_leaves_the_other,
    a_save_that_fails_is_shown_and_tried_again,
    a_damaged_item_costs_itself_alone,
    a_damaged_copy_is_healed_from_the_other,
    an_emptied_local_storage_is_filled_again,
    an_emptied_database_is_filled_again,
    a_backup_with_faults_gives_what_is_good,
    a_file_that_is_no_backup_changes_nothing,
    a_backup_brings_everything_to_another_phone,
    two_folders_of_one_host_do_not_see_each_other,
    a_diary_stored_without_its_folder_is_copied,
    a_database_without_its_folder_is_copied,
    other_rules_say_once_what_moved,
);

crate::in_gecko!(
    a_damaged_item_costs_itself_alone,
    an_emptied_database_is_filled_again,
    a_backup_brings_everything_to_another_phone,
);

const NOW: &str = "2026-03-06T08:00:00";

/// An evening on which R2 was run and is logged without the timer.
async fn log_without_timer(stage: &Stage) {
    stage.route("#/today").await;
    stage.tap("log-without-timer").await;
    stage.screen("log").await;
    stage.tap("all-quiet").await;
    stage.tap("log-save").await;
}

async fn on_the_diary(engine: Engine, test: impl AsyncFnOnce(&mut Stage)) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), NOW, "#/today").await;
        stage.screen("today").await;
        both_hold(stage, 5).await;
        test(stage).await;
    })
    .await;
}

/// Waits until both stores hold the same so many entries.
async fn both_hold(stage: &Stage, entries: usize) {
    let mut last = (Vec::new(), Vec::new());
    let same = crate::wait::seen(async || {
        last = story::stored(stage).await;
        (last.0.len() == entries && last.0 == last.1).then_some(())
    });
    if same.await.is_none() {
        let (local, twin) = (last.0.len(), last.1.len());
        stage
            .fail(format_args!(
                "{local} in localStorage and {twin} in IndexedDB instead of {entries}"
            ))
            .await;
    }
}

async fn other_rules_say_once_what_moved(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        let shown = "JSON.parse(localStorage.getItem('footing@/some/where/footing/shown'))";
        // This diary is from before that was stored: there is nothing to compare.
        stage.see("rules-news").await;
        let said = stage.text("rules-news").await;
        assert!(said.contains("R2") && !said.contains("You were at"), "{said}");
        stage.tap("rules-news-dismiss").await;
        stage.gone("rules-news").await;
        stage.until("what the rules show is stored", &format!("{shown}?.level")).await;
        let older = format!(
            "const shown = {shown}; \
             localStorage.setItem('footing@/some/where/footing/shown', JSON.stringify({{...shown, rules: 0, level: 'R1'}}));"
        );
        stage.run(&older, &[]).await;
        stage.reload().await;
        stage.see("rules-news").await;
        let said = stage.text("rules-news").await;
        assert!(said.contains("R1"), "{said}");
        stage.tap("rules-news-dismiss").await;
        stage.gone("rules-news").await;
        stage.until("it was put away", &format!("{shown}.rules > 0 && {shown}.level !== 'R1'")).await;
        stage.reload().await;
        stage.screen("today").await;
        stage.settle().await;
        assert!(!stage.has("rules-news").await, "it is said once");
    })
    .await;
}

async fn a_full_local_storage_leaves_the_other(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        let fill = "
            let size = 1 << 22;
            for (let n = 0; size >= 1; n += 1) {
                try { localStorage.setItem('somebody-else-' + n, 'x'.repeat(size)); } catch { size >>= 1; }
            }";
        stage.run(fill, &[]).await;
        log_without_timer(stage).await;
        story::saved(stage).await;
        let (local, twin) = story::stored(stage).await;
        assert_eq!((local.len(), twin.len()), (5, 6), "the database goes on alone");
        stage.route("#/settings").await;
        let full = stage.text("storage-state").await;
        assert!(full.to_lowercase().contains("full"), "the runner is told: {full}");

        // Found again by the next start, and written back once there is room.
        stage.open("#/diary").await;
        stage.screen("diary").await;
        stage.until("two old sessions and a new one", &rows_are("session", 3)).await;
        stage.run("for (const key of Object.keys(localStorage)) if (key.startsWith('some')) localStorage.removeItem(key);", &[]).await;
        stage.reload().await;
        both_hold(stage, 6).await;
    })
    .await;
}

/// In every page from its start: a reading of the database ends only when it is let go,
/// for it always has one more request to answer. And it is noticed when the database is
/// asked for before Today is drawn, in the time in which the app waits for that.
const HELD_BACK: &str = "
    window.heldBack = true;
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...how) {
        const begun = begin.apply(this, how);
        const hold = () => {
            if (window.heldBack) begun.objectStore('kv').count().onsuccess = hold;
        };
        if (how[1] === 'readonly') hold();
        return begun;
    };
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...how) {
        const drawn = document.querySelector('[data-t=\"advice\"]');
        window.askedEarly ??= !drawn && performance.now() < 1400;
        return open.apply(this, how);
    };";

/// `WebKit` has no script that a test could run before the page's own.
#[tokio::test]
async fn today_is_there_before_the_database_is_read() {
    on_the_diary(Engine::Chromium, async |stage: &mut Stage| {
        let everywhere = json!({"source": HELD_BACK});
        let add = "Page.addScriptToEvaluateOnNewDocument";
        stage.browser().cdp(add, everywhere).await;
        stage.visit_picture().await;
        stage.open("#/today").await;
        story::r2_and_why(stage).await;

        stage
            .until(
                "the database to be asked, and not before Today is drawn",
                "window.askedEarly === false",
            )
            .await;

        // What is logged meanwhile waits for the merge, and is kept.
        log_without_timer(stage).await;
        stage
            .attribute_is(&t("save-state"), "data-state", "saving")
            .await;
        let local = "Object.keys(localStorage).filter((key) => key.startsWith('footing@/some/where/footing/entry/'))";
        let number = stage.eval(&[local, ".length"].concat()).await;
        assert_eq!(number, 5, "nothing is written before the merge");
        stage.run("window.heldBack = false;", &[]).await;
        story::saved(stage).await;
        both_hold(stage, 6).await;
    })
    .await;
}

/// In every page from its start: the database is there six seconds late.
const LATE: &str = "
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...how) {
        const request = open.apply(this, how);
        const listen = request.addEventListener.bind(request);
        request.addEventListener = (kind, heard, ...more) => listen(kind,
            kind === 'success' ? (event) => setTimeout(() => heard.call(request, event), 6000) : heard, ...more);
        return request;
    };";

/// The app gives the database up after four seconds. Nothing is taken from it unread: its
/// good copy of a damaged item is found once it answers.
#[tokio::test]
async fn a_database_that_comes_late_repairs_what_is_damaged() {
    on_the_diary(Engine::Chromium, async |stage: &mut Stage| {
        let before = story::stored(stage).await;
        stage.visit_picture().await;
        let damage =
            "localStorage.setItem('footing@/some/where/footing/entry/' + arguments[0], 'x');";
        stage.run(damage, &[json!(id(4))]).await;
        let late = json!({"source": LATE});
        let add = "Page.addScriptToEvaluateOnNewDocument";
        stage.browser().cdp(add, late).await;
        stage.open("#/settings").await;
        stage
            .until("the damaged item to be shown", &one("damaged-list"))
            .await;
        stage.open("#/diary").await;
        stage.until("both sessions", &rows_are("session", 2)).await;
        let good = format!(
            "localStorage.getItem('footing@/some/where/footing/entry/{}') !== 'x'",
            id(4)
        );
        stage.until("the good copy", &good).await;
        assert_eq!(story::stored(stage).await, before);
    })
    .await;
}

/// What the diary shows of a kind.
fn rows_are(kind: &str, number: usize) -> String {
    format!(
        "document.querySelectorAll('[data-t^=\"row-\"][data-kind=\"{kind}\"]').length === {number}"
    )
}

async fn a_save_that_fails_is_shown_and_tried_again(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        let close = "
            const full = () => { throw new DOMException('no room', 'QuotaExceededError'); };
            window.room = [Storage.prototype.setItem, IDBObjectStore.prototype.put, IDBObjectStore.prototype.add];
            Storage.prototype.setItem = full;
            IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = full;";
        stage.run(close, &[]).await;
        log_without_timer(stage).await;
        stage.see("save-problem").await;
        stage.attribute_is(&t("save-state"), "data-state", "failed").await;
        stage.see("save-export").await;
        stage.route("#/diary").await;
        stage.screen("diary").await;
        stage.until("the session, though it is not stored", &rows_are("session", 3)).await;
        stage.see("save-problem").await;

        // What is not stored can still be handed out.
        stage.route("#/backup").await;
        stage.tap("backup-show").await;
        let backup: Value = serde_json::from_str(&stage.value("backup-text").await).expect("a backup is JSON");
        assert_eq!(backup["entries"].as_array().map(Vec::len), Some(6));

        stage.tap("save-retry").await;
        stage.attribute_is(&t("save-state"), "data-state", "failed").await;
        let open = "
            Storage.prototype.setItem = room[0];
            IDBObjectStore.prototype.put = room[1];
            IDBObjectStore.prototype.add = room[2];";
        stage.run(open, &[]).await;
        stage.tap("save-retry").await;
        story::saved(stage).await;
        stage.gone("save-problem").await;
        both_hold(stage, 6).await;
    })
    .await;
}

async fn a_damaged_item_costs_itself_alone(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::lay_down(stage, &diary()).await;
        let damaged = id(3);
        let damage =
            "localStorage.setItem('footing@/some/where/footing/entry/' + arguments[0], '{\"id\": \"half an ent');";
        stage.run(damage, &[json!(damaged)]).await;
        stage.clock(NOW).await;
        stage.open("#/diary").await;
        stage.until("both sessions", &rows_are("session", 2)).await;
        stage
            .until("the undamaged morning", &rows_are("morning", 1))
            .await;
        let aside = format!(
            "localStorage.getItem('footing@/some/where/footing/damaged/{damaged}') === '{{\"id\": \"half an ent'"
        );
        stage
            .until("the damaged item to be set aside as it was", &aside)
            .await;
        let there = format!("localStorage.getItem('footing@/some/where/footing/entry/{damaged}') === null");
        stage.until("its place to be free", &there).await;

        stage.route("#/settings").await;
        assert!(
            stage.text("damaged-list").await.contains(&damaged[..8]),
            "Settings shows it"
        );
        stage.tap("open-backup").await;
        stage.screen("backup").await;
        stage.tap("backup-show").await;
        let backup = stage.value("backup-text").await;
        assert!(
            backup.contains("half an ent"),
            "and a backup takes it along: {backup}"
        );
    })
    .await;
}

async fn a_damaged_copy_is_healed_from_the_other(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        let damage =
            "localStorage.setItem('footing@/some/where/footing/entry/' + arguments[0], 'x');";
        stage.run(damage, &[json!(id(4))]).await;
        stage.open("#/diary").await;
        stage.until("both sessions", &rows_are("session", 2)).await;
        both_hold(stage, 5).await;
    })
    .await;
}

async fn an_emptied_local_storage_is_filled_again(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        let before = story::stored(stage).await;
        stage.visit_picture().await;
        stage.run("localStorage.clear();", &[]).await;
        stage.open("#/today").await;
        story::r2_and_why(stage).await;
        both_hold(stage, 5).await;
        assert_eq!(story::stored(stage).await, before);
    })
    .await;
}

async fn an_emptied_database_is_filled_again(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        let before = story::stored(stage).await;
        stage.visit_picture().await;
        let delete = "
            const gone = indexedDB.deleteDatabase('footing@/some/where/footing/');
            gone.onsuccess = () => arguments[0](true);
            gone.onerror = () => arguments[0](false);";
        let deleted = stage.client.execute_async(delete, vec![]).await;
        assert_eq!(deleted.expect("a database can be deleted"), true);
        stage.open("#/today").await;
        story::r2_and_why(stage).await;
        both_hold(stage, 5).await;
        assert_eq!(story::stored(stage).await, before);
    })
    .await;
}

/// Two good entries that are new, one that is there already, and three that no diary can hold.
fn faulty_backup() -> String {
    let session =
        |pain: i32| json!({"activity": "walk", "run_min": 0, "walk_min": 20, "pain_during": pain});
    let there = diary().swap_remove(1);
    json!({
        "format": "footing-backup", "version": 1, "exported_at": "2026-03-05T12:00:00+01:00",
        "entries": [
            entry(11, "2026-02-20T10:00:00+01:00", "session", &session(1)),
            entry(12, "2026-02-21T07:00:00+01:00", "morning", &json!({"pain": 1})),
            there,
            entry(13, "2026-02-22T10:00:00+01:00", "session", &session(14)),
            entry(14, "the day before yesterday", "morning", &json!({"pain": 1})),
            {"kind": "session", "at": "2026-02-24T10:00:00+01:00"},
        ],
    })
    .to_string()
}

async fn a_backup_with_faults_gives_what_is_good(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        let folder = Scratch::new("backup");
        let file = folder.path().join("footing-backup.json");
        fs::write(&file, faulty_backup()).expect("a file can be written");
        stage.route("#/backup").await;
        stage.see("backup-file").await;
        let field = stage
            .client
            .find(Locator::Css(&t("backup-file")))
            .await
            .expect("the file field");
        field
            .send_keys(&file.display().to_string())
            .await
            .expect("a file can be chosen");

        stage.see("import-preview").await;
        assert!(
            stage.text("import-new").await.contains('2'),
            "two entries are new"
        );
        let faults = stage.text("import-faults").await;
        assert!(
            faults.contains("pain") && faults.contains("14"),
            "the fault is named by its field: {faults}"
        );
        assert_eq!(
            story::stored(stage).await.0.len(),
            5,
            "nothing is written before the runner agrees"
        );
        stage.tap("import-accept").await;
        both_hold(stage, 7).await;
        stage.route("#/diary").await;
        stage
            .until("the session that came", &rows_are("session", 3))
            .await;
        stage
            .until("the morning that came", &rows_are("morning", 3))
            .await;
    })
    .await;
}

async fn a_file_that_is_no_backup_changes_nothing(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        stage.route("#/backup").await;
        for text in [
            "<html>a hotel's log-in page</html>",
            "{\"format\": \"something-else\", \"entries\": []}",
            "",
        ] {
            stage.unfold("backup-paste").await;
            stage.fill("backup-paste", text).await;
            stage.tap("backup-read").await;
            stage.see("import-failed").await;
            assert!(!stage.has("import-preview").await);
            stage.route("#/today").await;
            stage.gone("import-failed").await;
            stage.route("#/backup").await;
        }
        // One that is good can still be declined.
        stage.unfold("backup-paste").await;
        stage.fill("backup-paste", &faulty_backup()).await;
        stage.tap("backup-read").await;
        stage.see("import-preview").await;
        stage.tap("import-cancel").await;
        stage.gone("import-preview").await;
        both_hold(stage, 5).await;
    })
    .await;
}

async fn a_backup_brings_everything_to_another_phone(engine: Engine) {
    let mut taken = String::new();
    let mut before = (Vec::new(), Vec::new());
    on_the_diary(engine, async |stage: &mut Stage| {
        // What this version does not know travels along unchanged.
        let later =
            json!({"what": "sauna", "minutes": 12, "invented_later": {"by": "a newer release"}});
        let later = [entry(21, "2026-03-05T20:00:00+01:00", "activity", &later)];
        story::open_with(stage, &later, NOW, "#/backup").await;
        both_hold(stage, 6).await;
        stage.tap("backup-show").await;
        taken = stage.value("backup-text").await;
        before = story::stored(stage).await;
    })
    .await;
    play(engine, async |stage: &mut Stage| {
        stage.visit_picture().await;
        stage.clock(NOW).await;
        stage.open("#/backup").await;
        stage.unfold("backup-paste").await;
        stage.fill("backup-paste", &taken).await;
        stage.tap("backup-read").await;
        stage.see("import-preview").await;
        stage.tap("import-accept").await;
        both_hold(stage, 6).await;
        assert_eq!(meaning(&story::stored(stage).await.0), meaning(&before.0));
        stage.route("#/today").await;
        story::r2_and_why(stage).await;
    })
    .await;
}

/// Entries as values, since the order of fields means nothing.
fn meaning(entries: &[(String, String)]) -> Vec<Value> {
    entries
        .iter()
        .map(|(_, text)| serde_json::from_str(text).expect("an entry is JSON"))
        .collect()
}

/// The browser keeps all storage closed: the app works for as long as the page is open, and says so.
/// `WebKit` has no setting for it that a test could reach.
#[tokio::test]
async fn closed_storage_is_said_and_nothing_breaks() {
    let closed = Habits {
        storage: false,
        ..Habits::default()
    };
    play_as(Engine::Chromium, closed, async |stage: &mut Stage| {
        stage.open("").await;
        story::first_start(stage).await;
        stage.see("save-problem").await;
        stage.see("save-export").await;
        stage.route("#/backup").await;
        stage.tap("backup-show").await;
        let backup: Value =
            serde_json::from_str(&stage.value("backup-text").await).expect("a backup is JSON");
        assert_eq!(
            backup["entries"].as_array().map(Vec::len),
            Some(2),
            "a plan and a clearance: {backup}"
        );
        stage.route("#/today").await;
        stage
            .until(
                "the advice",
                &format!("{}?.dataset.advice === 'run-walk'", one("advice")),
            )
            .await;
    })
    .await;
}

/// How many items of localStorage begin so.
async fn items(stage: &Stage, place: &str) -> u64 {
    let script =
        format!("Object.keys(localStorage).filter((key) => key.startsWith('{place}')).length");
    stage.eval(&script).await.as_u64().unwrap_or_default()
}

async fn two_folders_of_one_host_do_not_see_each_other(engine: Engine) {
    let folder = Scratch::new("two-folders");
    for place in ["", "a", "b"] {
        copy(&dist(), &folder.path().join(place));
    }
    let entries = |place: &str| format!("footing@/some/where/footing/{place}/entry/");
    play_with(engine, folder.path(), async |stage: &mut Stage| {
        stage.visit_picture().await;
        for entry in diary() {
            let key = entries("a") + entry["id"].as_str().expect("an id");
            let script = "localStorage.setItem(arguments[0], arguments[1]);";
            stage
                .run(script, &[json!(key), json!(entry.to_string())])
                .await;
        }
        stage.clock(NOW).await;
        stage.open("a/#/today").await;
        story::r2_and_why(stage).await;
        log_without_timer(stage).await;
        story::saved(stage).await;
        assert_eq!(items(stage, &entries("a")).await, 6);

        // The other copy knows of no diary: it asks the first question.
        stage.open("b/#/today").await;
        stage.screen("welcome").await;
        stage
            .until(
                "this folder's own schema",
                "localStorage.getItem('footing@/some/where/footing/b/meta') !== null",
            )
            .await;
        assert_eq!(items(stage, &entries("b")).await, 0);
        // Nothing stands where a third copy, or an older release, would look.
        assert_eq!(items(stage, "footing/").await, 0);
    })
    .await;
}

/// As a release that knew of no folders left it: it is copied, and stays for a rollback,
/// which finds what is newer as well.
async fn a_diary_stored_without_its_folder_is_copied(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.visit_picture().await;
        for entry in diary() {
            let script = "localStorage.setItem('footing/entry/' + arguments[0], arguments[1]);";
            let id = entry["id"].clone();
            stage.run(script, &[id, json!(entry.to_string())]).await;
        }
        stage
            .run(
                "localStorage.setItem('footing/prefs', '{\"theme\":\"dark\"}');",
                &[],
            )
            .await;
        stage.clock(NOW).await;
        stage.open("#/today").await;
        story::r2_and_why(stage).await;
        let theme = stage.eval("document.documentElement.dataset.theme").await;
        assert_eq!(theme, "dark");
        both_hold(stage, 5).await;
        assert_eq!(items(stage, "footing/entry/").await, 5);

        log_without_timer(stage).await;
        story::saved(stage).await;
        both_hold(stage, 6).await;
        assert_eq!(items(stage, "footing/entry/").await, 6);

        // Once only: what an older release writes there later is its own.
        let script = "localStorage.setItem('footing/entry/' + arguments[0], arguments[1]);";
        let later = entry(9, "2026-03-01T07:00:00+01:00", "mind", &json!({"fear": 3}));
        stage
            .run(script, &[json!(id(9)), json!(later.to_string())])
            .await;
        stage.reload().await;
        stage.screen("today").await;
        both_hold(stage, 6).await;
    })
    .await;
}

async fn a_database_without_its_folder_is_copied(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.visit_picture().await;
        let script = "
            const done = arguments[arguments.length - 1];
            const open = indexedDB.open('footing', 1);
            open.onupgradeneeded = () => {
                open.result.createObjectStore('entries');
                open.result.createObjectStore('kv');
            };
            open.onsuccess = () => {
                const both = open.result.transaction(['entries', 'kv'], 'readwrite');
                for (const entry of arguments[0]) both.objectStore('entries').put(JSON.stringify(entry), entry.id);
                both.objectStore('kv').put('{\"schema\":1}', 'meta');
                both.oncomplete = () => { open.result.close(); done(true); };
            };";
        let laid = stage.client.execute_async(script, vec![json!(diary())]).await;
        laid.expect("the old database is there");
        stage.clock(NOW).await;
        stage.open("#/today").await;
        story::r2_and_why(stage).await;
        both_hold(stage, 5).await;
        assert_eq!(items(stage, "footing/").await, 0);
    })
    .await;
}
