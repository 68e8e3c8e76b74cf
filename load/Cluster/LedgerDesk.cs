using GridMesh.Load.Kills;

namespace GridMesh.Load.Cluster;

/// <summary>Sends commands and writes into a ledger what became of them.</summary>
internal static class LedgerDesk
{
    /// <summary>The case's id when the command was acknowledged.</summary>
    public static async Task<string?> SendAsync(
        Doors doors, SentCommand command, Ledger ledger, CancellationToken cancellation)
    {
        // Whatever had to be sent again is looked up at the end: it has to be there exactly once.
        if (await doors.SendAsync(command, () => ledger.Unanswered.Add(command), cancellation) is not { } answer)
        {
            return null;
        }

        if (!answer.IsSuccess)
        {
            ledger.Refuse(answer.Code);
            return null;
        }

        var id = answer.Body.GetProperty("id").GetString()!;
        ledger.Acknowledge(command, id, answer.Body.GetProperty("version").GetInt64());
        return id;
    }
}
