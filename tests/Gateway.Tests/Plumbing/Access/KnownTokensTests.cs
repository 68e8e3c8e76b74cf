using System.Security.Claims;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Plumbing.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Plumbing.Access;

public sealed class KnownTokensTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact(DisplayName = "[AC7] a token that was checked in full is known for five minutes, and not longer than it is valid")]
    public void TrustEnds()
    {
        var known = new KnownTokens(new LimitOptions(), new LiveTokens(new AuthOptions(), new LiveDirectory()), _time);
        var start = _time.GetUtcNow();
        known.Learn("long", Me("a"), Until(start.AddHours(8)));
        known.Learn("short", Me("b"), Until(start.AddMinutes(1)));
        known.Find("long", start.AddMinutes(5).AddTicks(-1)).ShouldNotBeNull();
        known.Find("long", start.AddMinutes(5)).ShouldBeNull();
        known.Find("short", start.AddMinutes(1).AddTicks(-1)).ShouldNotBeNull();
        known.Find("short", start.AddMinutes(1)).ShouldBeNull();
    }

    [Fact(DisplayName = "[AC7] one character of a token makes another token")]
    public void Another()
    {
        var known = new KnownTokens(new LimitOptions(), new LiveTokens(new AuthOptions(), new LiveDirectory()), _time);
        known.Learn("Bearer x.y.z", Me("a"), Until(_time.GetUtcNow().AddHours(1)));
        known.Find("Bearer x.y.Z", _time.GetUtcNow()).ShouldBeNull();
    }

    [Fact(DisplayName = "[AC5] all tokens of one subject share one bucket")]
    public void OneBucket()
    {
        var known = new KnownTokens(new LimitOptions(), new LiveTokens(new AuthOptions(), new LiveDirectory()), _time);
        var expires = Until(_time.GetUtcNow().AddHours(1));
        var bucket = known.Learn("first", Me("a"), expires).Bucket;
        known.Learn("second", Me("a"), expires).Bucket.ShouldBeSameAs(bucket);
        known.Learn("third", Me("b"), expires).Bucket.ShouldNotBeSameAs(bucket);
    }

    [Theory(DisplayName = "[AC5] a bucket gives its burst at once and then its rate, whatever was asked in between")]
    [InlineData(10, 5)]
    [InlineData(200, 400)]
    [InlineData(1, 1)]
    public void Bucket(int perSecond, int burst)
    {
        var bucket = new TokenBucket(perSecond, burst);
        var start = _time.GetUtcNow().UtcTicks;
        Taken(bucket, start, burst + 3).ShouldBe(burst);
        bucket.TryTake(start, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(1) / perSecond);
        Taken(bucket, start + wait.Ticks - 1, 1).ShouldBe(0);
        Taken(bucket, start + wait.Ticks, 2).ShouldBe(1);
        Taken(bucket, start + TimeSpan.TicksPerHour, burst * 2).ShouldBe(burst);
    }

    [Fact(DisplayName = "[AC7] no more tokens are remembered than the bound, and those in use stay")]
    public void Bound()
    {
        var map = new RecentMap<string>(entriesMax: 100);
        map.Keep("used", "used");
        for (var i = 0; i < 1_000; i++)
        {
            map.Keep($"{i}", $"{i}");
            map.Find("used").ShouldBe("used");
        }

        Enumerable.Range(0, 1_000).Count(i => map.Find($"{i}") is not null).ShouldBeInRange(1, 100);
        map.Find("999").ShouldBe("999");
    }

    [Fact(DisplayName = "[TI4] where the clock is set back nobody waits for it to come on: a bucket refills from the new time")]
    public void SetBack()
    {
        var bucket = new TokenBucket(perSecond: 10, burst: 5);
        var start = _time.GetUtcNow().UtcTicks;
        Taken(bucket, start, 5).ShouldBe(5);
        var back = start - TimeSpan.TicksPerHour;
        bucket.TryTake(back, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromMilliseconds(100));
        Taken(bucket, back + (3 * wait.Ticks), 5).ShouldBe(3);
    }

    private static int Taken(TokenBucket bucket, long now, int asked) =>
        Enumerable.Range(0, asked).Count(_ => bucket.TryTake(now, out var _));

    private static AuthenticateResult Until(DateTimeOffset expires) =>
        AuthenticateResult.Success(new AuthenticationTicket(
        new ClaimsPrincipal(), new AuthenticationProperties { ExpiresUtc = expires }, "test"));

    private static CurrentActor Me(string sub) =>
        new(new Actor(sub, sub, Role.Viewer, AreaCode.Parse("450105"), null, []));
}
