//! Collecting what is wrong with a form, so that the person sees everything at once.
//! Not here: the codes and the fault that comes of it (`fault`, which offers this as its own).
//! What the rules refuse beside what could not be read is told together.

use std::collections::BTreeMap;

use crate::fault::{Code, Fault, FieldFault};

/// Collects what is wrong with a form, so that the person sees everything at once.
#[derive(Debug, Default)]
pub struct Check {
    fields: Vec<FieldFault>,
}

impl Check {
    /// Records a fault at a field.
    pub fn add(&mut self, field: &str, code: Code) {
        self.fields.push(FieldFault {
            field: field.to_owned(),
            code,
            facts: BTreeMap::new(),
        });
    }

    /// Records a fault with facts at a field.
    pub fn add_with(&mut self, field: &str, code: Code, facts: &[(&str, &dyn ToString)]) {
        let facts = facts
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.to_string()))
            .collect();
        self.fields.push(FieldFault {
            field: field.to_owned(),
            code,
            facts,
        });
    }

    /// Records what was found at a field of a field.
    pub fn add_below(&mut self, field: &str, found: FieldFault) {
        self.fields.push(FieldFault {
            field: format!("{field}.{}", found.field),
            ..found
        });
    }

    /// Ends the check together with what the rules refuse, so that nobody corrects a form in rounds. What could not be read was given
    /// to the rules as something harmless; of a field that both speak of, what was recorded here counts.
    pub fn finish_with(mut self, ruled: Result<(), Fault>) -> Result<(), Fault> {
        match ruled {
            Err(fault) if fault.fields.is_empty() && self.fields.is_empty() => return Err(fault),
            Err(fault) => {
                let places = ["city", "county", "street"];
                for found in fault.fields {
                    let told = self.fields.iter().any(|known| {
                        known.field == found.field
                            || found.field == "region" && places.contains(&known.field.as_str())
                    });
                    if !told {
                        self.fields.push(found);
                    }
                }
            }
            Ok(()) => {}
        }
        self.finish()
    }

    /// `Ok` when nothing was recorded.
    pub fn finish(self) -> Result<(), Fault> {
        if self.fields.is_empty() {
            Ok(())
        } else {
            Err(Fault::fields(self.fields))
        }
    }
}

#[cfg(test)]
mod together {
    use super::*;
    use crate::fault::both;

    fn names(fault: &Fault) -> Vec<&str> {
        fault.fields.iter().map(|it| it.field.as_str()).collect()
    }

    #[test]
    fn what_cannot_be_read_and_what_the_rules_refuse_is_told_at_once() {
        let mut check = Check::default();
        check.add("solved", Code::InputRequired);
        check.add("city", Code::InputRequired);
        let mut rules = Check::default();
        rules.add("handling", Code::InputTooShort);
        rules.add("solved", Code::InputCode);
        rules.add("region", Code::InputRequired);
        let fault = check.finish_with(rules.finish()).expect_err("three faults");
        assert_eq!(names(&fault), ["solved", "city", "handling"]);
        assert_eq!(fault.fields[0].code, Code::InputRequired);
        let alone = Check::default().finish_with(Err(Fault::denied()));
        assert_eq!(alone.map_err(|fault| fault.code), Err(Code::AccessDenied));
    }

    #[test]
    fn faults_of_two_readings_are_one_fault() {
        let title: Result<(), Fault> = Err(Fault::field("title", Code::InputTooShort));
        let form: Result<(), Fault> = Err(Fault::field("fields.days", Code::InputNumber));
        let fault = both(title, form).expect_err("two faults");
        assert_eq!(names(&fault), ["title", "fields.days"]);
        assert!(both(Ok(1), Ok(2)).is_ok());
    }
}
