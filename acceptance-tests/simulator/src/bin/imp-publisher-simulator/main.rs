//! The simulator as a program.

mod arguments;
mod report;
mod variables;

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;
use imp_publisher_simulator::schema::{Catalogue, SchemaDefinition, profile_file};
use imp_publisher_simulator::{ClusterOptions, Simulator, User, UserRole};

use arguments::{Arguments, Command, ProfileChoice, Serve};
use variables::EnvironmentFile;

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Serve(arguments) => serve(&arguments),
        Command::Profile { profile } => print_profile(&profile),
        Command::Schema { profile } => print_schema(&profile),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "imp-publisher-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(arguments: &Serve) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    // Wanted before the start, so that no signal finds the program unprepared.
    let stopped = runtime.block_on(async { stop_signal() })?;
    let environment = arguments.environment.as_deref().map(EnvironmentFile::new);
    let environment = environment.transpose()?;
    let simulator = start(arguments)?;
    let variables = variables::of(&simulator, &arguments.user, &arguments.password);
    if let Some(file) = environment {
        file.write(&variables)?;
    }
    let text = if arguments.json {
        report::as_json(&simulator, &arguments.user, &arguments.password)
    } else {
        report::as_text(&simulator, &variables)
    };
    let mut output = io::stdout();
    output.write_all(text.as_bytes())?;
    output.flush()?;
    runtime.block_on(stopped);
    Ok(())
}

fn start(arguments: &Serve) -> Result<Simulator, Box<dyn Error>> {
    let control = SocketAddr::new(arguments.control_listen, arguments.control_port);
    let mut builder = Simulator::builder().control(control);
    // Terraform runs in another folder, and is told what lies in this one.
    let data = arguments.data.as_deref().map(std::path::absolute);
    let data = data.transpose()?;
    if let Some(data) = &data {
        fs::create_dir_all(data)
            .map_err(|error| format!("the folder {} cannot be made: {error}", data.display()))?;
        builder = builder.directory(data);
    }
    for cluster in arguments.clusters() {
        let mut options = ClusterOptions::new(&cluster.name).with_schema(schema(&cluster.profile)?);
        for _ in 0..cluster.subscribers {
            options = options.with_subscriber();
        }
        if cluster.call_manager {
            options = options.with_call_manager();
        }
        options.nodes[0].port = cluster.port;
        options.nodes[0].certificate = cluster.certificate;
        for node in &mut options.nodes {
            node.host.clone_from(&cluster.host);
        }
        options.users = vec![
            User::new(&arguments.user, &arguments.password, UserRole::ReadWrite),
            User::new("axl-reader", &arguments.password, UserRole::ReadOnly),
            User::new("no-axl", &arguments.password, UserRole::None),
        ];
        options.listen = arguments.listen;
        options.latency = std::time::Duration::from_millis(arguments.latency_ms);
        options.learned_domains = cluster.learned_domains;
        options.xmpp_domains = cluster.xmpp_domains;
        options.companions = cluster.companions;
        options.duplicates = cluster.duplicates;
        if let Some(domain) = cluster.proxy_domain {
            options.proxy_domain = domain;
        }
        if let Some(data) = &data {
            options.data_file = Some(data.join(format!("{}.sqlite", cluster.name)));
        }
        builder = builder.cluster(options);
    }
    Ok(builder.start_blocking()?)
}

fn print_profile(choice: &ProfileChoice) -> Result<(), Box<dyn Error>> {
    let definition = schema(choice)?;
    let catalogue = Catalogue::of_im_and_presence(&definition);
    let text = serde_json::to_string_pretty(&profile_file(&definition, &catalogue))?;
    writeln!(io::stdout(), "{text}")?;
    Ok(())
}

fn print_schema(choice: &ProfileChoice) -> Result<(), Box<dyn Error>> {
    let text = serde_json::to_string_pretty(&schema(choice)?)?;
    writeln!(io::stdout(), "{text}")?;
    Ok(())
}

fn schema(choice: &ProfileChoice) -> Result<SchemaDefinition, Box<dyn Error>> {
    match choice {
        ProfileChoice::A => Ok(SchemaDefinition::a()),
        ProfileChoice::B => Ok(SchemaDefinition::b()),
        ProfileChoice::File(path) => read_schema(path),
    }
}

fn read_schema(path: &PathBuf) -> Result<SchemaDefinition, Box<dyn Error>> {
    let shown = path.display();
    let text =
        fs::read_to_string(path).map_err(|error| format!("{shown} cannot be read: {error}"))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{shown} is no schema: {error}"))?)
}

/// Completes at SIGINT or SIGTERM.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
