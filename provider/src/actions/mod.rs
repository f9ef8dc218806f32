//! The actions: what is done once, because a user asks for it, and leaves nothing in the state.

mod restart_xcp_router;

pub(crate) use restart_xcp_router::RestartXcpRouter;
