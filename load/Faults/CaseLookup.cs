namespace GridMesh.Load.Faults;

/// <summary>What became of the commands of some callers.</summary>
/// <param name="Wrong">Without an answer, and not there exactly once after they were sent again.</param>
internal sealed record Settlement(long Acknowledged, int Unanswered, int Lost, int Wrong);

/// <summary>
/// Looks up what was acknowledged. What was left without an answer is sent again, twice each, with its key: whatever
/// became of the first attempt, the fact has to be there exactly once afterwards.
/// </summary>
internal sealed class CaseLookup(MeshClient client, Crew crew, Action<string> onLoss)
{
    private const int AtOnceMax = 16;

    public async Task<Settlement> SettleAsync(
        IReadOnlyList<Ledger> ledgers, DateTimeOffset began, CancellationToken cancellation)
    {
        var (acknowledged, unanswered, wrong) = (ledgers.Sum(ledger => ledger.Acknowledged),
            ledgers.Sum(ledger => ledger.Unanswered.Count), 0);
        var lost = await LostAsync(ledgers.SelectMany(ledger => ledger.Cases), cancellation);
        await Parallel.ForEachAsync(
            ledgers,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancellation },
            async (ledger, stop) => Interlocked.Add(ref wrong, await WrongAsync(ledger, began, stop)));
        lost += await LostShiftsAsync(Ledger.DutyOf(ledgers), cancellation);
        return new Settlement(acknowledged, unanswered, lost, wrong);
    }

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

    /// <summary>Number of commands that are not there exactly once.</summary>
    public async Task<int> WrongAsync(Ledger ledger, DateTimeOffset began, CancellationToken cancellation)
    {
        var wrong = 0;
        foreach (var command in ledger.Unanswered.ToArray())
        {
            var first = await client.PostAsync(command.Path, command.Token, command.Body, command.Key, cancellation);
            var second = await client.PostAsync(command.Path, command.Token, command.Body, command.Key, cancellation);
            if (!first.IsSuccess || !second.IsSuccess)
            {
                onLoss($"{command.Key} {command.Path}: again {first.Code}, and again {second.Code}");
                wrong++;
            }
            else if (!await IsOnceAsync(command, first, second, began, ledger, cancellation))
            {
                onLoss($"{command.Key} {command.Path}: not there exactly once");
                wrong++;
            }
        }

        return wrong;
    }

    private async Task<bool> IsOnceAsync(
        SentCommand command, Answer first, Answer second, DateTimeOffset began, Ledger ledger,
        CancellationToken cancellation)
    {
        var id = first.Body.GetProperty("id").GetString()!;
        if (second.Body.GetProperty("id").GetString() != id)
            return false;

        ledger.Acknowledge(command, id, command.Fact is null ? 0 : first.Body.GetProperty("version").GetInt64());
        if (command.Fact is not { } fact)
            return second.Body.GetProperty("onDuty").GetBoolean() == command.OnDuty;
        return await CountAsync(id, fact, cancellation) == 1
            && (command.Subject is not null || await CasesOfAsync(command.Key, began, cancellation) == 1);
    }

    private async Task<int> CasesOfAsync(string key, DateTimeOffset began, CancellationToken cancellation)
    {
        var from = Uri.EscapeDataString(began.ToString("O"));
        var answer = await client.GetAsync($"incidents?q={key}.&from={from}", crew.Dispatcher, cancellation);
        return answer.Expect("the cases of a key").GetProperty("items").GetArrayLength();
    }

    /// <summary>How often a type of fact is in the history of a case; null when there is no such case.</summary>
    private async Task<int?> CountAsync(string id, string fact, CancellationToken cancellation)
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
