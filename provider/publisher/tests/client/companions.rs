//! The rows that go with a domain.

use imp_publisher::Error;
use imp_publisher::domain::Pkid;
use imp_publisher_simulator::{ClusterOptions, CompanionsMadeBy, Fault, FaultKind, Subject, Verb};

use crate::practice::{NAME, Practice, created_domain, domain, scope};

async fn without_companions() -> Practice {
    let mut options = ClusterOptions::new(NAME);
    options.companions = CompanionsMadeBy::AdminPageOnly;
    Practice::with(options).await
}

#[tokio::test]
async fn a_domain_whose_companions_appear_stays() {
    let practice = Practice::start().await;
    created_domain(&practice.publisher(), &domain("remote.com")).await;
    let companions = practice.cluster().companions().unwrap();
    assert_eq!(companions.incoming_acl.len(), 1);
}

#[tokio::test]
async fn a_domain_whose_companions_do_not_appear_is_removed_again() {
    let practice = without_companions().await;
    let created = practice
        .publisher()
        .create_domain(&Pkid::random(), &domain("remote.com"), &scope())
        .await;
    let Err(Error::CompanionRowsMissing { missing }) = &created else {
        panic!("{created:?}");
    };
    assert_eq!(missing.len(), 2, "{missing:?}");
    assert_eq!(practice.cluster().domains().unwrap(), []);
}

#[tokio::test]
async fn a_removal_that_fails_is_not_reported_as_done() {
    let practice = without_companions().await;
    let rejected = FaultKind::SoapFault {
        code: -243,
        message: "Could not position within a table.".to_owned(),
    };
    practice
        .simulator
        .inject(Fault::before(rejected).on_statement(Verb::Delete, Subject::Domain));
    let error = practice
        .publisher()
        .create_domain(&Pkid::random(), &domain("remote.com"), &scope())
        .await
        .unwrap_err();
    assert!(error.may_have_taken_effect(), "{error:?}");
    assert!(
        error.to_string().contains("removing the row again failed"),
        "{error}"
    );
    assert_eq!(practice.cluster().domains().unwrap().len(), 1);
}
