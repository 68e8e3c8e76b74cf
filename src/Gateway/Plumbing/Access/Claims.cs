using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Letters;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>The claims of a token and the actor that they make.</summary>
internal static class MeshClaims
{
    public const string Sub = "sub";
    public const string Name = "name";
    public const string Role = "role";
    public const string Area = "area";
    public const string Lines = "lines";
    public const string Worker = "worker";

    /// <summary>Longest subject, name or worker id in characters.</summary>
    public const int TextMax = 64;

    /// <summary>What <see cref="TryRead"/> makes the actor of.</summary>
    public static IEnumerable<Claim> Of(Actor actor) =>
    [
        new(Sub, actor.Sub), new(Name, actor.Name), new(Role, actor.Role.ToString().ToLowerInvariant()),
        new(Area, actor.Area.Value), .. actor.Lines.Select(line => new Claim(Lines, $"{line}")),
        .. actor.Worker is { } worker ? [new Claim(Worker, worker)] : (Claim[])[],
    ];

    /// <summary>Reads the actor; <paramref name="reason"/> names the claim that is missing or wrong.</summary>
    public static bool TryRead(
        ClaimsPrincipal user, [NotNullWhen(true)] out Actor? actor, [NotNullWhen(false)] out string? reason)
    {
        actor = null;
        var sub = user.FindFirstValue(Sub);
        if (sub is not { Length: > 0 and <= TextMax } || !WholeText.Is(sub)
            || !WholeText.Is(user.FindFirstValue(Name)))
        {
            reason = $"the token's 'sub' is missing or longer than {TextMax}, or it or 'name' is not of whole letters";
            return false;
        }

        if (user.FindAll(Role).Skip(1).Any()
            || !EnumName.TryParse<Role>(user.FindFirstValue(Role), out var role, ignoreCase: true))
        {
            reason = "the token's 'role' is missing, unknown or more than one";
            return false;
        }

        if (!AreaCode.TryParse(user.FindFirstValue(Area), out var area, out var fault))
        {
            reason = $"the token's 'area': {fault}";
            return false;
        }

        var lines = ImmutableArray.CreateBuilder<Line>();
        foreach (var claim in user.FindAll(Lines))
        {
            if (!EnumName.TryParse<Line>(claim.Value, out var line, ignoreCase: true))
            {
                reason = $"the token's 'lines' names '{WholeText.Shorten(claim.Value, TextMax)}'";
                return false;
            }

            lines.Add(line);
        }

        var worker = user.FindFirstValue(Worker);
        if (worker is { Length: > TextMax } || !WholeText.Is(worker)
            || (role == Contracts.Access.Role.Worker && string.IsNullOrEmpty(worker)))
        {
            reason = "the token's 'worker' is missing, too long or not of whole letters";
            return false;
        }

        reason = null;
        actor = new Actor(sub, user.FindFirstValue(Name) ?? sub, role, area, worker, lines.ToImmutable());
        return true;
    }
}
