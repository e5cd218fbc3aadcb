//! E-mail addresses.

/// A syntactically valid e-mail address of at most 254 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    text: String,
    lookup: String,
}

/// The text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Enter a valid e-mail address")]
pub struct InvalidEmail;

impl Email {
    /// The longest address, in characters (RFC 5321 allows 254).
    pub const CHARS_MAX: usize = 254;

    /// Parses an address, ignoring surrounding whitespace.
    ///
    /// # Errors
    /// When it does not have the form `local@domain.tld`.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let is_plain = |part: &str| {
            part.chars()
                .all(|c| !c.is_whitespace() && !c.is_control() && c != '@')
        };
        let has_labels = domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty());
        let is_short = text.chars().count() <= Self::CHARS_MAX;
        if local.is_empty() || !is_plain(local) || !is_plain(domain) || !has_labels || !is_short {
            return Err(InvalidEmail);
        }
        Ok(Self {
            text: text.to_owned(),
            lookup: text.to_lowercase(),
        })
    }

    /// The address as entered.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The address for look-ups: in lower case.
    pub fn lookup(&self) -> &str {
        &self.lookup
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_looked_up_in_lower_case() {
        let email = Email::parse(" Ada@Example.COM ").unwrap();
        assert_eq!(
            (email.as_str(), email.lookup()),
            ("Ada@Example.COM", "ada@example.com")
        );
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
            "a@.com",
            &long,
        ] {
            assert_eq!(Email::parse(text), Err(InvalidEmail), "{text}");
        }
    }
}
