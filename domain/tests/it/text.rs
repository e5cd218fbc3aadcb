//! The texts of commands: what is refused, and the form in which the rest is stored.

mod cases;

use domain::payment::{RecordDecline, RecordRefundFailure, RecordVoid};
use domain::product::{ChangeProduct, ProductListed};
use domain::text::{self, Lines, Unprintable};
use domain::{Command, Error, validate};
use proptest::prelude::*;

use self::cases::{change, of_one_line, of_several_lines};
use crate::fixture::{PAYMENT, REFUND, cancel, gbp, listed, mug, processing, refund_requested};
use crate::world::given;

#[test]
fn every_text_of_a_command_is_refused_with_an_invisible_character() {
    for character in ['\0', '\u{7}', '\u{200b}', '\u{202e}', '\u{feff}'] {
        let text = format!("a{character}b");
        for (history, command, field) in [of_one_line(&text), of_several_lines(&text)].concat() {
            let found = Unprintable(character);
            given(history)
                .when(command)
                .then_rejected(Error::UnprintableText { field, found });
        }
    }
}

#[test]
fn a_text_has_several_lines_only_where_a_screen_shows_them() {
    for (history, command, field) in of_one_line("one\r\ntwo") {
        let found = Unprintable('\n');
        given(history)
            .when(command)
            .then_rejected(Error::UnprintableText { field, found });
    }
    for (history, command, field) in of_several_lines("one\r\ntwo") {
        let events = given(history).run(&command).unwrap();
        assert!(
            format!("{events:?}").contains(r#""one\ntwo""#),
            "{field}: {events:?}"
        );
    }
}

#[test]
fn every_text_of_a_command_is_stored_trimmed_and_composed() {
    let text = " e\u{301}te\u{301}\t";
    for (history, command, field) in [of_one_line(text), of_several_lines(text)].concat() {
        let name = command.name();
        let events = given(history).run(&command).unwrap();
        let shown = format!("{events:?}");
        assert!(shown.contains("\"\u{e9}t\u{e9}\""), "{field} of {name}: {shown}");
        assert!(!shown.contains('\u{301}'), "{field} of {name}: {shown}");
    }
}

#[test]
fn what_the_provider_did_is_recorded_whatever_its_reason_contains() {
    let reason = || format!("no\u{200b} funds\n{}", "x".repeat(validate::NOTE_CHARS_MAX));
    let (payment_id, refund_id) = (PAYMENT, REFUND);
    let failed = RecordRefundFailure {
        payment_id,
        refund_id,
        reason: reason(),
    };
    let cases: [(_, Command); 3] = [
        (
            given(processing()),
            RecordDecline {
                payment_id,
                reason: reason(),
            }
            .into(),
        ),
        (given(refund_requested()), failed.into()),
        (
            given(processing()).after(cancel()),
            RecordVoid {
                payment_id,
                reason: reason(),
            }
            .into(),
        ),
    ];
    for (mut world, command) in cases {
        let events = world.run(&command).unwrap();
        let shown = format!("{events:?}");
        assert!(shown.contains("no funds x"), "{shown}");
        assert!(!shown.contains(&"x".repeat(validate::NOTE_CHARS_MAX)), "{shown}");
    }
}

#[test]
fn a_text_from_before_texts_were_checked_stays_until_it_is_changed() {
    let old = ProductListed {
        name: "A\u{200b} mug ".to_owned(),
        ..listed(mug(), gbp(1_000))
    };
    let events = given(vec![old.clone().into()])
        .run(
            &ChangeProduct {
                category: Some("cups".to_owned()),
                ..change()
            }
            .into(),
        )
        .unwrap();
    assert!(
        format!("{events:?}").contains(&format!("{:?}", old.name)),
        "{events:?}"
    );
}

/// Characters that are trouble, alone and together.
fn character() -> impl Strategy<Value = char> {
    let trouble = [
        'a',
        'e',
        '1',
        ' ',
        '\n',
        '\r',
        '\t',
        '\0',
        '\u{301}',
        '\u{308}',
        '\u{a0}',
        '\u{ad}',
        '\u{94d}',
        '\u{915}',
        '\u{645}',
        '\u{6cc}',
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{202e}',
        '\u{2028}',
        '\u{20e3}',
        '\u{2764}',
        '\u{3000}',
        '\u{1100}',
        '\u{1161}',
        '\u{1160}',
        '\u{845b}',
        '\u{e0100}',
        '\u{fe0f}',
        '\u{1f468}',
        '\u{1f3fd}',
        '\u{1f3f4}',
        '\u{e0067}',
        '\u{e0062}',
        '\u{e007f}',
        '\u{e000}',
        '\u{378}',
    ];
    prop_oneof![4 => prop::sample::select(trouble.to_vec()), 1 => any::<char>()]
}

fn lines() -> impl Strategy<Value = Lines> {
    prop_oneof![Just(Lines::One), Just(Lines::Many)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_accepted_is_stable_and_shows_every_character(
        text in prop::collection::vec(character(), 0..12),
        lines in lines(),
    ) {
        let text: String = text.into_iter().collect();
        let cleaned = text::cleaned(&text, lines);
        prop_assert_eq!(text::normalised(&cleaned, lines), Ok(cleaned.clone()), "cleaning removes all of it");
        let Ok(accepted) = text::normalised(&text, lines) else {
            return Ok(());
        };
        prop_assert_eq!(text::normalised(&accepted, lines), Ok(accepted.clone()));
        prop_assert_eq!(&cleaned, &accepted, "cleaning changes nothing else");
        prop_assert_eq!(accepted.trim(), &accepted);
        let always_refused = |character: char| {
            (character.is_control() && (character != '\n' || lines == Lines::One))
                || matches!(character, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
                || matches!(character, '\u{1160}' | '\u{378}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}')
        };
        prop_assert!(!accepted.contains(always_refused), "{:?}", accepted);
    }
}
