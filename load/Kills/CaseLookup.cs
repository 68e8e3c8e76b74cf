namespace GridMesh.Load.Kills;

/// <summary>Looks up what was acknowledged.</summary>
internal sealed class CaseLookup(MeshClient client, Crew crew, Action<string> onLoss)
{
    /// <summary>Most look-ups at once.</summary>
    public const int AtOnceMax = 16;

    /// <summary>Number of acknowledged facts that their case does not hold where it was said, or holds twice.</summary>
    public async Task<int> LostAsync(IEnumerable<CaseRecord> cases, CancellationToken cancellation)
    {
        var lost = 0;
        await Parallel.ForEachAsync(
            cases,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancellation },
            async (record, stop) => Interlocked.Add(ref lost, await LostOfAsync(record, stop)));
        return lost;
    }

    /// <summary>Number of workers whose last acknowledged shift does not hold.</summary>
    public async Task<int> LostShiftsAsync(IReadOnlyDictionary<string, bool> duty, CancellationToken cancellation)
    {
        var lost = 0;
        foreach (var (worker, onDuty) in duty)
        {
            var answer = await client.GetAsync($"workers/{worker}", crew.Dispatcher, cancellation);
            if (!answer.IsSuccess || answer.Body.GetProperty("onDuty").GetBoolean() != onDuty)
            {
                onLoss($"{worker}: acknowledged as {(onDuty ? "on" : "off")} duty, found {answer.Code}");
                lost++;
            }
        }

        return lost;
    }

    /// <summary>How often a type of fact is in the history of a case; null when there is no such case.</summary>
    public async Task<int?> CountAsync(string id, string fact, CancellationToken cancellation)
    {
        var answer = await client.GetAsync($"incidents/{id}", crew.Dispatcher, cancellation);
        return answer.IsSuccess ? History(answer).Count(entry => entry.Fact == fact) : null;
    }

    private async Task<int> LostOfAsync(CaseRecord record, CancellationToken cancellation)
    {
        var answer = await client.GetAsync($"incidents/{record.Id}", crew.Dispatcher, cancellation);
        if (!answer.IsSuccess)
        {
            onLoss($"{record.Id}: {record.Facts.Count} acknowledged facts, found {answer.Code}");
            return record.Facts.Count;
        }

        var history = History(answer);
        var missing = record.Facts.Where(fact =>
            !history.Contains(fact) || history.Count(entry => entry.Fact == fact.Fact) != 1).ToArray();
        foreach (var (seq, fact) in missing)
            onLoss($"{record.Id}: {fact} was acknowledged as fact {seq}, the history has {string.Join(", ", history)}");

        return missing.Length;
    }

    private static List<(long Seq, string Fact)> History(Answer answer) =>
        [.. answer.Body.GetProperty("history").EnumerateArray().Select(EntryOf)];

    private static (long Seq, string Fact) EntryOf(JsonElement entry) =>
        (entry.GetProperty("seq").GetInt64(), entry.GetProperty("type").GetString()!);
}
