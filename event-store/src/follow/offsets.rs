//! Kafka offsets to resume from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Next offset of each partition: every event after the batch is at that offset or later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KafkaOffsets(BTreeMap<i32, i64>);

impl KafkaOffsets {
    /// Next offset of a partition, if known.
    pub fn get(&self, partition: i32) -> Option<i64> {
        self.0.get(&partition).copied()
    }

    /// Returns whether no offset is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates over partitions and offsets, by partition.
    pub fn iter(&self) -> impl Iterator<Item = (i32, i64)> {
        self.0.iter().map(|(&partition, &offset)| (partition, offset))
    }

    pub(super) fn set(&mut self, partition: i32, offset: i64) {
        self.0.insert(partition, offset);
    }
}

impl FromIterator<(i32, i64)> for KafkaOffsets {
    fn from_iter<I: IntoIterator<Item = (i32, i64)>>(offsets: I) -> Self {
        Self(offsets.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_kept_as_a_json_object() {
        let offsets: KafkaOffsets = [(0, 5), (11, 0)].into_iter().collect();
        let json = serde_json::to_string(&offsets).unwrap();
        assert_eq!(json, r#"{"0":5,"11":0}"#);
        assert_eq!(serde_json::from_str::<KafkaOffsets>(&json).unwrap(), offsets);
    }
}
