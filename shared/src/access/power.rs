//! What is kept apart: who runs the system, who gives rights, who reads the audit and who works on cases are four people (三员分立,
//! `domain.md` 1 and 9). It holds for every role, shipped or own, and for all posts of a person together.
//! Not here: who holds what (`post`), refusing it (services).

use super::Permission;
use super::grants::Grants;

codes! {
    /// What a permission belongs to.
    Power {
        System = "system", "system", "系统管理", "Running the system";
        Security = "security", "security", "授权管理", "Giving rights";
        Audit = "audit", "audit", "审计", "Reading the audit";
        Business = "business", "business", "业务", "Business";
        /// What the system administrator and business people both have: processes and long jobs.
        Technical = "technical", "technical", "技术", "Technical";
        /// What tells nothing of what a case is about and changes nothing: everybody may have it.
        Common = "common", "common", "通用", "Common";
    }
}

impl Permission {
    /// What the permission belongs to. Whatever is not named is business, so that no administrator has it unasked.
    pub const fn power(self) -> Power {
        match self {
            Self::UserManage | Self::KeyManage => Power::System,
            Self::RoleGrant => Power::Security,
            Self::AuditRead => Power::Audit,
            Self::OfficeReady | Self::TicketReaders | Self::PersonalLooks => Power::Common,
            Self::ProcessView | Self::ProcessManage | Self::JobManage | Self::AccountProvision => {
                Power::Technical
            }
            _ => Power::Business,
        }
    }
}

impl Power {
    /// The three whose last holder cannot be removed.
    pub const ADMINISTRATORS: [Self; 3] = [Self::System, Self::Security, Self::Audit];

    /// Whether one person may have both.
    pub const fn goes_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::Common, _) | (_, Self::Common) => true,
            (Self::Technical, it) | (it, Self::Technical) => {
                matches!(it, Self::System | Self::Business | Self::Technical)
            }
            _ => self as u8 == other as u8,
        }
    }
}

/// The powers of some roles together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Joined([bool; 6]);

impl Joined {
    /// Those of one role.
    pub fn of(grants: &Grants) -> Self {
        let mut joined = Self::default();
        joined.add(grants);
        joined
    }

    /// Adds what a role gives.
    pub fn add(&mut self, grants: &Grants) {
        for (permission, _) in grants.iter() {
            if let Some(has) = self.0.get_mut(permission.power() as usize) {
                *has = true;
            }
        }
    }

    /// Whether a power is among them.
    pub fn has(&self, power: Power) -> bool {
        self.0.get(power as usize).copied().unwrap_or_default()
    }

    /// Whether one person may have them all.
    ///
    /// # Errors
    /// The first two that exclude each other.
    pub fn check(&self) -> Result<(), (Power, Power)> {
        let all: Vec<Power> = Power::ALL
            .iter()
            .copied()
            .filter(|it| self.has(*it))
            .collect();
        for (index, one) in all.iter().enumerate() {
            if let Some(other) = all.iter().skip(index).find(|other| !one.goes_with(**other)) {
                return Err((*one, *other));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::access::post::may_join;

    const ADMINISTRATORS: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];

    #[test]
    fn every_shipped_role_is_one_duty_and_the_three_administrators_go_with_nobody() {
        let grants = Grants::of_shipped;
        for role in Role::ALL {
            assert_eq!(Joined::of(&grants(*role)).check(), Ok(()), "{role}");
            for administrator in ADMINISTRATORS.iter().filter(|it| *it != role) {
                let both = [grants(*role), grants(*administrator)];
                assert!(may_join(both.iter()).is_err(), "{role} {administrator}");
            }
        }
        let centre = [Role::Agent, Role::Dispatcher, Role::ProvincialManager].map(grants);
        assert_eq!(may_join(centre.iter()), Ok(()));
    }

    #[test]
    fn an_own_role_that_joins_two_is_told_which() {
        let joins = |text: &str| Joined::of(&Grants::read(text)).check();
        assert_eq!(
            joins("role.grant:province ticket.view:own"),
            Err((Power::Security, Power::Business))
        );
        assert_eq!(
            joins("audit.read:province job.manage:city"),
            Err((Power::Audit, Power::Technical))
        );
        assert_eq!(joins("user.manage:city job.manage:city"), Ok(()));
        assert_eq!(joins("report.view:city process.view:city"), Ok(()));
    }
}
