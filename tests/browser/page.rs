//! What a runner does with a page, and what they see on it.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::Client;
use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
    TouchActions,
};
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use crate::driver::Engine;
use crate::wait::{PATIENCE, seen, seen_within};

/// Where screenshots go; git does not see it.
pub fn screenshots(engine: Engine) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("screenshots")
        .join(engine.name())
}

/// Longer than the 0.8 seconds that a button in a session asks for, on a busy machine too.
const HELD: Duration = Duration::from_secs(2);

/// A page in a browser.
#[derive(Clone)]
pub struct Page {
    pub engine: Engine,
    pub client: Client,
}

/// Finds the place a finger would touch: an input that is drawn by its label is touched there.
const TOUCHED: &str = "
    const found = document.querySelector(arguments[0]);
    if (!found) return null;
    const drawn = ['radio', 'checkbox'].includes(found.type) && found.labels && found.labels[0];
    const touched = drawn || found;
    touched.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
    // On the place that was just touched a person does not tap before they have looked.
    const [box, last] = [touched.getBoundingClientRect(), window.footingTapped];
    const away = last && Math.hypot(box.x + box.width / 2 - last.x, box.y + box.height / 2 - last.y);
    if (last && away < 40 && performance.now() - last.at < 450) return null;
    return touched;";

/// A test id as a selector.
pub fn t(id: &str) -> String {
    format!("[data-t=\"{id}\"]")
}

impl Page {
    /// Runs a script in the page; `arguments[0]` and so on are the values given.
    pub async fn run(&self, script: &str, arguments: &[Value]) -> Value {
        let answer = self.client.execute(script, arguments.to_vec()).await;
        match answer {
            Ok(value) => value,
            Err(error) => self.fail(format_args!("a script: {error}\n{script}")).await,
        }
    }

    /// The value of an expression.
    pub async fn eval(&self, expression: &str) -> Value {
        self.run(&format!("return {expression};"), &[]).await
    }

    /// Waits until an expression is neither null nor false, and answers what it is then.
    pub async fn until(&self, what: impl Display, expression: &str) -> Value {
        self.until_within(PATIENCE, what, expression).await
    }

    /// The same with a patience of its own, for what really takes its time.
    pub async fn until_within(
        &self,
        patience: Duration,
        what: impl Display,
        expression: &str,
    ) -> Value {
        let script = format!("return {expression};");
        // A page on its way to another has no document to ask: that is a "not yet".
        let answer = seen_within(patience, async || {
            let value = self.client.execute(&script, vec![]).await.ok()?;
            (value != Value::Null && value != Value::Bool(false)).then_some(value)
        });
        match answer.await {
            Some(value) => value,
            None => {
                self.fail(format_args!(
                    "not within {patience:?}: {what}\n  waited for: {expression}"
                ))
                .await
            }
        }
    }

    /// Ends the test, with a picture and the words of what stood on the screen.
    pub async fn fail(&self, why: impl Display) -> ! {
        let state = self.client.execute(
            "return [location.href, document.querySelector('[data-screen]')?.dataset.screen ?? 'none',
                     [...document.querySelectorAll('main.rescue pre')].map((pre) => pre.textContent).join()
                         + document.body?.innerText.slice(0, 1500) ?? 'no body'];",
            vec![],
        );
        let state = state
            .await
            .unwrap_or_else(|error| json!([error.to_string(), "", ""]));
        let name = std::thread::current()
            .name()
            .unwrap_or("test")
            .replace("::", "-");
        let picture = screenshots(self.engine)
            .join("failed")
            .join(format!("{name}.png"));
        self.picture(&picture).await;
        let word = |index: usize| state[index].as_str().unwrap_or_default().to_owned();
        panic!(
            "{why}\n  at {url}, screen {screen}, picture {picture}\n  {text}",
            url = word(0),
            screen = word(1),
            picture = picture.display(),
            text = word(2).replace('\n', "\n  "),
        );
    }

    /// Shows another route of the app that is already there.
    pub async fn route(&self, hash: &str) {
        self.run("location.hash = arguments[0];", &[json!(hash)])
            .await;
    }

    /// Waits for a screen.
    pub async fn screen(&self, name: &str) {
        self.until(
            format_args!("the screen {name}"),
            &format!("!!document.querySelector('[data-screen=\"{name}\"]')"),
        )
        .await;
    }

    /// Waits for an element.
    pub async fn see(&self, id: &str) {
        self.until(format_args!("{id} to be there"), &format!("!!{}", one(id)))
            .await;
    }

    /// Waits until an element is gone.
    pub async fn gone(&self, id: &str) {
        self.until(format_args!("{id} to be gone"), &format!("!{}", one(id)))
            .await;
    }

    /// Whether an element is there now.
    pub async fn has(&self, id: &str) -> bool {
        self.eval(&format!("!!{}", one(id))).await == Value::Bool(true)
    }

    /// An element's words.
    pub async fn text(&self, id: &str) -> String {
        let words = format!("{}?.innerText || null", one(id));
        let text = self.until(format_args!("{id} with words"), &words).await;
        text.as_str().unwrap_or_default().trim().to_owned()
    }

    /// The value of a field.
    pub async fn value(&self, id: &str) -> String {
        let value = format!("{}?.value ?? null", one(id));
        let value = self.until(format_args!("the field {id}"), &value).await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// An attribute of the first element a selector finds; empty when it has none.
    pub async fn attribute(&self, selector: &str, name: &str) -> String {
        let script =
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? '';";
        self.run(script, &[json!(selector), json!(name)])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until an attribute has a value.
    pub async fn attribute_is(&self, selector: &str, name: &str, wanted: &str) {
        let expression = format!(
            "document.querySelector({})?.getAttribute({}) === {}",
            json!(selector),
            json!(name),
            json!(wanted),
        );
        self.until(
            format_args!("{selector} to have {name}={wanted}"),
            &expression,
        )
        .await;
    }

    /// Touches an element as a finger does: it must be there, in view and not covered.
    pub async fn tap(&self, id: &str) {
        let mut refusal = String::from("it was never there");
        let tapped = seen(async || match self.touched(id).await {
            None => None,
            Some(element) => match element.click().await {
                Ok(()) => Some(()),
                // Drawn anew or covered at that moment; what stays so fails.
                Err(error) => {
                    refusal = error.to_string();
                    None
                }
            },
        });
        if tapped.await.is_none() {
            self.fail(format_args!("{id} cannot be tapped: {refusal}"))
                .await;
        }
    }

    /// Presses on an element for longer than it asks to be held, then lets go: a finger, but a mouse where
    /// the driver has no fingers.
    pub async fn hold(&self, id: &str) {
        let Some(element) = seen(async || self.touched(id).await).await else {
            self.fail(format_args!("{id} cannot be held: it is not there"))
                .await
        };
        let press = [
            PointerAction::MoveToElement {
                element,
                duration: None,
                x: 0.0,
                y: 0.0,
            },
            PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            },
            PointerAction::Pause { duration: HELD },
            PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            },
        ];
        let done = match self.engine {
            Engine::Chromium => {
                let finger = TouchActions::new("finger".to_owned());
                self.client
                    .perform_actions(press.into_iter().fold(finger, InputSource::then))
                    .await
            }
            Engine::WebKit | Engine::Gecko => {
                let mouse = MouseActions::new("mouse".to_owned());
                self.client
                    .perform_actions(press.into_iter().fold(mouse, InputSource::then))
                    .await
            }
        };
        done.expect("an element can be held");
    }

    async fn touched(&self, id: &str) -> Option<Element> {
        let found = self
            .client
            .execute(TOUCHED, vec![json!(t(id))])
            .await
            .ok()?;
        let key = found.as_object()?.values().next()?.as_str()?.to_owned();
        Some(Element::from_element_id(
            self.client.clone(),
            ElementRef::from(key),
        ))
    }

    /// Puts a value into a field at once, as a paste, a date picker or a list of options does.
    pub async fn fill(&self, id: &str, value: &str) {
        self.see(id).await;
        let script = "
            const field = document.querySelector(arguments[0]);
            field.value = arguments[1];
            if (field.value !== arguments[1]) throw new Error('refused by the field');
            field.dispatchEvent(new Event('input', {bubbles: true}));
            field.dispatchEvent(new Event('change', {bubbles: true}));";
        self.run(script, &[json!(t(id)), json!(value)]).await;
    }

    /// Opens what is folded around an element.
    pub async fn unfold(&self, id: &str) {
        self.see(id).await;
        let script = "
            for (let at = document.querySelector(arguments[0]); at; at = at.parentElement)
                if (at.tagName === 'DETAILS' && !at.open) at.querySelector('summary').click();";
        self.run(script, &[json!(t(id))]).await;
    }

    /// Lets what moves arrive: a colour or a place on its way to another is not yet what is shown.
    pub async fn settle(&self) {
        let script = "
            for (const moving of document.getAnimations())
                if (Number.isFinite(moving.effect?.getComputedTiming().endTime)) moving.finish();";
        self.run(script, &[]).await;
    }

    /// Presses and releases one key on whatever has the focus.
    pub async fn key(&self, key: char) {
        let press = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        self.client
            .perform_actions(press)
            .await
            .expect("keys can be pressed");
    }

    /// Types words on whatever has the focus.
    pub async fn type_keys(&self, words: &str) {
        for letter in words.chars() {
            self.key(letter).await;
        }
    }

    /// The page as it looks, for people: `screenshots/<engine>/<name>.png`.
    pub async fn screenshot(&self, name: &str) {
        self.settle().await;
        self.picture(&screenshots(self.engine).join(format!("{name}.png")))
            .await;
    }

    async fn picture(&self, file: &Path) {
        if let (Some(folder), Ok(bytes)) = (file.parent(), self.client.screenshot().await) {
            fs::create_dir_all(folder).expect("a folder for screenshots");
            fs::write(file, bytes).expect("a screenshot can be written");
        }
    }
}

/// The script that finds one element.
pub fn one(id: &str) -> String {
    format!("document.querySelector({})", json!(t(id)))
}
