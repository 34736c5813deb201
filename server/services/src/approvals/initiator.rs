//! Whoever files a case, as definitions name him: the variable of other engines, and the word that lets him do a task of his own case.
//! Not here: the library of a case (`host::library`).

use bpmn::Definition;

/// The word by which a definition lets whoever filed a case do a task of it.
pub(crate) const SELF_ALLOWED: &str = "allowed";

/// The variable that other engines' files name for whoever files (`flowable:initiator` at the start).
pub(crate) fn initiator_variable(definition: &Definition) -> Option<&str> {
    let start = super::start::start_element(definition)?;
    definition.element(&start)?.vendor("initiator")
}

/// Whether a text is the initiator, and nothing else.
pub(crate) fn names_initiator(definition: &Definition, text: &str) -> bool {
    let text = text.trim();
    let inner = ["${", "#{"]
        .iter()
        .find_map(|sign| text.strip_prefix(sign)?.strip_suffix('}'))
        .or_else(|| text.strip_prefix('='));
    inner
        .map(str::trim)
        .is_some_and(|name| name == "initiator" || initiator_variable(definition) == Some(name))
}
