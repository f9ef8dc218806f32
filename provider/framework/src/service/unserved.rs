//! Methods that no schema of this framework declares, so that no core calls them.

/// Answers that the method is not served.
macro_rules! unserved {
    ($($method:ident($request:ty) -> $response:ty;)+) => {$(
        fn $method<'life, 'future>(
            &'life self,
            _: tonic::Request<$request>,
        ) -> std::pin::Pin<
            Box<
                dyn Future<Output = Result<tonic::Response<$response>, tonic::Status>>
                    + Send
                    + 'future,
            >,
        >
        where
            'life: 'future,
        {
            Box::pin(std::future::ready(Err(tonic::Status::unimplemented(concat!(
                stringify!($method),
                " is not served by this provider"
            )))))
        }
    )+};
}

pub(super) use unserved;
