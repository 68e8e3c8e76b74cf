using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GridMesh.Silo.Fixture;

/// <summary>
/// The executable, or another program that serves by HTTP, as a process of its own: to be asked, stopped and killed.
/// </summary>
public sealed class SiloProcess : IAsyncDisposable
{
    /// <summary>A start is the processor's work: beside much else it takes a minute.</summary>
    private static readonly TimeSpan s_startMax = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan s_stopMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly ProcessOutput _output;
    private bool _isDisposed;

    private SiloProcess(Process process, Uri url, string? log) =>
        (_process, Url, _output, StartedAt) = (process, url, new ProcessOutput(process, log), Stopwatch.GetTimestamp());

    /// <summary>Path of the executable that was built along with tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "GridMesh.Silo.dll");

    public Uri Url { get; }

    public int ProcessId => _process.Id;

    /// <summary>Timestamp at which the process was started.</summary>
    public long StartedAt { get; }

    /// <summary>How it ended; null while it has not.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The end of what it has printed.</summary>
    public string Output => _output.Text;

    /// <summary>A port of 127.0.0.1 that nothing listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>
    /// How a .NET program is started; no environment but the named one, whatever that of this process is.
    /// </summary>
    public static ProcessStartInfo Dotnet(string program, string? environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        if (environment is not null)
            start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        return start;
    }

    /// <param name="log">File for all that it prints; null: only the end is kept.</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static SiloProcess Start(ProcessStartInfo start, Uri url, string? log = null) =>
        new(Process.Start(start) ?? throw new InvalidOperationException("the process did not start"), url, log);

    /// <summary>Runs a verb to its end and answers its exit code and what it said.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) =>
        RunBuildAsync(Program, arguments);

    /// <summary>The same of another build of the product.</summary>
    public static async Task<(int ExitCode, string Output)> RunBuildAsync(string program, params string[] arguments)
    {
        await using var silo = Start(Dotnet(program, null, arguments), new Uri("http://127.0.0.1:1"));
        return (await silo.EndAsync(Timeout.InfiniteTimeSpan) ?? -1, silo.Output);
    }

    /// <summary>
    /// Serves on a free port over a folder, in Development without the demo, and waits until it is ready.
    /// </summary>
    public static Task<SiloProcess> ServeAsync(string folder, Uri? url = null, params string[] settings) =>
        ServeAsync("Development", folder, url, settings);

    /// <summary>The same in another environment.</summary>
    public static Task<SiloProcess> ServeAsync(string environment, string folder, Uri? url, params string[] settings) =>
        ServeBuildAsync(Program, environment, folder, url, settings);

    /// <summary>The same of another build of the product.</summary>
    public static async Task<SiloProcess> ServeBuildAsync(
        string program, string environment, string folder, Uri? url, params string[] settings)
    {
        var address = url ?? new Uri($"http://127.0.0.1:{FreePort()}");
        var start = Dotnet(
            program, environment,
            [
                "--urls", address.ToString(), "--data", folder,
                .. Set(
                    "GridMesh:Demo:Enabled=false", "GridMesh:Limits:AddressPerSecond=100000",
                    "GridMesh:Limits:AddressBurst=100000",
                    "GridMesh:Limits:TokenPerSecond=100000", "GridMesh:Limits:TokenBurst=100000"),
                .. settings,
            ]);
        var silo = Start(start, address);
        try
        {
            await silo.ReadyAsync(CancellationToken.None);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Settings, each <c>key=value</c>, as arguments.</summary>
    public static string[] Set(params IEnumerable<string> settings) =>
        [.. settings.SelectMany(setting => new[] { "--set", setting })];

    /// <summary>Waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended by itself; the message has its last words.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url };
        using var timer = new PeriodicTimer(s_pause);
        while (!await IsReadyAsync(http, cancellation))
        {
            ThrowIfGone();
            if (Stopwatch.GetElapsedTime(StartedAt) > s_startMax)
                throw new TimeoutException($"the process was not ready in {s_startMax}: {Output}");
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <exception cref="InvalidOperationException">The process has ended by itself.</exception>
    public void ThrowIfGone()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"the process ended with {_process.ExitCode}: {Output}");
    }

    /// <summary>
    /// SIGTERM, and waits; the exit code, or null when it did not stop in a minute and had to be killed.
    /// </summary>
    /// <exception cref="InvalidOperationException">It had ended by itself.</exception>
    public async Task<int?> TerminateAsync()
    {
        await SignalAsync();
        return await EndAsync(s_stopMax);
    }

    /// <summary>Stops it; false when it had to be killed or ended with an error.</summary>
    public async Task<bool> StopAsync() => await TerminateAsync() == 0;

    /// <summary>SIGTERM, and no waiting.</summary>
    /// <exception cref="InvalidOperationException">It had ended by itself.</exception>
    public async Task SignalAsync()
    {
        ThrowIfGone();
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end; null when it took longer and was killed.</summary>
    public async Task<int?> EndAsync(TimeSpan patience, CancellationToken cancellation = default)
    {
        try
        {
            await _process.WaitForExitAsync(cancellation).WaitAsync(patience, cancellation);
            return ExitCode = _process.ExitCode;
        }
        catch (TimeoutException)
        {
            await KillAsync();
            return null;
        }
    }

    /// <summary>kill -9, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Kills it where it still runs. May be called more than once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _output.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync("/healthz/ready", cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
