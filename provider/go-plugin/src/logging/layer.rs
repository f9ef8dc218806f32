//! The tracing layer that turns events, with the fields of the spans around them, into lines.

use std::error::Error;
use std::fmt;
use std::io::{self, Write as _};

use time::OffsetDateTime;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::{LookupSpan, Scope};

use super::line::{self, Line};

/// Crates below the plugin whose details are noise, and whose headers hold passwords.
const QUIET_CRATES: [&str; 6] = ["h2", "hyper", "hyper_util", "rustls", "tonic", "tower"];

/// Writes to standard error what is at most as detailed as the level.
pub(super) struct HclogLayer {
    level: LevelFilter,
}

impl HclogLayer {
    pub(super) fn new(level: LevelFilter) -> Self {
        Self { level }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for HclogLayer {
    fn enabled(&self, metadata: &Metadata<'_>, _context: Context<'_, S>) -> bool {
        let level = if is_quiet(metadata.target()) {
            self.level.min(LevelFilter::WARN)
        } else {
            self.level
        };
        *metadata.level() <= level
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().replace(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let metadata = event.metadata();
        let line = begin(*metadata.level(), metadata.target(), &fields);
        let spans = context
            .event_scope(event)
            .into_iter()
            .flat_map(Scope::from_root);
        let line = spans.fold(line, |line, span| match span.extensions().get::<Fields>() {
            Some(fields) => fields.append_to(line),
            None => line,
        });
        let line = fields.append_to(line).finish();
        // A host that has gone cannot be told.
        let _ = io::stderr().lock().write_all(line.as_bytes());
    }
}

fn begin(level: Level, target: &str, fields: &Fields) -> Line {
    Line::new(OffsetDateTime::now_utc(), level, target, &fields.message)
}

fn is_quiet(target: &str) -> bool {
    let crate_name = target.split("::").next().unwrap_or(target);
    QUIET_CRATES.contains(&crate_name)
}

/// The fields of a span or an event: names, and values as JSON.
#[derive(Debug, Default)]
struct Fields {
    message: String,
    values: Vec<(&'static str, String)>,
}

impl Fields {
    fn append_to(&self, mut line: Line) -> Line {
        for (name, value) in &self.values {
            line.push(name, value);
        }
        line
    }

    fn set(&mut self, field: &Field, json: String) {
        let name = field.name();
        match self.values.iter_mut().find(|(known, _)| *known == name) {
            Some((_, value)) => *value = json,
            None => self.values.push((name, json)),
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        self.record_str(field, &text);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            value.clone_into(&mut self.message);
        } else {
            self.set(field, line::text(value));
        }
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        self.record_str(field, &value.to_string());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.set(field, value.to_string());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.set(field, value.to_string());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.set(field, value.to_string());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // JSON has no infinity and no NaN.
        let json = if value.is_finite() {
            value.to_string()
        } else {
            line::text(&value.to_string())
        };
        self.set(field, json);
    }
}
