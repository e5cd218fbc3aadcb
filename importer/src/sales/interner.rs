//! Texts that many rows share.

use std::collections::HashMap;

/// Stores each distinct text once.
#[derive(Debug, Default)]
pub(super) struct Interner {
    /// The texts, by their index.
    pub(super) texts: Vec<Box<str>>,
    index: HashMap<Box<str>, u32>,
}

impl Interner {
    /// The index of a text, which is new or known.
    pub(super) fn index(&mut self, text: &str) -> u32 {
        if let Some(index) = self.index.get(text) {
            return *index;
        }
        let index = u32::try_from(self.texts.len()).expect("there are fewer texts than rows");
        self.texts.push(text.into());
        self.index.insert(text.into(), index);
        index
    }
}
