//! Progress reports of a running import.

/// Receives the progress of an import.
pub trait Progress {
    /// A stage of the demo begins.
    fn stage(&self, name: &str);

    /// The import begins: `done` of `total` orders were imported before.
    fn start(&self, done: usize, total: usize);

    /// One more order is done.
    fn step(&self);

    /// The import has ended.
    fn finish(&self);
}
