//! A SKU is a part of addresses, so it must not be one of the words that stand in the same place.

use std::collections::BTreeSet;

use domain::Sku;
use domain::sku::RESERVED;
use platform::route::Route;

fn paths() -> Vec<String> {
    let routes = [command_api::routes(), query_api::routes()].concat();
    routes.iter().map(Route::full_path).collect()
}

/// The words that stand where another path has the parameter.
fn words_in_place_of(parameter: &str) -> BTreeSet<String> {
    let paths = paths();
    let before: BTreeSet<&str> = paths
        .iter()
        .filter_map(|path| Some(path.split_once(parameter)?.0))
        .collect();
    assert!(!before.is_empty(), "no path has {parameter}");
    let words = paths.iter().flat_map(|path| {
        let rest = before.iter().filter_map(|before| path.strip_prefix(before));
        rest.filter_map(|rest| rest.split('/').next())
    });
    words
        .filter(|word| *word != parameter)
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_reserved_skus_are_the_words_in_their_place() {
    let words: BTreeSet<String> = words_in_place_of("{sku}")
        .iter()
        .map(|word| Sku::parse(word).map_or_else(|_| word.clone(), |sku| sku.to_string()))
        .collect();
    let dots = [".", ".."];
    let reserved: BTreeSet<String> = RESERVED
        .iter()
        .filter(|sku| !dots.contains(*sku))
        .map(ToString::to_string)
        .collect();
    assert_eq!(words, reserved);
    assert!(dots.iter().all(|dots| RESERVED.contains(dots)));
}

/// Other parameters are UUIDs and positions, which nobody chooses and no word is.
#[test]
fn every_other_parameter_is_an_id() {
    let paths = paths();
    let parameters: BTreeSet<&str> = paths
        .iter()
        .flat_map(|path| path.split('/'))
        .filter(|segment| segment.starts_with('{'))
        .collect();
    assert_eq!(parameters, BTreeSet::from(["{id}", "{position}", "{sku}"]));
    for word in words_in_place_of("{id}") {
        assert!(word.parse::<uuid::Uuid>().is_err(), "{word}");
    }
    for word in words_in_place_of("{position}") {
        assert!(word.parse::<i64>().is_err(), "{word}");
    }
}
