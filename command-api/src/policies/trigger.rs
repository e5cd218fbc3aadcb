//! The events that a policy reacts to, declared as types.

use domain::Event;
use domain::event::EventType;

/// An event that a policy reacts to. Declared by [`triggers!`].
pub(super) trait Trigger: Sized + Clone + Send + Sync + 'static {
    /// The types of these events.
    const TYPES: &'static [EventType];

    /// Converts an event; `None` if the policy does not react to its type.
    fn from_event(event: Event) -> Option<Self>;
}

/// Declares an enum with one variant for each type of event that a policy reacts to. The policy's `match` on it is
/// exhaustive: an added type does not compile without a reaction.
macro_rules! triggers {
    ($(#[$doc:meta])* $name:ident { $($event:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(super) enum $name {
            $($event($event),)+
        }

        impl $crate::policies::trigger::Trigger for $name {
            const TYPES: &'static [domain::event::EventType] =
                &[$(<$event as domain::event::TypedEvent>::TYPE),+];

            fn from_event(event: domain::Event) -> Option<Self> {
                let event_type = event.event_type();
                $(if event_type == <$event as domain::event::TypedEvent>::TYPE {
                    return <$event as domain::event::TypedEvent>::from_event(event).map(Self::$event);
                })+
                None
            }
        }
    };
}
pub(super) use triggers;
