using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Keys;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Hotline;

/// <summary>Who calls as the hotline, and which case an order is.</summary>
internal sealed class HotlineAccess(
    [FromKeyedServices(HotlineAccess.Keys)] ApiKeys keys, IDirectory directory, IJournal journal,
    IncidentService service)
{
    /// <summary>The keys of this endpoint.</summary>
    public const string Keys = "hotline";

    public const string Header = "X-Api-Key";

    /// <summary>The hotline as it acts: a desk of the area that its key is for.</summary>
    public (Actor? Actor, IResult? Problem) Admit(HttpContext context)
    {
        var (verdict, key) = keys.Admit(context.Request.Headers[Header].FirstOrDefault());
        if (verdict == KeyVerdict.TooOften)
            return (null, Problem.Of(ProblemCode.TooManyRequests));

        var area = key?.Area ?? directory.Current.Data.Areas
            .Where(entry => entry.Code.Tier == Tier.District).Select(entry => (AreaCode?)entry.Code).FirstOrDefault();
        return key is null || area is null
            ? (null, Problem.Of(ProblemCode.KeyIsMissingOrUnknown, $"See header {Header}."))
            : (new Actor($"{Keys}:{key.Name}", $"12345 {key.Name}", Role.Dispatcher, area.Value, null, []), null);
    }

    /// <summary>
    /// The command that an order is: the same number in a district is the same command, whoever passes it on.
    /// </summary>
    public static Guid CommandOf(Actor me, string number) =>
        Commands.IdOf($"{Keys}/orders/{me.Area.District}", number);

    /// <summary>Null when no such order has come.</summary>
    public async Task<IncidentView?> FindAsync(Actor me, string number) =>
        await journal.FindCommandAsync(CommandOf(me, number)) is { } known
            && CaseNumber.TryParse(known.Stream, out var id, out _) && me.Sees(id.Grid)
            ? await service.FindAsync(id)
            : null;

    public static bool IsNumber(string? number) => number is { Length: > 0 and <= HotlineOrder.NumberMax }
        && number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
