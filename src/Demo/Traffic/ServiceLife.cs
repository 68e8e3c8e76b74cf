using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Services;

namespace GridMesh.Demo.Traffic;

internal enum ServiceAction
{
    Take,
    Assign,
    NeedDocuments,
    DocumentsCame,
    Finish,
    Decline,
    Withdraw,
    Rate,
}

/// <summary>A service that the demo drives on.</summary>
/// <param name="Ask">How it was asked for; null where it was nobody of the demo.</param>
internal sealed record OpenService(string Id, AreaCode Grid, ServiceAsk? Ask)
{
    /// <summary>What the asker shows; null until somebody asks for it after a restart.</summary>
    public string? Token { get; init; }

    public required ServiceState State { get; init; }

    /// <summary>Id of the worker who does it; null while nobody does.</summary>
    public string? Holder { get; init; }

    /// <summary>Something was missing once already.</summary>
    public bool WasMissing { get; init; }

    /// <summary>Commands that it was given.</summary>
    public int Moves { get; init; }
}

/// <summary>What happens to a service next, and after how long in demo time.</summary>
internal readonly record struct ServiceMove(ServiceAction Action, TimeSpan After);

/// <summary>
/// The life of a service in the demo: most are taken within the hour, done within the day and rated well.
/// </summary>
internal static class ServiceLife
{
    private const double WithdrawShare = 0.04;
    private const double DeclineShare = 0.05;
    private const double AssignShare = 0.2;
    private const double MissingShare = 0.2;

    /// <summary>Null when nobody will do anything more about it.</summary>
    public static ServiceMove? Next(OpenService open, Random random)
    {
        var chance = random.NextDouble();
        (ServiceAction Action, double From, double To)? move = open.State switch
        {
            ServiceState.Asked when chance < WithdrawShare && open.Ask is not null => (ServiceAction.Withdraw, 5, 60),
            ServiceState.Asked when chance > 1 - DeclineShare => (ServiceAction.Decline, 10, 90),
            ServiceState.Asked when chance > 1 - DeclineShare - AssignShare => (ServiceAction.Assign, 5, 60),
            ServiceState.Asked => (ServiceAction.Take, 3, 60),
            ServiceState.Taken when chance < MissingShare && !open.WasMissing =>
                (ServiceAction.NeedDocuments, 10, 120),
            ServiceState.Taken => (ServiceAction.Finish, 60, 600),
            ServiceState.DocumentsNeeded => (ServiceAction.DocumentsCame, 240, 1_500),
            ServiceState.Done when open.Ask is { IsRated: true } => (ServiceAction.Rate, 10, 300),
            _ => null,
        };
        return move is { } next
            ? new ServiceMove(next.Action, random.Minutes(next.From, next.To))
            : null;
    }
}
