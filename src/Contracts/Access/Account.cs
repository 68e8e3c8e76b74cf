using System.Text.Json.Serialization;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Access;

/// <summary>An account of our own, where no issuer signs anybody in.</summary>
/// <param name="Name">What is signed in with, and the subject of its tokens.</param>
/// <param name="Title">What others read.</param>
/// <param name="PasswordHash">As ASP.NET Core Identity writes it.</param>
/// <param name="MustChange">The password was given by somebody else: it opens nothing but its own change.</param>
/// <param name="Failures">Attempts since the last that was right.</param>
/// <param name="LockedUntil">Until then no attempt is looked at.</param>
/// <param name="CodeSecret">Of the codes of a second factor (RFC 6238); null: there is none.</param>
/// <param name="CodeStep">The step of the last code that was taken: none is taken twice.</param>
public sealed record Account(
    string Name, string Title, Role Role, AreaCode Area, string? Worker, ImmutableArray<Line> Lines,
    string PasswordHash, bool MustChange, DateTimeOffset CreatedAt, bool IsDisabled = false, int Failures = 0,
    DateTimeOffset? LockedUntil = null, byte[]? CodeSecret = null, long CodeStep = 0)
{
    public const int CountMax = 20_000;

    public const int NameMax = 64;

    public const int TitleMax = 64;

    /// <summary>Counts its changes; whoever changes it says which state was meant.</summary>
    public long Version { get; init; }

    [JsonIgnore]
    public Actor Actor => new(Name, Title, Role, Area, Worker, Lines);
}

/// <summary>Somebody who is signed in at one place.</summary>
/// <param name="Id">The <c>sid</c> of its tokens.</param>
/// <param name="SecretHash">SHA-256 of what the cookie has to hold beside the id.</param>
/// <param name="FormerHash">Of what it held before the last renewal.</param>
/// <param name="From">The address that signed in.</param>
/// <param name="Grant">Of whoever an issuer signed in; null: it is of an account of our own.</param>
public sealed record AccountSession(
    string Id, string Account, byte[] SecretHash, byte[]? FormerHash, DateTimeOffset CreatedAt,
    DateTimeOffset RenewedAt, DateTimeOffset EndsAt, string From, OpenIdGrant? Grant = null)
{
    /// <summary>Most sessions of one account; the one that was renewed longest ago goes.</summary>
    public const int CountMax = 20;
}
