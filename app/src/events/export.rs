//! `waybill events export`: writes events to a file.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use event_store::Store;
use event_store::browse::{Direction, PositionRange};
use indicatif::ProgressBar;
use query_api::Withholding;
use schemas::codec;
use schemas::envelope::RecordedEvent;
use schemas::export::{CloudEvent, EventRecord};

use super::conditions::{Conditions, Period};
use super::event_file::EventFile;
use crate::exit::Failure;
use crate::instance::Instance;
use crate::progress;

/// Events read at a time.
const EVENTS_MAX: i64 = 5_000;

/// Options of `events export`.
#[derive(Debug, Args)]
pub struct Options {
    /// The file, which must not exist yet; `-` is standard output.
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    /// Form of the file.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Write payloads as they are stored. Without it, events of older schema versions are written in the current one.
    #[arg(long)]
    as_stored: bool,
    /// Conditions.
    #[command(flatten)]
    conditions: Conditions,
    /// When they were recorded.
    #[command(flatten)]
    period: Period,
}

/// Formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each event: a JSON object with everything that is recorded of it.
    Jsonl,
    /// A line for each event: a CloudEvents 1.0 event in its JSON format.
    Cloudevents,
    /// Parquet with a typed column for each field; payload and metadata are JSON texts.
    Parquet,
}

/// The output in the chosen format.
enum Writer<W: Write + Send> {
    Jsonl(W),
    Cloudevents(W),
    Parquet(Box<EventFile<W>>),
}

impl<W: Write + Send> Writer<W> {
    fn new(format: Format, output: W) -> io::Result<Self> {
        Ok(match format {
            Format::Jsonl => Self::Jsonl(output),
            Format::Cloudevents => Self::Cloudevents(output),
            Format::Parquet => Self::Parquet(Box::new(EventFile::new(output)?)),
        })
    }

    fn write(&mut self, event: RecordedEvent) -> io::Result<()> {
        match self {
            Self::Jsonl(output) => {
                serde_json::to_writer(&mut *output, &EventRecord::from(&event))?;
                output.write_all(b"\n")
            }
            Self::Cloudevents(output) => {
                serde_json::to_writer(&mut *output, &CloudEvent::new(&event)?)?;
                output.write_all(b"\n")
            }
            Self::Parquet(file) => file.add(event),
        }
    }

    /// Writes what is left, and returns the output.
    fn finish(self) -> io::Result<W> {
        match self {
            Self::Jsonl(output) | Self::Cloudevents(output) => Ok(output),
            Self::Parquet(file) => file.finish(),
        }
    }
}

/// The log, without the texts of erased people.
struct Source {
    store: Store,
    withholding: Withholding,
}

/// Writes the events that meet the conditions, oldest first. A file appears under its name when it is complete.
pub async fn run(instance: &Instance, options: Options) -> anyhow::Result<()> {
    if options.file == Path::new("-") && options.format == Format::Parquet && io::stdout().is_terminal() {
        let problem = "Parquet is not text for a terminal; name a file, or redirect the output";
        return Err(Failure::BadInput(problem.to_owned()).into());
    }
    let pool = instance.pool("waybill-events-export").await?;
    let source = Source {
        store: Store::new(pool.clone()),
        withholding: Withholding::new(Store::new(pool.clone()), instance.keys(&pool).await?),
    };
    let range = options.period.range(&source.store).await?;
    if options.file == Path::new("-") {
        let output = BufWriter::new(io::stdout());
        let (mut output, _count) = copy(&source, &options, range, output).await?;
        return Ok(output.flush().map_err(Failure::Output)?);
    }
    if options.file.exists() {
        let file = options.file.display();
        return Err(
            Failure::BadInput(format!("{file} exists; choose another name, or delete it first")).into(),
        );
    }
    let mut partial = options.file.clone().into_os_string();
    partial.push(".part");
    let partial = PathBuf::from(partial);
    let count = match write_file(&source, &options, range, &partial).await {
        Ok(count) => count,
        Err(error) => {
            // The reason of the failed export says more than that of a failed deletion.
            let _deleted = std::fs::remove_file(&partial);
            return Err(error);
        }
    };
    std::fs::rename(&partial, &options.file).map_err(Failure::Output)?;
    note!("{count} events written to {}.", options.file.display());
    Ok(())
}

async fn write_file(
    source: &Source,
    options: &Options,
    range: PositionRange,
    file: &Path,
) -> anyhow::Result<u64> {
    let output = BufWriter::new(File::create(file).map_err(Failure::Output)?);
    let (output, count) = copy(source, options, range, output).await?;
    let file = output
        .into_inner()
        .map_err(|error| Failure::Output(error.into_error()))?;
    file.sync_all().map_err(Failure::Output)?;
    Ok(count)
}

/// Writes the events of `range`. Returns the output, which is not flushed yet, and their number.
async fn copy<W: Write + Send>(
    source: &Source,
    options: &Options,
    range: PositionRange,
    output: W,
) -> anyhow::Result<(W, u64)> {
    let mut writer = Writer::new(options.format, output).map_err(Failure::Output)?;
    let filter = options.conditions.filter();
    let bar = progress_over(range);
    let mut rest = Some(range);
    let mut count = 0;
    while let Some(range) = rest {
        let page = source
            .store
            .browse(&filter, range, Direction::Forwards, EVENTS_MAX)
            .await?;
        let mut events = page.events;
        if !options.as_stored {
            for event in &mut events {
                // An event that this release cannot read is written as it is stored.
                let _unreadable = codec::upcast(event);
            }
        }
        for event in source.withholding.apply_all(events).await? {
            writer.write(event).map_err(Failure::Output)?;
            count += 1;
        }
        if let Some(rest) = page.rest {
            bar.inc(rest.first.abs_diff(range.first));
        }
        rest = page.rest;
    }
    bar.finish_and_clear();
    Ok((writer.finish().map_err(Failure::Output)?, count))
}

fn progress_over(range: PositionRange) -> ProgressBar {
    let bar = progress::bar("positions");
    bar.set_length(u64::try_from(range.last - range.first + 1).unwrap_or(0));
    bar
}
