//! Adds what the data set does not have for its products: a category, and a name in sentence case.

/// Category of products whose name contains no known word.
const OTHER: &str = "Gifts";

/// Categories with the words that select them; the first match wins.
const CATEGORIES: [(&str, &[&str]); 10] = [
    (
        "Christmas",
        &[
            "CHRISTMAS",
            "ADVENT",
            "SANTA",
            "REINDEER",
            "SNOWFLAKE",
            "SNOWMAN",
            "BAUBLE",
            "XMAS",
            "NOEL",
        ],
    ),
    (
        "Bags",
        &[
            "BAG", "BAGS", "SHOPPER", "PURSE", "RUCKSACK", "SATCHEL", "SUITCASE",
        ],
    ),
    (
        "Lighting",
        &[
            "T-LIGHT",
            "T-LIGHTS",
            "LIGHT",
            "LIGHTS",
            "LANTERN",
            "LAMP",
            "CANDLE",
            "CANDLES",
            "CANDLESTICK",
            "TEALIGHT",
        ],
    ),
    (
        "Kitchen",
        &[
            "MUG",
            "CUP",
            "CUPS",
            "PLATE",
            "BOWL",
            "TEA",
            "TEAPOT",
            "COFFEE",
            "CAKE",
            "CAKESTAND",
            "BAKING",
            "KITCHEN",
            "JAR",
            "JARS",
            "TIN",
            "TINS",
            "SPOON",
            "SPOONS",
            "APRON",
            "JUG",
            "TRAY",
            "LUNCH",
            "BOTTLE",
            "NAPKINS",
            "COASTER",
            "COASTERS",
            "JAM",
            "JELLY",
            "PANTRY",
            "RECIPE",
            "EGG",
            "BREAD",
            "SAUCER",
            "GLASS",
            "DOILY",
            "DOILIES",
        ],
    ),
    (
        "Garden",
        &[
            "GARDEN", "PLANT", "FLOWER", "FLOWERS", "BIRD", "WATERING", "PICNIC", "PARASOL", "HERB",
        ],
    ),
    (
        "Stationery",
        &[
            "CARD",
            "CARDS",
            "PAPER",
            "PEN",
            "PENCIL",
            "PENCILS",
            "NOTEBOOK",
            "STICKERS",
            "STICKER",
            "TAPE",
            "WRAP",
            "TISSUE",
            "CHALKBOARD",
            "CALENDAR",
            "BOOK",
            "JOURNAL",
            "ERASER",
            "ERASERS",
            "RIBBONS",
            "CRAYONS",
            "TAGS",
        ],
    ),
    (
        "Toys and games",
        &[
            "TOY",
            "GAME",
            "DOLL",
            "DOLLY",
            "PLAYING",
            "CHILDRENS",
            "CHILDS",
            "SKITTLES",
            "BINGO",
            "JIGSAW",
            "PUZZLE",
            "BALLOON",
            "BALLOONS",
            "SPACEBOY",
            "SKIPPING",
            "DOMINOES",
            "LUDO",
            "CIRCUS",
            "GIRL",
            "GIRLS",
            "BABY",
        ],
    ),
    (
        "Storage",
        &[
            "BOX", "BOXES", "DRAWER", "BASKET", "CABINET", "HOOK", "HOOKS", "HANGER", "RACK", "CRATE",
            "STORAGE",
        ],
    ),
    (
        "Textiles",
        &[
            "CUSHION", "TOWEL", "TOWELS", "SCARF", "BLANKET", "QUILT", "SLIPPER", "SOCKS", "MITT", "WARMER",
            "GLOVE",
        ],
    ),
    (
        "Home decoration",
        &[
            "HEART",
            "HEARTS",
            "FRAME",
            "FRAMES",
            "SIGN",
            "CLOCK",
            "MIRROR",
            "WREATH",
            "BUNTING",
            "GARLAND",
            "DECORATION",
            "DECORATIONS",
            "HANGING",
            "DOORMAT",
            "METAL",
            "WOODEN",
            "ORNAMENT",
            "CHAIN",
            "LETTERS",
            "VASE",
            "WICKER",
            "KNOB",
        ],
    ),
];

/// The category of a product called `name`.
pub fn category(name: &str) -> &'static str {
    let name = name.to_uppercase();
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .collect();
    let fits = |(_, keywords): &&(&str, &[&str])| words.iter().any(|word| keywords.contains(word));
    CATEGORIES
        .iter()
        .find(fits)
        .map_or(OTHER, |(category, _)| category)
}

/// Converts a name in capitals to sentence case: `WHITE METAL LANTERN` to `White metal lantern`. Abbreviations
/// (`3D`, the T of `T-LIGHT`, `UK`) stay as they are.
pub fn sentence_case(name: &str) -> String {
    let mut words: Vec<String> = name.split_whitespace().map(lower).collect();
    if let Some(first) = words.first_mut() {
        let mut characters = first.chars();
        if let Some(initial) = characters.next() {
            *first = initial.to_uppercase().chain(characters).collect();
        }
    }
    words.join(" ")
}

fn lower(word: &str) -> String {
    const PROPER: [(&str, &str); 12] = [
        ("UK", "UK"),
        ("USA", "USA"),
        ("LOVE", "love"),
        ("CHRISTMAS", "Christmas"),
        ("PARIS", "Paris"),
        ("LONDON", "London"),
        ("DOLLY", "Dolly"),
        ("CHARLOTTE", "Charlotte"),
        ("SUKI", "Suki"),
        ("ENGLISH", "English"),
        ("VICTORIAN", "Victorian"),
        ("SCANDINAVIAN", "Scandinavian"),
    ];
    if let Some((_, proper)) = PROPER.iter().find(|(capitals, _)| *capitals == word) {
        return (*proper).to_owned();
    }
    match word.strip_prefix("T-LIGHT") {
        Some(rest) => format!("T-light{}", rest.to_lowercase()),
        None if word.chars().any(|c| c.is_ascii_digit()) && word.len() <= 2 => word.to_owned(),
        None => word.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::{category, sentence_case};

    #[test]
    fn words_of_the_name_select_the_category() {
        let cases = [
            ("WHITE HANGING HEART T-LIGHT HOLDER", "Lighting"),
            ("JUMBO BAG RED RETROSPOT", "Bags"),
            ("REGENCY CAKESTAND 3 TIER", "Kitchen"),
            ("Paper chain kit 50's Christmas", "Christmas"),
            ("ASSORTED COLOUR SILK", "Gifts"),
            ("", "Gifts"),
        ];
        for (name, expected) in cases {
            assert_eq!(category(name), expected, "{name}");
        }
    }

    #[test]
    fn names_are_put_in_sentence_case() {
        assert_eq!(
            sentence_case("WHITE HANGING HEART T-LIGHT HOLDER"),
            "White hanging heart T-light holder"
        );
        assert_eq!(
            sentence_case("PAPER CHAIN KIT  50'S CHRISTMAS"),
            "Paper chain kit 50's Christmas"
        );
        assert_eq!(
            sentence_case("3D SHEET OF DOG STICKERS"),
            "3D sheet of dog stickers"
        );
        assert_eq!(sentence_case(""), "");
    }
}
