//! Numbers: Terraform has one type for all of them, Rust many. What does not fit is an error at the
//! attribute, never a silent rounding.

use tfplugin_values::{Number, Type, Value};

use super::convert::expect_type;
use super::{FieldType, IntoValue, Mismatch, Mismatches};

impl IntoValue for Number {
    fn into_value(self) -> Value {
        Value::Number(self)
    }
}

impl FieldType for Number {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        expect_type(ty, &Type::Number, "a number attribute")
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        match value {
            Value::Number(number) => Ok(number.clone()),
            _ => Err(Mismatch::new("a number").into()),
        }
    }
}

macro_rules! whole_numbers {
    ($($integer:ty),+) => {$(
        impl IntoValue for $integer {
            fn into_value(self) -> Value {
                Value::Number(Number::from(self))
            }
        }

        impl FieldType for $integer {
            fn check_type(ty: &Type) -> Result<(), Mismatch> {
                expect_type(ty, &Type::Number, "a number attribute")
            }

            fn from_value(value: &Value) -> Result<Self, Mismatches> {
                let number = Number::from_value(value)?;
                number
                    .to_i64()
                    .and_then(|whole| <$integer>::try_from(whole).ok())
                    .ok_or_else(|| {
                        Mismatch::new(format!(
                            "a whole number from {} to {}",
                            <$integer>::MIN,
                            <$integer>::MAX
                        ))
                        .into()
                    })
            }
        }
    )+};
}

whole_numbers!(i8, i16, i32, i64, u8, u16, u32);

impl IntoValue for u64 {
    fn into_value(self) -> Value {
        Value::Number(Number::from(self))
    }
}

impl FieldType for u64 {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        expect_type(ty, &Type::Number, "a number attribute")
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        Number::from_value(value)?
            .to_u64()
            .ok_or_else(|| Mismatch::new(format!("a whole number from 0 to {}", u64::MAX)).into())
    }
}
