//! Why a backup cannot be read.

use crate::diary::backup::BackupError;
use crate::ui::text::words::{t, tf, tk};

/// Why a backup could not be read, and what to do about it.
pub fn import_error(error: &BackupError) -> String {
    match error {
        BackupError::NotJson { line, column } => tf(
            "import.not_json",
            &[("line", &line.to_string()), ("column", &column.to_string())],
        ),
        BackupError::Other(kind) => {
            [tk("import.other_", kind.key()), t("import.unchanged_here")].join(" ")
        }
        BackupError::NotABackup => t("import.not_a_backup"),
        BackupError::NewerVersion { .. } => t("import.newer"),
        BackupError::TooLarge => t("import.too_large"),
        BackupError::NoEntries => t("import.no_entries"),
    }
}
