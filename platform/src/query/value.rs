//! Deserializes one parameter's text as the requested type.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// One parameter's text.
pub(super) struct Value<'a>(pub(super) Cow<'a, str>);

/// What is wrong with a parameter.
#[derive(Debug)]
pub(super) struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

macro_rules! parse {
    ($($method:ident => $visit:ident($type:ty, $what:literal)),+ $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let parsed: $type = self.0.parse().map_err(|_| Error(concat!("must be ", $what).to_owned()))?;
            visitor.$visit(parsed)
        }
    )+};
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Error;

    parse! {
        deserialize_bool => visit_bool(bool, "true or false"),
        deserialize_i8 => visit_i8(i8, "a whole number"),
        deserialize_i16 => visit_i16(i16, "a whole number"),
        deserialize_i32 => visit_i32(i32, "a whole number"),
        deserialize_i64 => visit_i64(i64, "a whole number"),
        deserialize_u8 => visit_u8(u8, "a whole number from 0"),
        deserialize_u16 => visit_u16(u16, "a whole number from 0"),
        deserialize_u32 => visit_u32(u32, "a whole number from 0"),
        deserialize_u64 => visit_u64(u64, "a whole number from 0"),
        deserialize_f64 => visit_f64(f64, "a number"),
        deserialize_char => visit_char(char, "one character"),
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.0.into_deserializer())
    }

    forward_to_deserialize_any! {
        i128 u128 f32 str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Value<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
