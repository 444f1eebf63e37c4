//! Printed dates.
