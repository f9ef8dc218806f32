use super::*;
use crate::scripted::certificates::{Authority, Certificate, Request};
use crate::scripted::{ProxyServer, Reply, Server, connection};

async fn ask(connection: &Connection) -> Result<Answer, Failure> {
    Http::new()
        .post(
            connection,
            "/axl/",
            "CUCM:DB ver=12.5 getCUPVersion",
            "<request/>".to_owned(),
            Duration::from_secs(30),
        )
        .await
}

/// Whether a client with this authority and this name trusts a server with this certificate; else why not.
async fn trust(
    certificate: &Certificate,
    authority: Option<String>,
    server_name: Option<&str>,
) -> Result<(), String> {
    let server = Server::start_with(certificate.server_config(), |_, _| Reply::found("")).await;
    let asked = ask(&Connection {
        ca_certificates: authority,
        tls_server_name: server_name.map(str::to_owned),
        insecure_skip_verify: false,
        ..connection(server.port)
    })
    .await;
    match asked {
        Ok(_) => Ok(()),
        Err(Failure::NotSent(Error::Certificate { cause, .. })) => {
            assert!(server.requests().is_empty());
            Err(cause)
        }
        Err(failure) => panic!("{failure:?}"),
    }
}

#[tokio::test]
async fn a_certificate_of_a_given_authority_is_trusted() {
    let authority = Authority::new("Company CA");
    let certificate = authority.sign(&Request::for_name("127.0.0.1"));
    assert_eq!(
        trust(&certificate, Some(authority.pem()), None).await,
        Ok(())
    );
    // Beside another authority in the same file.
    let both = Authority::new("Other CA").pem() + &authority.pem();
    assert_eq!(trust(&certificate, Some(both), None).await, Ok(()));
}

#[tokio::test]
async fn a_self_signed_certificate_is_trusted_where_it_was_given() {
    for certificate in [
        Certificate::self_signed("127.0.0.1"),
        Request::for_name("127.0.0.1").authority().self_signed(),
    ] {
        let pem = certificate.pem();
        assert_eq!(trust(&certificate, Some(pem), None).await, Ok(()));
        let cause = trust(&certificate, None, None).await.unwrap_err();
        assert!(cause.contains("self-signed"), "{cause}");
    }
}

#[tokio::test]
async fn an_authority_that_did_not_sign_it_does_not_help() {
    let certificate = Authority::new("Company CA").sign(&Request::for_name("127.0.0.1"));
    let other = Authority::new("Company CA").pem();
    let cause = trust(&certificate, Some(other), None).await.unwrap_err();
    assert!(cause.contains("authority"), "{cause}");
    // The same name on another certificate: the one that was given is meant, and no other.
    let impostor = Request::for_name("127.0.0.1").authority().self_signed();
    let given = Request::for_name("127.0.0.1").authority().self_signed();
    trust(&impostor, Some(given.pem()), None).await.unwrap_err();
}

#[tokio::test]
async fn another_name_is_refused_unless_it_is_the_one_expected() {
    let authority = Authority::new("Company CA");
    for (certificate, pem) in [
        {
            let signed = authority.sign(&Request::for_name("imp-pub.example.com"));
            (signed, authority.pem())
        },
        {
            let own = Request::for_name("imp-pub.example.com")
                .authority()
                .self_signed();
            let pem = own.pem();
            (own, pem)
        },
    ] {
        let expecting = |name| trust(&certificate, Some(pem.clone()), name);
        let cause = expecting(None).await.unwrap_err();
        assert!(cause.contains("imp-pub.example.com"), "{cause}");
        assert_eq!(expecting(Some("imp-pub.example.com")).await, Ok(()));
        expecting(Some("imp-sub.example.com")).await.unwrap_err();
    }
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let authority = Authority::new("Company CA");
    let signed = authority.sign(&Request::for_name("127.0.0.1").expired());
    let cause = trust(&signed, Some(authority.pem()), None)
        .await
        .unwrap_err();
    assert_eq!(cause, "it has expired");
    let own = Request::for_name("127.0.0.1")
        .authority()
        .expired()
        .self_signed();
    let cause = trust(&own, Some(own.pem()), None).await.unwrap_err();
    assert_eq!(cause, "it has expired");
}

#[tokio::test]
async fn the_insecure_switch_trusts_whatever_comes() {
    let certificate = Request::for_name("elsewhere.example.com")
        .expired()
        .self_signed();
    let server = Server::start_with(certificate.server_config(), |_, _| Reply::found("")).await;
    assert_eq!(ask(&connection(server.port)).await.unwrap().status, 200);
}

#[tokio::test]
async fn certificate_files_without_certificates_are_settings_to_correct() {
    for (pem, says) in [
        ("", "holds no certificate"),
        (
            "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
            "PEM",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "cannot be used",
        ),
    ] {
        let refused = ask(&Connection {
            ca_certificates: Some(pem.to_owned()),
            insecure_skip_verify: false,
            ..connection(1)
        })
        .await;
        let Err(Failure::NotSent(Error::Settings { problem })) = refused else {
            panic!("{refused:?}");
        };
        assert!(problem.contains(says), "{problem}");
    }
}

#[tokio::test]
async fn a_request_has_the_headers_of_soap_and_the_users_credentials() {
    let server = Server::start(|_, _| Reply::found("")).await;
    ask(&connection(server.port)).await.unwrap();
    let request = &server.requests()[0];
    assert!(
        request.head.starts_with("POST /axl/ HTTP/1.1\r\n"),
        "{}",
        request.head
    );
    assert_eq!(
        request.header("Content-Type"),
        Some("text/xml; charset=utf-8")
    );
    assert_eq!(
        request.header("SOAPAction"),
        Some("\"CUCM:DB ver=12.5 getCUPVersion\"")
    );
    // axl-user:correct horse
    assert_eq!(
        request.header("Authorization"),
        Some("Basic YXhsLXVzZXI6Y29ycmVjdCBob3JzZQ==")
    );
    assert_eq!(request.body, "<request/>");
}

#[tokio::test]
async fn the_session_is_kept_by_its_cookies() {
    let server = Server::start(|_, _| {
        Reply::Answer(
            200,
            "Set-Cookie: JSESSIONIDSSO=one; Path=/; Secure; HttpOnly\r\n\
             Set-Cookie: JSESSIONID=two; Path=/axl; Secure\r\n\
             Set-Cookie: JSESSIONID=three; Path=/axl; Secure\r\n",
            Vec::new(),
        )
    })
    .await;
    let connection = connection(server.port);
    let http = Http::new();
    for _ in 0..2 {
        let timeout = Duration::from_secs(30);
        http.post(&connection, "/axl/", "", String::new(), timeout)
            .await
            .unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests[0].header("Cookie"), None);
    let cookies = requests[1].header("Cookie").unwrap();
    assert!(cookies.contains("JSESSIONIDSSO=one"), "{cookies}");
    assert!(
        cookies.contains("JSESSIONID=three") && !cookies.contains("two"),
        "{cookies}"
    );
    assert_eq!(requests[1].connection, 0);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::start(|_, _| Reply::found("")).await;
    let location: &'static str =
        format!("Location: https://127.0.0.1:{}/axl/\r\n", elsewhere.port).leak();
    let server = Server::start(move |_, _| Reply::Answer(307, location, Vec::new())).await;
    assert_eq!(ask(&connection(server.port)).await.unwrap().status, 307);
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_proxy_sees_its_own_credentials_and_never_the_publishers() {
    let server = Server::start(|_, _| Reply::found("")).await;
    let proxy = ProxyServer::start(server.port).await;
    let through = Connection {
        address: "imp-pub.example.com".parse().unwrap(),
        proxy_url: Some(format!("http://someone:hidden@127.0.0.1:{}", proxy.port)),
        ..connection(server.port)
    };
    ask(&through).await.unwrap();
    let heads = proxy.heads();
    assert_eq!(heads.len(), 1);
    assert!(
        heads[0].starts_with("CONNECT imp-pub.example.com:8443 "),
        "{}",
        heads[0]
    );
    assert!(
        heads[0]
            .to_lowercase()
            .contains("\r\nproxy-authorization: basic ")
    );
    assert!(
        !heads[0].to_lowercase().contains("\r\nauthorization:"),
        "{}",
        heads[0]
    );
    let request = &server.requests()[0];
    assert!(request.header("Proxy-Authorization").is_none());
    assert!(!format!("{through:?}").contains("hidden"));
    assert!(!format!("{through:?}").contains("horse"));
}

#[tokio::test]
async fn a_malformed_proxy_is_refused_without_showing_it() {
    let refused = ask(&Connection {
        proxy_url: Some("http://someone:hidden@[".to_owned()),
        ..connection(1)
    })
    .await;
    let Err(Failure::NotSent(error @ Error::Settings { .. })) = refused else {
        panic!("{refused:?}");
    };
    assert!(!error.to_string().contains("hidden"), "{error}");
}

#[tokio::test]
async fn nobody_listening_means_nothing_was_sent() {
    let port = Server::start(|_, _| Reply::found("")).await.port;
    let refused = ask(&connection(port)).await;
    assert!(
        matches!(refused, Err(Failure::NotSent(Error::Unreachable { .. }))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn an_answer_that_breaks_off_leaves_the_effect_open() {
    for raw in [
        &b""[..],
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<a",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<a",
        b"220 mail.example.com ESMTP\r\n",
    ] {
        let server = Server::start(move |_, _| Reply::Raw(raw.to_vec())).await;
        let broken = ask(&connection(server.port)).await;
        assert!(
            matches!(broken, Err(Failure::NoAnswer(Error::Unreachable { .. }))),
            "{broken:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_not_waited_for_forever() {
    let server = Server::start(|_, _| Reply::Silence).await;
    let silent = Connection {
        request_timeout: Duration::from_millis(300),
        ..connection(server.port)
    };
    let http = Http::new();
    let nothing = http
        .post(&silent, "/axl/", "", String::new(), silent.request_timeout)
        .await;
    assert!(
        matches!(nothing, Err(Failure::NoAnswer(Error::TimedOut { .. }))),
        "{nothing:?}"
    );
}

#[tokio::test]
async fn an_endless_answer_is_left_at_the_limit() {
    let server = Server::start(|_, _| Reply::Answer(200, "", vec![b'<'; LONGEST_ANSWER + 1])).await;
    let Err(Failure::TooLong(begun)) = ask(&connection(server.port)).await else {
        panic!();
    };
    assert!(!begun.body.is_empty() && begun.body.len() <= LONGEST_ANSWER);
}
