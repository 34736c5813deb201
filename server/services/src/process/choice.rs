//! Which version of their process new tickets start on: by area and kind from a date, else the newest that holds for all, else the shipped one.
//! Pure. Not here: keeping it (`store::activations`), setting and withdrawing it (`approvals::owner::activate`).
//! The nearest area wins, in one area the kind, then what began later.

use shared::calendar::Instant;
use shared::place;
use shared::ticket::RequestKind;
use store::activations::Activation;
use store::definitions::Definition as Deployed;
use store::record::Ticket;

use super::VERSIONS;

/// The ticket that asks: the code of its street or county, its kind, when it starts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub place: &'a str,
    pub kind: RequestKind,
    pub at: Instant,
}

impl<'a> Asking<'a> {
    /// A ticket at an instant.
    pub fn of(ticket: &'a Ticket, at: Instant) -> Self {
        Self {
            place: ticket.street.as_deref().unwrap_or(&ticket.region),
            kind: ticket.kind,
            at,
        }
    }
}

/// Whether an activation counts at an instant.
pub(crate) fn counts(activation: &Activation, at: Instant) -> bool {
    activation.active_from <= at && activation.withdrawn_at.is_none_or(|until| at < until)
}

/// The version that an area or a kind has of its own; `None` where none does.
pub(super) fn of_its_own(activations: &[Activation], asking: &Asking<'_>) -> Option<i32> {
    let prefix = |activation: &Activation| {
        let area = activation.area.as_deref();
        area.map_or(0, |area| place::prefix(area).len())
    };
    let fits = |activation: &&Activation| {
        let area = activation.area.as_deref();
        counts(activation, asking.at)
            && area.is_none_or(|area| asking.place.starts_with(place::prefix(area)))
            && activation.kind.is_none_or(|kind| kind == asking.kind)
    };
    let found = activations.iter().filter(fits);
    found
        .max_by_key(|it| (prefix(it), it.kind.is_some(), it.active_from, it.id))
        .map(|activation| activation.version)
}

/// The version that holds for all at an instant: the newest active one, else the newest that was shipped, else the newest.
pub(super) fn for_all<'d>(
    deployed: impl Iterator<Item = &'d Deployed> + Clone,
    at: Instant,
) -> Option<i32> {
    let newest = |of: &mut dyn Iterator<Item = &'d Deployed>| of.map(|it| it.version).max();
    let active = newest(&mut deployed.clone().filter(|it| it.is_active(at)));
    active
        .or_else(|| {
            let shipped = |it: &&Deployed| VERSIONS.contains(&it.xml.as_str());
            newest(&mut deployed.clone().filter(shipped))
        })
        .or_else(|| newest(&mut deployed.clone()))
}

#[cfg(test)]
mod tests {
    use shared::ids::ActivationId;
    use uuid::Uuid;

    use super::*;

    fn activation(version: i32, area: Option<&str>, kind: Option<RequestKind>) -> Activation {
        Activation {
            id: ActivationId(Uuid::from_u128(u128::from(version.unsigned_abs()))),
            definition: super::super::TICKET_MAIN.to_owned(),
            version,
            area: area.map(str::to_owned),
            kind,
            active_from: Instant(100),
            by: None,
            by_name: None,
            withdrawn_at: None,
        }
    }

    fn chosen(all: &[Activation], place: &str, kind: RequestKind, at: i64) -> Option<i32> {
        let at = Instant(at);
        of_its_own(all, &Asking { place, kind, at })
    }

    #[test]
    fn the_nearest_area_wins_then_the_kind_then_the_later() {
        use RequestKind::{Complaint, Inquiry};
        let all = [
            activation(2, Some("320000"), Some(Complaint)),
            activation(3, Some("320100"), None),
            activation(4, Some("320100"), Some(Complaint)),
            activation(5, Some("320102"), None),
            activation(6, None, Some(Inquiry)),
        ];
        assert_eq!(
            chosen(&all, "320102", Complaint, 100),
            Some(5),
            "its county"
        );
        assert_eq!(
            chosen(&all, "320102001", Complaint, 100),
            Some(5),
            "its street"
        );
        assert_eq!(
            chosen(&all, "320104", Complaint, 100),
            Some(4),
            "the kind in the city"
        );
        assert_eq!(chosen(&all, "320104", Inquiry, 100), Some(3), "the city");
        assert_eq!(
            chosen(&all, "320500", Complaint, 100),
            Some(2),
            "the province"
        );
        assert_eq!(
            chosen(&all, "320500", Inquiry, 100),
            Some(6),
            "the kind alone"
        );
        assert_eq!(
            chosen(&all, "320102", Complaint, 99),
            None,
            "not before it begins"
        );
        let mut later = activation(7, Some("320102"), None);
        later.active_from = Instant(150);
        let mut withdrawn = activation(8, Some("320102"), None);
        (withdrawn.active_from, withdrawn.withdrawn_at) = (Instant(160), Some(Instant(170)));
        let all = [all.as_slice(), &[later, withdrawn]].concat();
        for (at, version) in [(149, 5), (150, 7), (165, 8), (170, 7)] {
            assert_eq!(chosen(&all, "320102", Complaint, at), Some(version), "{at}");
        }
    }
}
