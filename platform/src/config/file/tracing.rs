//! Trace settings: the table `telemetry`, and the standard variables of OpenTelemetry exporters.

use actix_web::http::Uri;
use serde::Deserialize;

use super::Error;
use crate::config::TelemetryConfig;

/// The share of traces that is recorded when an endpoint is set without a ratio.
const SAMPLE_RATIO: f64 = 0.05;
/// The path for traces in OTLP over HTTP.
const TRACES_PATH: &str = "/v1/traces";

/// The keys of the table.
pub(super) const KEYS: &[&str] = &["otlp_endpoint", "sample_ratio", "instance_id"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TelemetryTable {
    otlp_endpoint: Option<String>,
    sample_ratio: f64,
    instance_id: Option<String>,
}

impl Default for TelemetryTable {
    fn default() -> Self {
        Self {
            otlp_endpoint: None,
            sample_ratio: SAMPLE_RATIO,
            instance_id: None,
        }
    }
}

pub(super) fn check(
    table: TelemetryTable,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<TelemetryConfig, Error> {
    if !(0.0..=1.0).contains(&table.sample_ratio) {
        return Err(Error::value("telemetry.sample_ratio", "must be from 0 to 1"));
    }
    let set = |name| variable(name).filter(|text| !text.trim().is_empty());
    let otlp_endpoint = match (table.otlp_endpoint, set("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) {
        (Some(base), _) => Some(traces_url(&base)?),
        (None, Some(exact)) => Some(exact),
        (None, None) => set("OTEL_EXPORTER_OTLP_ENDPOINT")
            .map(|base| traces_url(&base))
            .transpose()?,
    };
    Ok(TelemetryConfig {
        otlp_endpoint,
        sample_ratio: table.sample_ratio,
        instance_id: table
            .instance_id
            .unwrap_or_else(|| uuid::Uuid::new_v4().to_string()),
    })
}

/// The traces endpoint of the collector at `base`.
fn traces_url(base: &str) -> Result<String, Error> {
    let uri: Option<Uri> = base.trim().parse().ok();
    let is_http = |uri: &Uri| uri.scheme_str() == Some("http") && uri.host().is_some();
    if !uri.as_ref().is_some_and(is_http) {
        // The exporter has no TLS: spans go to a collector on the same host, which forwards them.
        return Err(Error::value(
            "telemetry.otlp_endpoint",
            "must be an http URL such as http://127.0.0.1:4318",
        ));
    }
    let base = base.trim().trim_end_matches('/');
    if base.ends_with(TRACES_PATH) {
        return Ok(base.to_owned());
    }
    Ok(format!("{base}{TRACES_PATH}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(table: TelemetryTable, variables: &[(&str, &str)]) -> Result<TelemetryConfig, Error> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        check(table, &variable)
    }

    fn endpoint(own: Option<&str>, variables: &[(&str, &str)]) -> Option<String> {
        let table = TelemetryTable {
            otlp_endpoint: own.map(str::to_owned),
            ..TelemetryTable::default()
        };
        checked(table, variables).unwrap().otlp_endpoint
    }

    #[test]
    fn the_endpoint_comes_from_the_file_or_from_the_standard_variables() {
        let standard = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/");
        let traces = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318/x");
        assert_eq!(endpoint(None, &[]), None);
        assert_eq!(endpoint(None, &[("OTEL_EXPORTER_OTLP_ENDPOINT", "")]), None);
        assert_eq!(
            endpoint(None, &[standard]).unwrap(),
            "http://collector:4318/v1/traces"
        );
        assert_eq!(
            endpoint(None, &[standard, traces]).unwrap(),
            "http://collector:4318/x"
        );
        let own = Some("http://127.0.0.1:4318/v1/traces");
        assert_eq!(endpoint(own, &[standard, traces]).as_deref(), own);
    }

    #[test]
    fn an_endpoint_or_a_ratio_that_cannot_be_used_is_refused() {
        for endpoint in ["collector:4318", "https://collector:4318", "http://"] {
            let found = checked(
                TelemetryTable::default(),
                &[("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)],
            );
            assert!(found.is_err(), "{endpoint}");
        }
        for sample_ratio in [-0.1, 1.1, f64::NAN] {
            let table = TelemetryTable {
                sample_ratio,
                ..TelemetryTable::default()
            };
            assert!(checked(table, &[]).is_err(), "{sample_ratio}");
        }
    }
}
