//! The arithmetic proof.
