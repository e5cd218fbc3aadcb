//! The recipient and address of a parcel: parsed from a request, and sealed before further use.

use domain::order::COUNTRY_CHARS_MAX;
use platform::problem::{FieldError, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::accounts::Email;

/// A shipping address as it is sent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShippingAddress {
    name: String,
    line1: String,
    line2: Option<String>,
    city: String,
    postal_code: String,
    country: String,
    phone: Option<String>,
}

/// A contact whose fields are all within their limits. It is sealed into the order in this JSON form.
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
    /// 422 with everything that is wrong with it.
    pub(super) fn parse(address: &ShippingAddress, email: Option<&Email>) -> Result<Self, Problem> {
        let required = [
            ("name", Some(&address.name), 200),
            ("line1", Some(&address.line1), 200),
            ("city", Some(&address.city), 200),
            ("postal_code", Some(&address.postal_code), 32),
            ("country", Some(&address.country), COUNTRY_CHARS_MAX),
        ];
        let optional = [
            ("line2", address.line2.as_ref(), 200),
            ("phone", address.phone.as_ref(), 50),
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

    /// The country, which is not personal data: sales are counted by it.
    pub(super) fn country(&self) -> &str {
        &self.country
    }
}
