//! Rows with names, from either database.

/// Defines a struct that is read from a row by the names of its columns.
macro_rules! from_row {
    ($(#[$about:meta])* $vis:vis struct $name:ident {
        $($(#[$about_field:meta])* $vis_field:vis $field:ident: $type:ty,)+
    }) => {
        $(#[$about])*
        $vis struct $name {
            $($(#[$about_field])* $vis_field $field: $type,)+
        }

        impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for $name
        where
            &'static str: sqlx::ColumnIndex<R>,
            $($type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,)+
        {
            fn from_row(row: &'r R) -> sqlx::Result<Self> {
                Ok(Self { $($field: row.try_get(stringify!($field))?,)+ })
            }
        }
    };
}

pub(super) use from_row;
