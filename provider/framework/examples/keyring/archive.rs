use std::fs::{self, File};
use std::io::{Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tfplugin_framework::state_store::{
    ConfigureStore, DeleteState, ListStates, Lock, LockInfo, LockState, ReadState, StateId,
    UnlockState, WriteState,
};
use tfplugin_framework::{Attribute, Bytes, Diagnostic, Diagnostics, Schema, StateStore, model};

model! { pub(crate) struct ArchiveConfig { directory: String } }

/// The state store `keyring_archive`.
pub(crate) struct Archive;

fn file(directory: &Path, id: &StateId, ending: &str) -> PathBuf {
    directory.join(format!("{id}.{ending}"))
}

/// The error of a file or a directory.
fn of(path: &Path) -> impl Fn(Error) -> Diagnostics {
    move |error| {
        let problem = format!("{}: {error}", path.display());
        Diagnostic::error("The archive cannot be used")
            .detail(problem)
            .into()
    }
}

fn holder(lock: &Path) -> Result<LockInfo, Diagnostics> {
    Ok(LockInfo::from_json(&fs::read(lock).map_err(of(lock))?)?)
}

impl StateStore for Archive {
    type Config = ArchiveConfig;
    type Store = PathBuf;

    fn type_name(&self) -> &'static str {
        "keyring_archive"
    }

    fn schema(&self) -> Schema {
        Schema::new(0).attribute("directory", Attribute::string().required())
    }

    async fn configure(
        &self,
        configure: &mut ConfigureStore<ArchiveConfig>,
    ) -> Result<PathBuf, Diagnostics> {
        let directory = PathBuf::from(configure.config.directory.as_str().unwrap_or_default());
        fs::create_dir_all(&directory).map_err(of(&directory))?;
        Ok(directory)
    }

    async fn read(
        &self,
        directory: &PathBuf,
        read: &mut ReadState,
    ) -> Result<Option<Bytes>, Diagnostics> {
        let state = file(directory, &read.id, "tfstate");
        match fs::read(&state) {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(of(&state)(error)),
        }
    }

    /// Whoever reads meanwhile finds the former file, and never half of the new one.
    async fn write(&self, directory: &PathBuf, write: &mut WriteState) -> Result<(), Diagnostics> {
        let new = file(directory, &write.id, "new");
        File::create(&new)
            .and_then(|mut file| {
                file.write_all(&write.state)?;
                file.sync_all()
            })
            .and_then(|()| fs::rename(&new, file(directory, &write.id, "tfstate")))
            .map_err(of(&new))
    }

    async fn lock(&self, directory: &PathBuf, lock: &mut LockState) -> Result<Lock, Diagnostics> {
        let path = file(directory, &lock.id, "lock");
        let info = LockInfo::new(lock);
        match File::create_new(&path) {
            Ok(mut file) => {
                let kept = file.write_all(info.to_json().as_bytes());
                kept.map_err(of(&path))?;
                Ok(info.into_lock())
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Err(holder(&path)?.is_held(&lock.id).into())
            }
            Err(error) => Err(of(&path)(error)),
        }
    }

    async fn unlock(
        &self,
        directory: &PathBuf,
        unlock: &mut UnlockState,
    ) -> Result<(), Diagnostics> {
        let path = file(directory, &unlock.id, "lock");
        let holder = holder(&path)?;
        if holder.id != unlock.lock_id {
            Err(holder.is_another(&unlock.id, &unlock.lock_id))?;
        }
        fs::remove_file(&path).map_err(of(&path))
    }

    async fn states(
        &self,
        directory: &PathBuf,
        _: &mut ListStates,
    ) -> Result<Vec<StateId>, Diagnostics> {
        let entries = fs::read_dir(directory).map_err(of(directory))?;
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        Ok(names
            .filter_map(|name| StateId::new(name.strip_suffix(".tfstate")?).ok())
            .collect())
    }

    async fn delete(
        &self,
        directory: &PathBuf,
        delete: &mut DeleteState,
    ) -> Result<(), Diagnostics> {
        let state = file(directory, &delete.id, "tfstate");
        fs::remove_file(&state).map_err(of(&state))
    }
}
