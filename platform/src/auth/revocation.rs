//! Tokens that ended before their time: logged out sessions, disabled accounts, changed roles.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use uuid::Uuid;

use super::Principal;

/// What is revoked, shared by all who check. It only needs to reach back one token's lifetime, so it stays
/// small; who owns the sessions refreshes it every few seconds.
#[derive(Debug, Clone, Default)]
pub struct Revocations(Arc<RwLock<Lists>>);

#[derive(Debug, Default)]
struct Lists {
    sessions: HashSet<Uuid>,
    /// Tokens of the account issued before the second do not count.
    accounts: HashMap<Uuid, i64>,
}

impl Revocations {
    /// Nothing is revoked.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends one session at once.
    pub fn revoke_session(&self, session_id: Uuid) {
        self.write(|lists| {
            lists.sessions.insert(session_id);
        });
    }

    /// Ends every token of an account that was issued before `issued_before_s` (seconds since 1970).
    pub fn revoke_account(&self, account_id: Uuid, issued_before_s: i64) {
        self.write(|lists| {
            let cut_off_s = lists.accounts.entry(account_id).or_insert(issued_before_s);
            *cut_off_s = issued_before_s.max(*cut_off_s);
        });
    }

    /// Replaces everything by what the store holds now.
    pub fn replace(&self, sessions: HashSet<Uuid>, accounts: HashMap<Uuid, i64>) {
        self.write(|lists| *lists = Lists { sessions, accounts });
    }

    /// Whether the token behind `principal` was revoked.
    pub fn contains(&self, principal: &Principal) -> bool {
        let lists = self.0.read().unwrap_or_else(PoisonError::into_inner);
        lists.sessions.contains(&principal.session_id)
            || lists
                .accounts
                .get(&principal.subject)
                .is_some_and(|cut_off_s| principal.issued_at_s < *cut_off_s)
    }

    fn write(&self, change: impl FnOnce(&mut Lists)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }
}
