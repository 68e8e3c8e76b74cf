using System.Security.Claims;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.OpenId;

/// <summary>Why somebody whom the issuer knows is not signed in; the wall has a sentence for each.</summary>
internal enum OpenIdRefusal
{
    NoRole,
    SeveralRoles,

    /// <summary>Area, lines or worker are missing, several or unknown here.</summary>
    Incomplete,

    /// <summary>The sign-in was broken off, or is not the one that began here.</summary>
    Failed,

    /// <summary>The issuer does not answer.</summary>
    Away,
}

/// <summary>What claims of an issuer make of somebody: an actor, or why not.</summary>
/// <param name="Why">For the log.</param>
internal sealed record OpenIdReading(Actor? Actor, OpenIdRefusal Refusal, string Why)
{
    private static readonly OpenIdReading s_severalRoles =
        new(null, OpenIdRefusal.SeveralRoles, "the claims mean several roles");

    /// <summary>Reads the claims by the mapping of the settings.</summary>
    public static OpenIdReading Of(IEnumerable<Claim> given, OpenIdOptions options)
    {
        var claims = given.ToLookup(claim => claim.Type, claim => claim.Value, StringComparer.Ordinal);
        string[] Values(string type) => [.. claims[type].Distinct(StringComparer.Ordinal)];

        var meanings = MeaningsOf(Values(options.RoleClaim), options).Distinct().Take(2).ToArray();
        if (meanings.Length != 1 || !EnumName.TryParse<Role>(meanings[0].Role, out var role, ignoreCase: true))
        {
            return meanings.Length > 1
                ? s_severalRoles
                : new OpenIdReading(null, OpenIdRefusal.NoRole, $"the claim '{options.RoleClaim}' means no role");
        }

        var areas = meanings[0].Area is { } area ? [area] : Values(options.AreaClaim);
        var (subjects, workers) = (Values(MeshClaims.Sub), Values(options.WorkerClaim));
        if (subjects.Length > 1 || areas.Length > 1 || workers.Length > 1)
        {
            return new OpenIdReading(
                null, OpenIdRefusal.Incomplete, "the claims name several subjects, areas or workers");
        }

        var own = new ClaimsIdentity(
        [
            .. Claims(MeshClaims.Sub, subjects), .. Claims(MeshClaims.Name, Values(options.NameClaim).Take(1)),
            .. Claims(MeshClaims.Role, [$"{role}"]), .. Claims(MeshClaims.Area, areas),
            .. Claims(MeshClaims.Lines, Values(options.LinesClaim).Order(StringComparer.OrdinalIgnoreCase)),
            .. Claims(MeshClaims.Worker, workers),
        ]);
        return MeshClaims.TryRead(new ClaimsPrincipal(own), out var actor, out var reason)
            ? new OpenIdReading(actor, default, "")
            : new OpenIdReading(null, OpenIdRefusal.Incomplete, reason);
    }

    /// <summary>Whether somebody may still what he was let in for; what he is called may change.</summary>
    public bool IsStill(Actor actor) => Actor is not null
        && Actor with { Name = actor.Name, Lines = actor.Lines } == actor && Actor.Lines.SequenceEqual(actor.Lines);

    private static IEnumerable<(string? Role, string? Area)> MeaningsOf(string[] values, OpenIdOptions options) =>
        options.Roles.Count == 0
            ? values.Select(value => ((string?)value, (string?)null))
            : options.Roles.Where(role => values.Contains(role.Value, StringComparer.Ordinal))
                .Select(role => (role.Role?.ToLowerInvariant(), role.Area));

    private static IEnumerable<Claim> Claims(string type, IEnumerable<string> values) =>
        values.Select(value => new Claim(type, value));
}
