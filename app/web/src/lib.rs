//! The browser entry: hydrates the server-rendered page. Nothing else lives here, so that the wasm build keeps LTO.
