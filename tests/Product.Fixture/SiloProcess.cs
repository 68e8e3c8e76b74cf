using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GridMesh.Product.Fixture;

/// <summary>The real executable as a process of its own, to be killed, asked and read.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    /// <summary>A start is the processor's work: beside much else it takes a minute.</summary>
    private static readonly TimeSpan s_startMax = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private bool _isDisposed;

    private SiloProcess(Process process, Uri url)
    {
        (_process, Url) = (process, url);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>Path of this build's executable.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "GridMesh.Silo.dll");

    public Uri Url { get; }

    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Runs a verb to its end and answers its exit code and what it said.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) =>
        RunBuildAsync(Program, arguments);

    /// <summary>The same of another build of the product.</summary>
    public static async Task<(int ExitCode, string Output)> RunBuildAsync(string program, params string[] arguments)
    {
        await using var silo = Start(program, new Uri("http://127.0.0.1:1"), null, arguments);
        await silo._process.WaitForExitAsync();
        return (silo._process.ExitCode, silo.Output);
    }

    /// <summary>Serves on a free port over a folder, in Development without the demo, and waits until it is ready.</summary>
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
        var silo = Start(
            program, address, environment,
            ["--urls", address.ToString(), "--data", folder, "--set", "GridMesh:Demo:Enabled=false",
                "--set", "GridMesh:Limits:AddressPerSecond=100000", "--set", "GridMesh:Limits:AddressBurst=100000",
                "--set", "GridMesh:Limits:TokenPerSecond=100000", "--set", "GridMesh:Limits:TokenBurst=100000",
                .. settings]);
        try
        {
            using var http = new HttpClient { BaseAddress = address };
            await Eventually.TrueAsync(() => silo.IsReadyAsync(http), "the silo is ready", s_startMax);
            return silo;
        }
        catch (Exception never)
        {
            await silo.DisposeAsync();
            if (never is TimeoutException)
                throw new TimeoutException($"{never.Message}: {silo.Output}", never);
            throw;
        }
    }

    /// <summary>SIGTERM; the exit code when it has stopped.</summary>
    /// <exception cref="InvalidOperationException">It had ended by itself.</exception>
    public async Task<int> TerminateAsync()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"the silo had ended by itself with {_process.ExitCode}: {Output}");
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"the silo ended with {_process.ExitCode}: {Output}");
        }

        try
        {
            return (await http.GetAsync("/healthz/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static SiloProcess Start(string program, Uri url, string? environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        if (environment is not null)
        {
            start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        }

        var process = new Process { StartInfo = start };
        var silo = new SiloProcess(process, url);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return silo;
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Settings, each <c>key=value</c>, as arguments.</summary>
    public static string[] Set(params string[] settings) => [.. settings.SelectMany(setting => new[] { "--set", setting })];

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
