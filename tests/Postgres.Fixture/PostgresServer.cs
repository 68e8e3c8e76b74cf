using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace GridMesh.Postgres.Fixture;

/// <summary>
/// A real PostgreSQL of its own: initialised in a temporary folder, on a free port of 127.0.0.1, with fsync on. It can
/// be killed and started again; disposing it stops it and removes the folder, and so does the end of this process.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan s_startMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_attemptPause = TimeSpan.FromMilliseconds(50);

    // The server must not outlive this process, however that ends: its guard waits on a pipe that closes with us. Nor
    // must its folder, unless it is told to keep it; a process that ends has no time to remove hundreds of databases.
    private const string Guard =
        """
        folder=$1; shift; "$@" & server=$!; read -r word; kill -QUIT $server 2>/dev/null; wait $server
        [ "$word" = keep ] || rm -rf "$folder"
        """;

    private readonly string _binaries;
    private readonly string _folder;
    private readonly int _port;
    private Process? _process;
    private int _databases;

    private PostgresServer(string binaries, string folder, int port) =>
        (_binaries, _folder, _port) = (binaries, folder, port);

    public int Port => _port;

    /// <summary>Why no server can be started here; null when one can.</summary>
    public static string? Unavailable { get; } =
        !OperatingSystem.IsLinux() ? "PostgreSQL tests run on Linux only."
        : PostgresBinaries.Find() is null ? "No PostgreSQL is installed (looked in /usr/lib/postgresql and PATH)."
        : null;

    /// <summary>Initialises and starts a server.</summary>
    /// <exception cref="InvalidOperationException">None is installed, or it did not start; with its last
    /// words.</exception>
    public static async Task<PostgresServer> StartNewAsync()
    {
        var binaries = PostgresBinaries.Find() ?? throw new InvalidOperationException(Unavailable);
        var folder = Directory.CreateTempSubdirectory("gridmesh-pg-").FullName;
        var server = new PostgresServer(binaries, folder, FreePort());
        try
        {
            if (IsRoot)
                await RunAsync("chown", "postgres", folder);
            await RunAsync(server.AsServer(
                "initdb", "-D", server.Data, "-U", "mesh", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"));
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"mesh{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionTo(name);
    }

    /// <summary>Another server that follows this one and can be read.</summary>
    public async Task<PostgresServer> StartStandbyAsync()
    {
        var standby = new PostgresServer(
            _binaries, Directory.CreateTempSubdirectory("gridmesh-pg-").FullName, FreePort());
        if (IsRoot)
            await RunAsync("chown", "postgres", standby._folder);
        await RunAsync(AsServer(
            "pg_basebackup", "-d", $"host=127.0.0.1 port={_port} user=mesh", "-D", standby.Data, "-R", "-c", "fast"));
        await standby.StartAsync();
        return standby;
    }

    /// <summary>From now on a commit is answered when a standby has it too.</summary>
    public async Task CommitOnStandbyAsync()
    {
        await ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await ExecuteAsync("SELECT pg_reload_conf()");
    }

    /// <summary>Makes a server of a standby.</summary>
    public Task PromoteAsync() => RunAsync(AsServer("pg_ctl", "promote", "-D", Data, "-w"));

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts the server, initialised before, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var postgres = AsServer(
            "postgres", "-D", Data, "-p", $"{_port}", "-h", "127.0.0.1", "-k", _folder,
            "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_connections=400",
            "-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB", "-c", "checkpoint_timeout=15min",
            "-c", "logging_collector=off", "-c", "log_min_messages=fatal");
        var guarded = Quiet(["sh", "-c", Guard, "guard", _folder, postgres.FileName, .. postgres.ArgumentList]);
        guarded.RedirectStandardInput = true;
        _process = Process.Start(guarded)!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > s_startMax)
                throw new InvalidOperationException("The PostgreSQL server did not start.");
            await Task.Delay(s_attemptPause, TimeProvider.System);
        }
    }

    /// <summary>Stops it as a crash would: no checkpoint, every connection broken.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await RunAsync(AsServer("pg_ctl", "stop", "-D", Data, "-m", "immediate", "-w"));
        await _process.StandardInput.WriteLineAsync("keep");
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    private string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=mesh;Database={database};Timeout=5";

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            // Not yet, or still recovering; the caller asks again.
            return false;
        }
    }

    // PostgreSQL refuses to run as root.
    private ProcessStartInfo AsServer(string binary, params string[] arguments)
    {
        string[] user = IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        string[] words = [.. user, Path.Combine(_binaries, binary), .. arguments];
        return Quiet(words);
    }

    private static Task RunAsync(params string[] words) => RunAsync(Quiet(words));

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} failed: {errors}");
    }

    private static ProcessStartInfo Quiet(string[] words) => new(words[0], words[1..])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
