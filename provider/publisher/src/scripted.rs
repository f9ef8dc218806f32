//! For tests: an HTTPS server that answers by a script and remembers what it was asked.

pub(crate) mod certificates;
pub(crate) mod log;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::{Connection, Scope};
use certificates::Certificate;

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The request line and the headers.
    pub(crate) head: String,
    pub(crate) body: String,
    /// Which of the connections, from 0, it came over.
    pub(crate) connection: usize,
}

impl Request {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// What the server does about a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// A status, further headers (each with its line end) and a body.
    Answer(u16, &'static str, Vec<u8>),
    /// These bytes, whatever they are; then the connection is closed.
    Raw(Vec<u8>),
    /// The connection is closed without a word.
    Close,
    /// Nothing ever comes.
    Silence,
}

impl Reply {
    /// An answer of AXL, with what stands in `return`.
    pub(crate) fn found(content: &str) -> Self {
        let text = format!(
            "<?xml version='1.0' encoding='utf-8'?><soapenv:Envelope \
             xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/'><soapenv:Body><ns:someResponse \
             xmlns:ns='http://www.cisco.com/AXL/API/12.5'><return>{content}</return></ns:someResponse>\
             </soapenv:Body></soapenv:Envelope>"
        );
        Self::Answer(
            200,
            "Content-Type: text/xml;charset=utf-8\r\n",
            text.into_bytes(),
        )
    }

    /// A fault of AXL.
    pub(crate) fn fault(code: i32, message: &str) -> Self {
        let text = format!(
            "<soapenv:Envelope xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/'><soapenv:Body>\
             <soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>{message}</faultstring><detail>\
             <axlError><axlcode>{code}</axlcode><axlmessage>{message}</axlmessage></axlError></detail>\
             </soapenv:Fault></soapenv:Body></soapenv:Envelope>"
        );
        Self::Answer(500, "Content-Type: text/xml\r\n", text.into_bytes())
    }

    /// A status with a page for people.
    pub(crate) fn page(status: u16, text: &str) -> Self {
        let page = format!("<html><body>{text}</body></html>");
        Self::Answer(status, "Content-Type: text/html\r\n", page.into_bytes())
    }
}

type Script = dyn Fn(usize, &Request) -> Reply + Send + Sync;

/// The server. It ends with the test.
pub(crate) struct Server {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    connections: Arc<AtomicUsize>,
    _serving: JoinSet<()>,
}

impl Server {
    /// Starts it with a certificate for 127.0.0.1 that nobody vouches for. The script is told the number of
    /// the request, from 0.
    pub(crate) async fn start(
        script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::start_with(
            Certificate::self_signed("127.0.0.1").server_config(),
            script,
        )
        .await
    }

    /// Starts it with the certificate given.
    pub(crate) async fn start_with(
        config: ServerConfig,
        script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(AtomicUsize::new(0));
        let mut serving = JoinSet::new();
        serving.spawn(serve(
            listener,
            TlsAcceptor::from(Arc::new(config)),
            Arc::new(script),
            Arc::clone(&requests),
            Arc::clone(&connections),
        ));
        Self {
            port,
            requests,
            connections,
            _serving: serving,
        }
    }

    /// What it was asked so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// How many connections were made to it so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn serve(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    script: Arc<Script>,
    requests: Arc<Mutex<Vec<Request>>>,
    count: Arc<AtomicUsize>,
) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let number = count.fetch_add(1, Ordering::SeqCst);
        let (acceptor, script, requests) =
            (acceptor.clone(), Arc::clone(&script), Arc::clone(&requests));
        connections.spawn(async move {
            // A client that does not trust the certificate goes away here.
            if let Ok(stream) = acceptor.accept(stream).await {
                let _ = converse(BufReader::new(stream), number, &*script, &requests).await;
            }
        });
    }
}

async fn converse(
    mut stream: BufReader<impl AsyncRead + AsyncWrite + Unpin>,
    connection: usize,
    script: &Script,
    requests: &Mutex<Vec<Request>>,
) -> std::io::Result<()> {
    while let Some(request) = read_request(&mut stream, connection).await? {
        let number = {
            let mut requests = requests.lock().unwrap();
            requests.push(request.clone());
            requests.len() - 1
        };
        match script(number, &request) {
            Reply::Answer(status, headers, body) => {
                let head = format!(
                    "HTTP/1.1 {status} -\r\n{headers}Content-Length: {}\r\n\r\n",
                    body.len()
                );
                stream.write_all(head.as_bytes()).await?;
                stream.write_all(&body).await?;
                stream.flush().await?;
            }
            Reply::Raw(bytes) => {
                stream.write_all(&bytes).await?;
                return stream.shutdown().await;
            }
            Reply::Close => return stream.shutdown().await,
            Reply::Silence => std::future::pending().await,
        }
    }
    Ok(())
}

/// Reads a request; `None` where the client has gone.
async fn read_request(
    stream: &mut BufReader<impl AsyncRead + Unpin>,
    connection: usize,
) -> std::io::Result<Option<Request>> {
    let mut request = Request {
        head: String::new(),
        body: String::new(),
        connection,
    };
    while !request.head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut request.head).await? == 0 {
            return Ok(None);
        }
    }
    let length: usize = request
        .header("Content-Length")
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    request.body = String::from_utf8(body).unwrap();
    Ok(Some(request))
}

/// An HTTP proxy that answers CONNECT alone, and remembers what it was asked.
pub(crate) struct ProxyServer {
    pub(crate) port: u16,
    heads: Arc<Mutex<Vec<String>>>,
    _serving: JoinSet<()>,
}

impl ProxyServer {
    /// Starts it. Whatever it is asked to reach, it connects to this port of this machine.
    pub(crate) async fn start(target: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let mut serving = JoinSet::new();
        let remembered = Arc::clone(&heads);
        serving.spawn(async move {
            let mut tunnels = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let remembered = Arc::clone(&remembered);
                tunnels.spawn(async move {
                    let mut stream = BufReader::new(stream);
                    if let Ok(Some(request)) = read_request(&mut stream, 0).await {
                        remembered.lock().unwrap().push(request.head);
                        let mut there = TcpStream::connect(("127.0.0.1", target)).await.unwrap();
                        stream
                            .write_all(b"HTTP/1.1 200 Connected\r\n\r\n")
                            .await
                            .unwrap();
                        let _ = tokio::io::copy_bidirectional(&mut stream, &mut there).await;
                    }
                });
            }
        });
        Self {
            port,
            heads,
            _serving: serving,
        }
    }

    /// The heads of the requests it was sent.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

/// A connection to a scripted server on this port, which trusts any certificate.
pub(crate) fn connection(port: u16) -> Connection {
    Connection {
        address: format!("127.0.0.1:{port}").parse().unwrap(),
        node: None,
        username: "axl-user".to_owned(),
        password: "correct horse".into(),
        axl_version: None,
        ca_certificates: None,
        tls_server_name: None,
        insecure_skip_verify: true,
        proxy_url: None,
        request_timeout: Duration::from_secs(30),
        retry_timeout: Duration::from_secs(60),
        max_retries: 5,
        max_concurrent_reads: 4,
        max_concurrent_writes: 1,
    }
}

/// Limits that a test does not come near.
pub(crate) fn scope() -> Scope {
    Scope {
        deadline: Instant::now() + Duration::from_secs(60),
        cancellation: CancellationToken::new(),
    }
}
