using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Load.Products;

namespace GridMesh.Load.Bare;

/// <summary>The bare hub as a process of its own, started from this program, on a free port of 127.0.0.1.</summary>
internal sealed class BareProcess : IDisposable
{
    public const string Verb = "bare-hub";

    private static readonly TimeSpan s_startPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly SiloOutput _output;
    private readonly HttpClient _http;

    private BareProcess(Process process, Uri url)
    {
        (_process, _output, Url) = (process, new SiloOutput(process, null), url);
        _http = new HttpClient { BaseAddress = url };
    }

    public Uri Url { get; }

    public int ProcessId => _process.Id;

    /// <exception cref="InvalidOperationException">It did not start; the message has its last words.</exception>
    public static async Task<BareProcess> StartAsync(TimeProvider time, CancellationToken cancellation)
    {
        var url = new Uri($"http://127.0.0.1:{SiloProcess.FreePort()}");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(BareProcess).Assembly.Location, Verb, "--urls", url.ToString() },
        };
        var bare = new BareProcess(
            Process.Start(start) ?? throw new InvalidOperationException("the bare hub did not start"), url);
        try
        {
            await bare.ReadyAsync(time, cancellation);
            return bare;
        }
        catch
        {
            bare.Dispose();
            throw;
        }
    }

    /// <summary>From now on each area gets so many frames a second.</summary>
    public async Task OrderAsync(double rate, IReadOnlyDictionary<string, JsonElement> frames, CancellationToken cancellation)
    {
        using var response = await _http.PostAsJsonAsync(BareServer.OrderPath, new BareOrder(rate, frames), cancellation);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _output.Dispose();
        _http.Dispose();
    }

    private async Task ReadyAsync(TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await _http.GetAsync(BareServer.ReadyPath, cancellation);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited && time.GetElapsedTime(began) < s_startPatience)
            {
                await Task.Delay(s_pause, time, cancellation);
            }
            catch (HttpRequestException e)
            {
                throw new InvalidOperationException($"the bare hub does not answer: {_output.LastWords}", e);
            }
        }
    }
}
