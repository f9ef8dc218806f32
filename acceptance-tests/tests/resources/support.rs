//! What the tests of the resources have in common.

use acceptance_tests::{Context, Diagnostic, Failure, Practice, Step, TestCase, TestStep};
use imp_publisher_simulator::{DomainRow, EditError, RouteRow};
use serde_json::Value;

/// A case with steps in `testdata/resources`.
pub(crate) fn case(practice: &Practice) -> TestCase {
    practice.case("resources").unwrap()
}

/// Something that happens on a publisher behind Terraform's back.
pub(crate) fn meanwhile<F>(practice: &Practice, what: &str, happens: F) -> impl TestStep + use<F>
where
    F: FnOnce(&Practice) -> Result<(), EditError> + 'static,
{
    let practice = practice.clone();
    Step::act(what, move |_| {
        happens(&practice).map_err(|error| Failure::new(error.to_string()))
    })
}

/// Something that must be true of the publishers.
pub(crate) fn afterwards<F>(practice: &Practice, what: &str, check: F) -> impl TestStep + use<F>
where
    F: FnOnce(&Practice) -> Result<(), String> + 'static,
{
    let practice = practice.clone();
    Step::act(what, move |_| check(&practice).map_err(Failure::new))
}

/// Sets an input variable from here on.
pub(crate) fn set(variable: &'static str, value: impl Into<Value>) -> impl TestStep {
    let value = value.into();
    Step::act(&format!("set {variable}"), move |context| {
        context.workspace.set_variable(variable, &value);
        Ok(())
    })
}

/// The only domain of that name on a cluster.
pub(crate) fn domain(practice: &Practice, cluster: &str, name: &str) -> DomainRow {
    practice.cluster(cluster).domain(name).unwrap().unwrap()
}

/// The only route of that key on a cluster.
pub(crate) fn route(practice: &Practice, cluster: &str, key: &str) -> RouteRow {
    let routes = practice.cluster(cluster).routes().unwrap();
    let known: Vec<String> = routes.iter().map(RouteRow::key).collect();
    routes
        .into_iter()
        .find(|route| route.key() == key)
        .unwrap_or_else(|| panic!("no {key} among {known:?}"))
}

/// An error that a plan must have.
pub(crate) struct Refusal {
    address: Option<String>,
    attribute: Option<&'static str>,
    sentences: Vec<String>,
}

impl Refusal {
    /// An error about a resource as a whole.
    pub(crate) fn of(address: impl Into<String>) -> Self {
        Self {
            address: Some(address.into()),
            attribute: None,
            sentences: Vec::new(),
        }
    }

    /// An error of an import, with which Terraform names no resource.
    pub(crate) fn of_import(id: &str) -> Self {
        Self {
            address: None,
            attribute: None,
            sentences: vec![format!("{id:?}")],
        }
    }

    /// The line that is marked.
    pub(crate) fn at(mut self, attribute: &'static str) -> Self {
        self.attribute = Some(attribute);
        self
    }

    /// Words of the summary or the detail.
    pub(crate) fn says(mut self, sentence: &str) -> Self {
        self.sentences.push(on_one_line(sentence));
        self
    }

    fn is(&self, diagnostic: &Diagnostic) -> bool {
        let text = on_one_line(&format!("{} {}", diagnostic.summary, diagnostic.detail));
        diagnostic.is_error()
            && diagnostic.address == self.address
            && diagnostic.attribute.as_deref() == self.attribute
            && self.sentences.iter().all(|part| text.contains(part))
    }
}

/// A plan that must fail with all of these errors and no other, and without any write to a publisher.
pub(crate) fn refused(
    practice: &Practice,
    folder: &str,
    refusals: Vec<Refusal>,
) -> impl TestStep + use<> {
    let (practice, folder) = (practice.clone(), folder.to_owned());
    Step::act(&format!("plan {folder} must fail"), move |context| {
        let errors = plan_errors(context, &folder)?;
        all_expected(&errors, &refusals)?;
        practice.is_untouched().map_err(Failure::new)
    })
}

/// The errors of a plan, which must fail. The configuration is taken away again, since nothing could be
/// destroyed with it.
pub(crate) fn plan_errors(
    context: &mut Context<'_>,
    folder: &str,
) -> Result<Vec<Diagnostic>, Failure> {
    context.use_folder(folder)?;
    let planned = context
        .workspace
        .plan(&acceptance_tests::PlanOptions::new())?;
    context.use_folder("nothing")?;
    match planned {
        Ok(_) => Err(Failure::new("it succeeded")),
        Err(diagnostics) => Ok(diagnostics
            .into_iter()
            .filter(Diagnostic::is_error)
            .collect()),
    }
}

fn all_expected(errors: &[Diagnostic], refusals: &[Refusal]) -> Result<(), Failure> {
    let missing = refusals
        .iter()
        .filter(|refusal| !errors.iter().any(|error| refusal.is(error)))
        .map(|refusal| {
            format!(
                "no error with {:?} at {:?} saying {:?}",
                refusal.address, refusal.attribute, refusal.sentences
            )
        });
    let unexpected = errors
        .iter()
        .filter(|error| !refusals.iter().any(|refusal| refusal.is(error)))
        .map(|error| format!("unexpected: {error}"));
    let counted = (errors.len() != refusals.len()).then(|| {
        format!(
            "there should be {} errors, not {}",
            refusals.len(),
            errors.len()
        )
    });
    let problems: Vec<String> = missing.chain(unexpected).chain(counted).collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(problems.join("\n")))
    }
}

pub(crate) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
