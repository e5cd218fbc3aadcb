//! The close codes of the server.

macro_rules! close_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal),+ $(,)?) => {
        /// Why the server closes a connection (RFC 6455 §7.4).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u16)]
        pub enum CloseCode {
            $($(#[doc = $doc])+ $name = $code),+
        }

        impl CloseCode {
            /// Every close code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The reason in words, for the AsyncAPI document.
            pub const fn description(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc),+).trim_ascii()),+
                }
            }
        }
    };
}

close_codes! {
    /// The client closed the connection.
    Normal = 1000,
    /// The framing is broken.
    Protocol = 1002,
    /// A message is binary.
    Binary = 1003,
    /// A text is not UTF-8.
    NotUtf8 = 1007,
    /// Too many frames per second, the third malformed frame, or too many connections of one account.
    Policy = 1008,
    /// A message is too large.
    TooLarge = 1009,
    /// The node stops.
    Restart = 1012,
    /// The client is too slow, or does not answer pings.
    Slow = 3008,
    /// There is no token, or it is not valid, expired or revoked.
    Unauthenticated = 4401,
    /// The token belongs to another account than the connection.
    Forbidden = 4403,
}

impl CloseCode {
    /// Returns the number in the close frame.
    pub const fn as_u16(self) -> u16 {
        self as u16
    }

    /// Returns whether the client violated the framing, so that nothing after it can be read.
    pub const fn is_broken_framing(self) -> bool {
        matches!(self, Self::Protocol | Self::NotUtf8 | Self::TooLarge)
    }
}
