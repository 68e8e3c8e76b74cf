using System.Net;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Grains.Subscriptions;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Subscriptions;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Silo.Tests;

public sealed class WebhookClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "[WH6] addresses of machines and networks of one's own are told from those of the Internet")]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2400:3200::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.255.0.1", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::ffff:192.168.1.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void Public(string address, bool isPublic) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact(DisplayName = "[WH6] a name that stands for a private address is refused when the connection is made")]
    public async Task BehindAName()
    {
        await using var receiver = await Receiver.StartAsync();
        var url = $"http://innocent.example:{new Uri(receiver.Url).Port}/";
        using var strict = Client(allowPrivate: false);
        strict.Refuse(url).ShouldBeNull();
        (await strict.SendAsync(Message(url), Token)).Error.ShouldNotBeNull().ShouldContain("private");
        receiver.Attempts.ShouldBe(0);
        using var open = Client(allowPrivate: true);
        (await open.SendAsync(Message(url), Token)).Error.ShouldBeNull();
        receiver.Taken.Count.ShouldBe(1);
    }

    [Fact(DisplayName = "[WH6] a redirect is a failure, and is not followed")]
    public async Task Redirect()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Location = receiver.Url;
            return Task.FromResult(307);
        };
        using var client = Client(allowPrivate: true);
        (await client.SendAsync(Message(receiver.Url), Token)).Error.ShouldBe("answered 307");
        receiver.Attempts.ShouldBe(1);
    }

    [Fact(DisplayName = "[WH5] a receiver that does not answer in time is given up; one that is not there is told as it is")]
    public async Task Late()
    {
        await using var receiver = await Receiver.StartAsync();
        var arrived = new TaskCompletionSource();
        receiver.Answer = async (_, context) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return 204;
        };
        var time = new FakeTimeProvider();
        using var client = Client(allowPrivate: true, time);
        var sending = client.SendAsync(Message(receiver.Url), Token);
        await arrived.Task;
        sending.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(10_000));
        (await sending).Error.ShouldBe("no answer within 10000 ms");
        (await client.SendAsync(Message("http://127.0.0.1:1/"), Token)).Error.ShouldNotBeNull();
    }

    [Theory(DisplayName = "[WH9] a receiver that is busy says how long, in seconds or until when; one that is gone says so")]
    [InlineData(429, "7", 7, false)]
    [InlineData(503, "Mon, 05 Jan 2026 08:01:00 GMT", 60, false)]
    [InlineData(429, null, null, false)]
    [InlineData(500, "7", null, false)]
    [InlineData(410, null, null, true)]
    public async Task Busy(int status, string? retryAfter, int? seconds, bool isGone)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (_, context) =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.FromResult(status);
        };
        using var client = Client(
            allowPrivate: true, new FakeTimeProvider(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero)));
        var answer = await client.SendAsync(Message(receiver.Url), Token);
        (answer.Error, answer.RetryAfter?.TotalSeconds, answer.IsGone)
            .ShouldBe(($"answered {status}", (double?)seconds, isGone));
    }

    private static WebhookClient Client(bool allowPrivate, TimeProvider? time = null) => new(
        new WebhookOptions(), allowPrivate, time ?? TimeProvider.System,
        (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

    private static WebhookMessage Message(string url) =>
        new(
            url, "application/cloudevents+json; charset=utf-8", "{}"u8.ToArray(),
            [("GridMesh-Signature", "t=1,v1=00")]);
}
