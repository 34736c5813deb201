//! The one error of the server functions: a `Fault` and nothing else, as JSON, with the fault's HTTP status (I11, P-07).
//! There is deliberately no `From` for foreign errors: what fails below became a fault in the services.
//! Sentences for the codes are in `shared::text::faults`; how a page shows them is in `components::fault`.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use shared::fault::{Code, Fault};

/// A failure of a server function, as page and program see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AppError(pub Fault);

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        let code = match value {
            // The browser did not reach the server: nothing is lost, trying again helps.
            ServerFnErrorErr::Request(_) => Code::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Code::InputBody,
            // On the server only a body is read; what cannot be read there is the sender's fault.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => Code::InputBody,
            _ => Code::Broken,
        };
        // The library would answer every failure of its own with 500.
        #[cfg(feature = "ssr")]
        set_status(code.class().status());
        Self(Fault::new(code))
    }
}

/// Ends a server function: the fault's status goes to the response, so that page and program see the same.
#[cfg(feature = "ssr")]
pub fn settle<T>(result: Result<T, Fault>) -> Result<T, AppError> {
    result.map_err(|fault| {
        set_status(fault.status());
        AppError(fault)
    })
}

/// Sets the HTTP status of the page or call that is being answered.
#[cfg(feature = "ssr")]
pub fn set_status(status: u16) {
    use leptos::prelude::use_context;

    if let (Some(response), Ok(status)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        axum::http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
}
