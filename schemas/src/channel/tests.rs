use std::collections::BTreeSet;

use super::*;

const ID: &str = "0198c2f0-5f3a-7c31-9d6e-3a5b2c1d0e4f";

/// Returns the text of a channel for each entry of the table.
fn text(name: ChannelName) -> String {
    let info = name.info();
    match info.parameter {
        None => info.name.to_owned(),
        Some("sku") => format!("{}:MUG-1", info.name),
        Some("id") => format!("{}:{ID}", info.name),
        Some(other) => panic!("no example for a parameter {other}"),
    }
}

#[test]
fn every_channel_is_parsed_and_written_as_declared() {
    for name in ChannelName::ALL {
        let text = text(*name);
        let channel: Channel = text.parse().unwrap();
        assert_eq!((channel.name(), channel.to_string()), (*name, text));
    }
}

#[test]
fn a_parameter_is_required_exactly_when_it_is_declared() {
    for name in ChannelName::ALL {
        let info = name.info();
        let wrong = match info.parameter {
            None => vec![format!("{}:", info.name), format!("{}:{ID}", info.name)],
            Some(_) => vec![info.name.to_owned(), format!("{}:", info.name)],
        };
        for text in wrong {
            assert_eq!(text.parse::<Channel>(), Err(InvalidChannel), "{text}");
        }
    }
    for text in [
        "",
        ":",
        "Orders",
        "orders ",
        "order:not-a-uuid",
        "no-such-channel",
    ] {
        assert_eq!(text.parse::<Channel>(), Err(InvalidChannel), "{text}");
    }
}

#[test]
fn every_declaration_has_a_unique_name_a_description_and_readers() {
    let names: BTreeSet<_> = ChannelName::ALL.iter().map(|name| name.info().name).collect();
    assert_eq!(names.len(), ChannelName::ALL.len());
    for name in ChannelName::ALL {
        let info = name.info();
        assert!(info.description.ends_with('.'), "{name}: {}", info.description);
        assert!(!info.readers.is_empty(), "{name} has no readers");
    }
}

#[test]
fn rules_about_a_parameter_are_only_on_channels_with_one() {
    for name in ChannelName::ALL {
        let needs_id = name.info().readers.iter().any(|reader| match reader {
            Reader::Everyone | Reader::Permission(_) => false,
            Reader::Account | Reader::AccountWith(_) | Reader::GuestOfOrder | Reader::PartyToOrder => true,
        });
        assert!(!needs_id || name.info().parameter == Some("id"), "{name}");
    }
}
