//! The table `limits`.

use serde::Deserialize;

use crate::config::{Environment, Error, Limits, UnpaidLimits};

table!(LimitsTable {
    requests_per_s: Option<u32> = None,
    requests_burst: Option<u32> = None,
    logins_per_minute: u32 = 20,
    reservation_s: u32 = 900,
    unpaid_orders_per_buyer_max: Option<u32> = None,
    unpaid_orders_per_address_max: Option<u32> = None,
    unpaid_units_per_product_max: Option<u32> = None,
    command_queue_len_max: usize = 8_192,
    free_disk_min_mb: u64 = 200,
    replaced_tables_kept_h: u32 = 24,
    anchor_every_min: u32 = 60,
});

/// A household or an office may share an address.
const UNPAID_IN_PRODUCTION: UnpaidLimits = UnpaidLimits {
    orders_per_buyer_max: 10,
    orders_per_address_max: 50,
    units_per_product_max: 100,
};

pub(super) fn check(table: &LimitsTable, environment: Environment) -> Result<Limits, Error> {
    // In development a load generator sends from one address, and is not an attack.
    let (per_s, burst, unpaid) = match environment {
        Environment::Development => (100_000, 200_000, UnpaidLimits::NONE),
        Environment::Production => (100, 500, UNPAID_IN_PRODUCTION),
    };
    let unpaid = UnpaidLimits {
        orders_per_buyer_max: table
            .unpaid_orders_per_buyer_max
            .unwrap_or(unpaid.orders_per_buyer_max),
        orders_per_address_max: table
            .unpaid_orders_per_address_max
            .unwrap_or(unpaid.orders_per_address_max),
        units_per_product_max: table
            .unpaid_units_per_product_max
            .unwrap_or(unpaid.units_per_product_max),
    };
    let limits = Limits {
        requests_per_s: table.requests_per_s.unwrap_or(per_s),
        requests_burst: table.requests_burst.unwrap_or(burst),
        logins_per_minute: table.logins_per_minute,
        reservation_s: table.reservation_s,
        unpaid,
        command_queue_len_max: table.command_queue_len_max,
        free_disk_min_mb: table.free_disk_min_mb,
        replaced_tables_kept_h: table.replaced_tables_kept_h,
        anchor_every_min: table.anchor_every_min,
    };
    if limits.requests_per_s == 0 || limits.requests_burst == 0 || limits.logins_per_minute == 0 {
        return Err(Error::value("limits", "needs rates above 0"));
    }
    if unpaid.orders_per_buyer_max == 0
        || unpaid.orders_per_address_max == 0
        || unpaid.units_per_product_max == 0
    {
        return Err(Error::value("limits", "needs limits of unpaid orders above 0"));
    }
    if limits.reservation_s == 0 || limits.command_queue_len_max == 0 {
        return Err(Error::value("limits", "needs a reservation and a queue above 0"));
    }
    Ok(limits)
}
