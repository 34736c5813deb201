//! What the citizen's form and the agent's desk have in common: what was posted becomes the one command, and a refusal comes back at the fields
//! that the form has.
//! Not here: what the fields may hold (`shared::ticket::command`), the place's lists (`place`).

use services::Ctx;
use shared::command::{Command as _, Sent};
use shared::fault::Fault;
use shared::ticket::command::Register;
use shared::ticket::view::Registered;

use super::{Fields, place};

/// Registers what was posted, of the names that the form has.
pub async fn register(
    ctx: &Ctx,
    fields: &Fields,
    has: fn(&str) -> bool,
) -> Result<Registered, Fault> {
    let done = match read(fields, has) {
        Ok(command) => services::tickets::register(ctx, command).await,
        Err(fault) => Err(fault),
    };
    done.map_err(|fault| place::at_the_forms_fields(fault, fields))
}

/// The command; everything that is missing or cannot be read is told together.
pub fn read(fields: &Fields, has: fn(&str) -> bool) -> Result<Register, Fault> {
    let mut pairs: Vec<(String, String)> = fields
        .pairs()
        .iter()
        .filter(|(name, _)| has(name) && name != place::REGION)
        .cloned()
        .collect();
    pairs.push((place::REGION.to_owned(), place::region(fields)));
    Register::read(Sent::form(&pairs))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// The fields at which a form is refused, in its own words.
    pub fn refused(fields: &Fields, has: fn(&str) -> bool) -> Vec<String> {
        let fault = read(fields, has).expect_err("it is refused");
        let fault = place::at_the_forms_fields(fault, fields);
        fault.fields.into_iter().map(|at| at.field).collect()
    }
}
