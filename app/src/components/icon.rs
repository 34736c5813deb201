//! The few line icons, drawn inline so that they take the colour of the text and need no request.
//! Always beside words: every icon is hidden from screen readers.
//! Not here: the product's sign (`public/favicon.svg`).

use leptos::prelude::*;

/// Which icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// File a complaint.
    Write,
    /// Look up.
    Search,
    /// Common questions.
    Question,
    /// On time.
    Tick,
    /// Due soon.
    Clock,
    /// Overdue, warning.
    Alert,
    /// Position.
    Pin,
    /// Copy.
    Copy,
    /// Camera.
    Camera,
    /// Take out.
    Cross,
    /// Telephone.
    Phone,
    /// Desk of the agents.
    Desk,
    /// List.
    List,
    /// To-dos.
    Inbox,
    /// Report.
    Chart,
    /// Person.
    Person,
    /// Keys.
    #[cfg(feature = "staff")]
    Key,
    /// Approvals.
    #[cfg(feature = "staff")]
    Stamp,
    /// Processes.
    #[cfg(feature = "staff")]
    Flow,
    /// Notifications.
    #[cfg(feature = "staff")]
    Letter,
    /// Notices.
    #[cfg(feature = "staff")]
    Bell,
}

impl Icon {
    /// The path of the icon on a grid of 24.
    const fn path(self) -> &'static str {
        match self {
            #[cfg(feature = "staff")]
            Self::Bell => "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
            #[cfg(feature = "staff")]
            Self::Key => "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l9-9M17 6l3 3M14 9l2 2",
            Self::Write => "M4 20h4L19 9l-4-4L4 16v4zM13.5 6.5l4 4",
            Self::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
            Self::Question => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 17v.01"
            }
            Self::Tick => "M5 12.5l4.5 4.5L19 7.5",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
            Self::Alert => "M12 4l9 16H3L12 4zM12 10v4M12 17v.01",
            Self::Pin => {
                "M12 21s7-6.3 7-11.5a7 7 0 1 0-14 0C5 14.700 12 21 12 21zM12 7a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z"
            }
            Self::Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
            Self::Camera => {
                "M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z"
            }
            Self::Cross => "M6 6l12 12M18 6L6 18",
            Self::Phone => {
                "M6 3h4l2 5-2.500 1.500a11 11 0 0 0 5 5L16 12l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z"
            }
            Self::Desk => {
                "M4 13a8 8 0 0 1 16 0M4 13v4h3v-5H4.100M20 13v4h-3v-5h2.900M17 17c0 2-2 3-5 3"
            }
            Self::List => "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
            Self::Inbox => "M4 13l2-8h12l2 8v6H4zM4 13h5l1.500 2.500h3L15 13h5",
            Self::Chart => "M4 20h16M7 16v-5M12 16V6M17 16v-8",
            #[cfg(feature = "staff")]
            Self::Stamp => "M9 10.500V7.500a3 3 0 1 1 6 0v3l4 2v4H5v-4zM5 20h14",
            #[cfg(feature = "staff")]
            Self::Flow => "M3 4h7v5H3zM14 15h7v5h-7zM6.500 9v8.500H14M10 6.500h7.500V15",
            #[cfg(feature = "staff")]
            Self::Letter => "M4 6h16v12H4zM4 7l8 6 8-6",
            Self::Person => {
                "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20c1-4 4-6 7.500-6s6.500 2 7.500 6"
            }
        }
    }
}

/// Draws an icon in the size that its surroundings give, with the strokes of `.draw`: a list has one in each row.
#[component]
pub fn Draw(
    /// Which.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="draw" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}

/// The product's sign: a speech bubble with a tick, both strokes of 声 and of an answer.
#[component]
pub fn Sign() -> impl IntoView {
    view! {
        <svg class="sign" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="7" fill="#1660c9"></rect>
            <path d="M7 9.500A2.500 2.500 0 0 1 9.500 7h13A2.500 2.500 0 0 1 25 9.500v9a2.500 2.500 0 0 1-2.500 2.500H15l-5 4.500V21h-.500A2.500 2.500 0 0 1 7 18.500z" fill="#fff"></path>
            <path d="M11.500 14l3.200 3.200 6-6.200" fill="none" stroke="#1660c9" stroke-width="2.400" stroke-linecap="round" stroke-linejoin="round"></path>
        </svg>
    }
}
