//! The environment variables that override settings of the file.

use crate::config::Error;

/// A variable that is set: its name, the keys of its setting, and its text.
pub(super) type Given = (String, Vec<&'static str>, String);

/// The name of the variable that overrides the setting with these keys: `WAYBILL_HTTP_WORKERS` is `http.workers`. Keys
/// of secrets stand alone: `WAYBILL_DATA_KEY`.
fn name(keys: &[&str]) -> String {
    let keys = keys.strip_prefix(&["secrets"]).unwrap_or(keys);
    format!("WAYBILL_{}", keys.join("_").to_ascii_uppercase())
}

/// The variables that are set.
pub(super) fn given(variable: &dyn Fn(&str) -> Option<String>) -> Vec<Given> {
    let settings = super::settings().into_iter();
    settings
        .filter_map(|keys| {
            let name = name(&keys);
            let text = variable(&name)?;
            Some((name, keys, text))
        })
        .collect()
}

/// Overrides settings of the file.
pub(super) fn apply(table: &mut toml::Table, given: Vec<Given>) -> Result<(), Error> {
    for (name, path, value) in given {
        set(table, &path, value).ok_or(Error::Variable {
            name,
            reason: "the file has a value where it needs a table",
        })?;
    }
    Ok(())
}

/// Writes a variable's text into the table, as a number or a boolean where it is one.
fn set(table: &mut toml::Table, path: &[&str], text: String) -> Option<()> {
    let (last, parents) = path.split_last()?;
    let mut table = table;
    for parent in parents {
        let entry = table
            .entry(*parent)
            .or_insert_with(|| toml::Value::Table(toml::Table::new()));
        table = entry.as_table_mut()?;
    }
    let is_fraction = text.starts_with(|first: char| first.is_ascii_digit()) && text.contains('.');
    let fraction = text.parse::<f64>().ok().filter(|_| is_fraction);
    let value = match (text.parse::<i64>(), text.parse::<bool>()) {
        (Ok(number), _) => toml::Value::Integer(number),
        (_, Ok(truth)) => toml::Value::Boolean(truth),
        _ if fraction.is_some() => toml::Value::Float(fraction.unwrap_or_default()),
        _ => toml::Value::String(text),
    };
    table.insert((*last).to_owned(), value);
    Some(())
}
