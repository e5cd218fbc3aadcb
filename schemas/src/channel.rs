//! The channels a socket can subscribe to.
//!
//! [`table`] declares each channel once: its pattern, its parameter, its readers, its kinds of change, and whether they
//! are conflated. Everything else is derived from it: [`Channel`] with its text form, the rights in `realtime`, and the
//! AsyncAPI document.

use std::fmt;

use domain::Sku;
use uuid::Uuid;

use crate::change::ChangeKind;

mod table;

pub use table::{Channel, ChannelName};

/// The declaration of one channel in [`table`].
#[derive(Debug)]
pub struct ChannelInfo {
    /// The text before the colon; the whole text of a channel without a parameter.
    pub name: &'static str,
    /// One paragraph for the AsyncAPI document.
    pub description: &'static str,
    /// The name of the parameter, e.g. `id`.
    pub parameter: Option<&'static str>,
    /// Whether a change replaces older ones of its key.
    pub conflation: Conflation,
    /// The rules for subscribers; one matching rule is enough.
    pub readers: &'static [Reader],
    /// The kinds of change on the channel; empty when nothing is published on it yet.
    pub carries: &'static [ChangeKind],
}

/// The handling of changes that wait for a slow reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflation {
    /// An event channel: every change is sent.
    None,
    /// A state channel: of the waiting changes with the same key only the newest is sent.
    ByKey,
    /// A state channel without history ([ADR 14](../../../docs/adr/0014-state-channels.md)): a subscription starts with
    /// the newest value of each key, and receives each value that replaces it. Values are not of the log.
    Latest,
}

/// A rule that admits subscribers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Everyone, with or without a token.
    Everyone,
    /// Accounts with the permission of this name.
    Permission(&'static str),
    /// The account that the parameter names.
    Account,
    /// The account that the parameter names, if it has the permission of this name.
    AccountWith(&'static str),
    /// The guest who placed the order that the parameter names.
    GuestOfOrder,
    /// Accounts that take part in the order that the parameter names: its customer, the sellers of its lines and
    /// its courier. The read model knows them.
    PartyToOrder,
}

/// A type of parameter.
trait Parameter {
    fn id(&self) -> Option<Uuid>;
}

impl Parameter for Uuid {
    fn id(&self) -> Option<Uuid> {
        Some(*self)
    }
}

impl Parameter for Sku {
    fn id(&self) -> Option<Uuid> {
        None
    }
}

/// The text is not the name of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a channel")]
pub struct InvalidChannel;

impl ChannelInfo {
    /// Returns the pattern of the channel's text form, e.g. `order:{id}`.
    pub fn pattern(&self) -> String {
        match self.parameter {
            Some(parameter) => format!("{}:{{{parameter}}}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// Returns whether only the newest change of a key matters to a reader that is behind.
    pub const fn is_conflated(&self) -> bool {
        matches!(self.conflation, Conflation::ByKey | Conflation::Latest)
    }

    /// Returns whether the channel has the newest value of each key instead of a history.
    pub const fn is_latest(&self) -> bool {
        matches!(self.conflation, Conflation::Latest)
    }
}

impl Channel {
    /// Returns the declaration of the channel.
    pub const fn info(&self) -> &'static ChannelInfo {
        self.name().info()
    }

    /// Returns whether only the newest change of a key matters to a reader that is behind.
    pub const fn is_conflated(&self) -> bool {
        self.info().is_conflated()
    }

    /// Returns whether the channel has the newest value of each key instead of a history.
    pub const fn is_latest(&self) -> bool {
        self.info().is_latest()
    }
}

impl fmt::Display for ChannelName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.info().pattern())
    }
}

/// Declares [`Channel`], [`ChannelName`] and the [`ChannelInfo`] of each: a variant without a declaration does not
/// compile.
macro_rules! channels {
    ($(
        $(#[doc = $doc:literal])+
        $variant:ident $(($parameter:ident: $type:ty))? = $name:literal {
            conflation: $conflation:expr,
            readers: $readers:expr,
            carries: $carries:expr,
        }
    )+) => {
        /// A channel. Its text form is `name` or `name:parameter`.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Channel {
            $($(#[doc = $doc])+ $variant $(($type))?),+
        }

        /// A channel without its parameter: an entry of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ChannelName {
            $($(#[doc = $doc])+ $variant),+
        }

        impl ChannelName {
            /// Every channel, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the declaration of the channel.
            pub const fn info(self) -> &'static ChannelInfo {
                match self {
                    $(Self::$variant => {
                        const INFO: &ChannelInfo = &ChannelInfo {
                            name: $name,
                            description: concat!($($doc),+).trim_ascii(),
                            parameter: channels!(@parameter $($parameter)?),
                            conflation: $conflation,
                            readers: &$readers,
                            carries: &$carries,
                        };
                        INFO
                    })+
                }
            }
        }

        impl Channel {
            /// Returns the channel without its parameter.
            pub const fn name(&self) -> ChannelName {
                match self {
                    $(Self::$variant { .. } => ChannelName::$variant),+
                }
            }

            /// Returns the parameter, if it is an id.
            pub fn id(&self) -> Option<Uuid> {
                match self {
                    $(Self::$variant $(($parameter))? => channels!(@id $($parameter)?)),+
                }
            }
        }

        impl std::fmt::Display for Channel {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant $(($parameter))? => {
                        formatter.write_str($name)?;
                        $(write!(formatter, ":{}", $parameter)?;)?
                        Ok(())
                    })+
                }
            }
        }

        impl std::str::FromStr for Channel {
            type Err = InvalidChannel;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let (name, parameter) = match text.split_once(':') {
                    Some((name, parameter)) => (name, Some(parameter)),
                    None => (text, None),
                };
                match name {
                    $($name => channels!(@parse parameter, $variant $(($type))?),)+
                    _ => Err(InvalidChannel),
                }
            }
        }
    };
    (@parameter) => { None };
    (@parameter $parameter:ident) => { Some(stringify!($parameter)) };
    (@id) => { None };
    (@id $parameter:ident) => { Parameter::id($parameter) };
    (@parse $text:ident, $variant:ident) => {
        match $text {
            None => Ok(Self::$variant),
            Some(_) => Err(InvalidChannel),
        }
    };
    (@parse $text:ident, $variant:ident($type:ty)) => {
        $text
            .and_then(|text| text.parse::<$type>().ok())
            .map(Self::$variant)
            .ok_or(InvalidChannel)
    };
}
use channels;

#[cfg(test)]
mod tests;
