using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;

namespace GridMesh.Gateway.Accounts;

internal sealed record SignInBody
{
    [Required, MaxLength(Account.NameMax)]
    public string? Name { get; init; }

    [Required, MaxLength(Passwords.Max)]
    public string? Password { get; init; }

    [MaxLength(OneTimeCode.Digits)]
    public string? Code { get; init; }
}

internal sealed record PasswordBody
{
    [Required, MaxLength(Account.NameMax)]
    public string? Name { get; init; }

    [Required, MaxLength(Passwords.Max)]
    public string? Password { get; init; }

    [MaxLength(OneTimeCode.Digits)]
    public string? Code { get; init; }

    [Required, MinLength(Passwords.Min), MaxLength(Passwords.Max)]
    public string? NewPassword { get; init; }
}

/// <param name="ExpiresAt">Of the token; until the session ends another one is had from <c>auth/refresh</c>.</param>
internal sealed record SignInAnswer(
    string Token, DateTimeOffset ExpiresAt, DateTimeOffset SessionEndsAt, string Name, Role Role, AreaCode Area);

internal sealed record MeAnswer(
    string Sub, string Name, Role Role, AreaCode Area, string? Worker, ImmutableArray<Line> Lines,
    DateTimeOffset ExpiresAt);

/// <param name="From">Address that it was begun from.</param>
/// <param name="IsThis">It is the one that asks.</param>
internal sealed record SessionItem(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset RenewedAt, DateTimeOffset EndsAt, string From, bool IsThis);
