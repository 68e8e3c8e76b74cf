using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GridMesh.Load.Faults;

/// <summary>
/// A proxy before the product that, while it is bad, sends requests twice at once, keeps answers to itself and hangs up
/// instead, and delays requests, each now and then.
/// </summary>
internal sealed class LossyLine : IAsyncDisposable
{
    private const int TwiceEvery = 3, LostEvery = 4, LateEvery = 5;
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(500);
    private static readonly string[] s_passedOn = ["Authorization", "Idempotency-Key"];
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private int _turn;

    private LossyLine(Uri product, TimeProvider time)
    {
        (_time, _http) = (time, new HttpClient { BaseAddress = product });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(PassAsync);
    }

    public bool IsBad { get; set; }
    public Uri Url => new(_app.Urls.First());

    public static async Task<LossyLine> StartAsync(Uri product, TimeProvider time)
    {
        var line = new LossyLine(product, time);
        await line._app.StartAsync();
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var turn = IsBad ? Interlocked.Increment(ref _turn) : 1;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (turn % LateEvery == 0)
            await Task.Delay(s_late, _time);
        var answers = await Task.WhenAll(Enumerable.Range(0, turn % TwiceEvery == 0 ? 2 : 1)
            .Select(_ => SendAsync(context.Request, body.ToArray())));
        if (turn % LostEvery == 0)
        {
            context.Abort();
            return;
        }

        var (status, text) = answers[turn % answers.Length];
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        await context.Response.Body.WriteAsync(text);
    }

    private async Task<(int Status, byte[] Body)> SendAsync(HttpRequest request, byte[] body)
    {
        using var message = new HttpRequestMessage(
            new HttpMethod(request.Method), $"{request.Path}{request.QueryString}")
            { Content = new ByteArrayContent(body) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        foreach (var name in s_passedOn)
            message.Headers.TryAddWithoutValidation(name, request.Headers[name].ToString());
        using var answer = await _http.SendAsync(message);
        return ((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }
}
