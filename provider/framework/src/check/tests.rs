use super::check;
use crate::{
    Attribute, Configure, Create, Delete, Diagnostics, Provider, Read, Registry, Resource, Schema,
    StateMove, StateUpgrade, Update, model,
};

model! {
    struct Nothing {}
    struct Now { name: String }
    struct Formerly { title: String }
    struct Elsewhere { label: String }
}

/// A provider of one resource of version 2, with these steps.
struct With(Vec<StateUpgrade>, Vec<StateMove>);

struct Aged(Vec<StateUpgrade>, Vec<StateMove>);

impl Provider for With {
    type Config = Nothing;

    fn name(&self) -> &'static str {
        "aged"
    }

    fn version(&self) -> &'static str {
        "0.0.0"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
    }

    async fn configure(&self, _: &mut Configure<Nothing>) -> Result<(), Diagnostics> {
        Ok(())
    }

    fn register(&self, registry: &mut Registry) {
        registry.resource(Aged(self.0.clone(), self.1.clone()));
    }
}

impl Resource for Aged {
    type Model = Now;

    fn type_name(&self) -> &'static str {
        "aged_thing"
    }

    fn schema(&self) -> Schema {
        of("name", 2)
    }

    fn state_upgrades(&self) -> Vec<StateUpgrade> {
        self.0.clone()
    }

    fn moves(&self) -> Vec<StateMove> {
        self.1.clone()
    }

    async fn create(&self, _: &mut Create<Now>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn read(&self, _: &mut Read<Now>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn update(&self, _: &mut Update<Now>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<Now>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

fn of(attribute: &str, version: i64) -> Schema {
    Schema::new(version).attribute(attribute, Attribute::string().required())
}

fn problems(upgrades: Vec<StateUpgrade>, moves: Vec<StateMove>) -> Vec<String> {
    match check(With(upgrades, moves)) {
        Ok(()) => Vec::new(),
        Err(error) => error.problems,
    }
}

fn titled(former: &Schema) -> StateUpgrade {
    StateUpgrade::new(former, |old: Formerly| Ok(Formerly { title: old.title }))
}

fn named(former: &Schema) -> StateUpgrade {
    StateUpgrade::new(former, |old: Formerly| Ok(Now { name: old.title }))
}

#[test]
fn steps_that_follow_one_another_to_the_current_version_pass() {
    let label = of("label", 7);
    let moved = StateMove::new("other_thing", &label, |old: Elsewhere| {
        Ok(Now { name: old.label })
    });
    let (first, second) = (of("title", 0), of("title", 1));
    let both = vec![titled(&first), named(&second)];
    assert_eq!(problems(both, vec![moved.clone()]), Vec::<String>::new());
    assert_eq!(
        problems(vec![named(&second)], vec![moved]),
        Vec::<String>::new()
    );
}

#[test]
fn a_version_that_is_left_out_between_others_is_told() {
    let problems = problems(vec![titled(&of("title", 0))], Vec::new());
    assert!(
        problems[0].contains("the state upgrades [0] do not lead"),
        "{problems:?}"
    );
}

#[test]
fn a_model_that_does_not_fit_what_it_is_read_from_or_made_for_is_told() {
    for (upgrades, moves, place) in [
        (
            vec![named(&of("label", 1))],
            vec![],
            "resource aged_thing, upgrade from 1 title: ",
        ),
        (
            vec![titled(&of("title", 1))],
            vec![],
            "resource aged_thing, upgrade from 1 title: ",
        ),
        (
            vec![named(&of("title", 0)), named(&of("title", 1))],
            vec![],
            "resource aged_thing, upgrade from 0 name: ",
        ),
        (
            vec![],
            vec![StateMove::new(
                "other_thing",
                &of("label", 0),
                |old: Elsewhere| Ok(old),
            )],
            "resource aged_thing, move from other_thing label: ",
        ),
    ] {
        let problems = problems(upgrades, moves);
        assert_eq!(problems.len(), 1, "{problems:?}");
        let problem = &problems[0];
        assert!(problem.starts_with(place), "{place}: {problem}");
        assert!(problem.contains("disagree"), "{problem}");
    }
}
