//! What the reader accepts and refuses.
