//! Authentication of callers, and their permissions.
//!
//! Access tokens are JWTs (RFC 9068, "at+jwt") signed with Ed25519. [`TokenVerifier`] checks them; `command-api` signs
//! them. Verified tokens are cached, since checking a signature costs some 50 µs; the expiry and the [`Revocations`]
//! are checked on every use.

mod extract;
mod jwks;
mod permission;
mod principal;
mod revocation;
mod role;
mod verifier;

pub use extract::{Authenticated, MaybeAuthenticated, authenticate};
pub use jwks::{JsonWebKeySet, key_id};
pub use permission::{Permission, Permissions};
pub use principal::Principal;
pub use revocation::Revocations;
pub use role::{Role, Roles, UnknownRole};
pub use verifier::{AUDIENCE, Claims, ISSUER, InvalidToken, LEEWAY_S, TOKEN_TYPE, TokenVerifier};
