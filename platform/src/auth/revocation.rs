//! Sessions that ended before their access tokens expired, for example by logging out, and orders of erased guests.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use uuid::Uuid;

use super::Principal;

/// The revoked sessions, and the orders whose guests' tokens are revoked, shared by everything that checks tokens. Sessions are kept for one token lifetime, so the list
/// stays small; the owner of the sessions table refreshes it every few seconds.
#[derive(Debug, Clone, Default)]
pub struct Revocations(Arc<RwLock<HashSet<Uuid>>>);

impl Revocations {
    /// Starts with no revoked session.
    pub fn new() -> Self {
        Self::default()
    }

    /// Revokes one session at once.
    pub fn revoke_session(&self, session_id: Uuid) {
        self.write(|sessions| {
            sessions.insert(session_id);
        });
    }

    /// Replaces the list with the one in the store.
    pub fn replace(&self, sessions: HashSet<Uuid>) {
        self.write(|list| *list = sessions);
    }

    /// Whether the token behind `principal` was revoked.
    pub fn contains(&self, principal: &Principal) -> bool {
        let sessions = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let guest_order_id = principal.guest_order_id();
        sessions.contains(&principal.session_id) || guest_order_id.is_some_and(|id| sessions.contains(&id))
    }

    fn write(&self, change: impl FnOnce(&mut HashSet<Uuid>)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }
}
