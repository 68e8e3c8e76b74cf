namespace GridMesh.Load.Faults;

/// <summary>A line to a server of this machine that may hold back what is sent to it; answers come at once.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private const int BufferSize = 65_536;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly TimeProvider _time;
    private readonly Task _accepting;

    public SlowLine(int server, TimeProvider time)
    {
        _time = time;
        _listener.Start();
        _accepting = AcceptAsync(server);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public TimeSpan Delay { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task AcceptAsync(int server)
    {
        while (true)
            _ = JoinAsync(await _listener.AcceptTcpClientAsync(_ending.Token), server);
    }

    /// <summary>Where either end is gone, so is the line.</summary>
    private async Task JoinAsync(TcpClient here, int server)
    {
        using var there = new TcpClient { NoDelay = true };
        using (here)
        {
            try
            {
                here.NoDelay = true;
                await there.ConnectAsync(IPAddress.Loopback, server, _ending.Token);
                await await Task.WhenAny(
                    PumpAsync(here.GetStream(), there.GetStream(), () => Delay),
                    PumpAsync(there.GetStream(), here.GetStream(), () => TimeSpan.Zero));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // As a line ends.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Func<TimeSpan> delay)
    {
        var buffer = new byte[BufferSize];
        while (await from.ReadAsync(buffer, _ending.Token) is > 0 and var read)
        {
            if (delay() > TimeSpan.Zero)
                await Task.Delay(delay(), _time, _ending.Token);
            await to.WriteAsync(buffer.AsMemory(0, read), _ending.Token);
        }
    }
}
