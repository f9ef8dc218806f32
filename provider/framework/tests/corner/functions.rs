//! Functions and data sources.

use mock_core::value::{Type as CoreType, Value};
use mock_core::{CoreVersion, FunctionFailure, config};
use tfplugin_framework::{
    Arguments, Attribute, DataSource, Diagnostic, Diagnostics, Field, Function, FunctionError,
    IntoValue, Parameter, ReadData, Schema, Signature, Type, Value as OurValue, model,
};

use crate::{core, core_as, errors};

/// `greet(name, politely, others...)`.
pub(crate) struct Greet;

impl Function for Greet {
    fn name(&self) -> &'static str {
        "greet"
    }

    fn signature(&self) -> Signature {
        Signature::new(Type::String)
            .parameter(Parameter::new("name", Type::String))
            .parameter(
                Parameter::new("politely", Type::Bool)
                    .allow_null()
                    .allow_unknown(),
            )
            .variadic(Parameter::new("others", Type::Dynamic).allow_null())
    }

    fn call(&self, arguments: &Arguments) -> Result<OurValue, FunctionError> {
        let name: String = arguments.get(0)?;
        if name.is_empty() {
            return Err(FunctionError::argument(0, "Give a name."));
        }
        assert!(name != "crash", "no such person");
        let politely: Field<bool> = arguments.get(1)?;
        let greeting = match politely {
            Field::Unknown => return Ok(OurValue::unknown()),
            Field::Known(true) => "Good morning",
            Field::Known(false) | Field::Null => "Hello",
        };
        let others = arguments.len() - 2;
        Ok(format!("{greeting}, {name} and {others} others").into_value())
    }
}

/// `kind(value)`: what kind of value it is.
pub(crate) struct Kind;

impl Function for Kind {
    fn name(&self) -> &'static str {
        "kind"
    }

    fn signature(&self) -> Signature {
        let value = Parameter::new("value", Type::Dynamic);
        Signature::new(Type::String).parameter(value.allow_null().allow_unknown())
    }

    fn call(&self, arguments: &Arguments) -> Result<OurValue, FunctionError> {
        let value: Field<OurValue> = arguments.get(0)?;
        Ok(match value {
            Field::Null => "null".into(),
            Field::Unknown => "unknown".into(),
            // Of an unknown value the type may be known.
            Field::Known(value) if value.is_unknown() => "unknown".into(),
            Field::Known(OurValue::Dynamic(dynamic)) => dynamic.ty.to_json().into(),
            Field::Known(_) => "a value without its type".into(),
        })
    }
}

fn greeting(text: &str) -> Value {
    Value::string(text)
}

#[tokio::test]
async fn a_function_answers_in_a_process_that_was_never_configured() {
    let core = core().await;
    let call = |arguments: Vec<Value>| {
        let core = core.clone();
        async move { core.call_function("greet", &arguments).await.unwrap() }
    };
    let ada = || Value::string("Ada");
    assert_eq!(
        call(vec![ada(), Value::Bool(true)]).await,
        greeting("Good morning, Ada and 0 others")
    );
    assert_eq!(
        call(vec![ada(), Value::Null]).await,
        greeting("Hello, Ada and 0 others")
    );
    assert!(call(vec![ada(), Value::unknown()]).await.is_unknown());
    assert_eq!(
        call(vec![ada(), Value::Null, Value::Null, Value::Null]).await,
        greeting("Hello, Ada and 2 others")
    );
}

#[tokio::test]
async fn an_argument_of_any_type_arrives_with_its_type_null_or_unknown() {
    for version in [CoreVersion::Terraform(16), CoreVersion::OpenTofu(12)] {
        let core = core_as(version).await;
        let of = |ty: CoreType, value: Value| Value::Dynamic(Box::new((ty, value)));
        for (argument, said) in [
            (of(CoreType::String, Value::string("x")), "\"string\""),
            (
                of(
                    CoreType::Tuple(vec![CoreType::Bool]),
                    Value::Tuple(vec![Value::Bool(true)]),
                ),
                "[\"tuple\",[\"bool\"]]",
            ),
            (Value::unknown(), "unknown"),
            (of(CoreType::String, Value::unknown()), "unknown"),
            // Encoded by Terraform, and an empty message from OpenTofu.
            (Value::Null, "null"),
        ] {
            let answer = core.call_function("kind", &[argument]).await.unwrap();
            assert_eq!(answer, Value::string(said), "{version:?}");
        }
    }
}

#[tokio::test]
async fn an_error_names_its_argument_and_a_panic_is_one() {
    let core = core().await;
    for (name, said, at) in [
        ("", "Give a name.", Some(0)),
        ("crash", "no such person", None),
    ] {
        let failure = core
            .call_function("greet", &[Value::string(name), Value::Null])
            .await
            .unwrap_err();
        let FunctionFailure::Function { text, argument } = failure else {
            panic!("{failure:?}");
        };
        assert!(text.contains(said), "{text}");
        assert_eq!(argument, at);
    }
}

model! {
    pub(crate) struct EchoModel { text: String, length: u32 }
}

/// Echoes its text, unless that is a bad one.
pub(crate) struct Echo;

impl DataSource for Echo {
    type Model = EchoModel;

    fn type_name(&self) -> &'static str {
        "corner_echo"
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
            .attribute("text", Attribute::string().required())
            .attribute("length", Attribute::number().computed())
    }

    async fn read(&self, read: &mut ReadData<EchoModel>) -> Result<(), Diagnostics> {
        match read.config.text.as_str() {
            Some("bad") => Err(Diagnostic::error("Bad text").at("text"))?,
            Some("panic") => panic!("worse text"),
            text => read.state.length = text.and_then(|text| u32::try_from(text.len()).ok()).into(),
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_data_source_fills_in_what_is_computed() {
    let core = core().await;
    let (value, _) = core
        .read_data_source("corner_echo", &config! { text = "four" })
        .await
        .unwrap();
    assert_eq!(value.attribute("length"), Value::int(4));
    for (text, said) in [("bad", "Bad text"), ("panic", "reading corner_echo")] {
        let failure = core
            .read_data_source("corner_echo", &config! { text = text })
            .await
            .unwrap_err();
        assert!(errors(&failure)[0].contains(said), "{failure:?}");
    }
}
