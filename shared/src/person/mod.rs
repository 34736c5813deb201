//! Checks of what identifies a person or an organisation, and the masks for showing it.
//! Not here: encryption and HMAC (`store::seal`), who may see what (`access`).
//! Sources: `domain.md` section 1 (masks) and V02 to V04 of section 5.

mod conceal;
pub mod credit_code;
pub mod document;
pub mod email;
// Only the server looks for people; the browser has no tables to fold with.
#[cfg(not(target_arch = "wasm32"))]
mod found;
pub mod id_number;
pub mod mask;
pub mod organisation_code;
mod parts;
pub mod phone;

pub use conceal::{conceal, holds_mask, may_hold_number, restored};
#[cfg(not(target_arch = "wasm32"))]
pub use found::{name_form, number_form};
pub use mask::{
    mask_address, mask_credit_code, mask_degrees, mask_email, mask_id, mask_name,
    mask_organisation, mask_phone,
};
pub use parts::{CreditCode, DocumentNumber, EmailAddress, OrganisationNumber, PhoneNumber};
pub use phone::{is_mobile, normalise as normalise_phone};

/// Half-width form of full-width letters, digits and signs; other characters unchanged.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
