using Microsoft.AspNetCore.Authentication;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>A token that was checked in full, and what every request that carries it needs.</summary>
/// <param name="Me">Its actor, shared by all its requests.</param>
/// <param name="Result">Who is signed in and until when, as the framework wants it for connections that last.</param>
/// <param name="TrustedUntil">From then on it is checked in full again.</param>
/// <param name="Bucket">Shared by all tokens of the subject.</param>
internal sealed record KnownToken(
    CurrentActor Me, AuthenticateResult Result, DateTimeOffset TrustedUntil, TokenBucket Bucket);
