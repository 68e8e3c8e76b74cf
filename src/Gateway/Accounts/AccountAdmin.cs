using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Accounts;

/// <summary>What whoever runs the installation hands to the owner of an account; nobody can read it again.</summary>
/// <param name="Password">Opens nothing but its own change.</param>
/// <param name="Code">What an app of one-time codes takes by hand; null: no new one.</param>
/// <param name="CodeLink">The same as an app takes it from a picture.</param>
public sealed record FirstPassword(string Password, string? Code, string? CodeLink);

/// <summary>Accounts as an operator sees them.</summary>
public sealed class AccountAdmin
{
    private readonly IAccountStore _accounts;
    private readonly AccountChanges _changes;
    private readonly SignInService _sessions;

    internal AccountAdmin(IAccountStore accounts, AccountChanges changes, SignInService sessions) =>
        (_accounts, _changes, _sessions) = (accounts, changes, sessions);

    /// <summary>Why it is no name of an account; null: it is one.</summary>
    public static string? NameProblem(string name) => AccountChanges.IsName(name) ? null : AccountChanges.NameWords;

    /// <summary>Null where the name is taken, or there are as many as may be.</summary>
    public async Task<FirstPassword?> AddAsync(Account account, bool withCode)
    {
        var secret = withCode ? OneTimeCode.NewSecret() : null;
        return await _changes.AddAsync(account with { CodeSecret = secret }, CancellationToken.None) is { } password
            ? Told(account.Name, password, secret)
            : null;
    }

    /// <summary>A new first password, with which it is open again; null where there is no such account.</summary>
    public async Task<FirstPassword?> ResetAsync(string name, bool withCode)
    {
        var secret = withCode ? OneTimeCode.NewSecret() : null;
        return await _changes.ResetAsync(
            name, account => account with { CodeSecret = secret ?? account.CodeSecret, CodeStep = 0 },
            CancellationToken.None) is { } password
                ? Told(name, password, secret)
                : null;
    }

    /// <summary>False where there is no such account.</summary>
    public Task<bool> DisableAsync(string name) =>
        _changes.ChangeAsync(name, account => account with { IsDisabled = true }, CancellationToken.None);

    public async Task<IReadOnlyList<AccountSession>> SessionsAsync(string name) =>
        await _accounts.ListSessionsAsync(name);

    public Task EndSessionsAsync(string name) => _sessions.EndAllAsync(name, CancellationToken.None);

    private static FirstPassword Told(string name, string password, byte[]? secret) => new(
        password, secret is null ? null : OneTimeCode.Text(secret),
        secret is null ? null : OneTimeCode.Link(secret, name));
}
