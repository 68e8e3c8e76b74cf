using GridMesh.Contracts.Access;

namespace GridMesh.Contracts.Storage;

/// <summary>What every gateway goes by beside what a token says itself.</summary>
/// <param name="Revoked">Ids of tokens and sessions that count no more.</param>
/// <param name="Issued">Ids of the tokens that were issued and live.</param>
public sealed record TokenList(IReadOnlySet<string> Revoked, IReadOnlySet<string> Issued);

/// <summary>Tokens that were issued, and those that were called back before their end.</summary>
public interface ITokenStore
{
    /// <summary>False where there are as many as may be (<see cref="IssuedToken.CountMax"/>).</summary>
    ValueTask<bool> AddAsync(IssuedToken token, CancellationToken cancellation = default);

    /// <summary>The issued tokens that live at a time, by their names.</summary>
    ValueTask<IReadOnlyList<IssuedToken>> ListAsync(DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Calls a token or a session back, and lets go of what is over by now.</summary>
    /// <param name="id">A <c>jti</c> or a <c>sid</c>.</param>
    /// <param name="endsAt">From then on nothing that it names is valid anyway.</param>
    ValueTask RevokeAsync(
        string id, DateTimeOffset now, DateTimeOffset endsAt, CancellationToken cancellation = default);

    /// <summary>Another one after every change of what <see cref="ReadAsync"/> answers; cheap to ask for.</summary>
    ValueTask<string> StampAsync(CancellationToken cancellation = default);

    ValueTask<TokenList> ReadAsync(DateTimeOffset now, CancellationToken cancellation = default);
}
