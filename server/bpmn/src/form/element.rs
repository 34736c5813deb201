//! Elements of a file to fields: `ms:field`, `formProperty` (Flowable, Activiti) and `formData` (Camunda).
//! Not here: whether they make sense (`check::form`). A type that is not known is asked for as text.
//! Next: `typed`.

use super::{FieldClass, FieldKind, FieldOption, FormField};
use crate::model::{ElementView, MS, VENDORS};

/// A field as it stands in the file.
pub(crate) struct Asked {
    /// The field; without id where the file gives none.
    pub field: FormField,
    /// The type as written, if it is none that is known.
    pub unknown: Option<String>,
    /// The class as written, if it is none that is known.
    pub no_class: Option<String>,
    /// Line in the file.
    pub line: u32,
}

/// All fields of an element, in order, also those without id and with an id that another one has.
pub(crate) fn asked(element: ElementView<'_>) -> Vec<Asked> {
    let mut found = Vec::new();
    for child in element.extensions() {
        match (child.namespace(), child.kind()) {
            (MS, "field") => found.push(own(child)),
            // What cannot be written is only shown there, so nobody is asked for it.
            (namespace, "formProperty")
                if VENDORS.contains(&namespace) && child.plain("writable") != Some("false") =>
            {
                found.push(property(child));
            }
            (namespace, "formData") if VENDORS.contains(&namespace) => {
                let fields = child.children().filter(|field| field.kind() == "formField");
                found.extend(fields.map(data));
            }
            _ => {}
        }
    }
    found
}

/// An attribute that says something.
fn said(element: ElementView<'_>, name: &str) -> Option<String> {
    element
        .plain(name)
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A first value that would have to be computed is left out, since forms are shown before anything runs.
fn default(element: ElementView<'_>, name: &str) -> Option<String> {
    said(element, name).filter(|text| !text.starts_with("${") && !text.starts_with("#{"))
}

/// Fields of this product: `<ms:field id="" name="" name_en="" type="" required="" options="" default="" max=""/>`.
fn own(element: ElementView<'_>) -> Asked {
    let word = said(element, "type");
    let kind = match word.as_deref() {
        None => Some(FieldKind::Text),
        Some(word) => FieldKind::ALL
            .into_iter()
            .find(|kind| kind.key() == word)
            .or_else(|| personal(word).map(|_| FieldKind::Text)),
    };
    let options = element.plain("options").unwrap_or_default();
    let field = FormField {
        name_en: said(element, "name_en"),
        options: options.split('|').filter_map(option).collect(),
        default: default(element, "default"),
        max: said(element, "max").and_then(|max| max.parse().ok()),
        ..blank(element, said(element, "name"), kind)
    };
    Asked {
        field,
        unknown: word.filter(|_| kind.is_none()),
        no_class: no_class(element),
        line: element.line(),
    }
}

/// `value:中文:English`; what is missing is the value itself, or nothing.
fn option(text: &str) -> Option<FieldOption> {
    let mut parts = text
        .splitn(3, ':')
        .map(|part| Some(part.trim().to_owned()).filter(|part| !part.is_empty()));
    let value = parts.next()??;
    let label = parts.next().flatten().unwrap_or_else(|| value.clone());
    Some(FieldOption {
        value,
        label,
        label_en: parts.next().flatten(),
    })
}

/// `<flowable:formProperty id="" name="" type="" required="" default="" variable=""><value id="" name=""/></…>`.
fn property(element: ElementView<'_>) -> Asked {
    let (kind, unknown) = vendor_kind(element);
    let mut field = FormField {
        default: default(element, "default"),
        options: values(element),
        ..blank(element, said(element, "name"), kind)
    };
    // The value may go to a variable of another name.
    if let Some(variable) = said(element, "variable") {
        field.id = variable;
    }
    Asked {
        field,
        unknown,
        no_class: no_class(element),
        line: element.line(),
    }
}

/// `<camunda:formField id="" label="" type="" defaultValue=""><camunda:validation>…<camunda:value id="" name=""/></…>`.
fn data(element: ElementView<'_>) -> Asked {
    let (kind, unknown) = vendor_kind(element);
    let constraint = |name: &str| {
        element
            .children()
            .filter(|child| child.kind() == "validation")
            .flat_map(ElementView::children)
            .find(|child| child.kind() == "constraint" && child.plain("name") == Some(name))
    };
    let field = FormField {
        required: constraint("required")
            .is_some_and(|found| found.plain("config") != Some("false")),
        default: default(element, "defaultValue"),
        options: values(element),
        max: constraint("maxlength")
            .and_then(|found| said(found, "config"))
            .and_then(|max| max.parse().ok()),
        ..blank(element, said(element, "label"), kind)
    };
    Asked {
        field,
        unknown,
        no_class: no_class(element),
        line: element.line(),
    }
}

fn blank(element: ElementView<'_>, name: Option<String>, kind: Option<FieldKind>) -> FormField {
    let id = said(element, "id").unwrap_or_default();
    FormField {
        name: name.unwrap_or_else(|| id.clone()),
        id,
        name_en: None,
        kind: kind.unwrap_or(FieldKind::Text),
        required: element.plain("required") == Some("true"),
        options: Vec::new(),
        default: None,
        max: None,
        class: class(element),
    }
}

/// The class as the file says it: `class` on our own fields, `ms:class` on those of other engines, or a type that is one.
fn class(element: ElementView<'_>) -> Option<FieldClass> {
    match class_word(element) {
        // What cannot be told is kept back.
        Some(word) => Some(FieldClass::by_word(&word).unwrap_or(FieldClass::Hidden)),
        None => personal(&said(element, "type")?),
    }
}

fn class_word(element: ElementView<'_>) -> Option<String> {
    let plain = said(element, "class").filter(|_| element.namespace() == MS);
    let ours = element.attr("class").map(str::trim);
    let ours = ours.filter(|word| !word.is_empty()).map(str::to_owned);
    plain.or(ours)
}

fn no_class(element: ElementView<'_>) -> Option<String> {
    class_word(element).filter(|word| FieldClass::by_word(word).is_none())
}

/// Types that are text of a class, also by the words that other form tools use.
fn personal(word: &str) -> Option<FieldClass> {
    match word.to_ascii_lowercase().as_str() {
        "phone" | "mobile" | "tel" | "telephone" => Some(FieldClass::Phone),
        "id_number" | "idcard" | "id_card" | "idnumber" => Some(FieldClass::IdNumber),
        "address" => Some(FieldClass::Address),
        "email" => Some(FieldClass::Email),
        "hidden" => Some(FieldClass::Hidden),
        _ => None,
    }
}

/// The kind, or the word that is none.
fn vendor_kind(element: ElementView<'_>) -> (Option<FieldKind>, Option<String>) {
    let Some(word) = said(element, "type") else {
        return (Some(FieldKind::Text), None);
    };
    let kind = match word.as_str() {
        "string" => Some(FieldKind::Text),
        "long" | "int" | "integer" | "double" | "float" => Some(FieldKind::Number),
        "boolean" => Some(FieldKind::Bool),
        "date" => Some(FieldKind::Date),
        "enum" => Some(FieldKind::Choice),
        "user" => Some(FieldKind::Person),
        other => personal(other).map(|_| FieldKind::Text),
    };
    let unknown = kind.is_none().then_some(word);
    (kind, unknown)
}

fn values(element: ElementView<'_>) -> Vec<FieldOption> {
    element
        .children()
        .filter(|child| child.kind() == "value")
        .filter_map(|child| {
            let value = said(child, "id")?;
            Some(FieldOption {
                label: said(child, "name").unwrap_or_else(|| value.clone()),
                value,
                label_en: None,
            })
        })
        .collect()
}
