//! A Unix socket in a fresh folder of its own, mode 0700: nobody else can even try to connect.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use nix::unistd::{Gid, Group};
use tokio::net::{UnixListener, UnixStream};

use super::{Address, ListenError};
use crate::environment::ListenerEnvironment;

/// What a connection is made of.
pub(crate) type Socket = UnixStream;

/// The longest path of a socket in bytes: macOS has room for 104 with the final NUL, Linux for 108.
const PATH_LIMIT: usize = 103;

/// The length of what is added to a folder: `/plugin` and sixteen digits, `/s`.
const SUFFIX_LENGTH: usize = 25;

/// Where a socket goes if the temporary folder's path is too long.
const SHORT_DIRECTORY: &str = "/tmp";

/// The listening socket. Dropping it closes the socket and removes it with its folder.
#[derive(Debug)]
pub(crate) struct Listener {
    socket: UnixListener,
    address: String,
    _folder: SocketFolder,
}

impl Listener {
    /// Opens the socket. Connections are taken from here on.
    pub(crate) fn bind(environment: &ListenerEnvironment) -> Result<Self, ListenError> {
        let group = environment
            .group
            .as_deref()
            .map(SocketGroup::find)
            .transpose()?;
        let (folder, address) = SocketFolder::create(&parent_folder(environment)?)?;
        let socket = UnixListener::bind(&address).map_err(|source| ListenError::Bind {
            address: address.clone(),
            source,
        })?;
        if let Some(group) = group {
            group.admit(&folder.path, Path::new(&address))?;
        }
        Ok(Self {
            socket,
            address,
            _folder: folder,
        })
    }

    /// The next connection.
    pub(crate) async fn accept(&self) -> io::Result<Socket> {
        Ok(self.socket.accept().await?.0)
    }

    /// Where a host finds the socket.
    pub(crate) fn address(&self) -> Address {
        Address {
            network: "unix",
            address: self.address.clone(),
        }
    }
}

/// The folder in which the socket's own folder will be.
fn parent_folder(environment: &ListenerEnvironment) -> Result<PathBuf, ListenError> {
    if let Some(directory) = &environment.directory {
        return usable(directory).ok_or_else(|| unusable(directory));
    }
    let temporary = std::env::temp_dir();
    usable(&temporary)
        .or_else(|| usable(Path::new(SHORT_DIRECTORY)))
        .ok_or_else(|| unusable(&temporary))
}

fn unusable(directory: &Path) -> ListenError {
    ListenError::UnusableDirectory {
        directory: directory.to_owned(),
        limit: PATH_LIMIT,
    }
}

/// The absolute path, if a socket in it can be told in a handshake and fits into a socket's address.
fn usable(directory: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(directory).ok()?;
    let text = absolute.to_str()?;
    let fits = text.len() + SUFFIX_LENGTH <= PATH_LIMIT && !text.contains(['|', '\n', '\r']);
    fits.then_some(absolute)
}

/// The folder made for one socket; dropping it removes both.
#[derive(Debug)]
struct SocketFolder {
    path: PathBuf,
}

impl SocketFolder {
    /// Makes the folder, and says where the socket goes.
    fn create(parent: &Path) -> Result<(Self, String), ListenError> {
        let mut attempts = 0;
        loop {
            let path = parent.join(format!("plugin{:016x}", random_number()?));
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => {
                    let address = path.join("s").to_string_lossy().into_owned();
                    return Ok((Self { path }, address));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempts < 8 => {
                    attempts += 1;
                }
                Err(source) => {
                    return Err(ListenError::CreateDirectory {
                        directory: parent.to_owned(),
                        source,
                    });
                }
            }
        }
    }
}

impl Drop for SocketFolder {
    fn drop(&mut self) {
        // A folder that somebody else has removed is removed.
        let _ = fs::remove_file(self.path.join("s"));
        let _ = fs::remove_dir(&self.path);
    }
}

fn random_number() -> Result<u64, ListenError> {
    let mut bytes = [0; 8];
    rustls_ring_p521::provider()
        .secure_random
        .fill(&mut bytes)
        .map_err(|_| ListenError::Random)?;
    Ok(u64::from_ne_bytes(bytes))
}

/// The group that may connect beside the plugin's own user.
struct SocketGroup {
    name: String,
    id: Gid,
}

impl SocketGroup {
    /// A group by its number, or else by its name.
    fn find(name: &str) -> Result<Self, ListenError> {
        let id = match name.parse() {
            Ok(number) => Some(Gid::from_raw(number)),
            Err(_) => Group::from_name(name).ok().flatten().map(|group| group.gid),
        };
        let name = name.to_owned();
        match id {
            Some(id) => Ok(Self { name, id }),
            None => Err(ListenError::UnknownGroup { group: name }),
        }
    }

    /// Lets the group through the folder and to the socket.
    fn admit(&self, folder: &Path, socket: &Path) -> Result<(), ListenError> {
        [(folder, 0o710), (socket, 0o660)]
            .into_iter()
            .try_for_each(|(path, mode)| {
                std::os::unix::fs::chown(path, None, Some(self.id.as_raw()))?;
                fs::set_permissions(path, Permissions::from_mode(mode))
            })
            .map_err(|source| ListenError::ChangeGroup {
                group: self.name.clone(),
                source,
            })
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;

    use super::*;

    fn in_directory(directory: &Path) -> ListenerEnvironment {
        ListenerEnvironment {
            directory: Some(directory.to_owned()),
            ..ListenerEnvironment::default()
        }
    }

    #[tokio::test]
    async fn the_socket_is_private_and_goes_away() {
        let directory = tempfile::tempdir().unwrap();
        let listener = Listener::bind(&in_directory(directory.path())).unwrap();
        let socket = PathBuf::from(listener.address().address);
        let folder = socket.parent().unwrap().to_owned();
        assert_eq!(folder.parent(), Some(directory.path()));
        assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o777, 0o700);

        let (client, server) = tokio::join!(UnixStream::connect(&socket), listener.accept());
        client.unwrap();
        server.unwrap();

        drop(listener);
        assert!(!folder.exists());
    }

    #[tokio::test]
    async fn a_group_is_let_in() {
        let directory = tempfile::tempdir().unwrap();
        let own_group = fs::metadata(directory.path()).unwrap().gid();
        let environment = ListenerEnvironment {
            group: Some(own_group.to_string()),
            ..in_directory(directory.path())
        };
        let listener = Listener::bind(&environment).unwrap();
        let socket = PathBuf::from(listener.address().address);
        let metadata = fs::metadata(&socket).unwrap();
        assert_eq!(
            (metadata.gid(), metadata.mode() & 0o777),
            (own_group, 0o660)
        );
        let folder = fs::metadata(socket.parent().unwrap()).unwrap();
        assert_eq!((folder.gid(), folder.mode() & 0o777), (own_group, 0o710));
    }

    #[tokio::test]
    async fn an_unknown_group_is_named() {
        let environment = ListenerEnvironment {
            group: Some("no such group".to_owned()),
            ..ListenerEnvironment::default()
        };
        let error = Listener::bind(&environment).unwrap_err();
        assert!(matches!(error, ListenError::UnknownGroup { .. }), "{error}");
    }

    #[tokio::test]
    async fn a_missing_folder_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let error = Listener::bind(&in_directory(&directory.path().join("missing"))).unwrap_err();
        assert!(error.to_string().contains("missing"), "{error}");
    }

    #[test]
    fn a_path_that_no_host_could_read_is_unusable() {
        assert!(usable(Path::new("/tmp")).is_some());
        assert!(usable(Path::new("/tmp/a|b")).is_none());
        assert!(usable(Path::new("/tmp/a\nb")).is_none());
        let limit = PATH_LIMIT - SUFFIX_LENGTH;
        assert!(usable(Path::new(&format!("/{}", "a".repeat(limit - 1)))).is_some());
        assert!(usable(Path::new(&format!("/{}", "a".repeat(limit)))).is_none());
    }

    #[test]
    fn the_longest_socket_path_is_within_the_limit() {
        let directory = tempfile::tempdir().unwrap();
        let (_folder, address) = SocketFolder::create(directory.path()).unwrap();
        assert_eq!(
            address.len(),
            directory.path().as_os_str().len() + SUFFIX_LENGTH
        );
    }
}
