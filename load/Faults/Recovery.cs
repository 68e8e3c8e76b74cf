namespace GridMesh.Load.Faults;

/// <summary>Two numbers of a district that can be counted from outside.</summary>
internal readonly record struct DistrictNumbers(int Open, int ReportedToday)
{
    public static DistrictNumbers Of(JsonElement summary)
    {
        var incidents = summary.GetProperty("incidents");
        return new DistrictNumbers(
            incidents.GetProperty("open").GetInt32(), incidents.GetProperty("reportedToday").GetInt32());
    }
}

/// <param name="Seconds">Until the product gave it.</param>
internal sealed record RightSnapshot(double Seconds, DistrictNumbers Numbers);

/// <summary>
/// Asks for the district's snapshot again and again until it is right: what equals the count of the list of cases while
/// nobody changes anything.
/// </summary>
internal sealed class Recovery(MeshClient client, string area, string token, long since, TimeProvider time)
{
    private const int PageMax = 200;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly HashSet<string> s_openSteps =
        ["Reported", "Dispatched", "Handling", "Returned", "Inspecting", "Feedback"];

    /// <summary>Null when there was no right one in three minutes.</summary>
    public async Task<RightSnapshot?> RunAsync(Action throwIfGone, CancellationToken cancellation)
    {
        for (; time.GetElapsedTime(since) < s_patience; await Task.Delay(s_pause, time, cancellation))
        {
            throwIfGone();
            if (await AskAsync(cancellation) is not { } shown)
                continue;
            var seconds = time.GetElapsedTime(since).TotalSeconds;
            if (await CountAsync() == shown && await AskAsync(cancellation) == shown)
                return new RightSnapshot(seconds, shown);
        }

        return null;
    }

    /// <summary>Null where nobody answers, or not with it.</summary>
    private async Task<DistrictNumbers?> AskAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await client.GetAsync($"areas/{area}", token, cancellation);
            return answer.IsSuccess ? DistrictNumbers.Of(answer.Body.GetProperty("summary")) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<DistrictNumbers> CountAsync()
    {
        var midnight = ChinaTime.StartOf(ChinaTime.Day(time.GetUtcNow()));
        var (open, today) = (0, 0);
        await foreach (var item in client.ItemsAsync($"incidents?area={area}&limit={PageMax}", token))
        {
            open += s_openSteps.Contains(item.GetProperty("step").GetString()!) ? 1 : 0;
            today += item.GetProperty("reportedAt").GetDateTimeOffset() >= midnight ? 1 : 0;
        }

        return new DistrictNumbers(open, today);
    }
}
