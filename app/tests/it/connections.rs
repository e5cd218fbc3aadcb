//! Clients that open more connections than the process has descriptors for, and clients that do not read.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use crate::crash_instance::CrashInstance;
use crate::surroundings::until_ready;

/// Of 600 open files 300 are reserved, 100 are for the second descriptors of sockets, and 200 for connections, half of
/// them for one address.
const OPEN_FILES_MAX: u32 = 600;
const PER_ADDRESS_MAX: usize = 100;

/// Connects from an address of this machine.
async fn connect(instance: &CrashInstance, from: IpAddr) -> TcpStream {
    let to: SocketAddr = instance.url().strip_prefix("http://").unwrap().parse().unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    // The least that the system allows, so that a client that does not read is noticed soon.
    socket.set_recv_buffer_size(1).unwrap();
    socket.bind(SocketAddr::new(from, 0)).unwrap();
    socket.connect(to).await.unwrap()
}

fn request(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
}

/// Sends a request on a new connection; returns the connection and the status.
async fn open(instance: &CrashInstance, from: IpAddr) -> (TcpStream, u16) {
    let mut stream = connect(instance, from).await;
    stream
        .write_all(request("/health/live").as_bytes())
        .await
        .unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    let status = std::str::from_utf8(&head[9..]).unwrap();
    (stream, status.parse().unwrap())
}

/// Opens connections until one is refused; returns the others, and the status of that one.
async fn open_all(instance: &CrashInstance, from: IpAddr) -> (Vec<TcpStream>, u16) {
    let mut streams = Vec::new();
    loop {
        let (stream, status) = open(instance, from).await;
        if status != 200 {
            return (streams, status);
        }
        assert!(streams.len() <= PER_ADDRESS_MAX, "no limit");
        streams.push(stream);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_limit_of_connections_each_further_one_is_answered() {
    let mut instance = CrashInstance::new();
    instance.limit_open_files(OPEN_FILES_MAX);
    instance.start("up", None);
    until_ready(&instance).await;
    let [first, second, third] = [1, 2, 3].map(|last| IpAddr::from(Ipv4Addr::new(127, 0, 0, last)));

    let (of_first, refused) = open_all(&instance, first).await;
    assert_eq!(refused, 429, "the address has too many");
    assert!(of_first.len() > PER_ADDRESS_MAX / 2, "{}", of_first.len());
    let (of_second, _) = open_all(&instance, second).await;
    let (_, refused) = open_all(&instance, third).await;
    assert_eq!(refused, 503, "the server has too many");
    assert!(of_second.len() > PER_ADDRESS_MAX / 2, "{}", of_second.len());

    drop((of_first, of_second));
    let started = Instant::now();
    while open(&instance, first).await.1 != 200 {
        assert!(started.elapsed() < Duration::from_secs(30), "still refused");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    until_ready(&instance).await;
    assert!(!instance.log("up").contains("Too many open files"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_reads_nothing_is_disconnected() {
    const REQUESTS: usize = 20_000;

    let mut instance = CrashInstance::new();
    instance.set("WAYBILL_HTTP_WRITE_TIMEOUT_MS", "1000");
    instance.start("up", None);
    until_ready(&instance).await;
    let stream = connect(&instance, Ipv4Addr::LOCALHOST.into()).await;
    let (mut reader, mut writer) = stream.into_split();
    let writing = tokio::spawn(async move {
        let requests = request("/health/live").repeat(REQUESTS);
        writer.write_all(requests.as_bytes()).await
    });
    // Longer than the time-out: the answers wait unread meanwhile.
    tokio::time::sleep(Duration::from_secs(10)).await;

    let mut received = Vec::new();
    let reading = reader.read_to_end(&mut received);
    let ended = tokio::time::timeout(Duration::from_secs(30), reading).await;
    let error = ended.expect("the connection stays open").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    writing.abort();
    let answers = received
        .windows(12)
        .filter(|part| part == b"HTTP/1.1 200")
        .count();
    assert!((1..REQUESTS).contains(&answers), "{answers}");
}
