//! Cursor of the relay: its progress, and the last message of each partition.

/// Progress of the relay: the broker has stored every event up to `position`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cursor {
    /// Last position stored by the broker.
    pub(super) position: i64,
    /// Last message of each partition, up to `position`.
    pub(super) marks: Vec<Mark>,
    /// Kafka cluster that holds the messages.
    pub(super) cluster_id: Option<String>,
}

/// Last message of a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Position; 0 without a message.
    pub(super) position: i64,
    /// Offset, if the broker reported one.
    pub(super) offset: Option<i64>,
}

impl Mark {
    const NONE: Self = Self {
        position: 0,
        offset: None,
    };
}

impl Cursor {
    /// Creates a cursor from its stored columns; -1 is an unknown offset.
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

    /// Returns position and offset of each mark as stored columns.
    pub(super) fn columns(&self) -> (Vec<i64>, Vec<i64>) {
        self.marks
            .iter()
            .map(|mark| (mark.position, mark.offset.unwrap_or(-1)))
            .unzip()
    }

    /// Resets the cursor to the start of the log.
    pub(super) fn reset(&mut self) {
        self.position = 0;
        self.marks.fill(Mark::NONE);
    }

    /// Grows with the topic. Kafka only adds partitions; a topic with fewer is a different topic, for which the
    /// cursor was reset.
    pub(super) fn set_partition_count(&mut self, partition_count: usize) {
        self.marks.resize(partition_count, Mark::NONE);
    }
}
