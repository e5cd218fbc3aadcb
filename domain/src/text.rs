//! Text that people enter: one form for what looks the same, and no characters that nobody can see.
//!
//! A text is trimmed and composed (Unicode normalisation form NFC), so that `é` is the same text however a keyboard
//! wrote it. In one line, every space separator (no-break, ideographic, …) becomes a plain space. In several lines,
//! every line break becomes `\n`.
//!
//! Refused are control and format characters, line and paragraph separators, private use and unassigned code points
//! (general categories Cc, Cf, Zl, Zp, Co and Cn), and the characters of other categories that have no glyph:
//! fillers, the grapheme joiner, the blank Braille pattern, the object replacement character. What needs an invisible
//! character keeps it, in the places where it changes what is shown:
//!
//! | character | where it is accepted | source |
//! |---|---|---|
//! | joiner U+200D | after a virama | RFC 5892, A.2; UAX #31, 2.3, rule B |
//! | | between two emoji | UTS #51, ED-16 |
//! | non-joiner U+200C | after a virama | RFC 5892, A.1; UAX #31, 2.3, rule A2 |
//! | | between letters of a cursive script, whether or not they join | wider than RFC 5892, A.1 |
//! | variation selectors 15, 16 | after an emoji, and in a keycap | UTS #51, ED-9a, ED-14c |
//! | variation selectors 17 to 256 | after an ideograph | UTS #37 |
//! | Mongolian variation selectors | after a Mongolian letter | Unicode 16.0, 13.5 |
//! | tags | in the three recommended flags: England, Scotland, Wales | UTS #51, ED-14a |
//!
//! Only commands are checked. Texts in stored events stay as they are; the catalogue shows
//! them [`cleaned`].

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;
use unicode_properties::emoji::{self, EmojiStatus};
use unicode_properties::{GeneralCategory, UnicodeEmoji as _, UnicodeGeneralCategory as _};

/// How many lines a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// No line breaks.
    One,
    /// Any number.
    Many,
}

/// A text has a character that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unprintable(pub char);

impl fmt::Display for Unprintable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            '\n' => formatter.write_str("the line break"),
            character => write!(
                formatter,
                "the invisible character U+{:04X}",
                u32::from(character)
            ),
        }
    }
}

impl std::error::Error for Unprintable {}

/// The text in its one form.
///
/// # Errors
/// When it has a character that is refused: the first.
pub fn normalised(text: &str, lines: Lines) -> Result<String, Unprintable> {
    let text = composed(text, lines);
    let characters: Vec<char> = text.chars().collect();
    let first = (0..characters.len()).find(|index| !is_printable(&characters, *index, lines));
    match first {
        Some(index) => Err(Unprintable(characters[index])),
        None => Ok(text),
    }
}

/// The text in its one form, without the characters that are refused. For texts that nobody can correct any more.
pub fn cleaned(text: &str, lines: Lines) -> String {
    let mut text = match lines {
        Lines::One => composed(&composed(text, Lines::Many).replace('\n', " "), lines),
        Lines::Many => composed(text, lines),
    };
    loop {
        let characters: Vec<char> = text.chars().collect();
        let kept: String = (0..characters.len())
            .filter(|index| is_printable(&characters, *index, lines))
            .map(|index| characters[index])
            .collect();
        if kept.len() == text.len() {
            return text;
        }
        // What was apart is adjacent now, and may compose or be no longer in its place.
        text = composed(&kept, lines);
    }
}

/// Whether a character has no glyph of its own, wherever it stands.
pub fn is_invisible(character: char) -> bool {
    use GeneralCategory as Category;
    let category = character.general_category();
    matches!(
        category,
        Category::Control
            | Category::Format
            | Category::LineSeparator
            | Category::ParagraphSeparator
            | Category::PrivateUse
            | Category::Surrogate
            | Category::Unassigned
    ) || matches!(
        character,
        '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'
            ..='\u{180F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'
            ..='\u{FE0F}' | '\u{FFA0}' | '\u{FFFC}' | '\u{E0100}'..='\u{E01EF}'
    )
}

fn composed(text: &str, lines: Lines) -> String {
    let text = text.trim().replace("\r\n", "\n");
    text.chars()
        .map(|character| match (lines, character) {
            (_, '\r' | '\u{0085}' | '\u{2028}' | '\u{2029}') => '\n',
            (Lines::One, character) if character.general_category() == GeneralCategory::SpaceSeparator => ' ',
            (_, character) => character,
        })
        .nfc()
        .collect()
}

fn is_printable(text: &[char], index: usize, lines: Lines) -> bool {
    let (before, after) = (&text[..index], &text[index + 1..]);
    match text[index] {
        '\n' => lines == Lines::Many,
        '\u{200C}' => follows_virama(before) || is_in_cursive_word(before, after),
        '\u{200D}' => follows_virama(before) || joins_emoji(before, after),
        '\u{FE0E}' | '\u{FE0F}' => selects_emoji(before, after),
        '\u{E0100}'..='\u{E01EF}' => follows(before, is_ideograph),
        '\u{180B}'..='\u{180D}' | '\u{180F}' => follows(before, is_mongolian),
        character if emoji::is_tag_character(character) => is_in_flag(before, character, after),
        character => !is_invisible(character),
    }
}

fn follows(before: &[char], is_kind: fn(char) -> bool) -> bool {
    before.last().copied().is_some_and(is_kind)
}

fn follows_virama(before: &[char]) -> bool {
    /// The canonical combining class of viramas.
    const VIRAMA: u8 = 9;
    follows(before, |character| canonical_combining_class(character) == VIRAMA)
}

/// Whether the nearest characters that are not marks are letters of a cursive script.
fn is_in_cursive_word(before: &[char], after: &[char]) -> bool {
    let is_mark = |character: &&char| character.general_category() == GeneralCategory::NonspacingMark;
    let is_cursive = |character: &char| {
        let is_letter = matches!(
            character.general_category(),
            GeneralCategory::OtherLetter | GeneralCategory::ModifierLetter
        );
        is_letter && matches!(character, '\u{0620}'..='\u{08FF}' | '\u{1820}'..='\u{18AA}')
    };
    before.iter().rev().find(|c| !is_mark(c)).is_some_and(is_cursive) && after.first().is_some_and(is_cursive)
}

fn joins_emoji(before: &[char], after: &[char]) -> bool {
    let is_modifier = |character: char| {
        character.emoji_status() == EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
    };
    let is_picture = |character: char| {
        character.is_emoji_char()
            && !character.is_ascii()
            && !emoji::is_regional_indicator(character)
            && !is_modifier(character)
    };
    let base = before
        .iter()
        .rev()
        .copied()
        .find(|character| !is_modifier(*character) && !emoji::is_emoji_presentation_selector(*character));
    base.is_some_and(is_picture) && after.first().copied().is_some_and(is_picture)
}

fn selects_emoji(before: &[char], after: &[char]) -> bool {
    const KEYCAP: char = '\u{20E3}';
    follows(before, |character| {
        character.is_emoji_char() && !character.is_ascii()
    }) || (follows(before, char::is_emoji_char) && after.first() == Some(&KEYCAP))
}

fn is_ideograph(character: char) -> bool {
    character.general_category() == GeneralCategory::OtherLetter
        && matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_mongolian(character: char) -> bool {
    matches!(character, '\u{1820}'..='\u{18AA}')
}

/// Whether a tag belongs to a flag that is recommended for general interchange.
fn is_in_flag(before: &[char], tag: char, after: &[char]) -> bool {
    const BLACK_FLAG: char = '\u{1F3F4}';
    const FLAGS: [&str; 3] = ["gbeng\u{7f}", "gbsct\u{7f}", "gbwls\u{7f}"];
    let is_tag = |character: &char| emoji::is_tag_character(*character);
    let tags_before = before.iter().rev().take_while(|c| is_tag(c)).count();
    let (base, earlier) = before.split_at(before.len() - tags_before);
    let later = after.iter().take_while(|c| is_tag(c));
    // Each tag is the ASCII character of its name, moved by 0xE0000.
    let name: String = earlier
        .iter()
        .chain([&tag])
        .chain(later)
        .filter_map(|tag| char::from_u32(u32::from(*tag) - 0xE0000))
        .collect();
    base.last() == Some(&BLACK_FLAG) && FLAGS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::{Lines, Unprintable, cleaned, normalised};

    #[test]
    fn what_looks_the_same_is_the_same_text() {
        for (text, expected) in [
            (" kitchen\t", "kitchen"),
            ("\u{3000}kitchen\u{2003}", "kitchen"),
            ("Cafe\u{301}", "Caf\u{e9}"),
            ("\u{212B}ngstrom", "\u{c5}ngstrom"),
            ("tea\u{a0}pot", "tea pot"),
            ("kitchen\r\n", "kitchen"),
        ] {
            assert_eq!(normalised(text, Lines::One).as_deref(), Ok(expected), "{text:?}");
        }
        assert_eq!(
            normalised("one\r\ntwo\rthree\u{2028}four", Lines::Many).as_deref(),
            Ok("one\ntwo\nthree\nfour")
        );
    }

    #[test]
    fn invisible_characters_are_refused() {
        for character in [
            '\0',
            '\u{7}',
            '\t',
            '\u{1b}',
            '\u{7f}',
            '\u{9d}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{180e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{2800}',
            '\u{3164}',
            '\u{e000}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{fffb}',
            '\u{fffc}',
            '\u{ffff}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e0100}',
            '\u{f0000}',
        ] {
            for lines in [Lines::One, Lines::Many] {
                let text = format!("tea{character}pot");
                assert_eq!(
                    normalised(&text, lines),
                    Err(Unprintable(character)),
                    "{character:?}"
                );
                assert_eq!(cleaned(&text, lines), "teapot", "{character:?}");
            }
        }
        for line_break in ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"] {
            let text = format!("tea{line_break}pot");
            assert_eq!(normalised(&text, Lines::One), Err(Unprintable('\n')), "{text:?}");
            assert_eq!(cleaned(&text, Lines::One), "tea pot");
            assert_eq!(normalised(&text, Lines::Many).as_deref(), Ok("tea\npot"));
        }
    }

    #[test]
    fn scripts_and_emoji_keep_the_characters_that_they_need() {
        for text in [
            // Persian, with a non-joiner between the parts of a word.
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            // Sinhala and Malayalam, with a joiner after a virama.
            "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",
            "\u{d05}\u{d35}\u{d28}\u{d4d}\u{200d}",
            // Devanagari, with a non-joiner after a virama.
            "\u{915}\u{94d}\u{200c}\u{937}",
            // A family, a rainbow flag, an astronaut with a skin tone, a keycap, a heart, the flags of Scotland and Japan.
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
            "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}",
            "\u{1f469}\u{1f3fd}\u{200d}\u{1f680}",
            "1\u{fe0f}\u{20e3}",
            "\u{2764}\u{fe0f}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "\u{1f1ef}\u{1f1f5}",
            // An ideograph in the form of a name.
            "\u{845b}\u{e0100}\u{98fe}",
            "Schr\u{f6}der & S\u{f6}hne \u{2014} 5 \u{20ac}",
        ] {
            assert_eq!(normalised(text, Lines::One).as_deref(), Ok(text), "{text}");
            assert_eq!(cleaned(text, Lines::Many), text);
        }
    }

    #[test]
    fn invisible_characters_are_refused_where_they_show_nothing() {
        for text in [
            "tea\u{200d}pot",
            "\u{645}\u{200c}",
            "\u{1f468}\u{200d}",
            "\u{1f468}\u{200d}a",
            "\u{1f468}\u{200d}\u{200d}\u{1f469}",
            "1\u{fe0f}",
            "\u{2764}\u{fe0f}\u{fe0f}",
            "a\u{e0100}",
            // Text in tags, after a flag.
            "\u{1f3f4}\u{e0068}\u{e0069}\u{e007f}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}",
        ] {
            assert!(normalised(text, Lines::Many).is_err(), "{text:?}");
        }
    }
}
