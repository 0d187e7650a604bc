//! The timed session: its plan, its timeline, its cues, and the audio track that carries
//! them in a pocket.

pub mod audio_track;
pub mod cue;
pub mod cues;
pub mod plan;
pub mod timeline;
pub mod voice;
