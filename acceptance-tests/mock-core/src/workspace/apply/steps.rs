//! The operations of an apply, each able to run on its own.

use bytes::Bytes;

use crate::instance::{Action, Change, Instance, Lifecycle, PlanInput};
use crate::report::Report;
use crate::state::{Object, StoredObject};
use crate::value::Value;
use crate::workspace::plan::PlannedChange;

/// What became of one object.
pub(super) struct Outcome {
    pub(super) report: Report,
    /// The object to store now; none when it is gone.
    pub(super) object: Option<Object>,
    /// Whether the object is the one that was stored before, untouched.
    pub(super) untouched: bool,
}

impl Outcome {
    /// Nothing was done.
    pub(super) fn untouched(report: Report) -> Self {
        Self {
            report,
            object: None,
            untouched: true,
        }
    }
}

/// Create or update.
pub(super) struct Make {
    pub(super) instance: Instance,
    /// The stored object, for an update.
    pub(super) stored: Option<StoredObject>,
    pub(super) config: Value,
    pub(super) change: PlannedChange,
}

impl Make {
    /// Plans again with everything known, compares, and applies.
    pub(super) async fn run(self, mut report: Report) -> Outcome {
        let prior = match &self.stored {
            Some(stored) => match self.instance.load(stored, &mut report).await {
                Some(prior) => Some(prior),
                None => return Outcome::untouched(report),
            },
            None => None,
        };
        let first = if prior.is_some() {
            Action::Update
        } else {
            Action::Create
        };
        let input = PlanInput {
            prior: prior.clone(),
            config: self.config,
            lifecycle: self.change.lifecycle.clone(),
            force_replace: false,
            earlier_private: self.change.plan.planned_private.clone(),
        };
        let Some(again) = self.instance.plan(input, &mut report).await else {
            return Outcome::untouched(report);
        };
        let planned = &self.change.plan;
        if !self
            .instance
            .check_final_plan(first, planned, &again, &mut report)
            || again.action == Action::NoOp
        {
            return Outcome::untouched(report);
        }
        let change = Change {
            action: again.action,
            before: prior,
            planned: again.planned,
            config: again.config,
            planned_private: again.planned_private,
            planned_identity: again.planned_identity,
        };
        let object = self.instance.apply(change, &mut report).await;
        Outcome {
            report,
            object,
            untouched: false,
        }
    }
}

/// Destroy as planned: alone, or as the first half of a replacement.
pub(super) struct Destroy {
    pub(super) instance: Instance,
    pub(super) stored: StoredObject,
    pub(super) planned_private: Bytes,
    pub(super) planned_identity: Value,
}

impl Destroy {
    pub(super) async fn run(self, mut report: Report) -> Outcome {
        let Some(before) = self.instance.load(&self.stored, &mut report).await else {
            return Outcome::untouched(report);
        };
        let change = Change {
            action: Action::Delete,
            before: Some(before),
            planned: Value::Null,
            config: Value::Null,
            planned_private: self.planned_private,
            planned_identity: self.planned_identity,
        };
        let object = self.instance.apply(change, &mut report).await;
        Outcome {
            report,
            object,
            untouched: false,
        }
    }
}

/// Destroy a deposed object, which is planned on the spot.
pub(super) struct DestroyDeposed {
    pub(super) instance: Instance,
    pub(super) stored: StoredObject,
}

impl DestroyDeposed {
    pub(super) async fn run(self, mut report: Report) -> Outcome {
        let Some(before) = self.instance.load(&self.stored, &mut report).await else {
            return Outcome::untouched(report);
        };
        let planned = self
            .instance
            .plan_destroy(before, &Lifecycle::default(), &mut report)
            .await;
        let Some(planned) = planned else {
            return Outcome::untouched(report);
        };
        let change = Change {
            action: Action::Delete,
            before: planned.before,
            planned: Value::Null,
            config: Value::Null,
            planned_private: planned.planned_private,
            planned_identity: planned.planned_identity,
        };
        let object = self.instance.apply(change, &mut report).await;
        Outcome {
            report,
            object,
            untouched: false,
        }
    }
}
