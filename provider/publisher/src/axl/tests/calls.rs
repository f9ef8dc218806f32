//! Whole calls, against a scripted server.

mod answering;
mod greeting;
mod retrying;

use crate::axl::Axl;
use crate::scripted::{Reply, Server, connection, scope};

const ONE_ROW: &str = "<row><pkid>1</pkid></row>";

fn axl(server: &Server) -> Axl {
    Axl::new(connection(server.port))
}

/// A server whose first request is answered with a row, so that the client knows it speaks AXL.
async fn known(then: impl Fn(usize) -> Reply + Send + Sync + 'static) -> (Server, Axl) {
    let server = Server::start(move |number, _| match number {
        0 => Reply::found(ONE_ROW),
        number => then(number),
    })
    .await;
    let axl = axl(&server);
    axl.query("SELECT", &scope()).await.unwrap();
    (server, axl)
}
