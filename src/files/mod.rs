//! Files as both doors need them: scenarios and placements read from where they lie (`load`, `folder`), and several
//! files put in place as one (`switch`), or where nothing is yet (`target`).
//!
//! Nothing here speaks to anybody: what was found, or stopped it, is handed on.

pub mod folder;
pub(crate) mod load;
pub(crate) mod switch;
pub(crate) mod target;

use crate::language::Message;

/// Who can mend what stopped a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blame {
    /// The user: other arguments, another file.
    User,
    /// The machine or the program failed.
    Inside,
}

/// What stopped a command.
#[derive(Debug)]
pub(crate) struct Failure {
    pub blame: Blame,
    pub message: Message,
}

impl Failure {
    /// The user can mend it: other arguments, another file.
    pub fn usage(message: Message) -> Self {
        Self { blame: Blame::User, message }
    }

    /// The machine or the program failed.
    pub fn inside(message: Message) -> Self {
        Self { blame: Blame::Inside, message }
    }
}
