using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Accounts;

/// <summary>What is changed about accounts, by their owner or by whoever runs the installation.</summary>
internal sealed class AccountChanges(IAccountStore accounts, Passwords passwords, SignInService sessions)
{
    public const string NameWords = "has 1-64 small letters, digits, '.', '_' or '-'";

    private const int TriesMax = 5;

    public static bool IsName(string name) => name is { Length: > 0 and <= Account.NameMax }
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');

    /// <summary>Keeps the account and answers its first password; null where the name is taken.</summary>
    public async Task<string?> AddAsync(Account account, CancellationToken cancellation)
    {
        var first = Passwords.Make();
        return await accounts.AddAsync(
            account with { PasswordHash = passwords.Hash(account.Name, first), MustChange = true }, cancellation)
            ? first
            : null;
    }

    /// <summary>All sessions end, for one may be somebody else's; false where it was changed meanwhile.</summary>
    public async Task<bool> SetPasswordAsync(
        Account account, string password, bool mustChange, CancellationToken cancellation)
    {
        var changed = account with
        {
            PasswordHash = passwords.Hash(account.Name, password), MustChange = mustChange,
        };
        if (!await accounts.ReplaceAsync(changed, cancellation))
            return false;

        await sessions.EndAllAsync(account.Name, cancellation);
        return true;
    }

    /// <summary>Whatever others change meanwhile; false where there is no such account.</summary>
    public async Task<bool> ChangeAsync(string name, Func<Account, Account> change, CancellationToken cancellation)
    {
        for (var i = 0; i < TriesMax; i++)
        {
            if (await accounts.FindAsync(name, cancellation) is not { } account)
                return false;

            if (await accounts.ReplaceAsync(change(account), cancellation))
            {
                await sessions.EndAllAsync(name, cancellation);
                return true;
            }
        }

        throw new StorageUnavailableException($"{name} is changed again and again by others");
    }

    /// <summary>
    /// A new first password, with which a locked or disabled account is open again; null where there is none.
    /// </summary>
    public async Task<string?> ResetAsync(string name, Func<Account, Account> change, CancellationToken cancellation)
    {
        var first = Passwords.Make();
        var hash = passwords.Hash(name, first);
        return await ChangeAsync(
            name,
            account => change(account) with
            {
                PasswordHash = hash, MustChange = true, IsDisabled = false, Failures = 0, LockedUntil = null,
            },
            cancellation)
            ? first
            : null;
    }
}
