//! Tests of the whole workspace: its structure, and flows across services.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod accounts;
mod anchors;
mod capabilities;
mod check;
mod cli;
mod connections;
mod contract;
mod crash;
mod crash_driver;
mod crash_instance;
mod dead_letters;
mod dependencies;
mod events;
mod exposition;
mod forgetting;
mod free_texts;
mod house_rules;
mod import;
mod import_instance;
mod import_overlaps;
mod licences;
mod monitoring;
mod otlp_receiver;
mod past;
mod production;
mod projection;
mod replay;
mod replay_http;
mod replay_kill;
mod reserved_skus;
mod settings;
mod shop;
mod surroundings;
mod system;
mod verification;
