//! A fake executor: stores the streams, loads the states that decisions need, and applies their events.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{Command, Context, Error, Event, NewEvent, Refusal, StreamId, StreamState, View, decide};

use crate::fixture::now;

/// Maximum number of loading rounds, more than any command needs.
const ROUNDS_MAX: usize = 5;

#[derive(Default)]
struct Loaded(HashMap<StreamId, StreamState>);

impl View for Loaded {
    fn state(&self, stream: &StreamId) -> Option<&StreamState> {
        self.0.get(stream)
    }
}

#[derive(Clone)]
pub struct World {
    pub states: HashMap<StreamId, StreamState>,
    pub history: Vec<Event>,
    pub now: DateTime<Utc>,
}

impl World {
    pub fn new() -> Self {
        Self {
            states: HashMap::new(),
            history: Vec::new(),
            now: now(),
        }
    }

    pub fn state(&self, stream: &StreamId) -> StreamState {
        self.states
            .get(stream)
            .cloned()
            .unwrap_or_else(|| StreamState::initial(stream.stream_type()))
    }

    /// Applies an event that happened.
    pub fn tell(&mut self, event: Event) {
        let mut state = self.state(&event.stream_id());
        state
            .evolve(&event, self.now)
            .unwrap_or_else(|error| panic!("{error}: {event:?}"));
        self.states.insert(event.stream_id(), state);
        self.history.push(event);
    }

    /// Decides as the executor does, and asserts the guarantees that the executor relies on.
    pub fn decide(&self, command: &Command) -> Result<Vec<Event>, Error> {
        let mut loaded = Loaded::default();
        for stream in command.streams() {
            loaded.0.insert(stream.clone(), self.state(&stream));
        }
        for new in command.new_streams() {
            assert!(
                loaded.0.contains_key(&new),
                "{new} is new but not among the streams of the command"
            );
        }
        for _ in 0..ROUNDS_MAX {
            match decide(command, &Context { now: self.now }, &loaded) {
                Ok(events) => return Ok(accepted(command, &loaded, events)),
                Err(Refusal::Rejected(error)) => return Err(error),
                Err(Refusal::NeedStreams(streams)) => {
                    assert!(!streams.is_empty(), "no stream was requested");
                    for stream in streams {
                        let before = loaded.0.insert(stream.clone(), self.state(&stream));
                        assert!(before.is_none(), "{stream} was requested twice");
                    }
                }
            }
        }
        panic!("{} needs too many rounds", command.name());
    }

    /// Decides, and applies the decided events.
    pub fn run(&mut self, command: &Command) -> Result<Vec<Event>, Error> {
        let events = self.decide(command)?;
        for event in &events {
            self.tell(event.clone());
        }
        Ok(events)
    }
}

fn accepted(command: &Command, loaded: &Loaded, events: Vec<NewEvent>) -> Vec<Event> {
    for new in &events {
        assert_eq!(
            new.stream,
            new.event.stream_id(),
            "an event must be on the stream of its id"
        );
        assert!(
            loaded.0.contains_key(&new.stream),
            "{} was written unseen",
            new.stream
        );
    }
    let primary = command.primary_stream();
    assert!(
        events.is_empty() || events.iter().any(|new| new.stream == primary),
        "{primary} was not written"
    );
    events.into_iter().map(|new| new.event).collect()
}

/// Starts a test: given these events.
pub fn given(events: Vec<Event>) -> World {
    let mut world = World::new();
    for event in events {
        world.tell(event);
    }
    world
}

impl World {
    /// Sets the time.
    pub fn at(mut self, now: DateTime<Utc>) -> Self {
        self.now = now;
        self
    }

    /// Runs a command before the tested one.
    pub fn after(mut self, command: impl Into<Command>) -> Self {
        self.run(&command.into()).unwrap();
        self
    }

    /// Runs the tested command.
    pub fn when(mut self, command: impl Into<Command>) -> Outcome {
        let before = self.history.len();
        let result = self.run(&command.into());
        Outcome {
            new_events: self.history.split_off(before),
            result,
        }
    }
}

/// The outcome of the tested command.
pub struct Outcome {
    result: Result<Vec<Event>, Error>,
    new_events: Vec<Event>,
}

impl Outcome {
    #[track_caller]
    pub fn then(self, events: Vec<Event>) {
        assert_eq!(self.result.as_ref().map_err(ToString::to_string), Ok(&events));
        assert_eq!(self.new_events, events);
    }

    #[track_caller]
    pub fn then_nothing(self) {
        self.then(Vec::new());
    }

    #[track_caller]
    pub fn then_rejected(self, error: Error) {
        assert_eq!(self.result, Err(error));
        assert_eq!(self.new_events, []);
    }
}
