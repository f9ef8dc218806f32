//! The stream of objects that a search finds.

use std::marker::PhantomData;

use tfplugin_values::Value;
use tokio::sync::mpsc;

use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::identity::Identity;

/// One object that a search found.
#[derive(Clone, Debug)]
pub struct Found<M: Model> {
    /// What to call it: a short text for people.
    pub display_name: String,
    /// Its identity.
    pub identity: Identity,
    /// The whole object; needed where [`super::List::include_object`] is set.
    pub object: Option<M>,
}

/// Terraform takes no more objects: stop searching. `?` turns it into the quiet end of the search.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("Terraform takes no more results")]
pub struct ListEnded;

impl From<ListEnded> for Diagnostics {
    /// The end of a search is no error.
    fn from(_: ListEnded) -> Self {
        Self::new()
    }
}

/// Where a search sends what it finds.
#[derive(Debug)]
pub struct Results<M: Model> {
    sender: mpsc::Sender<ListItem>,
    remaining: u64,
    model: PhantomData<fn(M)>,
}

#[derive(Debug)]
pub(crate) struct ListItem {
    pub(crate) display_name: String,
    pub(crate) identity: Value,
    pub(crate) object: Option<Value>,
}

impl<M: Model> Results<M> {
    pub(crate) fn new(sender: mpsc::Sender<ListItem>, limit: u64) -> Self {
        Self {
            sender,
            remaining: limit,
            model: PhantomData,
        }
    }

    /// How many more objects Terraform takes; no need to ask the remote system for more.
    pub fn remaining(&self) -> u64 {
        self.remaining
    }

    /// Sends an object. Waits while Terraform is busy; answers [`ListEnded`] once it has enough.
    pub async fn send(&mut self, found: Found<M>) -> Result<(), ListEnded> {
        self.remaining = self.remaining.checked_sub(1).ok_or(ListEnded)?;
        let item = ListItem {
            display_name: found.display_name,
            identity: found.identity.0,
            object: found.object.map(Model::into_object),
        };
        self.sender.send(item).await.map_err(|_| ListEnded)?;
        if self.remaining == 0 {
            return Err(ListEnded);
        }
        Ok(())
    }
}
