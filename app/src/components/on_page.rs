//! What the server has put into the page for good, such as the rows of a list: the browser leaves it as it stands, so it is sent once,
//! as HTML, and not a second time as data. A page that the browser renders itself gets the data from a server function.
//! Not here: parts that change in the browser; those are ordinary views.

use leptos::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that only whoever renders needs: the server, or the browser on its way between pages. In the page's own data it is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct OnPage<T>(Option<T>);

impl<T> OnPage<T> {
    /// To be rendered here.
    pub fn new(value: T) -> Self {
        Self(Some(value))
    }

    /// The value; absent in a browser that finds it rendered.
    pub fn get(self) -> Option<T> {
        self.0
    }

    /// The body of a table. The server writes the rows as text, the browser keeps what it finds.
    pub fn tbody<V: IntoView + 'static>(self, rows: impl FnOnce(T) -> V) -> AnyView {
        #[cfg(feature = "ssr")]
        {
            let html = self.0.map(|value| rows(value).into_view().to_html());
            view! { <tbody inner_html=html.unwrap_or_default()></tbody> }.into_any()
        }
        #[cfg(not(feature = "ssr"))]
        match self.0 {
            Some(value) => view! { <tbody>{rows(value)}</tbody> }.into_any(),
            None => view! { <tbody inner_html=String::new()></tbody> }.into_any(),
        }
    }
}

impl<T> Serialize for OnPage<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de, T> Deserialize<'de> for OnPage<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self(None))
    }
}
