use domain::product::{
    ChangeProduct, ListProduct, NAME_CHARS_MAX, ProductDetailsChanged, ProductPriceChanged, ProductRelisted,
    ProductWithdrawn, RelistProduct, WithdrawProduct,
};
use domain::{Error, FreeText};

use crate::fixture::{SELLER, events, gbp, listed, mug, shelf, sku};
use crate::world::given;

fn list() -> ListProduct {
    ListProduct {
        sku: mug(),
        name: "A MUG".to_owned(),
        description: String::new(),
        category: "kitchen".to_owned(),
        price: gbp(1_000),
        seller_id: SELLER,
    }
}

fn rename(name: &str) -> ChangeProduct {
    ChangeProduct {
        name: Some(name.to_owned()),
        ..unchanged()
    }
}

fn reprice(minor: i64) -> ChangeProduct {
    ChangeProduct {
        price: Some(gbp(minor)),
        ..unchanged()
    }
}

fn unchanged() -> ChangeProduct {
    ChangeProduct {
        sku: mug(),
        name: None,
        description: None,
        category: None,
        price: None,
    }
}

fn withdraw() -> WithdrawProduct {
    WithdrawProduct {
        sku: mug(),
        reason: FreeText::clear("out of fashion"),
    }
}

#[test]
fn a_product_is_listed() {
    given(vec![])
        .when(list())
        .then(events![listed(mug(), gbp(1_000))]);
}

#[test]
fn a_sku_can_be_listed_only_once() {
    given(shelf())
        .when(list())
        .then_rejected(Error::ProductAlreadyListed { sku: mug() });
}

#[test]
fn a_withdrawn_sku_cannot_be_listed_as_new() {
    given(shelf())
        .after(withdraw())
        .when(list())
        .then_rejected(Error::ProductAlreadyListed { sku: mug() });
}

#[test]
fn a_product_without_a_price_cannot_be_listed() {
    for minor in [0, -1] {
        given(vec![])
            .when(ListProduct {
                price: gbp(minor),
                ..list()
            })
            .then_rejected(Error::InvalidAmount {
                line_number: None,
                minor,
            });
    }
}

#[test]
fn the_texts_of_a_product_are_limited() {
    let too_long = "x".repeat(NAME_CHARS_MAX + 1);
    for name in ["", "  ", too_long.as_str()] {
        given(vec![])
            .when(ListProduct {
                name: name.to_owned(),
                ..list()
            })
            .then_rejected(Error::InvalidText {
                field: "name",
                chars_min: 1,
                chars_max: NAME_CHARS_MAX,
            });
    }
}

#[test]
fn a_sku_that_would_be_another_address_is_reserved() {
    for text in ["categories", "My-Products", ".", ".."] {
        given(vec![])
            .when(ListProduct {
                sku: sku(text),
                ..list()
            })
            .then_rejected(Error::ReservedSku { sku: sku(text) });
    }
}

#[test]
fn changing_a_name_keeps_the_rest() {
    given(shelf())
        .when(rename("A big mug"))
        .then(events![ProductDetailsChanged {
            sku: mug(),
            name: "A big mug".to_owned(),
            description: String::new(),
            category: "kitchen".to_owned(),
        }]);
}

#[test]
fn unchanged_details_write_nothing() {
    given(shelf()).when(rename("A MUG")).then_nothing();
}

#[test]
fn a_price_changes() {
    given(shelf())
        .when(reprice(1_100))
        .then(events![ProductPriceChanged {
            sku: mug(),
            price: gbp(1_100)
        }]);
}

#[test]
fn a_name_and_a_price_change_atomically() {
    let renamed = || rename("A big mug");
    given(shelf())
        .when(ChangeProduct {
            price: Some(gbp(1_100)),
            ..renamed()
        })
        .then(events![
            ProductDetailsChanged {
                sku: mug(),
                name: "A big mug".to_owned(),
                description: String::new(),
                category: "kitchen".to_owned(),
            },
            ProductPriceChanged {
                sku: mug(),
                price: gbp(1_100)
            }
        ]);
    for minor in [0, -1] {
        given(shelf())
            .when(ChangeProduct {
                price: Some(gbp(minor)),
                ..renamed()
            })
            .then_rejected(Error::InvalidAmount {
                line_number: None,
                minor,
            });
    }
}

#[test]
fn an_unchanged_price_writes_nothing() {
    given(shelf()).when(reprice(1_000)).then_nothing();
}

#[test]
fn an_unknown_product_cannot_be_changed() {
    let unknown = || Error::UnknownProduct { sku: mug() };
    given(vec![]).when(rename("A big mug")).then_rejected(unknown());
    given(vec![]).when(reprice(1)).then_rejected(unknown());
    given(vec![]).when(withdraw()).then_rejected(unknown());
    given(vec![])
        .when(RelistProduct { sku: mug() })
        .then_rejected(unknown());
}

#[test]
fn a_product_is_withdrawn_and_relisted() {
    given(shelf()).when(withdraw()).then(events![ProductWithdrawn {
        sku: mug(),
        reason: FreeText::clear("out of fashion")
    }]);
    given(shelf())
        .after(withdraw())
        .when(RelistProduct { sku: mug() })
        .then(events![ProductRelisted { sku: mug() }]);
}

#[test]
fn withdrawing_twice_is_rejected() {
    given(shelf())
        .after(withdraw())
        .when(withdraw())
        .then_rejected(Error::ProductAlreadyWithdrawn { sku: mug() });
}

#[test]
fn a_listed_product_cannot_be_relisted() {
    given(shelf())
        .when(RelistProduct { sku: mug() })
        .then_rejected(Error::ProductNotWithdrawn { sku: mug() });
}
