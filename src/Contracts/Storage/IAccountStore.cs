using GridMesh.Contracts.Access;

namespace GridMesh.Contracts.Storage;

/// <summary>
/// Accounts of our own, and where they or people of an issuer are signed in. Rarely written, each write a transaction.
/// </summary>
public interface IAccountStore
{
    /// <summary>False where the name is taken, or there are <see cref="Account.CountMax"/>.</summary>
    ValueTask<bool> AddAsync(Account account, CancellationToken cancellation = default);

    ValueTask<Account?> FindAsync(string name, CancellationToken cancellation = default);

    /// <summary>False, and nothing changes, where the account is no longer at its version.</summary>
    ValueTask<bool> ReplaceAsync(Account account, CancellationToken cancellation = default);

    /// <summary>By name.</summary>
    ValueTask<IReadOnlyList<Account>> ListAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Begins a session; ended ones of its account go, and the oldest beyond the bound, those of an issuer apart.
    /// </summary>
    ValueTask AddSessionAsync(AccountSession session, CancellationToken cancellation = default);

    ValueTask<AccountSession?> FindSessionAsync(string id, CancellationToken cancellation = default);

    /// <summary>The sessions of an account, the latest first.</summary>
    ValueTask<IReadOnlyList<AccountSession>> ListSessionsAsync(
        string account, CancellationToken cancellation = default);

    /// <summary>Puts the session in place of itself with the secret that it calls its former one.</summary>
    /// <returns>False where there is none with that secret any more.</returns>
    ValueTask<bool> RenewSessionAsync(AccountSession session, CancellationToken cancellation = default);

    /// <summary>Puts the grant in place of the one that was to be renewed at a time: one process renews it.</summary>
    /// <returns>False where it is no longer to be renewed then.</returns>
    ValueTask<bool> RenewGrantAsync(
        AccountSession session, DateTimeOffset renewAt, CancellationToken cancellation = default);

    /// <summary>Sessions that live and whose issuer is to be asked again by now, the longest waiting first.</summary>
    ValueTask<IReadOnlyList<AccountSession>> ListDueAsync(
        DateTimeOffset now, int most, CancellationToken cancellation = default);

    /// <summary>The sessions that an issuer calls by its <c>sid</c>.</summary>
    ValueTask<IReadOnlyList<AccountSession>> ListOfIssuerAsync(
        string issuerSession, CancellationToken cancellation = default);

    ValueTask EndSessionAsync(string id, CancellationToken cancellation = default);
}
