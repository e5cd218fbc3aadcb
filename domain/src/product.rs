//! Products: the items in the catalogue. `unlisted → listed ⇄ withdrawn`.

mod command;
mod event;
mod state;

pub(crate) use command::known;
pub use command::{
    CATEGORY_CHARS_MAX, ChangeProduct, DESCRIPTION_CHARS_MAX, ListProduct, NAME_CHARS_MAX, RelistProduct,
    WithdrawProduct,
};
pub use event::{
    ProductDetailsChanged, ProductEvent, ProductListed, ProductPriceChanged, ProductRelisted,
    ProductWithdrawn,
};
pub use state::{Product, ProductState};
