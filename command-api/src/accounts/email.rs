//! E-mail addresses.

use domain::text::{self, Lines, Unprintable};
use unicode_normalization::UnicodeNormalization as _;

/// A syntactically valid e-mail address of at most 254 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    text: String,
    lookup: String,
    former_lookup: String,
}

/// Why a text is not accepted as an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEmail {
    /// It does not have the form of one.
    #[error("Enter a valid e-mail address")]
    Form,
    /// It has a character that nobody can see, so that two addresses could look the same.
    #[error("Remove {0}")]
    Unprintable(Unprintable),
}

impl Email {
    /// The longest address, in characters (RFC 5321 allows 254).
    pub const CHARS_MAX: usize = 254;

    /// Parses an address, ignoring surrounding whitespace.
    ///
    /// # Errors
    /// When it does not have the form `local@domain.tld`, or has an invisible character.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let visible = text::normalised(text, Lines::One).map_err(InvalidEmail::Unprintable)?;
        // Joiners and variation selectors, too, which other texts may have.
        match visible.chars().find(|character| text::is_invisible(*character)) {
            Some(character) => Err(InvalidEmail::Unprintable(Unprintable(character))),
            None => Self::of(visible, text),
        }
    }

    /// Parses an address to look up. Invisible characters are ignored: accounts from before they were refused may
    /// have them.
    ///
    /// # Errors
    /// When it does not have the form `local@domain.tld`.
    pub fn typed(text: &str) -> Result<Self, InvalidEmail> {
        Self::of(text::cleaned(&visible(text), Lines::One), text)
    }

    fn of(visible: String, entered: &str) -> Result<Self, InvalidEmail> {
        let lookup = canonical(&visible);
        if !is_well_formed(&visible) || !is_well_formed(&lookup) {
            return Err(InvalidEmail::Form);
        }
        Ok(Self {
            text: visible,
            lookup,
            former_lookup: entered.trim().to_lowercase(),
        })
    }

    /// The address as entered.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The address for look-ups: addresses that look the same have the same.
    pub fn lookup(&self) -> &str {
        &self.lookup
    }

    /// The address as it was looked up before look-alikes were one: in lower case. An account still has this one if
    /// its canonical one belongs to another account.
    pub fn former_lookup(&self) -> &str {
        &self.former_lookup
    }
}

/// What addresses that look the same have in common: composed, without differences of width or letter case (Unicode
/// normalisation form NFKC), without invisible characters.
pub(super) fn canonical(address: &str) -> String {
    let folded: String = visible(address.trim()).nfkc().collect();
    folded.to_lowercase().nfkc().collect()
}

fn visible(text: &str) -> String {
    text.chars()
        .filter(|character| !text::is_invisible(*character))
        .collect()
}

fn is_well_formed(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let is_plain = |part: &str| {
        part.chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && c != '@')
    };
    let has_labels = domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty());
    let is_short = address.chars().count() <= Email::CHARS_MAX;
    !local.is_empty() && is_plain(local) && is_plain(domain) && has_labels && is_short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_kept_as_entered() {
        let email = Email::parse(" Ada@Example.COM ").unwrap();
        assert_eq!(
            (email.as_str(), email.lookup()),
            ("Ada@Example.COM", "ada@example.com")
        );
    }

    #[test]
    fn addresses_that_look_the_same_are_looked_up_as_one() {
        for (one, other) in [
            ("ren\u{e9}@example.com", "rene\u{301}@example.com"),
            ("ADA@EXAMPLE.COM", "ada@example.com"),
            ("\u{c9}va@example.com", "e\u{301}va@example.com"),
            ("\u{ff21}da@example.com", "ada@example.com"),
            ("ada@\u{ff45}xample.com", "ada@example.com"),
            ("\u{1d400}da@example.com", "ada@example.com"),
        ] {
            let lookup = |text| Email::typed(text).unwrap().lookup;
            assert_eq!(lookup(one), lookup(other), "{one}");
        }
    }

    #[test]
    fn invisible_characters_are_refused_but_ignored_at_log_in() {
        for character in [
            '\u{200b}', '\u{200d}', '\u{202e}', '\u{ad}', '\u{feff}', '\u{7}', '\u{fe0f}',
        ] {
            let text = format!("a{character}da@example.com");
            assert_eq!(
                Email::parse(&text),
                Err(InvalidEmail::Unprintable(Unprintable(character))),
                "{text:?}"
            );
            let typed = Email::typed(&text).unwrap();
            assert_eq!(typed.lookup(), "ada@example.com");
            assert_eq!(typed.former_lookup(), text);
        }
    }

    #[test]
    fn text_that_is_not_an_address_is_refused() {
        let long = format!("{}@example.com", "a".repeat(250));
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@example",
            "a b@example.com",
            "a@b@c.d",
            "a\u{ff20}b@c.d",
            "a@.com",
            "ada@example\u{ff0e}com",
            &long,
        ] {
            assert_eq!(Email::parse(text), Err(InvalidEmail::Form), "{text}");
            assert_eq!(Email::typed(text), Err(InvalidEmail::Form), "{text}");
        }
    }
}
