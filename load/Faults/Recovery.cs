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

/// <param name="Seconds">From the start of the process to the first right snapshot.</param>
/// <param name="Wrong">Snapshots before it that were answered and were not right.</param>
internal sealed record RightSnapshot(double Seconds, int Wrong, DistrictNumbers Numbers);

/// <summary>
/// Asks a starting product for the district's snapshot again and again, and finds out which was the first right one by
/// counting the list of cases: right is what equals the count while nobody changes anything.
/// </summary>
internal sealed class Recovery(MeshClient client, string area, string token, long startedAt, TimeProvider time)
{
    private const int PageMax = 200;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly HashSet<string> s_openSteps =
        ["Reported", "Dispatched", "Handling", "Returned", "Inspecting", "Feedback"];

    private readonly List<(double Seconds, DistrictNumbers Numbers)> _answers = [];

    /// <summary>Null when there was no right one in three minutes.</summary>
    public async Task<RightSnapshot?> RunAsync(Action throwIfGone, CancellationToken cancellation)
    {
        while (time.GetElapsedTime(startedAt) < s_patience)
        {
            throwIfGone();
            if (!await AskAsync(cancellation))
            {
                await Task.Delay(s_pause, time, cancellation);
                continue;
            }

            var counted = await CountAsync();
            await AskAsync(cancellation);
            var first = _answers.FindIndex(answer => answer.Numbers == counted);
            if (first >= 0 && _answers[^1].Numbers == counted)
                return new RightSnapshot(_answers[first].Seconds, first, counted);
        }

        return null;
    }

    private async Task<bool> AskAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await client.GetAsync($"areas/{area}", token, cancellation);
            if (answer.IsSuccess)
                _answers.Add((
                    time.GetElapsedTime(startedAt).TotalSeconds,
                    DistrictNumbers.Of(answer.Body.GetProperty("summary"))));

            return answer.IsSuccess;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
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
