//! The wire contracts of Waybill: what stands on a topic, in the store and on a socket.
//!
//! * [`envelope`]: an event as it was recorded, with its position, metadata and hash.
//! * [`codec`]: domain events to and from their stored text, with upcasters for older versions.
//! * [`topic`]: topics, partitions and message headers.
//! * [`change`] and [`channel`]: what a projection tells the sockets, and where.
//!
//! The JSON Schema of every event is committed in `schemas/json/`; the HTTP and socket contracts are in
//! `schemas/openapi/` and `schemas/asyncapi/`.
//!
//! **Architecture Invariant:** no I/O here, and no rule of the business. A published schema version never
//! changes: a new shape is a new version with an upcaster, and a test holds the committed files against the
//! code.

pub mod change;
pub mod channel;
pub mod codec;
pub mod envelope;
pub mod topic;
