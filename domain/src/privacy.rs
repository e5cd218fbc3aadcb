//! Persons whose data the platform holds, and the erasure of a person.
//!
//! `known → erasure requested → erased`. The request is recorded before the person's key is destroyed, and the erasure
//! after that, so that a crash between the two is completed later. The events name nobody: the person's id is random, and
//! nothing leads from it to a name once the key and the account are gone.

mod command;
mod event;
mod state;

pub use command::{RecordErasure, RequestErasure};
pub use event::{ErasureRequester, PersonErased, PersonErasureRequested, PersonEvent};
pub use state::PersonState;
