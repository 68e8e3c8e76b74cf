using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Accounts;

/// <summary>What somebody signs in with.</summary>
/// <param name="Changes">For another password: the one thing that a first password opens.</param>
internal sealed record Credentials(string Name, string Password, string? Code, string Address, bool Changes);

/// <summary>
/// Whether it is who it says. An attempt is counted before it is looked at, so that a thousand at once are no more than
/// one after the other; what was wrong is told to the log, never to who tried.
/// </summary>
internal sealed class AccountCheck(IAccountStore accounts, Passwords passwords, SignInLog log, TimeProvider time)
{
    /// <summary>Attempts that cost nothing; from this one on there is a pause, which doubles.</summary>
    public const int FreeAttempts = 5;

    /// <summary>Hashes that are computed at once: each takes a tenth of a second of a processor.</summary>
    private const int AtOnceMax = 2;

    /// <summary>Changes of one account by others that an attempt stands.</summary>
    private const int TriesMax = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _turns = new(AtOnceMax);

    /// <summary>The account as it is then; null: refused, and the log knows why.</summary>
    public async Task<Account?> CheckAsync(Credentials given, CancellationToken cancellation)
    {
        if (!await _turns.WaitAsync(s_patience, cancellation))
            return Refuse(given, "too many at once");

        try
        {
            return await CheckInTurnAsync(given, cancellation);
        }
        finally
        {
            _turns.Release();
        }
    }

    private static TimeSpan PauseAfter(int failures) => failures < FreeAttempts
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(
            s_longestPause.Ticks, s_firstPause.Ticks << Math.Min(failures - FreeAttempts, 10)));

    private async Task<Account?> CheckInTurnAsync(Credentials given, CancellationToken cancellation)
    {
        var (account, why) = await CountAsync(given, cancellation);
        if (account is null)
        {
            // As long as one that is looked at: how long it takes tells nobody which names there are.
            await Task.Run(() => passwords.Pretend(given.Password), cancellation);
            return Refuse(given, why);
        }

        return await Task.Run(() => passwords.IsRight(account, given.Password), cancellation)
            ? await AdmitAsync(account, given, cancellation)
            : Refuse(given, "wrong password");
    }

    /// <summary>The account with this attempt counted; null, and why it is not looked at.</summary>
    private async Task<(Account? Account, string Why)> CountAsync(Credentials given, CancellationToken cancellation)
    {
        for (var i = 0; i < TriesMax; i++)
        {
            if (await accounts.FindAsync(given.Name, cancellation) is not { IsDisabled: false } account)
                return (null, "no such account, or a disabled one");

            var now = time.GetUtcNow();
            if (account.LockedUntil > now)
                return (null, "too many attempts");

            var pause = PauseAfter(account.Failures + 1);
            var counted = account with
            {
                Failures = account.Failures + 1,
                LockedUntil = pause > TimeSpan.Zero ? now + pause : null,
            };
            if (await accounts.ReplaceAsync(counted, cancellation))
                return (counted with { Version = counted.Version + 1 }, "");
        }

        return (null, "too many attempts at once");
    }

    /// <summary>The password was right: now the code, and the count begins anew.</summary>
    private async Task<Account?> AdmitAsync(Account checkedOne, Credentials given, CancellationToken cancellation)
    {
        var account = checkedOne;
        for (var i = 0; i < TriesMax; i++)
        {
            var step = account.CodeSecret is { } secret
                ? OneTimeCode.StepOf(secret, given.Code, time.GetUtcNow(), account.CodeStep)
                : account.CodeStep;
            if (step is null)
                return Refuse(given, "wrong code");

            // The code of who is sent on to change the first password is not used up by that.
            var admitted = account with
            {
                Failures = 0, LockedUntil = null,
                CodeStep = account.MustChange && !given.Changes ? account.CodeStep : step.Value,
            };
            if (await accounts.ReplaceAsync(admitted, cancellation))
                return admitted with { Version = admitted.Version + 1 };

            // Somebody else tried meanwhile. Another password, or a code that was taken, would be another matter.
            if (await accounts.FindAsync(given.Name, cancellation) is not { IsDisabled: false } again
                || again.PasswordHash != checkedOne.PasswordHash)
            {
                break;
            }

            account = again;
        }

        return Refuse(given, "changed meanwhile");
    }

    private Account? Refuse(Credentials given, string why)
    {
        log.Refused(given.Name, given.Address, why);
        return null;
    }
}
