using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GridMesh.Load.Clients;

namespace GridMesh.Load.Products;

/// <summary>A product of our own: the executable as a process on a free port of 127.0.0.1, over a folder of its own.</summary>
internal sealed class SiloProcess : IDisposable
{
    private static readonly TimeSpan s_startPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly SiloOutput _output;
    private readonly TimeProvider _time;
    private bool _isDisposed;
    private int? _exitCode;

    private SiloProcess(Process process, SiloOutput output, Uri url, long startedAt, TimeProvider time)
    {
        (_process, _output, Url, StartedAt, _time) = (process, output, url, startedAt, time);
    }

    public Uri Url { get; }

    public int ProcessId => _process.Id;

    /// <summary>How it ended when it was asked to; null: it did not, and had to be killed.</summary>
    public int? ExitCode => _exitCode;

    /// <summary>Timestamp just before the process was started.</summary>
    public long StartedAt { get; }

    /// <summary>A port that nothing listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="name">What its log is called where logs are kept.</param>
    public static SiloProcess Start(
        SiloSetup setup, int port, IReadOnlyList<string> settings, TimeProvider time, string name = "silo")
    {
        var url = new Uri($"http://127.0.0.1:{port}");
        var start = setup.Command(["--urls", url.ToString(), "--environment", "Development"], settings);
        var startedAt = time.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException("the silo did not start");
        var log = setup.LogFolder is { } folder ? Path.Combine(folder, $"{name}.log") : null;
        return new SiloProcess(process, new SiloOutput(process, log), url, startedAt, time);
    }

    /// <summary>Waits until the product says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended or took too long; the message has its last words.</exception>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        using var client = new MeshClient(Url);
        while (!await client.IsReadyAsync(cancellation))
        {
            ThrowIfGone();
            if (_time.GetElapsedTime(StartedAt) > s_startPatience)
            {
                throw new InvalidOperationException($"the silo was not ready in {s_startPatience}: {_output.LastWords}");
            }

            await Task.Delay(s_pause, _time, cancellation);
        }
    }

    /// <exception cref="InvalidOperationException">The process has ended by itself.</exception>
    public void ThrowIfGone()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"the silo ended with {_process.ExitCode}: {_output.LastWords}");
        }
    }

    /// <summary>Kill -9, then waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop in order; false when it had to be killed or ended with an error.</summary>
    public async Task<bool> StopAsync()
    {
        await TerminateAsync();
        return await EndAsync();
    }

    /// <summary>SIGTERM, and no waiting.</summary>
    public async Task TerminateAsync()
    {
        using var term = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await term.WaitForExitAsync();
    }

    /// <summary>Waits for the end that was asked for; false when it had to be killed or ended with an error.</summary>
    public async Task<bool> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(s_stopPatience, _time);
            _exitCode = _process.ExitCode;
            return _exitCode == 0;
        }
        catch (TimeoutException)
        {
            await KillAsync();
            return false;
        }
    }

    /// <summary>Kills it where it still runs. May be called more than once.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _output.Dispose();
    }
}
