//! What a thrown error means for a store.

use super::js;
use crate::app::event::StoreFault;
use wasm_bindgen::JsValue;

/// Engines agree on nothing but the names (`QuotaExceededError` became a class
/// of its own in 2025, old Firefox says `NS_ERROR_DOM_QUOTA_REACHED`).
pub fn of(error: &JsValue) -> StoreFault {
    match js::text(error, "name").as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StoreFault::Full,
        Some("SecurityError" | "InvalidStateError" | "NotAllowedError") => StoreFault::Blocked,
        _ => StoreFault::Failed,
    }
}
