//! Output of the operator's tools. The macros of the standard library panic when a pipe was closed or a disk is full, in
//! the middle of whatever the tool does.

use std::fmt;
use std::io::Write as _;

use crate::exit::Failure;

/// Prints a line on standard output, or returns the failure.
macro_rules! outln {
    ($($argument:tt)*) => {
        $crate::output::print(format_args!("{}\n", format_args!($($argument)*)))?
    };
}

/// Prints text on standard output, or returns the failure.
macro_rules! out {
    ($($argument:tt)*) => {
        $crate::output::print(format_args!($($argument)*))?
    };
}

/// Prints a line about the work on standard error, if that can be written.
macro_rules! note {
    ($($argument:tt)*) => {
        $crate::output::note(format_args!($($argument)*))
    };
}

/// Prints text on standard output.
///
/// # Errors
/// When it cannot be written.
pub fn print(text: fmt::Arguments<'_>) -> Result<(), Failure> {
    let mut output = std::io::stdout().lock();
    let printed = output.write_fmt(text).and_then(|()| output.flush());
    printed.map_err(Failure::Output)
}

/// Prints a line on standard error, if it can be written. There is nowhere else to report a failure.
pub fn note(text: fmt::Arguments<'_>) {
    let _closed = writeln!(std::io::stderr(), "{text}");
}
