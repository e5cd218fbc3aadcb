//! The problems that more than one service answers with. A service adds its own as further constants.

/// What kind of problem it is: the stable part of an error answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Stands at the end of the problem's type.
    pub slug: &'static str,
    /// The same sentence for every problem of the kind.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
}

impl Kind {
    /// A kind of problem.
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
    /// The request line or a header is not HTTP.
    BAD_REQUEST = (400, "bad-request", "Bad request");
    /// The body is not JSON.
    MALFORMED_JSON = (400, "malformed-json", "Malformed JSON");
    /// The body is empty where one is needed.
    EMPTY_BODY = (400, "empty-body", "Empty body");
    /// The body nests deeper than allowed.
    TOO_DEEP = (400, "too-deep", "Nested too deep");
    /// A key stands twice in one object.
    DUPLICATE_KEY = (400, "duplicate-key", "Duplicate key");
    /// A query parameter is repeated, or the query is not decodable.
    MALFORMED_QUERY = (400, "malformed-query", "Malformed query");
    /// The cursor was not given out by this service for this list.
    INVALID_CURSOR = (400, "invalid-cursor", "Invalid cursor");
    /// A header that the operation needs is missing or not valid.
    INVALID_HEADER = (400, "invalid-header", "Invalid header");
    /// No token, or one that does not count.
    UNAUTHORIZED = (401, "unauthorized", "Not authenticated");
    /// The roles do not allow it.
    FORBIDDEN = (403, "forbidden", "Not allowed");
    /// Nothing here, or nothing to be seen.
    NOT_FOUND = (404, "not-found", "Not found");
    /// The address exists, the method does not.
    METHOD_NOT_ALLOWED = (405, "method-not-allowed", "Method not allowed");
    /// The client accepts nothing that can be given.
    NOT_ACCEPTABLE = (406, "not-acceptable", "Not acceptable");
    /// The header or the body came too slowly.
    REQUEST_TIMEOUT = (408, "request-timeout", "Request timeout");
    /// Somebody changed it at the same time.
    CONFLICT = (409, "conflict", "Conflict");
    /// `If-Match` does not name the version that stands.
    PRECONDITION_FAILED = (412, "precondition-failed", "Precondition failed");
    /// The body is too large.
    PAYLOAD_TOO_LARGE = (413, "payload-too-large", "Body too large");
    /// The address is too long.
    URI_TOO_LONG = (414, "uri-too-long", "Address too long");
    /// The body is of a media type or encoding that is not read here.
    UNSUPPORTED_MEDIA_TYPE = (415, "unsupported-media-type", "Unsupported media type");
    /// What was sent has the right form and the wrong meaning.
    VALIDATION = (422, "validation", "Not valid");
    /// `If-Match` is needed and missing.
    PRECONDITION_REQUIRED = (428, "precondition-required", "Precondition required");
    /// Too many requests from one account or address.
    RATE_LIMITED = (429, "rate-limited", "Too many requests");
    /// Too many or too large headers.
    HEADERS_TOO_LARGE = (431, "headers-too-large", "Headers too large");
    /// A broken invariant.
    INTERNAL = (500, "internal", "Internal error");
    /// Something that is needed cannot be reached.
    UNAVAILABLE = (503, "unavailable", "Unavailable");
    /// More work is waiting than will be taken.
    OVERLOADED = (503, "overloaded", "Overloaded");
    /// The read model has not reached the asked position in time.
    NOT_CAUGHT_UP = (503, "not-caught-up", "Not caught up");
}
