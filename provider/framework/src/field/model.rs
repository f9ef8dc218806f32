//! Models: one struct for the configuration, plan and state of a resource.

use std::collections::BTreeMap;

use tfplugin_values::{Step, Type, Value};

use super::{Mismatch, Mismatches};

/// A struct whose fields are an object's attributes, written with [`crate::model!`].
pub trait Model: Clone + Send + Sync + Sized + 'static {
    /// The fields, in the order of the struct.
    fn fields() -> &'static [ModelField];

    /// Reads the model from an object's attributes.
    fn from_attributes(attributes: &BTreeMap<String, Value>) -> Result<Self, Mismatches>;

    /// The object's attributes.
    fn into_attributes(self) -> BTreeMap<String, Value>;

    /// Reads the model from an object.
    fn from_object(value: &Value) -> Result<Self, Mismatches> {
        match value {
            Value::Object(attributes) => Self::from_attributes(attributes),
            _ => Err(Mismatch::new("an object").into()),
        }
    }

    /// Writes the fields over an object's attributes of the same names.
    fn write_to(self, attributes: &mut BTreeMap<String, Value>);

    /// The model as an object.
    fn into_object(self) -> Value {
        Value::Object(self.into_attributes())
    }
}

/// One field of a model: the attribute's name, and the check of the attribute's type.
#[derive(Clone, Copy, Debug)]
pub struct ModelField {
    /// The name of the attribute.
    pub name: &'static str,
    /// Whether the schema's type suits the field's Rust type.
    pub check_type: fn(&Type) -> Result<(), Mismatch>,
}

/// Whether a model has exactly the attributes of an object type, each of a fitting Rust type.
#[doc(hidden)]
pub fn check_model_type<M: Model>(ty: &Type) -> Result<(), Mismatch> {
    let Type::Object(object) = ty else {
        return Err(Mismatch::new("an object"));
    };
    for field in M::fields() {
        let inside = || Step::Attribute(field.name.to_owned());
        let Some(attribute) = object.get(field.name) else {
            return Err(
                Mismatch::new("an attribute of the schema; the model alone has it")
                    .inside(inside()),
            );
        };
        (field.check_type)(attribute).map_err(|mismatch| mismatch.inside(inside()))?;
    }
    match object
        .names()
        .find(|name| M::fields().iter().all(|field| field.name != *name))
    {
        Some(missing) => Err(
            Mismatch::new("a field of the model; the schema alone has it")
                .inside(Step::Attribute(missing.to_owned())),
        ),
        None => Ok(()),
    }
}

/// The attribute of a field: a raw identifier without its prefix (`r#type` is the attribute `type`).
#[doc(hidden)]
pub const fn attribute_name(field: &'static str) -> &'static str {
    let bytes = field.as_bytes();
    if bytes.len() > 2 && bytes[0] == b'r' && bytes[1] == b'#' {
        field.split_at(2).1
    } else {
        field
    }
}

/// Declares models: structs of typed fields whose names are the names of the attributes.
///
/// Every field becomes a [`Field`](crate::Field) of the written type; a field of the type of another model is a
/// nested object, a `Vec` of it a list of them. The structs are `Clone`, `Debug` and `Default` (all
/// null); derive more where you need it.
///
/// ```
/// tfplugin_framework::model! {
///     /// A door, as Terraform sees it.
///     #[derive(PartialEq)]
///     pub struct Door {
///         /// Where it is.
///         room: String,
///         locked: bool,
///         r#type: String,
///     }
/// }
///
/// let door = Door { room: "hall".into(), ..Door::default() };
/// assert!(door.room.is("hall"));
/// assert!(door.r#type.is_null());
/// ```
#[macro_export]
macro_rules! model {
    ($(
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident {
            $( $(#[$field_meta:meta])* $field:ident : $ty:ty ),* $(,)?
        }
    )+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        $visibility struct $name {
            $(
                $(#[$field_meta])*
                #[allow(missing_docs, reason = "the schema describes the attribute")]
                $visibility $field: $crate::Field<$ty>,
            )*
        }

        impl $crate::Model for $name {
            fn fields() -> &'static [$crate::ModelField] {
                &[$(
                    $crate::ModelField {
                        name: const { $crate::__private::attribute_name(stringify!($field)) },
                        check_type: <$ty as $crate::FieldType>::check_type,
                    },
                )*]
            }

            #[allow(unused_mut, unused_variables, reason = "a model may have no fields")]
            fn from_attributes(
                attributes: &::std::collections::BTreeMap<::std::string::String, $crate::Value>,
            ) -> ::std::result::Result<Self, $crate::Mismatches> {
                let mut reader = $crate::AttributeReader::new(attributes);
                let model = Self {
                    $(
                        $field: reader.read(const {
                            $crate::__private::attribute_name(stringify!($field))
                        }),
                    )*
                };
                reader.finish(model)
            }

            #[allow(unused_variables, reason = "a model may have no fields")]
            fn write_to(
                self,
                attributes: &mut ::std::collections::BTreeMap<::std::string::String, $crate::Value>,
            ) {
                $(
                    $crate::__private::write_attribute(
                        attributes,
                        const { $crate::__private::attribute_name(stringify!($field)) },
                        $crate::IntoValue::into_value(self.$field),
                    );
                )*
            }

            fn into_attributes(
                self,
            ) -> ::std::collections::BTreeMap<::std::string::String, $crate::Value> {
                ::std::collections::BTreeMap::from([$(
                    (
                        ::std::string::String::from(const {
                            $crate::__private::attribute_name(stringify!($field))
                        }),
                        $crate::IntoValue::into_value(self.$field),
                    ),
                )*])
            }
        }

        impl $crate::IntoValue for $name {
            fn into_value(self) -> $crate::Value {
                $crate::Model::into_object(self)
            }
        }

        impl $crate::FieldType for $name {
            fn check_type(ty: &$crate::Type) -> ::std::result::Result<(), $crate::Mismatch> {
                $crate::__private::check_model_type::<Self>(ty)
            }

            fn from_value(
                value: &$crate::Value,
            ) -> ::std::result::Result<Self, $crate::Mismatches> {
                $crate::Model::from_object(value)
            }
        }
    )+};
}
