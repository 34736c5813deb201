//! The rights matrix as text, printed by the command line and kept as a snapshot for officials to read.
//! Not here: the cells (`policy`).
//! Scopes: O own, U unit, S unit subtree, C city, P province, - none.

use super::scope::ScopeKind;
use super::{Permission, Role, scope_for};

/// One line per permission, one column per role.
pub fn matrix() -> String {
    let mut out = format!("{:<24}", "permission");
    for role in Role::ALL {
        out.push_str(&format!(" {:>18}", role.as_str()));
    }
    for permission in Permission::ALL {
        out.push_str(&format!("\n{:<24}", permission.as_str()));
        for role in Role::ALL {
            let cell = match scope_for(*role, *permission) {
                None => "-",
                Some(ScopeKind::Own) => "O",
                Some(ScopeKind::Team) => "T",
                Some(ScopeKind::Unit) => "U",
                Some(ScopeKind::UnitTree) => "S",
                Some(ScopeKind::City) => "C",
                Some(ScopeKind::Province) => "P",
            };
            out.push_str(&format!(" {cell:>18}"));
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Actor, POLICY, Permission as P, Scope, Who};
    use crate::ids::UserId;

    fn actor(roles: &[Role]) -> Actor {
        Actor {
            who: Who::Person(UserId(uuid::Uuid::from_u128(7))),
            unit: Some("320100-ZJJ".into()),
            unit_path: Some("320000/320100/320100-ZJJ/".into()),
            region: Some("320100".into()),
            ..Actor::visitor()
        }
        .with_roles(roles)
    }

    #[test]
    fn the_matrix_is_read_by_a_person() {
        insta::assert_snapshot!(matrix());
    }

    #[test]
    fn no_cell_stands_twice_and_every_permission_belongs_to_somebody() {
        for (index, (role, permission, _)) in POLICY.iter().enumerate() {
            assert!(
                !POLICY[..index]
                    .iter()
                    .any(|(r, p, _)| r == role && p == permission),
                "{role} {permission} stands twice"
            );
        }
        for permission in P::ALL {
            assert!(
                POLICY.iter().any(|(_, p, _)| p == permission),
                "nobody may {permission}"
            );
        }
        for role in Role::ALL {
            assert!(
                POLICY.iter().any(|(r, _, _)| r == role),
                "{role} may nothing"
            );
        }
    }

    #[test]
    fn nobody_has_anything_without_a_role_and_the_system_has_everything() {
        for permission in P::ALL {
            assert_eq!(Actor::visitor().scope(*permission), None);
            assert_eq!(Actor::system().scope(*permission), Some(Scope::All));
        }
    }

    #[test]
    fn scopes_are_bound_to_the_person_and_the_widest_wins() {
        assert_eq!(
            actor(&[Role::Dispatcher]).scope(P::TicketView),
            Some(Scope::Region("3201".into()))
        );
        assert_eq!(
            actor(&[Role::Handler]).scope(P::TicketView),
            Some(Scope::Unit("320100-ZJJ".into()))
        );
        assert_eq!(
            actor(&[Role::UnitReviewer]).scope(P::TicketView),
            Some(Scope::UnitTree("320000/320100/320100-ZJJ/".into()))
        );
        assert_eq!(
            actor(&[Role::Agent]).scope(P::TicketView),
            Some(Scope::Own(UserId(uuid::Uuid::from_u128(7))))
        );
        assert_eq!(
            actor(&[Role::Agent, Role::Supervisor]).scope(P::TicketView),
            Some(Scope::Region("3201".into()))
        );
        assert_eq!(
            actor(&[Role::ProvincialManager, Role::Agent]).scope(P::TicketView),
            Some(Scope::All)
        );
        assert_eq!(actor(&[Role::Agent]).scope(P::TicketDispatch), None);
    }

    #[test]
    fn a_person_without_a_unit_sees_only_what_is_their_own() {
        let mut lost = actor(&[]);
        (lost.unit, lost.unit_path, lost.region) = (None, None, None);
        let lost = lost.with_roles(&[Role::Dispatcher]);
        assert!(matches!(lost.scope(P::TicketView), Some(Scope::Own(_))));
    }

    #[test]
    fn administrators_see_no_business_data() {
        for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor] {
            for permission in [
                P::TicketView,
                P::CitizenView,
                P::CitizenReveal,
                P::TicketExport,
                P::ReportView,
                P::RegisterEdit,
                P::RegisterPublish,
            ] {
                assert_eq!(scope_for(role, permission), None, "{role} {permission}");
            }
        }
    }
}
