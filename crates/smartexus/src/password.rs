//! The password of encrypted PDFs: from a flag, a file or the environment, in this order.

use crate::cli::PasswordArgs;
use crate::configuration::Configuration;
use crate::exit::Stop;
use smartexus_platform::Secret;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A longer password does not fit into any PDF.
const PASSWORD_BYTES_MAX: u64 = 1024;

/// The password that was given, if one was.
pub(crate) fn given(args: &PasswordArgs, configuration: &Configuration) -> Result<Option<Secret>, Stop> {
    match (&args.password, &args.password_file) {
        (Some(password), _) => Ok(Some(Secret::new(password.clone()))),
        (None, Some(file)) => first_line(file).map(Some),
        (None, None) => Ok(configuration.password.clone()),
    }
}

fn first_line(file: &Path) -> Result<Secret, Stop> {
    let unreadable = |error: std::io::Error| {
        Stop::failed(format!("the password file cannot be read: {}", error.kind()))
            .advise("check the path after --password-file")
    };
    let mut line = String::new();
    let file = File::open(file).map_err(unreadable)?;
    BufReader::new(file.take(PASSWORD_BYTES_MAX)).read_line(&mut line).map_err(unreadable)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(Stop::failed("the first line of the password file is empty"));
    }
    Ok(Secret::new(password.to_owned()))
}
