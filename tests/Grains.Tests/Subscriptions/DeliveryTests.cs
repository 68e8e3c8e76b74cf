using System.Text;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Grains.Subscriptions;

namespace GridMesh.Grains.Tests.Subscriptions;

public sealed class DeliveryTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact(DisplayName = "[WH3] pauses double from the first to the longest, each between a half and the whole, and a success begins anew")]
    public void Pauses()
    {
        var options = new WebhookOptions { FirstPauseMs = 1_000, LastPauseMs = 60_000, AttemptsMax = 10 };
        var state = new DeliveryState(options, new Random(7));
        var whole = 1_000d;
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            state.IsExhausted.ShouldBeFalse();
            state.Failed("answered 500", s_noon);
            var pause = (state.NextAttemptAt!.Value - s_noon).TotalMilliseconds;
            pause.ShouldBeInRange(whole / 2, whole);
            state.IsDue(s_noon).ShouldBeFalse();
            state.IsDue(s_noon.AddMilliseconds(whole)).ShouldBeTrue();
            whole = Math.Min(whole * 2, 60_000);
        }

        state.IsExhausted.ShouldBeTrue();
        state.Succeeded(3, s_noon);
        (state.Attempts, state.NextAttemptAt, state.LastError, state.Delivered, state.IsExhausted)
            .ShouldBe((0, null, null, 3L, false));
        state.Failed("x", s_noon);
        (state.NextAttemptAt!.Value - s_noon).TotalMilliseconds.ShouldBeLessThanOrEqualTo(1_000);
    }

    [Fact(DisplayName = "[WH9] a receiver that asks to be left alone is, at least as long as it asks and at most for the longest pause")]
    public void Asked()
    {
        var options = new WebhookOptions { FirstPauseMs = 1_000, LastPauseMs = 60_000 };
        var state = new DeliveryState(options, new Random(7));
        state.Failed("answered 429", s_noon, TimeSpan.FromSeconds(30));
        state.NextAttemptAt.ShouldBe(s_noon.AddSeconds(30));
        state.Failed("answered 429", s_noon, TimeSpan.FromDays(3_000));
        state.NextAttemptAt.ShouldBe(s_noon.AddSeconds(60));
        state.Failed("answered 429", s_noon, TimeSpan.FromSeconds(-30));
        state.NextAttemptAt!.Value.ShouldBeInRange(s_noon.AddSeconds(2), s_noon.AddSeconds(4));
    }

    [Fact(DisplayName = "[WH1] the signature is HMAC-SHA256 over time, full stop and body")]
    public void Signature() =>
        WebhookSignature.Of(
            "a-secret-of-sixteen-or-more", DateTimeOffset.FromUnixTimeSeconds(1_782_907_200),
            Encoding.UTF8.GetBytes("""{"a":"井"}"""))
        .ShouldBe("t=1782907200,v1=c51fe8066249ca415dace7d4c4806f2052979ad71a2a65a82bd5972ac701bf9a");

    [Fact(DisplayName = "[WH2] every fact of a case has one name as an event")]
    public void Names()
    {
        IncidentEvents.NameOf("IncidentReported").ShouldBe("incident.reported");
        IncidentEvents.NameOf("ReporterTold").ShouldBe("incident.reporter-told");
        IncidentEvents.NameOf("IncidentHandedBack").ShouldBe("incident.handed-back");
        IncidentEvents.NameOf("ShiftStarted").ShouldBeNull();
        IncidentEvents.All.ShouldBeUnique();
    }

    [Fact(DisplayName = "[WH8] wrong settings of webhooks are all named at once")]
    public void Options()
    {
        new WebhookOptions().Problems().ShouldBeEmpty();
        var problems =
            new WebhookOptions { PollMs = 1, TimeoutMs = 1, AttemptsMax = 0, FirstPauseMs = 50_000,
                LastPauseMs = 10 }.Problems().ToArray();
        foreach (var name in new[] { "PollMs", "TimeoutMs", "AttemptsMax", "LastPauseMs" })
            problems.ShouldContain(problem => problem.Contains(name), name);
    }
}
