//! The recipient and address of an order: read from a request and sealed before it is stored.

use std::ops::RangeInclusive;

use domain::order::COUNTRY_CHARS_MAX;
use domain::validate;
use platform::problem::{FieldError, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::problem::sentence;
use crate::accounts::Email;

/// The longest name, street or city, in characters.
const TEXT_CHARS_MAX: usize = 200;
/// The longest postal code, in characters.
const POSTAL_CODE_CHARS_MAX: usize = 32;
/// The longest phone number, in characters.
const PHONE_CHARS_MAX: usize = 50;

/// A shipping address.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShippingAddress {
    #[schemars(length(min = 1, max = TEXT_CHARS_MAX), example = &"Ada Lovelace")]
    name: String,
    #[schemars(length(min = 1, max = TEXT_CHARS_MAX), example = &"12 St James's Square")]
    line1: String,
    #[schemars(length(max = TEXT_CHARS_MAX))]
    line2: Option<String>,
    #[schemars(length(min = 1, max = TEXT_CHARS_MAX), example = &"London")]
    city: String,
    #[schemars(length(min = 1, max = POSTAL_CODE_CHARS_MAX), example = &"SW1Y 4JH")]
    postal_code: String,
    #[schemars(length(min = 1, max = COUNTRY_CHARS_MAX), example = &"United Kingdom")]
    country: String,
    #[schemars(length(max = PHONE_CHARS_MAX))]
    phone: Option<String>,
}

/// A validated contact. Its JSON form is what is sealed into the order.
#[derive(Clone, Serialize)]
pub(super) struct Contact {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    line1: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line2: Option<String>,
    city: String,
    postal_code: String,
    country: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

impl Contact {
    /// Parses the address of a request, with the e-mail address if one was given.
    ///
    /// # Errors
    /// 422 with an entry for each invalid field.
    pub(super) fn parse(address: &ShippingAddress, email: Option<&Email>) -> Result<Self, Problem> {
        let mut fields = Fields::default();
        let contact = Self {
            name: fields.text("name", &address.name, 1..=TEXT_CHARS_MAX),
            email: email.map(|email| email.as_str().to_owned()),
            line1: fields.text("line1", &address.line1, 1..=TEXT_CHARS_MAX),
            line2: fields.optional("line2", address.line2.as_deref(), TEXT_CHARS_MAX),
            city: fields.text("city", &address.city, 1..=TEXT_CHARS_MAX),
            postal_code: fields.text("postal_code", &address.postal_code, 1..=POSTAL_CODE_CHARS_MAX),
            country: fields.text("country", &address.country, 1..=COUNTRY_CHARS_MAX),
            phone: fields.optional("phone", address.phone.as_deref(), PHONE_CHARS_MAX),
        };
        if fields.errors.is_empty() {
            Ok(contact)
        } else {
            Err(Problem::validation(fields.errors))
        }
    }

    /// The country. It is not personal data: sales are counted by it.
    pub(super) fn country(&self) -> &str {
        &self.country
    }
}

/// The part of a contact that finds an order.
#[derive(Deserialize)]
struct ContactEmail {
    email: Option<String>,
}

/// The e-mail address in a contact, as it was sealed.
///
/// # Errors
/// When it is not the JSON of a contact.
pub(super) fn email_of(contact: &[u8]) -> Result<Option<Email>, serde_json::Error> {
    let contact: ContactEmail = serde_json::from_slice(contact)?;
    Ok(contact.email.and_then(|email| Email::typed(&email).ok()))
}

/// Collects the errors of an address.
#[derive(Default)]
struct Fields {
    errors: Vec<FieldError>,
}

impl Fields {
    fn text(&mut self, name: &'static str, text: &str, chars: RangeInclusive<usize>) -> String {
        validate::text(name, text, chars).unwrap_or_else(|error| {
            let pointer = format!("/shipping_address/{name}");
            self.errors.push(FieldError::new(pointer, sentence(&error)));
            String::new()
        })
    }

    fn optional(&mut self, name: &'static str, text: Option<&str>, chars_max: usize) -> Option<String> {
        let text = self.text(name, text?, 0..=chars_max);
        (!text.is_empty()).then_some(text)
    }
}
