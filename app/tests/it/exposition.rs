//! A strict parser for Prometheus's text format.

use std::collections::{BTreeMap, HashMap, HashSet};

/// A scrape.
#[derive(Debug, Default)]
pub struct Exposition {
    /// HELP and TYPE, by metric name.
    pub metrics: BTreeMap<String, Metric>,
    samples: HashMap<String, f64>,
}

/// HELP and TYPE of a metric.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metric {
    pub kind: String,
    pub help: String,
}

impl Exposition {
    /// Parses a scrape; panics at anything that Prometheus would reject or warn about.
    pub fn parse(text: &str) -> Self {
        let mut read = Self::default();
        assert!(text.ends_with('\n'));
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, help) = rest.split_once(' ').unwrap();
                let metric = read.metrics.entry(name.to_owned()).or_default();
                assert!(metric.help.is_empty() && !help.is_empty(), "{line}");
                help.clone_into(&mut metric.help);
            } else if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').unwrap();
                let metric = read.metrics.entry(name.to_owned()).or_default();
                assert!(metric.kind.is_empty(), "{line}");
                kind.clone_into(&mut metric.kind);
            } else {
                read.sample(line);
            }
        }
        read.check_histograms();
        read
    }

    fn sample(&mut self, line: &str) {
        let (series, value) = line.rsplit_once(' ').unwrap();
        let name = series.split('{').next().unwrap();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        assert!(name.chars().all(is_name), "{line}");
        assert!(self.metric_of(name).is_some(), "no HELP and TYPE before {line}");
        if let Some(labels) = series.strip_prefix(name).filter(|labels| !labels.is_empty()) {
            let labels = labels.strip_prefix('{').unwrap().strip_suffix('}').unwrap();
            for label in labels.split("\",") {
                let (key, value) = label.split_once("=\"").unwrap();
                assert!(key.chars().all(is_name) && !value.is_empty(), "{line}");
            }
        }
        let earlier = self.samples.insert(series.to_owned(), value.parse().unwrap());
        assert_eq!(earlier, None, "{series} twice");
    }

    /// The metric that the sample called `name` belongs to.
    fn metric_of(&self, name: &str) -> Option<(&str, &Metric)> {
        let ends = ["", "_bucket", "_sum", "_count"];
        ends.iter().find_map(|end| {
            let (known, metric) = self.metrics.get_key_value(name.strip_suffix(end)?)?;
            let fits = (metric.kind == "histogram") != end.is_empty();
            (fits && !metric.help.is_empty()).then_some((known.as_str(), metric))
        })
    }

    fn check_histograms(&self) {
        for name in self
            .metrics
            .iter()
            .filter(|(_, metric)| metric.kind == "histogram")
            .map(|(name, _)| name)
        {
            let count = format!("{name}_count");
            let counts = self
                .samples
                .iter()
                .filter(|(series, _)| series.split('{').next() == Some(&count));
            for (series, count) in counts {
                let labels = series
                    .strip_prefix(&format!("{name}_count"))
                    .unwrap()
                    .trim_matches(['{', '}']);
                let comma = if labels.is_empty() { "" } else { "," };
                let infinite = format!("{name}_bucket{{{labels}{comma}le=\"+Inf\"}}");
                assert_eq!(self.samples.get(&infinite), Some(count), "{infinite}");
            }
        }
    }

    /// The names of the metrics that have a series.
    pub fn names(&self) -> HashSet<&str> {
        let series = self.samples.keys();
        series
            .filter_map(|series| self.metric_of(series.split('{').next()?).map(|(name, _)| name))
            .collect()
    }

    /// The sum of the series whose text starts with `prefix`: a name, optionally with the first labels.
    pub fn sum(&self, prefix: &str) -> f64 {
        let found = self
            .samples
            .iter()
            .filter(|(series, _)| series.starts_with(prefix));
        found.map(|(_, value)| value).sum()
    }

    /// The largest value of the series whose text starts with `prefix`.
    pub fn max(&self, prefix: &str) -> f64 {
        let found = self
            .samples
            .iter()
            .filter(|(series, _)| series.starts_with(prefix));
        found.map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max)
    }
}
