//! The deployed versions of the process of applications, in memory as the ticket's are.
//! Not here: who does a task and until when (attributes of its element), the engine (`bpmn`).
//! An application stays on the version on which it was asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use bpmn::Definition;

use crate::fault::Failure;

/// Key of the definition that drives every application.
pub const KEY: &str = "application";
/// The definition as shipped.
pub const SHIPPED: &str = include_str!("../../../bpmn/definitions/application-3.bpmn");
/// Every version that was ever shipped, oldest first: what was asked for stays on its own.
pub const VERSIONS: [&str; 3] = [
    include_str!("../../../bpmn/definitions/application.bpmn"),
    include_str!("../../../bpmn/definitions/application-2.bpmn"),
    SHIPPED,
];

/// The deployed versions.
pub(crate) struct Versions {
    all: BTreeMap<i32, Arc<Definition>>,
    newest: i32,
}

impl Versions {
    /// Parses the deployed versions, each with whether new cases may start on it; one that cannot run is an error, since cases stand on it.
    pub fn load<'a>(
        versions: impl IntoIterator<Item = (i32, &'a str, bool)>,
    ) -> Result<Self, Failure> {
        let (mut all, mut newest) = (BTreeMap::new(), None);
        for (version, xml, is_active) in versions {
            let definition = Definition::parse(xml)
                .with_context(|| format!("definition {KEY} version {version}"))?;
            all.insert(version, Arc::new(definition));
            if is_active {
                newest = newest.max(Some(version));
            }
        }
        let last = all.last_key_value().map(|(version, _)| *version);
        let newest = newest
            .or(last)
            .ok_or_else(|| anyhow::anyhow!("no definition {KEY} is deployed"))?;
        Ok(Self { all, newest })
    }

    /// A version with its number; what new ones run on for an application that never ran.
    pub fn version(&self, version: i32) -> Result<(i32, &Arc<Definition>), Failure> {
        let version = if version == 0 { self.newest } else { version };
        let found = self
            .all
            .get(&version)
            .ok_or_else(|| anyhow::anyhow!("definition {KEY} version {version} is not deployed"))?;
        Ok((version, found))
    }
}

#[cfg(test)]
mod tests {
    use shared::access::Role;
    use shared::application::{ApplicationSort, ApplicationStatus};
    use shared::process::limit::Stage;
    use shared::ticket::Verb;

    use super::*;

    #[test]
    fn the_shipped_definition_speaks_our_words() {
        let definition = Definition::parse(SHIPPED).expect("the shipped definition is read");
        let (dispatcher, reviewer) = (Role::Dispatcher, Role::ClosingReviewer);
        for (task, verb, role) in [
            ("rule_on_return", "rule", dispatcher),
            ("rule_by_meeting", "confer", dispatcher),
            ("rule_on_extension", "rule-extension", dispatcher),
            ("rule_on_suspension", "rule-suspension", reviewer),
            ("rule_on_interim", "rule-interim", reviewer),
            ("rule_on_termination", "rule-termination", reviewer),
            ("rule_on_reopening", "rule-reopening", dispatcher),
        ] {
            let element = definition.element(task).expect(task);
            assert_eq!(element.attr("role").and_then(Role::parse), Some(role));
            assert_eq!(
                element.attr("limit").and_then(Stage::parse),
                Some(Stage::Rule)
            );
            assert_eq!(element.attr("verb"), Some(verb));
            assert!(Verb::parse(verb).is_some(), "{verb}");
        }
        for (task, role, verb) in [
            ("answer_directive", Role::UnitReviewer, "answer-directive"),
            ("judge_directive", Role::Supervisor, "judge-directive"),
            ("rule_on_difficult", Role::CentreLeader, "rule-difficult"),
            ("advise_on_ruling", reviewer, "advise-ruling"),
            ("decide_on_ruling", Role::CentreLeader, "decide-ruling"),
        ] {
            let element = definition.element(task).expect(task);
            assert_eq!(element.attr("role").and_then(Role::parse), Some(role));
            assert_eq!(element.attr("verb"), Some(verb));
            assert!(Verb::parse(verb).is_some(), "{verb}");
        }
        for end in ["granted", "refused", "lapsed"] {
            let element = definition.element(end).expect(end);
            let state = element.attr("state").and_then(ApplicationStatus::parse);
            assert!(state.is_some_and(|state| !state.is_open()), "{end}");
        }
        for sort in ApplicationSort::ALL {
            assert!(SHIPPED.contains(&format!("sort == \"{sort}\"")), "{sort}");
        }
    }

    #[test]
    fn nothing_deployed_is_an_error() {
        assert!(Versions::load([]).is_err());
    }
}
