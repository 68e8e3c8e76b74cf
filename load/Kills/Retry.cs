namespace GridMesh.Load.Kills;

/// <summary>
/// Sends commands that were left without an answer again, twice each, with their keys: whatever became of the first
/// attempt, the fact has to be there exactly once afterwards.
/// </summary>
internal sealed class Retry(MeshClient client, Crew crew, CaseLookup lookup, Action<string> onFault)
{
    /// <summary>
    /// Commands that were there already: killed after they were durable and before they were answered.
    /// </summary>
    public int Durable { get; private set; }

    /// <summary>Number of commands that are not there exactly once.</summary>
    public async Task<int> WrongAsync(Ledger ledger, DateTimeOffset roundBegan, CancellationToken cancellation)
    {
        var wrong = 0;
        foreach (var command in ledger.Unanswered)
        {
            Durable += await IsThereAsync(command, roundBegan, cancellation) ? 1 : 0;
            var first = await client.PostAsync(command.Path, command.Token, command.Body, command.Key, cancellation);
            var second = await client.PostAsync(command.Path, command.Token, command.Body, command.Key, cancellation);
            if (!first.IsSuccess || !second.IsSuccess)
            {
                onFault($"{command.Key} {command.Path}: again {first.Code}, and again {second.Code}");
                wrong++;
            }
            else if (!await IsOnceAsync(command, first, second, roundBegan, ledger, cancellation))
            {
                onFault($"{command.Key} {command.Path}: not there exactly once");
                wrong++;
            }
        }

        return wrong;
    }

    /// <summary>Shifts are left out: they show no history.</summary>
    private async Task<bool> IsThereAsync(
        SentCommand command, DateTimeOffset roundBegan, CancellationToken cancellation) =>
        command is { Fact: { } fact, Subject: { } id } ? await lookup.CountAsync(id, fact, cancellation) > 0
        : command.Fact is not null && await CasesOfAsync(command.Key, roundBegan, cancellation) > 0;

    private async Task<bool> IsOnceAsync(
        SentCommand command, Answer first, Answer second, DateTimeOffset roundBegan, Ledger ledger,
        CancellationToken cancellation)
    {
        var id = first.Body.GetProperty("id").GetString()!;
        if (second.Body.GetProperty("id").GetString() != id)
            return false;

        ledger.Acknowledge(command, id, command.Fact is null ? 0 : first.Body.GetProperty("version").GetInt64());
        if (command.Fact is not { } fact)
            return second.Body.GetProperty("onDuty").GetBoolean() == command.OnDuty;
        return await lookup.CountAsync(id, fact, cancellation) == 1
            && (command.Subject is not null || await CasesOfAsync(command.Key, roundBegan, cancellation) == 1);
    }

    private async Task<int> CasesOfAsync(string key, DateTimeOffset roundBegan, CancellationToken cancellation)
    {
        var from = Uri.EscapeDataString(roundBegan.ToString("O"));
        var answer = await client.GetAsync($"incidents?q={key}.&from={from}", crew.Dispatcher, cancellation);
        return answer.Expect("the cases of a key").GetProperty("items").GetArrayLength();
    }
}
