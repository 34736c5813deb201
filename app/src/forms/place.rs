//! The place in a posted form: city, district and street as three lists; the street's code contains the district's.
//! Used by the citizen's form and by the agent's desk.
//! Not here: which divisions there are (`services::directory`).

use shared::fault::{Code, Fault, FieldFault};

use super::Fields;

/// What the command calls the place.
pub const REGION: &str = "region";

/// A district of another city, or a street of another district, was left from an earlier choice: it goes.
pub fn settle(fields: &mut Fields) {
    let (city, county, street) = lists(fields);
    let county_fits = !city.is_empty() && county.starts_with(shared::place::prefix(&city));
    if !county_fits {
        fields.remove("county");
    }
    if !county_fits || !street.starts_with(&county) || county.is_empty() {
        fields.remove("street");
    }
}

/// The most exact code that was chosen, down from the district; empty without one.
pub fn region(fields: &Fields) -> String {
    let (_, county, street) = lists(fields);
    if street.is_empty() { county } else { street }
}

/// The command speaks of `region` and of flags, the form has lists and one choice of identity; a refused draft is shown at the photos.
pub fn at_the_forms_fields(mut fault: Fault, fields: &Fields) -> Fault {
    let (city, county, street) = lists(fields);
    let list = if city.is_empty() {
        "city"
    } else if county.is_empty() || street.is_empty() {
        "county"
    } else {
        "street"
    };
    for FieldFault { field, code, facts } in &mut fault.fields {
        match field.as_str() {
            REGION => {
                list.clone_into(field);
                if *code == Code::InputRequired {
                    facts.insert("choice".to_owned(), "1".to_owned());
                }
            }
            "draft" => "photos".clone_into(field),
            "anonymous" | "confidential" => "identity".clone_into(field),
            _ => {}
        }
    }
    fault
}

fn lists(fields: &Fields) -> (String, String, String) {
    (
        fields.text("city"),
        fields.text("county"),
        fields.text("street"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(street: &str, city: &str) -> Fields {
        Fields::of(&[("city", city), ("county", "320106"), ("street", street)])
    }

    #[test]
    fn a_place_of_another_city_goes() {
        let mut posted = fields("320106001", "320200");
        settle(&mut posted);
        assert_eq!((posted.get("county"), posted.get("street")), (None, None));
        let mut posted = fields("320106001", "320100");
        settle(&mut posted);
        assert_eq!(posted.get("street"), Some("320106001"));
    }

    #[test]
    fn the_most_exact_code_is_the_place() {
        assert_eq!(region(&fields("320106001", "320100")), "320106001");
        assert_eq!(region(&fields("", "320100")), "320106");
    }
}
