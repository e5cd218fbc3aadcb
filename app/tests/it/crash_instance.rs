//! An instance whose processes can all be killed: its own services, and `waybill` in several processes.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use uuid::Uuid;

/// How long the services may take to start on a machine that is busy with other tests.
const START: Duration = Duration::from_secs(180);

/// An instance. Everything it started is stopped when it is dropped.
pub struct CrashInstance {
    folder: PathBuf,
    port: u16,
    processes: Vec<(&'static str, Child)>,
    /// Environment variables of every process.
    variables: Vec<(&'static str, String)>,
    /// The limit of open files of every process.
    open_files_max: Option<u32>,
    /// Allows one repair of the services at a time.
    repairing: Arc<Mutex<()>>,
}

impl CrashInstance {
    /// Creates the instance, with Postgres and Kafka running and the database migrated.
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("waybill-crash-{}", Uuid::new_v4().simple()));
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let instance = Self {
            folder,
            port,
            processes: Vec::new(),
            variables: Vec::new(),
            open_files_max: None,
            repairing: Arc::default(),
        };
        instance.services("start");
        assert!(
            instance.folder.join("kafka").exists(),
            "the crash test needs a broker"
        );
        let migrated = instance.run(&["migrate"]);
        assert!(
            migrated.status.success(),
            "{}",
            String::from_utf8_lossy(&migrated.stderr)
        );
        instance
    }

    /// The folder of the instance, with the files of its database.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The URL of the command side.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A setting of the instance.
    pub fn setting(&self, key: &str) -> String {
        let settings = std::fs::read_to_string(self.folder.join("instance.toml")).unwrap();
        let settings: toml::Table = settings.parse().unwrap();
        settings[key].as_str().unwrap().to_owned()
    }

    /// Sets an environment variable for processes started from now on.
    pub fn set(&mut self, variable: &'static str, value: &str) {
        self.variables.push((variable, value.to_owned()));
    }

    /// Limits the open files of processes started from now on.
    pub fn limit_open_files(&mut self, max: u32) {
        self.open_files_max = Some(max);
    }

    /// The log of a process.
    pub fn log(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(format!("{name}.log"))).unwrap_or_default()
    }

    /// Writes a file into the instance's folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Runs `waybill` to completion.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Starts a process, which must not be running.
    pub fn start(&mut self, name: &'static str, file: Option<&Path>) {
        let port = self.port.to_string();
        let arguments = match (name, file) {
            ("import", Some(file)) => vec!["import", "online-retail", file.to_str().unwrap()],
            ("command-api", _) => vec!["command-api", "--port", &port],
            ("up", _) => vec!["up", "--port", &port, "--log-format", "json"],
            _ => vec![name],
        };
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.folder.join(format!("{name}.log")))
            .unwrap();
        let mut command = self.command(&arguments);
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        self.processes.push((name, command.spawn().unwrap()));
    }

    /// Starts a process whose output nobody reads: the pipe behind it is closed.
    pub fn start_with_closed_log(&mut self, name: &'static str) {
        let port = self.port.to_string();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = self.command(&[name, "--port", &port]);
        command
            .stdin(Stdio::null())
            .stdout(writer.try_clone().unwrap())
            .stderr(writer);
        self.processes.push((name, command.spawn().unwrap()));
    }

    /// Asks a process to terminate (SIGTERM).
    pub fn terminate(&self, name: &str) {
        let (_, child) = self.processes.iter().find(|(known, _)| *known == name).unwrap();
        signal("TERM", &[child.id()]);
    }

    /// Sends a signal to Postgres and all processes of its connections.
    pub fn signal_postgres(&self, name: &str) {
        let file = self.folder.join("postgres/postmaster.pid");
        let text = std::fs::read_to_string(file).unwrap();
        let postmaster: u32 = text.lines().next().unwrap().trim().parse().unwrap();
        let children = std::fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children"));
        let children = children.unwrap();
        let mut pids: Vec<u32> = children
            .split_whitespace()
            .map(|pid| pid.parse().unwrap())
            .collect();
        pids.push(postmaster);
        signal(name, &pids);
    }

    /// Kills a process (SIGKILL); returns false if it is not running.
    pub fn kill(&mut self, name: &str) -> bool {
        let Some(index) = self.processes.iter().position(|(known, _)| *known == name) else {
            return false;
        };
        let (_, mut child) = self.processes.remove(index);
        let had_ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        !had_ended
    }

    /// The exit status of a process, if it has ended.
    pub fn ended(&mut self, name: &str) -> Option<ExitStatus> {
        let index = self.processes.iter().position(|(known, _)| *known == name)?;
        let status = self.processes[index].1.try_wait().unwrap()?;
        self.processes.remove(index);
        Some(status)
    }

    /// Kills a service's first process; returns false if it is not running.
    pub fn kill_service(&self, name: &str) -> bool {
        let file = match name {
            "postgres" => self.folder.join("postgres/postmaster.pid"),
            _ => self.folder.join("kafka/kafka.pid"),
        };
        let Ok(text) = std::fs::read_to_string(file) else {
            return false;
        };
        let Some(pid) = text.lines().next().and_then(|pid| pid.trim().parse::<u32>().ok()) else {
            return false;
        };
        Command::new("kill")
            .args(["-9", &pid.to_string()])
            .status()
            .unwrap()
            .success()
    }

    /// Starts every stopped service, in the background.
    pub fn repair(&self) -> std::thread::JoinHandle<()> {
        let (folder, repairing) = (self.folder.clone(), Arc::clone(&self.repairing));
        std::thread::spawn(move || {
            let _one_at_a_time = repairing.lock().unwrap();
            // A service may be killed again while it is being repaired.
            let started = Instant::now();
            while !services(&folder, "start").status.success() {
                assert!(started.elapsed() < START, "the services do not restart");
            }
        })
    }

    /// The last lines of every process's log.
    pub fn logs(&self) -> String {
        let mut text = String::new();
        for name in ["import", "command-api", "projector"] {
            let log = self.log(name);
            let lines: Vec<&str> = log.lines().collect();
            let last = lines[lines.len().saturating_sub(12)..].join("\n");
            text.extend(["--- ", name, "\n", &last, "\n"]);
        }
        text
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let waybill = env!("CARGO_BIN_EXE_waybill");
        let mut command = match self.open_files_max {
            Some(max) => {
                let mut limited = Command::new("prlimit");
                limited.arg(format!("--nofile={max}")).arg(waybill);
                limited
            }
            None => Command::new(waybill),
        };
        command.arg("--data").arg(&self.folder).args(arguments);
        command.envs(self.variables.iter().map(|(name, value)| (*name, value.as_str())));
        command
    }

    fn services(&self, action: &str) {
        let output = services(&self.folder, action);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

fn signal(name: &str, pids: &[u32]) {
    let pids = pids.iter().map(ToString::to_string);
    let status = Command::new("kill").arg(format!("-{name}")).args(pids).status();
    assert!(status.unwrap().success());
}

fn services(folder: &Path, action: &str) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/services");
    let log = folder.with_extension("services.log");
    let said = std::fs::File::create(&log).unwrap();
    // Files instead of pipes: the processes that the script leaves running would keep pipes open.
    let status = Command::new(script)
        .args([action, "--data"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(said.try_clone().unwrap())
        .stderr(said)
        .status()
        .unwrap();
    let stderr = std::fs::read(&log).unwrap_or_default();
    std::fs::remove_file(&log).unwrap_or_default();
    Output {
        status,
        stdout: Vec::new(),
        stderr,
    }
}

impl Drop for CrashInstance {
    fn drop(&mut self) {
        for (_, child) in &mut self.processes {
            let _may_have_ended = child.kill();
            let _may_have_ended = child.wait();
        }
        let _one_at_a_time = self
            .repairing
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        services(&self.folder, "stop");
        let _what_is_left = std::fs::remove_dir_all(&self.folder);
    }
}
