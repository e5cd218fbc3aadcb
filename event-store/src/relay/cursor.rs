//! How far the relay has got, and what it sent last on each partition.

/// Everything up to `position` is safe with the broker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cursor {
    /// Which position.
    pub(super) position: i64,
    /// The last message of each partition, up to `position`.
    pub(super) marks: Vec<Mark>,
    /// The cluster it was sent to.
    pub(super) cluster_id: Option<String>,
}

/// The last message of a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its position; 0 when there was none.
    pub(super) position: i64,
    /// Where the broker put it, if it said so.
    pub(super) offset: Option<i64>,
}

impl Mark {
    const NONE: Self = Self {
        position: 0,
        offset: None,
    };
}

impl Cursor {
    /// A cursor from what is stored: -1 stands for an unknown offset.
    pub(super) fn from_columns(
        position: i64,
        positions: &[i64],
        offsets: &[i64],
        cluster_id: Option<String>,
    ) -> Self {
        let marks = positions.iter().zip(offsets);
        let marks = marks
            .map(|(&position, &offset)| Mark {
                position,
                offset: (offset >= 0).then_some(offset),
            })
            .collect();
        Self {
            position,
            marks,
            cluster_id,
        }
    }

    /// Position and offset of each mark, as they are stored.
    pub(super) fn columns(&self) -> (Vec<i64>, Vec<i64>) {
        self.marks
            .iter()
            .map(|mark| (mark.position, mark.offset.unwrap_or(-1)))
            .unzip()
    }

    /// Forgets that anything was sent.
    pub(super) fn reset(&mut self) {
        self.position = 0;
        self.marks.fill(Mark::NONE);
    }

    /// Grows with the topic. Partitions are only ever added to a topic; a topic with fewer is another one, and
    /// was reset before.
    pub(super) fn set_partition_count(&mut self, partition_count: usize) {
        self.marks.resize(partition_count, Mark::NONE);
    }
}
