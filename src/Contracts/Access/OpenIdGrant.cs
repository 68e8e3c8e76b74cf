namespace GridMesh.Contracts.Access;

/// <summary>What an OpenID Connect issuer said of somebody whom it signed in, and by what it is asked again.</summary>
/// <param name="Actor">As the claims made them: with other ones the session ends.</param>
/// <param name="Session">The issuer's own <c>sid</c>, where it has told one.</param>
/// <param name="RefreshToken">Null: it cannot be asked again.</param>
/// <param name="IdToken">Tells the issuer at signing out who it is.</param>
/// <param name="RenewAt">From then on it is asked again; null: never.</param>
public sealed record OpenIdGrant(
    Actor Actor, string? Session, string? RefreshToken, string? IdToken, DateTimeOffset? RenewAt);
