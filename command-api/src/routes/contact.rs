//! The recipient and address of an order: read from a request and sealed before it is stored.

use domain::order::COUNTRY_CHARS_MAX;
use platform::problem::{FieldError, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
        let required = [
            ("name", Some(&address.name), TEXT_CHARS_MAX),
            ("line1", Some(&address.line1), TEXT_CHARS_MAX),
            ("city", Some(&address.city), TEXT_CHARS_MAX),
            ("postal_code", Some(&address.postal_code), POSTAL_CODE_CHARS_MAX),
            ("country", Some(&address.country), COUNTRY_CHARS_MAX),
        ];
        let optional = [
            ("line2", address.line2.as_ref(), TEXT_CHARS_MAX),
            ("phone", address.phone.as_ref(), PHONE_CHARS_MAX),
        ];
        let required = required.into_iter().map(|field| (field, 1));
        let optional = optional.into_iter().map(|field| (field, 0));
        let errors: Vec<_> = required
            .chain(optional)
            .filter_map(|((name, text, chars_max), chars_min)| {
                let count = text?.trim().chars().count();
                let pointer = format!("/shipping_address/{name}");
                let detail = format!("must have {chars_min} to {chars_max} characters");
                (!(chars_min..=chars_max).contains(&count)).then(|| FieldError::new(pointer, detail))
            })
            .collect();
        if !errors.is_empty() {
            return Err(Problem::validation(errors));
        }
        let trimmed = |text: &str| text.trim().to_owned();
        let given = |text: &Option<String>| text.as_deref().map(trimmed).filter(|text| !text.is_empty());
        Ok(Self {
            name: trimmed(&address.name),
            email: email.map(|email| email.as_str().to_owned()),
            line1: trimmed(&address.line1),
            line2: given(&address.line2),
            city: trimmed(&address.city),
            postal_code: trimmed(&address.postal_code),
            country: trimmed(&address.country),
            phone: given(&address.phone),
        })
    }

    /// The country. It is not personal data: sales are counted by it.
    pub(super) fn country(&self) -> &str {
        &self.country
    }
}
