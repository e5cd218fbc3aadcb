//! The kinds of problems that several services share. A service adds its own as further constants.

/// The kind of a problem: the stable part of an error answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The last segment of the problem's type.
    pub slug: &'static str,
    /// The title, the same for every problem of the kind.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
}

impl Kind {
    /// Creates a kind of problem.
    pub const fn new(slug: &'static str, title: &'static str, status: u16) -> Self {
        Self { slug, title, status }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = ($status:literal, $slug:literal, $title:literal);)+) => {
        $($(#[$doc])* pub static $name: Kind = Kind::new($slug, $title, $status);)+

        /// All of the above, for documentation.
        pub static ALL: &[&Kind] = &[$(&$name),+];
    };
}

kinds! {
    /// The request line or a header is not valid HTTP.
    BAD_REQUEST = (400, "bad-request", "Bad request");
    /// The body is not JSON.
    MALFORMED_JSON = (400, "malformed-json", "Malformed JSON");
    /// The body is empty where one is required.
    EMPTY_BODY = (400, "empty-body", "Empty body");
    /// The body nests deeper than allowed.
    TOO_DEEP = (400, "too-deep", "Nested too deep");
    /// A key occurs twice in one object.
    DUPLICATE_KEY = (400, "duplicate-key", "Duplicate key");
    /// A query parameter is repeated, or the query cannot be decoded.
    MALFORMED_QUERY = (400, "malformed-query", "Malformed query");
    /// The cursor was not issued by this service for this list.
    INVALID_CURSOR = (400, "invalid-cursor", "Invalid cursor");
    /// A header that the operation requires is missing or not valid.
    INVALID_HEADER = (400, "invalid-header", "Invalid header");
    /// The token is missing or invalid.
    UNAUTHORIZED = (401, "unauthorized", "Not authenticated");
    /// The caller's roles do not allow the operation.
    FORBIDDEN = (403, "forbidden", "Not allowed");
    /// The resource does not exist, or is hidden from the caller.
    NOT_FOUND = (404, "not-found", "Not found");
    /// The resource did not exist yet at the time that was asked for.
    BEFORE_FIRST_EVENT = (404, "before-first-event", "It did not exist yet");
    /// The path exists, but not with this method.
    METHOD_NOT_ALLOWED = (405, "method-not-allowed", "Method not allowed");
    /// The client accepts no media type that the operation can produce.
    NOT_ACCEPTABLE = (406, "not-acceptable", "Not acceptable");
    /// The headers or the body arrived too slowly.
    REQUEST_TIMEOUT = (408, "request-timeout", "Request timeout");
    /// The resource was changed concurrently.
    CONFLICT = (409, "conflict", "Conflict");
    /// `If-Match` does not name the current version.
    PRECONDITION_FAILED = (412, "precondition-failed", "Precondition failed");
    /// The body is too large.
    PAYLOAD_TOO_LARGE = (413, "payload-too-large", "Body too large");
    /// The request URI is too long.
    URI_TOO_LONG = (414, "uri-too-long", "Address too long");
    /// The media type or encoding of the body is not supported.
    UNSUPPORTED_MEDIA_TYPE = (415, "unsupported-media-type", "Unsupported media type");
    /// The server does not answer for the requested host name.
    MISDIRECTED = (421, "misdirected-request", "Misdirected request");
    /// The request is well formed but has invalid values.
    VALIDATION = (422, "validation", "Not valid");
    /// The history has an event that the read model cannot apply.
    HISTORY_UNREADABLE = (409, "history-unreadable", "History unreadable");
    /// The history has more events than a read goes through.
    HISTORY_TOO_LONG = (422, "history-too-long", "History too long");
    /// `If-Match` is required and missing.
    PRECONDITION_REQUIRED = (428, "precondition-required", "Precondition required");
    /// Too many requests from one account or address.
    RATE_LIMITED = (429, "rate-limited", "Too many requests");
    /// Too many or too large headers.
    HEADERS_TOO_LARGE = (431, "headers-too-large", "Headers too large");
    /// A broken invariant.
    INTERNAL = (500, "internal", "Internal error");
    /// A required dependency cannot be reached.
    UNAVAILABLE = (503, "unavailable", "Unavailable");
    /// The disk is full: commands are refused.
    STORAGE_FULL = (503, "storage-full", "Storage full");
    /// The address has reached its limit of connections.
    TOO_MANY_CONNECTIONS = (429, "too-many-connections", "Too many connections");
    /// The queue of waiting work is full.
    OVERLOADED = (503, "overloaded", "Overloaded");
    /// The read model did not reach the requested position in time.
    NOT_CAUGHT_UP = (503, "not-caught-up", "Not caught up");
}
