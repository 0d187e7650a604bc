//! What the app is and is not: the words of the welcome.

use crate::app::event::Install;
use crate::ui::context::App;
use crate::ui::screens::today::install;
use crate::ui::text::words::t;
use leptos::prelude::*;

/// What the app is and is not. On an iPhone the install steps come first: what is
/// entered in the browser is not in the installed app.
pub fn about(app: App) -> AnyView {
    let ios = app.memo(|s| matches!(s.install, Install::Ios | Install::InApp));
    view! {
        {move || ios.get().then(|| install::card(app))}
        <div class="prose">
            <p>{t("about.is")}</p>
            <p>{t("about.is_not")}</p>
            <p>{t("about.with_clinician")}</p>
            <p class="small">{t("setup.consent")}</p>
        </div>
    }
    .into_any()
}
